"""Which applications are undecided, how old are they, where do they wait, and when are they due?"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, TypeVar, get_args

import polars as pl

from casework.ageing import ageing
from casework.calendar import Calendar
from casework.dataset import Tables
from casework.policy import Policy
from casework.regions import Regions
from casework.tables import STEP
from dashboard.queries.counts import SEES_ALL

Band = Literal["early", "middle", "near", "over", "far", "unknown", "unlimited"]
BANDS: Final[tuple[Band, ...]] = get_args(Band)
HALF, FAR = 0.5, 1.5  # shares of the limit at which a band of the board ends
PAGE_SIZE: Final = 25
DUE: Final = ("red", "amber")  # the states that are listed
COUNTED: Final = ("open", "red", "amber", "paused", "unknown", "unlimited")
_PARTS: Final[dict[str, tuple[Band, ...]]] = {  # the bands that a total is the sum of
    "red": ("over", "far"),
    "amber": ("near",),
    "unknown": ("unknown",),
    "unlimited": ("unlimited",),
}
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader narrowed the board to; an empty programme or office means any."""

    regions: Collection[str]
    programme: str = ""
    office: str = ""


def board(tables: Tables, policy: Policy, regions: Regions) -> pl.DataFrame:
    """What `casework.ageing` tells, and `home` in the tree, `band`, and where it waits.

    `office`: the township in charge, or what lies above. `step`: begun last, null where none is on record; `begun`: has
    it no end?
    """
    cases = tables.engine.collect(ageing(tables, policy))
    homes = [regions.home(code) for code in cases["region_code"]]
    offices = [_office(regions, regions.home(code)) for code in cases["office"]]
    share = pl.col("share").fill_null(1)  # past a stated day, from a day nobody wrote down
    band = (
        pl.when(pl.col("state").is_in(["unknown", "unlimited"]))
        .then(pl.col("state"))
        .when(pl.col("state") == "red")
        .then(pl.when(share > FAR).then(pl.lit("far")).otherwise(pl.lit("over")))
        .when(pl.col("state") == "amber")
        .then(pl.lit("near"))
        .otherwise(pl.when(share < HALF).then(pl.lit("early")).otherwise(pl.lit("middle")))
    )
    placed = cases.with_columns(
        band.alias("band"),
        pl.Series("home", homes, dtype=pl.String()),
        pl.Series("office", offices, dtype=pl.String()),
    )
    return placed.join(_waiting(tables, cases), on="application_id", how="left").sort("application_no")


def _office(regions: Regions, home: str) -> str:
    """The township of a village, else the region itself."""
    path = regions.path(home)
    return next((region.code for region in path if region.tier == "township"), home)


def _waiting(tables: Tables, cases: pl.DataFrame) -> pl.DataFrame:
    """The step begun last; of several begun at one moment the one without an end."""
    mine = tables.engine.place(cases.select("application_id").unique())
    rows = tables[STEP].select("application_id", "step", "started_at", "finished_at")
    steps = tables.engine.collect(rows.join(mine, on="application_id", how="inner"))
    ordered = steps.drop_nulls("started_at").sort("started_at", "finished_at", "step", nulls_last=True)
    last = ordered.unique("application_id", keep="last", maintain_order=True)
    return last.select("application_id", "step", pl.col("finished_at").is_null().alias("begun"))


def narrowed(cases: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """The cases of these regions, programme and office."""
    kept = [pl.col("home").is_in(list(asked.regions))]
    kept += [
        pl.col(name) == value for name, value in (("programme", asked.programme), ("office", asked.office)) if value
    ]
    return cases.filter(kept)


def due(cases: pl.DataFrame) -> pl.DataFrame:
    """What is past its limit or near it, the longest past first."""
    listed = cases.filter(pl.col("state").is_in(DUE))
    return listed.sort("share", "application_no", descending=[True, False], nulls_last=False)


def counted(cases: pl.DataFrame) -> dict[Band, int]:
    """How many cases each band holds."""
    found = dict(cases.group_by("band").len().rows())
    return {band: found.get(band, 0) for band in BANDS}


def by(cases: pl.DataFrame, column: str) -> pl.DataFrame:
    """Each value of a column with its cases, and how many of them are red, amber, stopped and unknown."""
    flags = [(pl.col("state") == state).sum().alias(state) for state in ("red", "amber", "unknown", "unlimited")]
    groups = cases.group_by(column).agg(pl.len().alias("open"), pl.col("paused").sum(), *flags)
    return groups.sort("red", "amber", "open", column, descending=[True, True, True, False], nulls_last=True)


def listed(cases: pl.DataFrame, least: int) -> pl.DataFrame:
    """The cases of offices that have enough of them: those of an office with few would tell the few one by one."""
    return cases if least == SEES_ALL else cases.filter(pl.len().over("office") >= least)


def small(count: int, minimum: int) -> bool:
    """Could a neighbour recognise whom so small a count is about? With `SEES_ALL` never."""
    return minimum != SEES_ALL and 0 < count < minimum


def veiled(counts: Mapping[Key, int], minimum: int) -> dict[Key, int | None]:
    """The counts with small ones hidden; never one alone, which the total would give away."""
    hidden = {name for name, count in counts.items() if small(count, minimum)}
    if len(hidden) == 1:
        others = [name for name, count in counts.items() if count and name not in hidden]
        hidden |= set(sorted(others, key=counts.__getitem__)[:1])
    return {name: None if name in hidden else count for name, count in counts.items()}


def totals(cases: pl.DataFrame, minimum: int) -> dict[str, int | None]:
    """All cases by state; one that a hidden band is part of is hidden too, else it would give the band away."""
    bands, (row,) = veiled(counted(cases), minimum), by(cases.with_columns(all=pl.lit("")), "all").to_dicts()
    told = {name: None if small(row[name], minimum) else row[name] for name in COUNTED}
    return told | {state: None for state, parts in _PARTS.items() if any(bands[band] is None for band in parts)}


def broken_down(cases: pl.DataFrame, column: str, minimum: int) -> pl.DataFrame:
    """What `by` tells, each count `veiled` among its groups; of a hidden total no group is told that has a case."""
    groups, told = by(cases, column), totals(cases, minimum)
    shown = []
    for name in COUNTED:
        counts = dict(enumerate(groups[name].to_list()))
        kept = veiled(counts, minimum)
        if told[name] is None:
            kept = {place: None if count else 0 for place, count in counts.items()}
        shown.append(pl.Series(name, [*kept.values()], dtype=pl.Int64()))
    return groups.with_columns(shown)


def last_day(calendar: Calendar, case: dict[str, Any]) -> date | datetime | None:
    """When the time runs out, with the days stopped so far added; None beyond the calendar."""
    accepted: datetime | None = case["accepted_at"]
    if case["unit"] == "due_at":
        due_at: datetime = case["due_at"]
        return due_at.date() if case["due_at_dated"] else due_at
    if accepted is None or case["limit"] is None:
        return None
    if case["unit"] == "hours":
        return accepted + timedelta(hours=case["limit"])
    if case["unit"] == "days":
        return accepted.date() + timedelta(days=case["limit"])
    days = case["limit"] + (case["stopped"] or 0)
    return calendar.due(accepted.date(), days) if days else accepted.date()
