"""If every person could be paid any amount, whom would a budget reach first, were the squared gap (FGT2) to be least?

The poorest are lifted to one common level (Bourguignon and Fields 1997): the next yuan goes where the gap is widest.
Where lines differ it is the gap by the square of the line that is made equal. No rule pays like this: it is the
yardstick for those that do.
"""

import numpy as np

from metrics.whatif.population import Real


def levelled(resources: Real, line: Real | float, budget: float, weight: Real | None = None) -> Real:
    """What each person gets where the poorest are lifted together, to the line at most. A row a person, or `weight`."""
    many = np.ones(len(resources)) if weight is None else weight
    square = np.square(np.broadcast_to(np.asarray(line, np.float64), resources.shape))
    scale = square / max(float(square.max(initial=0)), 1.0)  # 1 where there is one line for all
    gap = np.maximum(line - resources, 0.0)
    wide = np.divide(gap, scale, out=np.zeros(len(gap)), where=scale > 0)
    order = np.argsort(-wide, kind="stable")
    gaps, scales = (np.cumsum((many * part)[order]) for part in (gap, scale))
    cost = np.append(0.0, gaps[:-1]) - wide[order] * np.append(0.0, scales[:-1])  # of bringing all before to each
    count = int(np.searchsorted(cost[: len(order)], budget, side="right"))
    if not count or not gaps[count - 1]:
        return np.zeros(len(resources))
    left = max((gaps[count - 1] - budget) / scales[count - 1], 0.0)
    return np.asarray(np.maximum(gap - left * scale, 0.0))
