"""Tests of which scenarios carry a note, and that the careful ones carry none."""

from datetime import date
from typing import Any

import pytest

from casework.policy import Change, Policy
from metrics.whatif.risk import KINDS, Note, notes
from metrics.whatif.scenario import Assumptions

POLICY = Policy.shipped()
STEPS = ["authorise", "data_check", "home_visit", "preliminary", "posting", "confirm"]


def of(*changes: Change, policy: Policy = POLICY, **assumed: Any) -> tuple[Note, ...]:
    return notes(changes, Assumptions(**assumed), policy)


def said(*changes: Change, **assumed: Any) -> set[tuple[str, str]]:
    return {(note.kind, note.cause) for note in of(*changes, **assumed)}


def test_a_scenario_that_changes_nothing_carries_no_note() -> None:
    assert of() == ()


@pytest.mark.parametrize(
    "change",
    [
        Change("dibao_standard", scale=1.1),
        Change("decision_days", set=7),
        Change("posting_days", set=10),
        Change("visit_investigators", set=3),
        Change("taper_months", set=3),
        Change("review_months", scale=0.5),
        Change("edge_multiplier", set=1.2),
        Change("benefit_mode", set="gap"),
        Change("posting_counts", set=True),
        Change("county_visit_required", set=True),
    ],
)
def test_a_stricter_or_plain_change_carries_none(change: Change) -> None:
    assert of(change) == ()


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (Change("posting_days", set=5), ("safeguard", "posting_days")),
        (Change("posting_counts", set=False), ("safeguard", "posting_counts")),
        (Change("visit_investigators", set=1), ("law", "visit_investigators")),
        (Change("county_visit_required", set=False), ("law", "county_visit_required")),
        (Change("posting_barred", set=["orphan"]), ("law", "posting_barred")),
        (Change("clock_stops", set=["objection", "make_up"]), ("discretion", "clock_stops")),
        (Change("benefit_mode", set="bands"), ("discretion", "benefit_mode")),
        (Change("edge_multiplier", scale=1.2), ("discretion", "edge_multiplier")),
        (Change("impute_work", set=True), ("discretion", "impute_work")),
        (Change("review_months", add=6), ("safeguard", "review_months")),
    ],
)
def test_each_looser_change_carries_its_note(change: Change, note: tuple[str, str]) -> None:
    assert said(change) == {note}


@pytest.mark.parametrize(("months", "law"), [(6, False), (7, True)])
def test_a_taper_beyond_six_months_is_named_against_the_rule(months: int, *, law: bool) -> None:
    assert (("law", "taper_months") in said(Change("taper_months", set=months))) is law


def test_a_longer_taper_needs_reviews() -> None:
    longer = Change("taper_months", set=12)
    assert ("safeguard", "taper_months") in said(longer)
    assert ("safeguard", "taper_months") not in said(longer, Change("review_months", scale=0.5))


@pytest.mark.parametrize("step", ["data_check", "home_visit", "posting"])
def test_a_step_no_longer_asked_for_is_a_safeguard_less_by_rule_or_assumption(step: str) -> None:
    rule = Change("required_steps", scope={"programme": "dibao"}, set=[one for one in STEPS if one != step])
    (by_rule,), (assumed,) = of(rule), of(removed=(step,))
    assert (by_rule.kind, by_rule.text) == ("safeguard", assumed.text)


def test_a_vote_that_is_added_is_discretion() -> None:
    change = Change("required_steps", scope={"programme": "dibao"}, set=[*STEPS, "democratic_review"])
    assert said(change) == {("discretion", "required_steps")}


def test_steps_that_guard_nothing_may_go_without_a_note() -> None:
    assert of(removed=("notice",)) == ()


@pytest.mark.parametrize("cap", [{"quota": 100}, {"budget_fen": 1}])
def test_a_cap_stands_against_covering_whoever_is_eligible(cap: dict[str, int]) -> None:
    found = of(**cap)
    assert [note.kind for note in found] == ["law", "discretion"]
    assert "应保尽保" in found[0].text.zh


def test_a_change_that_ends_before_a_rule_begins_does_not_touch_it() -> None:
    later = Policy.of(posting_days=[{"from": date(2026, 1, 1), "value": 10}])
    assert of(Change("posting_days", set=7, to=date(2026, 1, 1)), policy=later)
    assert not of(Change("posting_days", set=7, to=date(2025, 12, 31)), policy=later)


def test_of_stacked_changes_the_last_word_is_compared_with_the_rule_in_force() -> None:
    assert said(Change("posting_days", set=10), Change("posting_days", scale=0.6)) == {("safeguard", "posting_days")}
    assert of(Change("posting_days", set=3), Change("posting_days", set=8)) == ()
    assert of(Change("posting_days", set=14), Change("posting_days", scale=0.5)) == ()  # 7, as in force


def test_changes_of_two_regions_do_not_make_up_for_one_another() -> None:
    one, other = Change("posting_days", region="11", set=3), Change("posting_days", region="12", set=10)
    assert said(one, other) == said(other, one) == {("safeguard", "posting_days")}


def test_local_values_are_compared_too() -> None:
    local = Policy.of(posting_days=10)
    assert of(Change("posting_days", set=7), policy=local)
    assert not of(Change("posting_days", set=7))


def test_notes_on_law_come_first_none_twice_and_in_both_languages() -> None:
    found = of(Change("posting_days", set=3), Change("posting_days", set=2), Change("taper_months", set=9), quota=5)
    assert len(found) == len(set(found))
    order = [*KINDS]
    assert [note.kind for note in found] == sorted((note.kind for note in found), key=order.index)
    assert all(note.text.zh and note.text.en for note in found)
    assert not any(word in note.text.zh for note in found for word in ("违规", "骗保", "作弊"))


def test_a_local_taper_cut_back_but_still_beyond_six_months_is_named() -> None:
    local = Policy.of(taper_months=12)
    assert {(note.kind, note.cause) for note in of(Change("taper_months", set=9), policy=local)} == {
        ("law", "taper_months")
    }
