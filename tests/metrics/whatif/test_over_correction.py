"""Tests of whom it would wrong to remove every recipient of an official's family."""

from typing import Any

import pytest

from casework.policy import Policy
from casework.statistics import wilson
from metrics.whatif.over_correction import OverCorrection, over_correction
from metrics.whatif.reckon import reckon
from tests.metrics.whatif.made import population

POLICY = Policy.of(dibao_standard=500)  # yuan a person a month: 6,000 a year
ROLL, KIN = 9_754, 641  # persons of the county whose campaign removed all of them


def judged(*homes: dict[str, Any], sample: bool = False, policy: Policy = POLICY) -> OverCorrection:
    made = population(*({"own": True, "paid": 100} | home for home in homes), sample=sample)
    return over_correction(made, reckon(made, policy, months=1))


def kin(**said: Any) -> dict[str, Any]:
    return {"kin": True, **said}


@pytest.mark.parametrize(("eligible", "wronged"), [(0.0, 0), (0.25, 160), (0.5, 320), (0.9, 577), (1.0, 641)])
def test_of_the_641_as_many_are_wronged_as_are_eligible(eligible: float, wronged: int) -> None:
    # one-person households at 200 yuan a month; that share of the kin is below the line
    right = round(KIN * eligible)
    kinds = [kin(wage=3_000, paid=200, weight=right), kin(wage=9_000, paid=200, weight=KIN - right, above=30)]
    found = judged(*(kind for kind in kinds if kind["weight"]), {"wage": 3_000, "weight": ROLL - KIN})
    assert right == wronged
    assert (found.roll.persons, found.kin.persons) == (ROLL, KIN)
    assert (found.eligible.persons, found.failing.persons, found.unknown.persons) == (right, KIN - right, 0)
    assert found.eligible.month_fen == right * 200 * 100
    assert found.wronged_share == pytest.approx(right / KIN)
    assert (found.low, found.high) == (None, None)  # a register has no sampling error


def test_households_persons_and_money_are_counted_apart() -> None:
    found = judged(kin(n=3, wage=6_000, paid=1_000), kin(n=2, wage=50_000, paid=300, above=30), {"n": 4})
    assert (found.kin.households, found.kin.persons, found.kin.month_fen) == (2, 5, 130_000)
    assert (found.eligible.households, found.eligible.persons, found.eligible.month_fen) == (1, 3, 100_000)
    assert (found.failing.households, found.failing.persons, found.failing.month_fen) == (1, 2, 30_000)


@pytest.mark.parametrize(("yuan", "right"), [(5_999.99, 1), (6_000, 0)])
def test_equality_at_the_line_is_not_eligible(yuan: float, right: int) -> None:
    found = judged(kin(wage=yuan), policy=Policy.of(dibao_standard=500, taper_months=0))
    assert (found.eligible.households, found.failing.households) == (right, 1 - right)


def test_whoever_is_not_kin_or_not_on_the_roll_is_not_touched() -> None:
    found = judged({"wage": 0}, kin(own=False, paid=None))
    assert (found.roll.households, found.kin.households) == (1, 0)
    assert found.wronged_share is None


@pytest.mark.parametrize(
    "lacking", [{"stated": False}, {"unclear": True, "wage": 3_000}, {"barred": -1, "wage": 3_000}]
)
def test_who_cannot_be_judged_is_apart_and_never_failing(lacking: dict[str, Any]) -> None:
    found = judged(kin(**lacking))
    assert (found.eligible.households, found.failing.households, found.unknown.households) == (0, 0, 1)
    assert found.wronged_share is None
    assert "先核实" in found.sentence.zh or "无法判定" in found.sentence.zh


def test_income_above_the_line_fails_though_findings_are_unknown() -> None:
    found = judged(kin(wage=9_000, barred=-1), policy=Policy.of(dibao_standard=500, taper_months=0))
    assert found.failing.households == 1


def test_an_excluding_finding_fails_though_income_is_unknown() -> None:
    assert judged(kin(stated=False, barred=1)).failing.households == 1


def test_within_the_taper_nobody_has_to_go_yet() -> None:
    inside, past = judged(kin(wage=9_000, above=2)), judged(kin(wage=9_000, above=30))
    assert (inside.eligible.households, inside.tapering.households, inside.failing.households) == (0, 1, 0)
    assert (past.eligible.households, past.tapering.households, past.failing.households) == (0, 0, 1)
    assert inside.wronged_share == past.wronged_share == 0


def test_a_payment_that_nobody_knows_adds_nothing_and_is_said() -> None:
    found = judged(kin(wage=0, paid=None), kin(wage=0, paid=100))
    assert (found.eligible.month_fen, found.eligible.unpaid) == (10_000, 1)


def test_a_sample_has_an_interval_by_the_persons_really_asked() -> None:
    found = judged(*[kin(wage=0, weight=10.0)] * 3, kin(wage=9_000, weight=10.0, above=30), sample=True)
    assert (found.low, found.high) == pytest.approx(tuple(float(bound) for bound in wilson(3, 4)))


def test_the_sentence_says_both_ways_in_both_languages() -> None:
    found = judged(
        kin(wage=3_000, paid=200, weight=577), kin(wage=9_000, above=30, weight=64), {"weight": ROLL - KIN}
    ).sentence
    assert "9,754" in found.zh
    assert "近亲属 641 人" in found.zh
    assert "误退符合条件者 577 人(占能判定者的 90.0%),每月少领 115,400 元;只清退不符合条件者为 64 人" in found.zh
    assert "would wrong 577 who are eligible (90.0% of those who can be judged), 115,400 yuan a month" in found.en
    assert "removing only those who fail would be 64" in found.en
