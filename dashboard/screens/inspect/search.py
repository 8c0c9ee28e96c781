"""Who or what is this: which person, household, application, award, account, complaint or lead?"""

import hashlib
import hmac
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.review.scope import DISCIPLINE
from dashboard import address
from dashboard.exports.rows import masked
from dashboard.parts import labels, states, tables
from dashboard.parts.said import subject
from dashboard.queries import search, terms
from dashboard.queries.owned import Owned
from dashboard.queries.people import people
from dashboard.queries.search import Found, Kind
from dashboard.queries.terms import Term
from dashboard.screens.inspect import thing
from dashboard.session import Session

_SOUGHT: Final = "search-sought"  # who sought what: kept by the session, never by the address
_KINDS: Final[dict[Kind, str]] = {
    "person": "search.persons",
    "household": "search.households",
    "application": "search.applications",
    "award": "search.awards",
    "account": "search.accounts",
    "complaint": "search.complaints",
    "lead": "search.leads",
}
_IDS: Final[dict[Kind, str]] = {
    "person": "person_id",
    "household": "household_no",
    "application": "application_no",
    "award": "award_no",
    "account": "account_id",
    "complaint": "complaint_no",
    "lead": "lead_id",
}


def show(session: Session) -> None:
    """One box and what it found, by kind; or the one object that the address names."""
    session.demand("search")
    say, desk = session.say, session.desk
    st.title(say("search.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    kind = address.read("kind")
    if kind:
        st.button(say("search.back"), on_click=address.write, kwargs={"kind": "", "id": ""})  # a link stays on its page
        thing.draw(session, owned(session), kind, address.read("id"))
        return
    with st.container(key="place"):
        st.text(say("search.what"))
    term = _sought(session)
    if term is not None:
        _found(session, term)


def owned(session: Session) -> Owned:
    """What of the tables is the reader's; of complaints none about themself or their kin."""
    me = session.reader.person_id
    return Owned(
        session.desk.opened,
        session.scope,
        session.desk.regions.root,
        hears=session.role in DISCIPLINE,
        recused=frozenset() if me is None else session.desk.circle(me),
    )


def _sought(session: Session) -> Term | None:
    """The box, and the term last sent by this very reader; every sending is journalled, its words are not."""
    say, as_of = session.say, session.desk.as_of
    who, before = st.session_state.get(_SOUGHT, ("", ""))
    before = before if who == session.who else ""
    box = f"search-box-{session.who}"
    if box not in st.session_state:  # on coming back from an object; never another reader's
        st.session_state[box] = before
    with st.form("search", border=False):
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        typed = left.text_input(
            say("search.box"), key=box, max_chars=60, placeholder=say("search.hint"), autocomplete="off"
        )
        sent = right.form_submit_button(say("search.go"), key="search-go", type="primary", width="stretch")
    st.caption(say("search.journalled"))
    term = terms.read(str(typed or "") if sent else before, as_of)
    if sent:
        st.session_state[_SOUGHT] = (session.who, str(typed or ""))
        if term is None:
            st.warning(say("search.empty"))
        else:
            _record(session, term)
    return term


def _record(session: Session, term: Term) -> None:
    """Who searched, for what sort of term; of the term itself a keyed digest, by which only it can be told again."""
    workspace = session.desk.workspace
    digest = hmac.new(workspace.key, term.text.encode(), hashlib.sha256).hexdigest()
    with workspace.journal.entry(session.who, "search", why=term.sort, subject="search", new=digest):
        pass


def _found(session: Session, term: Term) -> None:
    say, mine = session.say, owned(session)
    found = search.search(mine, term, session.desk.workspace.key, session.leads)
    if not found:
        states.nothing(say("search.nothing"), say("search.nothing_how"))
        return
    st.text(" · ".join(f"{say(_KINDS[kind])} {one.total:,}" for kind, one in found.items()))
    for kind, one in found.items():
        title = say(_KINDS[kind])
        st.subheader(f"{title} · {one.total:,}")
        if one.total > one.rows.height:
            st.caption(say("search.more", shown=one.rows.height, more=f"{one.total - one.rows.height:,}"))
        picked = tables.picker(
            _titled(_rows(session, mine, kind, one)),
            [str(value) for value in one.rows[_IDS[kind]]],
            name=f"search-{kind}",
            alt=say("search.alt", kind=title, total=one.total),
            columns=_columns(session),
        )
        if picked and kind == "lead":
            session.go("dossier", lead=picked)
        elif picked:
            session.go("search", kind=kind, id=picked)


def _titled(rows: list[tuple[str, str, str, int]]) -> pl.DataFrame:
    names = ["what", "about", "region", "leads"]
    told = [(what, about, region, str(leads) if leads else "") for what, about, region, leads in rows]
    return pl.DataFrame(told, schema=dict.fromkeys(names, pl.String()), orient="row")


def _columns(session: Session) -> dict[str, Any]:
    say, column = session.say, st.column_config
    return {
        "what": column.TextColumn(say("search.object"), width=300),
        "about": column.TextColumn(say("search.about"), width=420),
        "region": column.TextColumn(say("queue.region"), width=140),
        "leads": column.TextColumn(say("search.its_leads"), width=70),
    }


def _rows(session: Session, mine: Owned, kind: Kind, found: Found) -> list[tuple[str, str, str, int]]:
    """What it is, what is known of it, where it lies, and how many leads of the reader's are about it."""
    rows = found.rows.to_dicts()
    if kind == "person":
        return _persons(session, mine, rows)
    if kind == "household":
        return _households(session, mine, rows)
    if kind == "lead":
        return [_lead(session, row) for row in rows]
    counts = _about(session, kind, [str(row["account_no"] if kind == "account" else row[_IDS[kind]]) for row in rows])
    return [
        (what, about, session.place(row["region_code"]) if "region_code" in row else "", count)
        for row, count in zip(rows, counts, strict=True)
        for what, about in [_said(session, kind, row)]
    ]


def _about(session: Session, kind: str, subjects: list[str]) -> list[int]:
    kinds = ["person", "official"] if kind == "person" else [kind]
    mine = session.leads.filter(pl.col("subject_kind").is_in(kinds) & pl.col("subject").is_in(subjects))
    counted = dict(mine.group_by("subject").len().rows())
    return [counted.get(one, 0) for one in subjects]


def _persons(session: Session, mine: Owned, rows: list[dict[str, Any]]) -> list[tuple[str, str, str, int]]:
    ids = [row["person_id"] for row in rows]
    named, lives = people(session.desk.opened, ids), search.homes(mine, ids)
    counts = _about(session, "person", [str(one) for one in ids])
    none = session.say("search.not_in_person")
    return [
        (
            f"{named[one].name} {named[one].number}".strip() if one in named else none,
            session.say("search.in_households", numbers="、".join(lives[one])) if lives[one] else "",
            session.place(row["region_code"]),
            count,
        )
        for row, one, count in zip(rows, ids, counts, strict=True)
    ]


def _households(session: Session, mine: Owned, rows: list[dict[str, Any]]) -> list[tuple[str, str, str, int]]:
    numbers = [row["household_no"] for row in rows]
    lives = search.living(mine, numbers)
    named = people(session.desk.opened, [head for head, _ in lives.values() if head is not None])
    leads = session.leads.filter(pl.col("household_no").is_in(numbers))
    counted = dict(leads.group_by("household_no").len().rows())
    found = []
    for row, number in zip(rows, numbers, strict=True):
        head, members = lives[number]
        name = named[head].name if head in named else session.say("search.unknown")
        about = session.say("search.headed", head=name, members=members)
        found.append((number, about, session.place(row["region_code"]), counted.get(number, 0)))
    return found


def _lead(session: Session, row: dict[str, Any]) -> tuple[str, str, str, int]:
    persons = [int(row["subject"])] if row["subject_kind"] in {"person", "official"} else []
    about = subject(row, people(session.desk.opened, persons))
    title = labels.scheme(row["scheme"], session.language, session.desk)
    kind = labels.code("kind", row["subject_kind"], session.language, session.desk)
    return f"{title} {row['lead_id'][:8]}", f"{kind} {about}", session.place(row["region_code"]), 0


def _said(session: Session, kind: Kind, row: dict[str, Any]) -> tuple[str, str]:
    say = session.say

    def cell(name: str) -> str:
        return labels.cell(kind, name, str(row[name] or ""), session.language, session.desk.programmes)

    match kind:
        case "application":
            accepted = (
                "" if row["accepted_at"] is None else say("search.accepted", day=f"{row['accepted_at']:%Y-%m-%d}")
            )
            state = cell("decision") or say("search.undecided" if row["decided_at"] is None else "search.decided")
            return row["application_no"], " · ".join(filter(None, [cell("programme"), accepted, state]))
        case "award":
            first, last = (row[name] and f"{row[name]:%Y-%m}" for name in ("from_month", "to_month"))
            months = f"{first} – {last}" if last else say("search.since", month=first)
            return row["award_no"], f"{cell('programme')} · {months} · {row['household_no']}"
        case "complaint":
            came = "" if row["received_at"] is None else say("search.received", day=f"{row['received_at']:%Y-%m-%d}")
            state = cell("outcome") or say("search.open" if row["closed_at"] is None else "search.closed")
            return row["complaint_no"], " · ".join(filter(None, [cell("kind"), came, state]))
        case _:
            return masked(row["account_no"]), say("search.paid_for", households=row["households"])
