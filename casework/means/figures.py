"""How does a figure of the rules meet a figure of a case exactly?

Rules hold yuan and multipliers as decimals, cases hold whole fen. A decimal becomes a whole number of fen, or of
thousandths, before anything is compared with it.
"""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.policy.rule import Value
from casework.tables import REGION

FEN: Final = 100  # a yuan
THOUSANDTHS: Final = 1000  # of a multiplier or a share
YEAR: Final = 12  # months


def whole_number(
    policy: Policy,
    frame: Frame,
    rule_id: str,
    *,
    on: str,
    into: str,
    times: int = FEN,
    scope: Mapping[str, str | nw.Expr] | None = None,
    field: str = "value",
) -> Frame:
    """Add `into`: the number in force x `times` as Int64; and `<into>_state` (see `Policy.in_force`)."""
    found = policy.in_force(frame, rule_id, on=on, into=into, scope=scope, field=field)
    return found.with_columns((nw.col(into) * times).round().cast(nw.Int64).alias(into))


def is_used(policy: Policy, rule_id: str, *, idle: Value = None) -> bool:
    """Does any entry or change of the rule say more than `idle` (none, 0, false)? If not, nobody need look it up."""
    rule = policy.rule(rule_id)
    return bool(rule.changes) or any(
        not entry.none and any(said != idle for said in entry.fields.values()) for entry in rule.entries
    )


def with_urban_rural(data: Tables, rows: Frame) -> Frame:
    """Add `urban_rural` of the row's `region_code`; null where the region table does not say one thing."""
    villages = (
        data[REGION]
        .group_by("region_code")
        .agg(nw.col("urban_rural").min().alias("least__"), nw.col("urban_rural").max().alias("most__"))
        .select(
            "region_code", nw.when(nw.col("least__") == nw.col("most__")).then(nw.col("least__")).alias("urban_rural")
        )
    )
    return rows.join(villages, on="region_code", how="left")


def month_of(date: str) -> nw.Expr:
    """The month of a Date column as year x 12 + month - 1."""
    return nw.col(date).dt.year().cast(nw.Int32) * YEAR + nw.col(date).dt.month().cast(nw.Int32) - 1


def month_from(date: str) -> nw.Expr:
    """The first month whose first day is on or after that of a Date column."""
    return month_of(date) + nw.when(nw.col(date).dt.day() > 1).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int32)


def first_day(index: str) -> nw.Expr:
    """The first day of a month (year x 12 + month - 1) as days since 1970-01-01; the year is counted from March."""
    march = (nw.col(index).cast(nw.Int32) - 2).cast(nw.Int32)
    year, month = march // YEAR, march % YEAR
    days = year * 365 + year // 4 - year // 100 + year // 400 + (month * 153 + 2) // 5
    return (days - 719_468).cast(nw.Int32)
