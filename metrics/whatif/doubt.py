"""How far could the numbers be off, and because of what?

Each doubt is reckoned anew under the rules themselves and shown as its own band with its source; bands of different
sources are never added up to one. A register is a census, so sampling is not among them (`metrics.whatif.bootstrap`).
Nothing is drawn: the noise of incomes comes from the stored numbers of the households.

Classical noise in recorded income makes exclusion and inclusion both look worse than they are: some who are recorded
just below the line are truly above it, and the other way round (regression to the mean). `corrected` turns that back
under a noise that is assumed, not measured.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from scipy.special import ndtri

from casework.policy import Policy
from casework.policy.change import Change
from casework.text import Text
from metrics.whatif.population import INCOMES, Population, Real
from metrics.whatif.scenario import Assumptions

Headline = Mapping[str, float]
# the numbers of a what-if for these households, under further changes and these assumptions
Ask = Callable[[Population, tuple[Change, ...], Assumptions], Headline]

HIDDEN: Final = Text("收入少报(假设档)", "Income not reported (assumed)")
NOISE: Final = Text("申报收入误差(假设档)", "Error of filed income (assumed)")
TAKE_UP: Final = Text("申领率上下浮动(假设档)", "Take-up lower and higher (assumed)")
CORRECTED: Final = Text(
    "扣除申报收入误差后的漏保、错保(假设档)",
    "Exclusion and inclusion with the error of filed income taken off (assumed)",
)
RATES: Final = ("exclusion", "inclusion")  # what that error makes look worse
LEAK: Final = Text("泄漏率上下浮动(假设档)", "Leakage lower and higher (assumed)")
COEFFICIENTS: Final = ("labour_coefficient", "land_ratio", "work_months")
_COARSE: Final = 2.0**16  # the stored draw is used up to here; the digits behind are as good as another draw
_LEAST: Final = 2.0**-17
_ADDED: Final = (0.0, 0.5, 1.0, 1.5, 2.0)  # times the variance, as Cook and Stefanski (1994) add it
SCHEMA: Final = pl.Schema(
    {
        "source_zh": pl.String(),
        "source_en": pl.String(),
        "measure": pl.String(),
        "value": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
    }
)


@dataclass(frozen=True, slots=True)
class Case:
    """One size of a doubt and the numbers under it."""

    label: Text
    numbers: Headline


@dataclass(frozen=True, slots=True)
class Band:
    """One doubt: where it comes from, the numbers without it, and with it in every size tried."""

    source: Text
    base: Headline
    cases: tuple[Case, ...]

    def ends(self, measure: str) -> tuple[float, float]:
        """The lowest and the highest of all sizes and none; NaN where one is unknown."""
        values = [self.base[measure], *(case.numbers[measure] for case in self.cases)]
        return (math.nan, math.nan) if any(math.isnan(value) for value in values) else (min(values), max(values))


def bands(
    ask: Ask,
    population: Population,
    policy: Policy,
    seen: tuple[float | None, float | None],
    said: Assumptions | None = None,
) -> tuple[Band, ...]:
    """Every doubt in the sizes of the tuning `whatif_doubt`.

    `seen`: take-up and leakage as the records show them (`Outcome.habits`); None unknown, then not doubted.
    """
    given = said or Assumptions()
    base = ask(population, (), given)
    share = float(policy.tuning("whatif_doubt", "coefficient"))
    reach = float(policy.tuning("whatif_doubt", "reach"))
    hidden, noise = ([float(size) for size in policy.tuning("whatif_doubt", name)] for name in ("hidden", "noise"))
    found = [
        Band(HIDDEN, base, _cases(ask, given, [(_more(size), with_incomes(population, 1 + size)) for size in hidden])),
        Band(NOISE, base, _cases(ask, given, [each for size in noise for each in _noisy(population, size)])),
    ]
    found += [
        Band(
            _moved(policy.rule(rule).label),
            base,
            tuple(Case(_times(by), ask(population, (Change(rule, scale=by),), given)) for by in (1 - share, 1 + share)),
        )
        for rule in COEFFICIENTS
    ]
    take_up = seen[0] if given.take_up is None else given.take_up
    leak = seen[1] if given.leak is None else given.leak
    for source, middle, name in ((TAKE_UP, take_up, "take_up"), (LEAK, leak, "leak")):
        if middle is not None:
            ends = (max(middle - reach, 0.0), min(middle + reach, 1.0))
            cases = (Case(_percent(end), ask(population, (), _reaching(given, name, end))) for end in ends)
            found.append(Band(source, base, tuple(cases)))
    return tuple(found)


def table(found: Sequence[Band]) -> pl.DataFrame:
    """A row a band and measure, as SCHEMA says."""
    rows = [
        (band.source.zh, band.source.en, measure, value, *band.ends(measure))
        for band in found
        for measure, value in band.base.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def with_incomes(population: Population, times: Real | float) -> Population:
    """The same households with every filed income so many times as high; expenses and imputed incomes as they are."""
    items = {
        name: np.rint(amount * times).astype(np.int64) if name in INCOMES else amount
        for name, amount in population.items.items()
    }
    return replace(population, items=items, kept={})


def normal(population: Population) -> Real:
    """A stored standard normal number a household: from the digits of its "leak" draw that nothing else looks at."""
    behind = np.mod(population.draws["leak"] * _COARSE, 1.0)
    return np.asarray(ndtri(np.clip(behind, _LEAST, 1 - _LEAST)), np.float64)


def with_noise(population: Population, sigma: float, sign: int = 1) -> Population:
    """Incomes times exp(N(0, sigma)), a household's all by its one stored number; `sign` -1 turns the number round."""
    return with_incomes(population, np.exp(sign * sigma * normal(population)))


def corrections(rates_at: Callable[[Population], Headline], population: Population, policy: Policy) -> Band:
    """The error rates beside what they would be without noise, in the sizes of the tuning `whatif_doubt`.

    `rates_at`: RATES of these households by the rules against the roll as it is, which their noise does not move.
    """
    plain = rates_at(population)
    sizes = [float(size) for size in policy.tuning("whatif_doubt", "noise")]
    cases = tuple(Case(_sigma(size), corrected(rates_at, population, size)) for size in sizes)
    return Band(CORRECTED, {name: plain[name] for name in RATES}, cases)


def corrected(rates_at: Callable[[Population], Headline], population: Population, sigma: float) -> dict[str, float]:
    """RATES as they would be without the noise, if that is normal in the logarithm with `sigma`; NaN unknown.

    Simulation and extrapolation (Cook and Stefanski 1994): noise is added in steps, the rate each time the mean of a
    draw and its mirror image, and the parabola through the steps is followed back to no noise at all. It is one in the
    whole noise's standard deviation, not its variance: who stands on the wrong side of a line grows with the former.
    From 0 to what is recorded, as such noise only makes them look worse: where the parabola points above, incomes lie
    too far from the line for it to be followed. An estimate from an assumption, never a finding.
    """
    steps = []
    for added in _ADDED:
        signs = (1, -1) if added else (1,)
        drawn = [rates_at(with_noise(population, sigma * math.sqrt(added), sign)) for sign in signs]
        steps.append([np.mean([each[name] for each in drawn]) for name in RATES])
    whole, rates = np.sqrt(1 + np.array(_ADDED)), np.array(steps)
    return {name: _followed(whole, rates[:, place]) for place, name in enumerate(RATES)}


def _followed(whole: Real, rates: Real) -> float:
    if not np.isfinite(rates).all():
        return math.nan
    return float(np.clip(np.polynomial.polynomial.polyfit(whole, rates, 2)[0], 0.0, rates[0]))


def _cases(ask: Ask, said: Assumptions, sizes: Sequence[tuple[Text, Population]]) -> tuple[Case, ...]:
    return tuple(Case(label, ask(other, (), said)) for label, other in sizes)


def _reaching(said: Assumptions, name: str, end: float) -> Assumptions:
    return replace(said, take_up=end) if name == "take_up" else replace(said, leak=end)


def _noisy(population: Population, sigma: float) -> list[tuple[Text, Population]]:
    return [(_sigma(sigma), with_noise(population, sigma, sign)) for sign in (1, -1)]


def _sigma(sigma: float) -> Text:
    return Text(f"对数误差标准差 {sigma:g}", f"standard deviation of the logarithm {sigma:g}")


def _more(share: float) -> Text:
    return Text(f"实际收入比申报多 {share:.0%}", f"income {share:.0%} above what was filed")


def _times(by: float) -> Text:
    return Text(f"{by:g} 倍", f"{by:g} times")


def _percent(share: float) -> Text:
    return Text(f"{share:.0%}", f"{share:.0%}")


def _moved(label: Text) -> Text:
    return Text(f"{label.zh}上下浮动(假设档)", f"{label.en} lower and higher (assumed)")
