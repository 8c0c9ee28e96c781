"""In which region of each tier does every village lie?"""

import hashlib
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from casework.regions import ROOT, TIERS, UNASSIGNED, Regions, tier_of
from metrics.whatif.population import Index, Population

_DIGITS: Final = (2, 4, 6, 9)
_PLACES: Final = 12


@dataclass(frozen=True, eq=False)
class Tier:
    """The regions of one tier, and the place among them of each village."""

    name: str
    codes: tuple[str, ...]
    place: Index

    def above(self, lower: "Tier") -> Index:
        """The place here of each region of a lower tier."""
        found = np.zeros(len(lower.codes), np.int32)
        found[lower.place] = self.place
        return found


def mark(place: Index) -> str:
    """What tells one division of the villages from another, to keep by."""
    return hashlib.sha256(place.tobytes()).hexdigest()


def tiers(population: Population, regions: Regions | None = None) -> tuple[Tier, ...]:
    """Every tier, the highest first; the first has one region, the last the villages.

    Without the region table a village lies where its code says; a village that the table does not have counts in what
    no lower tier knows ("<code>/-"). Each lies in one region of each tier, so they always add up to the whole.
    """
    kept = population.kept.get("tiers")
    if isinstance(kept, tuple) and kept[0] is regions:
        return cast("tuple[Tier, ...]", kept[1])
    codes = population.village_code
    paths = [_path(code) if regions is None else _units(code, regions) for code in codes]
    names = [name for name in TIERS if any(name in path for path in paths)]
    for path in paths:
        _without_gaps(path, names)
    found = [_tier(name, [path[name] for path in paths]) for name in names]
    if len(found[0].codes) != 1:
        found.insert(0, _tier("all", [ROOT] * len(codes)))
    done = tuple(found)
    population.kept["tiers"] = (regions, done)
    return done


def _path(code: str) -> dict[str, str]:
    above = (code[:digits].ljust(_PLACES, "0") for digits in _DIGITS)
    return {tier_of(each): each for each in above} | {"village": code}


def _units(code: str, regions: Regions) -> dict[str, str]:
    return {regions[unit].tier: unit for unit in regions.units(code)}


def _without_gaps(path: dict[str, str], names: list[str]) -> None:
    """A region that hangs from one two tiers above it lies, in between, in what the upper one does not divide."""
    above = path.get(names[0], ROOT)
    for name in names:
        above = path.setdefault(name, above + UNASSIGNED)


def _tier(name: str, codes: list[str]) -> Tier:
    known = sorted(set(codes))
    places = {code: place for place, code in enumerate(known)}
    return Tier(name, tuple(known), np.array([places[code] for code in codes], np.int32))
