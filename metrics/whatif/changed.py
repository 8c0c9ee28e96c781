"""Who comes, who goes, who has more and who has less, from one outcome to another?"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Flag, Population, Real, Small, Whole
from metrics.whatif.ranked import before
from metrics.whatif.tallies import Touched
from metrics.whatif.winners import CLASSES, classes

ROLL: Final = ("newly_in", "newly_out", "stay")
UNKNOWN: Final = "unknown"  # paid another amount, and nobody knows what it lives on
ALL: Final = (*ROLL, *CLASSES, UNKNOWN)
_SAME: Final = CLASSES.index("same")


@dataclass(frozen=True, eq=False)
class Changed:
    """The households that either outcome touches, ascending; all others change nothing."""

    rows: Whole
    came: Flag  # on the roll in the last month of the first, not of the second
    tapering: Flag  # came, above the line: only a taper keeps it there
    went: Flag
    stay: Flag  # on the roll in both
    heads: tuple[Whole, Whole]  # persons paid for in the last month of each
    kind: Small  # place in CLASSES; len(CLASSES): unknown


def changed(
    population: Population, outcomes: tuple[Outcome, Outcome], gone: tuple[Touched, Touched], layer: str
) -> Changed:
    """From the second outcome (before) to the first (after)."""
    either = np.zeros(population.households, np.bool_)
    for each in gone:
        either[each.rows] = True
    rows = np.flatnonzero(either)
    now, then = (outcome.layer(layer).on_roll[rows] for outcome in outcomes)
    heads = outcomes[0].layer(layer).heads[rows], outcomes[1].layer(layer).heads[rows]
    after, base = (_aid(each, rows) for each in gone)
    own = before(population)
    kind = classes(own.resources[rows] + base, own.resources[rows] + after)
    unknown = ~own.measured[rows] & (after != base)
    kind = np.where(unknown, len(CLASSES), kind).astype(np.int8)
    came = now & ~then
    return Changed(rows, came, came & outcomes[0].tapering[rows], then & ~now, now & then, heads, kind)


def totals(population: Population, found: Changed) -> dict[str, Real]:
    """The columns of the measures that are of two outcomes, a row a household of `found`."""
    weight, _ = _weights(population, found.rows)
    after, base = found.heads
    return {
        "newly_in_households": weight * found.came,
        "newly_in_persons": weight * found.came * after,
        "newly_in_tapering_households": weight * found.tapering,
        "newly_in_entitled_households": weight * (found.came & ~found.tapering),
        "newly_out_households": weight * found.went,
        "newly_out_persons": weight * found.went * base,
        "gaining_households": weight * (found.kind < _SAME),
        "losing_households": weight * ((found.kind > _SAME) & (found.kind < len(CLASSES))),
    }


def by_class(population: Population, found: Changed) -> list[tuple[Whole, dict[str, Real]]]:
    """Parts for `Layout.spread`: the columns `<class>_households` and `<class>_persons` of each of `ALL`."""
    after, base = found.heads
    roll = {"newly_in": (found.came, after), "newly_out": (found.went, base), "stay": (found.stay, after)}
    flags = {name: found.kind == place for place, name in enumerate((*CLASSES, UNKNOWN)) if place != _SAME}
    changing = found.kind != _SAME
    still = np.ones(population.households, np.bool_)
    still[found.rows[changing]] = False
    weight, people = _weights(population, found.rows)
    own: dict[str, Real] = {}
    for name, (flag, heads) in roll.items():  # as the roll counts: persons paid for
        own |= {f"{name}_households": weight * flag, f"{name}_persons": weight * flag * heads}
    for name, flag in flags.items():
        own |= {f"{name}_households": weight * flag, f"{name}_persons": people * flag}
    rows = np.flatnonzero(still)
    households, persons = _weights(population, rows)
    return [(found.rows, own), (rows, {"same_households": households, "same_persons": persons})]


def _weights(population: Population, rows: Whole) -> tuple[Real, Real]:
    weight = population.weight[rows]
    return weight, weight * population.n[rows]


def _aid(gone: Touched, rows: Whole) -> Real:
    found = np.zeros(len(rows))
    found[np.searchsorted(rows, gone.rows)] = gone.aid
    return found
