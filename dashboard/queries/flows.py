"""How many awards began and ended in each month, and why did they end?

Monthly programmes only; together they are dibao and destitute, as in the metrics. An award begins with its first month
and ends with the last that is paid for.
"""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from casework.dataset import Tables
from casework.lead import first_rows
from casework.policy import Policy
from casework.regions import Regions
from casework.tables import AWARD
from dashboard.queries import in_force
from dashboard.queries.counts import Period, index
from metrics.recipients import PROGRAMMES

NO_REASON = ""  # the award has an end and nobody wrote down why


@dataclass(frozen=True, slots=True)
class Flows:
    """Awards by village, programme and month; exits by reason too."""

    entries: pl.DataFrame  # home, programme, month_index, awards
    exits: pl.DataFrame  # home, programme, month_index, reason, awards

    def monthly(self, regions: Collection[str], programme: str, period: Period) -> pl.DataFrame:
        """`month_index`, `entries`, `exits` for every month of the period."""
        months = range(index(period.since), index(period.until) + 1)
        whole = pl.DataFrame({"month_index": months}, schema={"month_index": pl.Int32()})
        for name, rows in (("entries", self.entries), ("exits", self.exits)):
            here = _here(rows, regions, programme).group_by("month_index").agg(pl.col("awards").sum().alias(name))
            whole = whole.join(here, on="month_index", how="left")
        return whole.with_columns(pl.col("entries", "exits").fill_null(0)).sort("month_index")

    def reasons(self, regions: Collection[str], programme: str, period: Period) -> dict[str, int]:
        """How many of the period's exits have which reason, the most frequent first."""
        here = _here(self.exits, regions, programme).filter(
            pl.col("month_index").is_between(index(period.since), index(period.until))
        )
        found = here.group_by("reason").agg(pl.col("awards").sum()).sort("awards", "reason", descending=[True, False])
        return dict(found.iter_rows())


def _here(rows: pl.DataFrame, regions: Collection[str], programme: str) -> pl.DataFrame:
    chosen = rows.filter(pl.col("home").is_in(list(regions)))
    return chosen.filter(pl.col("programme").is_in([programme] if programme else list(PROGRAMMES)))


def counted(tables: Tables, policy: Policy, regions: Regions) -> Flows:
    """All months up to that of `as_of`."""
    chosen = first_rows(tables[AWARD]).select(
        "household_id", "programme", "from_month_index", "to_month_index", "end_reason"
    )
    rows = tables.engine.collect(chosen.join(in_force.homes(tables), on="household_id", how="left"))
    rows = in_force.placed(regions, rows.filter(~pl.col("programme").is_in(in_force.one_off(policy))))
    return Flows(
        _counted(rows, "from_month_index", tables.as_of_month),
        _counted(
            rows.with_columns(pl.col("end_reason").fill_null(NO_REASON).alias("reason")),
            "to_month_index",
            tables.as_of_month,
            "reason",
        ),
    )


def _counted(rows: pl.DataFrame, month: str, last: int, *further: str) -> pl.DataFrame:
    told = rows.filter(pl.col(month) <= last).rename({month: "month_index"})
    return told.group_by("home", "programme", "month_index", *further).agg(pl.len().cast(pl.Int64).alias("awards"))
