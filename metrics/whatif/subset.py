"""What of a population lies within a region, or is just one household?"""

from dataclasses import replace

import numpy as np

from metrics.whatif.population import Flag, Persons, Population


def within(population: Population, region: str = "", urban_rural: str | None = None) -> Flag:
    """Which households live in villages of a region (its code's beginning) and setting?"""
    chosen = [
        code.startswith(region) and (urban_rural is None or kind == urban_rural)
        for code, kind in zip(population.village_code, population.urban_rural, strict=True)
    ]
    return np.array(chosen, np.bool_)[population.village]


def only(population: Population, chosen: Flag) -> Population:
    """The chosen households and their persons, in their order; the villages stay as they are."""
    rows = np.flatnonzero(chosen)
    place = np.full(population.households, -1, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    persons = population.persons
    there = chosen[persons.home]
    return replace(
        population,
        **{name: getattr(population, name)[rows] for name in _COLUMNS},
        items={name: column[rows] for name, column in population.items.items()},
        absent={name: column[rows] for name, column in population.absent.items()},
        groups={name: (labels, column[rows]) for name, (labels, column) in population.groups.items()},
        draws={name: column[rows] for name, column in population.draws.items()},
        persons=Persons(
            home=place[persons.home[there]],
            **{name: getattr(persons, name)[there] for name in _OF_PERSONS},
        ),
        kept={},
    )


_COLUMNS = (
    *("village", "weight", "n", "covered", "own", "single", "stated", "unclear", "barred", "shut"),
    *("above_months", "award_months", "paid_fen", "hardship", "kin"),
)
_OF_PERSONS = ("age", "health", "disability", "covered", "counted", "supporter_fen", "supporter_known")
