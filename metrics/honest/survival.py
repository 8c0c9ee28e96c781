"""How long until a decision, when some cases still wait for theirs?

Leaving the open cases out makes an office look faster the more it leaves undone. Kaplan and Meier (Journal of the
American Statistical Association 53 (1958) 457–481) let each open case count for as long as it has been watched; the
interval is Greenwood's, on the plain scale, as `scipy.stats.ecdf(...).sf.confidence_interval()` gives it. The curve is
summed here because scipy warns, for every thread of the process, where that interval does not exist; tests hold it to
scipy's.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
import scipy
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BOUNDS: Final = ("open", "low", "high")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its interval; None is unknown."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Survival:
    """The share of cases still open after so many days.

    `frame`: a row for day 0 and for each duration seen: `days`, `waiting` (cases still watched just before), `decided`
    (on that duration), `open` (share still open after it, 0–1), `low`, `high` (null where Greenwood's formula has no
    answer: after the last case was decided). `median` in days: None where half are not decided yet.
    """

    cases: int
    decided: int
    median: Estimate
    frame: pl.DataFrame


@dataclass(frozen=True, slots=True)
class LogRank:
    """Do two groups wait equally long? `z` above 0: the first decides slower than the second; two-sided `p`."""

    z: float
    p: float


def survival(days: ArrayLike, decided: ArrayLike, level: float = 0.95) -> Survival:
    """What share of the cases is still open after each number of days?

    `days`: of each case from its start to its decision, or to the last day it was watched; `decided`: whether it was.
    ValueError: a duration that is unknown or below 0 (leave such cases out and say how many), or unequal lengths.
    """
    duration, closed = _cases(days, decided)
    times, place = np.unique(duration, return_inverse=True)
    ended = np.bincount(place, minlength=len(times))
    events = np.bincount(place, weights=closed, minlength=len(times))
    waiting = len(duration) - np.concatenate([[0], np.cumsum(ended)[:-1]]) if len(times) else ended
    still_open = np.cumprod(1 - events / waiting)
    alive = waiting > events
    terms = np.divide(events, waiting * (waiting - events), out=np.full(len(times), np.nan), where=alive)
    half = scipy.stats.norm.ppf((1 + level) / 2) * still_open * np.sqrt(np.cumsum(terms))
    start = pl.DataFrame({"days": [0.0], "waiting": [len(duration)], "decided": [0]} | {name: [1.0] for name in BOUNDS})
    steps = pl.DataFrame(
        {
            "days": times,
            "waiting": waiting.astype(np.int64),
            "decided": events.astype(np.int64),
            "open": still_open,
            "low": np.clip(still_open - half, 0, 1),
            "high": np.clip(still_open + half, 0, 1),
        }
    )
    frame = pl.concat([start, steps]) if len(times) else start.clear()
    frame = frame.with_columns(pl.col(*BOUNDS).fill_nan(None))
    median = Estimate(*(_first_at_most_half(frame, name) for name in BOUNDS))
    return Survival(len(duration), int(closed.sum()), median, frame)


def still_open(found: Survival, days: float) -> Estimate:
    """What share is still open after so many days? A decision on that very day is in time.

    Unknown beyond the longest duration watched, unless by then everything was decided, and of no cases.
    """
    unknown = Estimate(None, None, None)
    reached = found.frame.filter(pl.col("days") <= days)
    if reached.is_empty():
        return unknown
    last = reached.row(-1, named=True)
    if days > found.frame["days"][-1] and last["open"] > 0:
        return unknown
    return Estimate(last["open"], last["low"], last["high"])


def compare(days: ArrayLike, decided: ArrayLike, other_days: ArrayLike, other_decided: ArrayLike) -> LogRank | None:
    """Does one group of cases wait longer than the other, by more than chance?

    The log-rank test (Mantel 1966), `scipy.stats.logrank`. None where it has no answer: a group is empty, or never
    were some of the cases decided while both groups waited and some still waited after.
    """
    first, second = _cases(days, decided), _cases(other_days, other_decided)
    if not _comparable(first, second):
        return None
    found = scipy.stats.logrank(_censored(*first), _censored(*second))
    return LogRank(-float(found.statistic), float(found.pvalue))


def _cases(days: ArrayLike, decided: ArrayLike) -> tuple[Floats, Flags]:
    duration, closed = np.asarray(days, dtype=np.float64), np.asarray(decided, dtype=np.bool_)
    if duration.shape != closed.shape:
        raise ValueError(f"{len(duration)} durations but {len(closed)} cases marked decided or open")
    wrong = int((~(duration >= 0)).sum())
    if wrong:
        raise ValueError(
            f"{wrong} of {len(duration)} durations are unknown or below 0: leave these cases out, by count"
        )
    return duration, closed


def _censored(duration: Floats, closed: Flags) -> "scipy.stats.CensoredData":
    return scipy.stats.CensoredData(uncensored=duration[closed], right=duration[~closed])


def _comparable(first: tuple[Floats, Flags], second: tuple[Floats, Flags]) -> bool:
    """Was there a decision whose case chance could have chosen: both groups waiting, and not all decided at once?"""
    decisions, decided = np.unique(
        np.concatenate([days[closed] for days, closed in (first, second)]), return_counts=True
    )
    one, other = (len(days) - np.searchsorted(np.sort(days), decisions) for days, _ in (first, second))
    return bool(((one > 0) & (other > 0) & (one + other > decided)).any())


def _first_at_most_half(frame: pl.DataFrame, column: str) -> float | None:
    """The first day on which half or fewer are open; of a bound, of Brookmeyer and Crowley's interval (1982)."""
    half = 0.5
    reached = frame.filter(pl.col(column) <= half)["days"]
    return None if reached.is_empty() else float(reached[0])
