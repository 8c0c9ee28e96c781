"""What if people earned more, or less, because more or less of it is left to them?

Off unless a researcher asks (算术效应 is the default), always a range, and never in the headline: how strongly
recipients respond is disputed. Only those who earn respond, by how much they earn; nobody begins or stops to work, and
the new rates are not asked again. The records are of people under today's rules, so the baseline stays as it is and
only the scenario is reckoned with changed earnings.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from casework.policy import Policy
from casework.text import Text
from metrics.whatif.doubt import Band, Case
from metrics.whatif.population import Population, Real

EARNINGS: Final = ("wage", "business")
SOURCE: Final = Text("行为反应:劳动收入弹性(默认不计)", "Behaviour: elasticity of earnings (off by default)")
LABELS: Final = {
    "low": Text("低", "low"),
    "mid": Text("中", "middle"),
    "high": Text("高", "high"),
}


def behaviour(
    ask: Callable[[Population], Mapping[str, float]], population: Population, before: Real, after: Real, policy: Policy
) -> Band:
    """The scenario's numbers with the responses of the tuning `earnings_elasticity`; the base is without any.

    `before`, `after`: the marginal rate of each household under today's rules and the scenario's, NaN where unknown.
    `ask` reckons the scenario for the given households, and what it is compared with for those of the records.
    """
    cases = [
        Case(label, ask(responded(population, before, after, float(policy.tuning("earnings_elasticity", name)))))
        for name, label in LABELS.items()
    ]
    return Band(SOURCE, ask(population), tuple(cases))


def responded(population: Population, before: Real, after: Real, elasticity: float) -> Population:
    """The same households with the earnings that the new marginal rates lead to; unknown rates change nothing."""
    times = np.nan_to_num(response(before, after, elasticity), nan=1.0)
    items = {
        name: np.rint(amount * times).astype(np.int64) if name in EARNINGS else amount
        for name, amount in population.items.items()
    }
    return replace(population, items=items, kept={})


def response(before: Real, after: Real, elasticity: float) -> Real:
    """How many times as high earnings become, by the arc elasticity to the share kept, 1 − rate.

    Half-way between both ends, for by the gap nothing is kept (rate 1) and a share of nothing can not rise by a per
    cent: ΔE / mean E = elasticity × Δkept / mean kept. There and back again gives 1. ValueError: 1 or more, or below 0.
    """
    if not 0 <= elasticity < 1:
        raise ValueError(f"an arc elasticity of earnings lies from 0 to below 1, not at {elasticity}")
    kept, then = np.clip(1 - before, 0, 1), np.clip(1 - after, 0, 1)
    total = kept + then
    change = np.divide(2 * (then - kept), total, out=np.zeros(len(total)), where=total != 0)
    return np.asarray((2 + elasticity * change) / (2 - elasticity * change))
