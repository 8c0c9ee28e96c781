"""How long do the applications of a place wait, against which limits, and where does the time go?"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from casework.ageing import EMERGENCY
from casework.dataset import Tables
from casework.policy import Policy
from casework.regions import Regions
from casework.statistics import wilson
from dashboard.queries.counts import Period, index
from dashboard.queries.times import small
from metrics.efficiency import bottleneck
from metrics.efficiency.durations import Past, Unit, durations, past
from metrics.honest import survival

COLOURS: Final = ("red", "yellow", "blue", "green", "")  # the order of urgency; "": nobody stated one
LIMITS: Final = 3  # limits that are drawn and told: the most frequent ones
Verdict = Literal["slower", "faster", "alike"]
SHARES: Final = 3  # decimals of a share beside a rounded count: with more it would tell the count
_DECIMALS: Final = 1  # of mean days, likewise
_SURE: Final = 0.05  # the usual error of a test; the page says the p itself


@dataclass(frozen=True, slots=True)
class Waits:
    """One snapshot's applications and where their time went.

    `cases`: as `metrics.efficiency.durations` tells, and `home`, their region of the tree; `steps`: of the decided ones
    (`metrics.efficiency.bottleneck.dwelt`).
    """

    cases: pl.DataFrame
    steps: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Limited:
    """The cases under one limit: how many outlast it. `hidden`: so few do that a neighbour might know them."""

    limit: int
    past: Past
    hidden: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """The emergencies of one colour: `on_time` of `whole` that were decided, or are past their limit undecided.

    Counts and shares are null where they are hidden; all are null where nothing limits the colour. To those who see
    no small count the others are `rounded`, and `on_time` is not told: with the share it would tell the whole.
    """

    colour: str
    limits: tuple[int, ...]  # hours, as in force when the cases were accepted
    cases: int | None
    on_time: int | None
    whole: int | None
    value: float | None
    low: float | None
    high: float | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the time of the decided `cases` went: `rows` as `metrics.efficiency.bottleneck.bottleneck` tells.

    A step that too few took is null throughout; `excess` is null too where too few cases are late, or in time. Every
    count is `rounded`.
    """

    cases: int
    late: int
    timely: int
    rows: pl.DataFrame
    hidden: bool  # so few cases that nothing is told


def rounded(count: int, minimum: int) -> int:
    """To the nearest multiple of the least count that may be shown; 0 and 1 leave it as it is.

    Case lists are cut by any months, place and programme: exact counts of two cuts would tell the few cases by which
    they differ (as NHS Digital rounds what it publishes below the nation).
    """
    return (count + minimum // 2) // minimum * minimum if minimum > 1 else count


def waits(tables: Tables, policy: Policy, regions: Regions) -> Waits:
    """Everything that a view is cut from, read once."""
    cases = tables.engine.collect(durations(tables, policy))
    codes = cases["region_code"].unique().to_list()
    homes = pl.DataFrame(
        {"region_code": codes, "home": [regions.home(code) for code in codes]},
        schema={"region_code": pl.String(), "home": pl.String()},
    )
    placed = cases.join(homes, on="region_code", how="left", nulls_equal=True)
    closed = placed.filter("decided").drop_nulls("working_days")
    asked = closed.select("application_id", "accepted_at_day", "until_day")
    return Waits(placed, bottleneck.dwelt(asked, tables.engine.collect(bottleneck.steps(tables)), tables.calendar))


def accepted(cases: pl.DataFrame, regions: Collection[str], programme: str, period: Period) -> pl.DataFrame:
    """The cases of these regions and this programme ("" = all) that were accepted in the months."""
    kept = [
        pl.col("home").is_in(list(regions)),
        pl.col("month_index").is_between(index(period.since), index(period.until)),
    ]
    return cases.filter(kept + ([pl.col("programme") == programme] if programme else []))


def urgent(cases: pl.DataFrame) -> pl.DataFrame:
    """The emergencies, whose clock runs in hours."""
    return cases.filter(pl.col("programme") == EMERGENCY)


def usual(cases: pl.DataFrame) -> pl.DataFrame:
    """All others."""
    return cases.filter(pl.col("programme").ne_missing(EMERGENCY))


def unit(cases: pl.DataFrame) -> Unit:
    """In which days do the limits of most of these cases count?"""
    stated, ruled = ((cases["unit"] == name).sum() for name in ("days", "working_days"))
    return "days" if stated > ruled else "working_days"


def timed(cases: pl.DataFrame, unit: Unit) -> pl.DataFrame:
    """The cases whose time is known in this unit, as `took`."""
    return cases.drop_nulls(unit).with_columns(pl.col(unit).cast(pl.Float64).alias("took"))


def curve(cases: pl.DataFrame) -> survival.Survival:
    """The share still undecided of timed cases."""
    return survival.survival(cases["took"], cases["decided"])


def limits(cases: pl.DataFrame, unit: Unit, minimum: int) -> list[Limited]:
    """The most frequent limits of timed cases, the shortest first; one that governs too few is left out."""
    mine = cases.filter(pl.col("unit") == unit)
    counted = mine.group_by("limit").len().sort("len", "limit", descending=[True, False])
    often = [limit for limit, size in counted.rows() if not small(size, minimum)][:LIMITS]
    found = []
    for limit in sorted(often):
        under = mine.filter(pl.col("limit") == limit)
        told = past(under["took"], under["decided"], limit)
        found.append(Limited(limit, told, small(told.past, minimum)))
    return found


def verdict(first: pl.DataFrame, second: pl.DataFrame) -> tuple[Verdict, float] | None:
    """Does the first group of timed cases wait longer than the second, and how likely is that by chance?"""
    found = survival.compare(first["took"], first["decided"], second["took"], second["decided"])
    if found is None:
        return None
    if found.p >= _SURE:
        return "alike", found.p
    return ("slower" if found.z > 0 else "faster"), found.p


def by_colour(emergencies: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The emergencies of each colour, the most urgent first."""
    said = emergencies.with_columns(pl.col("urgency").fill_null(""))
    return {colour: said.filter(pl.col("urgency") == colour) for colour in COLOURS}


def answered(emergencies: pl.DataFrame, minimum: int) -> list[Answered]:
    """How many emergencies of each colour were answered in time; a colour without cases is left out."""
    groups = by_colour(emergencies)
    return [_answered(colour, cases, minimum) for colour, cases in groups.items() if cases.height]


def _answered(colour: str, cases: pl.DataFrame, minimum: int) -> Answered:
    limits = tuple(cases["limit"].drop_nulls().unique().sort().to_list())
    size = None if small(cases.height, minimum) else rounded(cases.height, minimum)
    judged = cases.filter(pl.col("decided") | pl.col("late")).drop_nulls("late")
    whole, on_time = judged.height, judged.filter(~pl.col("late")).height
    hidden = size is None or small(whole, minimum) or small(on_time, minimum)
    if hidden or not whole:
        return Answered(colour, limits, size, None, None, None, None, None, hidden)
    low, high = (float(bound) for bound in wilson(on_time, whole))
    if minimum <= 1:
        return Answered(colour, limits, size, on_time, whole, on_time / whole, low, high, hidden=False)
    value, low, high = (round(share, SHARES) for share in (on_time / whole, low, high))
    return Answered(colour, limits, size, None, rounded(whole, minimum), value, low, high, hidden=False)


def bottleneck_of(cases: pl.DataFrame, dwelt: pl.DataFrame, minimum: int) -> Steps:
    """Where the time of the decided ones among these cases went."""
    closed = cases.filter("decided")
    mine = dwelt.join(closed.select("application_id"), on="application_id", how="semi")
    closed = closed.join(mine, on="application_id", how="semi")
    late, timely = (closed.filter(pl.col("late") == kind).height for kind in (True, False))
    found = bottleneck.bottleneck(closed, mine)
    few = pl.col("cases") < minimum
    numbers = ("cases", "waiting", "handling", "known", "excess")
    told = found.with_columns(pl.when(~few).then(pl.col(name)).alias(name) for name in numbers).with_columns(
        pl.col(name).map_elements(lambda count: rounded(count, minimum), return_dtype=pl.Int64)
        for name in ("cases", "known")
    )
    if min(late, timely) < max(minimum, 1):
        told = told.with_columns(excess=pl.lit(None, dtype=pl.Float64))
    told = told.with_columns(pl.col("waiting", "handling", "excess").round(_DECIMALS)) if minimum > 1 else told
    size, late, timely = (rounded(count, minimum) for count in (closed.height, late, timely))
    return Steps(size, late, timely, told, hidden=small(closed.height, minimum))
