"""How sure is a number, and could chance alone have made it?

The one place in casework that uses scipy. Functions take numbers or arrays and answer numbers or arrays; what cannot be
computed is NaN, never 0.
"""

from casework.statistics.beside_chance import BESIDE_CHANCE, beside_chance
from casework.statistics.beside_kept import beside_kept
from casework.statistics.clusters import design_effect
from casework.statistics.discovery import false_discovery
from casework.statistics.exact import Excess, excess
from casework.statistics.intervals import Floats, poisson_interval, quantile_interval, quantile_ranks, wilson
from casework.statistics.peers import against_peers
from casework.statistics.ranks import RankSum, Shift, rank_sum, shift
from casework.statistics.rate_ratio import greatest_ratio, rate_ratio, ratio_bounds
from casework.statistics.two_shares import difference, ratio

__all__ = [
    "BESIDE_CHANCE",
    "Excess",
    "Floats",
    "RankSum",
    "Shift",
    "against_peers",
    "beside_chance",
    "beside_kept",
    "design_effect",
    "difference",
    "excess",
    "false_discovery",
    "greatest_ratio",
    "poisson_interval",
    "quantile_interval",
    "quantile_ranks",
    "rank_sum",
    "rate_ratio",
    "ratio",
    "ratio_bounds",
    "shift",
    "wilson",
]
