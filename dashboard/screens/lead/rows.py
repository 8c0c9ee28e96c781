"""Which records are behind this number?"""

from datetime import date, datetime
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import Area
from casework.review.scope import DISCIPLINE
from dashboard import address
from dashboard.parts import counted, labels, numbers, states, tables
from dashboard.queries.owned import complained_of
from dashboard.queries.people import people
from dashboard.rights import may
from dashboard.session import Session

_SIZE: Final = 200
_COMPLAINTS: Final[Area] = "complaints"  # what these count is read by those whose work is discipline only
_FIRST: Final = ("in_part", "month", "subject", "programme")
_INNER: Final = {"counted_as", "region_code", "month_index", *_FIRST}
_FOR_CASES: Final = {"household_no"}  # shown to those who open cases only
_TABLES: Final = ("application", "award", "complaint", "beneficiary", "payment")
_OWN: Final = {"days": "rows.days", "limit": "rows.limit", "due_at": "rows.due", "governed": "rows.governed"}
_GOVERNED: Final = {"due_at": "rows.by_due", "decision_days": "rows.by_rule"}
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
    if card is None or card.metric in desk.counts.lacking:
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
    complaints = card.area == _COMPLAINTS
    if complaints and session.role not in DISCIPLINE:
        told = [numbers.headline(session, card, number), session.text(card.unit)]
        told += [numbers.basis(session, card, number)] if number is not None and numbers.reliable(number) else []
        states.nothing(say("rows.complaints"), say("rows.complaints_how", told=" · ".join(filter(None, told))))
        return
    found = _mine(session, desk.counts.rows(card.metric, view.region, view.programme, view.period), complaints)
    if found.is_empty():
        states.nothing(say("rows.nothing"), say("rows.nothing_how"))
        return
    _page(session, found)


def _mine(session: Session, found: pl.DataFrame, complaints: bool) -> pl.DataFrame:
    """The rows in the reader's regions; of complaints none about the reader or their kin."""
    regions = session.desk.regions
    homes = {code: regions.home(code) for code in found["region_code"].unique()}
    home = pl.col("region_code").replace_strict([*homes], [*homes.values()], return_dtype=pl.String())
    kept = found.filter(session.scope.within(home))
    me = session.reader.person_id
    if not complaints or me is None:
        return kept
    about = complained_of(session.desk.opened, session.desk.circle(me))
    return kept.filter(~pl.col("subject").is_in(about))


def _page(session: Session, found: pl.DataFrame) -> None:
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
    tables.plain(_shown(session, found.slice((number - 1) * _SIZE, _SIZE)), alt=say("rows.alt"))
    if pages > 1:
        st.caption(say("rows.page", page=number, pages=pages))
        tables.pages(number, pages)


def _shown(session: Session, found: pl.DataFrame) -> pl.DataFrame:
    """The metric's own columns in words. A person stands masked, and not at all for those who open no cases."""
    say, opens_cases = session.say, may(session.role, "dossier")
    counts_persons = "award_no" in found.columns  # rows that name an award count the persons it covers
    persons = (
        people(session.desk.opened, map(int, found["subject"].to_list())) if counts_persons and opens_cases else {}
    )
    others = [name for name in found.columns if name not in _INNER and (opens_cases or name not in _FOR_CASES)]
    rows: list[dict[str, Any]] = []
    for row in found.to_dicts():
        line = {say("rows.counts"): say(_COUNTED[row["in_part"]]), say("rows.month"): f"{row['month']:%Y-%m}"}
        if not counts_persons:
            line[say("rows.subject")] = row["subject"]
        elif opens_cases:
            person = persons.get(int(row["subject"]))
            line[say("rows.person")] = "" if person is None else f"{person.name} {person.number}".strip()
        if row.get("programme"):
            names = session.desk.programmes
            line[say("rows.programme")] = (
                session.text(names[row["programme"]]) if row["programme"] in names else row["programme"]
            )
        for name in others:
            line[_title(session, name)] = _cell(session, name, row[name])
        rows.append(line)
    return pl.DataFrame(rows, infer_schema_length=None)


def _title(session: Session, name: str) -> str:
    if name in _OWN:
        return session.say(_OWN[name])
    for table in _TABLES:
        if (words := labels.column(table, name, session.language)) != name:
            return words
    return name


def _cell(session: Session, name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "governed":
        return session.say(_GOVERNED[str(value)])
    if isinstance(value, datetime):
        return (
            f"{value:%Y-%m-%d}" if (value.hour, value.minute, value.second) == (0, 0, 0) else f"{value:%Y-%m-%d %H:%M}"
        )
    if isinstance(value, date):
        return str(value)
    for table in _TABLES:
        said = labels.cell(table, name, str(value), session.language, session.desk.programmes)
        if said != str(value):
            return said
    return str(value)
