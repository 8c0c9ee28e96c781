"""What did each rule of the last run do? Silence is not innocence."""

from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import labels, tables
from dashboard.session import Session

_RAN: Final = {"ran": "queue.ran", "partly": "queue.partly", "not_run": "queue.not_run"}


def unrun(session: Session) -> int:
    """How many rules of the house did not run."""
    runs = session.desk.runs
    return sum(1 for name in session.desk.cards if name not in runs or runs[name]["status"] == "not_run")


def table(session: Session, *, counts: bool) -> None:
    """Each scheme: ran, ran in part, or not run and what it needs; with how many leads, for those who open them."""
    say, desk = session.say, session.desk
    rows = []
    for name, card in desk.cards.items():
        run = desk.runs.get(name)
        status = run["status"] if run else "not_run"
        needs = say("queue.never") if run is None else ""
        if run is not None and run["reason"]:
            needs = say("queue.needs", needs=labels.needs(run["reason"], session.language))
        rows.append(
            {
                say("queue.scheme"): labels.scheme(name, session.language, desk),
                say("queue.family"): labels.code("family", card.family, session.language, desk),
                say("queue.status"): say(_RAN.get(status, "queue.not_run")) + needs,
                say("queue.leads_everywhere"): run["leads"] if run and status != "not_run" else None,
                say("queue.undecidable"): run["undecidable"] if run and status != "not_run" else None,
            }
        )
    frame = pl.DataFrame(rows, infer_schema_length=None)
    if not counts:
        frame = frame.drop(say("queue.leads_everywhere"))
    column = st.column_config
    widths = {"queue.scheme": 240, "queue.family": 130, "queue.status": 420}
    tables.plain(
        frame,
        alt=say("data.runs"),
        columns={say(name): column.Column(width=width) for name, width in widths.items()},
    )
