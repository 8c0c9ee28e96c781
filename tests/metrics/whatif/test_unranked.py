"""Is it said, before a cut, of how many nobody knows how hard they have it?"""

import math

import pytest

from casework.policy import Policy
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions
from metrics.whatif.unranked import unranked
from tests.metrics.whatif.made import population

LAW = Policy.of(dibao_standard=500)
UNKNOWN = {"hardship": math.nan}


def said(assumptions: Assumptions, *homes: dict[str, float]) -> list[str]:
    people = population(*homes)
    return [one.message.en for one in unranked(assumptions, people, reckon(people, LAW, assumptions), 10)]


@pytest.mark.parametrize("cut", [Assumptions(quota=3), Assumptions(budget_fen=150_000)])
def test_how_many_of_those_ranked_are_unknown_is_said(cut: Assumptions) -> None:
    (few,) = said(cut, *[UNKNOWN] * 9, {"hardship": 1})
    assert "fewer than 10 households of those ranked have unknown hardship" in few
    (many,) = said(cut, *[UNKNOWN] * 24, {"hardship": 1})
    assert "about 20 households" in many


def test_whoever_does_not_compete_or_is_known_is_not_counted() -> None:
    assert said(Assumptions(quota=3), {"hardship": 0}, UNKNOWN | {"wage": 6000}) == []


def test_without_a_cut_nothing_is_said() -> None:
    assert said(Assumptions(), UNKNOWN) == []
