"""Whom did an award cover, in which month, and what was it paid then?

Shared by the questions about covered persons. Months are `year x 12 + month - 1` (Int32), days since 1970-01-01, money
whole fen. Everything goes outward from a pruned frame of awards or persons, never over the whole of a table's pairs.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame, beside, once
from casework.lead import first_rows
from casework.means.figures import month_of
from casework.means.members import deaths
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, PAYMENT

# Amounts by head are kept in parts of a fen that every number of persons up to twelve divides.
PARTS: Final = 27_720
EARLIEST: Final = 1950 * 12  # months before January 1950 are not laid out
LONG_MONTH, SHORT_MONTH, FEBRUARY, LEAP_FEBRUARY = 31, 30, 28, 29
SHORT_MONTHS: Final = (4, 6, 9, 11)


def means_tested(policy: Policy) -> list[str]:
    """The programmes that any place's list calls means-tested."""
    entries = policy.rule("programme").entries
    return sorted({str(entry.scope["code"]) for entry in entries if entry.fields.get("means_tested") is True})


def awards(data: Tables, programmes: list[str]) -> Frame:
    """The awards of these programmes, each once: `starts` and `ends` (null: open) are its first and last month."""
    return (
        first_rows(data[AWARD])
        .filter(nw.col("programme").is_in(programmes))
        .select(
            "award_id",
            "award_no",
            "application_id",
            "programme",
            "household_id",
            "single_person_basis",
            nw.col("from_month_index").alias("starts"),
            nw.col("to_month_index").alias("ends"),
        )
    )


def spans(data: Tables, of: Frame) -> Frame:
    """The beneficiary rows of awards (`award_id`, `ends`): `person_id`, `since`, `until` (null: open).

    No row outlives its award (decision 50).
    """
    rows = data[BENEFICIARY].select("award_id", "person_id", "from_month_index", "to_month_index")
    terms = of.select("award_id", "ends")
    return rows.join(terms, on="award_id", how="inner").select(
        "award_id",
        "person_id",
        nw.col("from_month_index").alias("since"),
        last_month().cast(nw.Int32).alias("until"),
    )


def last_month(ends: str = "ends") -> nw.Expr:
    """The last month of a beneficiary row, which never outlives its award (decision 50); null: both are open."""
    own, award = nw.col("to_month_index"), nw.col(ends)
    return nw.min_horizontal(nw.coalesce(own, award), nw.coalesce(award, own))


def within(index: str = "month_index") -> nw.Expr:
    """Does the span `since` … `until` hold the month?"""
    return (nw.col("since") <= nw.col(index)) & (nw.col("until").is_null() | (nw.col("until") >= nw.col(index)))


def paid(data: Tables, of: Frame) -> Frame:
    """What awards (`award_id`) were paid for each month, reversals netted: `paid_fen`, null where one is unknown."""
    rows = data[PAYMENT].select("award_id", "month", "month_index", "amount_fen")
    summed = (
        rows.join(of.select("award_id").unique(), on="award_id", how="semi")
        .with_columns(nw.when(nw.col("amount_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("unknown"))
        .group_by("award_id", "month_index")
        .agg(nw.col("month").min(), nw.col("amount_fen").sum().cast(nw.Int64).alias("known"), nw.col("unknown").sum())
    )
    return summed.select(
        "award_id", "month_index", "month", nw.when(nw.col("unknown") == 0).then(nw.col("known")).alias("paid_fen")
    )


def reversed_months(data: Tables, of: Frame) -> Frame:
    """The months of awards (`award_id`) that were paid, and wholly taken back within the month, each once."""
    rows = data[PAYMENT].select("award_id", "month_index", "amount_fen")
    ever = rows.filter(nw.col("amount_fen") > 0).select("award_id", "month_index")
    left = paid(data, of).filter(nw.col("paid_fen") <= 0).select("award_id", "month_index")
    return left.join(ever, on=["award_id", "month_index"], how="semi")


def recovered(data: Tables, found: Frame) -> Frame:
    """What awards (`award_id`, `since_index`) gave back from that month on: `recovered_fen`; without any: no row.

    Money taken back for one month may be booked in another, which then has less than nothing (decision 51).
    """
    return (
        paid(data, found)
        .filter(nw.col("paid_fen") < 0)
        .join(found.select("award_id", "since_index"), on="award_id", how="inner")
        .filter(nw.col("month_index") >= nw.col("since_index"))
        .group_by("award_id")
        .agg((0 - nw.col("paid_fen").sum()).cast(nw.Int64).alias("recovered_fen"))
    )


def heads(data: Tables, months: Frame) -> Frame:
    """How many persons each award covers in each of these months (`award_id`, `month_index`): `covered` Int64."""
    asked = months.select("award_id", "month_index").unique()
    terms = first_rows(data[AWARD]).select("award_id", nw.col("to_month_index").alias("ends"))
    rows = spans(data, terms.join(asked.select("award_id").unique(), on="award_id", how="semi"))
    return (
        rows.join(asked, on="award_id", how="inner")
        .filter(within())
        .group_by("award_id", "month_index")
        .agg(nw.col("person_id").n_unique().cast(nw.Int64).alias("covered"))
    )


def each_month(data: Tables, rows: Frame) -> Frame:
    """Rows with `since` and `until` (not null) laid out month by month up to `as_of`: `month_index`, `month`."""
    last = data.as_of_month
    clipped = rows.with_columns(
        nw.max_horizontal(nw.col("since"), nw.lit(EARLIEST)).cast(nw.Int32).alias("first__"),
        nw.min_horizontal(nw.col("until"), nw.lit(last)).cast(nw.Int32).alias("last__"),
    ).filter(nw.col("first__") <= nw.col("last__"))
    clipped = clipped.with_columns((nw.col("last__") - nw.col("first__") + 1).cast(nw.Int64).alias("length__"))
    lengths = pl.DataFrame({"length__": range(1, max(last - EARLIEST, 0) + 2)}, schema={"length__": pl.Int64()})
    steps = lengths.with_columns(step__=pl.int_ranges(0, "length__", dtype=pl.Int32)).explode("step__")
    calendar = pl.DataFrame({"month_index": range(EARLIEST, last + 1)}, schema={"month_index": pl.Int32()})
    dates = calendar.with_columns(month=pl.date(pl.col("month_index") // 12, pl.col("month_index") % 12 + 1, 1))
    return (
        clipped.join(beside(clipped, steps), on="length__", how="inner")
        .with_columns((nw.col("first__") + nw.col("step__")).cast(nw.Int32).alias("month_index"))
        .join(beside(clipped, dates), on="month_index", how="inner")
        .drop("first__", "last__", "length__", "step__")
    )


def whole_months(rows: Frame) -> Frame:
    """Add the first and last month that `from_on` … `to_on` covers whole, `first_whole` and `last_whole`.

    A null `from_on` leaves `first_whole` null (unknown), a null `to_on` leaves `last_whole` null (still running).
    """
    began, ended = nw.col("from_on"), nw.col("to_on")
    late_start = nw.when(began.dt.day() > 1).then(nw.lit(1)).otherwise(nw.lit(0))
    year, month, day = ended.dt.year(), ended.dt.month(), ended.dt.day()
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    length = (
        nw.when(month.is_in(SHORT_MONTHS))
        .then(nw.lit(SHORT_MONTH))
        .when((month == 2) & leap)  # noqa: PLR2004 - February
        .then(nw.lit(LEAP_FEBRUARY))
        .when(month == 2)  # noqa: PLR2004 - February
        .then(nw.lit(FEBRUARY))
        .otherwise(nw.lit(LONG_MONTH))
    )
    cut_short = nw.when(day < length).then(nw.lit(1)).otherwise(nw.lit(0))
    return rows.with_columns(
        (month_of("from_on") + late_start).cast(nw.Int32).alias("first_whole"),
        (month_of("to_on") - cut_short).cast(nw.Int32).alias("last_whole"),
    )


def holding_months(data: Tables, of: Frame, findings: Frame) -> Frame:
    """Months paid, or perhaps paid, in which a finding covers the whole month of a living person that the award covers.

    `of`: awards as above. `findings`: `person_id`, `first_whole`, `last_whole` as above, `sure` 1 or 0 (a finding may
    be doubtful; one without a beginning is). Rows: `award_id`, `month_index`, `month`, `paid_fen`, `person_id`, each
    once, `sure` 1 where any finding is.
    """
    held = findings.filter(
        nw.col("first_whole").is_null()
        | nw.col("last_whole").is_null()
        | (nw.col("first_whole") <= nw.col("last_whole"))
    ).with_columns(
        nw.when(nw.col("first_whole").is_null()).then(nw.lit(0)).otherwise(nw.col("sure")).alias("sure"),
        nw.coalesce(nw.col("first_whole"), nw.lit(EARLIEST)).cast(nw.Int32).alias("first_whole"),
    )
    held = once(held)
    rows = data[BENEFICIARY].join(held.select("person_id").unique(), on="person_id", how="semi")
    few = once(of.join(rows.select("award_id").unique(), on="award_id", how="semi"))
    both = once(spans(data, few).join(held, on="person_id", how="inner"))
    months = (
        paid(data, both)
        .filter(nw.col("paid_fen").is_null() | (nw.col("paid_fen") > 0))
        .join(both, on="award_id", how="inner")
        .filter(
            within()
            & (nw.col("first_whole") <= nw.col("month_index"))
            & (nw.col("last_whole").is_null() | (nw.col("last_whole") >= nw.col("month_index")))
        )
        .join(deaths(data).select("person_id", "death_index"), on="person_id", how="left")
        .filter(nw.col("death_index").is_null() | (nw.col("death_index") >= nw.col("month_index")))
    )
    return once(
        months.group_by("award_id", "month_index", "person_id").agg(
            nw.col("month").min(), nw.col("paid_fen").min(), nw.col("sure").max().cast(nw.Int32)
        )
    )


__all__ = [
    "EARLIEST",
    "PARTS",
    "awards",
    "each_month",
    "heads",
    "holding_months",
    "last_month",
    "means_tested",
    "paid",
    "recovered",
    "reversed_months",
    "spans",
    "whole_months",
    "within",
]
