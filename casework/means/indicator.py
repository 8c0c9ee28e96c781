"""Which households meet a test that a rule writes down, such as "a member aged 70 or older" or "no vehicle"?

Rules `hardship_weight` and `household_tag` name a contract column and a test on it. On `as_of`, by table:

- person, match: some member (co-living or not, alive) meets it; of `match` only rows that hold that day.
- member: how many live together.
- means: the newest statement's figure (verified, else declared; an absent item is nil).

Unknown is not met: a household without a statement is neither rich nor poor, and "absent" counts only where registers
have been asked about a member.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.means.ages import years
from casework.means.members import members_on
from casework.policy import Policy, Rule
from casework.tables import MATCH, MEANS, PERSON

HUNDREDTHS: Final = 100  # yuan in rules, fen in tables; the same for square metres


@dataclass(frozen=True, slots=True)
class Indicator:
    """One test on one contract column."""

    name: str
    table: str
    column: str
    test: str  # is, at_least, below, nil, absent, age_at_least, age_below, count_below
    code: str | None = None
    level: float | None = None
    persons: int = 1  # how many members must meet it

    @classmethod
    def of(cls, name: str, row: Mapping[str, Any]) -> "Indicator":
        """As a policy row writes it."""
        return cls(
            name, row["table"], row["column"], row["test"], row["code"], row["level"], int(row.get("persons") or 1)
        )


def by_region(
    policy: Policy, rule_id: str, households: Frame, on: date
) -> Iterator[tuple[list[dict[str, Any]], Frame]]:
    """The rows of a table rule in force on a day, and the households (`region_code`) they hold for, place by place."""
    rule: Rule = policy.rule(rule_id)
    prefixes = {entry.region for entry in rule.entries} | {change.region for change in rule.changes} | {""}
    for prefix in sorted(prefixes):
        here = households
        if prefix:
            here = here.filter(nw.col("region_code").str.starts_with(prefix))
        for longer in sorted(prefixes):
            if longer != prefix and longer.startswith(prefix):
                here = here.filter(~nw.col("region_code").str.starts_with(longer).fill_null(value=False))
        yield policy.rows(rule_id, on=on, region=prefix), here


def meeting(data: Tables, households: Frame, wanted: Sequence[Indicator]) -> Frame:
    """Each `household_id` of `households`, with one column an indicator: 1 met, 0 not met or unknown (Int64)."""
    homes = once(households.select("household_id").unique())
    day = homes.with_columns(nw.lit(data.as_of_day).cast(nw.Int32).alias("day"))
    members = once(members_on(data, day).select("household_id", "person_id", "co_living").unique())
    marked = homes
    for table, gather in _GATHER.items():
        asked = [one for one in wanted if one.table == table]
        if asked:
            marked = marked.join(gather(data, homes, members, asked), on="household_id", how="left")
    return marked.select("household_id", *(nw.col(one.name).fill_null(0).cast(nw.Int64) for one in wanted))


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _counted(rows: Frame, tests: Mapping[str, nw.Expr]) -> Frame:
    """How many rows of each household meet each test."""
    return rows.group_by("household_id").agg(*(_flag(test).sum().cast(nw.Int64).alias(n) for n, test in tests.items()))


def _of_persons(data: Tables, homes: Frame, members: Frame, wanted: Sequence[Indicator]) -> Frame:
    del homes
    persons = first_rows(data[PERSON])
    columns = sorted({one.column for one in wanted})
    rows = members.join(persons.select("person_id", *columns), on="person_id", how="inner")
    rows = rows.with_columns(nw.lit(data.as_of).alias("today"))

    def met(one: Indicator) -> nw.Expr:
        column = nw.col(one.column)
        if one.test.startswith("age"):
            age = years(one.column, "today")
            return age >= int(one.level or 0) if one.test == "age_at_least" else age < int(one.level or 0)
        return _compared(column.cast(nw.Int64) if one.test != "is" else column.cast(nw.String), one)

    counts = _counted(rows, {one.name: met(one) for one in wanted})
    return counts.select("household_id", *(_flag(nw.col(one.name) >= one.persons).alias(one.name) for one in wanted))


def _compared(column: nw.Expr, one: Indicator, unit: int = 1) -> nw.Expr:
    if one.test == "is":
        return column == nw.lit(one.code)
    level = round((one.level or 0) * unit)
    return column >= level if one.test == "at_least" else column < level


def _of_members(data: Tables, homes: Frame, members: Frame, wanted: Sequence[Indicator]) -> Frame:
    """How many live together; a household without any such member is unknown."""
    del data, homes
    together = (
        members.filter(nw.col("co_living"))
        .group_by("household_id")
        .agg(nw.col("person_id").n_unique().cast(nw.Int64).alias("n"))
    )
    return together.select(
        "household_id", *(_flag(nw.col("n") < round(one.level or 0)).alias(one.name) for one in wanted)
    )


def _of_matches(data: Tables, homes: Frame, members: Frame, wanted: Sequence[Indicator]) -> Frame:
    del homes
    compared = data[MATCH].select("person_id", "kind", "detail", "value_hundredths", "from_on_day", "to_on_day")
    rows = members.join(compared, on="person_id", how="inner").with_columns(
        (
            (nw.col("from_on_day").is_null() | (nw.col("from_on_day") <= data.as_of_day))
            & (nw.col("to_on_day").is_null() | (nw.col("to_on_day") >= data.as_of_day))
        ).alias("holds")
    )

    def here(one: Indicator) -> nw.Expr:
        column = "detail" if one.column == "detail" else "kind"
        return nw.col("holds") & (nw.col(column) == nw.lit(one.code)).fill_null(value=False)

    # `below` and `at_least` speak of all such rows of the household together (the dwelling's square metres)
    sums = {f"{one.name}__sum": one for one in wanted if one.test in {"below", "at_least"}}
    counts = rows.group_by("household_id").agg(
        *(_flag(here(one)).sum().cast(nw.Int64).alias(one.name) for one in wanted),
        *(
            nw.when(here(one)).then(nw.col("value_hundredths")).otherwise(nw.lit(0)).sum().cast(nw.Int64).alias(name)
            for name, one in sums.items()
        ),
    )

    def met(one: Indicator) -> nw.Expr:
        if one.test == "absent":
            return nw.col(one.name) == 0
        there = nw.col(one.name) >= one.persons
        return there if one.test == "is" else there & _compared(nw.col(f"{one.name}__sum"), one, HUNDREDTHS)

    return counts.select("household_id", *(_flag(met(one)).alias(one.name) for one in wanted))


def _of_means(data: Tables, homes: Frame, members: Frame, wanted: Sequence[Indicator]) -> Frame:
    del members
    stated = (
        data[MEANS]
        .filter(nw.col("as_of_day") <= data.as_of_day)
        .join(homes, on="household_id", how="semi")
        .select("household_id", "as_of_day", "item", "declared_fen", "verified_fen")
    )
    newest = stated.group_by("household_id").agg(nw.col("as_of_day").max())
    rows = stated.join(newest, on=["household_id", "as_of_day"], how="inner").with_columns(
        nw.coalesce(nw.col("verified_fen"), nw.col("declared_fen")).alias("figure_fen")
    )
    items = sorted({str(one.code) for one in wanted})

    def of(item: str, value: nw.Expr) -> nw.Expr:
        return nw.when(nw.col("item") == item).then(value).otherwise(nw.lit(0)).sum().cast(nw.Int64)

    sums = rows.group_by("household_id").agg(
        *(of(item, nw.col("figure_fen").fill_null(0)).alias(f"{item}__fen") for item in items),
        *(of(item, _flag(nw.col("figure_fen").is_null())).alias(f"{item}__blank") for item in items),
    )

    def met(one: Indicator) -> nw.Expr:
        figure, known = nw.col(f"{one.code}__fen"), nw.col(f"{one.code}__blank") == 0
        return known & (figure == 0 if one.test == "nil" else _compared(figure, one, HUNDREDTHS))

    return sums.select("household_id", *(_flag(met(one)).alias(one.name) for one in wanted))


_GATHER: Final = {"person": _of_persons, "member": _of_members, "match": _of_matches, "means": _of_means}
