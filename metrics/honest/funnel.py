"""Which areas differ from the rest by more than chance, and more than areas differ anyway?

Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005) 1185–1202; the
transformations and the additive over-dispersion as in the R package FunnelPlotR (nhs-r-community). On the scale where
the variance no longer depends on the value, the arcsine of the square root of a share or the square root of a rate, an
area of whole n has the standard error 1/(2√n). That is rough where nobody or everybody is counted: an area is outside
only where the exact binomial or Poisson chance says so too. Large areas make even trifles significant; so the spread
between areas, tau², is estimated as DerSimonian and Laird do, from z-scores whose outer tenths are winsorised, and
added.

A funnel is no league table: it says which areas ask for a look, and says nothing about the order of the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl
import scipy  # its parts load when first used
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FunnelKind = Literal["share", "rate"]
Verdict = Literal["inside", "above95", "below95", "above998", "below998", "unknown"]

LIMITS: Final = {"95": 1.959963984540054, "998": 3.090232306167813}  # two-sided standard normal quantiles
BOUNDS: Final = [f"{side}{level}" for level in LIMITS for side in ("low", "high")]
NUMBERS: Final = ["value", "z", "adjusted_z", *BOUNDS, "chance"]
TAIL: Final = 0.1  # winsorised at each end, as in the paper
LEAST_AREAS: Final = 10  # with fewer, a tenth at each end is not one area: one odd place would widen its own limits


@dataclass(frozen=True, slots=True)
class Funnel:
    """The funnel of one number over areas.

    `frame`: the areas' own rows and columns in their own order, with `value`, `z` (by chance alone), `adjusted_z` (by
    chance and the spread between areas), `low95`, `high95`, `low998`, `high998`, `chance` (exact, one-sided, of so far
    a count by chance alone) and `verdict`. `centre` and limits are
    in the unit of the value (a share 0–1, a rate by `per`); `tau2` is a variance on the transformed scale. `phi` and
    `tau2` are None where too few areas tell them; the limits are then those of chance alone.
    """

    kind: FunnelKind
    per: int
    centre: float | None
    phi: float | None
    tau2: float | None
    frame: pl.DataFrame


def funnel(areas: pl.DataFrame, kind: FunnelKind, per: int = 1, centre: float | None = None) -> Funnel:
    """Where does each area lie between the limits of 95 % and 99.8 %?

    `areas`: one row an area with `part` and `whole` (counts; null where unknown or hidden), and `repeats` where the
    same people were counted in so many months: the limits are then those of the average month. `centre`: the value to
    compare with, in the unit of the value; without it, all areas taken together. An area without a whole or a part is
    "unknown" and shapes no limit. Over-dispersion is estimated from LEAST_AREAS areas on. ValueError: a share of which
    the part exceeds the whole, or a negative count.
    """
    part, whole = _counts(areas, kind)
    known = ~np.isnan(part)
    if centre is None:
        middle = float(part[known].sum() / whole[known].sum()) if known.any() else None
    else:
        middle = centre / per
    if middle is None:
        return Funnel(kind, per, None, None, None, _judged(areas, np.full((len(areas), len(NUMBERS)), np.nan)))
    error = 1 / (2 * np.sqrt(whole))
    value = part / whole
    away = _transformed(value, kind) - _transformed(np.float64(middle), kind)
    phi, tau2 = _dispersion((away / error)[known], error[known])
    spread = np.sqrt(error**2 + (tau2 or 0.0))
    limits = _limits(middle, spread, kind) * per
    chance = _by_chance(part, whole, middle, kind)
    numbers = np.column_stack([value * per, away / error, away / spread, limits, chance])
    return Funnel(kind, per, middle * per, phi, tau2, _judged(areas, numbers))


def curve(found: Funnel, wholes: Sequence[float]) -> pl.DataFrame:
    """Through which points are the limits drawn? `whole`, `centre`, `low95`, `high95`, `low998`, `high998`.

    A row for each of `wholes`, which are above 0; no rows where the funnel has no centre.
    """
    names = ["whole", "centre", *BOUNDS]
    if found.centre is None:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.Float64))
    n = np.asarray(wholes, dtype=np.float64)
    spread = np.sqrt(1 / (4 * n) + (found.tau2 or 0.0))
    limits = _limits(found.centre / found.per, spread, found.kind) * found.per
    return pl.DataFrame(np.column_stack([n, np.full_like(n, found.centre), limits]), schema=names)


def _counts(areas: pl.DataFrame, kind: FunnelKind) -> tuple[Floats, Floats]:
    """Part and whole of the average month; NaN where either is unknown or there is no whole."""
    part, whole = (areas[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in ("part", "whole"))
    if (part < 0).any() or (whole < 0).any():
        raise ValueError("a funnel is of counts: none is below 0")
    if kind == "share" and (part > whole).any():
        raise ValueError("a share's part is among its whole: none exceeds it")
    repeats = areas["repeats"].to_numpy() if "repeats" in areas.columns else 1
    unknown = np.isnan(part) | np.isnan(whole) | (whole == 0)
    return np.where(unknown, np.nan, part / repeats), np.where(unknown, np.nan, whole / repeats)


def _transformed(value: Floats | np.float64, kind: FunnelKind) -> Floats:
    root = np.sqrt(value)
    return np.arcsin(root) if kind == "share" else np.asarray(root)


def _by_chance(part: Floats, whole: Floats, middle: float, kind: FunnelKind) -> Floats:
    """How likely is so far a count, on its side, by the exact distribution?

    On the transformed scale nobody of few looks far away, and all of few too, though chance alone does it often.
    """
    whole, part = np.round(whole), np.round(part)  # an average month has no whole number of cases
    with np.errstate(invalid="ignore"):
        if kind == "share":
            low = scipy.stats.binom.cdf(part, whole, middle)
            high = scipy.stats.binom.sf(part - 1, whole, middle)
        else:
            low = scipy.stats.poisson.cdf(part, whole * middle)
            high = scipy.stats.poisson.sf(part - 1, whole * middle)
    return np.where(np.isnan(part), np.nan, np.minimum(low, high))


def _dispersion(z: Floats, error: Floats) -> tuple[float | None, float | None]:
    """Phi, the mean of the winsorised z², and tau², the variance between areas beyond chance."""
    n = len(z)
    if n < LEAST_AREAS:
        return None, None
    winsorised = np.clip(z, *np.quantile(z, [TAIL, 1 - TAIL]))
    phi = float(np.mean(winsorised**2))
    weight = 1 / error**2
    tau2 = (n * phi - (n - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    return phi, max(0.0, float(tau2))


def _limits(middle: float, spread: Floats, kind: FunnelKind) -> Floats:
    """The BOUNDS, one column each, as shares or as rates by one."""
    centre = _transformed(np.float64(middle), kind)
    columns = []
    for z in LIMITS.values():
        low = np.maximum(centre - z * spread, 0)
        high = centre + z * spread
        if kind == "share":
            columns += [np.sin(low) ** 2, np.sin(np.minimum(high, np.pi / 2)) ** 2]
        else:
            columns += [low**2, high**2]
    return np.column_stack(columns)


def _judged(areas: pl.DataFrame, numbers: Floats) -> pl.DataFrame:
    added = pl.DataFrame(numbers, schema=dict.fromkeys(NUMBERS, pl.Float64)).fill_nan(None)
    value, chance = pl.col("value"), pl.col("chance")
    rarely, hardly_ever = (chance < float(scipy.stats.norm.sf(z)) for z in LIMITS.values())
    verdict = (
        pl.when(value.is_null())
        .then(pl.lit("unknown"))
        .when((value > pl.col("high998")) & hardly_ever)
        .then(pl.lit("above998"))
        .when((value < pl.col("low998")) & hardly_ever)
        .then(pl.lit("below998"))
        .when((value > pl.col("high95")) & rarely)
        .then(pl.lit("above95"))
        .when((value < pl.col("low95")) & rarely)
        .then(pl.lit("below95"))
        .otherwise(pl.lit("inside"))
    )
    return areas.with_columns(*added).with_columns(verdict=verdict)
