"""If visits went down to this score and no further, what would they find, whom would they trouble, at what cost?

Everything is counted by visit: the leads of one household are one. A visit stands where its highest lead does; equal
scores are one cut, for no order among them is made up. Shown before any work begins (safeguards, idea 8; R23).

Of what the leads below the cut would have found nothing is said here: that is recall, and needs a truth.

With a planted truth it is known what every visit finds. Without one only leads that somebody looked into tell anything:
those alike in score. The visits of the scheme are parted into five bands of its own scores; the share confirmed among
the judged of a band, with Wilson's interval, holds for those of the band not yet judged (what was judged is counted as
it was), and never for another band: that high scores prove right says nothing of low ones. A cut is the sum of its
bands, their intervals put together as independent ones are (Zou and Donner, Statistics in Medicine 27 (2008)
1693–1702); where one of them is unknown, so is the cut. A band with fewer judged than `least` is unknown, never 0.

The judged are those that a detector and a reader picked, so this tells what further visits of the kind are likely to
find, never how common anything is (R13), and no score is a probability (R14).
"""

import math
from typing import Any, Final

import polars as pl

from casework.statistics import wilson

BANDS: Final = 5  # of the scores: each about a fifth of the visits, equal scores always in one
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
    judged visits of a band before anything is expected of its others.
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
    )
    middle = pl.col("visits").cum_sum() - pl.col("visits") / 2  # of the visits of one score
    banded = visits.with_columns((middle * BANDS / pl.col("visits").sum()).floor().alias("band"))
    parts = banded.select(
        "score",
        "band",
        *(pl.col(name).cum_sum().over("band") for name in ("visits", "judged", "right")),
        *(pl.col(name).sum().over("band").alias(f"band_{name}") for name in ("judged", "right")),
    )
    reached: dict[float, dict[str, Any]] = {}  # of each band so much as lies at or above the cut
    rows = []
    for part in parts.iter_rows(named=True):
        reached[part["band"]] = part
        rows.append(_row(part["score"], [*reached.values()], cost, max(least, 1)))
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


def _row(score: float, bands: list[dict[str, Any]], cost: float, least: int) -> dict[str, Any]:
    visits, judged, right = (sum(band[name] for band in bands) for name in ("visits", "judged", "right"))
    told = {"cut": score, "visits": visits, "judged": judged, "cost": visits * cost}
    open_ones = [band for band in bands if band["judged"] < band["visits"]]
    if any(band["band_judged"] < least for band in open_ones):
        return told
    each = [_further(band) for band in open_ones]
    expected = right + sum(of for of, _, _ in each)
    least_right = expected - math.hypot(*(of - low for of, low, _ in each))
    most_right = expected + math.hypot(*(high - of for of, _, high in each))
    return told | {
        "confirmed": expected,
        "confirmed_low": least_right,
        "confirmed_high": most_right,
        "innocent": visits - expected,
        "innocent_low": visits - most_right,
        "innocent_high": visits - least_right,
        "cost_each": visits * cost / expected if expected else None,
    }


def _further(band: dict[str, Any]) -> tuple[float, float, float]:
    """What the visits of a band not yet judged are expected to find, at the least and at the most."""
    left = band["visits"] - band["judged"]
    low, high = (float(bound) for bound in wilson(band["band_right"], band["band_judged"]))
    return left * band["band_right"] / band["band_judged"], left * low, left * high
