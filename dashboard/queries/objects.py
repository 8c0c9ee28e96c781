"""What is known of one person, household, application, award, account or complaint, and what belongs to it?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.engine import Frame
from casework.lead import first_rows
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
from dashboard.numerals import whole
from dashboard.queries.owned import Owned
from dashboard.queries.search import Kind

MOST: Final = 200  # rows of one part


@dataclass(frozen=True, slots=True)
class Object:
    """One object: its own row, and the rows of other tables that belong to it, in the order of the page."""

    kind: Kind
    identity: str  # what the URL says: a business number, or the keyed id of a person or account
    subject: str  # what a lead calls it
    table: Table | None
    row: dict[str, Any]
    parts: dict[str, pl.DataFrame] = field(default_factory=dict)


def found(owned: Owned, kind: str, identity: str) -> Object | None:
    """The object, if there is one and it is the reader's."""
    seekers: dict[str, Callable[[Owned, str], Object | None]] = {
        "person": _person,
        "household": _household,
        "application": _application,
        "award": _award,
        "account": _account,
        "complaint": _complaint,
    }
    seeker = seekers.get(kind)
    return None if seeker is None else seeker(owned, identity)


def _rows(owned: Owned, rows: Frame, table: Table, *further: str) -> pl.DataFrame:
    """The contract's columns of these rows, in an order that does not change."""
    columns = list(dict.fromkeys([*(column.main for column in table.columns), *further]))
    return owned.tables.engine.collect(rows.select(columns)).unique(maintain_order=True).sort(columns).head(MOST)


def _only(owned: Owned, rows: Frame, table: Table, *further: str) -> dict[str, Any] | None:
    seen = _rows(owned, rows, table, *further)
    return seen.row(0, named=True) if seen.height else None


def _person(owned: Owned, identity: str) -> Object | None:
    person_id = whole(identity)
    if person_id is None:
        return None
    me = nw.col("person_id") == person_id
    wanted = owned.tables.engine.place(pl.DataFrame({"person_id": [person_id]}, schema={"person_id": pl.Int64()}))
    if owned.tables.engine.collect(owned.persons(wanted)).is_empty():
        return None
    row = _only(owned, first_rows(owned.tables[PERSON]).filter(me), PERSON) or {"person_id": person_id}
    spells = owned.covered().filter(me).select("award_id").unique()
    parts = {
        "households": _rows(owned, owned.members().filter(me), MEMBER, "village"),
        "awards": _rows(owned, owned.awards().join(spells, on="award_id", how="inner"), AWARD),
        "applications": _rows(
            owned, owned.applications().filter(nw.col("applicant_person_id") == person_id), APPLICATION
        ),
        "posts": _rows(owned, owned.tables[OFFICIAL].filter(me, owned.scope.within(nw.col("region_code"))), OFFICIAL),
    }
    return Object("person", identity, identity, PERSON, row, parts)


def _household(owned: Owned, identity: str) -> Object | None:
    mine = nw.col("household_no") == identity
    row = _only(owned, owned.households().filter(mine), HOUSEHOLD)
    if row is None:
        return None
    parts = {
        "members": _rows(owned, owned.members().filter(mine), MEMBER),
        "awards": _rows(owned, owned.awards().filter(mine), AWARD),
        "payments": _sums(owned, owned.payments().filter(mine), "award_no"),
        "applications": _rows(owned, owned.applications().filter(mine), APPLICATION),
        "complaints": _rows(owned, owned.complaints().filter(nw.col("about_household_no") == identity), COMPLAINT),
    }
    return Object("household", identity, identity, HOUSEHOLD, row, parts)


def _application(owned: Owned, identity: str) -> Object | None:
    mine = nw.col("application_no") == identity
    row = _only(owned, owned.applications().filter(mine), APPLICATION, "office")
    if row is None:
        return None
    row["region_code"] = row.pop("office")
    parts = {
        "home": _rows(owned, owned.households().filter(nw.col("household_no") == row["household_no"]), HOUSEHOLD),
        "steps": _rows(owned, owned.tables[STEP].filter(mine), STEP).sort("started_at", nulls_last=True),
        "awards": _rows(owned, owned.awards().filter(mine), AWARD),
        "complaints": _rows(owned, owned.complaints().filter(nw.col("about_application_no") == identity), COMPLAINT),
    }
    return Object("application", identity, identity, APPLICATION, row, parts)


def _award(owned: Owned, identity: str) -> Object | None:
    mine = nw.col("award_no") == identity
    row = _only(owned, owned.awards().filter(mine), AWARD)
    if row is None:
        return None
    parts = {
        "home": _rows(owned, owned.households().filter(nw.col("household_no") == row["household_no"]), HOUSEHOLD),
        "covered": _rows(owned, owned.covered().filter(mine), BENEFICIARY),
        "payments": _sums(owned, owned.payments().filter(mine), "award_no"),
        "applications": _rows(
            owned, owned.applications().filter(nw.col("application_no") == row["application_no"]), APPLICATION
        ),
    }
    return Object("award", identity, identity, AWARD, row, parts)


def _account(owned: Owned, identity: str) -> Object | None:
    """An account by its keyed id: its number never stands in an address."""
    account_id = whole(identity)
    if account_id is None:
        return None
    mine = nw.col("account_id") == account_id
    paid = owned.payments().filter(mine)
    numbers = owned.tables.engine.collect(paid.select("account_no").unique())["account_no"].drop_nulls().sort()
    if numbers.is_empty():
        return None
    held = paid.select(nw.col("account_holder_person_id").alias("person_id"))
    known = first_rows(owned.tables[PERSON]).filter(mine).select("person_id")
    persons = owned.persons(nw.concat([held, known]).filter(~nw.col("person_id").is_null())).select("person_id")
    parts = {
        "paid": _sums(owned, paid, "household_no"),
        "holders": owned.tables.engine.collect(persons).sort("person_id").head(MOST),
    }
    return Object("account", identity, str(numbers[0]), None, {"account_no": numbers[0]}, parts)


def _complaint(owned: Owned, identity: str) -> Object | None:
    row = _only(owned, owned.complaints().filter(nw.col("complaint_no") == identity), COMPLAINT)
    if row is None:
        return None
    home, case = nw.col("household_no") == row["about_household_no"], row["about_application_no"]
    parts = {
        "home": _rows(owned, owned.households().filter(home), HOUSEHOLD),
        "applications": _rows(owned, owned.applications().filter(nw.col("application_no") == case), APPLICATION),
    }
    return Object("complaint", identity, identity, COMPLAINT, row, parts)


def _sums(owned: Owned, paid: Frame, by: str) -> pl.DataFrame:
    """What was paid, summed by award or household: months, from when to when, reversals netted."""
    monthly = paid.group_by(by, "month").agg(nw.col("amount_fen").sum())
    summed = monthly.group_by(by).agg(
        nw.len().cast(nw.Int64).alias("months"),
        nw.col("month").min().alias("first_month"),
        nw.col("month").max().alias("last_month"),
        nw.col("amount_fen").sum(),
    )
    return owned.tables.engine.collect(summed).sort(by).head(MOST)
