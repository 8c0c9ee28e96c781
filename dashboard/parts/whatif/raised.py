"""Which leads would appear and which vanish under a scenario's rules, and how far would a month's visits get?

Every question is asked twice, under the rules in force and under the scenario's: minutes on a large county, so it is
asked for by a click and runs beside the page. Counts only.
"""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import labels, states, tables
from dashboard.parts.whatif import afforded, letters
from dashboard.parts.whatif.waiting import awaited
from dashboard.queries import appearing
from dashboard.queries.whatif import WhatIf
from dashboard.session import Session
from metrics.whatif.scenario import Scenario


def draw(session: Session, house: WhatIf, scenario: Scenario, letter: str, few: int) -> None:
    """The button, the wait, the table by question."""
    say = session.say
    st.subheader(say("whatif.leads", name=letters.called(session, letter)))
    st.caption(say("whatif.leads_what"))
    if address.read("run") != "leads":
        st.button(say("whatif.leads_run"), key="run-leads", on_click=lambda: address.write(run="leads"))
        return
    policy = house.policy_of(scenario)
    if policy.digest == house.policy.digest:
        st.text(say("whatif.leads_same"))
        return
    found = awaited(
        session,
        f"leads {house.digest} {policy.digest}",
        lambda progress: appearing.appearing(house.tables, house.regions, house.policy, policy, progress),
    )
    if found is None:
        return
    both = found.within(session.reader, set(session.region_codes))
    mine = appearing.counts(both, few)
    if mine.is_empty():
        states.nothing(say("whatif.leads_none"), say("whatif.leads_none_how"), part="leads")
        return
    rows = [
        {
            say("lab.scheme"): labels.scheme(row["scheme"], session.language, session.desk),
            **{
                say(words): _count(session, row, name)
                for name, words in (
                    ("appears", "whatif.appears"),
                    ("vanishes", "whatif.vanishes"),
                    ("stays", "whatif.stays"),
                )
            },
        }
        for row in mine.iter_rows(named=True)
    ]
    tables.plain(pl.DataFrame(rows), alt=say("whatif.leads", name=letters.called(session, letter)))
    if not mine["comparable"].all():
        st.caption(say("whatif.not_comparable_what"))
    afforded.draw(session, both, letter, few)


def _count(session: Session, row: dict[str, Any], name: str) -> str:
    if not row["comparable"]:
        return session.say("whatif.not_comparable")
    return session.say("overview.hidden") if row[name] is None else f"{row[name]:,}"
