"""Which awards were in force in each month, and which began or ended then?

Dibao and destitute, at most three years back. An award begins in its first month and ends in its last month of aid; it
is in force in both. An open award is in force to the month of `as_of`.

The awards in force in a month are those of the month before, less those that ended with it, and those that began. So
who can read two months of them and the exits between can solve the entries, and the other way round: where the one are
hidden so are the other, and so is what they come to together.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, beside
from casework.lead import first_rows
from casework.tables import AWARD
from metrics import counts, recipients
from metrics.counts import Alike, Counts

FACTS: Final = ("from_month", "to_month", "end_reason")


def in_force(data: Tables) -> Frame:
    """One row an award and month: `subject` (its number), `began` and `ended` (in that month), and `FACTS`."""
    named = recipients.awards(data).select("award_id", "region_code")
    terms = (
        first_rows(data[AWARD])
        .select("award_id", "award_no", "programme", "from_month_index", "to_month_index", *FACTS)
        .join(named, on="award_id", how="inner")
    )
    month, last = nw.col("month_index"), nw.col("to_month_index")
    there = (nw.col("from_month_index") <= month) & (last.is_null() | (month <= last))
    return (
        terms.join(beside(terms, recipients.months(data)), how="cross")
        .filter(there)
        .select(
            nw.col("award_no").alias("subject"),
            "region_code",
            "month_index",
            "programme",
            (nw.col("from_month_index") == month).alias("began"),
            (last == month).fill_null(value=False).alias("ended"),
            *FACTS,
        )
    )


def shown(rows: Frame, in_part: nw.Expr) -> Frame:
    """The rows as a metric shows them."""
    return rows.with_columns(in_part.alias("in_part")).drop("began", "ended")


def entries(data: Tables) -> Counts:
    """Awards that began (part) of those in force (whole)."""
    return _counted(data, "began")


def exits(data: Tables) -> Counts:
    """Awards that ended (part) of those in force (whole)."""
    return _counted(data, "ended")


def like(moved: Counts, *later: int) -> Alike:
    """Hidden where `entries` or `exits` hide what moved so many months later."""
    return Alike(counts.column(moved.frame, nw.col("part")), "part", later=later)


def _counted(data: Tables, what: str) -> Counts:
    rows = shown(in_force(data), nw.col(what))
    frame = data.shared(f"awards_{what}", lambda: counts.share(counts.every(rows)).frame)
    return Counts(frame, standing=("whole",))
