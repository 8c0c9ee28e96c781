"""Who is reckoned with by everybody alike, and how is the same written down for us and for others?

Whole yuan a month for everybody, so that every way can be right to the last one: a person's income; a household's
support and deductions, whether something excludes it, whether its village is urban. Ours says the same of a year, in
fen, with what else a population has (who is on aid, groups, villages of ten counties).
"""

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from casework.policy import Policy
from metrics.whatif.population import ITEMS, Index, Persons, Population, Whole

STANDARDS: Final = (590, 790)  # yuan a person a month: rural, urban
VILLAGES: Final = 5_000
AS_OF: Final = date(2025, 6, 30)
_A_YEAR: Final = 1_200  # fen of a yuan a month
_SIZES: Final = (0.17, 0.22, 0.22, 0.21, 0.18)  # of households of one to five: 3.0 persons on average
_EARNING: Final = 0.62  # of persons
_SUPPORTED, _SPENDING, _EXCLUDED, _KIN = 0.3, 0.4, 0.04, 0.02  # of households
_DISABLED: Final = 0.06  # of persons
_CHILD, _OLD = 16, 60  # years
_COVERED: Final = 0.8  # of households below the line and not excluded that are on aid


@dataclass(frozen=True, eq=False)
class People:
    """The same for every way. Money in whole yuan a month."""

    home: Index  # of each person
    income: Whole  # of each person
    support: Whole  # the rest: of each household
    deductions: Whole
    veto: Whole  # 1 where something excludes it
    urban: Whole  # 1 where its village is
    village: Index

    @property
    def n(self) -> Whole:
        """Persons of each household."""
        return np.bincount(self.home, minlength=len(self.support)).astype(np.int64)

    def save(self, folder: Path) -> None:
        """Columns, and the standards, for another process."""
        for column in fields(self):
            np.save(folder / f"{column.name}.npy", getattr(self, column.name))
        np.save(folder / "standards.npy", np.array(STANDARDS))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `save` wrote."""
        return cls(**{column.name: np.load(folder / f"{column.name}.npy") for column in fields(cls)})


def made(households: int, seed: int) -> People:
    """About three persons a household; one in twenty-five excluded, a third urban."""
    rng = np.random.default_rng(seed)
    n = rng.choice(np.arange(1, 6), households, p=_SIZES)
    home = np.repeat(np.arange(households, dtype=np.int32), n)
    earning = rng.random(len(home)) < _EARNING
    village = np.sort(rng.integers(0, VILLAGES, households)).astype(np.int32)
    return People(
        home=home,
        income=np.where(earning, rng.lognormal(7.3, 0.8, len(home)), 0).astype(np.int64),
        support=np.where(rng.random(households) < _SUPPORTED, rng.integers(50, 800, households), 0),
        deductions=np.where(rng.random(households) < _SPENDING, rng.integers(20, 900, households), 0),
        veto=(rng.random(households) < _EXCLUDED).astype(np.int64),
        urban=(village % 3 == 0).astype(np.int64),
        village=village,
    )


def policy() -> Policy:
    """The shipped rules with these standards and nothing that the formula of all does not have."""
    return Policy.of(
        dibao_standard=[
            {"urban_rural": name, "value": value} for name, value in zip(("rural", "urban"), STANDARDS, strict=True)
        ]
    )


def population(people: People, seed: int) -> Population:
    """The same people as `reckon` takes them."""
    rng = np.random.default_rng([seed, 1])
    households, persons, n = len(people.support), len(people.home), people.n
    zeros, none = np.zeros(households, np.int64), np.zeros(households, np.bool_)
    wage = np.bincount(people.home, people.income, households).astype(np.int64)
    items = dict.fromkeys(ITEMS, zeros) | {
        name: _A_YEAR * column
        for name, column in (("wage", wage), ("support", people.support), ("medical_expense", people.deductions))
    }
    standard = np.array(STANDARDS)[people.urban]
    below = np.maximum(wage + people.support - people.deductions, 0) < n * standard
    own = below & (people.veto == 0) & (rng.random(households) < _COVERED)
    age = rng.integers(0, 90, persons)
    return Population(
        as_of=AS_OF,
        snapshot="",
        gathered="",
        village_code=tuple(_code(place) for place in range(VILLAGES)),
        village_name=tuple(_code(place) for place in range(VILLAGES)),
        urban_rural=tuple("urban" if place % 3 == 0 else "rural" for place in range(VILLAGES)),
        village=people.village,
        weight=np.ones(households),
        n=n,
        covered=np.where(own, n, 0),
        own=own,
        single=none,
        stated=~none,
        unclear=none,
        items=items,
        absent=dict.fromkeys(("wage", "land", "support"), none),
        barred=people.veto.astype(np.int8),
        shut=np.zeros(households, np.int8),
        above_months=np.full(households, -1),
        award_months=np.where(own, 12, -1),
        paid_fen=np.where(own, 40_000, -1),
        hardship=rng.random(households),
        kin=rng.random(households) < _KIN,
        groups=_groups(people, n, age),
        draws={name: rng.random(households) for name in ("take_up", "leak")},
        persons=Persons(
            home=people.home,
            age=age,
            health=np.zeros(persons, np.int8),
            disability=np.where(rng.random(persons) < _DISABLED, rng.integers(1, 5, persons), 0).astype(np.int8),
            covered=own[people.home],
            counted=np.ones(persons, np.bool_),
            supporter_fen=np.zeros(persons, np.int64),
            supporter_known=np.ones(persons, np.bool_),
        ),
    )


def _groups(people: People, n: Whole, age: Whole) -> dict[str, tuple[tuple[str, ...], npt.NDArray[np.int8]]]:
    def has(some: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
        return (np.bincount(people.home[some], minlength=len(n)) > 0).astype(np.int8)

    return {
        "size": (("1", "2", "3", "4", "5"), (n - 1).astype(np.int8)),
        "children": (("no", "yes"), has(age < _CHILD)),
        "elderly": (("no", "yes"), has(age >= _OLD)),
        "urban_rural": (("rural", "urban"), people.urban.astype(np.int8)),
    }


def _code(place: int) -> str:
    """Ten counties of two cities, twenty townships of twenty-five villages each."""
    county, within = divmod(place, 500)
    return f"99{county // 5 + 1:02d}{county % 5 + 1:02d}{within // 25 + 1:03d}{within % 25 + 1:03d}"
