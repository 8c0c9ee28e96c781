"""How long do the exact curves take for a million households? `python -m benchmarks.whatif.curve_speed`.

One sort and 10,001 multiples, the inverse of a budget, poverty along the curve, a grid of urban and rural standards,
the best mix under a budget, 2,000 replicates of 5,000 villages, and how far the curve is from reckoning household by
household. Households are made up straight in numpy from a seed. Prints its figures, the best of `--rounds`.
"""

import argparse
import resource
import time
from collections.abc import Callable
from typing import Final, TypeVar

import numpy as np

from metrics.whatif.bootstrap import draws, stream, village_sums
from metrics.whatif.curve import Candidates, curve
from metrics.whatif.grid import grid
from metrics.whatif.optimum import Question, best
from metrics.whatif.poverty_curve import poverty_curve

HOUSEHOLDS: Final = 1_000_000
VILLAGES: Final = 5_000
POINTS: Final = 10_001
SEED: Final = 20_260_101
FREE: Final = 0.95  # the share that nothing but income can keep out
CHECKED: Final = 25  # multiples compared with reckoning household by household
Made = TypeVar("Made")


def rows(households: int, rng: np.random.Generator) -> tuple[Candidates, np.ndarray]:
    """Households of 1 to 5 persons in urban and rural villages of three counties' standards, and their villages."""
    village = np.sort(rng.integers(0, VILLAGES, households)).astype(np.int32)
    n = rng.integers(1, 6, households)
    standard = np.where(village % 3 == 0, 90_000, 60_000) + 2_000 * (village % 7)
    y_fen = (np.exp(rng.normal(9.4, 0.7, households)) * n * 100).astype(np.int64)
    topups = 100.0 * rng.choice([0, 0, 0, 1, 3], households)
    free = rng.random(households) < FREE
    return Candidates(y_fen, n, n, standard.astype(np.int64), topups, np.ones(households), free), village


def timed(name: str, rounds: int, ask: Callable[[], Made]) -> Made:
    """The answer, after printing how long the fastest of several rounds took."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        answer = ask()
        took.append(time.perf_counter() - begun)
    print(f"{name:58} {min(took):8.3f} s   (slowest {max(took):.3f})")
    return answer


def main() -> None:
    """Make, time, compare, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--households", type=int, default=HOUSEHOLDS)
    words.add_argument("--rounds", type=int, default=3)
    said = words.parse_args()
    some, village = rows(said.households, np.random.default_rng(SEED))
    urban = village % 3 == 0
    line, counts = np.full(said.households, 1_000_000), np.ones(said.households, np.bool_)
    factors = np.linspace(0.5, 2.0, POINTS)

    def swept() -> np.ndarray:
        line = curve(some)
        return np.stack([line.cost(factors), line.households(factors), line.persons(factors)])

    question = Question(some, urban, ~urban, some.y_fen, line, counts)
    whole = curve(some)
    budgets = np.asarray(whole.cost(factors))
    timed(f"sort, cost and coverage at {POINTS} multiples", said.rounds, swept)
    found = timed(f"inverse of {POINTS} budgets", said.rounds, lambda: whole.inverse(budgets))
    poor = timed("poverty curve built", said.rounds, lambda: poverty_curve(some, some.y_fen, line, counts))
    timed(f"FGT2 at {POINTS} multiples", said.rounds, lambda: poor.fgt(factors, 2))
    both = timed("urban and rural curves built", said.rounds, lambda: question.sides(1.0))
    pairs = np.linspace(0.8, 1.5, 101)
    timed("grid of 101 x 101 standards", said.rounds, lambda: grid(both, pairs, pairs))
    timed("best lever and mix under a budget", 1, lambda: best(question, 1.1 * float(whole.cost(1.0))))
    measures = {f"measure {place}": some.y_fen * float(place) for place in range(9)}

    def drawn() -> np.ndarray:
        sums = village_sums(village, VILLAGES, measures)
        return np.concatenate([draws(stream("990101", SEED), VILLAGES, 100) @ sums for _ in range(20)])

    timed(f"2000 replicates of {VILLAGES} villages, 9 measures", said.rounds, drawn)
    print(f"largest miss of the inverse           {np.abs(found / factors - 1).max():.1e} relative")
    print(f"largest miss of cost one by one {_miss(some, whole.cost, factors[:: POINTS // CHECKED]):.1e} relative")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _miss(some: Candidates, cost: Callable[[np.ndarray], np.ndarray], factors: np.ndarray) -> float:
    meets = some.meets
    worst = 0.0
    for factor in factors:
        inside = meets < factor
        real = float((factor * some.payable_fen - some.taken_fen)[inside].sum(dtype=np.longdouble))
        worst = max(worst, abs(float(cost(factor)) / real - 1))
    return worst


if __name__ == "__main__":
    main()
