"""How well does aid reach those it is for, of which denominator?

Numbers or arrays of sums (weighted households, persons or money) in, shares out; NaN where the denominator is 0. Names
clash in the literature, so each function says of whom: E eligible by the rules, R recipients, P all who can be judged.
Of those not eligible whom the rules pay all the same (a taper that runs, single-person entry) none is wrongly paid: D
is who is due something by the rules, eligible or not.
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


def inclusion(rightly: ArrayLike, recipients: ArrayLike) -> Real:
    """Of the recipients, who are due nothing: |R∖D| / |R| (World Bank 2022, ch. 7); `rightly`: |R∩D|."""
    return share(np.asarray(recipients) - np.asarray(rightly), recipients)


def false_positive_rate(rightly: ArrayLike, recipients: ArrayLike, due: ArrayLike, judged: ArrayLike) -> Real:
    """Of those due nothing, who get something: |R∖D| / |P∖D|. Another measure than inclusion."""
    return share(np.asarray(recipients) - np.asarray(rightly), np.asarray(judged) - np.asarray(due))


def targeting_differential(reached: ArrayLike, recipients: ArrayLike, eligible: ArrayLike, judged: ArrayLike) -> Real:
    """|R∩E| / |E| − |R∖E| / |P∖E| (Galasso and Ravallion 2005): 0 where all, or none, get it.

    Of the eligible and those due nothing alone: whoever is due something without being eligible is in none of the four.
    """
    return share(reached, eligible) - false_positive_rate(reached, recipients, eligible, judged)


def net_of_errors(exclusion: ArrayLike, inclusion: ArrayLike) -> Real:
    """1 − exclusion − inclusion, what table 7.4 of World Bank 2022 calls a targeting differential."""
    found: Real = 1 - np.asarray(exclusion, np.float64) - np.asarray(inclusion, np.float64)
    return found


def cgh(money_of_poorest: ArrayLike, money: ArrayLike, poorest: float) -> Real:
    """The share of all money that the poorest get, by their share of persons (Coady, Grosh and Hoddinott 2004)."""
    return share(money_of_poorest, money) / poorest


def cost_benefit(gap_before: ArrayLike, gap_after: ArrayLike, money: ArrayLike) -> Real:
    """How much of each yuan paid closes the poverty gap (World Bank 2022, p. 489)."""
    return share(np.asarray(gap_before) - np.asarray(gap_after), money)
