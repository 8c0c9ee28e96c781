"""If visits went down to this score and no further, what would they find, whom would they trouble, at what cost?

Everything is counted by visit: the leads of one household are one. A visit stands where its highest lead does; equal
scores are one cut, for no order among them is made up. Shown before any work begins (safeguards, idea 8; R23).

Of what the leads below the cut would have found nothing is said here: that is recall, and needs a truth.

With a planted truth it is known what every visit finds. Without one only leads that somebody looked into tell anything:
the share confirmed among the visits judged at or above the cut, with Wilson's interval, holds for those not yet judged
(what was judged is counted as it was). The judged are those that a detector and a reader picked, so this tells what
further visits of the kind are likely to find, never how common anything is (R13), and no score is a probability (R14).
Fewer judged than `least`: unknown, never 0.
"""

from typing import Any, Final

import polars as pl

from casework.statistics import wilson

CURVE_SCHEMA: Final = pl.Schema(
    {
        "cut": pl.Float64(),  # visits of at least this score
        "visits": pl.Int64(),
        "judged": pl.Int64(),  # of them
        "confirmed": pl.Float64(),  # visits that find something, expected
        "confirmed_low": pl.Float64(),
        "confirmed_high": pl.Float64(),
        "innocent": pl.Float64(),  # households visited for nothing, expected
        "innocent_low": pl.Float64(),
        "innocent_high": pl.Float64(),
        "cost": pl.Float64(),  # yuan
        "cost_each": pl.Float64(),  # yuan a visit that finds something; null: none
    }
)


def curve(leads: pl.DataFrame, *, cost: float, least: int) -> pl.DataFrame:
    """A row a cut, from the highest score down, as `CURVE_SCHEMA`.

    `leads`: `visit`, `score`, `confirmed` (null: not judged) of one scheme; `cost`: yuan a visit; `least`: so many
    judged visits before anything is expected of the others.
    """
    visits = (
        leads.group_by("visit")
        .agg(pl.col("score").max(), pl.col("confirmed").max())  # one confirmed lead is enough
        .group_by("score")
        .agg(
            pl.len().cast(pl.Int64).alias("visits"),
            pl.col("confirmed").is_not_null().sum().cast(pl.Int64).alias("judged"),
            pl.col("confirmed").fill_null(value=False).sum().cast(pl.Int64).alias("right"),
        )
        .sort("score", descending=True)
        .with_columns(pl.col("visits", "judged", "right").cum_sum())
    )
    cuts = visits.select("score", "visits", "judged", "right").iter_rows()
    rows = [_row(score, many, judged, right, cost, least) for score, many, judged, right in cuts]
    return pl.DataFrame(rows, schema=CURVE_SCHEMA)


def thinned(table: pl.DataFrame, step: int) -> pl.DataFrame:
    """The cuts of a curve at least `step` visits apart, and the last: a picture needs no more, nor may some read more.

    A last cut too near to the one before takes its place.
    """
    kept: list[int] = []
    before = 0
    for place, visits in enumerate(table["visits"]):
        if visits - before >= step:
            kept.append(place)
            before = visits
    if kept and kept[-1] != table.height - 1:
        kept[-1] = table.height - 1
    return table[kept]


def budgeted(table: pl.DataFrame, visits: int) -> dict[str, Any] | None:
    """The last cut that a budget of visits reaches whole; None where even the first is more."""
    within = table.filter(pl.col("visits") <= visits)
    return within.row(-1, named=True) if within.height else None


def _row(score: float, visits: int, judged: int, right: int, cost: float, least: int) -> dict[str, Any]:
    told = {"cut": score, "visits": visits, "judged": judged, "cost": visits * cost}
    if judged < visits and judged < max(least, 1):
        return told
    left = visits - judged
    low, high = (float(bound) for bound in wilson(right, judged)) if left else (0.0, 0.0)
    expected = right + left * right / judged
    least_right, most_right = right + left * low, right + left * high
    return told | {
        "confirmed": expected,
        "confirmed_low": least_right,
        "confirmed_high": most_right,
        "innocent": visits - expected,
        "innocent_low": visits - most_right,
        "innocent_high": visits - least_right,
        "cost_each": visits * cost / expected if expected else None,
    }
