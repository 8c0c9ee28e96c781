"""Which other leads has the household, or rest on the same money, and do their sums add up?"""

from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import labels, shown, tables
from dashboard.parts.opened import Opened
from dashboard.parts.said import sentence
from dashboard.queries import money
from dashboard.session import Session

_SUMS: Final = {False: "dossier.same", True: "dossier.adds"}
_SENTENCE: Final = 450  # pixels


def draw(session: Session, opened: Opened) -> None:
    """A table whose rows open; one line where there is none."""
    say = session.say
    others = money.related(session.leads, opened.lead, opened.same_money)
    if others.is_empty():
        st.text(say("dossier.no_others"))
        return
    title = say("dossier.others", total=others.height)
    st.subheader(title)
    frame = pl.DataFrame(
        [
            {
                say("queue.lead"): labels.scheme(one["scheme"], session.language, session.desk),
                say("queue.sentence"): sentence(session, one),
                say("queue.amount"): shown.yuan(one["amount_fen"]),
                say("dossier.sums"): "" if one["adds"] is None else say(_SUMS[one["adds"]]),
            }
            for one in others.to_dicts()
        ]
    )
    column = st.column_config.TextColumn
    picked = tables.picker(
        frame,
        others["lead_id"].to_list(),
        name="others",
        alt=title,
        columns={
            say("queue.lead"): column(width=150),
            say("queue.sentence"): column(width=_SENTENCE),
            say("queue.amount"): column(width=110, alignment="right"),
            say("dossier.sums"): column(width=160),
        },
        lines=tables.lines(frame[say("queue.sentence")], width=_SENTENCE, least=tables.LINES[session.language]),
    )
    if picked:
        session.go("dossier", lead=picked, **opened.carried)
