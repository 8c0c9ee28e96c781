"""How many were refused or came off aid within a year, and what is known of them since?"""

from datetime import date
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import due, few, shown, states, tables
from dashboard.queries import watched
from dashboard.queries.watched import FOLLOWED
from dashboard.rights import may
from dashboard.session import Session

_SIZE: Final = 50
_LISTED: Final = "watched"  # the value of the parameter `list` that opens the rows
_KINDS: Final = {"refused": "coverage.refused", "ended": "coverage.ended"}
_COUNTED: Final = {
    "all": "coverage.watched_all",
    "visited": "coverage.seen_again",
    "applied": "coverage.applied_again",
    "covered": "coverage.covered_again",
    "none": "coverage.never_again",
}
Counts = dict[tuple[str, str], int | None]


def draw(session: Session) -> None:
    """Counts by kind and by what followed; for those who may see rows, the cases by number."""
    say = session.say
    st.subheader(say("coverage.watched"))
    st.caption(say("coverage.watched_what", day=session.desk.as_of))
    rows = watched.narrowed(session.desk.reach.watched, session.region_codes, session.view.programme)
    if rows.is_empty():
        states.nothing(say("coverage.watched_none"), say("coverage.watched_none_how"))
        return
    counts = _veiled(session, watched.counted(rows))
    tables.plain(_table(session, counts), alt=say("coverage.watched_alt"))
    if may(session.role, "rows"):
        _cases(session, rows, counts)


def _veiled(session: Session, found: dict[tuple[str, str], int]) -> Counts:
    within = [((kind, name), (kind, "all")) for kind in _KINDS for name in (*FOLLOWED, "none")]
    return few.seen(session, found, within=within)


def _table(session: Session, counts: Counts) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("coverage.watched_kind"): say(title),
                **{say(words): few.told(session, counts[kind, name]) for name, words in _COUNTED.items()},
                say("coverage.never_share"): few.share(session, counts[kind, "none"], counts[kind, "all"]),
            }
            for kind, title in _KINDS.items()
        ]
    )


def _cases(session: Session, rows: pl.DataFrame, counts: Counts) -> None:
    """A page of the cases; none of a kind so rare that its number is hidden."""
    say = session.say
    listed = rows.filter(pl.col("kind").is_in([kind for kind in _KINDS if counts[kind, "all"] is not None]))
    if listed.is_empty():
        st.text(say("coverage.watched_hidden", minimum=session.desk.counts.minimum))
        return
    opened = address.read("list") == _LISTED
    st.button(
        say("coverage.watched_close") if opened else say("coverage.watched_open"),
        on_click=address.write,
        kwargs={"list": "" if opened else _LISTED, "page": ""},
    )
    if not opened:
        return
    pages = -(-listed.height // _SIZE)
    number = min(max(address.number("page", 1), 1), pages)
    st.text(say("coverage.listed", total=f"{listed.height:,}", page=number, pages=pages))
    whole = all(count is not None for count in counts.values())
    page = listed.slice((number - 1) * _SIZE, _SIZE)
    tables.plain(
        pl.DataFrame([_case(session, row, followed=whole) for row in page.to_dicts()]),
        alt=say("coverage.watched_list"),
    )
    tables.pages(number, pages)


def _case(session: Session, row: dict[str, Any], *, followed: bool) -> dict[str, str]:
    """Number, programme and dates: nobody's name. What followed only where the counts of it are shown too."""
    say = session.say
    told = {
        say("coverage.watched_kind"): say(_KINDS[row["kind"]]),
        say("coverage.number"): row["number"],
        say("times.programme"): due.programme(session, row["programme"]),
        say("coverage.day"): _day(row["day"]),
    }
    if followed:
        told |= {
            say("coverage.seen_again"): _day(row["visited"]),
            say("coverage.applied_again"): _day(row["applied"]),
            say("coverage.covered_again"): say("coverage.yes") if row["covered"] else say("coverage.no"),
        }
    return told


def _day(day: date | None) -> str:
    return shown.UNKNOWN if day is None else str(day)
