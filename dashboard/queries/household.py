"""Who belongs to a household, what was it awarded and paid, and what did the departments find about its members?"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.lead import first_rows
from casework.means import ledger
from casework.means.members import deaths
from casework.policy import Policy
from casework.tables import (
    APPLICATION,
    AWARD,
    BENEFICIARY,
    HOUSEHOLD,
    MATCH,
    MEANS,
    MEMBER,
    PAYMENT,
    PERSON,
)

_RELATIONS: Final = {option.code: place for place, option in enumerate(MEMBER["relation"].options)}


@dataclass(frozen=True, slots=True)
class Home:
    """One household.

    `members`: its member rows, the present before those who left, the head first. `awards`, the newest first.
    `findings`, the newest comparison first; `quiet`: how many comparisons found nothing. `months`: `award_no`,
    `programme`, `month`; `paid_fen`, `back_fen` (taken back, 0 or less), `net_fen`, null where an amount is unknown;
    `due_fen`, null where it is not judged.
    """

    household_no: str
    region_code: str | None
    members: list[dict[str, Any]]
    awards: list[dict[str, Any]]
    months: pl.DataFrame
    findings: list[dict[str, Any]]
    quiet: int

    @property
    def person_ids(self) -> list[int]:
        """Everyone who was ever a member, each once."""
        return [*dict.fromkeys(row["person_id"] for row in self.members)]


def home(tables: Tables, policy: Policy, household_no: str) -> Home | None:
    """The household of that number; None where the data have none."""
    rows = first_rows(tables[HOUSEHOLD]).filter(nw.col("household_no") == household_no)
    found = tables.engine.collect(rows.select("household_id", "region_code"))
    if found.is_empty():
        return None
    few = _cut(tables, found["household_id"][0])
    members = _members(few)
    persons = [row["person_id"] for row in members]
    findings = few.engine.collect(few[MATCH].filter(nw.col("person_id").is_in(persons)))
    told = findings.filter(pl.col("kind") != "none").sort("compared_on", "match_no", descending=[True, False])
    awards = few.engine.collect(first_rows(few[AWARD]).filter(nw.col("household_no") == household_no))
    return Home(
        household_no,
        found["region_code"][0],
        members,
        awards.sort("from_month", "award_no", descending=[True, False], nulls_last=True).to_dicts(),
        _months(few, policy, awards),
        told.to_dicts(),
        findings.filter(pl.col("kind") == "none").height,
    )


def contact(tables: Tables, household_no: str) -> tuple[str, str]:
    """Address and phone, for whoever prepares a visit; empty where nobody knows."""
    rows = first_rows(tables[HOUSEHOLD]).filter(nw.col("household_no") == household_no).select("address", "phone")
    for address, phone in tables.engine.collect(rows).iter_rows():
        return address or "", phone or ""
    return "", ""


def _cut(tables: Tables, household_id: int) -> Tables:
    """The tables of this household, and of the other awards of whom its awards cover: what these pay is less due."""
    engine = tables.engine
    mine = nw.col("household_id") == household_id
    member, award = tables[MEMBER].filter(mine), tables[AWARD].filter(mine)
    awards = engine.collect(award.select("award_id", "application_id"))
    own = awards["award_id"].to_list()
    covered = tables[BENEFICIARY].filter(nw.col("award_id").is_in(own))
    persons = {
        *engine.collect(member.select("person_id"))["person_id"].drop_nulls(),
        *engine.collect(covered.select("person_id"))["person_id"].drop_nulls(),
    }
    theirs = nw.col("person_id").is_in(sorted(persons))
    further = engine.collect(tables[BENEFICIARY].filter(theirs).select("award_id").unique())
    every = sorted({*own, *further["award_id"].drop_nulls()})
    of_awards = nw.col("award_id").is_in(every)
    return tables.cut(
        {
            HOUSEHOLD: tables[HOUSEHOLD].filter(mine),
            MEMBER: member,
            MEANS: tables[MEANS].filter(mine),
            PERSON: tables[PERSON].filter(theirs),
            MATCH: tables[MATCH].filter(theirs),
            AWARD: tables[AWARD].filter(of_awards),
            BENEFICIARY: tables[BENEFICIARY].filter(of_awards),
            PAYMENT: tables[PAYMENT].filter(of_awards),
            APPLICATION: tables[APPLICATION].filter(
                nw.col("application_id").is_in(awards["application_id"].drop_nulls().to_list())
            ),
        }
    )


def _members(few: Tables) -> list[dict[str, Any]]:
    """Every member row with `died_on` (the earliest death told) and `present` on the day of the data."""
    dead = few.engine.collect(deaths(few).select("person_id", nw.col("death").alias("died_on")))
    rows = few.engine.collect(few[MEMBER]).join(dead, on="person_id", how="left").to_dicts()
    for row in rows:
        row["present"] = present(row["joined_on"], row["left_on"], row["died_on"], few.as_of)
    return sorted(
        rows, key=lambda row: (not row["present"], _RELATIONS.get(row["relation"], 99), str(row["joined_on"]))
    )


def present(joined: date | None, left: date | None, died: date | None, day: date) -> bool:
    """Is someone a member on that day? Not from the day of leaving on, nor after the day of death (contract §4)."""
    return (joined is not None and joined <= day) and (left is None or day < left) and (died is None or day <= died)


def _months(few: Tables, policy: Policy, awards: pl.DataFrame) -> pl.DataFrame:
    """What was paid, taken back and left in each month, beside what was due."""
    names = awards.select("award_id", "award_no", "programme")
    rows = few.engine.collect(few[PAYMENT].filter(~nw.col("month").is_null()))
    mine = rows.join(names.select("award_id"), on="award_id", how="semi")
    known = pl.col("amount_fen").is_not_null().all()
    amount = pl.col("amount_fen")
    netted = mine.group_by("award_id", "month").agg(
        pl.when(known).then(amount.filter(amount > 0).sum()).alias("paid_fen"),
        pl.when(known).then(amount.filter(amount < 0).sum()).alias("back_fen"),
        pl.when(known).then(amount.sum()).alias("net_fen"),
    )
    due = few.engine.collect(ledger.months(few, policy).select("award_id", "month", "due_fen"))
    return (
        netted.join(names, on="award_id", how="left")
        .join(due, on=["award_id", "month"], how="left")
        .select("award_no", "programme", "month", "paid_fen", "back_fen", "net_fen", "due_fen")
        .sort("month", "award_no")
    )
