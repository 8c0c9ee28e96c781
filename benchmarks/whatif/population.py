"""How many seconds does it take to gather, and to reckon, and how do a million households look?

`made` is a population straight in numpy from a seed, of no real place: incomes lie around the lines (about 7 % of rural
and 2 % of urban households below), of those below some are not on aid, of those above some are.

`python -m benchmarks.whatif.population [WORKSPACE…]` gathers from each workspace, then makes a million households and
reckons a year of them twice; prints seconds (the best of `--rounds`) and the peak of memory.
"""

import argparse
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from casework.policy import Policy
from casework.policy.change import Change
from casework.workspace import Workspace
from metrics.whatif.draws import NAMES
from metrics.whatif.gather import gather, gathered
from metrics.whatif.population import HEALTH, ITEMS, Flag, Index, Persons, Population, Whole
from metrics.whatif.reckon import reckon

AS_OF: Final = date(2025, 6, 30)
HOUSEHOLDS, VILLAGES, SEED = 1_000_000, 5_000, 1
SIZES: Final = (0.22, 0.25, 0.22, 0.16, 0.09, 0.06)  # of 1 to 6 persons; three on average
LINE_FEN: Final = {"rural": 65_000, "urban": 85_000}  # a person a month
BELOW: Final = {"rural": 0.07, "urban": 0.02}  # share of households below the line
SPREAD: Final = 0.75  # of the logarithm of income a head
EXCLUDED, INCLUDED = 0.30, 0.008  # of those below not on aid; of those above on aid
EXPENSIVE: Final = 0.15  # households with medical expenses
QUANTILE: Final = {0.07: -1.4758, 0.02: -2.0537}  # of the standard normal
Answer = TypeVar("Answer")


def made(households: int = HOUSEHOLDS, villages: int = VILLAGES, seed: int = SEED) -> Population:
    """So many households in so many villages, about three persons each; the same for the same words."""
    rng = np.random.default_rng(seed)
    urban = np.arange(villages) % 4 == 0
    village = np.sort(rng.integers(0, villages, households)).astype(np.int32)
    n = rng.choice(np.arange(1, len(SIZES) + 1), households, p=SIZES).astype(np.int64)
    line = np.where(urban[village], LINE_FEN["urban"], LINE_FEN["rural"]) * 12 * n
    income = _incomes(rng, urban[village], line)
    items, absent = _items(rng, income)
    below = _rest(items) < line
    own = np.where(below, rng.random(households) >= EXCLUDED, rng.random(households) < INCLUDED)
    barred = _of(rng, households, (0, 1, -1), (0.95, 0.045, 0.005))
    due = np.maximum(line / 12 - _rest(items) * (1 / 12), 0) // 100 * 100
    persons = _persons(rng, n, own)
    above = own & ~below
    return Population(
        as_of=AS_OF,
        snapshot="",
        gathered=gathered(law()),
        village_code=_codes(villages),
        village_name=_codes(villages),
        urban_rural=tuple("urban" if kind else "rural" for kind in urban),
        village=village,
        weight=np.ones(households),
        n=n,
        covered=np.bincount(persons.home[persons.covered], minlength=households).astype(np.int64),
        own=own,
        single=np.zeros(households, np.bool_),
        stated=rng.random(households) < 0.995,  # noqa: PLR2004 - a few have none
        unclear=rng.random(households) < 0.005,  # noqa: PLR2004 - of a few nobody can tell
        items=items,
        absent=absent,
        barred=barred,
        shut=_of(rng, households, (0, 1), (0.99, 0.01)),
        above_months=np.where(above, rng.integers(0, 24, households), -1),
        award_months=np.where(own, rng.integers(0, 120, households), -1),
        paid_fen=np.where(own, np.maximum(due, 20_000), -1).astype(np.int64),
        hardship=np.round(rng.gamma(2.0, 6.0, households), 1),
        kin=rng.random(households) < 0.03,  # noqa: PLR2004 - few are near kin of an official
        groups={
            "urban_rural": (("urban", "rural"), np.where(urban[village], 0, 1).astype(np.int8)),
            "size": (("1", "2", "3", "4", "5+"), (np.minimum(n, 5) - 1).astype(np.int8)),
            "aged": (("no", "yes"), _anybody(persons, persons.age >= 70, households)),  # noqa: PLR2004 - years
            "child": (("no", "yes"), _anybody(persons, persons.age < 18, households)),  # noqa: PLR2004 - years
        },
        draws={name: rng.random(households) for name in NAMES},
        persons=persons,
    )


def law() -> Policy:
    """The shipped rules, with the lines that `made` lies around."""
    return Policy.of(
        dibao_standard=[{"urban_rural": kind, "value": fen / 100} for kind, fen in sorted(LINE_FEN.items())]
    )


def _codes(villages: int) -> tuple[str, ...]:
    """Villages of towns of 20, counties of 250, in the made-up province 99."""
    return tuple(
        f"9901{county + 1:02d}{place // 20 + 1:03d}{place % 20 + 1:03d}"
        for county, place in (divmod(number, 250) for number in range(villages))
    )


def _incomes(rng: np.random.Generator, urban: Flag, line: Whole) -> Whole:
    """Log-normal, so that the wanted share lies below the line; skewed the same on either side."""
    low = np.where(urban, QUANTILE[BELOW["urban"]], QUANTILE[BELOW["rural"]])
    return (line * np.exp(SPREAD * (rng.standard_normal(len(line)) - low))).astype(np.int64)


def _items(rng: np.random.Generator, income: Whole) -> tuple[dict[str, Whole], dict[str, Flag]]:
    """Wage the most, then land, transfers and support; some have none of one of them."""
    items = {name: np.zeros(len(income), np.int64) for name in ITEMS}
    absent = {"wage": rng.random(len(income)) < 0.25, "land": rng.random(len(income)) < 0.5}  # noqa: PLR2004 - shares
    absent["support"] = rng.random(len(income)) < 0.9  # noqa: PLR2004 - as above
    items["land"] = np.where(absent["land"], 0, income * 2 // 10)
    items["support"] = np.where(absent["support"], 0, income // 10)
    rest = income - items["land"] - items["support"]
    items["wage"] = np.where(absent["wage"], 0, rest * 8 // 10)
    items["transfer"] = rest - items["wage"]
    ill = rng.random(len(income)) < EXPENSIVE
    items["medical_expense"] = np.where(ill, income * rng.integers(0, 3, len(income)) // 10, 0)
    return items, absent


def _rest(items: dict[str, Whole]) -> Whole:
    """Incomes less expenses."""
    return items["wage"] + items["transfer"] + items["land"] + items["support"] - items["medical_expense"]


def _persons(rng: np.random.Generator, n: Whole, own: Flag) -> Persons:
    home: Index = np.repeat(np.arange(len(n), dtype=np.int32), n)
    many = len(home)
    age = rng.choice(np.array([8, 15, 25, 40, 55, 65, 75, 85]), many, p=(0.1, 0.07, 0.1, 0.24, 0.22, 0.13, 0.1, 0.04))
    first = np.r_[True, home[1:] != home[:-1]]
    helped = (age >= 60) & (rng.random(many) < 0.5)  # noqa: PLR2004 - who is old may have children elsewhere
    return Persons(
        home=home,
        age=(age + rng.integers(0, 5, many)).astype(np.int64),
        health=_of(rng, many, range(len(HEALTH)), (0.7, 0.1, 0.12, 0.03, 0.03, 0.02)),
        disability=_of(rng, many, range(5), (0.93, 0.01, 0.02, 0.02, 0.02)),
        covered=own[home] & (first | (rng.random(many) < 0.9)),  # noqa: PLR2004 - some of a household are left out
        counted=np.ones(many, np.bool_),
        supporter_fen=np.where(helped, rng.integers(5_000, 40_000, many) * 100, 0),
        supporter_known=~helped | (rng.random(many) < 0.9),  # noqa: PLR2004 - of some nobody knows
    )


def _of(rng: np.random.Generator, many: int, values: object, shares: tuple[float, ...]) -> np.ndarray:
    return rng.choice(np.array(list(values), np.int8), many, p=shares)  # type: ignore[call-overload]


def _anybody(persons: Persons, met: Flag, households: int) -> np.ndarray:
    return (np.bincount(persons.home[met], minlength=households) > 0).astype(np.int8)


def timed(name: str, rounds: int, ask: Callable[[], Answer]) -> Answer:
    """The answer, after printing how long the fastest of several rounds took."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        answer = ask()
        took.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:58} {min(took):8.2f} s   (slowest {max(took):.2f}; peak so far {peak} MB)")
    return answer


def main() -> None:
    """Gather, make, reckon, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("workspaces", nargs="*", type=Path)
    words.add_argument("--households", type=int, default=HOUSEHOLDS)
    words.add_argument("--rounds", type=int, default=3)
    said = words.parse_args()
    for path in said.workspaces:
        workspace = Workspace(path)
        policy = workspace.policy()
        found = timed(f"gather {path.name}", said.rounds, lambda: gather(workspace.tables(), policy))  # noqa: B023 - now
        print(f"  {found.households} households, {len(found.persons.home)} persons, {len(found.village_code)} villages")
    people = timed(f"make {said.households} households", 1, lambda: made(said.households))
    rules = law()
    first = timed("reckon the baseline, twelve months", said.rounds, lambda: reckon(people, rules))
    raised = rules.adjusted([Change("dibao_standard", scale=1.1)])
    second = timed("reckon standards x 1.1", said.rounds, lambda: reckon(people, raised, baseline=first))
    for name, outcome in (("baseline", first), ("x 1.1", second)):
        rate = outcome.eligible.sum() / people.households
        print(f"  {name}: eligible {rate:.4f}, on the roll {outcome.delivered.on_roll.sum()}")


if __name__ == "__main__":
    main()
