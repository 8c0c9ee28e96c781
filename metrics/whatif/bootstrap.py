"""How far could the numbers be off because only a sample was asked?

Villages are drawn with replacement inside each county (region_code[:6]), as many as it has: households of a village are
alike, so a village is what was sampled. A total of a replicate is the villages' sums times how often each was drawn,
equal to drawing rows anew; the interval is between percentiles of the replicates. Every county has its own stream of
the seed, so that another county in the data moves nothing here.

Only of a sample. A register is a census: nobody was drawn by chance, the interval would say how sure we are of what we
know already, and hide the doubts that matter (`metrics.whatif.doubt`). Where a county has few villages the interval is
too narrow, and a county of one village adds nothing to it: `lonely` counts those.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from casework.errors import WrongUsageError
from casework.text import Text
from metrics.whatif.population import Index, Population, Real

COUNTY: Final = 6  # digits of a county's code
REPLICATES: Final = 2000
BLOCK: Final = 100  # replicates drawn at a time, so that thousands of villages need little memory
CENSUS: Final = Text(
    "数据是全部登记户,不是抽样:没有抽样误差可言,不给抽样区间;请看收入少报、系数、申领等其他不确定性",
    "The data are the whole register, not a sample: there is no sampling error to state and no such interval; see the "
    "other doubts (income not reported, coefficients, take-up)",
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of the sample itself, and what the middle `level` of replicates lies between; NaN where unknown."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Replicates:
    """Totals of every measure in every replicate: (R, M), columns in the order of `names`."""

    names: tuple[str, ...]
    observed: Real  # (M,)
    totals: Real
    villages: int
    lonely: int  # counties of one village, which do not vary
    seed: int

    def total(self, name: str, level: float = 0.95) -> Interval:
        """The sum of a measure over all households."""
        column = self.names.index(name)
        return _interval(float(self.observed[column]), self.totals[:, column], level)

    def ratio(self, part: str, whole: str, level: float = 0.95) -> Interval:
        """Part / whole, both drawn together. NaN where a replicate has no whole, for then nobody knows."""
        one, other = self.names.index(part), self.names.index(whole)
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = self.totals[:, one] / self.totals[:, other]
            value = self.observed[one] / self.observed[other]
        return _interval(float(value), drawn, level)


def refusal(population: Population) -> Text | None:
    """Why there is no sampling interval for this population; None where there is one."""
    return None if population.sample else CENSUS


def bootstrap(
    population: Population, measures: Mapping[str, Real], seed: int, replicates: int = REPLICATES
) -> Replicates:
    """Draw villages anew; `measures` are a household's amounts (already times its weight), a row a household.

    Raises:
        WrongUsageError: the population is a register.
    """
    reason = refusal(population)
    if reason is not None:
        raise WrongUsageError(reason)
    sums = village_sums(population.village, len(population.village_code), measures)
    lived_in = np.bincount(population.village, minlength=len(sums)) > 0
    counties = [code[:COUNTY] for code in population.village_code]
    totals = np.zeros((replicates, len(measures)))
    lonely = 0
    for county, places in sorted(_strata(counties, lived_in).items()):
        rng = stream(county, seed)
        for start in range(0, replicates, BLOCK):
            block = totals[start : start + BLOCK]  # a view, added to in place
            block += draws(rng, len(places), len(block)) @ sums[places]
        lonely += len(places) == 1
    return Replicates(tuple(measures), sums.sum(axis=0), totals, int(lived_in.sum()), lonely, seed)


def stream(county: str, seed: int) -> np.random.Generator:
    """A county's own stream of the seed."""
    return np.random.default_rng([seed, zlib.crc32(county.encode())])


def draws(rng: np.random.Generator, villages: int, replicates: int) -> Real:
    """How often each village of a county was drawn in the next replicates: (R, V); every row sums to V."""
    drawn = rng.integers(0, villages, (replicates, villages)) + villages * np.arange(replicates)[:, None]
    return np.bincount(drawn.ravel(), minlength=replicates * villages).reshape(replicates, villages).astype(np.float64)


def village_sums(village: Index, villages: int, measures: Mapping[str, Real]) -> Real:
    """Every measure's sum in every village: (V, M)."""
    columns = [np.bincount(village, weights=amounts, minlength=villages) for amounts in measures.values()]
    return np.stack(columns, axis=1) if columns else np.zeros((villages, 0))


def _strata(counties: Sequence[str], lived_in: npt.NDArray[np.bool_]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place in np.flatnonzero(lived_in).tolist():
        found.setdefault(counties[place], []).append(place)
    return found


def _interval(value: float, drawn: Real, level: float) -> Interval:
    if not np.isfinite(drawn).all() or not np.isfinite(value):
        return Interval(value, np.nan, np.nan)
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Interval(value, float(low), float(high))
