"""Which rules are in force here on this day, with which value, by which document, and what was it before?"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from casework.policy import Entry, Rule
from dashboard import address
from dashboard.parts import labels, scopes, states, tables
from dashboard.parts.rules import OPEN
from dashboard.queries import rulebook
from dashboard.queries.rulebook import Line, Standing
from dashboard.session import Session

_PAGE: Final = 20  # rules on one page
_LINES: Final = 5  # as many values by case are shown before a rule is opened
_STANDINGS: Final[Mapping[Standing, str]] = {
    "in_force": "rulebook.in_force",
    "displaced": "rulebook.displaced",
    "past": "rulebook.past",
    "future": "rulebook.future",
    "elsewhere": "rulebook.elsewhere",
}


def show(session: Session) -> None:
    """Day and word, then every rule; one of them opened with its dated history."""
    session.demand("rules")
    say = session.say
    on = address.day("on", datetime.now(ZoneInfo("Asia/Shanghai")).date())
    st.title(say("rulebook.title"))
    with st.container(key="place"):
        st.text(say("rulebook.what", region=_here(session), on=on))
    _asked(session, on)
    lines = rulebook.lines(session.desk.policy, on, session.view.region)
    word = address.read("find")
    kept = rulebook.found(lines, word, {one.rule.id: _values(session, one, len(one.now)) for one in lines})
    if not kept:
        states.nothing(say("rulebook.nothing"), say("rulebook.nothing_how", word=word))
        return
    st.caption(say("rulebook.found", total=len(kept), none=sum(not one.now for one in kept)))
    _list(session, kept, on)


def _here(session: Session) -> str:
    return session.place(session.view.region) if session.desk.tables is not None else session.say("rulebook.national")


def _asked(session: Session, on: date) -> None:
    say = session.say
    day, word = st.columns([1, 3])
    with day:
        key, changed = address.bound_day("on", on)
        st.date_input(
            say("rulebook.on"),
            key=key,
            on_change=changed,
            format="YYYY-MM-DD",
            min_value=date(1949, 10, 1),
            max_value=date(2099, 12, 31),
        )
    with word:
        key, changed = address.bound("find", address.read("find"), clears=("page",))
        st.text_input(say("rulebook.find"), key=key, on_change=changed, placeholder=say("rulebook.find_hint"))


def _list(session: Session, kept: list[Line], on: date) -> None:
    pages = -(-len(kept) // _PAGE)
    number = min(max(address.number("page", 1), 1), pages)
    for one in kept[(number - 1) * _PAGE : number * _PAGE]:
        with st.container(key=f"book-{one.rule.id}", border=True):
            _row(session, one)
            if one.rule.id == address.read("rule"):
                _history(session, one, on)
    tables.pages(number, pages)


def _row(session: Session, one: Line) -> None:
    """Name, values by case, since when and by which document, what changes next; and the button to its history."""
    say, rule = session.say, one.rule
    opened = rule.id == address.read("rule")
    name, values, source, more = st.columns([4, 6, 6, 2])
    with name, st.container(gap=None):
        st.text(session.text(rule.label))
        st.text(rule.id)
    values.text(_values(session, one, _LINES))
    with source, st.container(gap=None):
        st.text("\n".join(_sources(session, one)) or say("rulebook.no_source"))
        st.text("\n".join(_times(session, one)))
    label = say("rulebook.close") if opened else say("rulebook.open")
    more.button(label, key=f"open-{rule.id}", on_click=_open, args=("" if opened else rule.id,))


def _open(rule_id: str) -> None:
    address.write(rule=rule_id)


def _times(session: Session, one: Line) -> list[str]:
    """For whom, since when, and when it changes."""
    say = session.say
    tiers = [*dict.fromkeys(_tier(session, entry) for entry in one.now)]
    first = [day for day in (one.last, one.following) if day is not None and day > OPEN]
    said = say("rules.joint").join(tiers)
    last = say("rulebook.last", day=one.last) if one.last in first else say("rulebook.always") if one.now else ""
    following = say("rulebook.following", day=one.following) if one.following in first else ""
    return [say("rules.and").join(filter(None, (said, last, following)))]


def _values(session: Session, one: Line, most: int) -> str:
    """Scope and value, a line each; what does not fit is counted."""
    if not one.now:
        return session.say("rulebook.none")
    alone = len(one.now) == 1 and not one.now[0].scope
    said = [*dict.fromkeys(_value(session, one.rule, entry, alone=alone) for entry in one.now)]
    if len(said) > most:
        said = [*said[: most - 1], session.say("rulebook.more", count=len(said) - most + 1)]
    return "\n".join(said)


def _value(session: Session, rule: Rule, entry: Entry, *, alone: bool) -> str:
    value = scopes.value(session, rule, entry)
    demo = session.say("rulebook.demo") if entry.demo else ""
    said = value if alone else session.say("rulebook.case", case=scopes.scope(session, rule, entry), value=value)
    return f"{demo}{said}"


def _from(session: Session, day: date) -> str:
    """A first day; one before all data is no law's."""
    return str(day) if day > OPEN else session.say("rulebook.always")


def _tier(session: Session, entry: Entry) -> str:
    say = session.say
    if not rulebook.is_local(entry):
        return say("rulebook.national")
    return say("rulebook.local", region=_region(session, entry)) if entry.region else say("rulebook.own")


def _region(session: Session, entry: Entry) -> str:
    if not entry.region:
        return session.say("rulebook.national")
    code = entry.region.ljust(12, "0")
    return session.place(code) if session.desk.tables is not None else entry.region


def _sources(session: Session, one: Line) -> list[str]:
    said = dict.fromkeys(entry.source or one.rule.source for entry in one.now)
    found = [labels.half(source, session.language) for source in said or [one.rule.source] if source]
    if found or one.rule.why is None:
        return found
    return [session.say("rules.judgement", why=session.text(one.rule.why))]


def _history(session: Session, one: Line, on: date) -> None:
    """Why, and every dated value, those in force here first."""
    say, rule = session.say, one.rule
    for text in (rule.why, rule.note):
        if text is not None:
            st.text(session.text(text))
    rows = [_dated(session, one, entry, on) for entry in _ordered(one, on, session.view.region)]
    if rows:
        alt = say("rulebook.history", rule=session.text(rule.label))
        tables.plain(pl.DataFrame(rows).unique(maintain_order=True), alt=alt, lines=4, columns=_widths(session))
    else:
        st.text(say("rulebook.empty", folder="policy/"))


def _widths(session: Session) -> dict[str, Any]:
    widths = {
        "rulebook.standing": 92,
        "rulebook.period": 98,
        "rulebook.region": 84,
        "rulebook.scope": 158,
        "rulebook.value": 158,
        "rulebook.source": 200,
        "rulebook.origin": 96,
    }
    return {session.say(name): st.column_config.TextColumn(width=width) for name, width in widths.items()}


def _ordered(one: Line, on: date, region: str) -> list[Entry]:
    order = [*_STANDINGS]
    return sorted(
        one.rule.entries,
        key=lambda entry: (order.index(rulebook.standing(one, entry, on, region)), -entry.from_.toordinal()),
    )


def _dated(session: Session, one: Line, entry: Entry, on: date) -> dict[str, str]:
    say, rule = session.say, one.rule
    demo = say("rulebook.demo") if entry.demo else ""
    return {
        say("rulebook.standing"): say(_STANDINGS[rulebook.standing(one, entry, on, session.view.region)]),
        say("rulebook.period"): " – ".join([_from(session, entry.from_), *([str(entry.to)] if entry.to else [])]),
        say("rulebook.region"): _region(session, entry),
        say("rulebook.scope"): scopes.scope(session, rule, entry),
        say("rulebook.value"): f"{demo}{scopes.value(session, rule, entry)}",
        say("rulebook.source"): labels.half(entry.source or rule.source, session.language),
        say("rulebook.origin"): entry.origin or say("rulebook.shipped"),
    }
