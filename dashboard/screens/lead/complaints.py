"""Who complains, are they answered, and where does nobody complain?"""

from typing import Final

import streamlit as st

from casework.review.scope import DISCIPLINE
from dashboard.parts import answered, boxes, labels, place, silence, states, voices
from dashboard.queries import heard
from dashboard.session import Session

_CAME: Final = ("complaints_per_1000", "higher_level_share", "against_officials_share", "repeat_share")
_ANSWERED: Final = (
    "told_on_time_share",
    "met_share",
    "closed_on_time_share",
    "substantiated_share",
    "satisfaction",
)
_EVERY_PROGRAMME: Final = ""
_IN_A_ROW: Final = 3


def show(session: Session) -> None:
    """Cards, the complaints by level, kind and way, how far senders were answered, and the areas one tier down."""
    session.demand("complaints")
    say, desk = session.say, session.desk
    st.title(say("complaints.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    place.draw(session)
    found = desk.heard
    if found is None:
        needs = labels.named(desk.opened.lacking(desk.metric_cards[silence.METRIC].needs), session.language)
        states.nothing(say("complaints.no_table"), say("complaints.no_table_how", needs=needs))
        return
    if session.view.programme:
        st.caption(say("complaints.every_programme"))
    _cards(session)
    rows = heard.narrowed(found.rows, session.region_codes, session.view.period)
    if rows.is_empty():
        states.nothing(say("complaints.nothing"), say("complaints.nothing_how"))
    else:
        voices.draw(session, rows)
        answered.draw(session, rows, found.stages)
    silence.draw(session)


def _cards(session: Session) -> None:
    say = session.say
    st.subheader(say("complaints.came"))
    boxes.draw(session, _CAME, in_a_row=len(_CAME), programme=_EVERY_PROGRAMME)
    st.subheader(say("complaints.handled"))
    boxes.draw(session, _ANSWERED, in_a_row=_IN_A_ROW, programme=_EVERY_PROGRAMME)
    voices.hidden_what(session)
    if session.role not in DISCIPLINE:
        st.caption(say("complaints.closed_rows"))
