"""Tests of what other limits, processes and staff would have made of the cases, by hand."""

from typing import Any

import polars as pl
import pytest

from casework.dataset import Tables
from casework.policy import Change, Policy
from metrics.whatif.scenario import Assumptions
from metrics.whatif.time_limits import LIMITS_SCHEMA, notes, time_limits
from tests.metrics.county import (
    COUNTY,
    FAR_VILLAGE,
    OTHER_TOWN,
    POLICY,
    application,
    households,
    judged,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

# From Friday 2024-03-01 the 20th working day is Friday 2024-03-29, the 30th Monday 2024-04-15 (清明; a worked Sunday)
FRIDAY = "2024-03-01"


def step(name: str, started: str, finished: str | None, number: str = "A1") -> Row:
    return {"application_no": number, "step": name, "started_at": started, "finished_at": finished}


def cases(*rows: Row, steps: list[Row] | None = None, as_of: str = "2024-06-30") -> Tables:
    tables = {"step": steps} if steps else {}
    return world(as_of, region=regions(), household=households(H1=FAR_VILLAGE), application=list(rows), **tables)


def told(
    data: Tables,
    *changes: Change,
    scope: str = "decision",
    programme: str = "",
    region: str = COUNTY,
    policy: Policy = POLICY,
    **assumed: Any,
) -> dict[str, tuple[Any, ...]]:
    """By measure: baseline, scenario, n, unknown."""
    table = time_limits(data, policy, changes, Assumptions(**assumed))
    assert table.schema == LIMITS_SCHEMA
    chosen = table.filter(pl.col("scope") == scope, pl.col("programme") == programme, pl.col("region_code") == region)
    return {row[0]: row[1:] for row in chosen.select("measure", "baseline", "scenario", "n", "unknown").iter_rows()}


def limit(days: int) -> Change:
    return Change("decision_days", set=days)


# -- another limit -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "late"), [(19, 1.0), (20, 0.0)])
def test_the_last_day_of_a_new_limit_is_in_time(days: int, late: float) -> None:
    found = told(cases(application("A1", FRIDAY, "2024-03-29")), limit(days))
    assert found["late_share"] == (0.0, late, 1, 0)
    assert found["becomes_late"] == (None, late, 1, 0)
    assert found["median"] == (20.0, 20.0, 1, 0)


def test_a_longer_limit_makes_cases_no_longer_late() -> None:
    found = told(cases(application("A1", FRIDAY, "2024-04-16"), application("A2", FRIDAY, "2024-04-17")), limit(31))
    assert found["late"] == (2.0, 1.0, 2, 0)
    assert found["no_longer_late"] == (None, 1.0, 2, 0)
    assert found["becomes_late"] == (None, 0.0, 2, 0)


def test_a_holiday_and_its_make_up_day_are_counted_as_the_notice_says() -> None:
    # 2024-04-04 to 06 off, Sunday 7 worked: from Wednesday 3 the first working day after is Sunday 7
    case = application("A1", "2024-04-03", "2024-04-07")
    assert told(cases(case), limit(1))["late"] == (0.0, 0.0, 1, 0)
    assert told(cases(case | {"decided_at": "2024-04-08"}), limit(1))["late"] == (0.0, 1.0, 1, 0)


def test_an_open_case_is_judged_at_the_day_of_the_data_and_has_no_time_to_decide() -> None:
    found = told(cases(application("A1", FRIDAY, None), as_of="2024-03-29"), limit(19))
    assert found["late"] == (0.0, 1.0, 1, 0)
    assert "median" not in found


def test_without_a_change_nothing_changes_and_the_baseline_is_the_metrics() -> None:
    data = cases(*(application(f"A{day}", FRIDAY, f"2024-04-{day}") for day in (12, 15, 16, 17)))
    found = told(data)
    assert found["late"] == (2.0, 2.0, 4, 0)
    assert found["becomes_late"][1] == found["no_longer_late"][1] == 0
    assert found["late"][0] == [*judged(data, "on_time_share").values()].count(False)
    assert found["median"][0] == part_whole(numbers(data, "median_working_days"), COUNTY)[2]


@pytest.mark.parametrize(
    "case",
    [
        application("A1", "2021-06-30", "2021-07-30"),  # no total was in force
        application("A1", FRIDAY, None) | {"decision": "approved"},  # nobody wrote down the day
    ],
)
def test_what_cannot_be_judged_is_unknown_never_in_time(case: Row) -> None:
    found = told(cases(case), limit(10))
    assert found["late_share"] == (None, None, 0, 1)


def test_a_programme_without_a_limit_is_outside_and_not_unknown() -> None:
    found = told(cases(application("A1", FRIDAY, "2024-03-04", programme="old_age")), limit(10))
    assert "late_share" not in found
    assert found["median"] == (1.0, 1.0, 1, 0)


def test_a_withdrawn_case_is_left_out() -> None:
    assert told(cases(application("A1", FRIDAY, "2024-03-04", decision="withdrawn"))) == {}


def test_numbers_stand_by_programme_and_by_region_of_every_tier() -> None:
    data = cases(
        application("A1", FRIDAY, "2024-03-29"), application("A2", FRIDAY, "2024-03-29", programme="destitute")
    )
    changed = Change("decision_days", scope={"programme": "dibao"}, set=10)
    assert told(data, changed)["late"] == (0.0, 1.0, 2, 0)
    assert told(data, changed, programme="dibao")["late"] == (0.0, 1.0, 1, 0)
    assert told(data, changed, programme="destitute")["late"] == (0.0, 0.0, 1, 0)
    for region in (COUNTY, OTHER_TOWN, FAR_VILLAGE):
        assert told(data, changed, region=region)["late"] == (0.0, 1.0, 2, 0)


# -- posting -----------------------------------------------------------------------------------------------------------

POSTED = step("posting", "2024-03-04", "2024-03-11")  # five working days


@pytest.mark.parametrize(("days", "late"), [(14, 1.0), (15, 0.0)])
def test_posting_not_counted_takes_its_working_days_off(days: int, late: float) -> None:
    data = cases(application("A1", FRIDAY, "2024-03-29"), steps=[POSTED])
    found = told(data, limit(days), Change("posting_counts", set=False))
    assert found["median"] == (20.0, 15.0, 1, 0)
    assert found["becomes_late"] == (None, late, 1, 0)


# -- a step left out ---------------------------------------------------------------------------------------------------

# Friday 1; check Monday 4 to Wednesday 6; visit Monday 11 to Tuesday 12; confirm Tuesday 12 to Thursday 14; Friday 15
ROUND = [
    step("data_check", "2024-03-04", "2024-03-06"),
    step("home_visit", "2024-03-11", "2024-03-12"),
    step("confirm", "2024-03-12", "2024-03-14"),
]
WENT = application("A1", FRIDAY, "2024-03-15")


def test_a_step_left_out_takes_the_waiting_for_it_along() -> None:
    # the visit held the case 4 days (Thursday to Tuesday), of which 1 in its hands
    found = told(cases(WENT, steps=ROUND), removed=("home_visit",))
    assert found["median"] == (10.0, 6.0, 1, 0)


def test_several_steps_left_out_leave_the_rest() -> None:
    assert told(cases(WENT, steps=ROUND), removed=("home_visit", "data_check"))["median"] == (10.0, 3.0, 1, 0)


def test_a_step_within_another_saves_nothing() -> None:
    inside = [step("data_check", "2024-03-04", "2024-03-14"), step("home_visit", "2024-03-05", "2024-03-07")]
    assert told(cases(WENT, steps=inside), removed=("home_visit",))["median"] == (10.0, 10.0, 1, 0)
    # nobody waited for the check, so leaving it out frees only what it reached beyond the visit
    assert told(cases(WENT, steps=inside), removed=("data_check",))["median"] == (10.0, 5.0, 1, 0)


def test_a_case_without_step_rows_is_unknown_never_0() -> None:
    data = cases(WENT, application("A2", FRIDAY, "2024-03-15"), steps=ROUND)
    found = told(data, removed=("home_visit",))
    assert found["median"] == (10.0, 6.0, 1, 1)
    assert found["late"] == (0.0, 0.0, 1, 1)


def test_a_case_that_did_not_take_the_step_loses_nothing() -> None:
    assert told(cases(WENT, steps=ROUND), removed=("county_visit",))["median"] == (10.0, 10.0, 1, 0)


@pytest.mark.parametrize(("finished", "unknown"), [(None, 1), ("2024-03-12", 0)])
def test_a_step_that_nobody_ended_in_a_decided_case_is_unknown(finished: str | None, unknown: int) -> None:
    rows = [ROUND[0], step("home_visit", "2024-03-11", finished)]
    assert told(cases(WENT, steps=rows), removed=("home_visit",))["late"][3] == unknown


@pytest.mark.parametrize(("days", "late"), [(5, 1.0), (6, 0.0)])
def test_both_sides_of_the_limit_without_the_step(days: int, late: float) -> None:
    assert told(cases(WENT, steps=ROUND), limit(days), removed=("home_visit",))["late"] == (0.0, late, 1, 0)


def test_a_step_running_in_an_open_case_has_held_it_until_today() -> None:
    case, rows = application("A1", FRIDAY, None), [ROUND[0], step("home_visit", "2024-03-11", None)]
    data = cases(case, steps=rows, as_of="2024-04-16")
    assert told(data, removed=("home_visit",))["no_longer_late"] == (None, 1.0, 1, 0)


def test_a_step_that_stopped_the_clock_was_not_counted_before_either() -> None:
    stop = step("objection", "2024-03-06", "2024-03-11")  # three working days
    data = cases(WENT, steps=[ROUND[0], stop, *ROUND[1:]])
    assert told(data, removed=("objection",))["median"] == (7.0, 7.0, 1, 0)


# -- beside one another ------------------------------------------------------------------------------------------------


def test_of_steps_beside_one_another_the_longest_counts_not_the_sum() -> None:
    # check 1 waiting + 2, visit 3 waiting + 1: from 3 + 4 to max(3, 4)
    found = told(cases(WENT, steps=ROUND), parallel=("data_check", "home_visit"))
    assert found["median"] == (10.0, 7.0, 1, 0)


def test_one_step_alone_is_beside_nothing() -> None:
    assert told(cases(WENT, steps=ROUND), parallel=("data_check",))["median"] == (10.0, 10.0, 1, 0)


# -- staff -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("staff", "days"), [(1.0, 10.0), (2.0, 5.0), (3.0, 4.0), (0.5, 20.0)])
def test_time_goes_with_the_load_and_a_part_of_a_day_is_a_day(staff: float, days: float) -> None:
    assert told(cases(WENT, steps=ROUND), staff=staff)["median"] == (10.0, days, 1, 0)


def test_a_posting_lasts_as_long_as_the_law_says() -> None:
    # Friday 1; posting Monday 4 to Monday 11: 1 waiting, 5 posted, 4 to the decision
    found = told(cases(WENT, steps=[POSTED]), staff=2.0)
    assert found["median"] == (10.0, 8.0, 1, 0)  # half of 1, 5, half of 4: 7.5


def test_nobody_at_work_is_no_scenario() -> None:
    with pytest.raises(ValueError, match="0"):
        time_limits(cases(WENT), POLICY, (), Assumptions(staff=0.0))


def test_the_assumption_is_said_in_both_languages() -> None:
    said = notes(Assumptions(staff=1.5, removed=("home_visit",), parallel=("posting", "data_check")))
    assert len(said) == 4
    assert "1.5 倍" in said[-1].zh
    assert "1.5" in said[-1].en
    assert len(notes(Assumptions())) == 1


# -- where the source states the moment, and hours ---------------------------------------------------------------------


@pytest.mark.parametrize(("due", "late"), [("2024-03-08", 1.0), ("2024-03-09", 0.0)])
def test_a_stated_moment_is_judged_in_calendar_days(due: str, late: float) -> None:
    # left out: the visit's six calendar days from Wednesday 6 to Tuesday 12; decided Saturday 9
    data = cases(WENT | {"due_at": due}, steps=ROUND)
    assert told(data, removed=("home_visit",))["late"] == (1.0, late, 1, 0)


@pytest.mark.parametrize(("hours", "late"), [(29, 1.0), (30, 0.0)])
def test_an_emergency_is_judged_by_its_hours(hours: int, late: float) -> None:
    case = application("E1", "2024-03-01 09:00", "2024-03-02 15:00", programme="temporary_emergency")
    found = told(cases(case), Change("emergency_hours", set=hours), scope="emergency")
    assert found["late"] == (1.0, late, 1, 0)
    assert found["median"] == (30.0, 30.0, 1, 0)


def test_the_hours_of_a_step_left_out_are_taken_off_an_emergency() -> None:
    case = application("A1", "2024-03-01 09:00", "2024-03-02 15:00", programme="temporary_emergency")
    visit = [step("home_visit", "2024-03-01 12:00", "2024-03-01 21:00")]
    found = told(cases(case, steps=visit), scope="emergency", removed=("home_visit",))
    assert found["no_longer_late"] == (None, 1.0, 1, 0)
    assert found["median"] == (30.0, 18.0, 1, 0)


# -- limits of a step --------------------------------------------------------------------------------------------------

CHECK = "step:data_check"


@pytest.mark.parametrize(("days", "late"), [(0, 1.0), (1, 0.0)])
def test_a_step_has_its_own_limit(days: int, late: float) -> None:
    changed = Change("step_days", scope={"step": "data_check"}, set=days)
    found = told(cases(WENT, steps=ROUND), changed, scope=CHECK)
    assert found["late"] == (0.0, late, 1, 0)
    assert found["median"] == (1.0, 1.0, 1, 0)


def test_confirmation_runs_from_the_end_of_the_posting() -> None:
    # posted to Monday 11, confirmed Thursday 14
    data = cases(WENT, steps=[POSTED, ROUND[2]])
    changed = Change("step_days", scope={"step": "confirm", "delegated": False}, set=2)
    found = told(data, changed, scope="step:confirm")
    assert found["late"] == (0.0, 1.0, 1, 0)
    assert found["median"] == (3.0, 3.0, 1, 0)


def test_a_step_entered_twice_is_unknown() -> None:
    data = cases(WENT, steps=[*ROUND, step("data_check", "2024-03-13", "2024-03-13")])
    assert told(data, scope=CHECK)["late"] == (None, None, 0, 1)


def test_a_step_left_out_has_no_limit_to_pass() -> None:
    assert told(cases(WENT, steps=ROUND), scope=CHECK, removed=("data_check",)) == {}


def test_more_staff_begin_a_step_earlier() -> None:
    late = [step("data_check", "2024-03-08", "2024-03-08")]  # five working days, the limit is three
    found = told(cases(WENT, steps=late), scope=CHECK, staff=2.0)
    assert found["no_longer_late"] == (None, 1.0, 1, 0)
    assert found["median"] == (5.0, 3.0, 1, 0)


def test_confirmation_without_a_posting_has_no_clock() -> None:
    assert told(cases(WENT, steps=[ROUND[2]]), scope="step:confirm") == {}


def test_a_posting_that_nobody_ended_leaves_the_confirmation_unknown() -> None:
    data = cases(WENT, steps=[step("posting", "2024-03-04", None), ROUND[2]])
    assert told(data, scope="step:confirm")["late"] == (None, None, 0, 1)


def test_cases_of_many_and_of_few_steps_are_played_side_by_side() -> None:
    few = application("A2", FRIDAY, "2024-03-15")
    data = cases(WENT, few, steps=[*ROUND, step("home_visit", "2024-03-04", "2024-03-06", "A2")])
    assert told(data, removed=("home_visit",))["median"] == (10.0, 6.5, 2, 0)  # six, and ten less three
