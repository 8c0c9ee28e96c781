"""What would follow if rules were others: one workspace, its households, and any number of scenarios?

Everything is read; nothing is written into the workspace. The detectors are handed in by whoever asks for leads: a
what-if knows none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Final, Literal

import numpy as np
import polars as pl

from casework.dataset import Tables
from casework.errors import CaseworkError, WrongUsageError
from casework.policy import Policy
from casework.regions import Regions
from casework.review.refuted import refuted
from casework.review.vocabulary import CONFIRMED, REFUTED
from casework.run import run
from casework.text import Text
from casework.workspace import Workspace
from metrics.whatif import incentives, risk, shares
from metrics.whatif.compared import measures, moves
from metrics.whatif.conflicts import Conflict, conflicts
from metrics.whatif.difference import differences
from metrics.whatif.gather import gather, regathered
from metrics.whatif.idle import idle
from metrics.whatif.leads import COMPARED_SCHEMA, Raised, compared, veiled
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population
from metrics.whatif.posed import Posed
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Scenario
from metrics.whatif.scenario_file import BASELINE
from metrics.whatif.sharing import LEAST, shared
from metrics.whatif.unranked import unranked

Layer = Literal["rule_book", "delivered"]
Hear = Callable[[str], None]
STANDARDS: Final = "policy/dibao_standard.toml"  # where a workspace says its own
MONTHS: Final = 12
LONGEST: Final = 120  # months ahead
LEADS: Final = pl.Schema({"scenario": pl.String(), **COMPARED_SCHEMA})


def unheard(_stage: str) -> None:
    """Nobody listens how far the work is."""


@dataclass(frozen=True, eq=False)
class County:
    """One snapshot under its rules, its households in columns."""

    path: Path
    data: Tables
    policy: Policy
    population: Population
    refuted: tuple[tuple[str, str], ...]
    judged: Mapping[str, bool] = field(default_factory=dict)  # by lead: was it confirmed? Those concluded alone

    @classmethod
    def opened(cls, path: Path, *, sample: bool = False, hear: Hear = unheard) -> "County":
        """The workspace as it is now. `sample`: its households stand for a larger population.

        Raises:
            WorkspaceError: there is no workspace, or no data in it.
            WrongUsageError: no standard is in force there.
        """
        workspace = Workspace(path)
        hear("households")
        data, policy = workspace.tables(), workspace.policy()
        if not policy.rule("dibao_standard").entries:
            raise WrongUsageError(
                Text(
                    f"工作区 {path} 没有低保标准,无法测算;请在其 {STANDARDS} 中填写本地标准(元/人·月、文号、生效日)",
                    f"the workspace {path} has no dibao standard: nothing can be reckoned; write the local standards "
                    f"into its {STANDARDS} (yuan a person a month, document, date in force)",
                )
            )
        population = gather(data, policy)
        if sample:
            population = replace(population, sample=True)
        came = {one.lead_id: one.outcome for one in workspace.review.standings().values()}
        judged = {lead: outcome in CONFIRMED for lead, outcome in came.items() if outcome in CONFIRMED | REFUTED}
        return cls(path, data, policy, population, tuple(sorted(refuted(workspace.review))), judged)

    @cached_property
    def regions(self) -> Regions:
        """The tree of regions."""
        return Regions.of(self.data)

    @property
    def least(self) -> int:
        """The smallest count of households that is told."""
        return max(LEAST, int(self.policy.tuning("small_cell")))

    @cached_property
    def names(self) -> dict[str, Text]:
        """What each region is called."""
        return {code: self.regions[code].name for code in self.regions.codes}

    @cached_property
    def figures(self) -> shares.Figures:
        """What was published of incomes and consumption."""
        return shares.figures(self.data)


@dataclass(frozen=True, eq=False)
class Tried:
    """One scenario as it was really reckoned."""

    scenario: Scenario
    settled: Scenario  # its shares as amounts: the changes really applied
    policy: Policy
    people: Population  # as gathered under that policy
    outcome: Outcome
    warnings: tuple[Conflict, ...]
    risks: tuple[risk.Note, ...] = ()  # what it leaves to somebody's discretion, or leaves out


@dataclass(frozen=True, eq=False)
class Result:
    """The baseline and every scenario, side by side; tables are made when they are asked for."""

    county: County
    baseline: Outcome
    tried: tuple[Tried, ...]
    months: int
    layer: Layer
    _runs: dict[str, Raised] = field(default_factory=dict)  # by digest of the policy they were asked under

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """By name, the baseline first."""
        return {BASELINE: self.baseline} | {one.scenario.name: one.outcome for one in self.tried}

    @cached_property
    def _told(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Both together, for the one must not tell what the other hides."""
        people, regions = self.county.population, self.county.regions
        posed = {name: self.posed(name) for name in self.outcomes}
        kept = {
            name: incentives.reckoned(one.people, one.outcome, one.policy, one.assumed) for name, one in posed.items()
        }
        values = measures(people, self.outcomes, layer=self.layer, regions=regions, incentives=kept)
        return shared(values, moves(people, self.outcomes, layer=self.layer, regions=regions), self.county.least)

    @property
    def measures(self) -> pl.DataFrame:
        """Every measure of every region and group under each, and the differences "a-b"; what is small is `hidden`."""
        return self._told[0]

    @property
    def moves(self) -> pl.DataFrame:
        """How many come, go, gain and lose, by region, group and decile; what is small is `hidden`."""
        return self._told[1]

    @cached_property
    def differences(self) -> pl.DataFrame:
        """What each scenario changes: `scenario`, then the columns of `metrics.whatif.difference`."""
        county = self.county
        rows = [
            differences(
                one.scenario, county.policy, county.population, county.figures, months=self.months, names=county.names
            ).select(pl.lit(one.scenario.name).alias("scenario"), pl.all())
            for one in self.tried
        ]
        return pl.concat(rows)

    def posed(self, name: str = BASELINE) -> Posed:
        """A scenario, or the rules in force, of all households, ready to be reckoned again.

        Raises:
            WrongUsageError: there is no scenario of that name.
        """
        county, tried = self.county, {one.scenario.name: one for one in self.tried}
        if name not in self.outcomes:
            known = ", ".join(self.outcomes)
            raise WrongUsageError(
                Text(f"没有名为 {name} 的方案;可用:{known}", f"no scenario {name}; there are: {known}")
            )
        one = tried.get(name)
        return Posed(
            records=county.population,
            rules=county.policy,
            baseline=self.baseline,
            people=county.population if one is None else one.people,
            policy=county.policy if one is None else one.policy,
            assumed=None if one is None else one.settled.assumptions,
            outcome=self.outcomes[name],
            there=np.ones(county.population.households, np.bool_),
            layer=self.layer,
        )

    def raised(self, detectors: ModuleType, hear: Hear = unheard) -> dict[str, Raised]:
        """What every detector raises under each scenario, the rules in force first; once for equal rules."""
        county = self.county
        policies = {BASELINE: county.policy} | {one.scenario.name: one.policy for one in self.tried}
        for policy in policies.values():
            if policy.digest not in self._runs:
                found = run(
                    detectors,
                    county.data,
                    policy,
                    refuted=county.refuted,
                    progress=lambda scheme, _place, _all: hear(scheme),
                )
                could = found.runs.filter(pl.col("status") != "not_run")["scheme"].to_list()
                self._runs[policy.digest] = Raised(found.leads, could)
        return {name: self._runs[policy.digest] for name, policy in policies.items()}

    def leads(self, detectors: ModuleType, hear: Hear = unheard) -> pl.DataFrame:
        """How many leads appear and vanish under each scenario, of every scheme that could be asked (`LEADS`).

        Null where they are few.
        """
        before, *after = self.raised(detectors, hear).items()
        frames = [
            compared(before[1], raised).select(pl.lit(name).alias("scenario"), pl.all()) for name, raised in after
        ]
        return veiled(pl.concat([pl.DataFrame(schema=LEADS), *frames]), self.county.least)


def reckoned(
    county: County,
    scenarios: Sequence[Scenario],
    *,
    months: int = MONTHS,
    layer: Layer = "rule_book",
    hear: Hear = unheard,
) -> Result:
    """Reckon the baseline and each scenario on the same households, months and stored draws.

    Raises:
        WrongUsageError: the months are none or too many, or two scenarios have one name.
        CaseworkError: a scenario that cannot be reckoned, with every reason.
    """
    if not 1 <= months <= LONGEST:
        raise WrongUsageError(
            Text(f"测算月数应为 1 至 {LONGEST},得到 {months}", f"months must be 1 to {LONGEST}, found {months}")
        )
    names = [scenario.name for scenario in scenarios]
    if len({BASELINE, *names}) <= len(names):
        raise WrongUsageError(
            Text(f"方案须各有不同的名称,且不可为 {BASELINE}", f"scenarios need different names, none {BASELINE}")
        )
    hear(BASELINE)
    baseline = reckon(county.population, county.policy, months=months)
    tried = tuple(_tried(county, one, baseline, months, layer, hear) for one in scenarios)
    return Result(county, baseline, tried, months, layer)


def _tried(county: County, scenario: Scenario, baseline: Outcome, months: int, layer: Layer, hear: Hear) -> Tried:
    hear(scenario.name)
    found = conflicts(scenario, county.policy, county.population, county.figures, months=months)
    if wrong := [one.message for one in found if one.error]:
        said = Text(";".join(one.zh for one in wrong), "; ".join(one.en for one in wrong))
        raise CaseworkError(Text(f"{scenario.name}:{said.zh}", f"{scenario.name}: {said.en}"))
    settled = shares.settled(scenario, county.figures, county.population.as_of)

    def under(other: Scenario) -> tuple[Policy, Population, Outcome]:
        changes = shares.settled(other, county.figures, county.population.as_of).changes
        policy = county.policy.adjusted(changes)
        people = regathered(county.population, county.data, policy)
        return policy, people, reckon(people, policy, other.assumptions, months=months, baseline=baseline)

    policy, people, outcome = under(scenario)
    found += idle(scenario, baseline, outcome, layer, found, lambda other: under(other)[2])
    found += unranked(scenario.assumptions, people, outcome, county.least)
    risks = risk.notes(settled.changes, scenario.assumptions, county.policy)
    return Tried(scenario, settled, policy, people, outcome, tuple(found), risks)
