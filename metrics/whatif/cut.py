"""Who stays on the roll if only so many may, the hardest first (排序截断)?

A quota is against 应保尽保: whoever is entitled is to be covered. It is reckoned to show what a quota, or a budget that
works like one, would do.
"""

import numpy as np

from metrics.whatif.population import Flag, Index, Population, Whole


def order(population: Population) -> Index:
    """Rows from the hardest down: by hardship points, then less to live on a head, then the rows' own order."""
    points = np.nan_to_num(population.hardship, nan=-np.inf)
    a_head = population.resources_fen / np.maximum(population.n, 1)
    return np.lexsort((a_head, -points)).astype(np.int32)


def kept(population: Population, enters: Flag, amount_fen: Whole, *, quota: int | None, budget_fen: int | None) -> Flag:
    """Those of `enters` who stay: at most `quota` households and `budget_fen` a month.

    The first who does not fit and all after them are left out.
    """
    ranked = order(population)
    ranked = ranked[enters[ranked]]
    weight = population.weight[ranked]
    fits = np.ones(len(ranked), np.bool_)
    if quota is not None:
        fits &= np.cumsum(weight) <= quota
    if budget_fen is not None:
        fits &= np.cumsum(weight * amount_fen[ranked]) <= budget_fen
    stays = np.zeros(population.households, np.bool_)
    stays[ranked[fits]] = True
    return stays
