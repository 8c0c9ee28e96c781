"""Which leads count, in which month, and what of one may stand beside a number?

Whose conduct a lead is about is for those who decide it: among the rows it is counted, and neither the lead nor its
scheme is named.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from metrics import counts
from metrics.leads import LEAD, REFUTED

IN_DOUBT: Final = ("wrong", "duplicate")  # families whose amount was perhaps paid wrongly
OWED: Final = (
    "underpaid",
    "missed_entitlement",
    "wrong_refusal",
    "wrong_exit",
)  # whose amount is owed to the household
AREA: Final = "region"  # a lead about an area speaks of no single payment


def current(data: Tables) -> Frame:
    """The leads that the last run raises, or a person recorded, in the month of `as_of`."""
    month = nw.lit(data.as_of_month).cast(nw.Int32).alias("month_index")
    return data[LEAD].filter(nw.col("current")).with_columns(month)


def unrefuted(leads: Frame) -> Frame:
    """Those that were not found wanting: undecided ones, too."""
    return leads.filter(~nw.col("outcome").fill_null("").is_in(REFUTED), nw.col("subject_kind") != AREA)


def behind(leads: Frame, in_part: nw.Expr, *facts: str) -> Frame:
    """The rows behind a number: `in_part`, the usual facts of a lead, and these; conduct without its name."""
    conduct = (nw.col("subject_kind") == "official") | (nw.col("family") == "favoritism")
    return counts.every(
        leads.select(
            nw.when(~conduct).then(nw.col("lead_id")).alias("subject"),
            "region_code",
            "month_index",
            "programme",
            in_part.alias("in_part"),
            nw.when(~conduct).then(nw.col("scheme")).alias("scheme"),
            *("family", "level", "outcome", "decided_on"),
            *facts,
        )
    )
