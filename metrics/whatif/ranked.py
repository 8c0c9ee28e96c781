"""Who stands where by income a head, before aid and after it, in each region?

The order before aid never changes and is kept; a scenario moves only those who are paid, so they alone are sorted anew
and merged into the rest.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from metrics.whatif.population import Flag, Index, Population, Real, Small, Whole
from metrics.whatif.tiers import mark
from metrics.whatif.welfare import gini_sorted, standing_sorted
from metrics.whatif.winners import deciles


@dataclass(frozen=True, eq=False)
class Before:
    """Of all households, by income a head before any aid."""

    measured: Flag  # its resources are known: a statement without a gap
    persons: Real  # weight x n; 0 where not measured
    resources: Real  # fen a year
    head: Real  # resources by n
    order: Whole  # rows of the measured, ascending by `head`
    floor: float  # the mean of `head` over persons


def before(population: Population) -> Before:
    """The order of a population, made once."""
    if "before" not in population.kept:
        measured = population.stated & ~population.unclear & (population.n > 0)
        resources = population.resources_fen.astype(np.float64)
        head = resources / np.maximum(population.n, 1)
        persons = np.where(measured, population.weight * population.n, 0.0)
        rows = np.flatnonzero(measured)
        order = rows[np.argsort(head[rows], kind="stable")]
        many = float(persons[order].sum())
        mean = float((persons * head)[order].sum()) / many if many > 0 else 0.0
        population.kept["before"] = Before(measured, persons, resources, head, order, mean)
    return cast("Before", population.kept["before"])


def standings(population: Population, place: Index, places: int) -> tuple[Real, Real]:
    """`low`, `high`: between which shares of its region's persons each household stands; kept by region's places.

    `place`: the region of each village. NaN for those not measured.
    """
    name = f"standings {mark(place)}"
    if name not in population.kept:
        base = before(population)
        found = ascending(population, base.head, base.order)
        by, homes = _by_place(found, place, places)
        homes = homes[by]
        low, high = (np.full(population.households, np.nan) for _ in range(2))
        low[found.rows[by]], high[found.rows[by]] = standing_sorted(found.head[by], found.persons[by], homes, places)
        population.kept[name] = (low, high)
    return cast("tuple[Real, Real]", population.kept[name])


def decile(population: Population) -> Small:
    """The decile in the whole population of each household, 0 to 9; -1 not measured."""
    if "decile" not in population.kept:
        low, high = standings(population, np.zeros(len(population.village_code), np.int32), 1)
        known = np.isfinite(low)
        found = np.full(population.households, -1, np.int8)
        found[known] = deciles(low[known], high[known])
        population.kept["decile"] = found
    return cast("Small", population.kept["decile"])


def after(population: Population, rows: Whole, aid: Real) -> tuple[Real, Whole]:
    """Income a head with `aid` (fen a year, of the ascending `rows`; nobody else has any), and the order by it."""
    base = before(population)
    head = base.head.copy()
    head[rows] = (base.resources[rows] + aid) / np.maximum(population.n[rows], 1)
    moved = np.zeros(population.households, np.bool_)
    moved[rows] = (aid != 0) & base.measured[rows]
    stay = base.order[~moved[base.order]]
    go = np.flatnonzero(moved)
    go = go[np.argsort(head[go], kind="stable")]
    return head, np.insert(stay, np.searchsorted(head[stay], head[go]), go)


@dataclass(frozen=True, eq=False)
class Ascending:
    """Incomes a head in ascending order, each with its persons and its village."""

    rows: Whole
    head: Real
    persons: Real
    village: Index


def ascending(population: Population, head: Real, order: Whole) -> Ascending:
    """The measured households in such an order, gathered once for all tiers."""
    return Ascending(order, head[order], before(population).persons[order], population.village[order])


def ginis(found: Ascending, place: Index, places: int) -> Real:
    """The Gini of each region; `place`: of each village."""
    by, homes = _by_place(found, place, places)
    return gini_sorted(found.head[by], found.persons[by], np.bincount(homes, minlength=places))


def _by_place(found: Ascending, place: Index, places: int) -> tuple[Whole | slice, npt.NDArray[np.integer]]:
    """Which order goes region by region, each ascending; and the region of each before that."""
    # sixteen bits sort by counting
    homes = (place.astype(np.uint16) if places <= np.iinfo(np.uint16).max else place)[found.village]
    by = slice(None) if places == 1 else np.argsort(homes, kind="stable")
    return by, homes
