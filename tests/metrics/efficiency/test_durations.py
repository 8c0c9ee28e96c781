"""Tests of how long applications took or wait, by hand."""

from typing import Any

import polars as pl
import pytest

from casework.dataset import Tables
from metrics.efficiency.durations import durations, past, told
from metrics.honest.survival import survival
from tests.metrics.county import FAR_VILLAGE, POLICY, TOWN, application, households, regions
from tests.worlds import Row, world

HOMES = households(H1=FAR_VILLAGE)
# From Friday 2024-03-01 the 20th working day is Friday 2024-03-29, the 30th Monday 2024-04-15 (清明; a worked Sunday)


def timed(data: Tables) -> list[dict[str, Any]]:
    rows: pl.DataFrame = data.engine.collect(durations(data, POLICY))
    return rows.sort("accepted_at_day", "until_day").to_dicts()


def of(*cases: Row, as_of: str = "2024-04-30", **tables: list[Row]) -> list[dict[str, Any]]:
    return timed(world(as_of, region=regions(), household=HOMES, application=list(cases), **tables))


def emergency(accepted: str, decided: str | None, **more: str) -> Row:
    return application("E1", accepted, decided, programme="temporary_emergency", **more)


@pytest.mark.parametrize(
    ("decided", "working_days", "days", "late"),
    [("2024-03-29", 20, 28.0, False), ("2024-04-15", 30, 45.0, False), ("2024-04-16", 31, 46.0, True)],
)
def test_a_decided_case_took_its_days_against_the_limit_in_force(
    decided: str, working_days: int, days: float, late: bool
) -> None:
    (row,) = of(application("A1", "2024-03-01", decided))
    assert (row["working_days"], row["days"], row["hours"], row["decided"]) == (working_days, days, None, True)
    assert (row["limit"], row["unit"], row["late"]) == (30, "working_days", late)
    assert (row["region_code"], row["month_index"]) == (FAR_VILLAGE, 2024 * 12 + 2)


def test_an_open_case_waits_until_the_day_of_the_data() -> None:
    (row,) = of(application("A1", "2024-03-01", None), as_of="2024-04-16")
    assert (row["decided"], row["working_days"], row["days"], row["late"]) == (False, 31, 46.0, True)


def test_a_stopped_clock_is_taken_off_working_days_alone() -> None:
    stop = {"application_no": "A1", "step": "objection", "started_at": "2024-03-04", "finished_at": "2024-03-08"}
    (row,) = of(application("A1", "2024-03-01", "2024-03-29"), step=[stop])
    assert (row["working_days"], row["days"]) == (16, 28.0)


def test_a_withdrawn_case_is_left_out() -> None:
    assert of(application("A1", "2024-03-01", "2024-03-04", decision="withdrawn")) == []


@pytest.mark.parametrize("decided", ["2024-02-28", None])
def test_what_cannot_be_timed_is_unknown_never_0(decided: str | None) -> None:
    (row,) = of(application("A1", "2024-03-01", decided) | {"decision": "approved"})
    assert (row["decided"], row["working_days"], row["days"]) == (True, None, None)


def test_beyond_the_working_calendar_only_calendar_days_are_known() -> None:
    (row,) = of(application("A1", "2090-03-01", "2090-03-05"), as_of="2090-12-31")
    assert (row["working_days"], row["days"], row["late"]) == (None, 4.0, None)


def test_where_the_source_states_the_moment_the_limit_is_in_calendar_days() -> None:
    (row,) = of(application("A1", "2024-03-01", "2024-03-29", due_at="2024-03-21"))
    assert (row["limit"], row["unit"], row["late"]) == (20, "days", True)


def test_moments_are_counted_in_parts_of_days() -> None:
    (row,) = of(application("A1", "2024-03-01 09:00", "2024-03-02 21:00"))
    assert row["days"] == 1.5


@pytest.mark.parametrize(
    ("colour", "limit", "late"), [(None, 24, True), ("red", 24, True), ("yellow", 72, False), ("green", None, None)]
)
def test_an_emergency_is_timed_in_hours_against_its_colour(
    colour: str | None, limit: int | None, late: bool | None
) -> None:
    said = {} if colour is None else {"urgency": colour}
    (row,) = of(emergency("2024-03-01 09:00", "2024-03-02 15:00", **said))
    assert (row["hours"], row["working_days"], row["limit"], row["late"]) == (30.0, None, limit, late)
    assert row["unit"] == (None if limit is None else "hours")


def test_an_emergency_of_bare_dates_has_no_hours() -> None:
    (row,) = of(emergency("2024-03-01", "2024-03-02"))
    assert (row["hours"], row["days"], row["late"]) == (None, 1.0, False)


def test_who_lives_nowhere_known_counts_with_the_office() -> None:
    (row,) = of(application("A1", "2024-03-01", "2024-03-04", household="H9"))
    assert row["region_code"] == TOWN


# -- how many outlast a limit ------------------------------------------------------------------------------------------


def test_open_cases_past_the_limit_are_late_too() -> None:
    # decided after 5, 10, 30; two still open at 40: of the decided 1 of 3 is late, of all 3 of 5 were undecided at 20
    found = past(pl.Series([5.0, 10.0, 30.0, 40.0, 40.0]), pl.Series([True, True, True, False, False]), 20)
    assert (found.cases, found.decided, found.past) == (5, 3, 3)
    assert found.closed_only == pytest.approx(1 / 3)
    assert found.with_open.value == pytest.approx(3 / 5)


def test_a_decision_on_the_last_day_is_in_time() -> None:
    assert past(pl.Series([20.0, 21.0]), pl.Series([True, True]), 20).past == 1


def test_without_a_decision_there_is_no_closed_share() -> None:
    assert past(pl.Series([3.0]), pl.Series([False]), 20).closed_only is None


# -- what of a curve may be shown --------------------------------------------------------------------------------------


def test_who_opens_cases_sees_every_step() -> None:
    found = told(survival([1, 2, 2, 3], [True] * 4), 0)
    assert found.select("days", "watched").rows() == [(0.0, 4), (1.0, 3), (2.0, 1), (3.0, 0)]


def test_steps_of_few_are_joined_and_the_curve_ends_before_few_are_watched() -> None:
    # one decided a day over 12 days: the others see it fall only by five together, and never below five watched
    found = told(survival(range(1, 13), [True] * 12), 5)
    assert found.select("days", "watched").rows() == [(0.0, 12), (5.0, 7)]
    assert found["open"].to_list() == pytest.approx([1, 7 / 12])


def test_many_may_be_decided_at_once() -> None:
    found = told(survival([1] * 6 + [4] * 6, [True] * 12), 5)
    assert found.select("days", "watched").rows() == [(0.0, 12), (1.0, 6)]


def test_no_cases_make_no_curve() -> None:
    assert told(survival([], []), 5).is_empty()
