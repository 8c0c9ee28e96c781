"""What was seen, under which rule, by which arithmetic, what would explain it, and what would settle it?"""

import json
from typing import Any

import polars as pl
import streamlit as st

from casework.card import Card
from casework.text import counted
from dashboard import address, deeds, looks, unmask
from dashboard.masking import masked_card
from dashboard.parts import (
    account,
    behind,
    decision,
    evidence,
    hardship,
    history,
    labels,
    rules,
    shown,
    standing,
    states,
    tables,
    timeline,
)
from dashboard.parts.fields import CODES
from dashboard.parts.said import sentence, subject, together
from dashboard.queries import courses, dossier, kinfolk, leads, money, people
from dashboard.screens.inspect.queue import carried
from dashboard.session import Session

_STATES = {"valid": "dossier.number_valid", "upgraded15": "dossier.number_upgraded", "bad_check": "dossier.number_bad"}

_SUMS = {False: "dossier.same", True: "dossier.adds"}


def show(session: Session) -> None:
    """One lead, whole."""
    session.demand("dossier")
    say, desk = session.say, session.desk
    session.link("queue", say("dossier.back"), **carried())
    if desk.tables is None:
        states.no_data(say, desk)
        return
    found = session.leads.filter(pl.col("lead_id") == address.read("lead"))
    if found.is_empty():
        states.nothing(say("dossier.unknown"), say("dossier.unknown_how"))
        return
    lead = found.row(0, named=True)
    card = desk.all_cards.get(lead["scheme"])
    if card is None:
        states.nothing(say("dossier.no_card"), say("dossier.no_card_how"))
        return
    facts = leads.facts_of(lead)
    row = dossier.subject_row(desk.opened, lead)
    proof = desk.workspace.evidence(lead["lead_id"])
    kin = kinfolk.path(desk.opened, desk.policy, lead, row, facts, proof)
    spoken, told = masked_card(*kinfolk.worded(card, facts, kin))
    persons = dossier.involved(desk.opened, lead, row, proof, {one.person_id for one in kin})
    same = money.same_money(desk.workspace, session.leads, lead)
    _top(session, lead, spoken.reads(told, session.language, desk.programmes), card, persons, same)
    looks.note(session, lead["lead_id"])
    deeds.told()
    decision.box(session, lead)
    unmask.control(session, lead["lead_id"])
    history.panel(session, lead)
    left, right = st.columns([5, 3], gap="large")
    with left:
        st.subheader(say("dossier.why"))
        st.text(session.text(card.question))
        rules.draw(session, card, lead, row, facts, proof)
        _arithmetic(session, spoken, told)
        account.draw(session, proof, lead, row, facts)
        standing.draw(session, lead)
        hardship.draw(session, lead, facts)
        _kin(session, lead, kin, persons)
        behind.draw(session, lead, facts)
        course = courses.course(desk.opened, lead, facts, desk.programmes)
        if course.spans or course.bars:
            st.subheader(say("dossier.course"))
            timeline.draw(session, course, desk.calendar)
    with right:
        _innocent(session, card, lead)
        st.subheader(say("dossier.settle"))
        st.text(session.text(card.verify))
        _persons(session, persons)
    _others(session, money.related(session.leads, lead, same))
    evidence.draw(session, proof, persons)
    _origin(session, lead)


def _top(
    session: Session, lead: dict[str, Any], seen: str, card: Card, persons: dict[int, people.Person], same: set[str]
) -> None:
    say, language = session.say, session.language
    st.title(session.text(card.title))
    with st.container(key="sentence"):
        st.text(seen)
    if sum_ := together(session, lead) or (say("dossier.same_money", count=len(same)) if same else ""):
        with st.container(key="together"):
            st.text(sum_)
    with st.container(key="place"):
        kind = labels.code("kind", lead["subject_kind"], language, session.desk)
        place = session.place(lead["region_code"])
        st.text(say("dossier.about", kind=kind, subject=subject(lead, persons), region=place))
    with st.container(key="axes"):
        boxes = st.columns(5)
    whole = [persons[one].state for one in persons]
    sure = all(state in {"valid", "upgraded15"} for state in whole)
    identity = say("dossier.nobody") if not whole else say("dossier.sure") if sure else say("dossier.unsure")
    for box, (name, value) in zip(
        boxes,
        [
            ("dossier.identity", identity),
            ("dossier.confidence", f"{lead['confidence']:.2f}"),
            ("dossier.severity", labels.code("severity", lead["severity"], language, session.desk)),
            ("dossier.level", labels.code("level", lead["level"], language, session.desk)),
            ("dossier.owed" if lead["family"] == "missed" else "dossier.amount", shown.yuan(lead["amount_fen"])),
        ],
        strict=True,
    ):
        box.metric(say(name), value, border=True)


def _arithmetic(session: Session, card: Card, facts: dict[str, Any]) -> None:
    say, language, names = session.say, session.language, session.desk.programmes
    st.subheader(say("dossier.arithmetic"))
    st.text(card.reckons(facts, language, names))
    said = card.shown(facts, language, names)
    tables.plain(
        pl.DataFrame(
            [
                {
                    say("dossier.fact"): session.text(fact.label),
                    say("dossier.value"): counted(said[name], fact.unit, language),
                }
                for name, fact in card.facts.items()
                if facts.get(name) not in (None, "", [])
            ]
        ),
        alt=say("dossier.facts_alt"),
    )


def _kin(
    session: Session, lead: dict[str, Any], kin: list[kinfolk.Relative], persons: dict[int, people.Person]
) -> None:
    """The path of kin, person by person; nobody is named."""
    if not kin:
        return
    say = session.say
    st.subheader(say("dossier.kin"))
    last, holds = kin[-1], lead["subject_kind"] == "account"
    if len(kin) == 1:
        st.text(say("dossier.kin_self_holder" if holds else "dossier.kin_self", person=_who(persons, last.person_id)))
        return
    st.text(
        say(
            "dossier.kin_said_holder" if holds else "dossier.kin_said",
            term=session.text(last.called),
            person=_who(persons, last.person_id),
        )
    )
    tables.plain(
        pl.DataFrame(
            [
                {
                    say("dossier.kin_person"): _who(persons, one.person_id),
                    say("dossier.kin_tie"): session.text(CODES[one.tie]) if one.tie else "",
                    say("dossier.kin_term"): session.text(one.called),
                }
                for one in kin
            ]
        ),
        alt=say("dossier.kin"),
    )


def _who(persons: dict[int, people.Person], person_id: int) -> str:
    person = persons.get(person_id)
    return "" if person is None else f"{person.name} {person.number}".strip()


def _innocent(session: Session, card: Card, lead: dict[str, Any]) -> None:
    say = session.say
    checked = set(json.loads(lead["checked_innocent"] or "[]"))
    st.subheader(say("dossier.innocent"))
    for wanted in (True, False):
        texts = [session.text(one.text) for place, one in enumerate(card.innocent) if (place in checked) is wanted]
        if texts:
            st.caption(say("dossier.checked") if wanted else say("dossier.to_ask"))
            st.text("\n".join(f"{'✓' if wanted else '?'} {text}" for text in texts))


def _persons(session: Session, persons: dict[int, people.Person]) -> None:
    say = session.say
    if not persons:
        return
    st.subheader(say("dossier.persons"))
    tables.plain(
        pl.DataFrame(
            [
                {
                    say("dossier.name"): person.name,
                    say("dossier.number"): person.number,
                    say("dossier.number_state"): say(_STATES.get(person.state, "dossier.number_unknown")),
                }
                for person in persons.values()
            ]
        ),
        alt=say("dossier.persons"),
    )
    st.caption(say("dossier.masked"))


def _others(session: Session, others: pl.DataFrame) -> None:
    """The other leads of the household or of the same money, and whether their sums add up."""
    say = session.say
    if others.is_empty():
        return
    title = say("dossier.others", total=others.height)
    st.subheader(title)
    frame = pl.DataFrame(
        [
            {
                say("queue.lead"): labels.scheme(one["scheme"], session.language, session.desk),
                say("queue.sentence"): sentence(session, one),
                say("queue.amount"): shown.yuan(one["amount_fen"]),
                say("dossier.sums"): "" if one["adds"] is None else say(_SUMS[one["adds"]]),
            }
            for one in others.to_dicts()
        ]
    )
    column = st.column_config.TextColumn
    picked = tables.picker(
        frame,
        others["lead_id"].to_list(),
        name="others",
        alt=title,
        columns={
            say("queue.lead"): column(width=150),
            say("queue.sentence"): column(width=450),
            say("queue.amount"): column(width=110, alignment="right"),
            say("dossier.sums"): column(width=160),
        },
        lines=tables.LINES[session.language],
    )
    if picked:
        session.go("dossier", lead=picked, **carried())


def _origin(session: Session, lead: dict[str, Any]) -> None:
    say = session.say
    sources = json.loads(lead["sources"] or "{}")
    with st.expander(say("dossier.origin")):
        st.text(
            say(
                "dossier.sources",
                sources=", ".join(f"{labels.table(one, session.language)} {day}" for one, day in sources.items()),
            )
        )
        st.code(
            "\n".join(
                f"{name} {lead[name]}"
                for name in ("lead_id", "content_digest", "snapshot", "policy", "detector", "rule", "rule_version")
            ),
            language=None,
        )
