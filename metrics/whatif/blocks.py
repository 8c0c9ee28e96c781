"""How do sums over households become sums of every region of every tier, and of every group of it?

Sums are made once by village, and once by group of the lowest tier at which groups are told, and added up from there;
so the children of a region always add up to it. Whoever is of no known group of a kind stands in `<kind>:`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from metrics.whatif.population import Index, Population, Real, Small, Whole
from metrics.whatif.tallies import Sums, summed
from metrics.whatif.tiers import Tier, mark

GROUPED: Final = ("all", "province", "city", "county")  # tiers at which groups are told


@dataclass(frozen=True, eq=False)
class Block:
    """The cells of one tier, region by region: each region whole, or each group of one kind of it."""

    tier: Tier
    kind: str  # "" of the whole
    labels: tuple[str, ...]  # of the groups, the last not said; ("",) of the whole

    @property
    def codes(self) -> list[str]:
        """The region of each cell."""
        return [code for code in self.tier.codes for _ in self.labels]

    @property
    def groups(self) -> list[str]:
        """The group of each cell; "" of the whole."""
        return [f"{self.kind}:{label}" if self.kind else "" for _ in self.tier.codes for label in self.labels]

    @property
    def whole(self) -> bool:
        """Are these regions, not groups?"""
        return not self.kind


@dataclass(frozen=True, eq=False)
class Layout:
    """All blocks of a population, in order: every tier whole, then each kind of group at each grouped tier."""

    population: Population
    tiers: tuple[Tier, ...]
    groups: Mapping[str, tuple[tuple[str, ...], Small]]

    @property
    def blocks(self) -> list[Block]:
        """In the order in which `spread` answers."""
        whole = [Block(tier, "", ("",)) for tier in self.tiers]
        return whole + [
            Block(tier, kind, (*labels, "")) for kind, (labels, _) in self.groups.items() for tier in self._grouped()
        ]

    def _grouped(self) -> list[Tier]:
        return [tier for tier in self.tiers if tier.name in GROUPED]

    def spread(self, parts: Sequence[tuple[Whole, Sums]]) -> list[dict[str, Real]]:
        """The sums of each block. `parts`: rows of the population, and a number a row of each column."""
        villages = self._summed(parts, self.population.village, len(self.population.village_code))
        found = [_up(villages, tier.place, len(tier.codes)) for tier in self.tiers]
        for kind, (labels, _) in self.groups.items():
            found.extend(self._of_kind(parts, kind, len(labels) + 1))
        return found

    def _of_kind(self, parts: Sequence[tuple[Whole, Sums]], kind: str, many: int) -> Iterator[dict[str, Real]]:
        low = self._grouped()[-1]
        sums = self._summed(parts, self._cell(kind, low, many), len(low.codes) * many)
        label = np.tile(np.arange(many), len(low.codes))
        for tier in self._grouped():
            yield _up(sums, np.repeat(tier.above(low), many) * many + label, len(tier.codes) * many)

    def _cell(self, kind: str, tier: Tier, many: int) -> Index:
        """The cell of each household: its region of the tier, and its group in it; kept."""
        name = f"cell {kind} {mark(tier.place)}"
        if name not in self.population.kept:
            place = self.groups[kind][1].astype(np.int32)
            group = np.where(place < 0, many - 1, place)
            self.population.kept[name] = tier.place[self.population.village] * np.int32(many) + group
        return cast("Index", self.population.kept[name])

    def _summed(self, parts: Sequence[tuple[Whole, Sums]], cell: Index, cells: int) -> dict[str, Real]:
        found: dict[str, Real] = {}
        for rows, columns in parts:
            here = cell if len(rows) == len(cell) else cell[rows]
            found |= summed(columns, here, cells)
        return found


def _up(sums: Sums, place: Index | Whole, places: int) -> dict[str, Real]:
    return summed(sums, place, places)
