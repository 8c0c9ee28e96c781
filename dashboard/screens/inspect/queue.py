"""Which leads wait in my area, and which should I open next?"""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import FAMILIES, LEVELS, SEVERITIES, SUBJECTS
from dashboard import address
from dashboard.exports.rows import PERSONS
from dashboard.parts import labels, runs, shown, states, tables
from dashboard.parts.subjects import sentence, subject, together
from dashboard.queries import leads
from dashboard.queries.people import Person, people
from dashboard.session import Session

ASKED: Final = (*leads.FACETS, "sort", "page")  # the queue's own part of the URL
_SENTENCE: Final = 320  # pixels
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


def show(session: Session) -> None:
    """Facets, one page of leads, and what each scheme of the run did; a click opens the dossier."""
    session.demand("queue")
    say, desk = session.say, session.desk
    st.title(say("queue.title"))
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
    _facets(session, asked)
    number = int(address.read("page")) if address.read("page").isdigit() else 1
    page = leads.page(session.leads, session.region_codes, asked, number)
    if page.total == 0:
        states.nothing(say("queue.nothing"), say("queue.nothing_how"))
    else:
        st.caption(say("queue.found", total=f"{page.total:,}", page=page.number, pages=page.pages))
        if asked.sort == "hardship":
            st.caption(say("queue.hardest_first"))
        elif asked.sort == "grave" and (page.rows["family"] == "missed").any():
            st.caption(say("queue.by_hardship"))
        rows = _rows(session, page.rows)
        picked = tables.picker(
            rows,
            page.rows["lead_id"].to_list(),
            name="queue",
            alt=say("queue.alt", total=page.total),
            columns=_columns(session),
            lines=tables.lines(rows["sentence"], width=_SENTENCE, least=tables.LINES[session.language]),
        )
        if picked:
            session.go("dossier", lead=picked, **carried())
        tables.pages(page.number, page.pages)


def carried() -> dict[str, str]:
    """The queue's own parameters, so that the dossier leads back to the same page."""
    return {name: address.read(name) for name in ASKED}


def _asked(session: Session) -> tuple[leads.Asked, list[str]]:
    """What the URL narrows the queue to, and its values that nothing here is called; these are left out."""
    known = {**_NAMED, "scheme": [*session.desk.cards], "sort": [*leads.SORTS]}
    said = {name: address.read(name) for name in (*leads.FACETS, "sort")}
    strange = [value for name, value in said.items() if value and value not in known[name]]
    chosen = {name: value if value in known[name] else "" for name, value in said.items()}
    card = session.desk.cards.get(chosen["scheme"])
    missed = "missed" in (chosen["family"], card.family if card else "")  # the hardest first
    chosen["sort"] = chosen["sort"] or ("hardship" if missed else "grave")
    return leads.Asked(**chosen, programme=session.view.programme), strange


def _facets(session: Session, asked: leads.Asked) -> None:
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
            counted = leads.choices(session.leads, session.region_codes, asked, facet)
            value = getattr(asked, facet)
            key, changed = address.bound(facet, value, clears=("page",))
            st.selectbox(
                say(_FACETS[facet]),
                ["", *dict.fromkeys([*counted, *([value] if value else [])])],
                format_func=_choice(session, facet, counted),
                key=key,
                on_change=changed,
            )


def _choice(session: Session, facet: str, counted: dict[str, int]) -> Any:  # noqa: ANN401 - what selectbox takes
    def words(value: str) -> str:
        if not value:
            return session.say("queue.any", total=f"{sum(counted.values()):,}")
        return f"{labels.code(facet, value, session.language, session.desk)} · {counted.get(value, 0):,}"

    return words


def _rows(session: Session, found: pl.DataFrame) -> pl.DataFrame:
    """As many columns as a screen of 1280 holds; who a row is about tells it from the next."""
    language, desk = session.language, session.desk
    rows = found.to_dicts()
    named = people(desk.opened, [int(lead["subject"]) for lead in rows if lead["subject_kind"] in PERSONS])
    return pl.DataFrame(
        [
            {
                "level": " · ".join(labels.code(axis, lead[axis], language, desk) for axis in ("level", "severity")),
                "title": labels.scheme(lead["scheme"], language, desk),
                "subject": _short(lead, named),
                "sentence": " ".join([sentence(session, lead), together(session, lead)]).strip(),
                "amount": shown.yuan(lead["amount_fen"]),
                "region": session.place(lead["region_code"]),
                "when": shown.stretch(lead["since"], lead["until"], leads.facts_of(lead)).replace(" – ", " –\n"),
            }
            for lead in rows
        ],
        infer_schema_length=None,
    )


def _short(lead: dict[str, Any], named: Mapping[int, Person]) -> str:
    """The same in the width of a column: of a person the name and the last four signs of the number."""
    said = subject(lead, named)
    name, _, number = said.rpartition(" ")
    return f"{name} …{number[-4:]}" if lead["subject_kind"] in PERSONS and name else said


def _columns(session: Session) -> dict[str, Any]:
    say, column = session.say, st.column_config
    return {
        "level": column.TextColumn(say("queue.level"), width=84),
        "title": column.TextColumn(say("queue.lead"), width=116),
        "subject": column.TextColumn(say("queue.subject"), width=136),
        "sentence": column.TextColumn(say("queue.sentence"), width=_SENTENCE),
        "amount": column.TextColumn(say("queue.amount"), width=106, alignment="right"),
        "region": column.TextColumn(say("queue.region"), width=76),
        "when": column.TextColumn(say("queue.when"), width=88),
    }


def _runs(session: Session) -> None:
    unrun = runs.unrun(session)
    with st.expander(
        session.say("queue.runs", all=len(session.desk.cards), unrun=unrun), expanded=session.leads.is_empty()
    ):
        st.caption(session.say("queue.runs_what"))
        runs.table(session, counts=True)
