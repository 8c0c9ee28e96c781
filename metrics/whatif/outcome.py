"""What becomes of every household under one set of rules?

The rule-book layer is what the rules say (以算为主); the delivered layer is who gets what as the system works today:
take-up, leakage and pay as the records show them. Both are of the same months and the same stored draws.
"""

from dataclasses import dataclass

from metrics.whatif.delivery import Habits
from metrics.whatif.population import Flag, Small, Whole

# why a household is not on the roll by the rules (`reason`)
IN, OVER_LINE, BARRED, SHUT, UNKNOWN, TERM, CUT = 0, 1, 2, 3, 4, 5, 6


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer, a row a household. `month` is the last month reckoned."""

    on_roll: Flag  # in the last month
    heads: Whole  # persons paid for in the last month; 0 off the roll
    month_fen: Whole  # the last month's amount
    year_fen: Whole  # over all months reckoned
    unpriced: Flag  # on the roll in some month for an amount that nobody can tell: it is in no sum
    cost_fen: tuple[int, ...]  # a month, weighted and rounded to a fen
    households: tuple[float, ...]  # on the roll in each month, weighted


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one policy makes of a population over `months` months from the month after `as_of`."""

    policy: str  # digest of the rules really used
    months: int
    y_fen: Whole  # counted income a year in the last month; meaningless where it is not known
    standard_fen: Whole  # a person a month, of the village; -1 none in force
    known: Flag  # it can be told whether it is eligible: one thing that keeps it out for certain is enough
    below: Flag  # y_fen < 12 x n x standard, strictly; False where income or line is not known
    eligible: Flag  # below, no excluding finding, nothing that excludes dibao; never an award of single-person entry
    tapering: Flag  # above the line, still paid
    reason: Small  # IN … CUT
    due_fen: Whole  # by the rules in the last month if on the roll by them, top-ups included; 0 otherwise
    topup_fen: Whole  # contained in it
    circle: Small  # 1 to 4 (四级信息圈); 0 beyond; -1 unknown
    rule_book: Layer
    delivered: Layer
    habits: Habits  # how the baseline is delivered, by which the delivered layer goes

    def layer(self, name: str) -> Layer:
        """`rule_book` or `delivered`."""
        return self.delivered if name == "delivered" else self.rule_book
