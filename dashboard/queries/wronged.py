"""Were every near kin taken off the roll of a region, how many of them would be wronged, as counts that may be told?"""

from dataclasses import dataclass
from typing import Final

from dashboard.queries.timeliness import rounded
from dashboard.queries.whatif import WhatIf
from metrics.honest.veil import veiled
from metrics.whatif.over_correction import OverCorrection, Removed, over_correction
from metrics.whatif.reckon import reckon
from metrics.whatif.subset import only

KINDS: Final = ("eligible", "tapering", "failing", "unknown")  # of the kin on the roll; they add up to it
PARTS: Final = ("roll", "kin", *KINDS)
_FINE_FEN: Final = 1_000  # to which the mean of a month's money is rounded


@dataclass(frozen=True)
class Told:
    """One part as a reader may see it; None: hidden."""

    households: int | None
    persons: int | None
    month_fen: int | None  # the mean of a household, to ten yuan, times the households as they are told
    unpaid: bool  # are there some of which no payment is known?


def wronged(house: WhatIf, region: str) -> OverCorrection:
    """The roll of a region by the rules in force, over one month."""
    there = only(house.population, house.there(region))
    return over_correction(there, reckon(there, house.policy, months=1))


def told(found: OverCorrection, few: int, step: int) -> dict[str, Told]:
    """PARTS, hidden where few households are counted or would be found by taking others away; the rest rounded."""
    parts: dict[str, Removed] = {name: getattr(found, name) for name in PARTS}
    counts = {name: round(part.households) for name, part in parts.items()}
    shown = veiled(counts, few, sums=[("kin", KINDS)], within=[("kin", "roll")])
    return {name: _told(part, shown[name] is None, step) for name, part in parts.items()}


def _told(part: Removed, hidden: bool, step: int) -> Told:
    if hidden:
        return Told(None, None, None, unpaid=False)
    households = rounded(round(part.households), step)
    paid = part.households - part.unpaid
    mean = round(part.month_fen / paid / _FINE_FEN) * _FINE_FEN if paid > 0 else 0
    return Told(households, rounded(round(part.persons), step), mean * households, unpaid=part.unpaid > 0)
