"""How well does aid reach those it is for, of which denominator?

Numbers or arrays of sums (weighted households, persons or money) in, shares out; NaN where the denominator is 0. Names
clash in the literature, so each function says of whom: E eligible by the rules, R recipients, P all who can be judged.
"""

import numpy as np
from numpy.typing import ArrayLike

from metrics.whatif.population import Real


def share(part: ArrayLike, whole: ArrayLike) -> Real:
    """The part by the whole; NaN of nothing."""
    above, below = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    nothing = np.full(np.broadcast(above, below).shape, np.nan)
    found: Real = np.divide(above, below, out=nothing, where=below > 0)
    return found


def exclusion(reached: ArrayLike, eligible: ArrayLike) -> Real:
    """Of the eligible, who get nothing: |E∖R| / |E| (World Bank 2022, ch. 7)."""
    return share(np.asarray(eligible) - np.asarray(reached), eligible)


def inclusion(reached: ArrayLike, recipients: ArrayLike) -> Real:
    """Of the recipients, who are not eligible: |R∖E| / |R| (World Bank 2022, ch. 7)."""
    return share(np.asarray(recipients) - np.asarray(reached), recipients)


def false_positive_rate(reached: ArrayLike, recipients: ArrayLike, eligible: ArrayLike, judged: ArrayLike) -> Real:
    """Of those not eligible, who get something: |R∖E| / |P∖E|. Another measure than inclusion."""
    return share(np.asarray(recipients) - np.asarray(reached), np.asarray(judged) - np.asarray(eligible))


def targeting_differential(reached: ArrayLike, recipients: ArrayLike, eligible: ArrayLike, judged: ArrayLike) -> Real:
    """|R∩E| / |E| − |R∖E| / |P∖E| (Galasso and Ravallion 2005): 0 where all, or none, get it."""
    return share(reached, eligible) - false_positive_rate(reached, recipients, eligible, judged)


def net_of_errors(reached: ArrayLike, recipients: ArrayLike, eligible: ArrayLike) -> Real:
    """1 − exclusion − inclusion, what table 7.4 of World Bank 2022 calls a targeting differential."""
    return 1 - exclusion(reached, eligible) - inclusion(reached, recipients)


def cgh(money_of_poorest: ArrayLike, money: ArrayLike, poorest: float) -> Real:
    """The share of all money that the poorest get, by their share of persons (Coady, Grosh and Hoddinott 2004)."""
    return share(money_of_poorest, money) / poorest


def cost_benefit(gap_before: ArrayLike, gap_after: ArrayLike, money: ArrayLike) -> Real:
    """How much of each yuan paid closes the poverty gap (World Bank 2022, p. 489)."""
    return share(np.asarray(gap_before) - np.asarray(gap_after), money)
