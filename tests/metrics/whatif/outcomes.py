"""An outcome written down by hand: who is on the roll, who should be, and what each is paid."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from metrics.whatif.delivery import Habits
from metrics.whatif.outcome import IN, OVER_LINE, UNKNOWN, Layer, Outcome
from metrics.whatif.population import Population

YEAR = 12


def layer(homes: Population, paid: Sequence[float], months: int = YEAR) -> Layer:
    """`paid`: yuan a month of each household, every month; 0 is off the roll."""
    month = np.array([round(each * 100) for each in paid], np.int64)
    on = month > 0
    cost = round(float((month * homes.weight).sum()))
    many = float(homes.weight[on].sum())
    return Layer(on, np.where(on, homes.n, 0), month, month * months, month < 0, (cost,) * months, (many,) * months)


def outcome(
    homes: Population,
    paid: Sequence[float],
    *,
    eligible: Sequence[bool] | None = None,
    known: Sequence[bool] | None = None,
    standard: float = 500,
    delivered: Sequence[float] | None = None,
    policy: str = "made",
) -> Outcome:
    """Paid by the rules, and (`delivered`) as things go; `standard`: yuan a person a month, everywhere."""
    by_rules = layer(homes, paid)
    meant = by_rules.on_roll if eligible is None else np.array(eligible, np.bool_)
    every = np.zeros(homes.households, np.int64)
    unused: Any = None
    habits: Habits = unused
    clear = np.full(homes.households, fill_value=True) if known is None else np.array(known, np.bool_)
    return Outcome(
        policy=policy,
        months=YEAR,
        y_fen=homes.resources_fen,
        standard_fen=every + round(standard * 100),
        known=clear,
        below=meant,
        eligible=meant,
        tapering=by_rules.on_roll & ~meant,
        reason=np.where(by_rules.on_roll, IN, np.where(clear, OVER_LINE, UNKNOWN)).astype(np.int8),
        due_fen=by_rules.month_fen,
        topup_fen=every,
        circle=np.where(meant, 1, 0).astype(np.int8),
        rule_book=by_rules,
        delivered=by_rules if delivered is None else layer(homes, delivered),
        habits=habits,
    )
