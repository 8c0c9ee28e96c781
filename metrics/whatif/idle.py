"""What of a scenario moves none of the numbers that are shown, and where does it act instead?

A change may be real and move nobody: a ratio of what is not imputed, a limit of days, a band that nobody is paid by.
Said beside the numbers, for a difference of 0 without a word looks like a finding.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from casework.text import Text
from metrics.whatif import assumed
from metrics.whatif.conflicts import Conflict
from metrics.whatif.outcome import Outcome
from metrics.whatif.scenario import Assumptions, Scenario

DELIVERED: Final = "delivered"
OF_DELIVERY: Final = ("take_up", "leak", "pay_ratio")
OF_CASES: Final = ("removed", "parallel", "staff")
_SAME: Final = ("known", "eligible", "tapering", "reason", "circle")  # of an outcome
_PAID: Final = ("on_roll", "heads", "month_fen", "year_fen")  # of a layer


def idle(
    scenario: Scenario,
    baseline: Outcome,
    outcome: Outcome,
    layer: str,
    said: Sequence[Conflict],
    other: Callable[[Scenario], Outcome],
) -> list[Conflict]:
    """What acts elsewhere, and which changes act on no household at all; of the layer that is shown.

    `said`: what `conflicts` names already; of changes that it says are without effect, or act elsewhere, nothing is
    added. `other` reckons another scenario: this one less one change, whose outcome tells whether that change acts.
    """
    found = [*_elsewhere(scenario.assumptions, layer)]
    named = {place for one in said if one.without_effect or one.kind == "elsewhere" for place in one.changes}
    left = tuple(place for place in range(1, len(scenario.changes) + 1) if place not in named)
    if (left or _says(scenario.assumptions)) and not moves(baseline, outcome):
        found.append(
            Conflict(
                "no_result",
                left,
                Text(
                    "没有任何一户的资格、人数或金额因此改变",
                    "no household's standing, persons or amount changes",
                ),
            )
        )
    elif len(scenario.changes) > 1 or _says(scenario.assumptions):
        found += [_nothing(place) for place in left if not moves(other(scenario.without(place - 1)), outcome)]
    return found


def _nothing(place: int) -> Conflict:
    return Conflict(
        "no_result",
        (place,),
        Text(
            f"第 {place} 项改动:去掉它,每一户的结果都不变",
            f"change {place}: without it every household stands the same",
        ),
    )


def moves(baseline: Outcome, outcome: Outcome) -> bool:
    """Does any household stand otherwise, or get another amount, in either layer?"""
    if any(not np.array_equal(getattr(baseline, name), getattr(outcome, name)) for name in _SAME):
        return True
    layers = ((baseline.rule_book, outcome.rule_book), (baseline.delivered, outcome.delivered))
    return any(not np.array_equal(getattr(one, name), getattr(other, name)) for one, other in layers for name in _PAID)


def _says(assumptions: Assumptions) -> bool:
    return bool(assumed.spoken(assumptions))


def _elsewhere(assumptions: Assumptions, layer: str) -> Iterator[Conflict]:
    said = assumed.spoken(assumptions)
    if layer != DELIVERED and (names := [name for name in OF_DELIVERY if name in said]):
        yield _of(
            names, "只影响“按目前落实情况”一层,所示为“按规定应得”", "acts on what is delivered; by the rules is shown"
        )
    if cases := [name for name in OF_CASES if name in said]:
        yield _of(cases, "只影响办理时限,不影响金额与名单", "acts on time limits, on no amount and no roll")


def _of(names: Sequence[str], zh: str, en: str) -> Conflict:
    labels = [assumed.LABELS[name] for name in names]
    said = Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
    return Conflict("elsewhere", (), Text(f"{said.zh}:{zh}", f"{said.en}: {en}"))
