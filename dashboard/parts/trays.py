"""In which tray of the desk does a lead lie, how many lie in each, and how does one stand?"""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.review.store import today
from casework.review.vocabulary import OUTCOMES, STATES
from dashboard import address
from dashboard.session import Reading, Session

NAMES: Final = {
    "open": "trays.open",
    "mine": "trays.mine",
    "working": "trays.working",
    "waiting": "trays.waiting",
    "snoozed": "trays.snoozed",
    "done": "trays.done",
    "settled": "trays.settled",
    "shadow": "trays.shadow",
}
EMPTY: Final = {
    "open": "trays.open_empty",
    "mine": "trays.mine_empty",
    "working": "trays.working_empty",
    "waiting": "trays.waiting_empty",
    "snoozed": "trays.snoozed_empty",
    "done": "trays.done_empty",
    "settled": "trays.settled_empty",
    "shadow": "trays.shadow_empty",
}


def lies_in(session: Session, tray: str) -> pl.Expr:
    """Does a lead lie in this tray, as this reader sees the desk?"""
    lying = pl.col("tray")
    if tray == "open":
        return lying.is_in(["open", "returned"])
    if tray == "mine":
        return (lying == "working") & (pl.col("assignee") == session.who)
    return lying == tray


def chosen(session: Session, leads: pl.DataFrame) -> str:
    """The tray of the URL, picked on a row of all of them with what lies in each; the shadow is the supervisor's."""
    say = session.say
    names = [name for name in NAMES if name != "shadow" or session.can("assign")]
    asked = address.read("tray")
    tray = asked if asked in names else "open"
    here = leads.filter(pl.col("home").is_in(list(session.region_codes)))
    counts = here.select(lies_in(session, name).sum().alias(name) for name in names).row(0, named=True)
    key, changed = address.bound("tray", tray, clears=("page",))
    st.segmented_control(
        say("trays.tray"),
        names,
        format_func=lambda name: say(NAMES[name], total=f"{counts[name]:,}"),
        required=True,
        label_visibility="collapsed",
        key=key,
        on_change=changed,
    )
    return tray


def stands(reading: Reading, lead: Mapping[str, Any]) -> str:
    """How a lead stands, in few words: state or outcome, who works on it, what it waits for, by when."""
    say = reading.say
    outcome = OUTCOMES.get(lead["outcome"])
    lines = [reading.text(outcome) if outcome else reading.text(STATES[lead["state"]])]
    if lead["tray"] == "returned":
        lines = [say("trays.returned")]
    if lead["tray"] == "settled":
        lines = [say("trays.not_the_same")]
    elif lead["apart"]:
        lines.append(say("trays.not_the_same_once" if lead["apart"] == 1 else "trays.not_the_same"))
    if lead["assignee"] and lead["state"] != "closed":
        lines.append(str(lead["assignee"]))
    if lead["pending"]:
        lines.append(say("trays.wait_close") if lead["pending"] == "close" else say("trays.wait_reopen"))
    if lead["tray"] == "snoozed":
        lines.append(say("trays.until", day=lead["snoozed_until"]))
    if lead["gone"]:
        lines.append(say("trays.gone"))
    due = lead["opinion_due"]
    if due is not None and outcome is None and lead["state"] != "closed" and lead["tray"] != "settled":
        days = (due - today()).days
        age = (today() - lead["first_seen"]).days
        said = say("trays.overdue", days=-days, age=age) if days < 0 else say("trays.due", days=days, age=age)
        lines.append(said)
    return " · ".join(lines)
