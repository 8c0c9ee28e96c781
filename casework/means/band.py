"""In which band of need was a household on a given day, by its statement and the standard, not by anyone's decision?

Tuning `need_band`: edges as income a head by the standard; a household at an edge is in the band above, as equality is
not below the line. Whoever compares households of unlike need compares need: statistical leads compare inside a band.
"""

from fractions import Fraction

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.means.figures import THOUSANDTHS, YEAR
from casework.means.test import tested
from casework.policy import Policy


def with_band(data: Tables, policy: Policy, rows: Frame, *, day: str = "day") -> Frame:
    """Add `band` (Int8; 0: the neediest) to rows with `household_id` and the Int32 column `day`.

    Null: no statement by that day, an unknown income, nobody living there, or no standard in force. Adds too what
    `tested` adds for dibao: `region_code` (the village, where the rows have none), `urban_rural`, `y_fen`,
    `statement_as_of_day`, `n`, `standard_fen`, `line_fen`, `line_state`, `over`. An edge is read to the thousandth.
    """
    asked = rows.with_columns(nw.lit("dibao").alias("programme"))
    return banded(policy, tested(data, policy, asked, day=day, statement_day=day))


def banded(policy: Policy, judged: Frame) -> Frame:
    """Add `band` to rows that have `y_fen`, `n` and `standard_fen` of the day already."""
    income = nw.col("y_fen") * THOUSANDTHS
    standard = nw.col("n") * nw.col("standard_fen") * YEAR
    band: nw.Expr = nw.lit(0)
    for place, edge in enumerate(edges(policy), start=1):
        band = nw.when(income >= standard * edge).then(nw.lit(place)).otherwise(band)
    known = ~nw.col("y_fen").is_null() & (nw.col("standard_fen") > 0) & (nw.col("n") > 0)
    return judged.with_columns(nw.when(known.fill_null(value=False)).then(band).cast(nw.Int8).alias("band"))


def edges(policy: Policy) -> list[int]:
    """The edges between bands, ascending, in thousandths of the standard."""
    said = policy.tuning("need_band")
    return sorted(int(Fraction(str(edge)) * THOUSANDTHS) for edge in (said if isinstance(said, tuple | list) else ()))
