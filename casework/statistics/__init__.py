"""How sure is a number, and could chance alone have made it?

The one place in casework that uses scipy. Functions take numbers or arrays and answer numbers or arrays; what cannot be
computed is NaN, never 0.
"""

from casework.statistics.discovery import false_discovery
from casework.statistics.exact import Excess, excess
from casework.statistics.intervals import Floats, poisson_interval, quantile_interval, quantile_ranks, wilson
from casework.statistics.peers import against_peers

__all__ = [
    "Excess",
    "Floats",
    "against_peers",
    "excess",
    "false_discovery",
    "poisson_interval",
    "quantile_interval",
    "quantile_ranks",
    "wilson",
]
