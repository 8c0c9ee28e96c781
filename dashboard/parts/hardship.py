"""What makes the hardship index of a lead's household, item by item?"""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from casework.means.hardship import RULE, hardship_items
from casework.policy import Policy
from casework.tables import PERSON
from dashboard.parts import tables
from dashboard.session import Session

_CLASSES = {"household": "hardship.household", "income": "hardship.income", "property": "hardship.property"}


def draw(session: Session, lead: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """The items met and their weights; nothing where the index is another household's, or nothing is met."""
    say, desk = session.say, session.desk
    if not facts.get("points") or lead["household_no"] is None:
        return
    items = hardship_items(desk.opened, desk.policy, lead["household_no"])
    if items["weight"].sum() != facts["points"]:
        return
    st.subheader(say("hardship.title"))
    st.caption(say("hardship.why", points=f"{facts['points']:g}"))
    hidden = _sensitive(desk.policy)
    rows = [
        {
            say("hardship.item"): say("hardship.hidden") if row["zh"] in hidden else row[session.language],
            say("hardship.class"): say(_CLASSES[row["class"]]),
            say("hardship.weight"): f"{row['weight']:g}",
        }
        for row in items.to_dicts()
    ]
    tables.plain(pl.DataFrame(rows), alt=say("hardship.title"))


def _sensitive(policy: Policy) -> set[str]:
    """The items (in Chinese) that tell of a person's health, disability or custody, masked as their columns are."""
    rows = policy.rows(RULE)
    private = {column.name for column in PERSON.columns if column.sensitivity == "sensitive"}
    of_person = {row["zh"] for row in rows if row["table"] == PERSON.name and row["column"] in private}
    return of_person | {row["zh"] for row in rows if row["code"] == "custody"}
