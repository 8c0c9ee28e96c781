"""How much of a worker is every person by the rules (劳动力系数)?

The coefficient of the row whose ages hold the person's, of several the one that begins latest. Who has no known health
or age has a coefficient where all that they may be have the same one: a small child works nowhere, whatever it has.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from casework.means.figures import THOUSANDTHS
from metrics.whatif.population import HEALTH, Index, Population, Whole
from metrics.whatif.rules import Rules, in_parts

RULE: Final = "labour_coefficient"
UNKNOWN: Final = -1
OLDEST: Final = 150  # whoever is older counts as this old
_AGES: Final = OLDEST + 2  # the last place is of those whose age nobody knows
_KEPT: Final = "labour_cells"


def coefficients(population: Population, rules: Rules) -> Whole:
    """The coefficient of each person in thousandths, UNKNOWN where no row tells."""
    place, tables = _tables(rules)
    cells = _cells(population)
    if len(tables) == 1:
        return np.take(tables[0].ravel(), cells)
    here = place[population.village[population.persons.home]].astype(np.int64)
    return np.take(np.stack(tables).ravel(), here * ((len(HEALTH) + 1) * _AGES) + cells)


def _cells(population: Population) -> npt.NDArray[np.int16]:
    """The place of each person in a table of health x age, reckoned once a population."""
    kept = population.kept.get(_KEPT)
    if not isinstance(kept, np.ndarray):
        age = np.minimum(population.persons.age, OLDEST).astype(np.int16)
        age[age < 0] = OLDEST + 1
        health = population.persons.health.astype(np.int16)
        health[health < 0] = len(HEALTH)
        kept = population.kept[_KEPT] = health * np.int16(_AGES) + age
    return kept


def _tables(rules: Rules) -> tuple[Index, list[Whole]]:
    """A table of health x age for each place that the rule tells apart, and each village's place."""
    place, _ = rules.said(RULE)
    starts = [int(start) for start in sorted(rules.mentioned(RULE, "age_from"), key=int)]
    tables = [np.full((len(HEALTH) + 1, _AGES), UNKNOWN, np.int64) for _ in range(int(place.max(initial=0)) + 1)]
    for number, health in enumerate(HEALTH):
        for start in starts:
            _, said = rules.said(RULE, health=health, age_from=start)
            for table, (entry, _) in zip(tables, said, strict=True):
                if entry is not None and entry.value is not None:
                    last = entry.fields.get("age_to")
                    until = OLDEST if last is None else min(int(last), OLDEST)
                    table[number, start : until + 1] = in_parts(entry.value, THOUSANDTHS)
    for table in tables:
        table[-1] = _common(table[:-1].T)
        table[:, -1] = _common(table[:, :-1])
    return place, tables


def _common(rows: Whole) -> Whole:
    """The number that all of a row are, UNKNOWN where they differ."""
    return np.where((rows == rows[:, :1]).all(axis=1), rows[:, 0], UNKNOWN)
