"""How does a researcher ask "what if" from a notebook?

    import mingcha

    county = mingcha.open("workspace/demo")
    higher = county.scenario("农村标准提高 10%", mingcha.change("dibao_standard", urban_rural="rural", scale=1.1))
    result = county.whatif(higher)
    print(result.headline())

Results are Polars frames. Everything is read, nothing is written into the workspace; no table tells a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import detectors
from casework.errors import PolicyError, WrongUsageError
from casework.policy import Change
from casework.text import Language, Text
from dashboard import headline, limits, studied, whatif
from dashboard.exports import whatif as files
from dashboard.queries import wronged
from dashboard.whatif import MONTHS, Layer
from metrics.whatif import assumed, coarse, conflicts, scenario_file, swept
from metrics.whatif.bootstrap import REPLICATES
from metrics.whatif.curve import Curve, with_others
from metrics.whatif.curve import curve as swept_once
from metrics.whatif.over_correction import over_correction
from metrics.whatif.pushed import Unit
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import FULL, Assumptions, Scenario, stacked
from metrics.whatif.shipped import shipped

_FEN = 100
_LOW, _HIGH, _POINTS = 0.5, 2.0, 301  # the multiples of the standards on a curve, unless others are asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """One change with its source, as `change` makes it."""

    change: Change
    source: str = ""
    share_of: str = ""


def change(
    rule: str,
    *,
    region: str = "",
    which: str = "",
    start: date | None = None,
    end: date | None = None,
    set: Any = None,  # noqa: A002, ANN401 - the word of the scenario file; a rule's value may be of any kind
    scale: float | None = None,
    add: float | None = None,
    source: str = "",
    share_of: str = "",
    **scope: str | bool | int,
) -> Asked:
    """One change of a rule: exactly one of `set`, `scale` and `add`; checked where a scenario is made of it.

    `region`: beginning of the division code; `which`: the field, of a rule with several; `start` and `end`: first and
    last day; `share_of`: beside `set`, of which published figure it is a share; `scope`: the rule's own keys.
    """
    said = Change(rule, region, scope, start, end, set, scale, add, which)
    return Asked(said, source, share_of)


def assume(
    *,
    take_up: float | None = None,
    leak: float | None = None,
    pay_ratio: float | None = None,
    taper: str = FULL,
    quota: int | None = None,
    budget_fen: int | None = None,
    removed: Sequence[str] = (),
    parallel: Sequence[str] = (),
    staff: float = 1.0,
) -> Assumptions:
    """What no rule says (`metrics.whatif.scenario.Assumptions`); None is as the records show it.

    Of time limits: steps left out, steps done side by side, and how many times as many staff.

    Raises:
        PolicyError: a value that is none, or a step that is not known; every fault at once.
    """
    said = {
        "take_up": take_up,
        "leak": leak,
        "pay_ratio": pay_ratio,
        "taper": taper,
        "quota": quota,
        "budget_fen": budget_fen,
        "removed": removed,
        "parallel": parallel,
        "staff": staff,
    }
    wrong: list[tuple[str, Text]] = []
    found = assumed.read({name: value for name, value in said.items() if value is not None}, wrong)
    if wrong:
        raise PolicyError(Text(";".join(text.zh for _, text in wrong), "; ".join(text.en for _, text in wrong)))
    return found


def open(workspace: str | Path, *, sample: bool = False) -> "County":  # noqa: A001 - read as mingcha.open
    """The workspace's households under its rules, read once.

    Raises:
        WorkspaceError: there is no workspace, or no data in it.
    """
    return County(whatif.County.opened(Path(workspace), sample=sample))


@dataclass(frozen=True, eq=False)
class County:
    """One workspace, ready to be asked."""

    opened: whatif.County

    @property
    def as_of(self) -> date:
        """The day up to which the data speak; the first month reckoned is the one after."""
        return self.opened.population.as_of

    def scenario(self, name: str, *changes: Asked, assumptions: Assumptions | None = None, note: str = "") -> Scenario:
        """A scenario of changes in order.

        Raises:
            PolicyError: an unknown rule, field or key, or a value that does not fit; every fault of every change.
        """
        made = Scenario(
            name,
            tuple(one.change for one in changes),
            assumptions or Assumptions(),
            tuple(one.source for one in changes),
            note,
            tuple(one.share_of for one in changes),
        )
        return scenario_file.checked(made, policy=self.opened.policy)

    def read(self, *paths: str | Path) -> Scenario:
        """The scenario of a file, or of several stacked in order; a name of `shipped` stands for its file.

        Raises:
            PolicyError: every fault of every file.
        """
        known = shipped()
        return scenario_file.read(*(known.get(str(path), Path(path)) for path in paths), policy=self.opened.policy)

    def warnings(self, scenario: Scenario, *, months: int = MONTHS) -> list[conflicts.Conflict]:
        """What to know of a scenario before it is reckoned: overlaps, changes without effect, values out of range."""
        county = self.opened
        return conflicts.conflicts(scenario, county.policy, county.population, county.figures, months=months)

    def over_correction(self) -> pl.DataFrame:
        """Were every near kin taken off the roll: `part`, `households`, `persons`, `month_yuan` (null: hidden, few).

        `roll`; of it `kin`; of them the `eligible` (who would be wronged), the `failing`, the `tapering`, the
        `unknown`. By the rules in force, over one month. Being kin is not a violation.
        """
        people = self.opened.population
        found = over_correction(people, reckon(people, self.opened.policy, months=1))
        rows = [
            {
                "part": part,
                "households": one.households,
                "persons": one.persons,
                "month_yuan": None if one.month_fen is None else one.month_fen // _FEN,
            }
            for part, one in wronged.told(found, self.opened.least, 1).items()
        ]
        return pl.DataFrame(rows)

    def whatif(self, *scenarios: Scenario, months: int = MONTHS, layer: Layer = "rule_book") -> "Result":
        """The baseline and each scenario on the same households, months and stored draws.

        Raises:
            CaseworkError: a scenario that cannot be reckoned, with every reason.
        """
        return Result(whatif.reckoned(self.opened, scenarios, months=months, layer=layer))


@dataclass(frozen=True, eq=False)
class Result:
    """Baseline and scenarios side by side."""

    found: whatif.Result

    def headline(self, language: Language = "zh") -> str:
        """What each scenario changes and what it comes to, as lines of text."""
        return headline.lines(self.found, language)

    @property
    def measures(self) -> pl.DataFrame:
        """Every measure of every region and group, and the differences "a-b" (contract §7); money in fen."""
        return self.found.measures

    @property
    def moves(self) -> pl.DataFrame:
        """How many come, go, gain and lose."""
        return self.found.moves

    @property
    def difference(self) -> pl.DataFrame:
        """What each scenario changes: 原值 → 新值, 生效, 依据."""
        return self.found.differences

    @property
    def manifest(self) -> dict[str, Any]:
        """Digests, changes really applied, and the command that does it again."""
        return files.manifest(self.found)

    @cached_property
    def leads(self) -> pl.DataFrame:
        """How many leads of each scheme appear, vanish and stay; runs every detector under each set of rules.

        Null: few; or, where not `comparable`, only one of the two sets of rules could ask it.
        """
        return self.found.leads(detectors)

    def curve(
        self, name: str = scenario_file.BASELINE, *, low: float = _LOW, high: float = _HIGH, points: int = _POINTS
    ) -> pl.DataFrame:
        """A month's cost and coverage at multiples of the standards, under a scenario's other rules.

        `factor`, `cost_yuan` (a month, exact, before rounding up to whole yuan), `households`, `persons`. Income tests
        alone: without tapers, ended terms, quotas and bands (`metrics.whatif.curve`). Each multiple asked for is
        answered by the last one told up to it: neighbours are never a few households apart (`metrics.whatif.coarse`).
        """
        swept = self._curve(name)
        told = coarse.at(swept, np.linspace(low, high, points), self.found.county.least)
        factor = pl.Series("factor", told)
        return pl.DataFrame(
            {
                "factor": factor,
                "cost_yuan": swept.cost(factor.to_numpy()) / _FEN,
                "households": swept.households(factor.to_numpy()),
                "persons": swept.persons(factor.to_numpy()),
            }
        )

    def largest(self, budget_yuan: float, name: str = scenario_file.BASELINE) -> float:
        """The largest multiple of the standards whose month costs no more; inf where none does, nan where all do.

        The last one that is told (`curve`): between two of them few households would stand alone.
        """
        swept = self._curve(name)
        found = np.array([float(swept.inverse(budget_yuan * _FEN))])
        return float(coarse.at(swept, found, self.found.county.least)[-1] if np.isfinite(found[0]) else found[0])

    def bracket(
        self, budget_yuan: float, name: str = scenario_file.BASELINE, *, urban_rural: str = "", by: Unit = "yuan"
    ) -> pl.DataFrame:
        """The largest standard within a month's budget by the real reckoning, and the next (`studied.bracket`)."""
        return studied.bracket(self.found, budget_yuan, name, urban_rural, by)

    def optimum(self, budget_yuan: float, name: str = scenario_file.BASELINE) -> pl.DataFrame:
        """How little poverty each use of a month's budget leaves (`metrics.whatif.optimum`)."""
        return studied.optimum(self.found, budget_yuan, name)

    def grid(self, name: str = scenario_file.BASELINE) -> pl.DataFrame:
        """Cost, coverage and poverty of every pair of an urban and a rural standard; `best`: no other pair beats it."""
        return studied.grid(self.found, name)

    def front(self) -> pl.DataFrame:
        """Cost, poverty gap and exclusion of every scenario; `best`: no other beats it in all of them."""
        return studied.front(self.found)

    def levers(self, name: str = scenario_file.BASELINE) -> pl.DataFrame:
        """Every rule a tenth less and a tenth more, the one that moves cost most on top (a tornado)."""
        return studied.levers(self.found, name)

    def doubts(self, name: str = scenario_file.BASELINE) -> pl.DataFrame:
        """How far the headline could be off, a row a source and measure; never added up."""
        return studied.doubts(self.found, name)

    def behaviour(self, name: str) -> pl.DataFrame:
        """The headline by arithmetic, and with low, middle and high responses of earnings."""
        return studied.behaviour(self.found, name)

    def sampling(self, seed: int = 1, replicates: int = REPLICATES) -> pl.DataFrame:
        """What the headline lies between because only a sample was asked.

        Raises:
            WrongUsageError: the data are a register.
        """
        return studied.sampling(self.found, seed, replicates)

    def capacity(self, visits: Sequence[int] = (), *, cost_yuan: float | None = None) -> pl.DataFrame:
        """How far down the leads so many visits a month get, what they find and cost; runs every detector."""
        return studied.capacity(self.found, detectors, visits, cost=cost_yuan)

    def kin_odds(self, name: str = scenario_file.BASELINE) -> pl.DataFrame:
        """How many times the odds of being paid are for near kin of officials. A ratio is a question."""
        return studied.odds_of_kin(self.found, name)

    def time_limits(self, name: str, region: str = "") -> pl.DataFrame:
        """Cases past their limit before and after (`dashboard.limits.table`), in a region ("": the widest).

        Raises:
            WrongUsageError: there is no scenario of that name.
        """
        tried = {one.scenario.name: one for one in self.found.tried}
        if name not in tried:
            known = ", ".join(tried)
            raise WrongUsageError(
                Text(f"没有名为 {name} 的方案;可用:{known}", f"no scenario {name}; there are: {known}")
            )
        return limits.table(self.found, tried[name], region)

    def save(
        self, folder: str | Path, *, leads: bool = False, budget_yuan: int | None = None, seed: int = 1
    ) -> list[Path]:
        """Write the files of `mingcha whatif --out`; with `leads` the detectors run too."""
        wished = studied.Wished(detectors if leads else None, budget_yuan, seed)
        return files.save(self.found, Path(folder), wished)

    def _curve(self, name: str) -> Curve:
        posed = self.found.posed(name)
        rows = swept.rows(posed)
        return with_others(swept_once(rows), rows, posed.outcome.rule_book)


__all__ = ["Asked", "County", "Result", "assume", "change", "open", "shipped", "stacked"]
