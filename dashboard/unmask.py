"""Has this reader said why they must see who a lead is about?

Kept for this session and this lead only; the journal has it for good. Until then everybody is masked.
"""

from typing import Final

import streamlit as st

from casework.errors import CaseworkError
from casework.review.unmasking import REASONS, unmask
from dashboard import deeds
from dashboard.session import Session

_SEEN: Final = "unmasked"


def seen(session: Session, lead_id: str) -> bool:
    """Are the persons of this lead unmasked for this reader now?"""
    return session.can("unmask") and lead_id in st.session_state.get(_SEEN, {}).get(session.who, set())


def control(session: Session, lead_id: str) -> None:
    """Ask for a reason, journal it, unmask; or mask again."""
    say = session.say
    if not session.can("unmask"):
        return
    if seen(session, lead_id):
        if st.button(say("unmask.again"), key="mask-again"):
            st.session_state[_SEEN][session.who].discard(lead_id)
            st.rerun()
        return
    with st.popover(say("unmask.title")), st.form(f"unmask-{lead_id}", border=False):
        st.caption(say("unmask.what"))
        reason = st.selectbox(
            say("unmask.reason"),
            [*REASONS],
            index=None,
            format_func=lambda code: session.text(REASONS[code]),
            placeholder=say("decide.unset"),
        )
        text = st.text_input(say("unmask.text"), max_chars=200)
        if st.form_submit_button(say("unmask.do"), type="primary"):
            _unmask(session, lead_id, str(reason or ""), text)
            st.rerun()


def _unmask(session: Session, lead_id: str, reason: str, text: str) -> None:
    session.demand("unmask")
    deeds.lead_of(session, lead_id)
    desk = session.desk
    limit = int(desk.policy.tuning("unmask_limit"))
    try:
        left = unmask(desk.workspace.journal, session.who, lead_id, reason=reason, text=text, limit=limit)
    except CaseworkError as error:
        deeds.tell("error", error.say(session.language))
        return
    st.session_state.setdefault(_SEEN, {}).setdefault(session.who, set()).add(lead_id)
    deeds.tell("success", session.say("unmask.done", left=left))
