"""How does a reader take leads out as a file: one as a hand-over sheet, those in the queue as a list?

The file is made when the button is clicked, not before: only then does the journal say that it was.
"""

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl
import streamlit as st

from dashboard.exports.alone import AloneError, in_company
from dashboard.exports.beside import NOTHING, Beside
from dashboard.exports.file import MIME, Form, made
from dashboard.parts import download, labels, trays
from dashboard.queries import leads
from dashboard.session import Session

_FACETS: Final = {
    "family": "queue.family",
    "scheme": "queue.scheme",
    "level": "queue.level",
    "severity": "queue.severity",
    "kind": "queue.kind",
}


def button_sheet(session: Session, lead_id: str, *, beside: Callable[[], Beside] = lambda: NOTHING) -> None:
    """The hand-over sheet of one lead; nothing for a role that may not export."""
    chosen = session.leads.filter(pl.col("lead_id") == lead_id)
    name = f"{session.say('handover.sheet_file')}-{lead_id}.docx"
    _button(session, chosen, "docx", session.say("handover.download_sheet"), name, beside)


def button_list(session: Session, chosen: pl.DataFrame, asked: leads.Asked) -> None:
    """The leads of the queue as they are narrowed and ordered, all pages, with how each stands."""

    def beside() -> Beside:  # said of every lead only when the file is made
        standing = {lead["lead_id"]: trays.stands(session, lead) for lead in chosen.iter_rows(named=True)}
        return Beside(standing=standing, narrowed=_narrowed(session, asked))

    name = f"{session.say('handover.list_file')}-{session.desk.as_of}.xlsx"
    _button(session, chosen, "xlsx", session.say("handover.download_list"), name, beside)


def _button(
    session: Session, chosen: pl.DataFrame, form: Form, label: str, name: str, beside: Callable[[], Beside]
) -> None:
    if not session.can("export") or chosen.is_empty():
        return
    try:
        whole, left = chosen, in_company(chosen, session.desk.all_cards)[1]
    except AloneError as refusal:
        st.caption(refusal.say(session.language))
        return
    if left:
        st.caption(session.say("handover.left", count=left))
    ids: Sequence[str] = whole["lead_id"].to_list()
    download.draw(
        session,
        lambda now: made(now, ids, form, beside=beside()),
        label,
        name=name,
        key=f"export-{form}",
        mime=MIME[form],
        hint=session.say("handover.hint"),
    )


def _narrowed(session: Session, asked: leads.Asked) -> list[tuple[str, str]]:
    """What the list is narrowed to, in words."""
    say, desk, language = session.say, session.desk, session.language
    said = [(say("narrow.region"), session.place(session.view.region))]
    if asked.programme:
        said.append((say("narrow.programme"), session.text(desk.programmes[asked.programme])))
    chosen = [(label, facet, getattr(asked, facet)) for facet, label in _FACETS.items()]
    return [
        *said,
        *((say(label), labels.code(facet, value, language, desk)) for label, facet, value in chosen if value),
    ]
