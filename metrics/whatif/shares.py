"""How much money is "35 % of what people consumed last year", in each region?

Last year is the year before the first month reckoned: a standard stands until another one is set, so one figure serves
the whole period. The amount of a month is the twelfth part, rounded up to a fen ("不低于"). A region without a figure
of its own takes that of the nearest one above it; never an older year's.
"""

from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final, TypeAlias

import polars as pl

from casework.dataset import Tables
from casework.errors import CaseworkError
from casework.policy.change import Change
from casework.policy.loader import region_prefix
from casework.tables import REFERENCE
from casework.text import Text
from metrics.whatif.scenario import Scenario

YEARLY: Final = ("consumption_urban", "consumption_rural", "income_rural")  # yuan a head a year
MONTHLY: Final = ("yuan_month", "yuan_person_month")  # units of the rules that can be such a share
Figures: TypeAlias = dict[tuple[str, int, str], int]  # (region prefix, year, item) -> fen
_FEN: Final = Decimal("0.01")
_YEAR: Final = 12


def figures(data: Tables) -> Figures:
    """What the snapshot says was published; of two rows of one key the first counts."""
    table = data.engine.collect(data[REFERENCE].select("region_code", "year", "item", "value_hundredths"))
    found: Figures = {}
    for code, year, item, value in table.filter(pl.col("item").is_in(YEARLY)).drop_nulls().iter_rows():
        found.setdefault((region_prefix(code), year, item), value)
    return found


def settled(scenario: Scenario, known: Figures, as_of: date) -> Scenario:
    """The same scenario with every share as an amount, one change for each region that published a figure.

    Raises:
        CaseworkError: nobody published the figure of last year there; says which and what to import.
    """
    found = [
        (change, scenario.source(place))
        for place in range(len(scenario.changes))
        for change in amounts(scenario, place, known, as_of)
    ]
    return replace(
        scenario, changes=tuple(one for one, _ in found), sources=tuple(source for _, source in found), shares=()
    )


def amounts(scenario: Scenario, place: int, known: Figures, as_of: date) -> list[Change]:
    """The changes that the one at that place comes to: itself, or one a region, those above before those within."""
    change, item = scenario.changes[place], scenario.share(place)
    if not item:
        return [change]
    year = last_year(as_of)
    here = {code: value for (code, when, name), value in known.items() if (when, name) == (year, item)}
    above = max((code for code in here if change.region.startswith(code)), key=len, default=None)
    within = sorted(code for code in here if code.startswith(change.region) and code != change.region)
    if above is None and not within:
        raise CaseworkError(
            Text(
                f"{change.id}:没有 {change.region or '全国'} 的 {year} 年 {item};请在 reference 表中补充后重新导入",
                f"{change.id}: no {item} of {year} for {change.region or 'the whole country'};"
                f" add it to the table reference and import again",
            )
        )
    wide = [] if above is None else [replace(change, set=_month(change, here[above]))]
    return wide + [replace(change, region=code, set=_month(change, here[code])) for code in within]


def last_year(as_of: date) -> int:
    """The year before the first month reckoned, which is the month after `as_of`."""
    return as_of.year - (as_of.month < _YEAR)


def _month(change: Change, year_fen: int) -> float:
    yuan = Decimal(str(change.set)) * Decimal(year_fen) / Decimal(100) / _YEAR
    return float(yuan.quantize(_FEN, ROUND_CEILING))
