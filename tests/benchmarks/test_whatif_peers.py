"""Do all our ways of the benchmark find what the formula written down by hand finds?"""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.whatif.ours import by_curve, by_numpy, by_reckon, everything
from benchmarks.whatif.people import STANDARDS, People, made, policy, population
from metrics.whatif.reckon import reckon

FACTORS = (1.1, 1.3)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> People:
    folder = tmp_path_factory.mktemp("people")
    made(2_000, 5).save(folder)
    return People.load(folder)


def by_hand(people: People, factor: float) -> float:
    total = 0.0
    income = [0] * len(people.support)
    for home, had in zip(people.home, people.income, strict=True):
        income[home] += int(had)
    for place, n in enumerate(people.n):
        has = max(0, income[place] + int(people.support[place]) - int(people.deductions[place]))
        line = STANDARDS[int(people.urban[place])] * factor * int(n)
        total += max(0.0, line - has) * (1 - int(people.veto[place]))
    return total


@pytest.mark.parametrize("way", [by_reckon, by_curve, by_numpy])
def test_every_way_of_ours_finds_the_formulas_total_before_and_after(way: object, people: People) -> None:
    assert callable(way)
    wanted = [by_hand(people, factor) for factor in (1.0, *FACTORS)]
    assert way(people, FACTORS)["totals"] == pytest.approx(wanted, rel=1e-12)


def test_the_same_seed_is_the_same_people_and_they_are_as_many_as_said(people: People) -> None:
    again = made(2_000, 5)
    assert np.array_equal(again.income, people.income)
    assert not np.array_equal(made(2_000, 6).support, people.support)
    assert 2.8 < len(people.home) / 2_000 < 3.2
    assert len(set(people.village.tolist())) > 1_000


def test_nobody_is_unknown_and_whole_yuan_need_no_rounding(people: People) -> None:
    outcome = reckon(population(people, 1), policy())
    assert outcome.known.all()
    assert outcome.topup_fen.sum() == 0
    assert (outcome.due_fen % 100 == 0).all()


def test_everything_is_timed_and_said(people: People) -> None:
    told = everything(people, FACTORS)
    assert {"tables", "curve_10001", "bootstrap_2000"} < set(told)
    json.dumps(told)


def test_a_peer_needs_nothing_of_ours() -> None:
    text = (Path(__file__).parents[2] / "benchmarks" / "whatif" / "peers.py").read_text(encoding="utf-8")
    imported = {
        line.split()[1].partition(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= {"importlib", "json", "sys", "time", "collections", "pathlib", "typing", "numpy"}
