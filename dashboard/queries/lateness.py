"""Which cases would be late under a scenario's limits, process or staff, as counts that may be told?

Small counts are hidden, together with what would solve for them (`metrics.honest.veil`), and the others rounded: the
page stands on any region, and a township less its villages must tell no village's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from dashboard.queries.timeliness import rounded
from dashboard.queries.whatif import WhatIf
from metrics.honest.veil import veiled
from metrics.whatif.scenario import Scenario
from metrics.whatif.time_limits import time_limits

ALL: Final = ""  # programmes
_TAIL: Final = 10  # times as many cases as are told: then so many are slower than the 90th percentile
_ENOUGH: Final = 20  # times the step of rounding: a share of so many is at most four points off
COUNTS: Final = ("judged", "unknown", "before", "after", "becomes", "no_longer")
_MOVED: Final = ("becomes", "no_longer")
Key = tuple[str, str]  # programme, count


@dataclass(frozen=True)
class Late:
    """One programme under the rules in force and under the scenario; None: hidden, unknown or of nobody."""

    programme: str
    judged: int | None
    unknown: int | None
    before: int | None  # past the limit
    after: int | None
    becomes: int | None
    no_longer: int | None
    median: tuple[float | None, float | None]
    p90: tuple[float | None, float | None]
    unit: str  # of the two: working_days, hours
    enough: bool  # may shares be told?

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """The shares past the limit, of the counts as they are told."""
        return _share(self, self.before), _share(self, self.after)


def lateness(house: WhatIf, scenario: Scenario) -> pl.DataFrame:
    """Every number of every region (`metrics.whatif.time_limits`), nothing hidden."""
    settled = house.settled(scenario)
    return time_limits(house.tables, house.policy, settled.changes, settled.assumptions)


def scopes(table: pl.DataFrame, region: str) -> list[str]:
    """What is timed there: decisions, emergencies, steps."""
    return table.filter(pl.col("region_code") == region)["scope"].unique().sort().to_list()


def moves(table: pl.DataFrame) -> bool:
    """Does the scenario move any number at all?"""
    was, then = pl.col("baseline"), pl.col("scenario")
    there = table.filter(was.is_not_null() | (then > 0))
    return not there.filter(was.ne_missing(then)).is_empty()


def told(table: pl.DataFrame, scope: str, region: str, few: int, step: int) -> list[Late]:
    """Every programme of a scope in a region, all together first. `few`: the least told; `step`: of rounding."""
    mine = table.filter(pl.col("scope") == scope, pl.col("region_code") == region)
    by = {(row["programme"], row["measure"]): row for row in mine.iter_rows(named=True)}
    programmes = sorted({programme for programme, _ in by})
    counts: dict[Key, int] = {}
    for programme in programmes:
        counts |= {(programme, name): count for name, count in _counts(by, programme).items()}
    shown = _veiled(counts, programmes, few)
    limited = [one for one in programmes if counts[one, "judged"] or counts[one, "unknown"]]  # the rest have no limit
    return [_late(programme, by, shown, few, step) for programme in limited]


def _counts(by: Mapping[Key, Mapping[str, Any]], programme: str) -> dict[str, int]:
    def whole(measure: str, column: str) -> int:
        row = by.get((programme, measure))
        return 0 if row is None or row[column] is None else round(row[column])

    return {
        "judged": whole("late", "n"),
        "unknown": whole("late", "unknown"),
        "before": whole("late", "baseline"),
        "after": whole("late", "scenario"),
        "becomes": whole("becomes_late", "scenario"),
        "no_longer": whole("no_longer_late", "scenario"),
    }


def _veiled(counts: Mapping[Key, int], programmes: list[str], few: int) -> dict[Key, int | None]:
    """Where few become late, or no longer are, the count after is hidden with them: before and after would tell them.

    Before and what becomes late are after and what no longer is; one of the four hidden alone is told by the others, so
    another is hidden, until none is.
    """
    also: set[Key] = set()
    while True:
        moves, levels = ({key: n for key, n in counts.items() if (key[1] in _MOVED) is here} for here in (True, False))
        moved = veiled(moves, few, sums=_sums(programmes, _MOVED), also=also & moves.keys())
        sums, within = _sums(programmes, ("judged", "unknown", "before", "after")), _within(programmes)
        shown = moved | veiled(levels, few, sums=sums, within=within, also=also & levels.keys())
        later = {
            (one, "after") for (one, _), count in moved.items() if count is None and shown[one, "before"] is not None
        }
        alone = {key for one in programmes if (key := _beside(counts, shown, one)) is not None}
        if later | alone <= also:
            return shown
        also |= (later - also) or alone


def _beside(counts: Mapping[Key, int], shown: Mapping[Key, int | None], programme: str) -> Key | None:
    """What to hide with the one of a programme's four that is hidden alone."""
    four = [(programme, name) for name in (*_MOVED, "after", "before")]
    seen = [key for key in four if shown[key] is not None]
    return next((key for key in seen if counts[key]), None) if len(seen) == len(four) - 1 else None


def _sums(programmes: list[str], names: Iterable[str]) -> list[tuple[Key, list[Key]]]:
    """The programmes add up."""
    each = [one for one in programmes if one != ALL]
    return [((ALL, name), [(one, name) for one in each]) for name in names if each]


def _within(programmes: list[str]) -> list[tuple[Key, Key]]:
    return [((one, name), (one, "judged")) for one in programmes for name in ("before", "after")]


def _late(
    programme: str, by: Mapping[Key, Mapping[str, Any]], shown: Mapping[Key, int | None], few: int, step: int
) -> Late:
    def count(name: str) -> int | None:
        number = shown[programme, name]
        return None if number is None else rounded(number, step)

    def pair(measure: str, least: int) -> tuple[float | None, float | None]:
        row = by.get((programme, measure))
        return (None, None) if row is None or row["n"] < least else (row["baseline"], row["scenario"])

    judged = count("judged")
    timed = by.get((programme, "median"))
    return Late(
        programme=programme,
        judged=judged,
        unknown=count("unknown"),
        before=count("before"),
        after=count("after"),
        becomes=count("becomes"),
        no_longer=count("no_longer"),
        median=pair("median", few),
        p90=pair("p90", _TAIL * few),
        unit="" if timed is None else timed["unit"],
        enough=bool(judged) and (judged or 0) >= _ENOUGH * step,
    )


def _share(late: Late, part: int | None) -> float | None:
    return part / late.judged if late.enough and part is not None and late.judged else None
