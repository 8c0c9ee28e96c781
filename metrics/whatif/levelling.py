"""If every person could be paid any amount, whom would a budget reach first?

What poverty measure is to fall decides it (Bourguignon and Fields 1997): for FGT2 the poorest are lifted to one common
level; for FGT1 any split among the poor is as good while nobody passes the line; for FGT0 whoever lacks least comes
first. No rule pays like this: it is the yardstick for those that do.
"""

import numpy as np

from metrics.whatif.population import Real


def levelled(resources: Real, line: float, budget: float) -> Real:
    """What each person gets where the poorest are lifted together, to the line at most. A row a person."""
    ordered = np.sort(np.minimum(resources, line))
    lifted = np.arange(len(ordered))
    cost = lifted * ordered - np.concatenate([[0.0], np.cumsum(ordered)[:-1]])  # of lifting all before to each
    count = int(np.searchsorted(cost, budget, side="right"))
    if not count:
        return np.zeros(len(resources))
    level = min((budget + float(ordered[:count].sum())) / count, line)
    return np.asarray(np.maximum(level - resources, 0.0))


def least_gap_first(resources: Real, line: float, budget: float) -> Real:
    """What each person gets where those who lack least are lifted to the line, one after another. A row a person."""
    gap = np.maximum(line - resources, 0.0)
    order = np.argsort(gap, kind="stable")
    paid = np.zeros(len(resources))
    served = order[np.cumsum(gap[order]) <= budget]
    paid[served] = gap[served]
    return paid
