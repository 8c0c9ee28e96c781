"""How are the households behind an account, and the cases of one burst, shown?"""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard.parts import shown, tables
from dashboard.queries import behind
from dashboard.queries.owned import Owned
from dashboard.session import Session


def draw(session: Session, lead: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """A table where the lead is about one of them, else nothing."""
    desk = session.desk
    mine = Owned(desk.opened, session.scope, desk.regions.root, hears=False)
    homes = behind.homes_of_account(mine, desk.policy, lead)
    if homes.rows.height:
        _homes(session, homes.rows)
    _outside(session, homes)
    cases = behind.burst(mine, lead, facts)
    if cases.rows.height:
        _cases(session, cases.rows, str(lead["subject"]))
    _outside(session, cases)


def _outside(session: Session, found: behind.Behind) -> None:
    """How many more there are elsewhere, and nothing else of them."""
    if found.outside:
        st.caption(session.say("behind.outside", total=f"{found.outside:,}"))


def _homes(session: Session, homes: pl.DataFrame) -> None:
    say = session.say
    st.subheader(say("behind.homes", total=homes.height))
    st.caption(say("behind.homes_what"))
    rows = [
        {
            say("behind.household"): row["household_no"],
            say("behind.group"): shown.UNKNOWN if row["component"] is None else str(row["component"]),
            say("behind.holder"): shown.UNKNOWN
            if row["component"] is None
            else say("rules.yes" if row["of_holder"] else "rules.no"),
            say("behind.since"): f"{row['first_month']:%Y-%m}",
            say("behind.until"): f"{row['last_month']:%Y-%m}",
            say("behind.months"): row["months"],
            say("behind.paid"): shown.yuan(row["paid_fen"]),
        }
        for row in homes.to_dicts()
    ]
    tables.plain(pl.DataFrame(rows), alt=say("behind.homes", total=homes.height))


def _cases(session: Session, cases: pl.DataFrame, subject: str) -> None:
    say = session.say
    st.subheader(say("behind.burst", total=cases.height))
    rows = [
        {
            say("behind.application"): row["application_no"],
            say("behind.household"): row["household_no"] or shown.UNKNOWN,
            say("behind.at"): f"{row['at']:%Y-%m-%d %H:%M:%S}",
            say("behind.mine"): say("rules.yes" if row["application_no"] == subject else "rules.no"),
        }
        for row in cases.to_dicts()
    ]
    tables.plain(pl.DataFrame(rows), alt=say("behind.burst", total=cases.height))
