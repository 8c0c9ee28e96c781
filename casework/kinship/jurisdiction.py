"""Over which villages is a post: whose jurisdiction holds the place?

Handlers and approvers: of the village itself, its township or its county. A village committee: of that village only.
The tiers are as the region table states; what it does not state is read from the code's digits.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.tables import REGION

ABOVE: Final = ("handler", "approver")  # of the village itself, its township or its county
IN_VILLAGE: Final = "village_committee"  # of that village only
DUTIES: Final = (*ABOVE, IN_VILLAGE)


def over() -> nw.Expr:
    """Is the post (`duty`, `place`) over the row's village? Rows are as `with_tiers` gives them."""
    place, home, committee = nw.col("place"), nw.col("region_code"), nw.col("duty") == IN_VILLAGE
    at_home = (place == home) & (~committee | nw.col("village"))
    return (at_home | (nw.col("duty").is_in(ABOVE) & _of_tiers())).fill_null(value=False)


def perhaps_over() -> nw.Expr:
    """May it be, for all anyone knows? The village is unknown, or a committee's code does not name whose it is."""
    place, home, committee = nw.col("place"), nw.col("region_code"), nw.col("duty") == IN_VILLAGE
    above, top = (nw.concat_str([place.str.slice(0, end), nw.lit("0" * (12 - end))]) for end in (9, 6))
    below = ~nw.col("village") & ((above == home) | (top == home))
    return home.is_null() | (committee & ((place == home) | _of_tiers() | below)).fill_null(value=False)


def _of_tiers() -> nw.Expr:
    return (nw.col("place") == nw.col("township")) | (nw.col("place") == nw.col("county"))


def with_tiers(data: Tables, rows: Frame) -> Frame:
    """Add `township` and `county` of `region_code` and whether it is a `village`."""
    regions = data[REGION].unique(["region_code"], keep="first", order_by=["source_file", "source_row"])
    code = nw.col("region_code")
    one = regions.select("region_code", nw.col("parent_code").alias("up"), "tier")
    two = regions.select(
        nw.col("region_code").alias("up_code"), nw.col("parent_code").alias("upper"), nw.col("tier").alias("up_tier")
    )
    joined = rows.join(one, on="region_code", how="left").join(two, left_on="up", right_on="up_code", how="left")
    township = nw.concat_str([code.str.slice(0, 9), nw.lit("000")])
    county = nw.concat_str([code.str.slice(0, 6), nw.lit("000000")])
    return joined.with_columns(
        nw.when(nw.col("up_tier") == "township").then(nw.col("up")).otherwise(township).alias("township"),
        nw.when(nw.col("up_tier") == "county")
        .then(nw.col("up"))
        .when((nw.col("up_tier") == "township") & ~nw.col("upper").is_null())
        .then(nw.col("upper"))
        .otherwise(county)
        .alias("county"),
        nw.when(nw.col("tier").is_null())
        .then(code.str.slice(9, 3) != "000")
        .otherwise(nw.col("tier") == "village")
        .alias("village"),
    ).drop("up", "upper", "up_tier", "tier")
