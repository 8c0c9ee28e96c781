"""What does a question, and what do simpler rules, say of one county, and of many together?"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import polars as pl
import scipy

from benchmarks.calibration.baselines import pooled_fisher, same_surname
from benchmarks.calibration.world import Plan, World, policy, world
from casework.kinship.excess import bar, strata_of, tested
from casework.kinship.homes import IN_OFFICE
from casework.policy import Policy
from casework.statistics import wilson
from casework.statistics.exact import mid_p, summed
from casework.statistics.marked import COUNTS, Bar, telling
from detectors.favoritism import kin_excess

OURS: Final = "kin_excess"
METHODS: Final = (
    OURS,
    "kin_excess, lift 1.5",
    "pooled Fisher, same bar",
    "pooled Fisher, q alone",
    "same surname, same bar",
)
LOWER: Final = 1.5  # lift
Named = dict[str, set[int]]


@dataclass(slots=True)
class Seen:
    """Many counties of one plan: how often who was named, and every p of the test."""

    plan: Plan
    worlds: int = 0
    alarmed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METHODS, 0))  # counties with a false one
    true: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METHODS, 0))
    false: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METHODS, 0))
    mid: list[float] = field(default_factory=list)
    randomised: list[float] = field(default_factory=list)

    def add(self, county: World, named: Named) -> None:
        """Count one county."""
        self.worlds += 1
        for method, whom in named.items():
            false = len(whom - county.favouring)
            self.true[method] += len(whom & county.favouring)
            self.false[method] += false
            self.alarmed[method] += false > 0


def seen(plan: Plan, seeds: Iterable[int]) -> Seen:
    """Draw the counties and ask about each."""
    rules, found = policy(), Seen(plan)
    for seed in seeds:
        county = world(plan, seed)
        found.add(county, named(county, rules))
        mid, randomised = chances(county, rules, np.random.default_rng([seed, 1]))
        found.mid += mid
        found.randomised += randomised
    return found


def named(county: World, rules: Policy) -> Named:
    """Whom each method names; ours is the very question, leads and all."""
    asked = bar(rules, kin_excess.CARD.rule)
    rows = county.tables.engine.collect(kin_excess.detect(county.tables, rules).rows)
    return dict(
        zip(
            METHODS,
            (
                {int(one) for one in rows["subject"]},
                _with_lower_lift(county, rules, asked),
                pooled_fisher(county, asked, lifted=True),
                pooled_fisher(county, asked, lifted=False),
                same_surname(county, asked),
            ),
            strict=True,
        )
    )


def _with_lower_lift(county: World, rules: Policy, asked: Bar) -> set[int]:
    """The same test where less of an excess is asked: what the bar on the lift costs and spares."""
    told = tested(strata_of(county.tables, rules), replace(asked, lift=LOWER))
    return set(told.filter("named")["official_id"])


def chances(county: World, rules: Policy, draw: np.random.Generator) -> tuple[list[float], list[float]]:
    """Of every official whom the strata tell of: the mid-p, and a p that is exactly uniform if chance alone is at work.

    A discrete p cannot be uniform, nor can the mid-p; drawn evenly between the chance of more and that of as many or
    more, it is.
    """
    strata = strata_of(county.tables, rules).filter((pl.col("standing") == IN_OFFICE) & telling())
    mid, randomised = [], []
    for _, own in strata.group_by(["official_id"], maintain_order=True):
        a, k, m, n = (own[name].to_numpy() for name in COUNTS)
        chance = summed(k, m, n)
        place = int(a.sum() - np.maximum(0, k + m - n).sum())
        more = float(chance[place + 1 :].sum())
        mid.append(mid_p(chance, place))
        randomised.append(min(1.0, more + float(draw.random()) * float(chance[place])))
    return mid, randomised


def uniformity(found: Iterable[Seen]) -> dict[str, float]:
    """How far from uniform are the p of these counties? Kolmogorov–Smirnov on the randomised ones."""
    several = list(found)
    mid = np.array([p for one in several for p in one.mid])
    drawn = np.array([p for one in several for p in one.randomised])
    test = scipy.stats.kstest(drawn, "uniform")
    return {
        "tests": len(mid),
        "mid_p_05": float((mid <= 0.05).mean()),  # noqa: PLR2004 - as its name says
        "mid_p_01": float((mid <= 0.01).mean()),  # noqa: PLR2004 - as its name says
        "ks": float(test.statistic),
        "ks_p": float(test.pvalue),
    }


def share(part: int, whole: int) -> tuple[float, float, float]:
    """A share with its interval; NaN of nothing."""
    low, high = wilson(part, whole)
    return (part / whole if whole else float("nan")), float(low), float(high)
