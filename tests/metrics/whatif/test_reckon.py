"""What the rules make of households, month by month: both sides of every boundary, and the laws of arithmetic."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.outcome import BARRED, CUT, IN, OVER_LINE, SHUT, TERM, UNKNOWN
from metrics.whatif.reckon import reckon
from metrics.whatif.scenario import FALLING, FULL, Assumptions
from tests.metrics.whatif.made import population

STANDARD = 500  # yuan a person a month
LINE = STANDARD * 12
LAW = Policy.of(dibao_standard=STANDARD)


def raised(scale: float, **said: object) -> Policy:
    return LAW.adjusted([Change("dibao_standard", scale=scale, **said)])


def test_equality_at_the_line_is_not_eligible_and_a_fen_below_is() -> None:
    homes = population({"wage": LINE}, {"wage": LINE - 0.01}, {"wage": 0})
    found = reckon(homes, LAW)
    assert found.eligible.tolist() == [False, True, True]
    assert found.reason.tolist() == [OVER_LINE, IN, IN]
    assert found.due_fen.tolist() == [0, 100, 50_000]


def test_the_amount_is_rounded_up_once() -> None:
    law = Policy.of(dibao_standard=632)
    homes = population({"n": 3, "wage": 1894 * 12})  # 632 x 3 - 1894 = 2, not 3
    assert reckon(homes, law).due_fen.tolist() == [200]


def test_only_those_whom_the_award_covers_are_paid_for() -> None:
    homes = population({"n": 3, "own": True, "covered": 2, "wage": 9000, "paid": 600})
    found = reckon(homes, LAW)
    assert found.rule_book.heads.tolist() == [2]
    assert found.due_fen.tolist() == [50_000]  # 2 x 500 - 9000 x 2 / 36


def test_what_else_keeps_a_household_out() -> None:
    homes = population(
        {"barred": 1},
        {"shut": 1},
        {"barred": -1},
        {"stated": False},
        {"unclear": True},
        {"shut": 1, "own": True, "paid": 500},  # has dibao: judged by the rest
    )
    found = reckon(homes, LAW)
    assert found.reason.tolist() == [BARRED, SHUT, UNKNOWN, UNKNOWN, UNKNOWN, IN]
    assert found.known.tolist() == [True, True, False, False, False, True]
    assert found.rule_book.year_fen.tolist() == [0, 0, 0, 0, 0, 600_000]


def test_nobody_can_tell_where_no_standard_is_in_force() -> None:
    found = reckon(population({"wage": 0}), Policy.shipped())
    assert (found.known.tolist(), found.reason.tolist(), found.standard_fen.tolist()) == ([False], [UNKNOWN], [-1])


@pytest.mark.parametrize(
    ("above", "paid_months"),
    [(-1, 6), (0, 6), (1, 5), (5, 1), (6, 0), (20, 0)],  # months above the line at the start
)
def test_a_taper_pays_six_months_after_the_one_in_which_income_rose(above: int, paid_months: int) -> None:
    homes = population({"wage": LINE, "own": True, "paid": 300, "above": above})
    found = reckon(homes, LAW)
    assert found.rule_book.year_fen.tolist() == [30_000 * paid_months]
    assert not found.rule_book.on_roll.any()


def test_a_longer_taper_pays_longer_and_a_falling_one_less() -> None:
    homes = population({"wage": LINE, "own": True, "paid": 300, "above": 0})
    longer = LAW.adjusted([Change("taper_months", set=12)])
    assert reckon(homes, longer).rule_book.year_fen.tolist() == [300 * 12 * 100]
    assert reckon(homes, longer).tapering.tolist() == [True]
    falling = reckon(homes, LAW, Assumptions(taper=FALLING)).rule_book
    # 300 x 6/7, 5/7, ... 1/7, each in whole yuan, rounded up
    assert falling.year_fen.tolist() == [(258 + 215 + 172 + 129 + 86 + 43) * 100]


def test_no_taper_at_all() -> None:
    homes = population({"wage": LINE, "own": True, "paid": 300})
    assert reckon(homes, LAW.adjusted([Change("taper_months", set=0)])).rule_book.year_fen.tolist() == [0]


def test_whoever_the_lower_standard_puts_out_tapers_with_the_last_amount() -> None:
    homes = population({"wage": 5400, "own": True, "paid": 50})
    found = reckon(homes, raised(0.8), baseline=reckon(homes, LAW))
    assert found.rule_book.year_fen.tolist() == [50 * 6 * 100]
    assert found.rule_book.cost_fen == (5000,) * 6 + (0,) * 6


def test_a_running_taper_is_not_cut_short_by_a_higher_standard() -> None:
    homes = population({"wage": LINE, "own": True, "paid": 300, "above": 0})
    found = reckon(homes, raised(1.01), baseline=reckon(homes, LAW))
    assert found.rule_book.cost_fen == (30_000,) * 6 + (500,) * 6


def test_whom_something_else_bars_has_no_taper_when_its_income_rises() -> None:
    homes = population(
        {"wage": 5400, "own": True, "paid": 50, "barred": 1},  # due nothing today
        {"wage": 5400, "own": True, "paid": 50, "barred": -1},  # nobody can tell
        {"wage": LINE, "own": True, "paid": 50, "barred": 1},  # above the line, and never seen to rise
        {"wage": LINE, "own": True, "paid": 50, "barred": 1, "above": 4},  # its taper runs: nothing else is asked
        {"wage": 5400, "own": True, "paid": 50},
    )
    today = reckon(homes, LAW)
    assert today.rule_book.year_fen.tolist() == [0, 0, 0, 5_000 * 2, 5_000 * 12]
    lower = reckon(homes, raised(0.8), baseline=today).rule_book
    assert lower.year_fen.tolist() == [0, 0, 0, 5_000 * 2, 5_000 * 6]


def test_no_taper_follows_a_quota_that_left_a_household_out() -> None:
    homes = population({"wage": 5400, "own": True, "paid": 50, "hardship": 1}, {"wage": 0, "hardship": 9})
    later = raised(0.8, from_=date(2025, 10, 1))  # income passes the line in the fourth month
    full = reckon(homes, later, Assumptions(quota=1), baseline=reckon(homes, LAW))
    assert full.rule_book.cost_fen == (50_000,) * 3 + (40_000,) * 9


@pytest.mark.parametrize("taper", [FULL, FALLING])
def test_a_taper_of_unknown_payment_is_of_an_unknown_amount(taper: str) -> None:
    homes = population({"wage": LINE, "own": True, "paid": None, "above": 0}, {"wage": 0, "own": True, "paid": None})
    found = reckon(homes, LAW, Assumptions(taper=taper))
    for layer in (found.rule_book, found.delivered):
        assert layer.households == (2.0,) * 6 + (1.0,) * 6
        assert layer.unpriced.tolist() == [True, False]  # the other is paid what it is due
        assert layer.cost_fen == (50_000,) * 12


def test_a_single_person_award_of_unknown_payment_is_of_an_unknown_amount() -> None:
    homes = population(*({"wage": LINE, "own": True, "single": True, "paid": paid} for paid in (None, 300)))
    found = reckon(homes, LAW)
    assert found.reason.tolist() == [IN, IN]
    for layer in (found.rule_book, found.delivered):
        assert layer.on_roll.tolist() == [True, True]
        assert layer.unpriced.tolist() == [True, False]
        assert layer.month_fen.tolist() == [0, 30_000]


def test_leakage_is_of_no_known_amount_where_none_is_seen() -> None:
    homes = population({"wage": LINE, "leak": 0.1}, {"wage": 0, "own": True, "paid": 500})
    found = reckon(homes, LAW, Assumptions(leak=0.5), baseline=reckon(homes, LAW)).delivered
    assert (found.on_roll.tolist(), found.unpriced.tolist()) == ([True, True], [True, False])
    assert found.month_fen.tolist() == [0, 50_000]


def test_a_single_person_award_beyond_the_edge_line_is_leakage() -> None:
    at_edge, alone = 1.5 * LINE, {"own": True, "single": True, "paid": 300, "leak": 0.9}
    homes = population(
        {"wage": at_edge, **alone},
        {"wage": at_edge - 0.01, **alone},
        {"wage": LINE, "barred": 1, **alone},
        {"wage": LINE, "barred": -1, **alone},  # nobody can tell
        {"wage": at_edge, "leak": 0.9},
    )
    today = reckon(homes, LAW)
    assert today.reason.tolist() == [OVER_LINE, IN, BARRED, UNKNOWN, OVER_LINE]
    assert today.habits.leak == 2 / 3
    assert today.habits.leak_fen == 30_000
    assert today.delivered.on_roll.tolist() == [True, True, True, True, False]
    none = reckon(homes, LAW, Assumptions(leak=0.0), baseline=today).delivered
    assert none.on_roll.tolist() == [False, True, False, True, False]


def test_a_rule_that_begins_within_the_year_counts_from_its_month() -> None:
    homes = population({"wage": 0})
    found = reckon(homes, raised(1.1, from_=date(2026, 1, 1)))
    assert found.rule_book.cost_fen == (50_000,) * 6 + (55_000,) * 6
    assert found.rule_book.year_fen.tolist() == [sum(found.rule_book.cost_fen)]


def test_a_rule_of_one_region_touches_no_other() -> None:
    homes = population({"village": "990101001001"}, {"village": "990201001001"})
    found = reckon(homes, raised(1.1, region="9902"))
    assert found.due_fen.tolist() == [50_000, 55_000]


def test_a_term_ends_the_aid_of_those_who_could_work() -> None:
    law = LAW.adjusted([Change("aid_term_months", set=18)])
    homes = population(
        {"own": True, "paid": 500, "months": 12, "people": [{"age": 40, "health": "healthy"}]},
        {"own": True, "paid": 500, "months": 12, "people": [{"age": 70, "health": "healthy"}]},
        {"own": True, "paid": 500, "months": 12, "people": [{"age": 40, "health": "severely_disabled"}]},
    )
    found = reckon(homes, law)
    assert found.rule_book.year_fen.tolist() == [6 * 50_000, 12 * 50_000, 12 * 50_000]
    assert found.reason.tolist() == [TERM, IN, IN]


def test_a_new_award_ends_at_the_age_at_which_others_end() -> None:
    law = LAW.adjusted([Change("aid_term_months", set=6)])
    people = [{"age": 40, "health": "healthy"}]
    homes = population({"own": True, "paid": 500, "months": 0, "people": people}, {"people": people})
    found = reckon(homes, law).rule_book
    assert found.year_fen.tolist() == [6 * 50_000, 7 * 50_000]  # the first month of the one was that of `as_of`


def test_whoever_is_off_the_roll_has_no_top_up() -> None:
    law = Policy.of(
        dibao_standard=STANDARD, aid_term_months=6, category_topup={"group": "severe_disability", "value": 0.3}
    )
    people = [{"age": 40, "health": "healthy", "grade": 1}]
    found = reckon(population({"own": True, "paid": 500, "months": 12, "people": people}), law)
    assert (found.reason.tolist(), found.due_fen.tolist(), found.topup_fen.tolist()) == ([TERM], [0], [0])


def test_bands_pay_by_the_lowest_band_above_income_a_head() -> None:
    bands = [
        {"band": "A", "value": 400, "income_below": 200},
        {"band": "B", "value": 250, "income_below": 400},
        {"band": "C", "value": 100},
    ]
    law = Policy.of(dibao_standard=STANDARD, benefit_mode="bands", benefit_bands=bands)
    homes = population({"wage": 200 * 12 - 0.01}, {"wage": 200 * 12}, {"wage": 400 * 12, "n": 1}, {"wage": LINE})
    assert reckon(homes, law).due_fen.tolist() == [40_000, 25_000, 10_000, 0]


def test_of_several_groups_a_person_has_the_greatest_top_up() -> None:
    shares = [{"group": "aged", "value": 0.1}, {"group": "severe_disability", "value": 0.3}]
    law = Policy.of(dibao_standard=STANDARD, category_topup=shares)
    people = [{"age": 75, "grade": 1}, {"age": 70}, {"age": 69}, {"age": 40, "grade": 3}]
    found = reckon(population({"n": 4, "people": people}), law)
    assert found.topup_fen.tolist() == [15_000 + 5_000]
    assert found.due_fen.tolist() == [4 * 50_000 + 20_000]


def test_single_person_entry_opens_between_the_two_lines() -> None:
    opened = LAW.adjusted([Change("single_entry", set=True)])
    ill = [{"grade": 2}, {}]
    homes = population(
        {"n": 2, "wage": 2 * LINE - 12, "people": ill},  # below the line: the household
        {"n": 2, "wage": 2 * LINE, "people": ill},
        {"n": 2, "wage": 3 * LINE - 0.01, "people": ill},
        {"n": 2, "wage": 3 * LINE, "people": ill},  # at the edge line
        {"n": 2, "wage": 2 * LINE},
        {"n": 2, "wage": 2 * LINE, "people": ill, "barred": 1},
    )
    found = reckon(homes, opened)
    assert found.due_fen.tolist() == [100, 50_000, 50_000, 0, 0, 0]
    assert found.rule_book.heads.tolist() == [2, 1, 1, 0, 0, 0]
    assert reckon(homes, LAW).due_fen.tolist() == [100, 0, 0, 0, 0, 0]


def test_no_taper_follows_single_person_entry() -> None:
    closed = LAW.adjusted([Change("single_entry", set=True, to=date(2025, 9, 30))])
    found = reckon(population({"wage": LINE, "people": [{"grade": 1}]}), closed)
    assert found.rule_book.cost_fen == (50_000,) * 3 + (0,) * 9


def test_a_single_person_award_of_unknown_income_is_unknown() -> None:
    homes = population({"own": True, "single": True, "paid": 300, "unclear": True, "wage": 0})
    found = reckon(homes, LAW)
    assert (found.reason.tolist(), found.rule_book.on_roll.tolist()) == ([UNKNOWN], [False])
    assert (found.delivered.on_roll.tolist(), found.delivered.month_fen.tolist()) == ([True], [30_000])


def test_the_edge_of_a_circle_is_read_to_thousandths() -> None:
    law = LAW.adjusted([Change("edge_multiplier", scale=0.95)])  # 1.425
    homes = population(*({"wage": LINE * times} for times in (1.4249, 1.425)))
    assert reckon(homes, law).circle.tolist() == [2, 3]


def test_circles_by_income() -> None:
    homes = population(*({"wage": LINE * times} for times in (0.99, 1, 1.5, 2.25, 3)))
    assert reckon(homes, LAW).circle.tolist() == [1, 2, 3, 4, 0]


def test_rank_and_cut_keeps_the_hardest() -> None:
    homes = population({"hardship": 1}, {"hardship": 5}, {"hardship": 3}, {"wage": LINE, "hardship": 9})
    found = reckon(homes, LAW, Assumptions(quota=2))
    assert found.reason.tolist() == [CUT, IN, IN, OVER_LINE]
    money = reckon(homes, LAW, Assumptions(budget_fen=99_999))
    assert money.reason.tolist() == [CUT, IN, CUT, OVER_LINE]


def test_the_baseline_as_delivered_is_the_register() -> None:
    homes = population(
        {"own": True, "paid": 420},  # due 500, paid less
        {"own": True, "paid": 300, "wage": LINE, "above": 40},  # not eligible
        {"wage": 0, "take_up": 0.01},  # eligible, does not come
        {"own": True, "paid": 200, "stated": False},
        {"wage": LINE},
    )
    found = reckon(homes, LAW)
    assert found.delivered.on_roll.tolist() == [True, True, False, True, False]
    assert found.delivered.month_fen.tolist() == [42_000, 30_000, 0, 20_000, 0]
    assert found.habits.take_up == 0.5
    assert found.habits.pay_ratio == pytest.approx(0.84)


def test_who_becomes_eligible_comes_by_the_stored_draw_and_is_paid_as_others_are() -> None:
    homes = population(
        {"own": True, "paid": 400},
        {"wage": 0},
        {"wage": LINE, "take_up": 0.49},
        {"wage": LINE, "take_up": 0.5},
        {"wage": LINE, "own": True, "paid": 300, "above": 40},
    )
    baseline = reckon(homes, LAW)
    found = reckon(homes, raised(1.2), baseline=baseline).delivered
    assert found.on_roll.tolist() == [True, False, True, False, True]
    assert found.month_fen.tolist() == [48_000, 0, 8_000, 0, 30_000]


def test_leakage_may_be_assumed_otherwise() -> None:
    homes = population(
        {"wage": LINE, "own": True, "paid": 300, "above": 40, "leak": 0.9},
        {"wage": LINE, "leak": 0.1},
        {"wage": LINE, "leak": 0.9},
        {"wage": 0, "own": True, "paid": 500},
    )
    baseline = reckon(homes, LAW)
    none = reckon(homes, LAW, Assumptions(leak=0.0), baseline=baseline).delivered
    assert none.on_roll.tolist() == [False, False, False, True]
    more = reckon(homes, LAW, Assumptions(leak=0.5), baseline=baseline).delivered
    assert more.on_roll.tolist() == [True, True, False, True]  # 1/3 + 0.1 x 2/3 is below a half


def test_leakage_assumed_otherwise_says_nothing_of_whom_nobody_can_judge() -> None:
    homes = population(
        {"own": True, "paid": 200, "stated": False, "leak": 0.9},
        {"unclear": True, "leak": 0.0},
        {"wage": LINE, "own": True, "paid": 300, "above": 40, "leak": 0.9},
        {"wage": LINE, "leak": 0.0},
    )
    baseline = reckon(homes, LAW)
    none = reckon(homes, LAW, Assumptions(leak=0.0), baseline=baseline).delivered
    assert none.on_roll.tolist() == [True, False, False, False]
    every = reckon(homes, LAW, Assumptions(leak=1.0), baseline=baseline).delivered
    assert every.month_fen.tolist() == [20_000, 0, 30_000, 30_000]


def test_rules_that_cannot_tell_take_nobody_off_the_delivered_roll() -> None:
    homes = population({"own": True, "paid": 400, "people": [{"health": "healthy"}]})
    imputed = LAW.adjusted([Change("impute_work", set=True)])  # by a minimum wage that nobody published
    found = reckon(homes, imputed, baseline=reckon(homes, LAW))
    assert (found.reason.tolist(), found.rule_book.on_roll.tolist()) == ([UNKNOWN], [False])
    assert found.delivered.cost_fen == (40_000,) * 12


def test_as_delivered_today_is_the_register_to_the_fen_whatever_is_due() -> None:
    law = LAW.adjusted([Change("aid_term_months", set=6)])
    homes = population(
        {"own": True, "covered": 0, "paid": 300},  # nobody is listed: nothing is due
        {"own": True, "paid": 420, "months": 12, "people": [{"health": "healthy"}]},  # past the term, and still there
    )
    found = reckon(homes, law)
    assert found.rule_book.month_fen.tolist() == [0, 0]
    assert found.delivered.month_fen.tolist() == [30_000, 42_000]
    assert found.delivered.cost_fen == (72_000,) * 12


def test_whoever_weighs_nothing_says_nothing_of_how_aid_is_delivered() -> None:
    homes = population(
        {"wage": LINE, "own": True, "paid": 300, "above": 40, "weight": 0.0}, {"own": True, "paid": 500, "weight": 0.0}
    )
    habits = reckon(homes, LAW).habits
    assert (habits.take_up, habits.leak, habits.pay_ratio, habits.leak_fen) == (None, None, None, -1)


# -- laws of arithmetic ------------------------------------------------------------------------------------------------

HOMES = st.lists(
    st.fixed_dictionaries(
        {
            "n": st.integers(1, 6),
            "wage": st.integers(0, 40_000),
            "medical_expense": st.integers(0, 5_000),
            "own": st.booleans(),
            "paid": st.integers(0, 1_500),
            "above": st.sampled_from([-1, -1, 0, 3, 9]),
            "barred": st.sampled_from([0, 0, 0, 1, -1]),
            "village": st.sampled_from(["990101001001", "990101001002", "990201001001"]),
            "hardship": st.floats(0, 100),
            "take_up": st.floats(0, 0.999),
        }
    ).map(lambda home: home if home["own"] else {**home, "paid": None, "above": -1}),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(HOMES)
def test_a_scenario_that_changes_nothing_differs_nowhere(homes: list[dict[str, object]]) -> None:
    who = population(*homes)
    before = reckon(who, LAW)
    after = reckon(who, LAW.adjusted([Change("dibao_standard", scale=1.0)]), baseline=before)
    for name in ("rule_book", "delivered"):
        assert np.array_equal(before.layer(name).year_fen, after.layer(name).year_fen)
        assert np.array_equal(before.layer(name).on_roll, after.layer(name).on_roll)
        assert before.layer(name).cost_fen == after.layer(name).cost_fen


@settings(max_examples=60, deadline=None)
@given(HOMES, st.floats(1, 3))
def test_a_raised_standard_takes_from_nobody(homes: list[dict[str, object]], scale: float) -> None:
    who = population(*homes)
    before = reckon(who, LAW)
    after = reckon(who, raised(scale), baseline=before)
    assert (after.rule_book.year_fen >= before.rule_book.year_fen).all()
    assert (after.rule_book.on_roll | ~before.rule_book.on_roll).all()
    assert sum(after.rule_book.cost_fen) >= sum(before.rule_book.cost_fen)


@settings(max_examples=40, deadline=None)
@given(HOMES, st.randoms(use_true_random=False))
def test_the_order_of_households_says_nothing(homes: list[dict[str, object]], random: object) -> None:
    order = list(range(len(homes)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one = reckon(population(*homes), raised(1.1))
    other = reckon(population(*(homes[place] for place in order)), raised(1.1))
    for name in ("rule_book", "delivered"):
        assert np.array_equal(one.layer(name).year_fen[order], other.layer(name).year_fen)


@settings(max_examples=60, deadline=None)
@given(HOMES, st.integers(0, 6), st.sampled_from([0.8, 1.0, 1.3]), st.integers(1, 13))
def test_a_quota_lets_no_more_in_and_tapers_stand_beside_it(
    homes: list[dict[str, object]], quota: int, scale: float, months: int
) -> None:
    who = population(*homes)
    before = reckon(who, LAW, months=months)
    found = reckon(who, raised(scale), Assumptions(quota=quota), months=months, baseline=before)
    assert np.count_nonzero(found.rule_book.on_roll & ~found.tapering) <= quota
    beside = reckon(who, raised(scale), Assumptions(quota=0), months=months, baseline=before)
    assert (found.rule_book.on_roll | ~beside.rule_book.on_roll).all()  # whose taper runs keeps it


@settings(max_examples=40, deadline=None)
@given(HOMES)
def test_twice_the_people_cost_twice_as_much(homes: list[dict[str, object]]) -> None:
    one, two = reckon(population(*homes), LAW), reckon(population(*homes, *homes), LAW)
    heavy = population(*homes)
    weighted = reckon(replace(heavy, weight=heavy.weight * 2), LAW)
    for name in ("rule_book", "delivered"):
        assert [cost * 2 for cost in one.layer(name).cost_fen] == list(two.layer(name).cost_fen)
        assert two.layer(name).cost_fen == weighted.layer(name).cost_fen
