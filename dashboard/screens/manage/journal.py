"""Who did what, when, why and about what, and is the record whole?"""

import hashlib
from datetime import date
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.errors import WrongUsageError
from casework.review.journal import Asked, Entry, Head, Verdict, now
from casework.text import Text
from dashboard import address
from dashboard.exports import entries as file_of
from dashboard.parts import entries, fitting, states, tables
from dashboard.queries.journal import Known
from dashboard.session import Session

_VERDICT: Final = "journal-verdict"
_LISTED: Final = 20  # problems that are named; the command line names them all
_CLEARS: Final = ("page",)
_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)  # days that can be asked for


@st.cache_resource(max_entries=4, show_spinner=False)
def _known(_path: str) -> Known:
    return Known()


def show(session: Session) -> None:
    """Filters, one page of entries with the newest first, a file of them, and the state of the chain."""
    session.demand("journal")
    say, journal = session.say, session.desk.workspace.journal
    st.title(say("journal.title"))
    with st.container(key="place"):
        st.text(say("journal.what_is"))
    _chain(session)
    asked, strange = _asked()
    if strange:
        st.warning(say("journal.strange"))
    _filters(session, asked)
    page = journal.page(asked, address.number("page", 1))
    if page.total == 0:
        narrowed = asked != Asked()
        states.nothing(
            say("journal.nothing" if narrowed else "journal.empty"),
            say("journal.nothing_how" if narrowed else "journal.empty_how"),
        )
        return
    st.caption(say("journal.found", total=f"{page.total:,}", page=f"{page.number:,}", pages=f"{page.pages:,}"))
    rows = _rows(session, page.entries)
    tables.plain(
        pl.DataFrame(rows),
        alt=say("journal.alt", total=page.total),
        columns=_columns(session),
        lines=fitting.lines(rows, _WIDTHS),
    )
    tables.pages(page.number, page.pages)
    _file(session, asked, page.total)


# -- which entries -----------------------------------------------------------------------------------------------------


def _asked() -> tuple[Asked, bool]:
    """What the URL asks for, and whether it says a day that is none."""
    since, until = _day("from"), _day("to")
    strange = any(address.read(name) and day is None for name, day in (("from", since), ("to", until)))
    return Asked(address.read("who"), address.read("what"), since, until, address.read("about").strip()), strange


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(address.read(name))
    except ValueError:
        return None
    return day if _FIRST <= day <= _LAST else None


def _filters(session: Session, asked: Asked) -> None:
    say = session.say
    who, what = _known(str(session.desk.workspace.path)).of(session.desk.workspace.journal)
    boxes = st.columns([3, 3, 2, 2, 3])
    with boxes[0]:
        key, changed = address.bound("who", asked.who, clears=_CLEARS)
        options = ["", *dict.fromkeys([*who, *([asked.who] if asked.who else [])])]
        st.selectbox(
            say("journal.who"),
            options,
            format_func=lambda name: name or say("journal.anybody"),
            key=key,
            on_change=changed,
        )
    with boxes[1]:
        key, changed = address.bound("what", asked.what, clears=_CLEARS)
        options = ["", *dict.fromkeys([*what, *([asked.what] if asked.what else [])])]
        st.selectbox(
            say("journal.what"),
            options,
            format_func=lambda code: entries.what(code, session.language) if code else say("journal.anything"),
            key=key,
            on_change=changed,
        )
    with boxes[2]:
        _day_picker(say("journal.from_day"), "from", asked.since)
    with boxes[3]:
        _day_picker(say("journal.to_day"), "to", asked.until)
    with boxes[4]:
        key, changed = address.bound("about", asked.subject, clears=_CLEARS)
        st.text_input(
            say("journal.about"), placeholder=say("journal.about_hint"), max_chars=120, key=key, on_change=changed
        )


def _day_picker(label: str, name: str, value: date | None) -> None:
    key = f"url-{name}"
    st.session_state[key] = value

    def changed() -> None:
        chosen = st.session_state[key]
        address.write(page="", **{name: chosen.isoformat() if chosen else ""})

    st.date_input(label, min_value=_FIRST, max_value=_LAST, format="YYYY-MM-DD", key=key, on_change=changed)


def _rows(session: Session, found: list[Entry]) -> list[dict[str, str]]:
    say = session.say
    return [
        {
            "seq": f"{entry.seq:,}",
            "at": entry.at[:19].replace("T", " "),
            "who": entry.who,
            "what": entries.what(entry.what, session.language),
            "why": entries.why(entry, say),
            "about": entries.about(entry.subject, say, session.desk),
            "change": entries.change(entry, say),
        }
        for entry in found
    ]


def _columns(session: Session) -> dict[str, Any]:
    say = session.say
    titles = {
        "seq": say("journal.seq"),
        "at": say("journal.at"),
        "who": say("journal.who"),
        "what": say("journal.what"),
        "why": say("journal.why"),
        "about": say("journal.about"),
        "change": say("journal.change"),
    }
    return {name: st.column_config.TextColumn(titles[name], width=width) for name, width in _WIDTHS.items()}


_WIDTHS: Final = {"seq": 78, "at": 147, "who": 118, "what": 134, "why": 142, "about": 164, "change": 146}  # of 1280


# -- taking it along ---------------------------------------------------------------------------------------------------


def _file(session: Session, asked: Asked, total: int) -> None:
    """Written only when asked for; that it was is itself an entry."""
    say = session.say
    st.download_button(
        say("journal.download"),
        data=lambda: _written(session, asked),
        file_name=f"mingcha-journal-{now()[:10]}.csv",
        mime="text/csv",
        on_click="ignore",
    )
    if total > file_of.MOST:
        st.caption(say("journal.most", most=f"{file_of.MOST:,}"))


def _written(session: Session, asked: Asked) -> bytes:
    session.demand("journal")
    say, journal = session.say, session.desk.workspace.journal
    found = journal.page(asked, 1, size=file_of.MOST).entries
    titles = [say(_TITLES[name]) for name in file_of.COLUMNS] + [say("journal.what_said"), say("journal.why_said")]
    text = file_of.text_of(
        found, titles, lambda entry: (entries.what(entry.what, session.language), entries.why(entry, say))
    )
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()
    with journal.entry(session.who, "export", why=_said(asked), subject="journal", new=digest):
        pass
    return content


def _said(asked: Asked) -> str:
    """The filter as the journal keeps it: codes only."""
    parts = (
        ("who", asked.who),
        ("what", asked.what),
        ("from", asked.since),
        ("to", asked.until),
        ("about", asked.subject),
    )
    return " ".join(["csv", *(f"{name}={value}" for name, value in parts if value)])


_TITLES: Final = {
    "seq": "journal.seq",
    "at": "journal.at",
    "who": "journal.who",
    "what": "journal.what_code",
    "why": "journal.why_code",
    "subject": "journal.about",
    "old": "journal.old",
    "new": "journal.new",
    "previous": "journal.previous",
    "hash": "journal.hash",
}


# -- is it whole? ------------------------------------------------------------------------------------------------------


def _chain(session: Session) -> None:
    """The head to keep elsewhere, and on a click every hash computed anew."""
    say, journal = session.say, session.desk.workspace.journal
    with st.container(border=True, key="chain"):
        st.caption(say("journal.head"))
        st.code(str(journal.head()), language=None)
        with st.form("verify", border=False):
            left, right = st.columns([4, 1], vertical_alignment="bottom")
            kept = left.text_input(say("journal.kept"), placeholder=say("journal.kept_hint"), max_chars=100)
            if right.form_submit_button(say("journal.verify"), width="stretch"):
                _verify(session, kept.strip())
        told: tuple[Verdict, list[Text], str] | None = st.session_state.get(_VERDICT)
        if told is not None:
            _verdict(session, *told)


def _verify(session: Session, kept: str) -> None:
    say, journal = session.say, session.desk.workspace.journal
    try:
        head = Head.read(kept) if kept else None
    except WrongUsageError as error:
        st.session_state.pop(_VERDICT, None)
        st.text(error.say(session.language))
        return
    all_of_them = max(journal.head().seq, 1)
    bar = st.progress(0.0, text=say("journal.verifying", entries="0"))

    def told(entries_so_far: int) -> None:
        bar.progress(
            min(entries_so_far / all_of_them, 1.0), text=say("journal.verifying", entries=f"{entries_so_far:,}")
        )

    verdict = journal.verify(kept=head, told=told)
    bar.progress(1.0, text=say("journal.checking"))
    st.session_state[_VERDICT] = (verdict, session.desk.workspace.review.problems(), now())
    bar.empty()


def _verdict(session: Session, verdict: Verdict, problems: list[Text], at: str) -> None:
    say = session.say
    moment = at[:19].replace("T", " ")
    if verdict.problem is None:
        st.success(say("journal.whole", entries=f"{verdict.entries:,}", at=moment))
    else:
        st.error(say("journal.broken", entries=f"{verdict.entries:,}", at=moment))
        st.text(session.text(verdict.problem))
    if problems:
        st.error(say("journal.differs", count=f"{len(problems):,}"))
        for problem in problems[:_LISTED]:
            st.text(session.text(problem))
        if len(problems) > _LISTED:
            st.caption(say("journal.further", count=f"{len(problems) - _LISTED:,}"))
    else:
        st.text(say("journal.agrees"))
    st.caption(say("journal.not_checked", command=f"mingcha verify {session.desk.workspace.path}"))
