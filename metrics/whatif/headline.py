"""Which few numbers stand above a what-if, and above every doubt of it?"""

from typing import Final

import numpy as np

from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population

MEASURES: Final = ("cost_fen", "households", "persons", "exclusion", "inclusion")


def headline(population: Population, outcome: Outcome, layer: str = "rule_book") -> dict[str, float]:
    """MEASURES of one layer: fen over all months; the last month's households and persons, weighted.

    Exclusion: of the households eligible by the rules, the share not on the delivered roll. Inclusion: of the delivered
    roll, as far as it can be judged, the share not eligible and not entitled otherwise (taper, single person). NaN of
    nobody. Both compare the rules with what is delivered, whichever layer the cost is of.
    """
    chosen, weight = outcome.layer(layer), population.weight
    roll = outcome.delivered.on_roll
    judged = roll & outcome.known
    due = outcome.eligible | outcome.rule_book.on_roll
    return {
        "cost_fen": float(sum(chosen.cost_fen)),
        "households": float(weight[chosen.on_roll].sum()),
        "persons": float((weight * chosen.heads).sum()),
        "exclusion": _share(weight[outcome.eligible & ~roll].sum(), weight[outcome.eligible].sum()),
        "inclusion": _share(weight[judged & ~due].sum(), weight[judged].sum()),
    }


def _share(part: np.float64, whole: np.float64) -> float:
    return float(part / whole) if whole > 0 else np.nan
