"""How long do we take, for the formula of all and for everything a scenario shows?

`python -m benchmarks.whatif.ours WAY FOLDER FACTOR…`, WAY one of WAYS, FOLDER as `people.py` saved it. Prints one line
of JSON as `peers.py` does.

- `reckon`: the whole model (both layers, twelve months, top-ups, circles, tapers); a reform is `Policy.adjusted` and a
  second `reckon`. More than the formula, in the same time asked for.
- `curve`: the exact curve of multiples of the standards, sorted once after one `reckon`; a reform is a point of it.
- `standards`: the same month as the formula, exact to the whole yuan, of any set of standards, what no standard moves
  laid out once; a reform is another set.
- `numpy`: the formula alone, written down in three lines: what nobody can be much faster than.
- `everything`: no peer has it: a scenario with all tables, 10,001 points, 2,000 replicates.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from benchmarks.whatif.people import STANDARDS, People, policy, population
from casework.policy.change import Change
from metrics.whatif.bootstrap import REPLICATES, bootstrap
from metrics.whatif.compared import measures, moves
from metrics.whatif.curve import Curve, candidates, curve
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population
from metrics.whatif.reckon import reckon, rules_of_last_month
from metrics.whatif.standards import Standards

WAYS: Final = ("reckon", "standards", "curve", "numpy")
EVERYTHING: Final = "everything"
POINTS: Final = 10_001
SEED: Final = 1
FEN: Final = 100
KIB: Final = 1024
Told = dict[str, object]
Made = TypeVar("Made")


def by_reckon(people: People, factors: Sequence[float]) -> Told:
    """The whole model, a scenario for each factor."""
    begun = time.perf_counter()
    everybody = population(people, SEED)
    built = time.perf_counter()
    law = policy()
    before = reckon(everybody, law)
    done = time.perf_counter()

    def raised(factor: float) -> float:
        return _month(reckon(everybody, law.adjusted([Change("dibao_standard", scale=factor)]), baseline=before))

    return _said(built - begun, done - built, _month(before), raised, factors)


def by_curve(people: People, factors: Sequence[float]) -> Told:
    """One sort, then a point for each factor; what was reckoned and sorted before counts as building."""
    begun = time.perf_counter()
    everybody = population(people, SEED)
    line = _curve(everybody, reckon(everybody, policy()))
    built = time.perf_counter()
    first = float(line.cost(1.0)) / FEN
    done = time.perf_counter()
    return _said(built - begun, done - built, first, lambda factor: float(line.cost(factor)) / FEN, factors)


def by_standards(people: People, factors: Sequence[float]) -> Told:
    """A month of other standards, the rest laid out once."""
    begun = time.perf_counter()
    everybody, law = population(people, SEED), policy()
    rules = rules_of_last_month(everybody, law, 1)
    laid = Standards(everybody, rules)
    standard = rules.whole("dibao_standard")
    built = time.perf_counter()
    first = laid.month(standard).cost_fen / FEN
    done = time.perf_counter()

    def raised(factor: float) -> float:
        return laid.month(np.rint(standard * factor).astype(np.int64)).cost_fen / FEN

    return _said(built - begun, done - built, first, raised, factors)


def by_numpy(people: People, factors: Sequence[float]) -> Told:
    """The formula alone; income is summed once."""

    def total(factor: float) -> float:
        line = (standards * factor)[people.urban] * n
        return float((np.maximum(line - income, 0) * (1 - people.veto)).sum())

    begun = time.perf_counter()
    standards, n = np.array(STANDARDS, np.float64), people.n
    income = np.maximum(np.bincount(people.home, people.income) + people.support - people.deductions, 0)
    first = total(1.0)
    done = time.perf_counter()
    return _said(0.0, done - begun, first, total, factors)


def everything(people: People, factors: Sequence[float]) -> Told:
    """What a page shows of one scenario, and what it takes to sweep and to doubt; the second time, when all is warm."""
    everybody, law = population(people, SEED), policy()
    before = reckon(everybody, law)
    raised = law.adjusted([Change("dibao_standard", scale=factors[0])])

    def scenario() -> Outcome:
        after = reckon(everybody, raised, baseline=before)
        both = {"baseline": before, "raised": after}
        measures(everybody, both)
        moves(everybody, both)
        return after

    scenario()
    after, *tables = _timed(scenario)
    multiples = np.linspace(0.5, 1.5, POINTS)

    def swept() -> None:
        line = _curve(everybody, before)
        for of in (line.cost, line.households, line.persons):
            of(multiples)

    swept()
    _, *points = _timed(swept)
    sample = replace(everybody, sample=True)
    columns = {f"{name}-{layer}": _column(one, layer, name) for one, layer, name in _columns(before, after)}
    _, *drawn = _timed(lambda: bootstrap(sample, columns, SEED))
    told: Told = {}
    for name, (wall, busy) in (("tables", tables), (f"curve_{POINTS}", points), (f"bootstrap_{REPLICATES}", drawn)):
        told |= {name: wall, f"{name}_cpu": busy}
    return told


def _columns(*outcomes: Outcome) -> list[tuple[Outcome, str, str]]:
    return [
        (one, f"{layer}-{place}", name)
        for place, one in enumerate(outcomes)
        for layer in ("rule_book", "delivered")
        for name in ("on_roll", "heads", "year_fen")
    ]


def _column(one: Outcome, layer: str, name: str) -> np.ndarray:
    return np.asarray(getattr(one.layer(layer.partition("-")[0]), name), np.float64)


def _curve(everybody: Population, before: Outcome) -> Curve:
    return curve(candidates(everybody, before, rules_of_last_month(everybody, policy(), 12)))


def _month(one: Outcome) -> float:
    """The last month by the rules, in yuan."""
    return one.rule_book.cost_fen[-1] / FEN


def _timed(ask: Callable[[], Made]) -> tuple[Made, float, float]:
    """The answer, the seconds it took, and those of the processor in them."""
    begun, spent = time.perf_counter(), time.process_time()
    answer = ask()
    return answer, time.perf_counter() - begun, time.process_time() - spent


def _said(
    build: float, formula: float, first: float, reform: Callable[[float], float], factors: Sequence[float]
) -> Told:
    """Try every reform; the fastest counts."""
    found = [_timed(partial(reform, factor)) for factor in factors]
    return {
        "build": build,
        "formula": formula,
        "reform": min(wall for _, wall, _ in found),
        "reform_cpu": min(busy for _, _, busy in found),
        "totals": [first, *(total for total, _, _ in found)],
    }


_BY: Final = {
    "reckon": by_reckon,
    "standards": by_standards,
    "curve": by_curve,
    "numpy": by_numpy,
    EVERYTHING: everything,
}


def _peak() -> float:
    """MiB at most so far; `getrusage` would begin with what the process had that began this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / KIB


def main() -> None:
    """One way, once."""
    way, folder, factors = sys.argv[1], Path(sys.argv[2]), [float(one) for one in sys.argv[3:]]
    said = _BY[way](People.load(folder), factors)
    print(json.dumps(said | {"peak_mib": _peak()}))


if __name__ == "__main__":
    main()
