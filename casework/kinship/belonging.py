"""Who belongs to a household, and from which day to which?

Its members, and whomever an award of it covers: a beneficiary whose member row ended, or never was, still draws their
own money. A household of which neither is known is unknown: nobody can be called a stranger to it.
"""

import narwhals as nw

from casework.covered import spans
from casework.dataset import Tables
from casework.engine import Frame
from casework.kinship.household import EARLIEST, LATEST
from casework.lead import first_rows
from casework.means.figures import first_day
from casework.tables import AWARD, MEMBER


def belonging(data: Tables, homes: Frame) -> Frame:
    """People of those households (`household_id`): `household_id`, `person_id`, `joined`, `left` (days, exclusive)."""
    asked = homes.select("household_id").unique()
    members = data[MEMBER].join(asked, on="household_id", how="semi")
    awards = first_rows(data[AWARD]).join(asked, on="household_id", how="semi")
    terms = awards.select("award_id", "household_id", nw.col("to_month_index").alias("ends"))
    covered = spans(data, terms).join(terms.select("award_id", "household_id"), on="award_id", how="inner")
    covered = covered.with_columns((nw.col("until") + 1).cast(nw.Int32).alias("after"))
    return nw.concat(
        [
            members.select("household_id", "person_id", *_days(nw.col("joined_on_day"), nw.col("left_on_day"))),
            covered.select("household_id", "person_id", *_days(first_day("since"), first_day("after"))),
        ]
    )


def _days(joined: nw.Expr, left: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
    """The first day, and the first day no more; EARLIEST and LATEST where open."""
    return (
        nw.coalesce(joined, nw.lit(EARLIEST)).cast(nw.Int32).alias("joined"),
        nw.coalesce(left, nw.lit(LATEST)).cast(nw.Int32).alias("left"),
    )
