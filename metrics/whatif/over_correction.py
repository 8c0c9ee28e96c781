"""Were every recipient of an official's family taken off the roll, how many would be wronged?

Being kin is not a violation: only the means test and the other rules decide. Two ways are set side by side, over the
roll as it is today: removing all near kin, and removing only those who fail the rules. Who cannot be judged is counted
apart; under the second way they stay until somebody has looked.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.statistics import wilson
from casework.text import Text
from metrics.whatif.outcome import BARRED, TERM, Outcome
from metrics.whatif.population import Flag, Population

_FEN: Final = 100


@dataclass(frozen=True, slots=True)
class Removed:
    """Recipients of one kind: households, the persons their awards cover, and a month's money in fen; weighted."""

    households: float
    persons: float
    month_fen: int  # paid now; where no payment is known, nothing is added
    unpaid: float = 0.0  # households of which no payment is known: the money is that of the others


@dataclass(frozen=True, slots=True)
class OverCorrection:
    """The roll, the near kin on it, and what the rules say of them; the four kinds add up to kin."""

    roll: Removed
    kin: Removed
    eligible: Removed  # wronged, if all kin are removed
    tapering: Removed  # above the line, and by the rules still paid for some months
    failing: Removed  # the only ones removed, if the rules decide
    unknown: Removed  # no statement, or findings that cannot be told
    wronged_share: float | None  # eligible persons of those judged; None: nobody is judged
    low: float | None = None  # Wilson, by persons; only where the population is a sample
    high: float | None = None

    @property
    def sentence(self) -> Text:
        """What comes of it, in words."""
        return sentence(self)


def over_correction(population: Population, outcome: Outcome) -> OverCorrection:
    """Removing every near-kin recipient against removing only those who fail, of the roll on `as_of`.

    `outcome`: of the rules by which they are judged, mostly today's, over one month (`months=1`), so that a taper that
    still runs counts. A recipient stands by the rules where it is eligible, or let in as a single person; it fails
    where that is known not to be so, its taper apart. A single-person award that
    stands above the edge line is unknown.
    """
    on_roll = population.own
    kin = on_roll & population.kin
    stands = kin & (outcome.eligible | (outcome.rule_book.on_roll & ~outcome.tapering)) & (outcome.reason != TERM)
    tapering = kin & ~stands & outcome.tapering
    certain = np.isin(outcome.reason, (BARRED, TERM))  # for certain, whatever else is unknown
    failing = kin & ~stands & ~tapering & (outcome.known | certain)
    unknown = kin & ~stands & ~tapering & ~failing
    right, later, wrong = (_removed(population, rows) for rows in (stands, tapering, failing))
    whole = right.persons + later.persons + wrong.persons
    share = right.persons / whole if whole > 0 else None
    low = high = None
    if population.sample and share is not None:
        # as many persons as were really asked, not as many as they stand for
        asked = float(population.covered[stands | tapering | failing].sum())
        low, high = (float(bound) for bound in wilson(share * asked, asked))
    return OverCorrection(
        roll=_removed(population, on_roll),
        kin=_removed(population, kin),
        eligible=right,
        tapering=later,
        failing=wrong,
        unknown=_removed(population, unknown),
        wronged_share=share,
        low=low,
        high=high,
    )


def sentence(found: OverCorrection) -> Text:
    """A plain sentence of the whole comparison."""
    parts = (found.roll, found.kin, found.eligible, found.tapering, found.failing, found.unknown)
    roll, kin, right, later, wrong, rest = (f"{part.persons:,.0f}" for part in parts)
    yuan = f"{found.eligible.month_fen / _FEN:,.0f}"
    if found.wronged_share is None:
        return Text(
            f"在保 {roll} 人中近亲属 {kin} 人,均无法判定是否符合条件,不能据亲属关系清退",
            f"Of {roll} persons on the roll {kin} are near kin; none of them can be judged, and kinship alone is no"
            " reason to remove anybody",
        )
    share = f"{found.wronged_share:.1%}"
    if found.low is not None and found.high is not None:
        share += f" ({found.low:.1%}–{found.high:.1%})"
    return Text(
        f"在保 {roll} 人中近亲属 {kin} 人。全部清退将误退符合条件者 {right} 人(占能判定者的 {share}),"
        f"每月少领 {yuan} 元;只清退不符合条件者为 {wrong} 人;{later} 人在渐退期内,{rest} 人暂无法判定,须先核实",
        f"Of {roll} persons on the roll {kin} are near kin. Removing all of them would wrong {right} who are eligible"
        f" ({share} of those who can be judged), {yuan} yuan a month; removing only those who fail would be {wrong};"
        f" {later} are within their taper, {rest} cannot be judged yet and need a look first",
    )


def _removed(population: Population, rows: Flag) -> Removed:
    weight = population.weight[rows]
    paid = population.paid_fen[rows]
    known = paid >= 0
    money = np.sum(weight[known] * paid[known])
    return Removed(
        households=float(weight.sum()),
        persons=float((weight * population.covered[rows]).sum()),
        month_fen=round(float(money)),
        unpaid=float(weight[~known].sum()),
    )
