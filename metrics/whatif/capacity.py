"""With so many visits a month, how far down the leads does one get, what would that find, and at what price?

The curve is `metrics.evaluation.threshold.curve`: visits from the highest score down, with the expected finds and
their interval. A score orders leads inside one scheme and nowhere else; for all schemes together the leads are first
put in order by their place within their own scheme (`together`), which takes from every scheme the same share of its
list: fair to the schemes, not the best of all orders, and to be said beside the number.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from metrics.evaluation.threshold import budgeted

CAPACITY_SCHEMA: Final = pl.Schema(
    {
        "visits_month": pl.Int64(),  # K
        "cost_month": pl.Float64(),  # yuan, K x the cost of a visit: what is set aside
        "cut": pl.Float64(),  # the lowest score that the month reaches whole; null: not even the highest
        "visits": pl.Int64(),  # of at least that score; at most K: equal scores are not parted
        "cost": pl.Float64(),  # yuan, of these
        "found": pl.Float64(),  # of them, expected to find something; null: unknown
        "found_low": pl.Float64(),
        "found_high": pl.Float64(),
        "innocent": pl.Float64(),  # of them, expected to trouble a household for nothing
        "innocent_low": pl.Float64(),
        "innocent_high": pl.Float64(),
        "cost_each": pl.Float64(),  # yuan a visit that finds something; null: unknown or none
        "queue": pl.Int64(),  # visits that the whole list asks for
        "left": pl.Int64(),  # of them after this month
        "months": pl.Int64(),  # to clear the queue at K a month, were nothing added; null: never
    }
)

_REACHED: Final = tuple(
    name for name in CAPACITY_SCHEMA if name not in ("visits_month", "cost_month", "queue", "months")
)


@dataclass(frozen=True, slots=True)
class Spending:
    """What a month's visits cost, whether or not there are leads for all of them."""

    visits: int
    each: float  # yuan

    @property
    def month(self) -> float:
        """Yuan a month: 200 visits at 200 yuan are 40,000."""
        return self.visits * self.each

    @property
    def year(self) -> float:
        """Yuan a year of twelve such months."""
        return 12 * self.month


def capacities(curve: pl.DataFrame, visits: list[int], *, cost: float) -> pl.DataFrame:
    """A row a number of visits a month, in the order given, as `CAPACITY_SCHEMA`.

    `curve`: of `threshold.curve`, whole, made with the same `cost` (yuan a visit, the rule visit_cost). Where the
    scores at the cut are equal for more households than are left, none of them is visited: nothing in the leads says
    which.

    Raises:
        ValueError: a number of visits below 0.
    """
    return pl.DataFrame([_row(curve, Spending(each, cost)) for each in visits], schema=CAPACITY_SCHEMA)


def together(leads: pl.DataFrame) -> pl.DataFrame:
    """Leads of several schemes with a score that orders all of them: their place within the scheme.

    `leads`: `scheme`, `visit`, `score`, `confirmed`; answers the same with `score` as the share of the scheme's leads
    that stand no higher, 1 the highest. Equal scores stay equal.
    """
    lower = pl.col("score").rank("max").over("scheme")
    return leads.with_columns(score=lower / pl.len().over("scheme"))


def told(table: pl.DataFrame, least: int) -> pl.DataFrame:
    """`capacities` with what rests on few households null: the queue itself, or what the month reaches or leaves."""
    few = {name: pl.col(name).is_between(1, least - 1) for name in ("queue", "visits", "left")}
    reach = pl.any_horizontal(few.values())
    gone = dict.fromkeys(_REACHED, reach) | dict.fromkeys(("queue", "months"), few["queue"])
    return table.with_columns(pl.when(~hidden).then(pl.col(name)).alias(name) for name, hidden in gone.items())


def _row(curve: pl.DataFrame, month: Spending) -> dict[str, Any]:
    if month.visits < 0:
        raise ValueError(month.visits)
    queue = int(curve["visits"][-1]) if curve.height else 0
    row: dict[str, Any] = {"visits_month": month.visits, "cost_month": month.month, "queue": queue}
    row["months"] = math.ceil(queue / month.visits) if month.visits else (None if queue else 0)
    reached = budgeted(curve, month.visits)
    if reached is None:
        return row | {"visits": 0, "cost": 0.0, "left": queue}
    expected = {
        f"{mine}{bound}": reached[f"{theirs}{bound}"]
        for mine, theirs in (("found", "confirmed"), ("innocent", "innocent"))
        for bound in ("", "_low", "_high")
    }
    same = {name: reached[name] for name in ("cut", "visits", "cost", "cost_each")}
    return row | same | expected | {"left": queue - reached["visits"]}
