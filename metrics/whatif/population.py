"""Who is reckoned with: every household of a snapshot, in columns, once, whatever rules are tried on it.

What rules decide (counted income, line, amount) is not here but in an `Outcome`; here is what the records say. What
needs findings and whole tables (an excluding finding, what covers a household) was gathered under `policy`; a scenario
that changes one of the rules in `readers.GATHERED` is gathered anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Whole: TypeAlias = npt.NDArray[np.int64]
Small: TypeAlias = npt.NDArray[np.int8]
Real: TypeAlias = npt.NDArray[np.float64]
Flag: TypeAlias = npt.NDArray[np.bool_]
Index: TypeAlias = npt.NDArray[np.int32]

INCOMES: Final = ("wage", "business", "property_income", "transfer", "support", "land")
EXPENSES: Final = ("medical_expense", "education_expense", "disability_expense", "insurance_expense")
ITEMS: Final = (*INCOMES, *EXPENSES)
HEALTH: Final = ("healthy", "minor_illness", "chronic_illness", "serious_illness", "disabled", "severely_disabled")
NO, YES, UNKNOWN = 0, 1, -1  # of the small columns


@dataclass(frozen=True, eq=False)
class Persons:
    """Everybody who lives in a household on `as_of`, ordered by household."""

    home: Index  # the household's row
    age: Whole  # in years on `as_of`, in every month reckoned; -1 unknown
    health: Small  # place in HEALTH; -1 unknown
    disability: Small  # grade 1 to 4; 0 none or unknown
    covered: Flag  # a beneficiary of the household's dibao award in the month of `as_of`
    counted: Flag  # lives there (co-living): one of the household's `n`; the rest are covered without living there
    supporter_fen: Whole  # yearly income a head of children elsewhere who must support this person, summed; 0 none
    supporter_known: Flag  # are all of them known?


@dataclass(frozen=True, eq=False)
class Population:
    """H households, P persons, V villages. Money in fen; a statement's money is a year's, an award's a month's."""

    as_of: date
    snapshot: str  # digest of what it was gathered from; "" where made up
    gathered: str  # digest of the GATHERED rules it was gathered under
    # villages, ordered by code
    village_code: tuple[str, ...]
    village_name: tuple[str, ...]
    urban_rural: tuple[str | None, ...]
    # households, ordered by household number
    village: Index  # place in the villages
    weight: Real  # how many households this one stands for: 1 in a register
    n: Whole  # persons living together on `as_of`
    covered: Whole  # persons its award of dibao covers in the month of `as_of`; 0 without award
    own: Flag  # has an award of dibao in force in the month of `as_of`
    single: Flag  # that award is a single-person entry
    stated: Flag  # has a statement on or before `as_of`
    unclear: Flag  # its newest statement has an item without a figure, or one filed twice
    items: Mapping[str, Whole]  # of ITEMS: as filed (verified, else declared); 0 where absent
    absent: Mapping[str, Flag]  # of "wage", "land", "support": the item is not in the statement
    barred: Small  # an excluding finding (veto) holds: NO, YES, UNKNOWN
    shut: Small  # covered by what excludes dibao: NO, YES, UNKNOWN
    above_months: Whole  # months since the first above the line while on the roll, 0 in that month; -1: not above
    award_months: Whole  # months from the award's first to that of `as_of`; -1 without award
    paid_fen: Whole  # paid in the newest month with any payment of the award; -1 unknown or no award
    hardship: Real  # points of the hardship index; nan unknown
    kin: Flag  # near kin of an official whose jurisdiction is the household's village
    groups: Mapping[str, tuple[tuple[str, ...], Small]]  # name -> labels (codes), each household's place in them; -1
    draws: Mapping[str, Real]  # "take_up", "leak": stored numbers in [0, 1), never drawn anew
    persons: Persons
    figures: Mapping[str, Mapping[int, Whole]] = field(
        default_factory=dict
    )  # reference item -> year -> fen; -1 unknown
    sample: bool = False  # a sample of a larger population, not a register
    kept: dict[str, object] = field(default_factory=dict, repr=False)  # what is worth reckoning once (orders, deciles)

    @property
    def households(self) -> int:
        """H."""
        return len(self.village)

    @property
    def resources_fen(self) -> Whole:
        """What a household lives on in a year before any aid: filed incomes less filed expenses, not below 0.

        The same under every scenario: no disregard, cap or imputation of a rule moves a measure of welfare by itself.
        """
        rest = sum((self.items[name] for name in INCOMES), np.zeros(self.households, np.int64))
        for name in EXPENSES:
            rest = rest - self.items[name]
        return np.maximum(rest, 0)
