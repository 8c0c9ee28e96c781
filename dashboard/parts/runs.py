"""What did each rule of the last run do? Silence is not innocence."""

from typing import Final

import polars as pl
import streamlit as st

from casework.review.scope import Scope
from dashboard.parts import labels, tables
from dashboard.session import Session

_RAN: Final = {"ran": "queue.ran", "partly": "queue.partly", "not_run": "queue.not_run"}


def unrun(session: Session) -> int:
    """How many rules of the house did not run."""
    runs = session.desk.runs
    return sum(1 for name in session.desk.cards if name not in runs or runs[name]["status"] == "not_run")


def table(session: Session, *, counts: bool) -> None:
    """Each scheme: ran, ran in part, or not run, and what it lacks; with how many leads, for those who open them."""
    say, desk = session.say, session.desk
    rows, lacks = [], []
    mine = dict(session.leads.group_by("scheme").len().iter_rows()) if counts and desk.detected else {}
    for name in desk.cards:
        run, title = desk.runs.get(name), labels.scheme(name, session.language, desk)
        status = run["status"] if run else "not_run"
        asked = run is not None and status != "not_run"
        rows.append(
            {
                say("queue.scheme"): title,
                say("queue.status"): say(_RAN.get(status, "queue.not_run")),
                say("queue.leads_yours"): mine.get(name, 0) if asked else None,
                say("queue.undecidable"): run["undecidable"] if run and asked and session.scope == Scope() else None,
            }
        )
        if run is None:
            lacks.append(say("queue.never", scheme=title))
        elif run["reason"]:
            lacks.append(say("queue.needs", scheme=title, needs=labels.needs(run["reason"], session.language)))
    frame = pl.DataFrame(rows, infer_schema_length=None)
    tables.plain(frame if counts else frame.drop(say("queue.leads_yours")), alt=say("data.runs"))
    if lacks:
        st.text("\n".join(lacks))
