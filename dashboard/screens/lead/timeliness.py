"""How long do applicants wait, against the limit, where does the time go, and which office should be told?"""

from typing import Final

import polars as pl
import streamlit as st

from casework.ageing import EMERGENCY
from dashboard import address
from dashboard.parts import bottleneck, counted, overdue, shown, states, survival, urgency
from dashboard.parts.charts import BLUE
from dashboard.queries import timeliness
from dashboard.queries.times import small, veiled
from dashboard.rights import may
from dashboard.session import Session
from metrics.efficiency.durations import Unit

_OTHER: Final = "#D55E00"
_CHOICES: Final[tuple[Unit, ...]] = ("working_days", "days")


def show(session: Session) -> None:
    """Waiting, by delegation, step by step, by urgency, and the overdue of each office."""
    session.demand("timeliness")
    say, desk, view = session.say, session.desk, session.view
    st.title(say("timeliness.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    with st.container(key="place"):
        months = {"since": f"{view.period.since:%Y-%m}", "until": f"{view.period.until:%Y-%m}"}
        st.text(say("timeliness.what", region=session.place(view.region), **months))
    cases = timeliness.accepted(desk.waits.cases, session.region_codes, view.programme, view.period)
    if cases.is_empty():
        states.nothing(say("timeliness.nothing"), say("timeliness.nothing_how"))
    elif small(cases.height, counted.least(session)):
        minimum = desk.counts.minimum
        states.nothing(say("timeliness.too_few", minimum=minimum), say("timeliness.too_few_how"))
    else:
        _sections(session, cases)
    if may(session.role, "times"):
        overdue.draw(session)


def _sections(session: Session, cases: pl.DataFrame) -> None:
    usual, urgent = timeliness.usual(cases), timeliness.urgent(cases)
    if counted.least(session) > 1:
        st.caption(session.say("timeliness.rounded", minimum=session.desk.counts.minimum))
    if session.view.programme != EMERGENCY:
        unit = _unit(session, usual)
        timed = timeliness.timed(usual, unit)
        _waiting(session, usual, timed, unit)
        _delegated(session, timed, unit)
        bottleneck.draw(session, usual)
    if session.view.programme in ("", EMERGENCY):
        urgency.draw(session, urgent)


def _unit(session: Session, cases: pl.DataFrame) -> Unit:
    """In which days the reader counts; those of most limits unless they choose."""
    asked = address.read("unit")
    chosen = next((unit for unit in _CHOICES if unit == asked), timeliness.unit(cases))
    key, changed = address.bound("unit", chosen)
    words = {"working_days": session.say("timeliness.axis_working_days"), "days": session.say("timeliness.axis_days")}
    st.segmented_control(
        session.say("timeliness.unit"),
        [*_CHOICES],
        format_func=words.__getitem__,
        required=True,
        key=key,
        on_change=changed,
    )
    return chosen


def _waiting(session: Session, cases: pl.DataFrame, timed: pl.DataFrame, unit: Unit) -> None:
    """One line for all, the limits, and what leaving the open cases out would hide."""
    say, minimum = session.say, counted.least(session)
    st.subheader(say("timeliness.waiting_title"))
    if timed.is_empty() or small(timed.height, minimum):
        st.caption(say("timeliness.too_few", minimum=session.desk.counts.minimum))
        return
    st.caption(say("timeliness.waiting_what"))
    st.text(_size(session, cases, timed, unit))
    limits = timeliness.limits(timed, unit, minimum)
    for one in limits:
        st.text(_outlasting(session, one, unit))
    if not limits:
        st.text(say("timeliness.no_limits"))
    line = survival.Line("all", say("timeliness.everyone"), BLUE, timed)
    drawn = [one.limit for one in limits]
    survival.draw(session, [line], drawn, unit, name="waiting", alt=say("timeliness.waiting_alt"))


def _size(session: Session, cases: pl.DataFrame, timed: pl.DataFrame, unit: Unit) -> str:
    """How many cases the line rests on, and how many are left out because their time is unknown."""
    say, least = session.say, counted.least(session)
    closed, left = int(timed["decided"].sum()), cases.height - timed.height
    counts = veiled({"decided": closed, "open": timed.height - closed}, least)
    told = {name: _count(session, count) for name, count in counts.items()}
    told["left"] = _count(session, None if small(left, least) else left)
    middle = timeliness.curve(timed).median.value
    size = say("timeliness.size", cases=survival.about(session, timed.height), **told)
    if middle is None:
        return size + say("timeliness.median_unknown")
    return size + say("timeliness.median", days=say(survival.UNITS[unit], count=shown.number(round(middle, 1))))


def _count(session: Session, count: int | None) -> str:
    return session.say("times.few") if count is None else survival.about(session, count)


def _outlasting(session: Session, one: timeliness.Limited, unit: Unit) -> str:
    say = session.say
    facts = {"limit": say(survival.UNITS[unit], count=one.limit), "cases": survival.about(session, one.past.cases)}
    if one.hidden:
        return say("timeliness.past_few", **facts, minimum=session.desk.counts.minimum)
    found = one.past.with_open
    if found.value is None:
        return say("timeliness.past_unknown", **facts, closed=shown.percent(one.past.closed_only))
    told = say("timeliness.past", **facts, closed=shown.percent(one.past.closed_only), open=shown.percent(found.value))
    if found.low is None or found.high is None:
        return told + say("timeliness.no_bounds")
    return told + say("timeliness.bounds", low=shown.percent(found.low), high=shown.percent(found.high))


def _delegated(session: Session, timed: pl.DataFrame, unit: Unit) -> None:
    """Does the township decide faster than the county?"""
    say, minimum = session.say, counted.least(session)
    st.subheader(say("timeliness.delegated_title"))
    groups = {name: timed.filter(pl.col("delegated") == kind) for name, kind in (("yes", True), ("no", False))}
    if any(group.is_empty() or small(group.height, minimum) for group in groups.values()):
        st.caption(say("timeliness.delegated_few", minimum=max(minimum, 1)))
        return
    st.text(_verdict(session, groups["yes"], groups["no"]))
    st.caption(say("timeliness.delegated_what"))
    lines = [
        survival.Line("delegated", say("timeliness.delegated"), BLUE, groups["yes"]),
        survival.Line("not_delegated", say("timeliness.not_delegated"), _OTHER, groups["no"]),
    ]
    drawn = [one.limit for one in timeliness.limits(timed, unit, minimum)]
    survival.draw(session, lines, drawn, unit, name="delegated", alt=say("timeliness.delegated_alt"))


def _verdict(session: Session, delegated: pl.DataFrame, others: pl.DataFrame) -> str:
    say, found = session.say, timeliness.verdict(delegated, others)
    if found is None:
        return say("timeliness.incomparable")
    verdict, p = found
    words = {
        "faster": say("timeliness.faster", p=_p(p)),
        "slower": say("timeliness.slower", p=_p(p)),
        "alike": say("timeliness.alike", p=_p(p)),
    }
    return words[verdict]


def _p(p: float) -> str:
    least = 0.001
    return "p < 0.001" if p < least else f"p = {p:.3f}"
