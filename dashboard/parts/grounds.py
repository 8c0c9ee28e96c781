"""On what does a lead rest: the question, the rule, the arithmetic, the rows, and what would explain it?"""

import json
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard.parts import (
    account,
    behind,
    evidence,
    hardship,
    kinpath,
    labels,
    pair,
    rules,
    standing,
    strata,
    tables,
    waterfall,
)
from dashboard.parts import facts as facts_told
from dashboard.parts.opened import Opened
from dashboard.queries.people import Person
from dashboard.session import Session

_STATES: Final = {
    "valid": "dossier.number_valid",
    "upgraded15": "dossier.number_upgraded",
    "bad_check": "dossier.number_bad",
}


def draw(session: Session, opened: Opened) -> None:
    """Left what speaks for it, right what would explain or settle it; below the rows with file and line."""
    say, lead, facts = session.say, opened.lead, opened.facts
    left, right = st.columns([5, 3], gap="large")
    with left:
        st.subheader(say("dossier.why"))
        st.text(session.text(opened.card.question))
        rules.draw(session, opened.card, lead, opened.row, facts, opened.proof)
        _arithmetic(session, opened)
        strata.draw(session, lead, facts)
        waterfall.draw(session, opened.card, facts)
        account.draw(session, opened.proof, lead, opened.row, facts)
        standing.draw(session, lead)
        hardship.draw(session, lead, facts)
        if lead["subject_kind"] == "official" and str(lead["subject"]).lstrip("-").isdigit():
            kinpath.link(session, opened, int(lead["subject"]))
        kinpath.draw(session, opened)
        behind.draw(session, lead, facts)
    with right:
        _innocent(session, opened)
        st.subheader(say("dossier.settle"))
        st.text(session.text(opened.card.verify))
        _persons(session, opened.persons)
    pair.draw(session, opened)
    evidence.draw(session, opened.proof, opened.persons, reveal=opened.reveal)
    _origin(session, lead)


def _arithmetic(session: Session, opened: Opened) -> None:
    say, language, names = session.say, session.language, session.desk.programmes
    card, facts = opened.worded
    st.subheader(say("dossier.arithmetic"))
    st.text(card.reckons(facts, language, names))
    told = facts_told.rows(session, card, facts)
    titles = [say("dossier.fact"), say("dossier.value")]
    tables.plain(pl.DataFrame(told, schema=titles, orient="row"), alt=say("dossier.facts_alt"))


def _innocent(session: Session, opened: Opened) -> None:
    say = session.say
    checked = set(json.loads(opened.lead["checked_innocent"] or "[]"))
    st.subheader(say("dossier.innocent"))
    for wanted in (True, False):
        texts = [
            session.text(one.text) for place, one in enumerate(opened.card.innocent) if (place in checked) is wanted
        ]
        if texts:
            st.caption(say("dossier.checked") if wanted else say("dossier.to_ask"))
            st.text("\n".join(f"{'✓' if wanted else '?'} {text}" for text in texts))


def _persons(session: Session, persons: dict[int, Person]) -> None:
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
