"""How old are the cases that are still undecided, which are due soon, and which office should be told?"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import address
from dashboard.exports import notice
from dashboard.parts import ageing, download, due, labels, states, tables
from dashboard.queries import times
from dashboard.queries.counts import SEES_ALL
from dashboard.rights import may
from dashboard.session import Session

_BY: Final = {"office": "times.by_office", "programme": "times.by_programme", "step": "times.by_step"}
_TOTALS: Final = {
    "open": "times.open",
    "red": "times.red_cases",
    "amber": "times.amber_cases",
    "paused": "times.paused",
    "unknown": "times.unknown",
}
_COUNTED: Final = _TOTALS | {"unlimited": "times.unlimited"}
_OVERDUE: Final = ("open_overdue", "late_emergency")  # the leads that a case past its limit may have
_WIDTHS: Final = (56, 132, 116, 80, 84, 108, 80, 80, 92, 110)  # pixels of the list's columns, for a screen of 1280
_LINES: Final = 3  # from which on a cell wraps
_SHORT: Final = 8  # signs of a digest that a reader compares


def show(session: Session) -> None:
    """Counts, bars, the same by office, programme and step, the list of what is due, and an office's notice."""
    session.demand("times")
    say, desk = session.say, session.desk
    st.title(say("times.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    with st.container(key="place"):
        st.text(say("times.what", region=session.place(session.view.region), day=desk.as_of))
    cases = times.narrowed(desk.undecided, times.Asked(session.region_codes, session.view.programme))
    if cases.is_empty():
        states.nothing(say("times.nothing"), say("times.nothing_how"))
        return
    _sums(session, cases)
    st.subheader(say("times.ages"))
    st.caption(say("times.ages_what", amber=f"{_amber(session):.0%}"))
    ageing.draw(session, times.veiled(times.counted(cases), _least(session)), _amber(session))
    _table(session, cases)
    _due(session, cases)
    if may(session.role, "queue"):
        _leads(session)


def _least(session: Session) -> int:
    """From which count on those who open no case may see it; the others see every one."""
    return SEES_ALL if may(session.role, "dossier") else session.desk.counts.minimum


def _amber(session: Session) -> float:
    return float(session.desk.policy.tuning("amber"))


def _count(session: Session, count: int | None) -> str:
    return session.say("times.few") if count is None else f"{count:,}"


def _sums(session: Session, cases: pl.DataFrame) -> None:
    say, told = session.say, times.totals(cases, _least(session))
    for box, (name, title) in zip(st.columns(len(_TOTALS)), _TOTALS.items(), strict=True):
        box.metric(say(title), _count(session, told[name]), border=True)
    if _least(session) != SEES_ALL:
        st.caption(say("times.few_what", minimum=session.desk.counts.minimum))


def _table(session: Session, cases: pl.DataFrame) -> None:
    """The same by office, programme or step."""
    say = session.say
    chosen = address.read("by") if address.read("by") in _BY else "office"
    key, changed = address.bound("by", chosen)
    st.segmented_control(
        say("times.by"),
        [*_BY],
        format_func=lambda name: say(_BY[name]),
        required=True,
        key=key,
        on_change=changed,
    )
    name: dict[str, Callable[[Any], str]] = {
        "office": session.place,
        "programme": lambda code: due.programme(session, code),
        "step": lambda step: say("times.no_step") if step is None else session.text(due.STEPS[step]),
    }
    rows = [
        {
            say(_BY[chosen]): name[chosen](row[chosen]),
            **{say(title): _count(session, row[name]) for name, title in _COUNTED.items()},
        }
        for row in _ordered(session, cases, chosen).to_dicts()
    ]
    tables.plain(pl.DataFrame(rows), alt=say("times.by_alt", by=say(_BY[chosen])))


def _ordered(session: Session, cases: pl.DataFrame, column: str) -> pl.DataFrame:
    """The most overdue first; by name where counts are hidden, which their order would tell."""
    groups = times.broken_down(cases, column, _least(session))
    return groups if _least(session) == SEES_ALL else groups.sort(column, nulls_last=True)


def _due(session: Session, cases: pl.DataFrame) -> None:
    """Due soon and overdue, of all offices or of one, which may be told."""
    say = session.say
    st.subheader(say("times.due"))
    st.caption(say("times.due_what"))
    listed = times.listed(times.due(cases), _least(session))
    office = _office(session, listed)
    listed = listed.filter(pl.col("office") == office) if office else listed
    if listed.is_empty() and not times.due(cases).is_empty():
        states.nothing(say("times.hidden", minimum=session.desk.counts.minimum), say("times.hidden_how"))
        return
    if listed.is_empty():
        st.text(say("times.none_due"))
        return
    if times.small(listed.height, _least(session)):
        states.nothing(say("times.hidden", minimum=session.desk.counts.minimum), say("times.hidden_how"))
        return
    pages = -(-listed.height // times.PAGE_SIZE)
    number = min(max(address.number("page", 1), 1), pages)
    st.text(say("times.listed", total=f"{listed.height:,}", page=number, pages=pages))
    if office:
        _notice(session, office, listed)
    _list(session, listed.slice((number - 1) * times.PAGE_SIZE, times.PAGE_SIZE))
    tables.pages(number, pages)


def _office(session: Session, listed: pl.DataFrame) -> str:
    """Which office the list is of; empty means all."""
    offices = listed["office"].unique().sort().to_list()
    chosen = address.read("office") if address.read("office") in offices else ""
    key, changed = address.bound("office", chosen, clears=("page",))
    with st.container(width=420):
        st.selectbox(
            session.say("times.office"),
            ["", *offices],
            format_func=lambda code: session.place(code) if code else session.say("times.every_office"),
            key=key,
            on_change=changed,
        )
    return chosen


def _list(session: Session, listed: pl.DataFrame) -> None:
    say, told = session.say, due.told(session, listed)
    alt = say("times.due_alt", total=listed.height)
    widths = {title: st.column_config.TextColumn(width=_WIDTHS[place]) for place, title in enumerate(told.columns)}
    if not may(session.role, "dossier"):
        tables.plain(told, alt=alt, columns=widths, lines=_LINES)
        return
    st.caption(say("times.opens"))
    numbers = listed["application_no"].to_list()
    picked = tables.picker(told, numbers, name="times", alt=alt, columns=widths, lines=_LINES)
    if picked is None:
        return
    leads = session.leads.filter(pl.col("scheme").is_in(_OVERDUE) & (pl.col("subject") == picked))
    if leads.height:
        session.go("dossier", lead=leads["lead_id"][0])
    session.go("search", kind="application", id=picked)


def _notice(session: Session, office: str, listed: pl.DataFrame) -> None:
    """The office's red and amber cases to print or to keep; whoever takes it is journalled."""
    say = session.say
    left, right, _ = st.columns([1, 1, 2])
    for column, kind, label, mime in (
        (left, "html", "times.print", "text/html"),
        (right, "csv", "times.sheet", "text/csv"),
    ):
        with column:
            download.draw(
                session,
                partial(taken, office=office, listed=listed, kind=kind),
                say(label),
                name=f"notice-{office}-{session.desk.as_of}.{kind}",
                key=f"notice-{kind}",
                mime=mime,
                wide=True,
            )
    st.caption(say("times.notice_what"))


def taken(session: Session, office: str, listed: pl.DataFrame, kind: str) -> bytes:
    """The notice as a file, once the journal knows who takes it."""
    session.demand("times")
    workspace = session.desk.workspace
    with workspace.journal.entry(session.who, "notice", why=kind, subject=office, new=session.desk.opened.digest):
        pass
    told = due.told(session, listed)
    return notice.sheet(told) if kind == "csv" else _paper(session, office, listed, told)


def _paper(session: Session, office: str, listed: pl.DataFrame, told: pl.DataFrame) -> bytes:
    say, desk = session.say, session.desk
    counts = dict(listed.group_by("state").len().rows())
    lines = [
        say(
            "times.notice_says",
            office=session.place(office),
            day=desk.as_of,
            red=counts.get("red", 0),
            amber=counts.get("amber", 0),
        ),
        say("times.notice_rules", rules=desk.policy.digest[:_SHORT], calendar=desk.calendar.through, who=session.who),
        *([say("frame.synthetic")] if desk.synthetic else []),
    ]
    title = say("times.notice", office=session.place(office))
    return notice.page(session.language, title, lines, told, [say("times.signed"), say("times.received")])


def _leads(session: Session) -> None:
    """The leads on time and procedure, each scheme a way into the queue."""
    say = session.say
    mine = session.leads.filter((pl.col("family") == "delay") & pl.col("home").is_in(list(session.region_codes)))
    counted = mine.group_by("scheme").len().sort("len", "scheme", descending=[True, False])
    if counted.is_empty():
        return
    st.subheader(say("times.leads"))
    st.caption(say("times.leads_what"))
    rows = pl.DataFrame(
        [
            {say("queue.lead"): labels.scheme(scheme, session.language, session.desk), say("times.cases"): f"{count:,}"}
            for scheme, count in counted.rows()
        ]
    )
    picked = tables.picker(rows, counted["scheme"].to_list(), name="times-leads", alt=say("times.leads"))
    if picked:
        session.go("queue", scheme=picked)
