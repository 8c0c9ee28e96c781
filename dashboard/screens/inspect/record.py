"""How does a lead come in that no detector raised: from a complaint, an inspection, an audit, another office?"""

from typing import Any, Final

import streamlit as st

from casework.card import FAMILIES
from casework.review import by_hand
from casework.review.store import today
from casework.review.vocabulary import ORIGINS
from dashboard import deeds
from dashboard.parts import states
from dashboard.queries import subjects
from dashboard.queries.subjects import KINDS
from dashboard.session import Session

_KEPT: Final = "recorded-under"


def show(session: Session) -> None:
    """A form; what it is about must be known in the data and lie in the reader's regions."""
    session.demand("record")
    say, desk = session.say, session.desk
    st.title(say("record.title"))
    deeds.told()
    if desk.tables is None:
        states.no_data(say, desk)
        return
    st.text(say("record.what"))
    with st.form("record", border=True, enter_to_submit=False):
        words = _asked(session)
        sent = st.form_submit_button(say("record.keep"), type="primary", key="keep-record")
    if not sent and st.session_state.get(_KEPT) == deeds.token("record"):
        deeds.renew("record")  # the form is opened anew; a second click of the one before finds its lead kept
    if sent:
        deeds.clicked("record", session, lambda key: _record(session, key, words), once=True)
        if lead_id := st.session_state.pop("recorded", ""):
            session.go("dossier", lead=lead_id)
        st.rerun()


def _asked(session: Session) -> dict[str, Any]:
    say = session.say
    left, middle, right = st.columns(3)
    source = left.selectbox(
        say("record.source"),
        [*ORIGINS],
        index=None,
        placeholder=say("decide.unset"),
        format_func=lambda code: session.text(ORIGINS[code]),
        key="record-source",
    )
    number = middle.text_input(say("record.number"), max_chars=80, key="record-number")
    family = right.selectbox(
        say("record.family"),
        [*FAMILIES],
        index=None,
        placeholder=say("decide.unset"),
        format_func=lambda code: session.text(FAMILIES[code]),
        key="record-family",
    )
    kind = left.selectbox(
        say("record.kind"),
        [*KINDS],
        index=None,
        placeholder=say("decide.unset"),
        format_func=lambda code: session.text(KINDS[code]),
        key="record-kind",
    )
    subject = middle.text_input(
        say("record.subject"), max_chars=60, key="record-subject", help=say("record.subject_what")
    )
    yuan = right.number_input(
        say("record.amount"), min_value=0.0, max_value=100_000_000.0, value=None, format="%.2f", key="record-yuan"
    )
    text = st.text_area(say("record.text"), max_chars=2000, key="record-text", placeholder=say("record.text_what"))
    fen = None if yuan is None else round(yuan * 100)
    return {
        "source": source,
        "number": number,
        "family": family,
        "subject_kind": kind,
        "subject": subject,
        "amount_fen": fen,
        "text": text,
    }


def _record(session: Session, key: str, words: dict[str, Any]) -> str:
    """Keep the lead; the reader goes on to its dossier."""
    session.demand("decide")
    desk = session.desk
    by_hand.check(words)
    found = subjects.found(desk, session.reader, words["subject_kind"], words["subject"])
    row = by_hand.lead_row(key=key, on=today(), **{**words, "subject": found.subject, "region_code": found.region_code})
    conduct = row["family"] == "favoritism" or row["subject_kind"] == "official"
    content = {"lead": {**row, "conduct": conduct}, "text": words["text"]}
    desk.workspace.review.act(session.who, "record", row["lead_id"], content, key=key)
    for name in [one for one in st.session_state if str(one).startswith("record-")]:
        del st.session_state[name]
    st.session_state["recorded"], st.session_state[_KEPT] = row["lead_id"], key
    return session.say("record.kept")
