"""Which complaints came in, in which month, and did what was due to them happen in time?

Every share of complaints is told by the month of reception: what became of those who came then. So all of them speak of
the same people, and the youngest months change until their matters are closed.
"""

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.tables import COMPLAINT
from metrics import counts


def received(data: Tables) -> Frame:
    """Each complaint once, up to the month of `as_of`, with its `month_index`."""
    order = ["source_file", "source_row"]
    first = data[COMPLAINT].unique(["complaint_no"], keep="first", order_by=order)  # of two rows of one number
    known = first.filter(~nw.col("received_at").is_null()).with_columns(counts.month_of("received_at"))
    return known.filter(nw.col("month_index") <= data.as_of_month)


def closed(data: Tables) -> Frame:
    """Those of them that are closed."""
    return received(data).filter(~nw.col("closed_at").is_null())


def in_time(data: Tables, days: str, *, happened: nw.Expr, surely: nw.Expr, at_most: nw.Expr) -> nw.Expr:
    """Did it happen within `surely` days (true), is it past `at_most` (false), or does nobody know yet (null)?

    Null too: it happened before the complaint came in, or no limit is known. And while the limit runs, though it has
    happened: those of the same month who still wait would be left out, so the youngest months would always be perfect.
    """
    taken, run_out = nw.col(days), nw.lit(data.as_of_day) - nw.col("received_at_day") > at_most
    return (
        nw.when(taken > at_most)
        .then(nw.lit(value=False))
        .when(happened & run_out & (taken >= 0) & (taken <= surely))
        .then(nw.lit(value=True))
    )


def behind(complaints: Frame, in_part: nw.Expr, *facts: str) -> Frame:
    """The rows behind a number: `in_part`, the usual facts of a complaint, and these."""
    return complaints.select(
        nw.lit("").alias("counted_as"),
        nw.col("complaint_no").alias("subject"),
        "region_code",
        "month_index",
        nw.lit(None).cast(nw.String).alias("programme"),
        in_part.alias("in_part"),
        *("received_at", "kind", "level", "closed_at"),
        *facts,
    )
