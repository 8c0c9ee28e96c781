"""Which paper is most often missing from the files?"""

from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import bars, few, states, twin
from dashboard.parts.few import told
from dashboard.queries import papers
from dashboard.session import Session

_FILES: Final = ""


def draw(session: Session) -> None:
    """A bar a paper, the most often missing first, of how many files."""
    say, view = session.say, session.view
    st.subheader(say("integrity.papers"))
    found = session.desk.papers
    if found is None:
        states.nothing(say("integrity.no_papers"), say("integrity.no_papers_how"), part="papers")
        return
    files, slots = papers.missing(found, session.region_codes, view.programme, view.period)
    if not slots:
        st.caption(say("integrity.none_missing" if files else "integrity.no_files"))
        return
    counts = few.seen(session, {_FILES: files, **slots}, within=[(slot, _FILES) for slot in slots])
    st.caption(say("integrity.papers_what", files=told(session, counts[_FILES])))
    few.rounding(session)
    order = sorted(slots, key=lambda slot: (-(counts[slot] or 0), slot))  # by what is shown: an order tells, too
    names = papers.names(session.desk.policy)
    words = {slot: session.text(names[slot]) for slot in order}
    said = {slot: _said(session, counts[slot], counts[_FILES]) for slot in order}
    twin.draw(
        session,
        bars.figure([bars.Bar(words[slot], counts[slot], said[slot]) for slot in order]),
        pl.DataFrame({say("integrity.paper"): [*words.values()], say("integrity.missing"): [*said.values()]}),
        name="papers",
        alt=say("integrity.papers_alt"),
        data=pl.DataFrame(
            {"slot": order, "missing": [counts[slot] for slot in order]},
            schema={"slot": pl.String(), "missing": pl.Int64()},
        ),
    )


def _said(session: Session, count: int | None, files: int | None) -> str:
    share = few.share_beside(session, count, files)
    return " · ".join(filter(None, [told(session, count), share]))
