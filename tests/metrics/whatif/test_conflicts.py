"""Is everything named that somebody should know of a scenario, and nothing else?"""

from datetime import date
from typing import Any

import pytest

from casework.policy import Change, Policy
from metrics.whatif.conflicts import conflicts
from metrics.whatif.difference import differences, sentences
from metrics.whatif.scenario import Assumptions, Scenario, stacked
from metrics.whatif.shares import Figures, settled
from tests.metrics.whatif.made import population

POLICY = Policy.of(
    dibao_standard=[
        {"region": "990101", "urban_rural": "urban", "value": 800},
        {"region": "990101", "urban_rural": "rural", "value": 600},
    ]
)
PEOPLE = population(
    {"village": "990101001001", "urban_rural": "urban"},
    {"village": "990101002001", "urban_rural": "rural"},
)  # as of 2025-06-30: the months reckoned are 2025-07 to 2026-06
FIGURES: Figures = {("990101", 2024, "consumption_urban"): 34_500_00, ("990101", 2023, "consumption_rural"): 19_300_00}


def kinds(*changes: Change, figures: Figures | None = None, shares: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    found = conflicts(Scenario("x", changes, shares=shares), POLICY, PEOPLE, figures)
    return [(one.kind, one.changes) for one in found]


def standard(**said: Any) -> Change:
    return Change("dibao_standard", **({"scale": 1.1} | said))


def test_a_change_that_changes_something_raises_nothing() -> None:
    assert kinds(standard()) == []
    assert kinds(Change("impute_work", set=True)) == []


def test_an_unknown_rule_or_scope_is_an_error() -> None:
    found = conflicts(
        Scenario("x", (Change("dibao_standrad", set=1), standard(scope={"colour": "red"}))), POLICY, PEOPLE
    )
    assert [(one.kind, one.error, one.changes) for one in found] == [("unknown", True, (1,)), ("unknown", True, (2,))]
    assert "did you mean dibao_standard" in found[0].message.en


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({}, {}, True),
        ({"region": "9901"}, {"region": "990101"}, True),
        ({"region": "990101001"}, {"region": "990101002"}, False),
        ({"scope": {"urban_rural": "urban"}}, {"scope": {"urban_rural": "rural"}}, False),
        ({"scope": {"urban_rural": "urban"}}, {}, True),
        ({"to": date(2025, 8, 31)}, {"from_": date(2025, 9, 1)}, False),
        ({"to": date(2025, 9, 1)}, {"from_": date(2025, 9, 1)}, True),
    ],
)
def test_two_changes_overlap_where_one_case_could_fall_under_both(one: Any, other: Any, meet: bool) -> None:
    assert (("overlap", (1, 2)) in kinds(standard(**one), standard(**other))) == meet


def test_changes_of_two_fields_of_a_rule_do_not_overlap() -> None:
    assert kinds(Change("single_entry", set=True), Change("single_entry", which="share", set=0.6)) == []


def test_a_change_without_effect_says_why() -> None:
    assert kinds(standard(region="990102")) == [("nowhere", (1,))]
    assert kinds(standard(to=date(2025, 6, 30))) == [("outside_period", (1,))]
    assert kinds(standard(from_=date(2026, 6, 2))) == [("outside_period", (1,))]
    assert kinds(standard(from_=date(2026, 6, 1))) == []
    assert kinds(Change("benefit_amount", scale=2, scope={"programme": "dibao"})) == [("nothing_in_force", (1,))]
    assert kinds(standard(scale=1.0)) == [("same_value", (1,))]
    assert kinds(Change("taper_months", set=6)) == [("same_value", (1,))]


def test_a_limit_of_cases_is_looked_up_in_the_past_not_in_the_months_ahead() -> None:
    limit = {"scope": {"programme": "dibao"}, "set": 7}
    assert kinds(Change("decision_days", from_=date(2025, 6, 30), **limit)) == [("elsewhere", (1,))]
    assert kinds(Change("decision_days", from_=date(2025, 7, 1), **limit)) == [("outside_period", (1,))]


def test_what_is_looked_up_once_on_the_last_day_is_not_changed_by_what_begins_later() -> None:
    field = POLICY.rule("near_kin").number_field or next(iter(POLICY.rule("near_kin").shape))
    kin = {"which": field, "set": ["child"]}
    assert kinds(Change("near_kin", from_=date(2025, 6, 30), **kin)) == []
    assert kinds(Change("near_kin", from_=date(2025, 7, 1), **kin)) == [("outside_period", (1,))]
    assert kinds(Change("near_kin", to=date(2026, 5, 31), **kin)) == [("whole_period", (1,))]
    assert kinds(Change("near_kin", to=date(2026, 6, 1), **kin)) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (Change("decision_days", set=7), "time limits"),
        (Change("earnings_elasticity", which="mid", set=0.5), "behaviour"),
        (Change("kin_excess", which="lift", set=3), "leads"),
        (Change("exclusive", which="action", set="forbid"), "leads"),
    ],
)
def test_a_rule_that_no_amount_hangs_on_is_said_to_act_elsewhere(change: Change, where: str) -> None:
    (found,) = conflicts(Scenario("x", (change,)), POLICY, PEOPLE)
    assert (found.kind, found.error) == ("elsewhere", False)
    assert where in found.message.en


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (Change("taper_months", scope={"programme": "dibao"}, set=9), True),
        (Change("taper_months", scope={"programme": "destitute"}, set=9), False),
        (Change("taper_months", scope={"extended": False}, set=9), True),
        (Change("taper_months", scope={"extended": True}, set=9), False),
        (Change("edge_multiplier", scope={"programme": "dibao"}, set=2), False),  # asked of no programme
        (Change("support_rate", scope={"urban_rural": "rural"}, set=0.1), True),
    ],
)
def test_a_case_that_no_household_is_judged_by_is_named(change: Change, *, asked: bool) -> None:
    assert kinds(change) == ([] if asked else [("nobody", (1,))])


def test_an_assumption_set_twice_is_named_with_both_scenarios_and_values() -> None:
    one = Scenario("甲", assumptions=Assumptions(take_up=0.5, quota=3))
    other = Scenario("乙", assumptions=Assumptions(take_up=0.7, quota=3))
    (found,) = conflicts(stacked(one, other), POLICY, PEOPLE)
    assert (found.kind, found.error) == ("displaced", False)
    assert "“甲”为 0.5,“乙”为 0.7" in found.message.zh
    assert "0.5 in “甲”, 0.7 in “乙”" in found.message.en


def test_villages_without_a_published_figure_are_named() -> None:
    people = population(
        {"village": "990101001001", "urban_rural": "urban"}, {"village": "990102001001", "urban_rural": "urban"}
    )
    policy = Policy.of(dibao_standard=[{"region": "9901", "value": 600}])
    share = standard(scope={"urban_rural": "urban"}, set=0.25, scale=None)
    found = conflicts(Scenario("x", (share,), shares=("consumption_urban",)), policy, people, FIGURES)
    assert [one.kind for one in found] == ["no_figure_there"]
    assert "1 of 2 villages" in found[0].message.en
    wide = {("9901", 2024, "consumption_urban"): 30_000_00}
    assert not conflicts(Scenario("x", (share,), shares=("consumption_urban",)), policy, people, FIGURES | wide)


def test_a_later_change_is_held_against_what_earlier_ones_made() -> None:
    assert kinds(standard(set=600, scale=None), standard(scope={"urban_rural": "rural"}, set=600, scale=None)) == [
        ("overlap", (1, 2)),
        ("same_value", (2,)),
    ]


def test_a_value_outside_what_is_sensible_is_named_on_both_sides_of_the_span() -> None:
    assert kinds(Change("taper_months", set=12)) == []
    assert kinds(Change("taper_months", set=13)) == [("out_of_range", (1,))]
    assert kinds(Change("support_rate", set=0.04)) == [("out_of_range", (1,))]


def test_a_share_of_last_years_figure_becomes_a_month_rounded_up_to_a_fen() -> None:
    scenario = Scenario(
        "x", (standard(scope={"urban_rural": "urban"}, set=0.25, scale=None),), shares=("consumption_urban",)
    )
    changes = settled(scenario, FIGURES, PEOPLE.as_of).changes
    assert [(one.region, one.set) for one in changes] == [("990101", 718.75)]
    nearer = FIGURES | {("990101001", 2024, "consumption_urban"): 40_000_01}
    assert [(one.region, one.set) for one in settled(scenario, nearer, PEOPLE.as_of).changes] == [
        ("990101", 718.75),
        ("990101001", 833.34),
    ]


def test_a_figure_of_another_year_is_none() -> None:
    share = standard(scope={"urban_rural": "rural"}, set=0.35, scale=None)
    assert kinds(share, figures=FIGURES, shares=("consumption_rural",)) == [("no_figure", (1,))]


def test_the_difference_says_old_and_new_where_for_whom_since_when_and_by_whom() -> None:
    scenario = Scenario(
        "x",
        (standard(from_=date(2025, 7, 1)), Change("support_rate", set=0.1), Change("impute_support", set=True)),
        Assumptions(take_up=0.5),
        sources=("县政办〔2025〕1号",),
    )
    rows = differences(scenario, POLICY, PEOPLE)
    assert rows.select("change", "whom_en", "old_en", "new_en", "unit_en", "source").rows() == [
        (1, "Rural", "600", "660", "yuan a person a month", "县政办〔2025〕1号"),
        (1, "Urban", "800", "880", "yuan a person a month", "县政办〔2025〕1号"),
        (2, "", "5%", "10%", "", ""),
        (3, "", "no", "yes", "", ""),
        (0, "", "as recorded", "0.5", "", ""),
    ]
    assert sentences(rows, "zh")[0] == (
        "最低生活保障标准(990101,农村):600 → 660 元/人·月,自 2025-07-01 起(依据:县政办〔2025〕1号)"
    )
    assert sentences(rows, "en")[2] == f"{POLICY.rule('support_rate').label.en} (nationwide): 5% → 10%, all the time"


def test_a_change_without_effect_makes_no_row() -> None:
    assert differences(Scenario("x", (standard(scale=1.0),)), POLICY, PEOPLE).is_empty()
