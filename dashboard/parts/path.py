"""Through which regions does the way lead from the top down to here, and how does one go back up?"""

import streamlit as st

from dashboard import address
from dashboard.parts.literal import literal
from dashboard.session import Session


def draw(session: Session) -> None:
    """One step a region, the last the one in view; each of the reader's own is a way up that keeps the view."""
    *above, here = session.desk.regions.path(session.view.region)
    with st.container(key="path", horizontal=True, vertical_alignment="center", gap="small"):
        for region in above:
            if session.scope.covers(region.code):
                st.button(
                    literal(session.place(region.code)),
                    key=f"up-{region.code}",
                    type="tertiary",
                    on_click=address.write,
                    kwargs={"region": region.code, "page": ""},
                )
            else:
                st.text(session.place(region.code))
            st.text("›")
        st.text(session.place(here.code))
