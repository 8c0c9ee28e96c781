"""What is known of one person, household, application, award, account or complaint, and what belongs to it?"""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.tables import (
    APPLICATION,
    AWARD,
    BENEFICIARY,
    COMPLAINT,
    HOUSEHOLD,
    MEMBER,
    OFFICIAL,
    PERSON,
    STEP,
    Table,
)
from dashboard import looks
from dashboard.exports.rows import masked
from dashboard.parts import labels, listed, shown, states, tables
from dashboard.queries import objects
from dashboard.queries.objects import Object
from dashboard.queries.owned import Owned
from dashboard.queries.search import Kind
from dashboard.session import Session


@dataclass(frozen=True, slots=True)
class _Part:
    """How the rows of another table that belong to an object are shown, and what a click on one opens."""

    title: str
    table: Table
    columns: tuple[str, ...]
    opens: Kind | None = None
    key: str = ""  # stored column that names what is opened


_HOME: Final = ("household_no", "region_code", "address", "phone")
_PARTS: Final[dict[str, _Part]] = {
    "home": _Part("search.household", HOUSEHOLD, _HOME, "household", "household_no"),
    "members": _Part(
        "search.members", MEMBER, ("id_no", "relation", "co_living", "joined_on", "left_on"), "person", "person_id"
    ),
    "households": _Part(
        "search.households",
        MEMBER,
        ("household_no", "relation", "co_living", "joined_on", "left_on"),
        "household",
        "household_no",
    ),
    "awards": _Part(
        "search.awards",
        AWARD,
        ("award_no", "programme", "household_no", "from_month", "to_month", "end_reason", "category"),
        "award",
        "award_no",
    ),
    "applications": _Part(
        "search.applications",
        APPLICATION,
        ("application_no", "programme", "household_no", "accepted_at", "decided_at", "decision"),
        "application",
        "application_no",
    ),
    "covered": _Part("search.covered", BENEFICIARY, ("id_no", "from_month", "to_month"), "person", "person_id"),
    "steps": _Part(
        "search.steps",
        STEP,
        ("step", "label", "place", "started_at", "finished_at", "actor_id_no", "second_actor_id_no"),
    ),
    "complaints": _Part(
        "search.complaints",
        COMPLAINT,
        ("complaint_no", "kind", "received_at", "closed_at", "outcome"),
        "complaint",
        "complaint_no",
    ),
    "posts": _Part("search.posts", OFFICIAL, ("duty", "region_code", "post", "from_on", "to_on")),
    "holders": _Part("search.holders", PERSON, ("id_no",), "person", "person_id"),
}
_SUMS: Final[dict[str, tuple[Kind, str, str]]] = {  # part -> what a row opens, its key, its title
    "payments": ("award", "award_no", "search.paid"),
    "paid": ("household", "household_no", "search.paid_households"),
}


def draw(session: Session, owned: Owned, kind: str, identity: str) -> None:
    """The object's own row, its leads, and everything linked to it; persons, accounts and addresses masked."""
    say = session.say
    found = objects.found(owned, kind, identity)
    if found is None:
        states.nothing(say("search.no_object"), say("search.no_object_how"))
        return
    looks.note(session, looks.called(session, found.kind, found.identity))
    with st.container(key="sentence"):
        st.text(_title(session, found))  # stars of a mask are no markdown
    if found.table is not None:
        tables.plain(_own(session, found.table, found.row), alt=say("search.own"))
        st.caption(say("dossier.masked"))
    _leads(session, found)
    for name, rows in found.parts.items():
        if rows.height and name in _SUMS:
            _sums(session, name, rows)
        elif rows.height:
            _part(session, name, _PARTS[name], rows)


def _title(session: Session, found: Object) -> str:
    word = labels.code("kind", found.kind, session.language, session.desk)
    if found.kind == "person":
        named = listed.named(session, PERSON, [found.row])
        said = listed.cell(session, PERSON, "id_no", found.row, named)
    else:
        said = masked(found.subject) if found.kind == "account" else found.subject
    return f"{word} {said}"


def _own(session: Session, table: Table, row: dict[str, Any]) -> pl.DataFrame:
    """Each field that has a value, one below the other."""
    say, persons = session.say, listed.named(session, table, [row])
    told = [
        (
            labels.column(table.name, column.name, session.language),
            listed.cell(session, table, column.name, row, persons),
        )
        for column in table.columns
    ]
    schema = {say("search.field"): pl.String(), say("search.value"): pl.String()}
    return pl.DataFrame([pair for pair in told if pair[1]], schema=schema, orient="row")


def _leads(session: Session, found: Object) -> None:
    """The reader's leads on it; of a household those on everything of it."""
    say = session.say
    if found.kind == "household":
        mine = session.leads.filter(pl.col("household_no") == found.subject)
    else:
        kinds = ["person", "official"] if found.kind == "person" else [found.kind]
        mine = session.leads.filter(pl.col("subject_kind").is_in(kinds) & (pl.col("subject") == found.subject))
    mine = mine.sort("level_rank", "severity_rank", "lead_id").head(objects.MOST)
    st.subheader(say("search.leads_of", total=mine.height))
    if mine.is_empty():
        st.text(say("search.no_leads"))
        return
    rows = pl.DataFrame(
        [
            {
                say("queue.lead"): labels.scheme(row["scheme"], session.language, session.desk),
                say("queue.level"): labels.code("level", row["level"], session.language, session.desk),
                say("queue.severity"): labels.code("severity", row["severity"], session.language, session.desk),
                say("queue.amount"): shown.yuan(row["amount_fen"]),
                say("queue.when"): shown.stretch(row["since"], row["until"], {}),
            }
            for row in mine.to_dicts()
        ]
    )
    picked = tables.picker(rows, mine["lead_id"].to_list(), name="search-leads", alt=say("search.its_leads"))
    if picked:
        session.go("dossier", lead=picked)


def _part(session: Session, name: str, part: _Part, rows: pl.DataFrame) -> None:
    title = session.say(part.title)
    st.subheader(f"{title} · {rows.height}")
    told = listed.frame(session, part.table, rows, part.columns)
    if part.opens is None:
        tables.plain(told, alt=title)
        return
    ids = ["" if one is None else str(one) for one in rows[part.key]]
    picked = tables.picker(told, ids, name=f"search-part-{name}", alt=title)
    if picked:
        session.go("search", kind=part.opens, id=picked)


def _sums(session: Session, name: str, rows: pl.DataFrame) -> None:
    say = session.say
    opens, key, title = _SUMS[name]
    st.subheader(say(title))
    total = shown.yuan(int(rows["amount_fen"].sum()))
    st.caption(say("search.paid_total", total=total))
    table = AWARD if opens == "award" else HOUSEHOLD
    told = pl.DataFrame(
        [
            {
                labels.column(table.name, key, session.language): row[key],
                say("search.months"): row["months"],
                say("search.first_month"): "" if row["first_month"] is None else f"{row['first_month']:%Y-%m}",
                say("search.last_month"): "" if row["last_month"] is None else f"{row['last_month']:%Y-%m}",
                say("search.sum"): shown.yuan(row["amount_fen"]),
            }
            for row in rows.to_dicts()
        ]
    )
    picked = tables.picker(told, rows[key].to_list(), name=f"search-part-{name}", alt=say(title))
    if picked:
        session.go("search", kind=opens, id=picked)
