"""Which planted families and innocent twins come into which township?

Every variant and twin of `synthetic/schemes/*.py` is planted once in each county (worlds with fraud), twins alone in
the others. A scheme that says `LEAST` is a pattern over many cases, with a village or a township of its own: it needs
peers to stand out from, so a county of fewer persons has none of it, nor has a world without fraud, whose villages are
to be what they are by chance alone. The plants stand beside the 2 600 recipients of a county of 60 000: many more than
the half percent of domain.md §4, since every hard case is to be met once. So these worlds measure what is found and
what is raised beside it; how often it occurs, and so precision in the field, is not theirs to tell.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Final, NamedTuple

from synthetic import schemes
from synthetic.kit import County, Plant, Site
from synthetic.kit.ground import TruthRow
from synthetic.world.village import Regime

BREACH: Final = 0.12  # of plain approvals are late, in worlds with fraud: 8 % of all decisions (domain.md §4)


class Planting(NamedTuple):
    """One plant of a scheme."""

    scheme: str
    name: str
    twin: bool
    plant: Plant
    least: int  # persons of a county in which it is planted
    settlers: int  # persons whom all plants of its scheme settle in villages of their own


@cache
def catalogue() -> tuple[Planting, ...]:
    """Every plant of every scheme, by name."""
    found = []
    for module in sorted(info.name for info in pkgutil.iter_modules(schemes.__path__) if not info.name.startswith("_")):
        scheme = importlib.import_module(f"{schemes.__name__}.{module}")
        plants: tuple[tuple[bool, Mapping[str, Plant]], ...] = ((False, scheme.VARIANTS), (True, scheme.TWINS))
        least, living = getattr(scheme, "LEAST", 0), getattr(scheme, "SETTLERS", 0)
        found += [
            Planting(module, name, twin, plant, least, living)
            for twin, named in plants
            for name, plant in sorted(named.items())
        ]
    return tuple(found)


def settlers(persons: int, regime: Regime) -> int:
    """How many live in villages founded for plants, in a county of so many: each scheme's `SETTLERS`, about."""
    modules = {one.scheme: one for one in catalogue() if one.least and one.least <= persons and regime == "capture"}
    return sum(one.settlers for one in modules.values())


def _asked(persons: int, regime: Regime) -> int:
    """The size asked for of a county in which so many are left beside the settlers."""
    reserves = sorted({settlers(one.least, regime) for one in catalogue()}, reverse=True)
    return next(persons + apart for apart in reserves if settlers(persons + apart, regime) == apart)


def sown(county: County, seed: int, regime: Regime) -> dict[str, list[Planting]]:
    """Which plants each village of a county gets, by village code; the same for the same seed."""
    random = Random(f"{seed}:{county.code}:planting")  # noqa: S311 - a made-up world, not a secret
    villages = [village for town in county.townships for village in town.villages]
    persons = _asked(sum(village.persons for village in villages), regime)
    kinds = [
        one for one in catalogue() if (one.twin and not one.least) or (regime == "capture" and one.least <= persons)
    ]
    random.shuffle(kinds)
    where: dict[str, list[Planting]] = {}
    rural = [village for village in villages if village.settlement == "rural"] or villages
    for planting in kinds:
        where.setdefault(rural[int(random.random() * len(rural))].code, []).append(planting)
    return where


def plant(site: Site, plantings: list[Planting]) -> None:
    """Plant them in the site's village, one after the other, and keep their truth.

    A twin is innocent of its own scheme; what else it names it truly meets.
    """
    for planting in plantings:
        for truth in planting.plant(site):
            innocent = planting.twin and truth.scheme == planting.scheme
            site.truth.append(TruthRow(truth, innocent, planting.name))
