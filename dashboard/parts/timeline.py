"""Which picture of time does a lead have: lanes, or months of pay?"""

import streamlit as st

from dashboard.parts import lanes, months
from dashboard.parts.opened import Opened
from dashboard.queries import courses
from dashboard.session import Session


def draw(session: Session, opened: Opened) -> None:
    """The drawing with its table twin; one line where the subject has no dates to draw."""
    desk = session.desk
    course = courses.course(desk.opened, desk.policy, opened.lead, opened.facts, desk.programmes)
    if course.bars:
        months.draw(session, course)
    elif course.spans or course.marks:
        lanes.draw(session, course, desk.calendar)
    else:
        st.text(session.say("timeline.nothing"))
