"""Are a case's steps, waits, stops and limits drawn where they fall?"""

from datetime import date, datetime
from typing import Any

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from dashboard.queries.course import Course, Span
from dashboard.queries.handling import UNPUBLISHED, handling
from tests.families import VILLAGE, household
from tests.worlds import world

LEAD = {"subject": "A1", "scheme": "late_decision", "subject_kind": "application"}


def case(*steps: tuple[str, str, str | None], as_of: str = "2024-12-31", **cells: str) -> Tables:
    """One dibao application accepted on Monday 4 March 2024, with these steps (step, start, finish)."""
    application = {
        "application_no": "A1",
        "programme": "dibao",
        "household_no": "H1",
        "region_code": VILLAGE,
        "delegated": "false",
        "extended": "false",
        "accepted_at": "2024-03-04",
        **cells,
    }
    rows = [
        {"application_no": "A1", "step": step, "started_at": start, "finished_at": finish}
        for step, start, finish in steps
    ]
    taken = {"step": rows} if rows else {}
    return world(as_of=as_of, household=[household()], application=[application], **taken)


def drawn(data: Tables, policy: Policy | None = None, **lead: str) -> Course:
    return handling(data, policy or Policy.shipped(), {**LEAD, **lead}, {})


def of(course: Course, tone: str) -> list[Span]:
    return [span for span in course.spans if span.tone == tone]


def test_lanes_come_in_the_order_of_the_process_not_of_the_days() -> None:
    data = case(
        ("confirm", "2024-03-20", "2024-03-20"),
        ("home_visit", "2024-03-08", "2024-03-08"),
        ("data_check", "2024-03-11", "2024-03-12"),
        decided_at="2024-03-20",
        decision="approved",
    )
    assert [lane.zh for lane in drawn(data).lanes] == ["受理至办结", "信息核对", "入户调查", "审核确认"]


def test_acceptance_and_decision_are_marked_and_a_case_still_open_runs_to_the_data_end() -> None:
    closed = drawn(case(decided_at="2024-03-20", decision="approved"))
    assert [(mark.label.zh, f"{mark.on:%m-%d}") for mark in closed.marks] == [("受理", "03-04"), ("办结", "03-20")]
    open_still = drawn(case(as_of="2024-03-29"))
    assert [mark.label.zh for mark in open_still.marks] == ["受理"]
    assert open_still.spans[0].end is None
    assert ("数据截至", "2024-03-29") in [(line.label.zh, f"{line.on:%Y-%m-%d}") for line in open_still.lines]


def test_the_data_end_is_said_where_it_lies_far_outside_the_picture() -> None:
    far = drawn(case(decided_at="2024-03-20", decision="approved"))
    assert "数据截至" not in [line.label.zh for line in far.lines]
    assert [note.zh for note in far.notes] == ["数据截至 2024-12-31,在图的范围以外。"]
    near = drawn(case(decided_at="2024-03-20", decision="approved", as_of="2024-04-30"))
    assert "数据截至" in [line.label.zh for line in near.lines]
    assert near.notes == ()


def test_a_wait_runs_from_the_end_of_what_came_before_and_counts_working_days() -> None:
    data = case(("data_check", "2024-03-07", "2024-03-08"), ("home_visit", "2024-03-12", "2024-03-12"))
    waits = [(span.lane.zh, f"{span.start:%m-%d}", span.note.zh) for span in of(drawn(data), "wait")]
    assert waits == [
        ("信息核对", "03-04", "此前等待 3 个工作日"),
        ("入户调查", "03-08", "此前等待 2 个工作日"),  # Saturday and Sunday lie between
    ]


def test_steps_side_by_side_wait_for_nobody() -> None:
    data = case(("data_check", "2024-03-04", "2024-03-12"), ("home_visit", "2024-03-06", "2024-03-06"))
    assert of(drawn(data), "wait") == []


def test_a_worked_sunday_counts_in_a_wait() -> None:
    data = case(("data_check", "2024-04-03", "2024-04-03"), ("home_visit", "2024-04-08", "2024-04-08"))
    # 4 to 6 April 2024 off, Sunday the 7th worked
    assert of(drawn(data), "wait")[-1].note.zh == "此前等待 2 个工作日"


@pytest.mark.parametrize(
    ("finish", "until", "days", "due"),
    [
        ("2024-03-15", "2024-03-15", 3, "2024-04-19"),  # 30 working days and 3: over Qingming, the 7th worked
        (None, "2024-03-29", 13, "2024-05-07"),  # open: it runs to the day of the data
    ],
)
def test_a_stop_is_hatched_closed_or_open_and_moves_the_limit(
    finish: str | None, until: str, days: int, due: str
) -> None:
    course = drawn(case(("objection", "2024-03-12", finish), as_of="2024-03-29"))
    (whole, *own) = sorted(of(course, "stop"), key=lambda span: span.lane.zh != "受理至办结")
    assert (f"{whole.start:%Y-%m-%d}", f"{whole.end:%Y-%m-%d}") == ("2024-03-12", until)
    assert whole.note.zh == f"停钟 {days} 个工作日"
    assert [span.lane.zh for span in own] == ["公示异议"]
    assert [f"{line.on:%Y-%m-%d}" for line in course.lines if line.label.zh == "规定期限"] == [due]


def test_what_stops_no_clock_is_not_hatched() -> None:
    course = drawn(case(("return", "2024-03-12", "2024-03-15")))
    assert of(course, "stop") == []
    never = Policy.of(clock_stops=[{"value": []}])
    assert of(drawn(case(("objection", "2024-03-12", "2024-03-15")), never), "stop") == []


def test_the_limit_of_a_step_stands_in_its_lane_and_waits_for_stops() -> None:
    plain = drawn(case(("data_check", "2024-03-11", "2024-03-12")))
    assert [(mark.lane.zh, f"{mark.on:%m-%d}") for mark in plain.marks if mark.tone == "limit"] == [
        ("信息核对", "03-07")
    ]
    held = drawn(case(("objection", "2024-03-05", "2024-03-08"), ("data_check", "2024-03-11", "2024-03-12")))
    assert [f"{mark.on:%m-%d}" for mark in held.marks if mark.tone == "limit"] == ["03-12"]


def test_a_step_that_never_came_has_no_limit_of_its_own() -> None:
    assert [mark for mark in drawn(case()).marks if mark.tone == "limit"] == []


def test_a_step_that_was_left_out_keeps_its_lane() -> None:
    data = case(("home_visit", "2024-03-06", "2024-03-06"), decided_at="2024-03-20", decision="approved")
    course = handling(data, Policy.shipped(), {**LEAD, "scheme": "skipped_step"}, {"step": "preliminary"})
    assert [lane.zh for lane in course.lanes] == ["受理至办结", "入户调查", "初审"]
    assert not [span for span in course.spans if span.lane.zh == "初审"]


def test_a_limit_in_an_unpublished_year_is_said_not_drawn() -> None:
    through = world().calendar.through
    late = case(accepted_at=f"{through.year}-12-20", as_of=f"{through.year}-12-31")
    course = drawn(late)
    assert UNPUBLISHED in course.notes
    assert "规定期限" not in [line.label.zh for line in course.lines]


def test_an_application_that_is_not_there_has_no_course() -> None:
    assert drawn(case(), subject="A2") == Course()


def test_a_running_step_goes_on() -> None:
    facts: dict[str, Any] = {"case": "running", "step": "confirm", "since_on": "2024-03-20", "limit": 10, "stopped": 0}
    data = case(("confirm", "2024-03-21", None), as_of="2024-04-30")
    course = handling(data, Policy.shipped(), {**LEAD, "scheme": "late_step"}, facts)
    (late,) = [span for span in course.spans if span.lane.zh == "审核确认" and span.tone == "late"]
    assert (late.start, late.end) == (datetime.fromisoformat("2024-03-21"), None)
    (due,) = [mark.on.date() for mark in course.marks if mark.tone == "limit"]
    assert due == date(2024, 4, 3)  # as the lead reckons it
