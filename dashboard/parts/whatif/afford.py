"""How high may the standards be within the budget: the last whole yuan that fits, and the first that does not?"""

from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import tables
from dashboard.parts.whatif import said
from dashboard.queries.affordable import Affordable, Step
from dashboard.session import Session

SETTINGS: Final = {"": "whatif.both_settings", "urban": "whatif.urban", "rural": "whatif.rural"}
_WAN_FEN: Final = 1_000_000
_YEAR: Final = 12
_YUAN: Final = 100  # fen


def draw(session: Session, found: Affordable, budget: int) -> None:
    """The answer, then the two reckonings that it lies between. `budget`: 万元 a year."""
    say = session.say
    if found.last is None:
        st.text(say("whatif.never", budget=f"{budget:,}"))
    else:
        key = "whatif.within_budget" if found.first is not None else "whatif.not_spent"
        amounts = say("whatif.a_month", amounts=_amounts(session, found.last, 1))
        st.metric(say(key, budget=f"{budget:,}"), amounts, border=True)
    steps = ((found.now, "whatif.step_now"), (found.last, "whatif.step_last"), (found.first, "whatif.step_first"))
    rows = [_row(session, step, say(words), budget * _WAN_FEN) for step, words in steps if step is not None]
    tables.plain(pl.DataFrame(rows), alt=say("whatif.afford_alt"))
    st.caption(say("whatif.afford_what", count=found.reckonings))


def _row(session: Session, step: Step, name: str, budget_fen: int) -> dict[str, str]:
    say = session.say
    return {
        say("whatif.step"): name,
        say("whatif.standard_month"): _amounts(session, step, 1),
        say("whatif.standard_year"): _amounts(session, step, _YEAR),
        say("whatif.cost_year"): said.money(session, step.cost_fen),
        say("whatif.of_budget"): said.money(session, step.cost_fen - budget_fen, signed=True),
    }


def _amounts(session: Session, step: Step, months: int) -> str:
    """Each standard once, with its setting."""
    told = [
        session.say("whatif.amount_of", setting=session.say(SETTINGS[kind]), yuan=_yuan(fen * months))
        for kind, fen in step.standards
        if kind in SETTINGS
    ]
    return session.say("rules.joint").join(told)


def _yuan(fen: int) -> str:
    """Whole yuan as such; what is in force may have a fraction."""
    return f"{fen / _YUAN:,.2f}".removesuffix(".00")
