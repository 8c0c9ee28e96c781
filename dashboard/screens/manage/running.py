"""Shall the rules be run on what was just imported, and everything counted anew?"""

import streamlit as st

import detectors
from casework.review.refuted import refuted
from casework.run import run
from dashboard.desk import desk
from dashboard.parts import stages
from dashboard.rights import may
from dashboard.session import Session


def draw(session: Session) -> None:
    """What the rules know of the data in use, and the button that asks them again."""
    say, laid = session.say, session.desk
    if laid.tables is None:
        return
    st.subheader(say("running.title"))
    current = laid.workspace.journal.last(subject="leads")
    fresh = laid.detected and current is not None and current.old == laid.tables.digest
    st.text(say("running.fresh") if fresh else say("running.stale") if laid.detected else say("running.never"))
    if st.button(say("running.again") if fresh else say("running.now"), key="run", type="primary"):
        _run(session)
        st.rerun()
    if may(session.role, "data"):
        session.link("data", say("running.see"))


def _run(session: Session) -> None:
    """Every question, then every count: the next page finds both done."""
    say, workspace = session.say, session.desk.workspace

    def words(step: int, of: int) -> str:
        return say("running.counting") if step == of else say("running.asking", step=step + 1, of=of)

    with stages.counted(words) as hear:
        found = run(
            detectors,
            workspace.tables(),
            workspace.policy(),
            refuted=refuted(workspace.review),
            progress=lambda _scheme, place, of: hear(place, of),
        )
        workspace.keep_run(found.leads, found.evidence, found.runs, who=session.who, why="detect polars")
        hear(1, 1)
        desk(workspace.path)
