"""Which scenarios stand beside the rules in force: chosen from the shipped ones, or written here?

All of it is in the link: whoever opens it sees the same, and the browser's way back undoes the last step.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from casework.errors import CaseworkError
from casework.tables import STEP
from dashboard import address
from dashboard.parts.whatif import changed, form, letters
from dashboard.queries.posed import Draft
from dashboard.session import Session
from metrics.whatif.scenario import FALLING, FULL, Assumptions, Scenario

_PATHS: Final = {FULL: "whatif.taper_full", FALLING: "whatif.taper_falling"}
_SHARES: Final = {"take_up": "whatif.take_up", "leak": "whatif.leak", "pay_ratio": "whatif.pay_ratio"}
_CHANGED_STEPS: Final = {"removed": "whatif.removed", "parallel": "whatif.parallel"}
_YUAN: Final = 100  # fen


def draw(session: Session, known: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Which scenario is written, its changes, the boxes; the scenarios that say something, by letter."""
    drafts, wrong = letters.drafts()
    for error in wrong:
        st.error(error.say(session.language))
    letter = _letter(session, drafts)
    with st.container(border=True, key="scenario-box"):
        _shipped(session, letter, drafts[letter], known)
        _listed(session, letter, drafts[letter])
        with st.expander(session.say("whatif.write"), expanded=drafts[letter].empty):
            form.draw(session, letter, drafts[letter])
        with st.expander(session.say("whatif.assume")):
            _assumptions(session, letter, drafts[letter])
    return _scenarios(session, drafts, known)


def _scenarios(session: Session, drafts: Mapping[str, Draft], known: Mapping[str, Scenario]) -> dict[str, Scenario]:
    found = {}
    for letter, draft in drafts.items():
        if draft.empty:
            continue
        try:
            scenario = draft.scenario(letter, known)
            session.desk.policy.adjusted(scenario.changes)
        except CaseworkError as error:
            st.error(error.say(session.language))
        else:
            found[letter] = scenario
    return found


def _letter(session: Session, drafts: Mapping[str, Draft]) -> str:
    key, kept = address.bound("on", letters.shown())
    say = session.say

    def name(letter: str) -> str:
        return letters.called(session, letter) + (say("whatif.unwritten") if drafts[letter].empty else "")

    st.segmented_control(
        say("whatif.scenarios"), letters.LETTERS, format_func=name, required=True, key=key, on_change=kept
    )
    return letters.shown()


def _shipped(session: Session, letter: str, draft: Draft, known: Mapping[str, Scenario]) -> None:
    if not known:
        return
    key = f"shipped-{letter}"
    st.session_state[key] = [name for name in draft.shipped if name in known]
    st.multiselect(
        session.say("whatif.shipped"),
        [*known],
        format_func=lambda name: changed.title(session, known[name]),
        key=key,
        placeholder=session.say("whatif.shipped_hint"),
        on_change=lambda: letters.keep(letter, replace(draft, shipped=tuple(st.session_state[key]))),
    )
    for name in draft.shipped:
        if name in known and known[name].note:
            st.caption(changed.note(session, known[name]))


def _listed(session: Session, letter: str, draft: Draft) -> None:
    """What it changes, line by line; each own change can be taken out."""
    for place, change in enumerate(draft.changes):
        words, button = st.columns([6, 1])
        words.text(changed.line(session, change, draft.sources[place]))
        button.button(
            session.say("whatif.take_out"),
            key=f"out-{letter}-{place}",
            on_click=lambda place=place: letters.keep(letter, draft.without(place)),
        )


def _assumptions(session: Session, letter: str, draft: Draft) -> None:
    """What no rule says: as the records show it unless said otherwise."""
    say, said = session.say, draft.assumptions
    st.caption(say("whatif.assume_what"))
    values: dict[str, Any] = {}
    for column, (name, label) in zip(st.columns(3), _SHARES.items(), strict=True):
        with column:
            most = 1.0 if name != "pay_ratio" else 5.0
            values[name] = st.number_input(
                say(label),
                0.0,
                most,
                getattr(said, name),
                0.05,
                key=f"{name}-{letter}",
                placeholder=say("whatif.as_is"),
            )
    path, quota, budget = st.columns(3)
    with path:
        values["taper"] = st.selectbox(
            say("whatif.taper"),
            [*_PATHS],
            index=[*_PATHS].index(said.taper),
            format_func=lambda name: say(_PATHS[name]),
            key=f"taper-{letter}",
        )
    with quota:
        values["quota"] = st.number_input(
            say("whatif.quota"), 0, None, said.quota, 10, key=f"quota-{letter}", placeholder=say("whatif.no_quota")
        )
    with budget:
        yuan = None if said.budget_fen is None else said.budget_fen // _YUAN
        money = st.number_input(
            say("whatif.cap"), 0, None, yuan, 1000, key=f"cap-{letter}", placeholder=say("whatif.no_quota")
        )
        values["budget_fen"] = None if money is None else int(money) * _YUAN
    values |= _process(session, letter, said)
    new = replace(said, **values)
    st.button(
        say("whatif.assume_keep"),
        key=f"assume-{letter}",
        disabled=new == said,
        on_click=lambda: letters.keep(letter, replace(draft, assumptions=new)),
    )
    if said != Assumptions():
        st.button(
            say("whatif.assume_forget"),
            key=f"forget-{letter}",
            on_click=lambda: letters.keep(letter, replace(draft, assumptions=Assumptions())),
        )


def _process(session: Session, letter: str, said: Assumptions) -> dict[str, Any]:
    """What only the time limits ask: steps left out or side by side, and how many staff."""
    say = session.say
    names = {option.code: option.label for option in STEP["step"].options}
    found: dict[str, Any] = {}
    columns = st.columns([3, 3, 2])
    for column, name, label in zip(
        columns, ("removed", "parallel"), ("whatif.removed", "whatif.parallel"), strict=False
    ):
        with column:
            chosen = st.multiselect(
                say(label),
                [*names],
                list(getattr(said, name)),
                format_func=lambda code: session.text(names[code]),
                key=f"{name}-{letter}",
                placeholder=say("whatif.as_is"),
            )
            found[name] = tuple(chosen)
    with columns[2]:
        found["staff"] = st.number_input(say("whatif.staff"), 0.1, 10.0, said.staff, 0.1, key=f"staff-{letter}")
    return found
