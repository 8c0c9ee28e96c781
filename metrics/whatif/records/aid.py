"""What does each household get today, for whom, and since when?"""

import narwhals as nw
import polars as pl

from casework.covered import awards, paid, spans
from casework.dataset import Tables
from casework.engine import Frame, once
from metrics.coverage.eligible import DIBAO


def in_force(data: Tables) -> Frame:
    """The awards of dibao in force in the month of `as_of`."""
    month, ends = data.as_of_month, nw.col("ends")
    return awards(data, [DIBAO]).filter((nw.col("starts") <= month) & (ends.is_null() | (ends >= month)))


def recipients(data: Tables) -> Frame:
    """Whom they cover in that month: `household_id`, `person_id`, each once."""
    month, until = data.as_of_month, nw.col("until")
    granted = in_force(data)
    there = (nw.col("since") <= month) & (until.is_null() | (until >= month))
    covered = spans(data, granted).filter(there)
    named = covered.join(granted.select("award_id", "household_id"), on="award_id", how="inner")
    return named.select("household_id", "person_id").unique()


def terms(data: Tables) -> pl.DataFrame:
    """`household_id`, `award_months` (since the first month), `paid_fen` (all its awards, in their newest paid month).

    `paid_fen` is null where nothing was paid, or something without an amount. A month wholly taken back, or in which
    more was recovered than paid, is none.
    """
    granted = once(in_force(data))
    elapsed = (nw.lit(data.as_of_month) - nw.col("starts")).cast(nw.Int64)
    began = granted.group_by("household_id").agg(nw.col("starts").min())
    months = paid(data, granted).filter(nw.col("month_index") <= data.as_of_month)
    unknown = nw.when(nw.col("paid_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    summed = (
        months.join(granted.select("award_id", "household_id"), on="award_id", how="inner")
        .with_columns(unknown.alias("unknown"))
        .group_by("household_id", "month_index")
        .agg(nw.col("paid_fen").sum().cast(nw.Int64), nw.col("unknown").max())
        .filter((nw.col("unknown") == 1) | (nw.col("paid_fen") > 0))
    )
    newest = summed.group_by("household_id").agg(nw.col("month_index").max())
    last = summed.join(newest, on=["household_id", "month_index"], how="inner").select(
        "household_id", nw.when(nw.col("unknown") == 0).then(nw.col("paid_fen")).alias("paid_fen")
    )
    both = began.select("household_id", elapsed.alias("award_months")).join(last, on="household_id", how="left")
    return data.engine.collect(both)
