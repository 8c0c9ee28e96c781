"""How likely is so low or so high a count, given what the peers of an area show and how far peers differ anyway?

Areas differ by more than chance: a binomial limit names every large one. So each area is taken to have a share of its
own, beta-distributed about the common one (the beta-binomial model). Nobody knows that common share or how far areas
differ; instead of the one likeliest pair, every pair counts by how well it fits the peers, and the chance of the area's
own count is their average (the predictive distribution; Gelman et al., "Bayesian Data Analysis", 3rd ed. 2013, §5.3,
§6.3). The area itself is never among its peers. Before any count, all standard deviations between areas are held
equally likely, up to one under which twenty times as many is not rare; that is sound from about five areas on, and
cautious with few (Gelman, Bayesian Analysis 1 (2006) 515–533). There is no plain binomial to fall back to: it would
accuse most where it knows least.

One place where something odd went on would make every other look ordinary. So who lies beyond the 99.8 % limits of its
own peers is no peer of the others, as such points are left out when the limits of a control chart are drawn.

Where areas are expected to differ (by the size of their households, …), `base` is the share that the known difference
predicts for each; the common shift on the logarithm of the odds is then what is unknown.
"""

from typing import Final

import numpy as np
import polars as pl
import scipy
from numpy.typing import ArrayLike, NDArray

from casework.statistics.intervals import Floats

LEAST_PEERS: Final = 5  # with fewer nobody can tell how far areas differ
SHIFTS: Final = np.linspace(-3.0, 3.0, 101)  # of the logarithm of the odds, about the common share
SPREADS: Final = np.linspace(0.02, 2.0, 23)  # standard deviation between areas, of the logarithm of the odds
MOST: Final = 0.8  # of a case's variance between areas: beyond, an area has all or nothing
FAINT: Final = -20.0  # the logarithm of a weight, by the heaviest, below which a pair changes no figure
ODD: Final = 0.001  # chance below which (on its side) an area is no measure for the others
Flags = NDArray[np.bool_]
SCHEMA: Final = pl.Schema(
    {
        "odd": pl.Boolean(),  # beyond the limits of its own peers: no peer of the others
        "peers": pl.Int64(),
        "share": pl.Float64(),  # of all peers together
        "expected": pl.Float64(),  # the count that the peers predict
        "low": pl.Float64(),  # between which counts it would lie with the certainty `level`
        "high": pl.Float64(),
        "few": pl.Float64(),  # chance of so few or fewer
        "many": pl.Float64(),  # chance of so many or more
        "few_mid": pl.Float64(),  # the same, half of what was seen itself counted (mid-p)
        "many_mid": pl.Float64(),
    }
)
NOTHING: Final[list[float | None]] = [None] * (len(SCHEMA) - 2)


def against_peers(
    part: ArrayLike,
    whole: ArrayLike,
    peers: ArrayLike,
    base: ArrayLike | None = None,
    asked: ArrayLike | None = None,
    level: float = 0.95,
) -> pl.DataFrame:
    """Compare each area with its peers: rows of SCHEMA in the order given.

    `part` of `whole`: counts. `peers`: for each area a row that says of every area whether it is a peer; an area
    without a whole is nobody's. `base`: shares within 0 and 1; without, the common one of all. `asked`: who needs an
    answer; without, all. Where nobody asked, or there are fewer than LEAST_PEERS peers, or no whole, everything but
    `odd` and `peers` is null. ValueError: counts that do not fit, an area that is its own peer.
    """
    k, n = np.asarray(part, dtype=np.int64), np.asarray(whole, dtype=np.int64)
    beside = np.asarray(peers, dtype=np.bool_).reshape(len(n), len(n)) & (n > 0)
    if ((k < 0) | (k > n)).any() or beside.diagonal().any():
        raise ValueError("a part is among its whole, and no area is its own peer")
    wanted = np.ones(len(n), dtype=np.bool_) if asked is None else np.asarray(asked, dtype=np.bool_)
    if not wanted.any():
        return pl.DataFrame([[False, 0, *NOTHING]] * len(n), SCHEMA, orient="row")
    common = float((k.sum() + 0.5) / (n.sum() + 1))
    shares = np.full(len(n), common) if base is None else np.asarray(base, dtype=np.float64)
    mean, strength = _grid(shares, common)  # areas by pairs; pairs
    of = np.asarray(beside[wanted].any(axis=0), dtype=np.bool_)  # who is nobody's peer need not be fitted
    fits = np.zeros(mean.shape)
    fits[of] = _fits(k[of], n[of], mean[of] * strength, (1 - mean[of]) * strength)

    def compared(areas: Flags, others: Flags, odd: Flags) -> pl.DataFrame:
        counts = others.sum(axis=1)
        told = areas & (counts >= LEAST_PEERS) & (n > 0)
        rows = [
            [
                float(k[others[at]].sum() / n[others[at]].sum()),
                *_predicted(int(k[at]), int(n[at]), mean[at], strength, _weights(fits[others[at]]), level),
            ]
            if told[at]
            else NOTHING
            for at in range(len(n))
        ]
        whole_rows = [[bool(odd[at]), int(counts[at]), *rows[at]] for at in range(len(n))]
        return pl.DataFrame(whole_rows, SCHEMA, orient="row")

    first = compared(of, beside, np.zeros_like(of)).select(pl.min_horizontal("few_mid", "many_mid") < ODD).to_series()
    odd = first.fill_null(value=False).to_numpy()
    return compared(wanted, beside & ~odd, odd)


def chances(whole: int, mean: Floats, strength: Floats, logs: Floats) -> Floats:
    """The chance of each count 0 … `whole` where these beta-binomials hold with these weights (on the logarithm).

    From each count to the next by the ratio of their chances, so that large wholes stay cheap.
    """
    alpha, beta = (mean * strength)[:, None], ((1 - mean) * strength)[:, None]
    none = scipy.special.betaln(alpha, beta + whole) - scipy.special.betaln(alpha, beta)
    at = np.arange(whole)
    steps = np.log((whole - at) * (alpha + at)) - np.log((at + 1) * (beta + whole - 1 - at))
    each = np.hstack([none, none + np.cumsum(steps, axis=1)]) + logs[:, None]
    found = np.exp(each).sum(axis=0)
    return np.asarray(found / found.sum(), dtype=np.float64)


def _grid(shares: Floats, common: float) -> tuple[Floats, Floats]:
    """Every pair of shift and spread: the mean of each area (areas by pairs), and the strength (pairs).

    A spread of the logarithm of the odds is one of the share times its variance of one case.
    """
    shift, spread = (side.ravel() for side in np.meshgrid(SHIFTS, SPREADS))
    mean = scipy.special.expit(scipy.special.logit(np.clip(shares, 1e-6, 1 - 1e-6))[:, None] + shift)
    alike = np.minimum(spread**2 * common * (1 - common), MOST)  # of a case's variance so much lies between areas
    return np.asarray(mean, dtype=np.float64), np.asarray(1 / alike - 1, dtype=np.float64)


def _fits(part: NDArray[np.int64], whole: NDArray[np.int64], alpha: Floats, beta: Floats) -> Floats:
    """How likely each pair makes each area's count, on the logarithm, but for what is the same for all pairs."""
    k, n = part[:, None], whole[:, None]
    found = scipy.special.betaln(alpha + k, beta + n - k) - scipy.special.betaln(alpha, beta)
    return np.asarray(found, dtype=np.float64)


def _weights(fits: Floats) -> Floats:
    """How well each pair fits these peers, on the logarithm."""
    together = np.sort(fits, axis=0).sum(axis=0)  # in one order, whatever that of the rows
    return np.asarray(together - scipy.special.logsumexp(together), dtype=np.float64)


def _predicted(part: int, whole: int, mean: Floats, strength: Floats, weights: Floats, level: float) -> list[float]:
    heavy = weights > weights.max() + FAINT
    chance = chances(whole, mean[heavy], strength[heavy], weights[heavy])
    until = np.cumsum(chance)
    tail = (1 - level) / 2
    low, high = (float(np.searchsorted(until, side)) for side in (tail, 1 - tail))
    own = float(chance[part])
    few, many = float(chance[: part + 1].sum()), float(chance[part:].sum())
    expected = float((chance * np.arange(whole + 1)).sum())
    return [expected, low, min(high, whole), few, many, few - own / 2, many - own / 2]
