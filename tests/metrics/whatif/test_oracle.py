"""Does the program reckon what a patient clerk reckons, in every field, whatever the rules?"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from metrics.whatif.outcome import Layer, Outcome
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions
from tests.metrics.whatif import oracle
from tests.metrics.whatif.drawn import Drawn, draw
from tests.metrics.whatif.oracle_month import Step


def differences(drawn: Drawn) -> Iterator[tuple[str, str]]:
    """Every field in which they differ: (field, what each says)."""
    people = drawn.population()
    before = reckon(people, drawn.policy(drawn.today), months=drawn.months)
    after = reckon(people, drawn.policy(drawn.then), drawn.assumed, months=drawn.months, baseline=before)
    today = oracle.reckoned(drawn.today, drawn.homes, drawn.months, Assumptions())
    then = oracle.reckoned(drawn.then, drawn.homes, drawn.months, drawn.assumed, today)
    for when, found, said in (("today", before, today), ("then", after, then)):
        for name, (theirs, ours) in _fields(found, said, drawn).items():
            if theirs != ours:
                yield f"{when}.{name}", f"program {_plain(theirs)} clerk {_plain(ours)}"


def _fields(found: Outcome, said: oracle.Reckoned, drawn: Drawn) -> dict[str, tuple[Any, Any]]:
    final, last, habits = said.lawful[-1], said.last, said.habits
    told = [one.y is not None for one in last]
    return {
        "months": (found.months, drawn.months),
        "standard_fen": (found.standard_fen.tolist(), [-1 if one.standard is None else one.standard for one in last]),
        "known": (found.known.tolist(), [one.known for one in last]),
        "y_fen": (_where(found.y_fen, told), [one.y for one in last]),
        "below": (found.below.tolist(), [one.below for one in last]),
        "eligible": (found.eligible.tolist(), [one.eligible for one in last]),
        "circle": (found.circle.tolist(), [one.circle for one in last]),
        "tapering": (found.tapering.tolist(), [one.tapering for one in final]),
        "reason": (found.reason.tolist(), [one.reason for one in final]),
        "due_fen": (found.due_fen.tolist(), [one.fen or 0 for one in final]),
        "topup_fen": (found.topup_fen.tolist(), [one.topup for one in final]),
        "take_up": (found.habits.take_up, habits.take_up),
        "leak": (found.habits.leak, habits.leak),
        "pay_ratio": (found.habits.pay_ratio, habits.pay_ratio),
        "leak_fen": (found.habits.leak_fen, -1 if habits.leak_fen is None else habits.leak_fen),
        **_layer("rule_book", found.rule_book, said.lawful, drawn),
        **_layer("delivered", found.delivered, said.delivered, drawn),
    }


def _layer(name: str, layer: Layer, rows: list[list[Step]], drawn: Drawn) -> dict[str, tuple[Any, Any]]:
    final, weights = rows[-1], [Fraction(home["weight"]) for home in drawn.homes]
    cost = [round(sum(w * (one.fen or 0) for w, one in zip(weights, row, strict=True))) for row in rows]
    year = [sum(row[at].fen or 0 for row in rows) for at in range(len(final))]
    unpriced = [any(row[at].on and row[at].fen is None for row in rows) for at in range(len(final))]
    many = [float(sum(w for w, one in zip(weights, row, strict=True) if one.on)) for row in rows]
    return {
        f"{name}.on_roll": (layer.on_roll.tolist(), [one.on for one in final]),
        f"{name}.heads": (layer.heads.tolist(), [one.heads for one in final]),
        f"{name}.month_fen": (layer.month_fen.tolist(), [one.fen or 0 for one in final]),
        f"{name}.year_fen": (layer.year_fen.tolist(), year),
        f"{name}.unpriced": (layer.unpriced.tolist(), unpriced),
        f"{name}.cost_fen": (list(layer.cost_fen), cost),
        f"{name}.households": (list(layer.households), many),
    }


def _where(values: Any, known: list[bool]) -> list[Any]:
    return [value if sure else None for value, sure in zip(list(values), known, strict=True)]


def _plain(values: Any) -> Any:
    return [float(one) if isinstance(one, Fraction) else one for one in values] if isinstance(values, list) else values


@pytest.mark.parametrize("first", range(0, 200, 40))
def test_the_program_and_a_clerk_agree(first: int) -> None:
    for seed in range(first, first + 40):
        assert list(differences(draw(seed))) == [], seed
