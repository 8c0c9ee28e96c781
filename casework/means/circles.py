"""Which of the four circles of need does a household stand in?

四级信息圈: 1 below the dibao line, 2 below the edge line, 3 and 4 below multiples of the edge line (policy
`circle_multiplier`). By income only, in fen and without rounding: Y < 12 x n x standard x multiplier.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.means.test import tested
from casework.policy import Policy
from casework.text import Text

OUTER: Final = (2, 3, 4)
CIRCLES: Final = {
    1: Text("一级(低保线以下)", "First (below the dibao line)"),
    2: Text("二级(低收入)", "Second (low income)"),
    3: Text("三级", "Third"),
    4: Text("四级", "Fourth"),
    0: Text("圈外", "Outside all four"),
}
THOUSANDTHS: Final = 1000  # multipliers are compared as whole thousandths, as the edge line is elsewhere


def circles(data: Tables, policy: Policy, households: Frame) -> Frame:
    """Each `household_id` of `households` on `as_of`, with `circle` (Int64: 1 to 4, 0 outside; null unknown).

    Adds `y_fen`, `n`, `standard_fen`, `statement_as_of_day`. Unknown: no statement, nobody living there, or no standard
    or multiplier in force.
    """
    today = households.select("household_id").unique()
    asked = today.with_columns(
        nw.lit("dibao").alias("programme"),
        nw.lit(data.as_of_day).cast(nw.Int32).alias("day"),
        nw.lit(data.as_of).alias("on"),
    )
    rows = tested(data, policy, asked)
    rows = policy.in_force(rows, "edge_multiplier", on=data.as_of, into="edge")
    for circle in OUTER:
        said = {"circle": nw.lit(circle)}
        rows = policy.in_force(rows, "circle_multiplier", on=data.as_of, into=f"circle_{circle}", scope=said)
    line = nw.col("standard_fen") * nw.col("n") * 12 * THOUSANDTHS * THOUSANDTHS
    need = nw.col("y_fen") * THOUSANDTHS * THOUSANDTHS
    edge = nw.col("standard_fen") * nw.col("n") * 12 * _thousandths("edge")
    known = ~need.is_null() & (line > 0)
    found: nw.Expr = nw.lit(0).cast(nw.Int64)
    for circle in reversed(OUTER):
        known = known & (nw.col("edge_state") == 1) & (nw.col(f"circle_{circle}_state") == 1)
        found = nw.when(need < edge * _thousandths(f"circle_{circle}")).then(nw.lit(circle)).otherwise(found)
    found = nw.when(need < line).then(nw.lit(1)).otherwise(found)
    return rows.select(
        "household_id",
        nw.when(known.fill_null(value=False)).then(found).cast(nw.Int64).alias("circle"),
        "y_fen",
        "n",
        "standard_fen",
        "statement_as_of_day",
    )


def _thousandths(name: str) -> nw.Expr:
    return (nw.col(name) * THOUSANDTHS).round().cast(nw.Int64)
