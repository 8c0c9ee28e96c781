"""Has this number changed over the months, or does it only vary as it always did?

The XmR chart of NHS England's "Making Data Count", rule by rule as its reference code NHSRplotthedots
(nhs-r-community, R/ptd_spc_standard.R, R/ptd_calculate_point_type.R) has them: limits at the mean ± 2.66 mean moving
ranges, near limits at two thirds of that; moving ranges of 3.267 mean ones or more are left out of the second mean.
Special cause: a point outside the limits, seven rising or falling, seven on one side of the mean, two of three near
one limit.

Where we depart, because that code asks for a series without gaps: a month without a value is a gap. No moving range is
taken across it and no run passes it, since nobody knows what happened there. And where all moving ranges are 0 none is
left out: the limits are then the mean, where the reference code has none.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casework.card import Better

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Point = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neither_high",
    "special_cause_neither_low",
    "unknown",
]
Variation = Literal[
    "common_cause",
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neither_high",
    "neither_low",
    "unknown",
]
Assurance = Literal["always", "never", "hit_or_miss", "none"]

SCALE: Final = 2.66  # 3 / 1.128: three standard deviations, from the mean range of two neighbours
SCREEN: Final = 3.267  # beyond this a moving range is itself out of control
RUN: Final = 7
LEAST_POINTS: Final = 12  # "Making Data Count" calls limits of fewer points temporary

FRAME: Final = {
    "month_index": pl.Int32,
    "value": pl.Float64,
    "phase": pl.Int32,
    "mean": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "near_low": pl.Float64,
    "near_high": pl.Float64,
    "outside": pl.Boolean,
    "trend": pl.Boolean,
    "one_side": pl.Boolean,
    "near_limit": pl.Boolean,
    "point": pl.String,
}


@dataclass(frozen=True, slots=True)
class Phase:
    """The months between two rebasings, and the limits computed from them; None where they are unknown.

    `points`: months with a value. `provisional`: fewer than LEAST_POINTS of them, so the limits will still move.
    """

    first_month: int
    last_month: int
    points: int
    mean: float | None
    low: float | None
    high: float | None
    provisional: bool

    @property
    def near(self) -> tuple[float | None, float | None]:
        """Two thirds of the way from the mean to either limit."""
        if self.mean is None or self.low is None or self.high is None:
            return None, None
        return self.mean - (self.mean - self.low) * 2 / 3, self.mean + (self.high - self.mean) * 2 / 3


@dataclass(frozen=True, slots=True)
class Chart:
    """An XmR chart: `frame` has the columns of FRAME and a row for every month from the first to the last, gaps too.

    Limits are in the unit of the value and are not cut at 0 or 1. `variation` speaks of `last_month`, the last month
    with a value; `assurance` of the limits in force at the end.
    """

    frame: pl.DataFrame
    phases: tuple[Phase, ...]
    variation: Variation
    last_month: int | None
    assurance: Assurance


def chart(series: pl.DataFrame, better: Better, rebase: Sequence[int] = (), target: float | None = None) -> Chart:
    """Which months show a special cause, and is the target within reach of the process as it runs?

    `series`: `month_index` (year * 12 + month - 1, each at most once, any order) and `value` (null is a gap, as is a
    month left out). `rebase`: months from which limits are computed anew, such as the first month of a new policy.
    ValueError: a month twice.
    """
    months, values = _every_month(series)
    starts = np.isin(months, np.asarray(rebase, dtype=np.int64))
    group = np.cumsum(starts[1:], dtype=np.int64) if len(months) else starts
    group = np.concatenate([[0], group]) if len(months) else group.astype(np.int64)
    phases, frames = [], []
    for number in np.unique(group):
        inside = group == number
        phase = _phase(months[inside], values[inside])
        phases.append(phase)
        frames.append(_points(phase, int(number), months[inside], values[inside], better))
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=FRAME)
    known = frame.filter(pl.col("value").is_not_null())
    return Chart(
        frame,
        tuple(phases),
        _variation(known, better),
        None if known.is_empty() else int(known["month_index"][-1]),
        _assurance(phases[-1], better, target) if phases else "none",
    )


def _every_month(series: pl.DataFrame) -> tuple[NDArray[np.int64], Floats]:
    if series["month_index"].is_duplicated().any():
        raise ValueError("a control chart has one value a month: a month stands here twice")
    if series.is_empty():
        return np.empty(0, dtype=np.int64), np.empty(0)
    given = series["month_index"].to_numpy().astype(np.int64)
    months = np.arange(given.min(), given.max() + 1)
    values = np.full(len(months), np.nan)
    values[given - given.min()] = series["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    return months, values


def _phase(months: NDArray[np.int64], values: Floats) -> Phase:
    first, last = int(months[0]), int(months[-1])
    known = values[~np.isnan(values)]
    provisional = len(known) < LEAST_POINTS
    if not len(known):
        return Phase(first, last, 0, None, None, None, provisional)
    mean = statistics.mean(known.tolist())  # exact: a number that never moves lies on its mean, not beside it
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]  # a range with a gap on either side is none
    if not len(ranges):
        return Phase(first, last, len(known), mean, None, None, provisional)
    usual = ranges[ranges < SCREEN * ranges.mean()]
    half = SCALE * float(usual.mean()) if len(usual) else 0.0
    return Phase(first, last, len(known), mean, mean - half, mean + half, provisional)


def _points(phase: Phase, number: int, months: NDArray[np.int64], values: Floats, better: Better) -> pl.DataFrame:
    count = len(months)
    outside, trend, one_side, near_limit = (np.zeros(count, dtype=np.bool_) for _ in range(4))
    if phase.mean is None or phase.low is None or phase.high is None:
        side, points = np.zeros(count), ["unknown"] * count
    else:
        side = np.sign(values - phase.mean)
        outside = (values > phase.high) | (values < phase.low)
        close = ~outside & (np.abs(values - phase.mean) > (phase.high - phase.mean) * 2 / 3)
        trend = _in_seven(np.sign(np.diff(values)), RUN - 1, RUN)
        one_side = _in_seven(side, RUN, RUN)
        near_limit = close & _two_of_three(close, side)
        special = outside | trend | one_side | near_limit
        points = [
            _point(bool(flag), float(where), better) if not np.isnan(where) else "unknown"
            for flag, where in zip(special, side, strict=True)
        ]
    limits = (phase.mean, phase.low, phase.high, *phase.near)
    columns = [months, values, [number] * count, *([limit] * count for limit in limits)]
    columns += [outside, trend, one_side, near_limit, points]
    data = dict(zip(FRAME, columns, strict=True))
    return pl.DataFrame(data, schema=FRAME).with_columns(pl.col("value").fill_nan(None))


def _in_seven(signs: Floats, length: int, covers: int) -> Flags:
    """Which points belong to so many equal signs in a row, none of them 0 or unknown?

    The steps between seven points are six: a run of `length` signs covers `covers` points from its first on.
    """
    found = np.zeros(len(signs) + covers - length, dtype=np.bool_)
    for start in range(len(signs) - length + 1):
        if abs(signs[start : start + length].sum()) == length:  # a sum with an unknown is unknown
            found[start : start + covers] = True
    return found


def _two_of_three(close: Flags, side: Floats) -> Flags:
    """Which points lie in three neighbours on one side of the mean, of which two or more are near its limit?"""
    least, width = 2, 3
    found = np.zeros(len(close), dtype=np.bool_)
    for start in range(len(close) - width + 1):
        three = slice(start, start + width)
        if close[three].sum() >= least and abs(side[three].sum()) == width:
            found[three] = True
    return found


def _point(special: bool, side: float, better: Better) -> Point:
    """A special point on the mean itself, within a trend, is a concern, as in the reference code."""
    if not special:
        return "common_cause"
    if better == "neither":
        return "special_cause_neither_high" if side > 0 else "special_cause_neither_low"
    good = 1 if better == "higher" else -1
    return "special_cause_improvement" if side == good else "special_cause_concern"


def _variation(known: pl.DataFrame, better: Better) -> Variation:
    """The icon of the last point: what it is, and on which side improvement or concern lies."""
    point: Point = known["point"][-1] if len(known) else "unknown"
    match point:
        case "special_cause_improvement":
            return "improvement_high" if better == "higher" else "improvement_low"
        case "special_cause_concern":
            return "concern_low" if better == "higher" else "concern_high"
        case "special_cause_neither_high":
            return "neither_high"
        case "special_cause_neither_low":
            return "neither_low"
        case _:
            return point


def _assurance(phase: Phase, better: Better, target: float | None) -> Assurance:
    """Will the process, left as it is, meet the target always, never, or by luck?"""
    if target is None or better == "neither" or phase.low is None or phase.high is None:
        return "none"
    if phase.low <= target <= phase.high:
        return "hit_or_miss"
    return "always" if (target < phase.low) == (better == "higher") else "never"
