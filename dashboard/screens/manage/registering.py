"""How does a data steward register people, change what they are registered as, and let them in no more?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

import streamlit as st

from casework.errors import CaseworkError, WrongUsageError
from casework.regions import ROOT
from casework.review import register
from casework.review.register import Change, Registered
from casework.review.scope import ROLES, Role
from casework.review.store import today
from casework.text import Text
from dashboard.parts import registered, titles
from dashboard.queries.colleagues import Colleague
from dashboard.session import Session

_DONE: Final = "people-done"  # what was just done, shown once
_UNDO: Final = "people-undo"  # whom to let in again
_ASKED: Final = "people-retiring"  # whom the steward is asked about before it is done
_MANY: Final = 2000  # regions a list can hold; above that without the villages


def first(session: Session) -> None:
    """The first one registered is a data steward: from then on only such a one lets others in."""
    session.demand("enrol")
    say = session.say
    with st.form("first", border=True):
        st.text(say("people.first"))
        name = st.text_input(say("people.name"), value=session.who, max_chars=register.LONGEST)
        if st.form_submit_button(say("people.first_add"), type="primary"):
            _do(session, "first", lambda key: _enrol(session, _new(session, name, "steward", "", ""), key))


def another(session: Session) -> None:
    """Register one more."""
    session.demand("enrol")
    say, mark = session.say, _key("add")
    with st.expander(say("people.add")), st.form("add", border=False):
        name = st.text_input(say("people.name"), max_chars=register.LONGEST, key=f"name-{mark}")
        role = _role(session, "inspector", f"role-{mark}")
        region = _region(session, "", f"region-{mark}")
        number = _number(session, f"number-{mark}")
        if st.form_submit_button(say("people.add_button"), type="primary"):
            _do(session, "add", lambda key: _enrol(session, _new(session, name, role, region, number), key))


def change(session: Session, person: Colleague) -> None:
    """Change one person's role, region or number; retire them or let them in again. Never oneself."""
    session.demand("enrol")
    say, one = session.say, person.one
    if one.name == session.who:
        st.caption(say("people.oneself"))
        return
    if not one.active:
        if st.button(say("people.again"), key="people-again"):
            _do(session, "again", lambda key: _retire(session, one.name, key, active=True))
        return
    mark = _key(f"change-{one.name}")
    seen = _seen(one, mark)
    with st.form(f"change-{mark}"):
        role = _role(session, one.role, f"role-{mark}")
        region = _region(session, one.region_code, f"region-{mark}")
        number = _number(session, f"number-{mark}")
        without = one.person_id is not None and st.checkbox(say("people.remove_number"), key=f"without-{mark}")
        if st.form_submit_button(say("people.change_button")):
            form = _Form(role, region, number, without)
            _do(session, f"change-{one.name}", lambda key: _changed(session, one, seen, form, key))
    _retiring(session, person)


def done(session: Session) -> None:
    """What was just done; a retirement can be taken back at once."""
    if name := st.session_state.pop(_UNDO, ""):
        _do(session, "undo", lambda key: _retire(session, name, key, active=True))
    told: tuple[Change, str] | None = st.session_state.pop(_DONE, None)
    if told is None:
        return
    changed, key = told
    say, regions = session.say, registered.tree(session.desk)
    with st.container(border=True, key="people-told"):
        name = changed.new.name
        if changed.nothing:
            st.text(say("people.same", name=name))
            return
        what = say("people.joint").join(registered.changes(changed, regions, say))
        st.text(say("people.added" if changed.old is None else "people.changed", name=name, what=what))
        number = changed.new.person_id
        if number is not None and not register.among(session.desk.tables, number):
            st.text(say("people.unknown_number"))
        if changed.old is not None and changed.old.active and not changed.new.active:
            st.button(say("people.take_back"), on_click=_wish_back, args=(name,), key=f"undo-{key}")


# -- doing -------------------------------------------------------------------------------------------------------------


def _do(session: Session, form: str, act: Callable[[str], Change]) -> None:
    """Do it once, however often the button is pressed; what is refused is said where it was asked."""
    key = _key(form)
    try:
        told = act(key)
    except CaseworkError as error:
        st.warning(session.say("people.refused"))
        st.text(error.say(session.language))
        return
    st.session_state[_DONE] = (told, key)
    st.session_state.pop(f"people-key-{form}", None)
    st.rerun()


def _key(form: str) -> str:
    """What this form's act is done under: the same until it is done; then the form is another, and empty."""
    made: str = st.session_state.setdefault(f"people-key-{form}", uuid4().hex)
    return made


def _new(session: Session, name: str, role: Role, region: str, number: str) -> Registered:
    """Someone new, out of the form; who is registered is changed in the list, not by the way."""
    clean = register.name_of(name)
    known = register.found(clean, register.registered(session.desk.workspace.review))
    if known is not None:
        raise WrongUsageError(
            Text(
                f"已登记“{known.name}”;如需更改,请在名单中点选",
                f"“{known.name}” is registered; to change that, click on the name in the list",
            )
        )
    return Registered(clean, role, region, _person_id(session, number))


def _enrol(session: Session, new: Registered, key: str, seen: Registered | None = None) -> Change:
    session.demand("enrol")
    review = session.desk.workspace.review
    return register.enrol(review, session.who, new, key=key, seen=seen, fresh=seen is None)


@dataclass(frozen=True, slots=True)
class _Form:
    """What stands in the form of a change."""

    role: Role
    region: str
    number: str
    without: bool


def _changed(session: Session, one: Registered, seen: Registered, form: _Form, key: str) -> Change:
    """The registration as the form says; an empty number keeps the one there."""
    kept = None if form.without else one.person_id
    person_id = _person_id(session, form.number) if form.number.strip() else kept
    new = replace(one, role=form.role, region_code=form.region, person_id=person_id)
    return _enrol(session, new, key, seen=seen)


def _seen(one: Registered, mark: str) -> Registered:
    """The registration that was on the screen when the form was filled in; from now on the one of today."""
    was = st.session_state.get(f"people-seen-{mark}") if f"role-{mark}" in st.session_state else None
    st.session_state[f"people-seen-{mark}"] = one
    return one if was is None else was


def _retire(session: Session, name: str, key: str, *, active: bool = False) -> Change:
    session.demand("enrol")
    return register.retire(session.desk.workspace.review, session.who, name, key=key, active=active)


def _wish_back(name: str) -> None:
    st.session_state[_UNDO] = name


def _person_id(session: Session, number: str) -> int | None:
    return register.person_of(number, session.desk.workspace.key, today()) if number.strip() else None


# -- asking ------------------------------------------------------------------------------------------------------------


def _retiring(session: Session, person: Colleague) -> None:
    """Asked first, then done."""
    say, one = session.say, person.one
    if st.session_state.get(_ASKED) != one.name:
        if st.button(say("people.retire"), key="people-retire"):
            st.session_state[_ASKED] = one.name
            st.rerun()
        return
    with st.container(border=True, key="people-sure"):
        st.text(say("people.sure", name=one.name))
        if person.load.open:
            st.text(say("people.open", leads=person.load.open))
        yes, no = st.columns([1, 5])
        if yes.button(say("people.yes_retire"), type="primary", key="people-yes"):
            st.session_state.pop(_ASKED, None)
            _do(session, "retire", lambda key: _retire(session, one.name, key))
        if no.button(say("people.not_retire"), key="people-not"):
            st.session_state.pop(_ASKED, None)
            st.rerun()


def _role(session: Session, role: Role, key: str) -> Role:
    say = session.say
    chosen: Role = st.selectbox(
        say("people.role"),
        ROLES,
        index=ROLES.index(role),
        format_func=lambda one: f"{say(titles.ROLES[one])} · {say(titles.JOBS[one])}",
        key=key,
    )
    return chosen


def _region(session: Session, code: str, key: str) -> str:
    """Everywhere, or one of the regions of the data, each under the one it lies in."""
    say, regions = session.say, registered.tree(session.desk)
    codes: list[str] = []
    if regions is not None:
        codes = [one for one in regions.codes if one != ROOT]
        if len(codes) > _MANY:
            codes = [one for one in codes if regions[one].tier != "village"]
    options = ["", *dict.fromkeys([*codes, *([code] if code else [])])]

    def words(one: str) -> str:
        if not one or regions is None or one not in regions:
            return registered.area(one, regions, say)
        return f"{'　' * (len(regions.path(one)) - 1)}{registered.area(one, regions, say)} ({one})"

    chosen: str = st.selectbox(say("people.region"), options, index=options.index(code), format_func=words, key=key)
    return chosen


def _number(session: Session, key: str) -> str:
    return st.text_input(session.say("people.id_no"), help=session.say("people.id_no_why"), type="password", key=key)
