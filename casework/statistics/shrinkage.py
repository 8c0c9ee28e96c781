"""What would an area's share or rate most likely be, were it counted for longer?

Of a few cases an extreme share is mostly luck. Empirical Bayes: all areas tell how far areas differ; each area's own
cases then pull its value from the common mean towards its own. Shares by the beta-binomial, rates by the gamma-Poisson
(negative binomial) model, both fitted by maximum likelihood (Efron and Hastie, "Computer Age Statistical Inference",
2016, chapter 6; Clayton and Kaldor, Biometrics 43 (1987) 671–681). The interval takes the fitted spread as known, so it
is too narrow when few areas tell it. Show the raw value beside; never shrink in the evidence of a case.

What is answered where nothing can be fitted:
- an area without a whole: unknown;
- fewer than LEAST_AREAS areas: raw values, the intervals of Wilson and Garwood, no prior;
- areas that differ by no more than chance, or not at all: the likelihood would have the prior outweigh any data; it may
  weigh no more than all the data together, so each area comes (nearly) to the common mean, and about as sure as
  everything together is;
- nobody, or everybody, in the part: the mean with half a case added to each side (Jeffreys), the prior as just said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
import scipy
from numpy.typing import ArrayLike, NDArray

from casework.statistics.intervals import poisson_interval, wilson

Floats = NDArray[np.float64]

LEAST_AREAS: Final = 3  # two areas always look alike or apart; neither tells a spread
FAINTEST: Final = 0.01  # a prior worth a hundredth of a case shrinks nothing that could be seen
STARTS: Final = 25  # strengths tried before the search, evenly on the logarithm


@dataclass(frozen=True, slots=True)
class Prior:
    """What all areas tell: their mean (a share, or a rate by one unit of exposure), and how many cases it weighs."""

    mean: float
    strength: float


@dataclass(frozen=True, slots=True)
class Shrunk:
    """`frame`: `raw`, `value`, `low`, `high`, a row an area as given. Without a `prior`, nothing was shrunk."""

    prior: Prior | None
    frame: pl.DataFrame


def shrunk_shares(part: ArrayLike, whole: ArrayLike, level: float = 0.95) -> Shrunk:
    """What share would each area most likely have? Counts; NaN is unknown.

    ValueError: a count that is no whole number or below 0, or a part above its whole.
    """
    k, n, known = _counted(part, whole)
    if (k[known] > n[known]).any():
        raise ValueError("a share's part is among its whole: none exceeds it")
    if known.sum() < LEAST_AREAS:
        return Shrunk(None, _frame(k / n, k / n, *wilson(k, n, level)))

    def fit(mean: float, strength: float) -> float:
        logs = scipy.stats.betabinom.logpmf(k[known], n[known], mean * strength, (1 - mean) * strength)
        return float(logs.sum())

    together, everyone = float(k[known].sum()), float(n[known].sum())
    if 0 < together < everyone:
        prior = _most_likely(fit, together / everyone, everyone, highest=1.0)
    else:
        prior = Prior((together + 0.5) / (everyone + 1), everyone)
    alpha, beta = prior.mean * prior.strength + k, (1 - prior.mean) * prior.strength + n - k
    low, high = (scipy.stats.beta.ppf(tail, alpha, beta) for tail in _tails(level))
    return Shrunk(prior, _frame(k / n, alpha / (alpha + beta), low, high))


def shrunk_rates(part: ArrayLike, whole: ArrayLike, per: int = 1, level: float = 0.95) -> Shrunk:
    """What rate by so many would each area most likely have? `part` counts; `whole` any exposure; NaN is unknown.

    The frame's rates are by `per`, the prior's mean by one. ValueError: a part that is no whole number or below 0.
    """
    k, e, known = _counted(part, whole)
    if known.sum() < LEAST_AREAS:
        low, high = poisson_interval(k, e, level)
        return Shrunk(None, _frame(*(column * per for column in (k / e, k / e, low, high))))

    def fit(mean: float, strength: float) -> float:
        logs = scipy.stats.nbinom.logpmf(k[known], mean * strength, strength / (strength + e[known]))
        return float(logs.sum())

    together, everyone = float(k[known].sum()), float(e[known].sum())
    if together > 0:
        prior = _most_likely(fit, together / everyone, everyone, highest=np.inf)
    else:
        prior = Prior((together + 0.5) / everyone, everyone)
    shape, rate = prior.mean * prior.strength + k, prior.strength + e
    low, high = (scipy.stats.gamma.ppf(tail, shape, scale=1 / rate) for tail in _tails(level))
    return Shrunk(prior, _frame(*(column * per for column in (k / e, shape / rate, low, high))))


def _counted(part: ArrayLike, whole: ArrayLike) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    k, n = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    known = ~np.isnan(k) & (n > 0)
    k, n = np.where(known, k, np.nan), np.where(known, n, np.nan)
    if (k < 0).any() or (k[known] % 1 != 0).any():
        raise ValueError("shrinkage is of counts: whole numbers, none below 0")
    return k, n, known


def _most_likely(fit: Callable[[float, float], float], mean: float, most: float, *, highest: float) -> Prior:
    """The prior under which the counts are likeliest: the best of a fixed ladder of strengths, then downhill from it.

    Searched by mean relative to the common one and by strength, both on the logarithm; without derivatives, which
    rounding spoils where the likelihood is flat. Nothing is drawn: the same counts give the same prior.
    """

    def unlikely(at: Floats) -> float:
        found = fit(mean * np.exp(at[0]), np.exp(at[1]))
        return -found if np.isfinite(found) else np.inf

    faintest, heaviest = np.log(FAINTEST), np.log(max(most, 2 * FAINTEST))
    ladder = np.linspace(faintest, heaviest, STARTS)
    start = min(ladder, key=lambda strength: unlikely(np.array([0.0, strength])))
    upward = min(np.log(highest / mean) * (1 - 1e-9), np.log(1e6))
    found = scipy.optimize.minimize(
        unlikely,
        np.array([0.0, start]),
        method="Nelder-Mead",
        bounds=[(-np.log(1e6), upward), (faintest, heaviest)],
        options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 2000, "initial_simplex": _simplex(start, upward, heaviest)},
    )
    return Prior(mean * float(np.exp(found.x[0])), float(np.exp(found.x[1])))


def _simplex(start: float, upward: float, heaviest: float) -> Floats:
    """Three points about the start, within bounds: the mean a little up, the strength one rung down."""
    rung = (heaviest - np.log(FAINTEST)) / STARTS
    down = start - rung if start > np.log(FAINTEST) + rung else start + rung
    return np.array([[0.0, start], [min(0.1, upward / 2), start], [0.0, down]])


def _tails(level: float) -> tuple[float, float]:
    return (1 - level) / 2, (1 + level) / 2


def _frame(*columns: Floats) -> pl.DataFrame:
    return pl.DataFrame(dict(zip(("raw", "value", "low", "high"), columns, strict=True))).fill_nan(None)
