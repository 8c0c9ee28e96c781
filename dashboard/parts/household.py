"""Who lives in the lead's household, what was it awarded and paid month by month, and what did the registers say?"""

from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.tables import AWARD, MATCH, MEMBER
from casework.text import Text
from dashboard.masking import QUIET_KINDS
from dashboard.parts import labels, shown, tables
from dashboard.parts.charts import CONFIG, INK, base, by_months
from dashboard.parts.fields import DETAILS, VALUES
from dashboard.parts.opened import Opened
from dashboard.queries.household import Home, contact, home
from dashboard.queries.people import Person, people
from dashboard.session import Session

_PALETTE: Final = ("#0072B2", "#56B4E9", "#009E73", "#CC79A7", "#E69F00", "#8a979e")
_OF_HOUSEHOLD: Final = ("application", "award", "household", "person")


def draw(session: Session, opened: Opened) -> None:
    """Tables first, then the months as a chart; one line where the lead is about no household."""
    say, desk, number = session.say, session.desk, opened.lead["household_no"]
    if opened.lead["subject_kind"] == "complaint":
        st.text(say("household.complaint"))
        return
    if number is None or opened.lead["subject_kind"] not in _OF_HOUSEHOLD:
        st.text(say("household.nothing"))
        return
    found = home(desk.opened, desk.policy, number)
    if found is None:
        st.text(say("household.not_in_data", household=number))
        return
    if not session.scope.covers(found.region_code):
        st.text(say("household.outside"))
        return
    persons = people(desk.opened, found.person_ids, reveal=opened.reveal)
    st.text(say("household.of", household=number, as_of=desk.as_of))
    if opened.reveal:
        address, phone = contact(desk.opened, number)
        unknown = say("household.unknown")
        st.text(say("household.contact", address=address or unknown, phone=phone or unknown))
    _members(session, found, persons)
    _awards(session, found)
    _months(session, found)
    _findings(session, found, persons, reveal=opened.reveal)


def _members(session: Session, found: Home, persons: dict[int, Person]) -> None:
    say, language = session.say, session.language
    st.subheader(say("household.members", total=sum(row["present"] for row in found.members)))
    if not found.members:
        st.text(say("household.no_members"))
        return
    rows = [
        {
            **_named(session, persons.get(row["person_id"])),
            labels.column(MEMBER.name, "relation", language): _cell(session, MEMBER.name, "relation", row["relation"]),
            labels.column(MEMBER.name, "co_living", language): _yes(session, row["co_living"]),
            labels.column(MEMBER.name, "joined_on", language): _day(row["joined_on"]),
            labels.column(MEMBER.name, "left_on", language): _day(row["left_on"], none=""),
            say("household.alive"): _alive(session, row),
        }
        for row in found.members
    ]
    tables.plain(pl.DataFrame(rows), alt=say("household.members_alt"))
    st.caption(say("household.members_what"))


def _alive(session: Session, row: dict[str, Any]) -> str:
    """Not to have died in any register is no proof of life."""
    died = row["died_on"]
    return session.say("household.no_death") if died is None else session.say("household.died", day=died)


def _named(session: Session, person: Person | None) -> dict[str, str]:
    """Name and number, masked; someone without a row of their own is said to have none."""
    say = session.say
    unlisted = say("network.unlisted")
    return {
        say("dossier.name"): unlisted if person is None else person.name,
        say("dossier.number"): "" if person is None else person.number,
    }


def _awards(session: Session, found: Home) -> None:
    say, language = session.say, session.language
    st.subheader(say("household.awards", total=len(found.awards)))
    if not found.awards:
        st.text(say("household.no_awards"))
        return
    column = [labels.column(AWARD.name, name, language) for name in ("award_no", "programme", "category")]
    rows = [
        {
            column[0]: row["award_no"],
            column[1]: _cell(session, AWARD.name, "programme", row["programme"]),
            column[2]: row["category"] or "",
            say("household.from_month"): _month(row["from_month"]),
            say("household.to_month"): _month(row["to_month"], none=say("household.running")),
            labels.column(AWARD.name, "end_reason", language): _cell(
                session, AWARD.name, "end_reason", row["end_reason"]
            ),
        }
        for row in found.awards
    ]
    tables.plain(pl.DataFrame(rows), alt=say("household.awards_alt"))


def _months(session: Session, found: Home) -> None:
    say, months = session.say, found.months
    st.subheader(say("household.paid"))
    if months.is_empty():
        st.text(say("household.no_payments"))
        return
    st.caption(say("household.paid_what"))
    since, until = months["month"][0], months["month"][-1]
    alt = say("household.paid_alt", since=_month(since), until=_month(until))
    st.plotly_chart(_figure(session, months), config=CONFIG, theme=None, alt=alt)
    rows = [
        {
            say("timeline.month"): f"{row['month']:%Y-%m}",
            labels.column(AWARD.name, "award_no", session.language): row["award_no"],
            labels.column(AWARD.name, "programme", session.language): _programme(session, row["programme"]),
            say("household.gross"): shown.yuan(row["paid_fen"]),
            say("household.back"): shown.yuan(row["back_fen"]),
            say("household.net"): shown.yuan(row["net_fen"]),
            say("household.due"): shown.yuan(row["due_fen"]),
        }
        for row in months.sort("month", "award_no", descending=[True, False]).to_dicts()
    ]
    tables.plain(pl.DataFrame(rows), alt=say("household.paid_table"))


def _figure(session: Session, months: pl.DataFrame) -> go.Figure:
    """What was left of each month's payments, one colour an award, and what was due where that is known of all."""
    figure = base(height=300)
    for place, (number,) in enumerate(months.select("award_no").unique(maintain_order=True).iter_rows()):
        mine = months.filter(pl.col("award_no") == number)
        figure.add_trace(
            go.Bar(
                x=mine["month"].to_list(),
                y=(mine["net_fen"] / 100).to_list(),
                name=f"{_programme(session, mine['programme'][0])} {number}",
                marker={"color": _PALETTE[place % len(_PALETTE)]},
                hovertemplate="%{fullData.name}<br>%{x|%Y-%m}: %{y:,.2f}<extra></extra>",
                width=20 * 86_400_000,  # plotly counts dates in milliseconds
            )
        )
    whole = months.group_by("month").agg(pl.col("due_fen").sum(), pl.col("due_fen").is_not_null().all().alias("known"))
    due = whole.filter("known").sort("month")
    if due.height:
        figure.add_trace(
            go.Scatter(
                x=due["month"].to_list(),
                y=(due["due_fen"] / 100).to_list(),
                name=session.say("household.due"),
                mode="markers",
                marker={"symbol": "line-ew", "size": 16, "line": {"color": INK, "width": 2}},
                hovertemplate="%{fullData.name}<br>%{x|%Y-%m}: %{y:,.2f}<extra></extra>",
            )
        )
    figure.update_layout(barmode="relative", showlegend=True, legend={"orientation": "h", "y": -0.18})
    figure.update_yaxes(rangemode="tozero")
    first, last = months["month"][0], months["month"][-1]
    by_months(figure, first, last, most=10)
    return figure


def _findings(session: Session, found: Home, persons: dict[int, Person], *, reveal: bool) -> None:
    say = session.say
    st.subheader(say("household.findings", total=len(found.findings)))
    if found.findings:
        rows = [_finding(session, row, persons.get(row["person_id"]), reveal=reveal) for row in found.findings]
        tables.plain(pl.DataFrame(rows), alt=say("household.findings_alt"))
    st.caption(say("household.quiet", count=found.quiet))


def _finding(session: Session, row: dict[str, Any], person: Person | None, *, reveal: bool) -> dict[str, str]:
    """One finding; of health, custody, schooling and deposits only that something was compared, and when."""
    say, language = session.say, session.language
    hidden = say("dossier.hidden") if row["kind"] in QUIET_KINDS and not reveal else None
    title = {name: labels.column(MATCH.name, name, language) for name in ("kind", "from_on", "to_on", "source")}
    return {
        say("dossier.name"): _named(session, person)[say("dossier.name")],
        title["kind"]: hidden or _cell(session, MATCH.name, "kind", row["kind"]),
        say("household.finding"): hidden or _value(session, row),
        title["from_on"]: hidden or _day(row["from_on"], none=""),
        title["to_on"]: hidden or _day(row["to_on"], none=""),
        title["source"]: hidden or row["source"] or "",
        labels.column(MATCH.name, "compared_on", language): _day(row["compared_on"]),
    }


def _value(session: Session, row: dict[str, Any]) -> str:
    word = DETAILS.get(row["kind"], {}).get(row["detail"] or "")
    detail = session.text(word) if word else row["detail"] or ""
    if row["value_hundredths"] is None:
        return str(detail)
    unit = session.text(VALUES.get(row["kind"], Text("", "")))
    return f"{detail} {row['value_hundredths'] / 100:,.2f} {unit}".strip()


def _programme(session: Session, code: str | None) -> str:
    return _cell(session, AWARD.name, "programme", code)


def _cell(session: Session, table: str, column: str, value: str | None) -> str:
    return "" if value is None else labels.cell(table, column, value, session.language, session.desk.programmes)


def _yes(session: Session, value: bool | None) -> str:
    return shown.UNKNOWN if value is None else session.say("rules.yes" if value else "rules.no")


def _day(day: Any, *, none: str = shown.UNKNOWN) -> str:  # noqa: ANN401 - a date or nothing
    return none if day is None else str(day)


def _month(day: Any, *, none: str = shown.UNKNOWN) -> str:  # noqa: ANN401 - a date or nothing
    return none if day is None else f"{day:%Y-%m}"
