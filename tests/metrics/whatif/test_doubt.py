"""Is each doubt reckoned under the rules, labelled with its source, and is noise turned back?"""

import math
from typing import Any

import numpy as np
import pytest

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.doubt import (
    HIDDEN,
    NOISE,
    TAKE_UP,
    Band,
    bands,
    corrected,
    corrections,
    normal,
    table,
    with_incomes,
    with_noise,
)
from metrics.whatif.headline import MEASURES, headline
from metrics.whatif.population import Population
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import Assumptions
from tests.metrics.whatif.made import population

LAW = Policy.of(dibao_standard=500)


def ask(some: Population, changes: tuple[Change, ...], said: Assumptions) -> dict[str, float]:
    return headline(some, reckon(some, LAW.adjusted(changes), said, months=1))


def homes() -> Population:
    """Forty single persons from nothing to beyond the line; every other of the poor is on the roll."""
    draws = np.random.default_rng(4).random(40)
    some: list[dict[str, Any]] = [
        {
            "wage": 200 * place,
            "own": place % 2 == 0 and place < 30,
            "paid": 300 if place % 2 == 0 and place < 30 else None,
        }
        | {"leak": float(draws[place]), "take_up": float(draws[-place]), "medical_expense": 100}
        for place in range(40)
    ]
    return population(*some)


def found() -> dict[str, Band]:
    some = homes()
    seen = reckon(some, LAW, months=1).habits
    return {band.source.en: band for band in bands(ask, some, LAW, (seen.take_up, seen.leak))}


def test_every_band_says_its_source_in_both_languages_and_holds_the_number_itself() -> None:
    for source, band in found().items():
        assert source
        assert band.source.zh
        for measure in MEASURES:
            low, high = band.ends(measure)
            assert low <= band.base[measure] <= high


def test_incomes_not_reported_leave_fewer_on_the_roll_and_never_more() -> None:
    band = found()[HIDDEN.en]
    assert [case.numbers["cost_fen"] for case in band.cases] == sorted(
        (case.numbers["cost_fen"] for case in band.cases), reverse=True
    )
    assert band.ends("cost_fen")[1] == band.base["cost_fen"]
    assert band.ends("cost_fen")[0] < band.base["cost_fen"]


def test_hidden_income_raises_what_was_filed_and_no_expense() -> None:
    more = with_incomes(homes(), 1.1)
    assert more.items["wage"][10] == 220_000
    assert more.items["medical_expense"][10] == 10_000
    assert (more.absent["land"] == homes().absent["land"]).all()


def test_noise_is_stored_and_has_a_mirror_image() -> None:
    some = homes()
    assert (with_noise(some, 0.3).items["wage"] == with_noise(some, 0.3).items["wage"]).all()
    up, down = with_noise(some, 0.3).items["wage"], with_noise(some, 0.3, -1).items["wage"]
    np.testing.assert_allclose(up[1:] * down[1:], some.items["wage"][1:].astype(float) ** 2, rtol=1e-3)
    assert found()[NOISE.en].ends("cost_fen")[0] < found()[NOISE.en].ends("cost_fen")[1]


def test_the_stored_numbers_are_normal_and_apart_from_the_draw_they_lie_behind() -> None:
    draws = np.random.default_rng(1).random(20_000)
    some = population(*({"leak": float(draw)} for draw in draws[:20_000:10]))
    numbers = normal(some)
    assert abs(numbers.mean()) < 0.1
    assert abs(numbers.std() - 1) < 0.1
    assert abs(np.corrcoef(numbers, some.draws["leak"])[0, 1]) < 0.1


def test_take_up_moves_what_is_delivered_and_not_the_rules() -> None:
    some = homes()

    def delivered(other: Population, changes: tuple[Change, ...], said: Assumptions) -> dict[str, float]:
        return headline(other, reckon(other, LAW.adjusted(changes), said, months=1), "delivered")

    seen = reckon(some, LAW, months=1).habits
    by_rules = {band.source: band for band in bands(ask, some, LAW, (seen.take_up, seen.leak))}[TAKE_UP]
    as_paid = {band.source: band for band in bands(delivered, some, LAW, (seen.take_up, seen.leak))}[TAKE_UP]
    assert by_rules.ends("cost_fen") == (by_rules.base["cost_fen"],) * 2
    low, high = as_paid.ends("cost_fen")
    assert low < as_paid.base["cost_fen"] < high


def test_what_nobody_knows_is_not_doubted_but_left_out() -> None:
    found_bands = bands(ask, homes(), LAW, (None, None))
    assert TAKE_UP not in [band.source for band in found_bands]


def test_an_unknown_number_makes_an_unknown_band() -> None:
    assert all(math.isnan(end) for end in Band(HIDDEN, {"exclusion": math.nan}, ()).ends("exclusion"))


def test_the_table_has_a_row_a_band_and_measure() -> None:
    rows = table(list(found().values()))
    assert len(rows) == len(found()) * len(MEASURES)
    assert (rows["low"] <= rows["high"]).all()


def test_a_rate_made_worse_by_noise_is_corrected_towards_the_truth() -> None:
    """A fifth of the truly poor are not on the roll; with a noise of 0.3 in recorded income it looks like far more."""
    rng = np.random.default_rng(11)
    count, sigma, line = 20_000, 0.3, 600_000
    true = np.exp(rng.normal(np.log(line), 0.7, count))
    own = (true < line) & (rng.random(count) < 0.8)
    recorded = np.rint(true * np.exp(rng.normal(0, sigma, count))).astype(np.int64)
    one = population({})
    some = type(one)(**{**one.__dict__, "items": {"wage": recorded}, "draws": {"leak": rng.random(count)}})

    def rates(other: Population) -> dict[str, float]:
        poor = other.items["wage"] < line
        return {"exclusion": float((poor & ~own).sum() / poor.sum()), "inclusion": math.nan}

    told = corrected(rates, some, sigma)
    assert rates(some)["exclusion"] > 0.27
    assert told["exclusion"] == pytest.approx(0.2, abs=0.03)
    assert math.isnan(told["inclusion"])  # what nobody knows stays unknown
    band = corrections(rates, some, LAW)
    assert band.ends("exclusion")[1] == rates(some)["exclusion"]
    assert band.ends("exclusion")[0] == told["exclusion"]  # 0.3 is the larger of the sizes assumed


def test_without_noise_nothing_is_corrected() -> None:
    some = homes()

    def rates(other: Population) -> dict[str, float]:
        return dict.fromkeys(("exclusion", "inclusion"), float((other.items["wage"] < 600_000).mean()))

    assert corrected(rates, some, 0.0) == pytest.approx(rates(some))
