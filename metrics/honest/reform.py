"""Did the reform change anything, or did everybody change?

Difference in differences: the change where the reform came, less the change in the same months where it did not. It
answers only if both groups would otherwise have moved alike; `pre_trend` says whether they did before, and its figure
belongs beside the effect. Even then other things may have changed in the same month: an effect is a question to ask of
the county, not a proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from casework.statistics import wilson

Floats = NDArray[np.float64]
Reason = Literal["too_few", "nothing_before", "too_few_months"]
Share = tuple[int, int]  # part, whole

MINIMUM: Final = 30  # cases in each of the four groups; as the cards' least whole
LEAST_MONTHS: Final = 4  # a slope and its error from three months is a guess
SIGNS: Final = np.array([1, -1, -1, 1])  # after, before, other after, other before
ROUNDING: Final = 1e-12  # a slope below this is none


@dataclass(frozen=True, slots=True)
class Effect:
    """How far the reformed moved beyond the others, in the unit of the value; None, with the `reason`, is unknown.

    `change`: after less before where the reform came; `other_change`: where it did not.
    """

    value: float | None
    low: float | None
    high: float | None
    change: float | None
    other_change: float | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Shortened:
    """`value`: (median before − median after) / median before, the share saved, 0–1; below 0: longer than before."""

    value: float | None
    before: float | None
    after: float | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class PreTrend:
    """How much faster a month the reformed rose than the others, before the reform; `warns` where it surely did.

    No warning is no proof: few months hide much.
    """

    value: float | None
    low: float | None
    high: float | None
    warns: bool
    reason: Reason | None


def share_effect(
    before: Share, after: Share, other_before: Share, other_after: Share, minimum: int = MINIMUM, level: float = 0.95
) -> Effect:
    """By how much did a share change beyond its change elsewhere?

    The interval combines Wilson's of the four shares (Newcombe, Statistics in Medicine 17 (1998) 873–890; Zou and
    Donner, 27 (2008) 1693–1702): unlike the normal one it has a width where a share is 0 or 1. It treats cases as
    independent of one another.
    """
    groups = (after, before, other_after, other_before)
    if min(whole for _, whole in groups) < max(minimum, 1):
        return Effect(None, None, None, None, None, "too_few")
    parts, wholes = np.array(groups, dtype=np.float64).T
    if (parts > wholes).any() or (parts < 0).any():
        raise ValueError("a share's part is among its whole: none exceeds it, none is below 0")
    share = parts / wholes
    lows, highs = wilson(parts, wholes, level)
    down, up = share - lows, highs - share
    # what is subtracted is low in total when it is high itself
    value = float(SIGNS @ share)
    low = value - float(np.sqrt((np.where(SIGNS > 0, down, up) ** 2).sum()))
    high = value + float(np.sqrt((np.where(SIGNS > 0, up, down) ** 2).sum()))
    return Effect(value, low, high, float(share[0] - share[1]), float(share[2] - share[3]), None)


def days_effect(
    before: ArrayLike,
    after: ArrayLike,
    other_before: ArrayLike,
    other_after: ArrayLike,
    minimum: int = MINIMUM,
    level: float = 0.95,
) -> Effect:
    """By how many days did the mean time to a decision change beyond its change elsewhere?

    Means, because differences of means add up and those of medians do not; their interval is Welch's for four groups of
    unequal spread (Biometrika 34 (1947) 28–35). Durations of decided cases: count the open ones with
    `metrics.honest.survival` before believing a fall.
    """
    groups = [np.asarray(days, dtype=np.float64) for days in (after, before, other_after, other_before)]
    if min(map(len, groups)) < max(minimum, 2):
        return Effect(None, None, None, None, None, "too_few")
    means = np.array([group.mean() for group in groups])
    variances = np.array([group.var(ddof=1) / len(group) for group in groups])
    value, variance = float(SIGNS @ means), float(variances.sum())
    half = 0.0
    if variance > 0:
        freedom = variance**2 / sum(v**2 / (len(group) - 1) for v, group in zip(variances, groups, strict=True))
        half = float(scipy.stats.t.ppf((1 + level) / 2, freedom)) * variance**0.5
    changes = float(means[0] - means[1]), float(means[2] - means[3])
    return Effect(value, value - half, value + half, *changes, None)


def shortened(before: ArrayLike, after: ArrayLike, minimum: int = MINIMUM) -> Shortened:
    """By what share did the median time become shorter? As "由37天压缩至7天" is told: without a comparison group."""
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if min(len(first), len(second)) < max(minimum, 1):
        return Shortened(None, None, None, "too_few")
    was, became = float(np.median(first)), float(np.median(second))
    if was == 0:
        return Shortened(None, was, became, "nothing_before")
    return Shortened((was - became) / was, was, became, None)


def pre_trend(values: Sequence[float | None], other_values: Sequence[float | None], level: float = 0.95) -> PreTrend:
    """Were the groups drifting apart already before the reform?

    `values`, `other_values`: of the same months before it, in order; None is a month without a value, left out of both.
    The slope of the monthly differences by least squares, with Student's interval. ValueError: unequal lengths.
    """
    if len(values) != len(other_values):
        raise ValueError(f"{len(values)} months of the one group but {len(other_values)} of the other")
    pairs = [(a, b) for a, b in zip(values, other_values, strict=True)]
    months = np.array(
        [month for month, (a, b) in enumerate(pairs) if a is not None and b is not None], dtype=np.float64
    )
    if len(months) < LEAST_MONTHS:
        return PreTrend(None, None, None, warns=False, reason="too_few_months")
    apart = np.array([a - b for a, b in pairs if a is not None and b is not None])
    found = scipy.stats.linregress(months, apart)
    half = float(scipy.stats.t.ppf((1 + level) / 2, len(months) - 2) * found.stderr)
    slope = float(found.slope)
    return PreTrend(slope, slope - half, slope + half, warns=abs(slope) > half + ROUNDING, reason=None)
