"""What is kept of 100 yuan more, and how high is the cliff?"""

from typing import Any

import numpy as np
import polars as pl
import pytest

from casework.policy import Policy
from metrics.whatif.compared import measures
from metrics.whatif.incentives import Incentives, Linked, incentives, reckoning
from metrics.whatif.reckon import reckon
from tests.metrics.whatif.made import population

RICH = Linked(dibao=(0.0, 240_000.0), edge=(0.0, 120_000.0))  # 2,400 and 1,200 yuan a person a year


def found(*homes: dict[str, Any], linked: Linked | None = None, **law: Any) -> Incentives:
    people, policy = population(*homes), Policy.of(dibao_standard=500, **law)
    return incentives(people, reckon(people, policy), reckoning(policy), linked)


def test_the_gap_takes_every_yuan() -> None:
    assert found({"wage": 1200}).rate.tolist() == [1]


def test_a_disregard_of_a_third_leaves_it() -> None:
    assert found({"wage": 1200}, disregard={"value": 0.0, "rate": 0.3}).rate.tolist() == pytest.approx([0.7])


def test_who_rises_above_the_line_loses_only_the_rest_of_the_gap() -> None:
    rose = found({"wage": 5400})  # 50 yuan below
    assert rose.rate.tolist() == [0.5]
    assert rose.loss_fen.tolist() == [0]


@pytest.mark.parametrize("months", [1, 12])
@pytest.mark.parametrize("taper", [0, 6, 12])
def test_a_taper_hides_no_cliff_however_few_months_are_reckoned(taper: int, months: int) -> None:
    people = population({"wage": 5400, "own": True, "paid": 50})
    policy = Policy.of(dibao_standard=500, taper_months=taper)
    rose = incentives(people, reckon(people, policy, months=months), reckoning(policy, months=months), RICH)
    assert rose.rate.tolist() == [0.5]
    assert rose.loss_fen.tolist() == [(50 * 12 - 100 * 12 + 1200) * 100]
    assert rose.size.tolist() == pytest.approx([(12 + 1200) / 6000])


def test_with_what_is_linked_the_same_household_stands_on_a_cliff() -> None:
    rose = found({"wage": 5400}, linked=RICH)
    assert rose.loss_fen.tolist() == [(50 * 12 - 100 * 12 + 1200) * 100]  # the edge keeps half


def test_the_cliff_at_the_line_is_its_last_yuan_and_what_is_linked() -> None:
    last = 12.0  # a yuan a month, rounded up from a fen
    assert found({"wage": 1200}).size.tolist() == pytest.approx([last / 6000])
    assert found({"wage": 1200}, linked=RICH).size.tolist() == pytest.approx([(last + 1200) / 6000])


def test_expenses_above_income_do_not_hide_the_line() -> None:
    assert np.isfinite(found({"wage": 0, "medical_expense": 4000}).size).all()


def test_only_who_could_earn_is_asked() -> None:
    rows = found(
        {"wage": 0, "people": [{"age": 60}]},
        {"wage": 0, "people": [{"age": 59}]},
        {"wage": 0, "people": [{"age": 15}]},
        {"wage": 0, "people": [{"age": 16}]},
        {"wage": 90_000},
    ).rows
    assert rows.tolist() == [1, 3]


def test_what_is_shipped_is_of_the_size_that_was_found_for_one_person() -> None:
    linked = Linked.of(Policy.shipped())
    assert linked == Linked((164_000, 40_000), (40_000, 20_000))
    lost = sum(linked.dibao) - sum(linked.edge)
    assert 0.07 < lost / (632 * 12 * 100) < 0.22  # 20–43 % of a cliff of 35–52 % of the standard


def test_measures_tell_them_beside_the_rest() -> None:
    people, policy = population({"wage": 5400}, {"wage": 1200}), Policy.of(dibao_standard=500)
    base = reckon(people, policy)
    asked = incentives(people, base, reckoning(policy), RICH)
    frame = measures(people, {"today": base}, incentives={"today": asked})
    top = frame.filter(pl.col("region_code") == "990000000000", pl.col("group") == "")
    values = dict(top.select("measure", "value").iter_rows())
    assert values["asked_households"] == 2
    assert values["marginal_rate"] == pytest.approx(0.75)
    assert values["cliff_share"] == 0.5
    assert values["cliff_gap"] == 600 * 100
