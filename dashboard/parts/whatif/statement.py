"""How does one household add up before and after, line by line?

Chosen by what becomes of it, never by who it is: no name, no number, no village.
"""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import shown, states, tables
from dashboard.parts.whatif import letters
from dashboard.session import Session
from metrics.whatif.ledger import KINDS, REASONS
from metrics.whatif.scenario_file import BASELINE


def draw(session: Session, statements: Mapping[str, pl.DataFrame], letter: str) -> None:
    """Which household, in the link; then its lines, a column before and one after."""
    say = session.say
    st.subheader(say("whatif.statement", name=letters.called(session, letter)))
    there = [kind for kind in KINDS if kind in statements]
    if not there:
        states.nothing(say("whatif.no_household"), say("whatif.no_household_how"), part="statement")
        return
    asked = address.read("kind") if address.read("kind") in there else there[0]
    key, kept = address.bound("kind", asked)
    st.selectbox(
        say("whatif.which"), there, format_func=lambda kind: session.text(KINDS[kind]), key=key, on_change=kept
    )
    lines = statements[asked]
    rows = [
        {
            say("whatif.line"): line[session.language],
            letters.called(session, BASELINE): _cell(session, line, BASELINE),
            letters.called(session, letter): _cell(session, line, letter),
            say("whatif.differs"): "←" if line[BASELINE] != line[letter] else "",
        }
        for line in lines.iter_rows(named=True)
    ]
    tables.plain(pl.DataFrame(rows), alt=say("whatif.statement_alt"))
    st.caption(say("whatif.statement_what"))


def _cell(session: Session, line: dict[str, object], name: str) -> str:
    value = line[name]
    if value is None:
        return session.say("overview.unknown")
    if line["line"] == "reason":
        return session.text(REASONS[int(str(value))])
    if line["unit"] == "fen":
        return session.say("whatif.yuan", number=shown.yuan(int(str(value))))
    return session.say("whatif.persons", number=str(value))
