"""Who comes, who goes, who has more and who has less, from one outcome to another?

Whom only one of the two can judge neither comes nor goes, neither gains nor loses: it is unknown what would become of
it, so it is counted apart, and its money with it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.whatif import outcome as standing
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Flag, Population, Real, Small, Whole
from metrics.whatif.ranked import before
from metrics.whatif.tallies import Touched
from metrics.whatif.winners import CLASSES, classes

ROLL: Final = ("newly_in", "newly_out", "stay")
# Only one of the two can judge it; or paid another amount, on means or of an amount that nobody knows.
UNKNOWN: Final = "unknown"
KINDS: Final = (*CLASSES, UNKNOWN)
ALL: Final = (*ROLL, *KINDS)
_SAME: Final = CLASSES.index("same")


@dataclass(frozen=True, eq=False)
class Changed:
    """The households that either outcome touches or that one alone can judge, ascending; all others change nothing."""

    rows: Whole
    came: Flag  # on the roll in the last month of the first, not of the second
    tapering: Flag  # came, above the line: only a taper keeps it there
    went: Flag
    stay: Flag  # on the roll in both
    untold: Flag  # the second can judge it, the first cannot
    newly_told: Flag  # the first can judge it, the second cannot
    year_fen: tuple[Whole, Whole]  # over all months, in each
    month_fen: Whole  # the last month in the second
    heads: tuple[Whole, Whole]  # persons paid for in the last month of each
    kind: Small  # place in KINDS


def changed(
    population: Population, outcomes: tuple[Outcome, Outcome], gone: tuple[Touched, Touched], layer: str
) -> Changed:
    """From the second outcome (before) to the first (after)."""
    dark, clear = (each.reason == standing.UNKNOWN for each in outcomes)
    either = dark != clear
    for each in gone:
        either[each.rows] = True
    rows = np.flatnonzero(either)
    one, other = (each.layer(layer) for each in outcomes)
    untold, newly_told = (dark & ~clear)[rows], (clear & ~dark)[rows]
    judged = ~(untold | newly_told)
    now, then = one.on_roll[rows], other.on_roll[rows]
    after, base = (_aid(each, rows) for each in gone)
    own = before(population)
    kind = classes(own.resources[rows] + base, own.resources[rows] + after)
    doubt, doubted = (each.layer(layer).unpriced[rows] for each in outcomes)
    vague = ~own.measured[rows] | doubt | doubted
    unknown = ~judged | vague & (after != base) | (doubt != doubted)
    came = now & ~then & judged
    return Changed(
        rows,
        came=came,
        tapering=came & outcomes[0].tapering[rows],
        went=then & ~now & judged,
        stay=now & then,
        untold=untold,
        newly_told=newly_told,
        year_fen=(one.year_fen[rows], other.year_fen[rows]),
        month_fen=other.month_fen[rows],
        heads=(one.heads[rows], other.heads[rows]),
        kind=np.where(unknown, len(CLASSES), kind).astype(np.int8),
    )


def totals(population: Population, found: Changed) -> dict[str, Real]:
    """The columns of the measures that are of two outcomes, a row a household of `found`."""
    weight, _ = _weights(population, found.rows)
    after, base = found.heads
    more = weight * (found.year_fen[0] - found.year_fen[1])
    apart = found.untold | found.newly_told
    return {
        "newly_in_households": weight * found.came,
        "newly_in_persons": weight * found.came * after,
        "newly_in_tapering_households": weight * found.tapering,
        "newly_in_entitled_households": weight * (found.came & ~found.tapering),
        "newly_out_households": weight * found.went,
        "newly_out_persons": weight * found.went * base,
        "gaining_households": weight * (found.kind < _SAME),
        "losing_households": weight * ((found.kind > _SAME) & (found.kind < len(CLASSES))),
        "changed_households": weight * (found.kind != _SAME),
        "untold_households": weight * found.untold,
        "newly_told_households": weight * found.newly_told,
        "untold_month_cost": weight * found.month_fen * found.untold,
        "untold_cost": more * apart,
        "judged_cost": more * ~apart,
    }


def by_class(population: Population, found: Changed) -> list[tuple[Whole, dict[str, Real]]]:
    """Parts for `Layout.spread`: the columns `<class>_households` and `<class>_persons` of each of `ALL`."""
    after, base = found.heads
    roll = {"newly_in": (found.came, after), "newly_out": (found.went, base), "stay": (found.stay, after)}
    flags = {name: found.kind == place for place, name in enumerate(KINDS) if place != _SAME}
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
