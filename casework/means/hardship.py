"""How hard is a household's life, in points?

Rule `hardship_weight`: thirty-five items in three classes (household, income, property; 困难指数, demo weights). Each
item met on `as_of` adds its weight once, however many members meet it; of items of one group (no wage, a low wage) only
the heaviest adds; what is unknown adds nothing. The index orders the missed, so that the hardest come first; it
entitles nobody and shuts nobody out.
"""

from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows, household_region
from casework.means.indicator import Indicator, by_region, meeting
from casework.policy import Policy
from casework.tables import HOUSEHOLD

RULE: Final = "hardship_weight"
CLASSES: Final = ("household", "income", "property")
ITEMS: Final = {"class": pl.String(), "zh": pl.String(), "en": pl.String(), "weight": pl.Float64()}


def hardship(data: Tables, policy: Policy, households: Frame) -> Frame:
    """Each `household_id` of `households` once, on `as_of`.

    Adds `household_points`, `income_points`, `property_points` and their sum `points` (Float64).
    """
    homes = household_region(data, households.select("household_id").unique())
    answers = []
    for rows, here in by_region(policy, RULE, homes, data.as_of):
        met = meeting(data, here, [Indicator.of(row["indicator"], row) for row in rows])
        sums = []
        for name in CLASSES:
            points: nw.Expr = nw.lit(0.0)
            for group in _groups([row for row in rows if row["class"] == name]):
                marks = (nw.col(row["indicator"]) * float(row["weight"]) for row in group)
                points = points + nw.max_horizontal(nw.lit(0.0), *marks)  # one column alone is too few for Spark
            sums.append(points.cast(nw.Float64).alias(f"{name}_points"))
        answers.append(met.select("household_id", *sums))
    return nw.concat(answers).with_columns(
        (nw.col("household_points") + nw.col("income_points") + nw.col("property_points")).alias("points")
    )


def hardship_items(data: Tables, policy: Policy, household_no: str) -> pl.DataFrame:
    """The items one household meets on `as_of`, heaviest first: `class`, `zh`, `en`, `weight`, in all the index."""
    homes = first_rows(data[HOUSEHOLD]).filter(nw.col("household_no") == household_no).select("household_id")
    found = []
    for rows, here in by_region(policy, RULE, household_region(data, homes), data.as_of):
        met = data.engine.collect(meeting(data, here, [Indicator.of(row["indicator"], row) for row in rows]))
        if met.height:
            (marks,) = met.to_dicts()
            counted = [group[0] for group in _groups([row for row in rows if marks[row["indicator"]]])]
            found += [tuple(row[name] for name in ITEMS) for row in counted]
    table = pl.DataFrame(found, schema=ITEMS, orient="row")
    return table.sort("weight", "class", "en", descending=[True, False, False])


def _groups(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The items of a class of which only one counts, together, the heaviest first; one without a group is by itself."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (-float(row["weight"]), str(row["indicator"]))):
        found.setdefault(f"{row['class']} {row['group']}" if row["group"] else str(row["indicator"]), []).append(row)
    return [found[name] for name in sorted(found)]


def with_hardship(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """Add `points` of each row's `household_id`; 0 where there is no household."""
    known = rows.filter(~nw.col("household_id").is_null())
    index = hardship(data, policy, known).select("household_id", "points")
    return rows.join(index, on="household_id", how="left").with_columns(nw.col("points").fill_null(0.0))
