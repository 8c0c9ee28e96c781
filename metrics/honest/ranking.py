"""Which areas truly stand out among so many, and may they be put in an order at all?

Of a hundred areas that are all alike, five lie outside limits of 95 %. Benjamini and Hochberg (Journal of the Royal
Statistical Society B 57 (1995) 289–300) keep the expected share of false discoveries among the areas named below a
level. And an order of areas whose intervals overlap is an order of luck: Goldstein and Spiegelhalter (JRSS A 159 (1996)
385–443) show how wide the ranks themselves are. Two 95 % intervals that do not overlap differ at well under 5 %, so the
ranges of ranks here are cautious: wider, never narrower than a test of each pair would give.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl
import scipy
from numpy.typing import NDArray

from casework.card import Better
from casework.statistics import false_discovery
from metrics.honest.funnel import Funnel

Floats = NDArray[np.float64]
AreaReason = Literal["unknown", "too_few"]
Reason = Literal["no_direction", "too_few_areas", "overlap"]

FALSE_SHARE: Final = 0.05  # of the areas named, so many may be expected to be named by chance
MOST: Final = 0.5  # "most pairs": more than half of them


@dataclass(frozen=True, slots=True)
class Ranking:
    """May these areas be ranked (不宜排名)?

    `reason`: why not; None when they may. "no_direction": neither way is better; "too_few_areas": fewer than two have
    enough cases; "overlap": more than half of the pairs have overlapping intervals. `overlapping`: that share, 0–1;
    None without a pair. `frame`: the areas' own rows and columns, with `reason` ("unknown", "too_few" or null),
    `best_rank` and `worst_rank`, 1 being best; null for an area with a reason, and for all without a direction.
    """

    reason: Reason | None
    overlapping: float | None
    frame: pl.DataFrame


def discoveries(found: Funnel, level: float = FALSE_SHARE) -> pl.DataFrame:
    """Which areas differ from the centre, when so many were looked at?

    The funnel's frame with `p` (two-sided, beyond chance and the usual spread between areas), `q` (the smallest level
    at which the area would be named, Benjamini and Hochberg) and `named`; null where unknown.
    """
    z = found.frame["adjusted_z"].fill_null(np.nan).to_numpy()
    chance = found.frame["chance"].fill_null(np.nan).to_numpy()
    p = np.minimum(np.maximum(2 * scipy.stats.norm.sf(np.abs(z)), 2 * chance), 1)
    q = false_discovery(p)
    columns = (pl.Series("p", p).fill_nan(None), pl.Series("q", q).fill_nan(None))
    return found.frame.with_columns(*columns).with_columns(named=pl.col("q") <= level)


def ranking(areas: pl.DataFrame, minimum: int, better: Better) -> Ranking:
    """Between which ranks does each area lie, and do the ranks mean anything?

    `areas`: `value`, `low`, `high` and `whole` (null: unknown or hidden), one row an area; `minimum`: the card's least
    whole. An area is surely better than another where its interval lies wholly on the better side. Its best rank is one
    after all that are surely better, its worst one before all that are surely worse. A bound that so few cases could
    not give lies infinitely far away.
    """
    value, whole = pl.col("value"), pl.col("whole")
    reasons = areas.with_columns(
        reason=pl.when(value.is_null() | whole.is_null())
        .then(pl.lit("unknown"))
        .when(whole < minimum)
        .then(pl.lit("too_few"))
    )
    if better == "neither":
        return Ranking("no_direction", None, _with_ranks(reasons, None, None))
    fit = reasons.select(pl.col("reason").is_null()).to_series().to_numpy()
    low = reasons["low"].cast(pl.Float64).fill_null(-np.inf).to_numpy()[fit]
    high = reasons["high"].cast(pl.Float64).fill_null(np.inf).to_numpy()[fit]
    count = len(low)
    above = count - np.searchsorted(np.sort(low), high, side="right")  # wholly above each
    below = np.searchsorted(np.sort(high), low, side="left")  # wholly below each
    surely_better, surely_worse = (above, below) if better == "higher" else (below, above)
    best, worst = np.full(len(areas), np.nan), np.full(len(areas), np.nan)
    best[fit], worst[fit] = surely_better + 1, count - surely_worse
    frame = _with_ranks(reasons, best, worst)
    pairs = count * (count - 1) / 2
    if not pairs:
        return Ranking("too_few_areas", None, frame)
    overlapping = 1 - float(above.sum()) / pairs
    return Ranking("overlap" if overlapping > MOST else None, overlapping, frame)


def _with_ranks(areas: pl.DataFrame, best: Floats | None, worst: Floats | None) -> pl.DataFrame:
    ranks = {"best_rank": best, "worst_rank": worst}
    return areas.with_columns(
        pl.lit(None, dtype=pl.Int64).alias(name)
        if rank is None
        else pl.Series(name, rank).fill_nan(None).cast(pl.Int64)
        for name, rank in ranks.items()
    )
