"""Which filters did I keep, and how do I keep these?"""

from collections.abc import Sequence

import streamlit as st

from casework.review import views
from dashboard import address, deeds
from dashboard.session import Session

_SHARED = ("region", "programme")


def bar(session: Session, names: Sequence[str]) -> None:
    """Open, keep or forget a view; a view is the queue's own part of the URL with region and programme."""
    say, database = session.say, session.desk.workspace.database
    kept = views.saved(database, session.who)
    with st.popover(say("saved.title", count=len(kept))):
        if not kept:
            st.caption(say("saved.empty"))
        for name, params in kept.items():
            opens, goes = st.columns([3, 2])
            if opens.button(name, key=f"view-{name}", width="stretch"):
                address.write(**{one: params.get(one, "") for one in (*_SHARED, *names)})
                st.rerun()
            if goes.button(say("saved.forget"), key=f"forget-{name}"):
                views.forget(database, session.who, name)
                st.rerun()
        with st.form("save-view", border=False):
            name = st.text_input(say("saved.name"), max_chars=views.LONGEST)
            if st.form_submit_button(say("saved.keep")) and name.strip():
                now = {one: address.read(one) for one in (*_SHARED, *names) if one != "page" and address.read(one)}
                views.save(database, session.who, name, now)
                deeds.tell("success", say("saved.kept"))
                st.rerun()
