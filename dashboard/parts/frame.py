"""What surrounds every page: look, sidebar, banner, and the strip that says how far data, rules and calendar reach?"""

from pathlib import Path
from typing import Final

import streamlit as st

from casework.errors import CaseworkError
from dashboard import address, entry
from dashboard.parts import narrow, registered, titles
from dashboard.rights import Act, may
from dashboard.session import Session
from dashboard.words import Words

_LOOK: Final = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")
_ICON: Final = Path(__file__).parent / "icon.png"
_MENU: Final[dict[str, tuple[Act, ...]]] = {
    "frame.group_inspect": ("queue", "search", "network", "times", "record"),
    "frame.group_lead": (
        "overview",
        "areas",
        "trends",
        "timeliness",
        "coverage",
        "complaints",
        "integrity",
        "reform",
        "programmes",
        "report",
    ),
    "frame.group_research": ("whatif", "lab", "worlds"),
    "frame.group_manage": ("data", "import", "rules", "calendar", "people", "journal"),
}
_UNDER: Final[dict[Act, Act]] = {"dossier": "queue", "rows": "overview"}  # pages that open from another
_SHORT: Final = 8  # signs of a digest that a reader compares


def dress() -> None:
    """Page title, icon and style sheet: all ours, nothing fetched."""
    st.set_page_config(page_title="明察 Mingcha", page_icon=str(_ICON), layout="wide")
    st.html(f"<style>{_LOOK}</style>")


def brand(say: Words) -> None:
    """The name of the house."""
    st.html(f'<div class="brand">明察<small>{say("frame.motto")}</small></div>')


def languages(say: Words) -> None:
    """The switch 中文 / English."""
    key, changed = address.bound("lang", say.language)
    st.segmented_control(
        say("frame.language"),
        ["zh", "en"],
        format_func={"zh": "中文", "en": "English"}.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=key,
        on_change=changed,
    )


def sidebar(session: Session, here: Act) -> None:
    """Menu, what the data are narrowed to, language and reader."""
    say = session.say
    with st.sidebar:
        brand(say)
        with st.container(key="menu", gap="small"):
            for group, acts in _MENU.items():
                _group(session, say(group), [act for act in acts if may(session.role, act)], here)
        if session.desk.tables is not None:
            narrow.bar(session, here)
        st.space("small")
        languages(say)
        role = say(titles.ROLES[session.role])
        with st.container(key="reader", gap=None):
            st.text(f"{session.who} · {role}")
            if session.reader.registered:
                code = session.scope.prefix and session.scope.prefix.ljust(12, "0")
                st.text(registered.area(code, registered.tree(session.desk), say))
            st.caption(say("frame.unverified"))
            if st.button(say("frame.leave"), key="leave"):
                entry.leave(session.desk)
                st.switch_page(session.door, query_params={"lang": session.language})


def _group(session: Session, title: str, acts: list[Act], here: Act) -> None:
    """One part of the menu under its name; nothing where the role has no page of it."""
    if not acts:
        return
    st.html(f'<div class="menu-group">{title}</div>')
    for act in acts:
        with st.container(key=f"menu-{act}{'-here' if act == _UNDER.get(here, here) else ''}"):
            session.link(act, session.say(titles.PAGES[act]))


def head(session: Session) -> None:
    """The banner of synthetic data and the strip."""
    say, desk = session.say, session.desk
    if desk.synthetic:
        st.html(f'<div class="synthetic" role="note">{say("frame.synthetic")}</div>')
    if desk.tables is not None:
        strip = say(
            "frame.strip",
            as_of=desk.as_of,
            rules=desk.policy.digest[:_SHORT],
            calendar=desk.calendar.through,
            snapshot=desk.tables.digest[:_SHORT],
        )
        st.html(f'<div class="strip">{strip}</div>')
        if session.view.stale:
            st.warning(say("frame.stale"))
    if entry.changed():
        st.warning(say("door.changed"))


def refuse(say: Words, error: CaseworkError) -> None:
    """One clear line instead of a page, and the way back to the door."""
    brand(say)
    with st.container(key="refusal", border=True):
        st.text(error.say(say.language))
        st.html(f'<a href="./?lang={say.language}" target="_self">{say("frame.back")}</a>')


def broken(say: Words) -> None:
    """The same where the program itself failed: what to do, and nothing of how it failed."""
    brand(say)
    with st.container(key="refusal", border=True):
        st.text(say("frame.broken"))
        st.html(f'<a href="./?lang={say.language}" target="_self">{say("frame.back")}</a>')
