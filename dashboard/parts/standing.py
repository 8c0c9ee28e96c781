"""How does a lead's household stand: in which circle of need, and under which tags?"""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import streamlit as st

from casework.lead import first_rows
from casework.means.circles import CIRCLES, circles
from casework.means.tags import labels, tags
from casework.tables import HOUSEHOLD
from dashboard.session import Session


def draw(session: Session, lead: Mapping[str, Any]) -> None:
    """Two lines on the day of the data, where help may have been missed: elsewhere illness is nobody's matter.

    An unknown circle is said to be unknown; a lead of no household shows nothing.
    """
    if lead["family"] != "missed" or lead["household_no"] is None:
        return
    say, desk = session.say, session.desk
    data, policy = desk.opened, desk.policy
    home = first_rows(data[HOUSEHOLD]).filter(nw.col("household_no") == lead["household_no"]).select("household_id")
    circle = data.engine.collect(circles(data, policy, home))["circle"].to_list()
    names = labels(policy)
    borne = [session.text(names[tag]) for tag in sorted(data.engine.collect(tags(data, policy, home))["tag"])]
    stands = session.text(CIRCLES[circle[0]]) if circle and circle[0] is not None else say("standing.unknown")
    st.subheader(say("standing.title"))
    st.text(say("standing.circle", circle=stands))
    st.text(say("standing.tags", tags=say("standing.and").join(borne) or say("standing.no_tag")))
    st.caption(say("standing.why", day=data.as_of))
