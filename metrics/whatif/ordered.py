"""What of a region goes by the order of its persons: inequality after aid, and who of the poorest gets how much?"""

import numpy as np

from metrics.whatif import formulas
from metrics.whatif.formulas import POOREST, Values
from metrics.whatif.population import Population, Real
from metrics.whatif.ranked import after, ascending, before, ginis, standings
from metrics.whatif.tallies import Touched, summed
from metrics.whatif.tiers import Tier, mark
from metrics.whatif.welfare import inside


def ordered(population: Population, gone: Touched, tiers: tuple[Tier, ...]) -> list[Values]:
    """Values of each tier; tiers that divide the villages alike are reckoned once."""
    now = ascending(population, *after(population, gone.rows, gone.aid))
    done: dict[str, Values] = {}
    for tier in tiers:
        name, many = mark(tier.place), len(tier.codes)
        if name in done:
            continue
        kept = f"gini_before {name}"
        if kept not in population.kept:
            base = before(population)
            population.kept[kept] = ginis(ascending(population, base.head, base.order), tier.place, many)
        own = formulas.of_order(_poorest(population, gone, tier))
        done[name] = own | {
            "gini": ginis(now, tier.place, many),
            "gini_before": np.asarray(population.kept[kept]),
        }
    return [done[mark(tier.place)] for tier in tiers]


def _poorest(population: Population, gone: Touched, tier: Tier) -> dict[str, Real]:
    """Sums of aid by standing in the region, of those whose standing is known."""
    low, high = (each[gone.rows] for each in standings(population, tier.place, len(tier.codes)))
    known = np.isfinite(low)
    low, high = low[known], high[known]
    aid = gone.columns["aid"][known]
    cell = tier.place[population.village[gone.rows[known]]]
    columns = {"aid": aid, "aid_by_standing": aid * (low + high)}
    columns |= {f"aid_of_{q}": aid * inside(low, high, q / 100) for q in POOREST}
    columns["income_of_20"] = gone.columns["income_of_paid"][known] * inside(low, high, POOREST[0] / 100)
    return summed(columns, cell, len(tier.codes))
