"""Which leads wait in my area, and which should I open next?"""

import json
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import FAMILIES, LEVELS, SEVERITIES, SUBJECTS
from dashboard import address
from dashboard.masking import masked_card
from dashboard.parts import labels, runs, shown, states, tables
from dashboard.queries import leads
from dashboard.session import Session

ASKED: Final = (*leads.FACETS, "sort", "page")  # the queue's own part of the URL
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
    page = leads.page(desk.leads, session.region_codes, asked, number)
    if page.total == 0:
        states.nothing(say("queue.nothing"), say("queue.nothing_how"))
    else:
        st.caption(say("queue.found", total=f"{page.total:,}", page=page.number, pages=page.pages))
        if asked.sort == "hardship":
            st.caption(say("queue.hardest_first"))
        elif asked.sort == "grave" and (page.rows["family"] == "missed").any():
            st.caption(say("queue.by_hardship"))
        picked = tables.picker(
            _rows(session, page.rows),
            page.rows["lead_id"].to_list(),
            name="queue",
            alt=say("queue.alt", total=page.total),
            columns=_columns(session),
            wrapped=True,
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
    say, desk = session.say, session.desk
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
            counted = leads.choices(desk.leads, session.region_codes, asked, facet)
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


def sentence(session: Session, lead: dict[str, Any]) -> str:
    """What was seen, in one sentence of the reader's language."""
    card = session.desk.cards.get(lead["scheme"])
    if card is None:
        return str(lead["facts"] or "")
    hidden, facts = masked_card(card, json.loads(lead["facts"] or "{}"))
    return hidden.reads(facts, session.language, session.desk.programmes)


def together(session: Session, lead: dict[str, Any]) -> str:
    """The sum of what one household may have been denied, where it has several such leads; else nothing."""
    if lead["together"] < 2:  # noqa: PLR2004 - one lead is its own sum
        return ""
    return session.say("queue.together", count=lead["together"], sum=shown.yuan(lead["together_fen"]))


def _rows(session: Session, found: pl.DataFrame) -> pl.DataFrame:
    language, desk = session.language, session.desk
    return pl.DataFrame(
        [
            {
                "level": labels.code("level", lead["level"], language, desk),
                "title": labels.scheme(lead["scheme"], language, desk),
                "sentence": " ".join([sentence(session, lead), together(session, lead)]).strip(),
                "region": session.place(lead["region_code"]),
                "amount": shown.yuan(lead["amount_fen"]),
                "severity": labels.code("severity", lead["severity"], language, desk),
                "until": lead["until"],
                "confidence": lead["confidence"],
                "since": lead["since"],
                "subject": lead["subject"] if lead["subject_kind"] not in {"person", "official", "account"} else "",
            }
            for lead in found.to_dicts()
        ],
        infer_schema_length=None,
    )


def _columns(session: Session) -> dict[str, Any]:
    say, column = session.say, st.column_config
    return {
        "level": column.TextColumn(say("queue.level"), width=72),
        "title": column.TextColumn(say("queue.lead"), width=172),
        "sentence": column.TextColumn(say("queue.sentence"), width=330),
        "region": column.TextColumn(say("queue.region"), width=88),
        "amount": column.TextColumn(say("queue.amount"), width=100, alignment="right"),
        "severity": column.TextColumn(say("queue.severity"), width=68),
        "until": column.DateColumn(say("queue.until"), format="YYYY-MM-DD", width=92),
        "confidence": column.NumberColumn(say("queue.confidence"), format="%.2f", width=70),
        "since": column.DateColumn(say("queue.since"), format="YYYY-MM-DD", width=92),
        "subject": column.TextColumn(say("queue.subject"), width=110),
    }


def _runs(session: Session) -> None:
    unrun = runs.unrun(session)
    with st.expander(
        session.say("queue.runs", all=len(session.desk.cards), unrun=unrun), expanded=session.desk.leads.is_empty()
    ):
        st.caption(session.say("queue.runs_what"))
        runs.table(session, counts=True)
