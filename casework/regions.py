"""Which region lies in which, and where does a row count whose village nobody knows?

The tree is the region table: the parent is `parent_code`, else the nearest code in the table that shares the first 9,
6, 4 or 2 digits (GB/T 2260, GB/T 10114). Roots are whatever has no parent: a county's own source has no province.
Several roots get one common root; without a region table all rows belong to one region named 未提供 (contract §1).

Merged and renamed regions: a row whose last day of validity (`valid_to`, inclusive) lies before the day of the data and
whose successor is in the table is not in the tree; its rows, whenever they happened, count in the successor, so that a
series does not break where a name changed. Regions that name it as their parent hang from the successor.

What only a higher tier knows is counted in its child "<code>/-", and that again in "<code>/-/-", down to the lowest
tier (contract §6). So the children of a region always add up to it, and so do all rows of the lowest tier.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from casework.dataset import Tables
from casework.tables import REGION
from casework.text import Text

ROOT: Final = "000000000000"
UNASSIGNED: Final = "/-"
NOT_PROVIDED: Final = Text("未提供", "Not provided")
TOGETHER: Final = Text("全部", "All")
NOT_IN_A_VILLAGE: Final = Text("未分到村", "Not assigned to a village")
TIERS: Final = {"all": TOGETHER, **{option.code: option.label for option in REGION["tier"].options}}
_RANK: Final = {tier: rank for rank, tier in enumerate(TIERS)}
_DIGITS: Final = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}


@dataclass(frozen=True, slots=True)
class Region:
    """One region of the tree, or the part of one that no lower tier knows ("<code>/-")."""

    code: str
    name: Text
    tier: str
    parent: str | None
    urban_rural: str | None = None
    residents: int | None = None
    staff: int | None = None
    ended: date | None = None  # the last day it was valid
    successor: str | None = None

    @property
    def unassigned(self) -> bool:
        """Is this what only a higher tier knows?"""
        return self.code.endswith(UNASSIGNED)


class Regions:
    """The tree of one snapshot."""

    def __init__(self, regions: Iterable[Region], on: date = date.min) -> None:
        """Link the regions as they are on that day; of two rows of one code the first counts (contract §9)."""
        rows: dict[str, Region] = {}
        for region in regions:
            rows.setdefault(region.code, region)
        self._merged = _merged(rows, on)
        self._past = {code: rows.pop(code) for code in self._merged}
        if not rows:
            rows[ROOT] = Region(ROOT, NOT_PROVIDED, "all", None)
        self._rows = rows
        parents = self._without_rings({code: self._parent(region) for code, region in rows.items()})
        tops = [code for code, parent in parents.items() if parent is None]
        self.root = tops[0] if len(tops) == 1 else ROOT
        if len(tops) != 1:
            rows.setdefault(ROOT, Region(ROOT, TOGETHER, "all", None))
            parents |= dict.fromkeys(tops, ROOT) | {ROOT: None}
        self._parents: dict[str, str | None] = parents

    @classmethod
    def of(cls, data: Tables) -> "Regions":
        """The tree of a snapshot."""
        return cls.read(data.engine.collect(data[REGION]), data.as_of)

    @classmethod
    def read(cls, table: pl.DataFrame, on: date = date.min) -> "Regions":
        """The tree of a region table as stored, on that day."""
        order = [name for name in ("region_code", "source_file", "source_row") if name in table.columns]
        return cls(
            (
                Region(
                    row["region_code"],
                    Text(row["name"] or row["region_code"], row["name"] or row["region_code"]),
                    row["tier"] or tier_of(row["region_code"]),
                    row["parent_code"],
                    row["urban_rural"],
                    row["residents"],
                    row["staff"],
                    row["valid_to"],
                    row["successor_code"],
                )
                for row in table.sort(order).iter_rows(named=True)
            ),
            on,
        )

    def _parent(self, region: Region) -> str | None:
        """The parent the table states, where it has that parent; else the nearest code by prefix."""
        stated = self._merged.get(region.parent or "", region.parent)
        if stated in self._rows and stated != region.code:
            return stated
        return self._above(region.code)

    def _without_rings(self, parents: dict[str, str | None]) -> dict[str, str | None]:
        """Import refuses a ring of stated parents; one closed by a prefix is opened by reading the prefixes alone."""
        clear: set[str] = set()
        for code in parents:
            climbed: list[str] = []
            here: str | None = code
            while here is not None and here not in clear:
                if here in climbed:
                    return self._without_rings(parents | {ring: self._above(ring) for ring in climbed})
                climbed.append(here)
                here = parents[here]
            clear.update(climbed)
        return parents

    def _above(self, code: str) -> str | None:
        for digits in (9, 6, 4, 2):
            above = code[:digits].ljust(12, "0")
            standing = self._merged.get(above, above)
            if code not in {above, standing} and standing in self._rows:
                return standing
        return None

    def __contains__(self, code: object) -> bool:
        """Is this a region of the tree, not a part that no lower tier knows?"""
        return code in self._rows

    def __getitem__(self, code: str) -> Region:
        """A region, one that was merged (its parent: the successor), or an unassigned part; KeyError for any other."""
        if code in self._past:
            return replace(self._past[code], parent=self._merged[code])
        if not code.endswith(UNASSIGNED):
            found = self._rows[code]
            return Region(
                code, found.name, found.tier, self._parents[code], found.urban_rural, found.residents, found.staff
            )
        above = self[code.removesuffix(UNASSIGNED)]
        lower = self._below(above.tier)
        if not lower:
            raise KeyError(code)
        return Region(code, NOT_IN_A_VILLAGE, lower[0], above.code)

    @cached_property
    def tiers(self) -> tuple[str, ...]:
        """The tiers that the tree has, the highest first."""
        return tuple(sorted({region.tier for region in self._rows.values()}, key=_RANK.__getitem__))

    def _below(self, tier: str) -> tuple[str, ...]:
        return tuple(lower for lower in self.tiers if _RANK[lower] > _RANK[tier])

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every region of the tree, a parent before its children."""
        return tuple(self._walk(self.root))

    def _walk(self, code: str) -> Iterable[str]:
        waiting = [code]
        while waiting:
            here = waiting.pop()
            yield here
            waiting.extend(reversed(self._children.get(here, ())))

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        for code in sorted(self._rows):
            if (parent := self._parents[code]) is not None:
                below.setdefault(parent, []).append(code)
        return below

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions directly below, by code; without the unassigned part."""
        return tuple(self[child] for child in self._children.get(code, ()))

    def descendants(self, code: str) -> tuple[str, ...]:
        """The codes of the region and of everything below it."""
        return tuple(self._walk(code))

    def path(self, code: str) -> tuple[Region, ...]:
        """From the root down to the region, both included."""
        steps: list[Region] = []
        here: str | None = code
        while here is not None:
            steps.append(self[here])
            here = steps[-1].parent
        return tuple(reversed(steps))

    def home(self, code: str | None) -> str:
        """The lowest region of the tree that a row's code belongs to; the root where nothing is known."""
        if code is None or code in self._rows:
            return code or self.root
        if code in self._merged:
            return self._merged[code]
        return self._above(code) or self.root

    def unassigned(self, code: str) -> tuple[str, ...]:
        """The unassigned part of a region at each lower tier: "<code>/-", "<code>/-/-" …."""
        return tuple(code + UNASSIGNED * depth for depth in range(1, len(self._below(self._rows[code].tier)) + 1))

    def units(self, code: str | None) -> tuple[str, ...]:
        """Every region, unassigned parts included, in which a row with this code counts."""
        if code not in self._units:
            home = self.home(code)
            self._units[code] = (*(region.code for region in self.path(home)), *self.unassigned(home))
        return self._units[code]

    @cached_property
    def _units(self) -> dict[str | None, tuple[str, ...]]:
        return {}

    @cached_property
    def _tier_of(self) -> dict[str, str]:
        return {}

    def frame(self, codes: Iterable[str | None]) -> pl.DataFrame:
        """`region_code`, `unit`, `tier`: each code beside every region in which it counts."""
        seen = sorted(set(codes), key=lambda code: (code is not None, code or ""))
        pairs = [(code, unit) for code in seen for unit in self.units(code)]
        units = [unit for _, unit in pairs]
        known = self._tier_of
        known.update({unit: self[unit].tier for unit in set(units) - known.keys()})
        return pl.DataFrame(
            {"region_code": [code for code, _ in pairs], "unit": units, "tier": [known[unit] for unit in units]},
            schema={"region_code": pl.String(), "unit": pl.String(), "tier": pl.String()},
        )


def _merged(rows: Mapping[str, Region], on: date) -> dict[str, str]:
    """Each region that ended before the day, and the region in which it counts since; a ring of successors is none."""
    found: dict[str, str] = {}
    for code in rows:
        here, seen = code, {code}
        while (ended := rows[here].ended) is not None and ended < on and rows[here].successor in rows:
            here = str(rows[here].successor)
            if here in seen:
                here = code
                break
            seen.add(here)
        if here != code:
            found[code] = here
    return found


def tier_of(code: str) -> str:
    """The tier that a code's own digits tell."""
    if code == ROOT:
        return "all"
    return next(tier for tier, digits in _DIGITS.items() if code[digits:] == "0" * (12 - digits))
