"""How many households stand in each circle of need, with aid and without?"""

from collections.abc import Collection
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import once
from casework.means.circles import circles
from casework.means.standing import held_by_households
from casework.means.statement import statements
from casework.policy import Policy
from casework.regions import Regions
from dashboard.queries import in_force

ALL = ""  # whatever programme
UNKNOWN = -1  # the circle of a household whose circle nobody can tell


@dataclass(frozen=True, slots=True)
class Circles:
    """Households by village and circle, and those of them with aid by programme ("" = any)."""

    households: pl.DataFrame  # home, circle, households
    helped: pl.DataFrame  # home, circle, programme, households

    def counted(self, regions: Collection[str], programme: str) -> dict[int, tuple[int, int]]:
        """Of each circle the households with aid of the programme, and without."""
        here = pl.col("home").is_in(list(regions))
        whole = _by_circle(self.households.filter(here))
        helped = _by_circle(self.helped.filter(here, pl.col("programme") == programme))
        return {circle: (helped.get(circle, 0), count - helped.get(circle, 0)) for circle, count in whole.items()}


def _by_circle(rows: pl.DataFrame) -> dict[int, int]:
    return dict(rows.group_by("circle").agg(pl.col("households").sum()).sort("circle").iter_rows())


def counted(tables: Tables, policy: Policy, regions: Regions) -> Circles:
    """Every household once, by its village; aid is what `metrics.coverage.circle_coverage` calls aid."""
    homes = in_force.homes(tables)
    told = statements(tables, policy).filter(nw.col("as_of_day") <= tables.as_of_day).select("household_id").unique()
    stands = once(circles(tables, policy, told).select("household_id", "circle"))
    today = stands.select(
        "household_id", nw.lit(tables.as_of_day).cast(nw.Int32).alias("day"), nw.lit(tables.as_of).alias("on")
    )
    held = held_by_households(tables, today).select("household_id", nw.col("held").alias("programme")).unique()
    places, known, running = tables.engine.collect_all([homes, stands, held])
    rows = places.join(known, on="household_id", how="left").with_columns(pl.col("circle").fill_null(UNKNOWN))
    rows = in_force.placed(regions, rows)
    each = rows.join(running, on="household_id", how="inner")
    helped = pl.concat([each, each.unique("household_id").with_columns(programme=pl.lit(ALL))])
    return Circles(
        rows.group_by("home", "circle").agg(pl.len().cast(pl.Int64).alias("households")),
        helped.group_by("home", "circle", "programme").agg(pl.len().cast(pl.Int64).alias("households")),
    )
