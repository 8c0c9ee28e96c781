"""What do an award's months in doubt come to?"""

from collections.abc import Mapping, Sequence

import narwhals as nw

from casework.covered import recovered
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.tables import AWARD


def by_award(
    data: Tables, doubt: Frame, *, sums: Mapping[str, nw.Expr], last: Sequence[str] = (), first: Sequence[str] = ()
) -> Frame:
    """Each award of ledger rows (few) once: `award_no`, `first_month`, `last_month`, `since_index`, `until_index`.

    `months` in doubt, each of `sums` over them, the columns `last` as in the last of them, `first` as in the first, and
    `recovered_fen`: what was taken back from the first month on.
    """
    summed = once(
        doubt.group_by("award_id").agg(
            nw.col("month").min().alias("first_month"),
            nw.col("month").max().alias("last_month"),
            nw.col("month_index").min().alias("since_index"),
            nw.col("month_index").max().alias("until_index"),
            nw.len().cast(nw.Int64).alias("months"),
            *(expression.sum().cast(nw.Int64).alias(name) for name, expression in sums.items()),
        )
    )
    latest = doubt.select("award_id", nw.col("month_index").alias("until_index"), *last)
    earliest = doubt.select("award_id", nw.col("month_index").alias("since_index"), *first)
    return (
        summed.join(recovered(data, summed), on="award_id", how="left")
        .with_columns(nw.col("recovered_fen").fill_null(0))
        .join(latest, on=["award_id", "until_index"], how="inner")
        .join(earliest, on=["award_id", "since_index"], how="inner")
        .join(first_rows(data[AWARD]).select("award_id", "award_no"), on="award_id", how="inner")
    )
