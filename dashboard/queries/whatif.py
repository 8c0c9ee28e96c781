"""What would follow from these scenarios here? Everything a page shows of it, reckoned once for all who ask.

Counts and sums only; the one household laid out line by line has no name, no number and no place.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, get_args

import numpy as np
import numpy.typing as npt
import polars as pl

from casework.dataset import Tables
from casework.errors import CaseworkError
from casework.policy import Policy
from casework.regions import Regions
from casework.text import Text
from dashboard.background import Progress
from dashboard.queries import told
from dashboard.whatif import MONTHS, County, Layer, Result, Tried
from metrics.whatif import coarse, doubt, incentives, ledger, pushed, scenario_file, shares, swept
from metrics.whatif.compared import BASELINE, measures, moves
from metrics.whatif.conflicts import Conflict, conflicts
from metrics.whatif.curve import Curve, curve, with_others
from metrics.whatif.difference import differences
from metrics.whatif.gather import gather, gathered, regathered
from metrics.whatif.idle import idle
from metrics.whatif.incentives import Incentives
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Flag, Population
from metrics.whatif.posed import Posed
from metrics.whatif.reckon import reckon
from metrics.whatif.risk import Note, notes
from metrics.whatif.round_figures import in_round_figures
from metrics.whatif.scenario import Scenario
from metrics.whatif.sharing import LEAST
from metrics.whatif.shipped import shipped
from metrics.whatif.subset import within
from metrics.whatif.swept import COARSE, CROWD
from metrics.whatif.unranked import unranked

LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)
_OUTCOMES: Final = 4  # kept: each is some columns of all households
_LOW, _HIGH = 0.4, 1.6  # multiples of the standards that it is drawn between
_DOUBTS: Final = 36  # reckonings that the doubts take, about


@dataclass(frozen=True)
class Answer:
    """Rules in force and scenarios side by side, by letter; every region, small counts hidden (`told`)."""

    measures: pl.DataFrame  # contract §7 and `hidden`
    moves: pl.DataFrame
    differences: Mapping[str, pl.DataFrame]  # `metrics.whatif.difference`
    conflicts: Mapping[str, list[Conflict]]
    notes: Mapping[str, tuple[Note, ...]]  # what a scenario leaves to somebody, or leaves out


@dataclass(frozen=True)
class Swept:
    """Cost and coverage of a region at multiples of its standards, and what answers a budget."""

    points: pl.DataFrame  # factor, cost_fen (a month), households, persons
    curve: Curve
    least: int  # households that two multiples told are apart
    step: int  # to which counts are rounded
    standards: tuple[tuple[str, int], ...]  # setting, fen a person a month, each once

    def rounded(self, count: npt.ArrayLike) -> int:
        """A count as it may be told."""
        return round(float(np.asarray(count)) / self.step) * self.step

    def within(self, budget_fen: float) -> float:
        """The last multiple told whose month costs no more, before amounts are rounded up to whole yuan."""
        found = float(self.curve.inverse(budget_fen))
        return found if not np.isfinite(found) else float(coarse.at(self.curve, np.array([found]), self.least)[-1])

    def surely_within(self, budget_fen: float) -> float:
        """A multiple that stays within the budget even with a whole yuan more for every household there."""
        factor = self.within(budget_fen)
        if not np.isfinite(factor):
            return factor
        more = float(self.curve.rounded_at_most(factor) - self.curve.cost(factor))
        return self.within(budget_fen - more)


class WhatIf:
    """One snapshot under one set of rules, ready to be reckoned; used by one thread at a time."""

    def __init__(self, path: Path, tables: Tables, policy: Policy, regions: Regions) -> None:
        """Nothing is gathered before somebody asks."""
        self.path, self.tables, self.policy, self.regions = path, tables, policy, regions
        self._outcomes: OrderedDict[str, Outcome] = OrderedDict()
        self._said: dict[str, list[Conflict]] = {}  # what to know of each scenario asked
        self._people: Population | None = None  # gathered last under other rules

    @property
    def digest(self) -> str:
        """What every answer rests on beside the scenarios."""
        return f"{self.tables.digest} {self.policy.digest}"

    @cached_property
    def shipped(self) -> dict[str, Scenario]:
        """The scenarios that come with the program, by name of their file."""
        return {name: scenario_file.read(path, policy=self.policy) for name, path in shipped().items()}

    @cached_property
    def population(self) -> Population:
        """Every household, in columns."""
        return gather(self.tables, self.policy)

    @cached_property
    def baseline(self) -> Outcome:
        """What the rules in force make of it."""
        return reckon(self.population, self.policy)

    @cached_property
    def figures(self) -> shares.Figures:
        """What was published: a standard may be a share of it."""
        return shares.figures(self.tables)

    @cached_property
    def names(self) -> dict[str, Text]:
        """What regions are called."""
        return {code: self.regions[code].name for code in self.regions.codes}

    def settled(self, scenario: Scenario) -> Scenario:
        """The scenario with shares of published figures as amounts."""
        return shares.settled(scenario, self.figures, self.tables.as_of) if scenario.shares else scenario

    def policy_of(self, scenario: Scenario | None) -> Policy:
        """The rules under a scenario; those in force where there is none."""
        return self.policy if scenario is None else self.policy.adjusted(self.settled(scenario).changes)

    def people(self, scenario: Scenario | None) -> Population:
        """The households as a scenario's rules of what excludes find them; the last gathered anew are kept."""
        near = self.population if self._people is None else self._people
        policy = self.policy_of(scenario)
        if gathered(policy) == self.population.gathered:
            return self.population
        self._people = regathered(near, self.tables, policy)
        return self._people

    def outcome(self, scenario: Scenario | None) -> Outcome:
        """What a scenario makes of the population; the last few are kept."""
        if scenario is None:
            return self.baseline
        self._refuse(scenario)
        key = repr(replace(scenario, name="", sources=(), note=""))
        if key not in self._outcomes:
            self._outcomes[key] = self._reckoned(scenario)
        self._outcomes.move_to_end(key)
        while len(self._outcomes) > _OUTCOMES:
            self._outcomes.popitem(last=False)
        return self._outcomes[key]

    def _reckoned(self, scenario: Scenario) -> Outcome:
        people, policy = self.people(scenario), self.policy_of(scenario)
        return reckon(people, policy, scenario.assumptions, baseline=self.baseline)

    def answer(
        self,
        scenarios: Mapping[str, Scenario],
        layer: Layer,
        line_fen: int | None,
        limits: tuple[int, int],
        progress: Progress,
    ) -> Answer:
        """Every number of every region. `limits`: the smallest count told, and to what counts are rounded."""
        steps = len(scenarios) + 3
        outcomes = {BASELINE: self.baseline}
        for place, (name, scenario) in enumerate(scenarios.items(), 1):
            progress.step(place / steps)
            outcomes[name] = self.outcome(scenario)
        progress.step((steps - 2) / steps)
        people = self.population
        kept = {name: self._kept_of_earnings(scenarios.get(name)) for name in outcomes}
        table = measures(people, outcomes, layer=layer, line_fen=line_fen, regions=self.regions, incentives=kept)
        progress.step((steps - 1) / steps)
        values, counts = told.told(table, moves(people, outcomes, layer=layer, regions=self.regions), *limits)
        return Answer(
            measures=values,
            moves=counts,
            differences={
                name: differences(scenario, self.policy, people, self.figures, names=self.names)
                for name, scenario in scenarios.items()
            },
            conflicts={name: self._warnings(scenario, outcomes[name], layer) for name, scenario in scenarios.items()},
            notes={name: self._notes(scenario) for name, scenario in scenarios.items()},
        )

    def _kept_of_earnings(self, scenario: Scenario | None) -> Incentives:
        """What a household would keep of more earnings."""
        assumed = None if scenario is None else scenario.assumptions
        return incentives.reckoned(self.people(scenario), self.outcome(scenario), self.policy_of(scenario), assumed)

    def posed(
        self,
        scenario: Scenario | None,
        layer: Layer,
        region: str = "",
        line_fen: int | None = None,
        progress: Progress | None = None,
        of: int = 1,
    ) -> Posed:
        """A scenario (None: the rules in force) ready to be reckoned again, in a region ("": everywhere).

        `of`: about how many reckonings the progress is told of.
        """
        done = 0

        def heard() -> None:
            nonlocal done
            if progress is not None:
                progress.step(min(done / of, 1.0))
            done += 1

        return Posed(
            records=self.population,
            rules=self.policy,
            baseline=self.baseline,
            people=self.people(scenario),
            policy=self.policy_of(scenario),
            assumed=None if scenario is None else scenario.assumptions,
            outcome=self.outcome(scenario),
            there=self.there(region) if region else np.ones(self.population.households, np.bool_),
            layer=layer,
            line_fen=line_fen,
            heard=heard,
        )

    def doubts(self, scenario: Scenario | None, layer: Layer, progress: Progress) -> pl.DataFrame:
        """How far the headline could be off, and because of what (`metrics.whatif.doubt.SCHEMA`); all regions."""
        return doubt.table(pushed.doubts(self.posed(scenario, layer, progress=progress, of=_DOUBTS)))

    def result(self, scenarios: Mapping[str, Scenario], layer: Layer) -> Result:
        """The same as the command line has it, for its manifest."""
        tried = [
            Tried(
                one,
                self.settled(one),
                self.policy_of(one),
                self.people(one),
                self.outcome(one),
                tuple(self._warnings(one, self.outcome(one), layer)),
                self._notes(one),
            )
            for one in scenarios.values()
        ]
        county = County(self.path, self.tables, self.policy, self.population, ())
        return Result(county, self.baseline, tuple(tried), MONTHS, layer)

    def _refuse(self, scenario: Scenario) -> None:
        """Raises CaseworkError with every reason why a scenario cannot be reckoned."""
        if wrong := [one.message for one in self.judged(scenario) if one.error]:
            raise CaseworkError(Text(";".join(one.zh for one in wrong), "; ".join(one.en for one in wrong)))

    def _warnings(self, scenario: Scenario, outcome: Outcome, layer: Layer) -> list[Conflict]:
        key = f"{layer} {scenario!r}"
        if key not in self._said:
            found = self.judged(scenario)
            found += idle(scenario, self.baseline, outcome, layer, found, self._reckoned)
            least = max(LEAST, int(self.policy.tuning("small_cell")))
            found += unranked(scenario.assumptions, self.people(scenario), outcome, least)
            self._said[key] = found
        return self._said[key]

    def judged(self, scenario: Scenario) -> list[Conflict]:
        """What somebody should know of a scenario before it is reckoned."""
        return conflicts(scenario, self.policy, self.population, self.figures)

    def swept(self, scenario: Scenario | None, region: str, setting: str | None, limits: tuple[int, int]) -> Swept:
        """The curve over the standards of a region's villages of a setting (None: both).

        Of that region alone: what the rest costs does not move. `limits`: no points where fewer households could come
        in, and to what counts are rounded: a step of one would tell what one household lives on.
        """
        people, outcome, there = self.people(scenario), self.outcome(scenario), self.there(region)
        rows = swept.rows(self.posed(scenario, "rule_book", region))
        found = curve(rows, there & within(people, "", setting))
        found = with_others(found, rows, outcome.rule_book, there)
        least, step = limits
        factors = coarse.within(found, _LOW, _HIGH, least)
        points = pl.DataFrame(
            {
                "factor": factors,
                "cost_fen": (found.cost(factors) / COARSE).round() * COARSE,
                "households": (found.households(factors) / step).round() * step,
                "persons": (found.persons(factors) / step).round() * step,
            }
        )
        if (rows.open & there).sum() < least * CROWD:
            points = points.clear()
        kinds = {
            (kind, int(outcome.standard_fen[row]))
            for row in np.unique(people.village[there], return_index=True)[1]
            if (kind := people.urban_rural[people.village[there][row]]) is not None
        }
        return Swept(points, found, least, step, tuple(sorted(kinds)))

    @cached_property
    def _in_round_figures(self) -> tuple[Population, Outcome]:
        """Households whose incomes are nobody's, and what the rules in force make of them."""
        people = in_round_figures(self.population)
        return people, reckon(people, self.policy)

    def statements(self, scenario: Scenario, letter: str, region: str, least: int) -> dict[str, pl.DataFrame]:
        """One household of each kind in a region, line by line before and after, where at least so many are of it.

        In round figures, and reckoned from them: it adds up, and tells no income that anybody filed.
        """
        self._refuse(scenario)
        people, before = self._in_round_figures
        policy = self.policy_of(scenario)
        changed = people if gathered(policy) == people.gathered else in_round_figures(self.people(scenario))
        after = reckon(changed, policy, scenario.assumptions, baseline=before)
        there = self.there(region)
        policies = {BASELINE: self.policy, letter: policy}
        outcomes = {BASELINE: before, letter: after}
        found = {}
        for kind in ledger.KINDS:
            row = ledger.example(before, after, kind, among=there, least=least)
            if row is not None:
                found[kind] = ledger.ledger(people, row, policies, outcomes)
        return found

    def _notes(self, scenario: Scenario) -> tuple[Note, ...]:
        return notes(self.settled(scenario).changes, scenario.assumptions, self.policy)

    def there(self, region: str) -> Flag:
        """Which households live in a region; nobody in one that is not known?"""
        codes = set(self.regions.descendants(region)) if region in self.regions else set()
        here = np.array([code in codes for code in self.population.village_code], np.bool_)
        return here[self.population.village]
