"""How many working days lie between two days, which day ends a limit, and why does each day count or not?"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from casework.calendar import Calendar, Override, read_overrides
from casework.days import Day, Kind, day, days
from dashboard import address
from dashboard.parts import tables
from dashboard.session import Session

_KINDS: Final[Mapping[Kind, str]] = {
    "workday": "workdays.workday",
    "weekend": "workdays.weekend",
    "holiday": "workdays.holiday",
    "make_up": "workdays.make_up",
    "local_off": "workdays.local_off",
    "local_work": "workdays.local_work",
    "unknown": "workdays.unknown",
}
_WEEKDAYS: Final = (
    "workdays.monday",
    "workdays.tuesday",
    "workdays.wednesday",
    "workdays.thursday",
    "workdays.friday",
    "workdays.saturday",
    "workdays.sunday",
)
_SPAN: Final = 30  # days between the two that are shown first
_LISTED: Final = 1_100  # days on one page: three years
_MOST: Final = 1_000  # working days that may be added
_FILE: Final = "calendar.csv"
_SHORT: Final = 8  # signs of a digest that a reader compares


def show(session: Session) -> None:
    """Two days and what lies between them; a limit and its last day; what the county changed."""
    session.demand("calendar")
    say, calendar = session.say, session.desk.calendar
    local = read_overrides(session.desk.workspace.path / "policy" / _FILE)
    st.title(say("workdays.title"))
    with st.container(key="place"):
        st.text(say("workdays.what"))
    st.caption(
        say(
            "workdays.version",
            first=calendar.first,
            through=calendar.through,
            digest=calendar.digest[:_SHORT],
            local=len(local),
            file=_FILE,
        )
    )
    until = address.day("b", _today())
    since = address.day("a", until - timedelta(days=_SPAN))
    counted, limit = st.columns(2, gap="large")
    with counted:
        _between(session, since, until)
    with limit:
        _added(session, since)
    _listed(session, local, *sorted((since, until)))
    _local(session, local)


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _between(session: Session, since: date, until: date) -> None:
    say, calendar = session.say, session.desk.calendar
    st.subheader(say("workdays.between"))
    first, last = st.columns(2)
    with first:
        _day(say("workdays.since"), "a", since)
    with last:
        _day(say("workdays.until"), "b", until)
    found = calendar.between(since, until)
    value = say("workdays.undecidable") if found is None else say("workdays.days", days=found)
    st.metric(say("workdays.from_to", since=since, until=until), value, border=True)
    st.caption(say("workdays.rule") if found is not None else _beyond(session, calendar))


def _added(session: Session, since: date) -> None:
    say, calendar = session.say, session.desk.calendar
    st.subheader(say("workdays.limit"))
    number = min(max(address.number("n", 20), 1), _MOST)
    key, changed = address.bound("n", str(number))
    st.text_input(say("workdays.number", most=_MOST), key=key, on_change=changed, max_chars=4)
    due = calendar.due(since, number)
    st.metric(
        say("workdays.added", since=since, days=number),
        say("workdays.undecidable") if due is None else f"{due} {_weekday(session, due)}",
        border=True,
    )
    st.caption(say("workdays.due_rule") if due is not None else _beyond(session, calendar))


def _beyond(session: Session, calendar: Calendar) -> str:
    return session.say("workdays.beyond", first=calendar.first, through=calendar.through, file=_FILE)


def _day(label: str, name: str, value: date) -> None:
    key, changed = address.bound_day(name, value)
    st.date_input(
        label,
        key=key,
        on_change=changed,
        format="YYYY-MM-DD",
        min_value=date(1949, 10, 1),
        max_value=date(2099, 12, 31),
    )


def _listed(session: Session, local: Mapping[date, Override], since: date, until: date) -> None:
    """Every day, the first one not counted, with a running count that stops where nobody knows."""
    say, calendar = session.say, session.desk.calendar
    st.subheader(say("workdays.listed"))
    shown = list(days(calendar, local, since, min(until, since + timedelta(days=_LISTED))))
    if shown[-1].on < until:
        st.caption(say("workdays.cut", last=shown[-1].on))
    counts: list[bool | None] = [False, *(one.works for one in shown[1:])]
    unknown = next((place for place, works in enumerate(counts) if works is None), len(counts))
    running = [*accumulate(int(bool(works)) for works in counts[:unknown])]
    rows = [
        {
            say("workdays.date"): str(one.on),
            say("workdays.weekday"): _weekday(session, one.on),
            say("workdays.kind"): _kind(session, one),
            say("workdays.counts"): say("workdays.start") if place == 0 else _counts(session, one),
            say("workdays.running"): str(running[place]) if place < unknown else say("workdays.unknown"),
        }
        for place, one in enumerate(shown)
    ]
    tables.plain(pl.DataFrame(rows), alt=say("workdays.listed_alt", since=since, until=until))


def _counts(session: Session, one: Day) -> str:
    if one.works is None:
        return session.say("workdays.unknown")
    return session.say("workdays.yes") if one.works else session.say("workdays.no")


def _kind(session: Session, one: Day) -> str:
    named = f" · {session.text(one.name)}" if one.name else ""
    return f"{session.say(_KINDS[one.kind])}{named}{f' · {one.note}' if one.note else ''}"


def _weekday(session: Session, on: date) -> str:
    return session.say(_WEEKDAYS[on.weekday()])


def _local(session: Session, local: Mapping[date, Override]) -> None:
    """What the workspace's own calendar.csv says, also where it says no more than the published one."""
    say = session.say
    st.subheader(say("workdays.local", total=len(local)))
    if not local:
        st.text(say("workdays.no_local", file=_FILE))
        return
    rows = [
        {
            say("workdays.date"): str(on),
            say("workdays.weekday"): _weekday(session, on),
            say("workdays.kind"): _kind(session, day(session.desk.calendar, local, on)),
            say("workdays.counts"): say("workdays.yes") if said.works else say("workdays.no"),
            say("workdays.note"): said.note,
        }
        for on, said in sorted(local.items())
    ]
    tables.plain(pl.DataFrame(rows), alt=say("workdays.local", total=len(local)))
