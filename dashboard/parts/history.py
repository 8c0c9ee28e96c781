"""What was done about this lead, by whom, when and with which words; and what has changed since it was decided?"""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.review.attachments import read
from casework.review.standing import Act
from casework.review.vocabulary import KINDS
from dashboard import deeds, unmask
from dashboard.parts import download, tables
from dashboard.parts.opened import Opened
from dashboard.parts.record import said
from dashboard.queries import board
from dashboard.session import Session

_WORDS: Final = 490  # pixels


def panel(session: Session, opened: Opened) -> None:
    """Every act in order; imported and written words are plain text."""
    say, lead = session.say, opened.lead
    acts = session.desk.workspace.review.acts(lead["lead_id"])
    if not acts:
        st.text(say("history.nothing"))
        return
    _changes(session, lead, acts)
    rows = [
        {
            say("history.at"): act.at[:16].replace("T", " "),
            say("history.who"): act.who,
            say("history.what"): session.text(KINDS[act.kind]),
            say("history.words"): said(session, act, reveal=opened.reveal),
        }
        for act in reversed(acts)
    ]
    st.dataframe(
        pl.DataFrame(rows),
        hide_index=True,
        height="content",
        row_height=12 + 20 * tables.lines((row[say("history.words")] for row in rows), width=_WORDS, least=1),
        column_config={
            say("history.at"): st.column_config.TextColumn(width=130),
            say("history.who"): st.column_config.TextColumn(width=120),
            say("history.what"): st.column_config.TextColumn(width=170),
            say("history.words"): st.column_config.TextColumn(width=_WORDS),
        },
        alt=say("history.alt", total=len(acts)),
        placeholder="",
    )
    _attachments(session, str(lead["lead_id"]), acts)


def _changes(session: Session, lead: Mapping[str, Any], acts: list[Act]) -> None:
    """What the lead says now beside what it said when last decided."""
    say = session.say
    told = [act.content["lead"] for act in acts if "lead" in act.content and act.kind == "decide"]
    if not told or lead["tray"] != "returned":
        return
    card = session.desk.all_cards.get(lead["scheme"])
    changed = board.changes(told[-1], lead)
    st.text(say("history.returned"))
    if card is None:
        return
    then, now = (
        card.shown(json.loads(str(one["facts"])), session.language, session.desk.programmes) for one in (told[-1], lead)
    )
    rows = [
        {
            say("history.fact"): session.text(card.facts[name].label),
            say("history.then"): then[name],
            say("history.now"): now[name],
        }
        for name in changed
        if name in card.facts
    ]
    if rows:
        tables.plain(pl.DataFrame(rows), alt=say("history.returned"))
    else:
        st.text(say("history.evidence_changed"))


def _attachments(session: Session, lead_id: str, acts: list[Act]) -> None:
    """What was attached, with its hash; the files may show who it is about, so they are for the unmasked lead only."""
    say, seen = session.say, unmask.seen(session, lead_id)
    attached = [act for act in acts if act.kind == "attach"]
    if not attached:
        return
    st.subheader(say("history.attachments"))
    if not seen:
        st.caption(say("history.masked"))
    for act in attached:
        name, get = st.columns([4, 1], vertical_alignment="center")
        content = act.content
        name.text(f"{content['name']} · {content['size']:,} B · SHA-256 {content['sha256'][:16]}…")
        if seen:
            with get:
                download.draw(
                    session,
                    partial(attachment, lead_id=lead_id, sha256=str(content["sha256"])),
                    say("history.get"),
                    name=str(content["name"]),
                    key=f"attachment-{act.seq}",
                )


def attachment(session: Session, lead_id: str, sha256: str) -> bytes:
    """The file, held against its hash, once the journal knows who takes it.

    Raises:
        NotYoursError: the reader may not export, or the lead is not theirs.
        ReviewError: missing, or no longer what was attached.
    """
    session.demand("export")
    deeds.lead_of(session, lead_id)
    workspace = session.desk.workspace
    data = read(workspace.path / "attachments", sha256)
    with workspace.journal.entry(session.who, "export", why=f"attachment {lead_id}", subject="export", new=sha256):
        pass
    return data


__all__ = ["attachment", "panel"]
