"""Who of a village lives hardest, who is on aid, and who is not though those on aid live easier?

困难指数排序 (`casework.means.hardship`) of the households on dibao or destitute aid and of those that asked for it in
vain within a year or still wait. An inversion (待核实): not on aid, and harder by more than the margin of the rule
`rank_inversion` than the middle one of those on aid in the same village.
"""

from collections.abc import Collection
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.lead import first_rows
from casework.means.hardship import hardship
from casework.policy import Policy
from casework.regions import Regions
from casework.tables import APPLICATION, HOUSEHOLD
from dashboard.queries import in_force
from dashboard.queries.watched import year_before
from metrics.recipients import PROGRAMMES

RULE: Final = "rank_inversion"


def read(tables: Tables, policy: Policy, regions: Regions) -> pl.DataFrame:
    """A row a household: `home`, `household_no`, `points`, `paid`, `application_no` (of who is not), `inverted`.

    The hardest of each village first.
    """
    day = year_before(tables.as_of)
    turned_away = (nw.col("decision") == "refused") & (nw.col("decided_at_day") >= day)
    unpaid = (
        first_rows(tables[APPLICATION])
        .filter(nw.col("programme").is_in(PROGRAMMES), nw.col("decided_at").is_null() | turned_away)
        .select("household_id", "application_no", "accepted_at_day")
    )
    paid = in_force.awards(tables, policy).filter(nw.col("programme").is_in(PROGRAMMES)).select("household_id").unique()
    asked, running = tables.engine.collect_all([unpaid, paid])
    last = asked.sort("accepted_at_day", "application_no").unique("household_id", keep="last", maintain_order=True)
    waiting = last.join(running, on="household_id", how="anti").select("household_id", "application_no")
    both = pl.concat(
        [running.with_columns(paid=pl.lit(value=True)), waiting.with_columns(paid=pl.lit(value=False))], how="diagonal"
    )
    index = hardship(tables, policy, tables.engine.place(both.select("household_id"))).select("household_id", "points")
    known = first_rows(tables[HOUSEHOLD]).select("household_id", "household_no", "region_code")
    points, homes = tables.engine.collect_all(
        [index, known.join(tables.engine.place(both.select("household_id")), on="household_id", how="semi")]
    )
    rows = in_force.placed(regions, both.join(points, on="household_id").join(homes, on="household_id"))
    return _ranked(rows, float(policy.tuning(RULE, "points")), int(policy.tuning(RULE, "households")))


def _ranked(rows: pl.DataFrame, margin: float, least: int) -> pl.DataFrame:
    paid = pl.col("points").filter(pl.col("paid"))
    middle = pl.when(paid.len().over("home") >= least).then(paid.median().over("home"))
    above = ~pl.col("paid") & (pl.col("points") > middle + margin)
    ranked = rows.with_columns(middle.alias("middle"), above.fill_null(value=False).alias("inverted"))
    return ranked.sort("home", "points", "household_no", descending=[False, True, False])


def narrowed(rows: pl.DataFrame, regions: Collection[str]) -> pl.DataFrame:
    """The households of these regions."""
    return rows.filter(pl.col("home").is_in(list(regions)))
