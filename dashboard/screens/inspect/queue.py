"""Which leads wait in my area, which visits do they come to, and which should I take next?"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import FAMILIES, LEVELS, SEVERITIES, SUBJECTS
from casework.text import Text
from dashboard import address, deeds
from dashboard.exports.rows import PERSONS
from dashboard.parts import before_work, bulk, handover, labels, runs, saved, shadow, shown, states, tables, trays
from dashboard.parts.said import sentence, subject, together
from dashboard.queries import leads, visits
from dashboard.queries.people import Person, people
from dashboard.session import Session

ASKED: Final = (*leads.FACETS, "tray", "sort", "page")  # the queue's own part of the URL
_NAMED: Final[dict[str, list[str]]] = {
    "family": [*FAMILIES],
    "level": [*LEVELS],
    "severity": [*SEVERITIES],
    "kind": [*SUBJECTS],
}
_SORTS: Final = {
    "grave": "queue.sort_grave",
    "hardship": "queue.sort_hardship",
    "amount": "queue.sort_amount",
    "due": "queue.sort_due",
    "recent": "queue.sort_recent",
    "degree": "queue.sort_degree",
}
_FACETS: Final = {
    "family": "queue.family",
    "scheme": "queue.scheme",
    "level": "queue.level",
    "severity": "queue.severity",
    "kind": "queue.kind",
}
_WRAPPED: Final = {"title": 124, "sentence": 240, "stands": 100}  # columns of many words, in pixels
_TITLES: Final = 2  # leads of a household named in its row


def show(session: Session) -> None:
    """Trays, facets, what the work will come to, one page of visits; a click opens the dossier."""
    session.demand("queue")
    say, desk = session.say, session.desk
    st.title(say("queue.title"))
    deeds.told()
    if desk.tables is None:
        states.no_data(say, desk)
        return
    with st.container(key="place"):
        st.text(say("queue.what", region=session.place(session.view.region)))
    if not desk.detected:
        states.no_run(say, desk)
        return
    _runs(session)
    asked, strange = _asked(session)
    if strange:
        st.warning(say("queue.strange", values="、".join(strange) if session.language == "zh" else ", ".join(strange)))
    mine = session.leads
    tray = trays.chosen(session, mine)
    if tray == "shadow":
        shadow.schemes(session)
    lying = mine.filter(trays.lies_in(session, tray))
    _facets(session, lying, asked)
    saved.bar(session, ASKED)
    ordered = leads.ordered(lying, session.region_codes, asked)
    if ordered.is_empty():
        states.nothing(say(trays.EMPTY[tray]), say("queue.nothing_how"))
        return
    if tray == "open":
        before_work.strip(session, ordered)
        _take_next(session, ordered)
    _page(session, ordered, asked, tray)


def carried() -> dict[str, str]:
    """The queue's own parameters, so that the dossier leads back to the same page."""
    return {name: address.read(name) for name in ASKED}


def _take_next(session: Session, ordered: pl.DataFrame) -> None:
    say = session.say
    if not session.can("decide"):
        return
    if st.button(
        say("queue.take_next"), key="take-next", type="primary", shortcut="N", help=say("queue.take_next_what")
    ):
        taken = deeds.take_next(session, ordered, deeds.token("take-next"))
        st.session_state.pop("token-take-next", None)
        if taken:
            deeds.tell("success", say("queue.taken", count=len(taken)))
            session.go("dossier", lead=taken[0], **carried() | {"tray": "mine"})
        deeds.tell("error", say("queue.none_left"))
        st.rerun()


def _page(session: Session, ordered: pl.DataFrame, asked: leads.Asked, tray: str) -> None:
    say = session.say
    page = visits.page(ordered, address.number("page", 1))
    st.caption(
        say(
            "queue.found",
            total=f"{page.total:,}",
            visits=f"{page.visits:,}",
            page=page.number,
            pages=page.pages,
        )
    )
    if asked.sort == "hardship":
        st.caption(say("queue.hardest_first"))
    elif asked.sort == "grave" and (page.rows["family"] == "missed").any():
        st.caption(say("queue.by_hardship"))
    groups = page.rows.partition_by("visit", maintain_order=True)
    rows = _rows(session, groups)
    ids = [group["lead_id"][0] for group in groups]
    lines = max(tables.lines(rows[name], width=width, least=3) for name, width in _WRAPPED.items())
    if tray in {"open", "mine", "working"} and bulk.switch(session):
        bulk.choose(session, rows, groups, columns=_columns(session), lines=lines)
    else:
        picked = tables.picker(
            rows,
            ids,
            name="queue",
            alt=say("queue.alt", total=page.total),
            columns=_columns(session),
            lines=lines,
        )
        if picked:
            session.go("dossier", lead=picked, **carried())
    tables.pages(page.number, page.pages)
    handover.button_list(session, ordered, asked)


def _asked(session: Session) -> tuple[leads.Asked, list[str]]:
    """What the URL narrows the queue to, and its values that nothing here is called; these are left out."""
    known = {**_NAMED, "scheme": [*session.desk.all_cards], "sort": [*leads.SORTS]}
    said = {name: address.read(name) for name in (*leads.FACETS, "sort")}
    strange = [value for name, value in said.items() if value and value not in known[name]]
    chosen = {name: value if value in known[name] else "" for name, value in said.items()}
    card = session.desk.all_cards.get(chosen["scheme"])
    missed = "missed" in (chosen["family"], card.family if card else "")  # the hardest first
    chosen["sort"] = chosen["sort"] or ("hardship" if missed else "grave")
    return leads.Asked(**chosen, programme=session.view.programme), strange


def _facets(session: Session, lying: pl.DataFrame, asked: leads.Asked) -> None:
    say = session.say
    for column, facet in zip(st.columns(len(_FACETS) + 1), [*_FACETS, "sort"], strict=True):
        with column:
            if facet == "sort":
                key, changed = address.bound("sort", asked.sort, clears=("page",))
                st.selectbox(
                    say("queue.sort"),
                    [*_SORTS],
                    format_func=lambda name: say(_SORTS[name]),
                    key=key,
                    on_change=changed,
                )
                continue
            counted = leads.choices(lying, session.region_codes, asked, facet)
            value = getattr(asked, facet)
            key, changed = address.bound(facet, value, clears=("page",))
            st.selectbox(
                say(_FACETS[facet]),
                ["", *dict.fromkeys([*counted, *([value] if value else [])])],
                format_func=_choice(session, facet, counted),
                key=key,
                on_change=changed,
            )


def _choice(session: Session, facet: str, counted: dict[str, int]) -> Callable[[str], str]:
    def words(value: str) -> str:
        if not value:
            return session.say("queue.any", total=f"{sum(counted.values()):,}")
        return f"{labels.code(facet, value, session.language, session.desk)} · {counted.get(value, 0):,}"

    return words


def _rows(session: Session, groups: list[pl.DataFrame]) -> pl.DataFrame:
    """A row a visit, as many columns as a screen of 1280 holds; who a row is about tells it from the next."""
    firsts = [group.row(0, named=True) for group in groups]
    persons = [int(lead["subject"]) for lead in firsts if lead["subject_kind"] in PERSONS]
    named = people(session.desk.opened, persons)
    return pl.DataFrame(
        [_row(session, lead, group, named) for lead, group in zip(firsts, groups, strict=True)],
        infer_schema_length=None,
    )


def _row(session: Session, lead: dict[str, Any], group: pl.DataFrame, named: Mapping[int, Person]) -> dict[str, str]:
    language, desk, say = session.language, session.desk, session.say
    titles = [labels.scheme(scheme, language, desk) for scheme in group["scheme"].unique(maintain_order=True)]
    more = [say("queue.more_leads", count=len(titles) - _TITLES)] if len(titles) > _TITLES else []
    return {
        "title": session.text(Text(";", "; ")).join([*titles[:_TITLES], *more]),
        "subject": _short(lead, named),
        "level": labels.code("level", lead["level"], language, desk),
        "sentence": " ".join([sentence(session, lead), together(session, lead)]).strip(),
        "amount": shown.yuan(lead["amount_fen"]),
        "region": session.place(lead["region_code"]),
        "when": shown.stretch(lead["since"], lead["until"], leads.facts_of(lead)).replace(" – ", " –\n"),
        "stands": trays.stands(session, lead),
    }


def _short(lead: dict[str, Any], named: Mapping[int, Person]) -> str:
    """The same in the width of a column: of a person the name and the last four signs of the number."""
    said = subject(lead, named)
    name, _, number = said.rpartition(" ")
    return f"{name} …{number[-4:]}" if lead["subject_kind"] in PERSONS and name else said


def _columns(session: Session) -> dict[str, Any]:
    say, column = session.say, st.column_config
    return {
        "title": column.TextColumn(say("queue.lead"), width=_WRAPPED["title"]),
        "subject": column.TextColumn(say("queue.subject"), width=130),
        "level": column.TextColumn(say("queue.level"), width=82),
        "sentence": column.TextColumn(say("queue.sentence"), width=_WRAPPED["sentence"]),
        "amount": column.TextColumn(say("queue.amount"), width=92, alignment="right"),
        "region": column.TextColumn(say("queue.region"), width=70),
        "when": column.TextColumn(say("queue.when"), width=90),
        "stands": column.TextColumn(say("queue.stands"), width=_WRAPPED["stands"]),
    }


def _runs(session: Session) -> None:
    unrun = runs.unrun(session)
    with st.expander(
        session.say("queue.runs", all=len(session.desk.cards), unrun=unrun), expanded=session.leads.is_empty()
    ):
        st.caption(session.say("queue.runs_what"))
        runs.table(session, counts=True)


__all__ = ["ASKED", "carried", "show"]
