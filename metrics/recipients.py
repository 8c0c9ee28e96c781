"""Who was covered by dibao or destitute aid in each month, and where?

Covered: a beneficiary row of the month; an open row ends with its award, an open award with the month of `as_of`. A
person is one person whatever number of rows covers them: of a month with several, the award that began last says the
programme and the village (two villages in one month are a lead, `two_places`, not two persons).
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.covered import last_month
from casework.dataset import Tables
from casework.engine import Frame, beside
from casework.lead import first_rows, household_region
from casework.tables import APPLICATION, AWARD, BENEFICIARY
from metrics import counts
from metrics.counts import Alike

PROGRAMMES: Final = ("dibao", "destitute")
MONTHS: Final = 36  # how far back a monthly picture reaches


def months(data: Tables) -> pl.DataFrame:
    """The months that are counted: those up to and including the month of `as_of`."""
    last = data.as_of_month
    return pl.DataFrame({"month_index": range(last - MONTHS + 1, last + 1)}, schema={"month_index": pl.Int32()})


def awards(data: Tables) -> Frame:
    """Awards of the two programmes with `region_code` (household's village, else the application's) and their `place`.

    `place`: the order in which they began, an award's number among its equals.
    """
    asked = first_rows(data[APPLICATION]).select("application_id", nw.col("region_code").alias("in_charge"))
    chosen = (
        first_rows(data[AWARD])
        .filter(nw.col("programme").is_in(PROGRAMMES))
        .join(asked, on="application_id", how="left")
    )
    placed = household_region(data, chosen, otherwise="in_charge")
    return placed.with_row_index("place", order_by=("from_month_index", "award_no")).select(
        "award_id",
        "award_no",
        "household_no",
        "programme",
        "region_code",
        nw.col("to_month_index").alias("award_to"),
        nw.col("place").cast(nw.Int64),
    )


def covered(data: Tables) -> Frame:
    """`person_id`, `programme`, `place`, `first`, `last` (month indices): one row a beneficiary row."""
    last = nw.coalesce(last_month("award_to"), nw.lit(data.as_of_month)).cast(nw.Int32)
    return (
        data[BENEFICIARY]
        .select("award_id", "person_id", nw.col("from_month_index").alias("first"), "to_month_index")
        .join(awards(data).select("award_id", "programme", "award_to", "place"), on="award_id", how="inner")
        .select("person_id", "programme", "place", "first", last.alias("last"))
    )


def person_months(data: Tables) -> Frame:
    """One row a person and month, and one a person, programme and month."""
    monthly = _monthly(data)
    own = monthly.group_by("person_id", "month_index", "programme").agg(nw.col("place").max())
    return nw.concat(
        [
            recipients(data),
            _behind(data, own.with_columns(nw.col("programme").alias("counted_as")).drop("programme")),
        ],
        how="vertical",
    )


def counted(data: Tables) -> Frame:
    """How many persons in each month, of each programme and of any (`part`): the counts of `coverage_per_1000`."""
    return data.shared("recipients_counted", lambda: counts.part_of(person_months(data)))


def alike(data: Tables, *, same: bool = True) -> Alike:
    """Where `coverage_per_1000` hides the persons of a month, whoever has them as a whole hides them too."""
    return Alike(counts.column(counted(data), nw.col("part")), "whole", standing=True, same=same)


def recipients(data: Tables) -> Frame:
    """One row a person and month, of whatever programme."""
    distinct = _monthly(data).group_by("person_id", "month_index").agg(nw.col("place").max())
    return _behind(data, distinct.with_columns(nw.lit("").alias("counted_as")))


def first_month(data: Tables) -> Frame:
    """One row: `first`, the first of the counted months in which anybody was covered."""
    earliest = data.as_of_month - MONTHS + 1
    began = covered(data).filter(nw.col("first") <= data.as_of_month, nw.col("last") >= earliest)
    shown = nw.when(nw.col("first") < earliest).then(nw.lit(earliest)).otherwise(nw.col("first"))
    return began.filter(nw.col("first") <= nw.col("last")).select(shown.min().cast(nw.Int32).alias("first"))


def _monthly(data: Tables) -> Frame:
    rows = covered(data)
    return rows.join(beside(rows, months(data)), how="cross").filter(
        nw.col("first") <= nw.col("month_index"), nw.col("month_index") <= nw.col("last")
    )


def _behind(data: Tables, distinct: Frame) -> Frame:
    """The row behind the count: person, region, month and the award that counts."""
    return distinct.join(awards(data), on="place", how="inner").select(
        "counted_as",
        nw.col("person_id").cast(nw.String).alias("subject"),
        "region_code",
        "month_index",
        "programme",
        nw.lit(value=True).alias("in_part"),
        "award_no",
        "household_no",
    )
