"""Which small worlds do several tests look at, each made once?"""

from functools import cache

from synthetic.world import Regime, World, source

Row = dict[str, str]
Tables = dict[str, list[Row]]
Source = tuple[Tables, World]
REGIMES: tuple[Regime, ...] = ("capture", "clean", "needy_kin", "one_surname")
AS_OF = "2025-12-31"


@cache
def village(regime: Regime = "capture", seed: int = 1) -> Source:
    """A county of one village: a thousand persons, and as many in planted families."""
    return source(seed=seed, scale="village", persons=1_000, regime=regime)


@cache
def township() -> Source:
    """A township without fraud, its seat a town; several households move away."""
    return source(seed=3, scale="township", persons=4_000, regime="clean")


def planted(whole: World, *schemes: str) -> set[str]:
    """The subjects of the truth of those schemes, innocent ones too."""
    return {row.truth.subject for row in whole.truth if row.truth.scheme in schemes}


def by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    """Rows by a cell."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
