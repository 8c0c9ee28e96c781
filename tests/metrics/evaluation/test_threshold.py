"""What do visits down to a score find, trouble and cost, by truth and by what was judged?"""

import polars as pl
import pytest

from casework.statistics import wilson
from metrics.evaluation.threshold import CURVE_SCHEMA, budgeted, curve, thinned

COST = 200.0


def leads(*rows: tuple[str, float, bool | None]) -> pl.DataFrame:
    schema = {"visit": pl.String(), "score": pl.Float64(), "confirmed": pl.Boolean()}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def drawn(*rows: tuple[str, float, bool | None], least: int = 2) -> pl.DataFrame:
    table = curve(leads(*rows), cost=COST, least=least)
    assert table.schema == CURVE_SCHEMA
    return table


def test_with_a_truth_every_cut_is_known_outright() -> None:
    table = drawn(("H1", 3.0, True), ("H2", 2.0, False), ("H3", 2.0, True), ("H4", 1.0, False))
    told = table.select("cut", "visits", "confirmed", "innocent", "cost", "cost_each").rows()
    assert told == [
        (3.0, 1, 1.0, 0.0, 200.0, 200.0),
        (2.0, 3, 2.0, 1.0, 600.0, 300.0),
        (1.0, 4, 2.0, 2.0, 800.0, 400.0),
    ]
    assert table["confirmed_low"].equals(table["confirmed"], check_names=False)


def test_the_leads_of_one_household_are_one_visit_at_its_highest_score() -> None:
    table = drawn(("H1", 1.0, True), ("H1", 5.0, False), ("H2", 1.0, False))
    assert table.select("cut", "visits", "confirmed").rows() == [(5.0, 1, 1.0), (1.0, 2, 1.0)]


def test_the_share_among_the_judged_holds_for_the_others_with_its_interval() -> None:
    judged = [("J1", 2.0, True), ("J2", 2.0, True), ("J3", 2.0, False), ("J4", 2.0, True)]
    (row,) = drawn(*judged, ("U1", 2.0, None), ("U2", 2.0, None)).to_dicts()
    low, high = (float(bound) for bound in wilson(3, 4))
    assert (row["visits"], row["judged"]) == (6, 4)
    assert row["confirmed"] == pytest.approx(3 + 2 * 0.75)
    assert (row["confirmed_low"], row["confirmed_high"]) == pytest.approx((3 + 2 * low, 3 + 2 * high))
    assert (row["innocent_low"], row["innocent_high"]) == pytest.approx((6 - 3 - 2 * high, 6 - 3 - 2 * low))
    assert row["cost_each"] == pytest.approx(6 * COST / 4.5)


@pytest.mark.parametrize(("judged", "known"), [(1, False), (2, True)])
def test_too_few_judged_tell_nothing_and_never_nought(judged: int, *, known: bool) -> None:
    rows = [(f"J{place}", 2.0, True) for place in range(judged)] + [("U1", 2.0, None)]
    (row,) = drawn(*rows).to_dicts()
    assert (row["confirmed"] is not None) is known
    assert (row["innocent"] is not None) is known
    assert row["cost"] == (judged + 1) * COST


def test_what_high_scores_prove_says_nothing_of_low_ones() -> None:
    high = [(f"H{place}", 10.0, True) for place in range(50)]
    low = [(f"L{place}", 1.0, None) for place in range(950)]
    top, every = drawn(*high, *low, least=5).to_dicts()
    assert (top["confirmed"], top["innocent"]) == (50.0, 0.0)
    assert (every["visits"], every["judged"]) == (1000, 50)
    names = ("confirmed", "confirmed_low", "confirmed_high", "innocent", "innocent_low", "innocent_high", "cost_each")
    assert [every[name] for name in names] == [None] * 7


def test_a_cut_is_the_sum_of_its_bands() -> None:
    high = [(f"H{place}", 10.0, place < 8 if place < 10 else None) for place in range(20)]
    low = [(f"L{place}", 1.0, place < 1 if place < 10 else None) for place in range(30)]
    top, every = drawn(*high, *low).to_dicts()
    assert (top["confirmed"], every["confirmed"]) == (pytest.approx(8 + 10 * 0.8), pytest.approx(16 + 1 + 20 * 0.1))
    below = [10 * (0.8 - float(wilson(8, 10)[0])), 20 * (0.1 - float(wilson(1, 10)[0]))]
    assert every["confirmed_low"] == pytest.approx(19 - (below[0] ** 2 + below[1] ** 2) ** 0.5)


def test_a_band_unknown_leaves_every_further_cut_unknown() -> None:
    scores = {5.0: True, 4.0: None, 3.0: True}
    rows = [
        (f"{score}-{place}", score, judged if place < 10 else None)
        for score, judged in scores.items()
        for place in range(20)
    ]
    assert drawn(*rows)["confirmed"].is_not_null().to_list() == [True, False, False]


@pytest.mark.parametrize(("judged", "known"), [(4, False), (5, True)])
def test_each_band_needs_its_own_judged(judged: int, *, known: bool) -> None:
    high = [(f"H{place}", 10.0, True) for place in range(20)]
    low = [(f"L{place}", 1.0, True if place < judged else None) for place in range(20)]
    assert drawn(*high, *low, least=5)["confirmed"].is_not_null().to_list() == [True, known]


def test_nobody_judged_is_unknown_even_where_none_need_be() -> None:
    (row,) = drawn(("U1", 1.0, None), least=0).to_dicts()
    assert row["confirmed"] is None


def test_only_what_is_found_has_a_price() -> None:
    (row,) = drawn(("H1", 1.0, False)).to_dicts()
    assert (row["confirmed"], row["innocent"], row["cost_each"]) == (0.0, 1.0, None)


def test_without_leads_there_is_no_curve() -> None:
    assert drawn().is_empty()


def test_a_budget_reaches_the_last_cut_that_it_holds_whole() -> None:
    table = drawn(("H1", 3.0, True), ("H2", 2.0, False), ("H3", 2.0, True))
    assert [row and row["cut"] for row in (budgeted(table, visits) for visits in (0, 1, 2, 3))] == [None, 3.0, 3.0, 2.0]


def test_a_thinned_curve_has_no_two_cuts_nearer_than_a_step_and_ends_where_the_curve_does() -> None:
    table = drawn(*((f"H{place}", float(-place), True) for place in range(13)))
    assert thinned(table, 5)["visits"].to_list() == [5, 13]
    assert thinned(table, 1)["visits"].to_list() == [*range(1, 14)]
    assert thinned(table, 14).is_empty()


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [(f"H{place % 7}", float(place % 5), [True, False, None][place % 3]) for place in range(40)]
    assert drawn(*rows).equals(drawn(*rows[::-1]))
