"""Can what is hidden be solved from all that is told?

Somebody who knows that regions and groups add up, that who comes less who goes is the change of the roll, and that
every household is in one class, writes down every equation there is and solves for what is hidden.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import polars as pl
import pytest

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.compared import measures, moves
from metrics.whatif.population import Population
from metrics.whatif.reckon import reckon
from metrics.whatif.sharing import LEAST, shared
from tests.metrics.whatif.made import population

Cell: TypeAlias = tuple[str, str, str, str]  # scenario, region, group, count
LAW = Policy.of(dibao_standard=500, taper_months=0)
VILLAGES = ("990101001001", "990101001002", "990101001003", "990101002001", "990101002002")
KINDS = ("gain_more", "gain_less", "same", "lose_less", "lose_more", "unknown")
CLASSES = ("newly_in", "newly_out", "stay", *KINDS)
OF_ONE = ("households", "roll_households", "eligible_households", "unjudged_households")


def people(seed: int) -> Population:
    rng = np.random.default_rng(seed)
    homes: list[dict[str, Any]] = [
        {
            "village": village,
            "wage": int(rng.integers(0, 15_000)),
            "n": int(rng.integers(1, 3)),
            "own": bool(rng.random() < 0.5),
        }
        for village in VILLAGES
        for _ in range(int(rng.integers(5, 60)))
    ]
    made = population(*homes)
    return replace(made, groups={"size": (("1", "2"), (made.n - 1).astype(np.int8))})


def counts(values: pl.DataFrame, classes: pl.DataFrame) -> dict[Cell, float | None]:
    """Every count, None where hidden; a class of nobody has no row."""
    own = values.filter(pl.col("unit") == "households")
    told = {row[:4]: row[4] for row in own.select("scenario", "region_code", "group", "measure", "value").iter_rows()}
    nothing = {(*cell[:3], name): 0.0 for cell in told if "-" in cell[0] for name in CLASSES}
    there = classes.select("scenario", "region_code", "group", "class", "households").iter_rows()
    return told | nothing | {row[:4]: row[4] for row in there}


def equations(told: dict[Cell, float | None]) -> Iterator[dict[Cell, float]]:
    """Sums that are 0."""
    above = {
        code: next((f"{code[:n]:0<12}" for n in (9, 6, 4, 2) if f"{code[:n]:0<12}" != code), "") for _, code, *_ in told
    }
    sizes, deciles = (sorted({cell[2] for cell in told if cell[2].startswith(kind)}) for kind in ("size:", "decile:"))
    for cell in told:
        scenario, region, group, name = cell
        inside = [one for one, over in above.items() if over == region and (scenario, one, group, name) in told]
        if inside:
            yield {cell: -1.0} | {(scenario, one, group, name): 1.0 for one in inside}
        if not group:
            for groups in (sizes, deciles):
                parts = {(scenario, region, one, name): 1.0 for one in groups if (scenario, region, one, name) in told}
                if parts:
                    yield {cell: -1.0} | parts
    for scenario, region, group in {cell[:3] for cell in told if "-" in cell[0]}:
        yield from (one for one in _of_a_change(scenario, region, group) if told.keys() >= one.keys())


def _of_a_change(scenario: str, region: str, group: str) -> Iterator[dict[Cell, float]]:
    later, earlier = scenario.split("-")

    def total(whole: str, *parts: str, of: str = scenario, less: str = "") -> dict[Cell, float]:
        added = {(of, region, group, whole): -1.0} | {(scenario, region, group, part): 1.0 for part in parts}
        return added | ({(scenario, region, group, less): -1.0} if less else {})

    for name in OF_ONE:
        yield {(one, region, group, name): way for one, way in ((scenario, 1.0), (later, -1.0), (earlier, 1.0))}
    yield total("newly_in_households", "newly_in")
    yield total("newly_out_households", "newly_out")
    yield total("roll_households", "newly_in", less="newly_out")
    yield total("roll_households", "newly_in", "stay", of=later)
    yield total("roll_households", "newly_out", "stay", of=earlier)
    yield total("households", *KINDS, of=earlier)
    yield total("changed_households", *(kind for kind in KINDS if kind != "same"))
    yield total("gaining_households", "gain_more", "gain_less")
    yield total("losing_households", "lose_more", "lose_less")


def solved(told: dict[Cell, float | None]) -> set[Cell]:
    """The hidden counts that the equations leave no choice for."""
    hidden = [cell for cell, value in told.items() if value is None]
    place = {cell: number for number, cell in enumerate(hidden)}
    rows = []
    for equation in equations(told):
        row = np.zeros(len(hidden))
        for cell, way in equation.items():
            if cell in place:
                row[place[cell]] += way
        rows.append(row)
    _, sizes, directions = np.linalg.svd(np.array(rows))
    free = directions[int((sizes > 1e-9).sum()) :]
    return {cell for cell in hidden if not (np.abs(free[:, place[cell]]) > 1e-9).any()}


@pytest.mark.parametrize(("seed", "scale"), [(0, 1.1), (1, 0.97), (2, 1.02), (3, 0.9), (4, 1.1), (5, 1.02)])
def test_no_small_count_is_solved_from_what_is_told(seed: int, scale: float) -> None:
    homes = people(seed)
    before = reckon(homes, LAW)
    outcomes = {"baseline": before}
    for name, factor in (("x", scale), ("y", scale * 1.03))[: 1 + seed % 2]:
        law = LAW.adjusted([Change("dibao_standard", scale=factor)])
        outcomes[name] = reckon(homes, law, baseline=before)
    open_ = measures(homes, outcomes), moves(homes, outcomes)
    true, told = counts(*open_), counts(*shared(*open_))
    small = {cell for cell, value in true.items() if value and 0 < abs(value) < LEAST}
    assert small
    assert all(told[cell] is None for cell in small)
    assert not solved(told) & small
    alone = {cell: None if cell in small else value for cell, value in true.items()}
    assert solved(alone) & small  # hiding the small ones alone would not do
