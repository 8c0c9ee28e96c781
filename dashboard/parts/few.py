"""How does a count of people read that may be too small to be shown?"""

import streamlit as st

from dashboard.parts import shown
from dashboard.queries.counts import SEES_ALL
from dashboard.rights import may
from dashboard.session import Session


def least(session: Session) -> int:
    """From which count on those who open no case may see it; the others see every one."""
    return SEES_ALL if may(session.role, "dossier") else session.desk.counts.minimum


def told(session: Session, count: int | None) -> str:
    """The count, or that it is hidden."""
    return session.say("coverage.few") if count is None else f"{count:,}"


def share(part: int | None, whole: int | None) -> str:
    """A share of two counts; a dash where one is hidden or there is nothing to share."""
    return shown.UNKNOWN if part is None or not whole else shown.percent(part / whole)


def explain(session: Session) -> None:
    """Why some counts are hidden, to those from whom they are."""
    if least(session) != SEES_ALL:
        st.caption(session.say("coverage.few_what", minimum=session.desk.counts.minimum))
