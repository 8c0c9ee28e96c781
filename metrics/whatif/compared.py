"""How do scenarios compare: every measure of every region and group, and the difference of each two?

The first outcome is the baseline. Sums are made by village and added up to the higher tiers, so that the regions of a
tier add up to the whole; groups are told of counties and above. A difference "a-b" is `a` less `b`: equal outcomes give
exactly 0. Nothing here tells a person.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final, cast

import numpy as np
import polars as pl

from casework.regions import Regions
from metrics.whatif import formulas
from metrics.whatif.blocks import Block, Layout
from metrics.whatif.changed import ALL, by_class, changed, totals
from metrics.whatif.equity import to_best
from metrics.whatif.formulas import Bounds, Values
from metrics.whatif.incentives import Incentives, columns
from metrics.whatif.measure import BY_ID, MEASURES
from metrics.whatif.ordered import ordered
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population
from metrics.whatif.ranked import decile
from metrics.whatif.tallies import Line, Sums, Touched, line, touched, unchanging
from metrics.whatif.tiers import tiers

BASELINE: Final = "baseline"
SCHEMA: Final = pl.Schema(
    {name: pl.String() for name in ("scenario", "region_code", "group", "measure", "unit")}
    | {name: pl.Float64() for name in ("value", "low", "high")}
)
MOVES: Final = pl.Schema(
    {name: pl.String() for name in ("scenario", "region_code", "group", "class")}
    | {name: pl.Float64() for name in ("households", "persons")}
)
_LEAST: Final = 10  # households of a group that can be the best one


def measures(
    population: Population,
    outcomes: Mapping[str, Outcome],
    *,
    layer: str = "rule_book",
    line_fen: int | None = None,
    regions: Regions | None = None,
    incentives: Mapping[str, Incentives] | None = None,
) -> pl.DataFrame:
    """`SCHEMA`: each outcome, then the difference of each to the baseline and of each two scenarios.

    `outcomes`: the first is the baseline, whatever its name, and is called "baseline". `line_fen`: the poverty line,
    fen a person a year; without it the baseline's standard (say `measure.line_warning` beside it). `low` and `high` are
    of shares of households: of groups, which are compared with one another, and of whole regions where the population
    is a sample. A measure of which there is nothing is null, never 0. `incentives`: by the names of `outcomes`.
    """
    layout, named, gone, at = _ready(population, outcomes, layer, line_fen, regions)
    asked = dict(zip(named, ((incentives or {}).get(name) for name in outcomes), strict=True))
    told = {name: _told(layout, gone[name], at, asked[name]) for name in named if name != BASELINE}
    told = {BASELINE: _of_baseline(layout, named[BASELINE], gone[BASELINE], at, asked[BASELINE], layer)} | told
    blocks = layout.blocks
    frames = [
        _frame(name, block, values, bounds)
        for name, found in told.items()
        for block, (values, bounds) in zip(blocks, found, strict=True)
    ]
    for a, b in pairs(named):
        moved = changed(population, (named[a], named[b]), (gone[a], gone[b]), layer)
        sums = layout.spread([(moved.rows, totals(population, moved))])
        frames.extend(
            _frame(f"{a}-{b}", block, _less(one, other) | both, {})
            for block, (one, _), (other, _), both in zip(blocks, told[a], told[b], sums, strict=True)
        )
    return pl.concat(frames)


def moves(
    population: Population,
    outcomes: Mapping[str, Outcome],
    *,
    layer: str = "rule_book",
    regions: Regions | None = None,
) -> pl.DataFrame:
    """`MOVES`: how many came, went and stayed, and how many of each class of winners and losers, of each two outcomes.

    By region, and at counties and above by group and by decile of income a head before aid (`decile:1` the poorest).
    Cells without anybody are left out.
    """
    layout, named, gone, _ = _ready(population, outcomes, layer, 0, regions)
    place = decile(population)
    deciles = {"decile": (tuple(str(tenth) for tenth in range(1, 11)), place), **population.groups}
    wide = Layout(population, layout.tiers, deciles)
    frames: list[pl.DataFrame] = []
    for a, b in pairs(named):
        moved = changed(population, (named[a], named[b]), (gone[a], gone[b]), layer)
        sums = wide.spread(by_class(population, moved))
        frames.extend(_counts(f"{a}-{b}", block, each) for block, each in zip(wide.blocks, sums, strict=True))
    return pl.concat(frames) if frames else pl.DataFrame(schema=MOVES)


def pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    """Which two are compared: each scenario with the baseline and with each before it."""
    return [(later, earlier) for earlier, later in combinations(names, 2)]


def _ready(
    population: Population,
    outcomes: Mapping[str, Outcome],
    layer: str,
    line_fen: int | None,
    regions: Regions | None,
) -> tuple[Layout, dict[str, Outcome], dict[str, Touched], Line]:
    named = dict(zip([BASELINE, *list(outcomes)[1:]], outcomes.values(), strict=True))
    at = line(named[BASELINE], line_fen)
    gone = {name: touched(population, outcome, layer, at) for name, outcome in named.items()}
    return Layout(population, tiers(population, regions), population.groups), named, gone, at


def _told(layout: Layout, gone: Touched, at: Line, asked: Incentives | None) -> list[tuple[Values, Bounds]]:
    """Values and bounds of every block."""
    population = layout.population
    fixed = _fixed(layout, at)
    weight = population.weight[gone.unjudged]
    unjudged = {"unjudged_households": weight, "unjudged_persons": weight * population.n[gone.unjudged]}
    moved = layout.spread([(gone.rows, gone.columns), (gone.unjudged, unjudged)])
    bounds = [
        formulas.bounds(other) if population.sample or not block.whole else {}
        for block, other in zip(layout.blocks, moved, strict=True)
    ]
    found = [(formulas.of_sums(one, other), each) for one, other, each in zip(fixed, moved, bounds, strict=True)]
    villages = len(layout.tiers) - 1
    order = ordered(population, gone, layout.tiers[:villages])
    for place, block in enumerate(layout.blocks):
        values = found[place][0]
        if place < villages:
            values |= order[place] | formulas.between_villages(
                fixed[villages], moved[villages], block.tier.above(layout.tiers[-1]), len(block.tier.codes)
            )
        elif not block.whole:
            values |= _equity(values, moved[place], len(block.labels))
    if asked is not None:
        sums = layout.spread([(asked.rows, columns(asked, population.weight[asked.rows]))])
        for place, each in enumerate(sums):
            found[place][0].update(formulas.of_incentives(each))
    return found


def _of_baseline(
    layout: Layout, outcome: Outcome, gone: Touched, at: Line, asked: Incentives | None, layer: str
) -> list[tuple[Values, Bounds]]:
    """`_told` of the last baseline measured, kept: one is compared with many."""
    mark = (layout.tiers, outcome, asked)
    name = f"told {layer} {at.name}"
    kept = layout.population.kept.get(name)
    if not (isinstance(kept, tuple) and all(one is other for one, other in zip(kept[0], mark, strict=True))):
        kept = (mark, _told(layout, gone, at, asked))
        layout.population.kept[name] = kept
    return cast("list[tuple[Values, Bounds]]", kept[1])


def _fixed(layout: Layout, at: Line) -> list[dict[str, np.typing.NDArray[np.float64]]]:
    """What no scenario changes, summed once for a population, its tiers and its line."""
    name = f"fixed {at.name}"
    kept = layout.population.kept.get(name)
    if not (isinstance(kept, tuple) and kept[0] is layout.tiers):
        every = np.arange(layout.population.households)
        kept = (layout.tiers, layout.spread([(every, unchanging(layout.population, at))]))
        layout.population.kept[name] = kept
    return list(kept[1])


def _equity(values: Values, moved: Sums, many: int) -> Values:
    """Each group's shares by the best group's of its kind and region; who is of no known group is none of them."""
    found = {}
    for name, of in (("exclusion", "eligible_households"), ("inclusion", "judged_roll_households")):
        shares, whole = values[name].reshape(-1, many), moved[of].reshape(-1, many)
        best = np.full(shares.shape, np.nan)
        for region in range(len(shares)):
            best[region, :-1] = to_best(shares[region, :-1], whole[region, :-1], _LEAST)
        found[f"{name}_to_best"] = best.ravel()
    return found


def _less(one: Values, other: Values) -> Values:
    """The difference of what both have; infinite is nothing."""
    return {name: value - other[name] for name, value in one.items() if name in other}


def _frame(scenario: str, block: Block, values: Values, bounds: Bounds) -> pl.DataFrame:
    ids = [measure.id for measure in MEASURES if measure.id in values]
    cells = len(block.codes)
    nothing = np.full(cells, np.nan)

    def told(side: int) -> pl.Series:
        return pl.Series(np.concatenate([bounds[name][side] if name in bounds else nothing for name in ids]))

    place = np.tile(np.arange(cells), len(ids))
    named = np.repeat(np.arange(len(ids)), cells)
    return pl.DataFrame(
        {
            "scenario": pl.repeat(scenario, len(place), eager=True),
            "region_code": pl.Series(block.codes).gather(place),
            "group": pl.Series(block.groups).gather(place),
            "measure": pl.Series(ids).gather(named),
            "unit": pl.Series([BY_ID[name].unit for name in ids]).gather(named),
            "value": pl.Series(np.concatenate([values[name] for name in ids])).fill_nan(None),
            "low": told(0).fill_nan(None),
            "high": told(1).fill_nan(None),
        },
        schema=SCHEMA,
    )


def _counts(scenario: str, block: Block, sums: Sums) -> pl.DataFrame:
    cells = len(block.codes)
    households, persons = (
        np.concatenate([sums[f"{name}_{unit}"] for name in ALL]) for unit in ("households", "persons")
    )
    some = np.flatnonzero(households)
    return pl.DataFrame(
        {
            "scenario": np.full(len(some), scenario),
            "region_code": pl.Series(block.codes, dtype=pl.String()).gather(some % cells),
            "group": pl.Series(block.groups, dtype=pl.String()).gather(some % cells),
            "class": pl.Series(ALL).gather(some // cells),
            "households": households[some],
            "persons": persons[some],
        },
        schema=MOVES,
    )
