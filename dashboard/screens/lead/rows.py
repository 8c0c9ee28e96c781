"""Which records are behind this number?"""

from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard import address
from dashboard.parts import columns, counted, numbers, states, tables
from dashboard.queries import counts, masked
from dashboard.queries.owned import complained_of
from dashboard.queries.people import people
from dashboard.rights import may
from dashboard.session import Session

_SIZE: Final = 200
_INNER: Final = {"counted_as", "region_code", "month_index", "in_part", "month", "subject", "programme"}
_COUNTED: Final = {True: "rows.in_part", False: "rows.not_in_part", None: "rows.undecidable"}


def show(session: Session) -> None:
    """The rows by the metric's own filter, a page at a time; for leaders masked, and none where the count is hidden."""
    session.demand("rows")
    say, desk, view = session.say, session.desk, session.view
    session.link("overview", say("rows.back"), metric=address.read("metric"))
    st.title(say("rows.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    card = desk.metric_cards.get(address.read("metric"))
    if card is None or card.metric in desk.counts.lacking or not masked.seen(session.role, card):
        states.nothing(say("rows.unknown_metric"), say("rows.unknown_metric_how"))
        return
    with st.container(key="place"):
        st.text(
            say(
                "rows.what",
                metric=session.text(card.title),
                region=session.place(view.region),
                since=f"{view.period.since:%Y-%m}",
                until=f"{view.period.until:%Y-%m}",
            )
        )
    number = counted.total(session, card)
    if number is not None and number["suppressed"]:
        states.nothing(say("rows.hidden"), say("rows.hidden_how", minimum=desk.counts.minimum))
        return
    if masked.closed(session.role, card):
        told = [numbers.headline(session, card, number), session.text(card.unit)]
        told += [numbers.basis(session, card, number)] if number is not None and numbers.reliable(number) else []
        title = say("rows.complaints") if card.area == "complaints" else say("rows.kin")
        states.nothing(title, say("rows.complaints_how", told=" · ".join(filter(None, told))))
        return
    found = _mine(session, card, desk.counts.rows(card.metric, view.region, view.programme, view.period))
    if found.is_empty():
        states.nothing(say("rows.nothing"), say("rows.nothing_how"))
        return
    _page(session, card, found)


def _mine(session: Session, card: MetricCard, found: pl.DataFrame) -> pl.DataFrame:
    """The rows in the reader's regions; none of a complaint, or of a lead, about the reader or their kin."""
    regions = session.desk.regions
    homes = {code: regions.home(code) for code in found["region_code"].unique()}
    home = pl.col("region_code").replace_strict([*homes], [*homes.values()], return_dtype=pl.String())
    kept = found.filter(session.scope.within(home))
    me = session.reader.person_id
    if counts.of_leads(card) and may(session.role, "dossier"):
        kept = kept.filter(pl.col("subject").is_null() | pl.col("subject").is_in(session.leads["lead_id"].implode()))
    if card.area != "complaints" or me is None:
        return kept
    about = complained_of(session.desk.opened, session.desk.circle(me))
    return kept.filter(~pl.col("subject").is_in(about))


def _page(session: Session, card: MetricCard, found: pl.DataFrame) -> None:
    say = session.say
    pages = -(-found.height // _SIZE)
    number = min(max(address.number("page", 1), 1), pages)
    st.text(
        say(
            "rows.total",
            total=f"{found.height:,}",
            part=f"{found['in_part'].sum():,}",
            unknown=f"{found['in_part'].null_count():,}",
        )
    )
    tables.plain(_shown(session, card, found.slice((number - 1) * _SIZE, _SIZE)), alt=say("rows.alt"))
    if pages > 1:
        st.caption(say("rows.page", page=number, pages=pages))
        tables.pages(number, pages)


def _shown(session: Session, card: MetricCard, found: pl.DataFrame) -> pl.DataFrame:
    """The metric's own columns in words. A person stands masked, and not at all for those who open no cases."""
    if not may(session.role, "dossier"):
        found = masked.masked(found, card.metric)
    named = _subjects(session, found)
    of_leads = counts.of_leads(card)
    has_programme = found["programme"].null_count() < found.height
    others = [name for name in found.columns if name not in _INNER]
    rows: list[dict[str, Any]] = []
    for row in found.to_dicts():
        line = {
            session.say("rows.counts"): session.say(_COUNTED[row["in_part"]]),
            session.say("rows.month"): f"{row['month']:%Y-%m}",
        }
        if named is not None:
            line[named[0]] = named[1].get(row["subject"], row["subject"] or "")
        if has_programme:
            line[session.say("rows.programme")] = _programme(session, row["programme"])
        for name in others:
            title = columns.title(session, card.metric, name, of_leads=of_leads)
            line[title] = columns.cell(session, card.metric, name, row[name], of_leads=of_leads)
        rows.append(line)
    return pl.DataFrame(rows, infer_schema_length=None)


def _subjects(session: Session, found: pl.DataFrame) -> tuple[str, dict[str, str]] | None:
    """What the column of subjects is called and how each reads; None where no subject is to be shown."""
    if found["subject"].null_count() == found.height:
        return None
    if "award_no" not in found.columns:
        return session.say("rows.subject"), {}
    # rows that name an award beside their subject count the persons it covers
    persons = people(session.desk.opened, map(int, found["subject"].to_list()))
    return session.say("rows.person"), {
        number: f"{persons[int(number)].name} {persons[int(number)].number}".strip() if int(number) in persons else ""
        for number in found["subject"]
    }


def _programme(session: Session, code: str | None) -> str:
    names = session.desk.programmes
    return session.text(names[code]) if code in names else code or ""
