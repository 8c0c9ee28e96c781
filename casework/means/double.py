"""In which months was one award paid twice?

Contract §5, double_payment: more than one row of one award and month, reversals netted (a reversal takes away an
equal row, else a part of the sum), whose sum exceeds the amount due while one row alone meets it. Rows that sum to no
more are parts, equal or not. Where nothing is due, or nobody can tell what, only equal rows count.
"""

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.means.ledger import months
from casework.policy import Policy
from casework.tables import PAYMENT


def double_months(data: Tables, policy: Policy) -> Frame:
    """The months paid twice, every programme: `award_id`, `month_index`, `month`.

    `rows` left after netting, `sum_fen`, `largest_fen` (one row), `due_fen` (null: only equal rows were looked for),
    `doubt_fen` (paid beyond the amount due; else beyond one of the equal rows).
    """
    return data.shared(f"double:{policy.digest}", lambda: _double(data, policy))


def _double(data: Tables, policy: Policy) -> Frame:
    key = ("award_id", "month_index")
    several = (
        data[PAYMENT]
        .select(*key, "amount_fen")
        .filter(~nw.col("amount_fen").is_null())
        .group_by(*key)
        .agg(nw.len().cast(nw.Int64).alias("filed"))
        .filter(nw.col("filed") > 1)
    )
    rows = once(
        data[PAYMENT]
        .select(*key, "month", "amount_fen")
        .filter(~nw.col("amount_fen").is_null())
        .join(once(several), on=list(key), how="semi")
    )
    left = once(_netted(rows))
    due = months(data, policy).select(*key, "due_fen", "over").join(left.select(*key), on=list(key), how="semi")
    judged = left.join(due, on=list(key), how="left").with_columns(
        nw.when((nw.col("due_fen") > 0) & ~nw.col("over").fill_null(value=False))
        .then(nw.col("due_fen"))
        .alias("due_fen")
    )
    beyond = (nw.col("sum_fen") > nw.col("due_fen")) & (nw.col("largest_fen") >= nw.col("due_fen"))
    equal = nw.col("due_fen").is_null() & (nw.col("again_fen") > 0)
    return judged.filter((nw.col("rows") > 1) & (beyond.fill_null(value=False) | equal)).select(
        *key,
        "month",
        "rows",
        "sum_fen",
        "largest_fen",
        "due_fen",
        nw.when(nw.col("due_fen").is_null())
        .then(nw.min_horizontal("again_fen", "sum_fen"))
        .otherwise(nw.col("sum_fen") - nw.col("due_fen"))
        .cast(nw.Int64)
        .alias("doubt_fen"),
    )


def _netted(rows: Frame) -> Frame:
    """Each month's rows after reversals: `rows`, `sum_fen`, `largest_fen`, and `again_fen` in repeats of equal rows."""
    size = nw.when(nw.col("amount_fen") < 0).then(0 - nw.col("amount_fen")).otherwise(nw.col("amount_fen"))
    sign = nw.when(nw.col("amount_fen") < 0).then(nw.lit(-1)).otherwise(nw.lit(1))
    alike = (
        rows.filter(nw.col("amount_fen") != 0)
        .with_columns(size.alias("size"), sign.alias("sign"))
        .group_by("award_id", "month_index", "size")
        .agg(nw.col("month").min(), nw.col("sign").sum().cast(nw.Int64).alias("times"))
    )
    stays, size_left = nw.col("times") > 0, nw.col("size")
    zero = nw.lit(0).cast(nw.Int64)
    return (
        alike.with_columns(
            nw.when(stays).then(nw.col("times")).otherwise(zero).alias("left"),
            nw.when(stays).then(size_left).otherwise(zero).alias("one_fen"),
            nw.when(nw.col("times") > 1).then((nw.col("times") - 1) * size_left).otherwise(zero).alias("again"),
        )
        .group_by("award_id", "month_index")
        .agg(
            nw.col("month").min(),
            nw.col("left").sum().cast(nw.Int64).alias("rows"),
            (nw.col("times") * nw.col("size")).sum().cast(nw.Int64).alias("sum_fen"),
            nw.col("one_fen").max().cast(nw.Int64).alias("largest_fen"),
            nw.col("again").sum().cast(nw.Int64).alias("again_fen"),
        )
    )
