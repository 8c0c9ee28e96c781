"""Who may come in, as what, for which region, and how much lies on whose desk?"""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.review.vocabulary import ENTRIES
from dashboard import address
from dashboard.parts import fitting, registered, states, tables, titles
from dashboard.queries.colleagues import Colleague, as_registered, colleagues
from dashboard.rights import may
from dashboard.screens.manage import registering
from dashboard.session import Session

_SIZE: Final = 50


def show(session: Session) -> None:
    """The list, one person of it, and for a data steward what changes it."""
    session.demand("people")
    say, desk = session.say, session.desk
    st.title(say("people.title"))
    with st.container(key="place"):
        st.text(say("people.what"))
    known = colleagues(desk.workspace.review)
    registering.done(session)
    if not known:
        states.nothing(say("people.nobody"), say("people.nobody_how"))
        if session.can("enrol"):
            registering.first(session)
        else:
            st.code(f"mingcha user add {desk.workspace.path} {say('people.name')} --role steward --region all")
        return
    _list(session, known)
    asked = address.read("person")
    if asked in known:
        _person(session, known[asked])
    elif asked:
        states.nothing(say("people.unknown"), say("people.unknown_how"))
    if session.can("enrol"):
        registering.another(session)


def _list(session: Session, known: Mapping[str, Colleague]) -> None:
    say, names = session.say, [*known]
    pages = -(-len(names) // _SIZE)
    number = min(max(address.number("page", 1), 1), pages)
    shown = names[(number - 1) * _SIZE : number * _SIZE]
    active = sum(person.one.active for person in known.values())
    st.caption(say("people.total", total=len(names), active=active))
    rows = [_row(session, known[name]) for name in shown]
    picked = tables.picker(
        pl.DataFrame(rows),
        shown,
        name="people",
        alt=say("people.alt", total=len(names)),
        columns=_columns(session),
        lines=fitting.lines(rows, _WIDTHS),
    )
    if picked:
        address.write(person=picked)
        st.rerun()
    tables.pages(number, pages)


def _row(session: Session, person: Colleague) -> dict[str, str]:
    say, one, load = session.say, person.one, person.load
    return {
        "name": one.name,
        "role": say(titles.ROLES[one.role]),
        "region": registered.area(one.region_code, registered.tree(session.desk), say),
        "state": registered.state(one, say),
        "number": say("people.yes") if one.person_id is not None else say("people.no"),
        "assigned": str(load.assigned),
        "verifying": str(load.verifying),
        "decided": str(load.decided),
        "waiting": str(load.waiting),
        "since": person.since,
        "by": person.by,
    }


def _columns(session: Session) -> dict[str, Any]:
    say = session.say
    titles_of = {
        "name": say("people.name"),
        "role": say("people.role"),
        "region": say("people.region"),
        "state": say("people.state"),
        "number": say("people.recusal"),
        "assigned": say("people.assigned"),
        "verifying": say("people.verifying"),
        "decided": say("people.decided"),
        "waiting": say("people.waiting"),
        "since": say("people.since"),
        "by": say("people.by"),
    }
    text = st.column_config.TextColumn
    return {
        name: text(titles_of[name], width=width, alignment="right" if name in _COUNTS else None)
        for name, width in _WIDTHS.items()
    }


_COUNTS: Final = frozenset({"assigned", "verifying", "decided", "waiting"})
_WIDTHS: Final = {  # pixels, of a screen of 1280
    "name": 128,
    "role": 142,
    "region": 96,
    "state": 64,
    "number": 66,
    "assigned": 72,
    "verifying": 66,
    "decided": 70,
    "waiting": 70,
    "since": 92,
    "by": 96,
}


def _person(session: Session, person: Colleague) -> None:
    """One person: how they are registered, how that came, and what a steward may do about it."""
    say, one = session.say, person.one
    regions = registered.tree(session.desk)
    with st.container(border=True):
        with st.container(key="sentence"):
            st.text(one.name)
        st.text(registered.line(one, regions, say))
        if person.load.open:
            st.text(say("people.open", leads=person.load.open))
        if may(session.role, "journal"):
            session.link("journal", say("people.trail"), who=one.name)
        if session.can("enrol"):
            registering.change(session, person)
        with st.expander(say("people.history", times=len(person.acts))):
            history = [
                {
                    say("people.at"): act.at[:16].replace("T", " "),
                    say("people.by"): act.who,
                    say("people.done"): session.text(ENTRIES[act.kind]),
                    say("people.as"): registered.line(as_registered(act), regions, say),
                }
                for act in reversed(person.acts)
            ]
            tables.plain(pl.DataFrame(history), alt=say("people.history", times=len(person.acts)))
