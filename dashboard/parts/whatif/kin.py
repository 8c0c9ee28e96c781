"""Were all near kin of officials taken off the roll, how many who are eligible would be wronged?

Being kin is not a violation; the part says so first.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import bars, shown, states, twin
from dashboard.parts.bars import Bar
from dashboard.parts.counted import least
from dashboard.parts.whatif import said
from dashboard.parts.whatif.waiting import awaited
from dashboard.queries import wronged
from dashboard.queries.whatif import WhatIf
from dashboard.queries.wronged import KINDS, PARTS, Told
from dashboard.session import Session

_TITLES: Final = {
    "roll": "whatif.kin_roll",
    "kin": "whatif.kin_all",
    "eligible": "whatif.kin_eligible",
    "tapering": "whatif.kin_tapering",
    "failing": "whatif.kin_failing",
    "unknown": "whatif.kin_unknown",
}
_COLOURS: Final = ("#0072B2", "#8cc2e0", "#C75000", "#9aa5ab")  # of KINDS
_ENOUGH: Final = 20  # times the step of rounding: a share of so many is at most four points off


def draw(session: Session, house: WhatIf, few: int) -> None:
    """A sentence, a bar for each kind of kin on the roll, the table."""
    say, region = session.say, session.view.region
    st.subheader(say("whatif.kin"))
    st.caption(say("whatif.kin_what"))
    found = awaited(session, f"wronged {house.digest} {region}", lambda _: wronged.wronged(house, region))
    if found is None:
        return
    if not found.kin.households:
        states.nothing(say("whatif.kin_none"), say("whatif.kin_none_how"), part="kin")
        return
    step = least(session)
    parts = wronged.told(found, few, step)
    st.text(_sentence(session, parts, step))
    rows = [
        Bar(
            say(_TITLES[name]),
            None if parts[name].persons is None else float(parts[name].persons or 0),
            _count(session, parts[name]),
        )
        for name in KINDS
    ]
    twin.draw(
        session,
        bars.figure(rows, colours=_COLOURS),
        _table(session, parts),
        name="whatif-kin",
        alt=say("whatif.kin_alt"),
        data=_data(parts),
    )
    if any(part.unpaid for part in parts.values()):
        st.caption(say("whatif.kin_unpaid"))


def _count(session: Session, part: Told) -> str:
    if part.households is None or part.persons is None:
        return session.say("whatif.too_few")
    return session.say("whatif.both", households=f"{part.households:,}", persons=f"{part.persons:,}")


def _money(session: Session, part: Told) -> str:
    return session.say("whatif.too_few") if part.month_fen is None else said.money(session, part.month_fen)


def _sentence(session: Session, parts: Mapping[str, Told], step: int) -> str:
    """The whole comparison, of the counts as they are told."""
    say = session.say
    lines = [
        say("whatif.kin_there", roll=_count(session, parts["roll"]), kin=_count(session, parts["kin"])),
        say(
            "whatif.kin_every",
            eligible=_count(session, parts["eligible"]),
            share=_share(session, parts, step),
            money=_money(session, parts["eligible"]),
        ),
        say("whatif.kin_only", failing=_count(session, parts["failing"])),
        say("whatif.kin_rest", tapering=_count(session, parts["tapering"]), unknown=_count(session, parts["unknown"])),
    ]
    return "\n".join(lines)


def _share(session: Session, parts: Mapping[str, Told], step: int) -> str:
    """Eligible persons of those who can be judged; nothing where it would rest on a hidden or small count."""
    right, kin, rest = (parts[name].persons for name in ("eligible", "kin", "unknown"))
    if right is None or kin is None or rest is None or kin - rest < max(1, _ENOUGH * step):
        return ""
    return session.say("whatif.kin_share", share=shown.percent(min(right / (kin - rest), 1.0)))


def _table(session: Session, parts: Mapping[str, Told]) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("whatif.kin_who"): say(_TITLES[name]),
                say("whatif.kin_count"): _count(session, parts[name]),
                say("whatif.kin_month"): _money(session, parts[name]),
            }
            for name in PARTS
        ]
    )


def _data(parts: Mapping[str, Told]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"kind": name, "households": one.households, "persons": one.persons, "month_fen": one.month_fen}
            for name, one in parts.items()
        ]
    )
