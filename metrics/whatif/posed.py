"""Of which rules, of which households and of which layer is something asked, and what are its numbers then?

One scenario (or the rules in force) as it was reckoned, ready to be reckoned once more with something a little changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from casework.policy import Change, Policy
from metrics.whatif.headline import headline
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Flag, Population, Whole
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions

_YEAR = 12  # months


def unheard() -> None:
    """Nobody counts the reckonings."""


@dataclass(frozen=True, eq=False)
class Posed:
    """A scenario and the rules in force, each with its households as gathered under them."""

    records: Population  # under the rules in force
    rules: Policy
    baseline: Outcome
    people: Population  # under the rules asked about
    policy: Policy
    assumed: Assumptions | None
    outcome: Outcome
    there: Flag  # of which households it is asked
    layer: str = "rule_book"
    line_fen: int | None = None  # the poverty line, fen a person a year; None the baseline's standard
    heard: Callable[[], None] = unheard  # called before every reckoning

    @property
    def line(self) -> Whole:
        """The poverty line of each household, fen a person a year; 0 none."""
        standard = self.baseline.standard_fen
        if self.line_fen is not None:
            return np.full(len(standard), self.line_fen, np.int64)
        return np.maximum(standard, 0) * _YEAR

    def numbers(
        self, people: Population | None = None, changes: tuple[Change, ...] = (), assumed: Assumptions | None = None
    ) -> Mapping[str, float]:
        """The headline of everybody, with other incomes, further changes or other assumptions."""
        asked = self.people if people is None else people
        return headline(asked, self._again(asked, changes, assumed), self.layer)

    def beside_the_roll(self, people: Population) -> Mapping[str, float]:
        """The same with other incomes, but the delivered roll left as it is: what is paid knows of no other income."""
        return headline(people, replace(self._again(people), delivered=self.outcome.delivered), self.layer)

    def _again(
        self, people: Population, changes: tuple[Change, ...] = (), assumed: Assumptions | None = None
    ) -> Outcome:
        self.heard()
        policy, said = self.policy.adjusted(changes), self.assumed if assumed is None else assumed
        return reckon(people, policy, said, months=self.outcome.months, baseline=self.baseline)
