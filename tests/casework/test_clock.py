"""What does the clock say of every application, decided or not?"""

from typing import Any

import pytest

from casework.clock import decisions
from casework.dataset import Tables
from casework.policy import Change, Policy
from tests.worlds import Row, world


def case(no: str = "A1", **cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": no,
        "programme": "dibao",
        "household_no": "H1",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04",
        "decided_at": "2024-04-02",
        "decision": "approved",
        "delegated": "true",
        "extended": "false",
        "extension_reason": None,
        "due_at": None,
        **cells,
    }


def clock(
    *, as_of: str = "2024-12-31", steps: list[Row] | None = None, policy: Policy | None = None, **cells: str | None
) -> dict[str, Any]:
    data = world(as_of, application=[case(**cells)], **({"step": steps} if steps else {}))
    (row,) = rows(data, policy or Policy.shipped())
    return row


def rows(data: Tables, policy: Policy) -> list[dict[str, Any]]:
    return data.engine.collect(decisions(data, policy)).sort("application_no").rows(named=True)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, (21, 20, 1, True, "decision_days")),
        ({"decided_at": "2024-04-01"}, (20, 20, 1, False, "decision_days")),
        ({"decided_at": None, "decision": None, "as_of": "2024-04-01"}, (20, 20, 1, False, "decision_days")),
        ({"decided_at": None, "decision": None, "as_of": "2024-04-02"}, (21, 20, 1, True, "decision_days")),
        ({"programme": "old_age"}, (21, None, -1, None, "decision_days")),
        ({"accepted_at": "2021-06-30", "decided_at": "2021-07-30"}, (22, None, 0, None, "decision_days")),
        ({"programme": "old_age", "due_at": "2024-04-01"}, (21, None, -1, True, "due_at")),
        ({"due_at": "2024-04-02"}, (21, 20, 1, False, "due_at")),
        ({"programme": "temporary_emergency", "due_at": "2024-03-05"}, (21, None, -1, None, "due_at")),
        ({"decided_at": None}, (None, 20, 1, None, "decision_days")),  # decided on a day nobody wrote down
    ],
)
def test_days_limit_and_whether_it_is_late(cells: dict[str, str], expected: tuple[object, ...]) -> None:
    row = clock(**cells)
    seen = tuple(row[name] for name in ("days", "limit", "limit_state", "late", "governed"))
    assert seen[1:] == expected[1:]
    assert expected[0] in {None, seen[0]}


def test_beyond_the_calendar_neither_days_nor_lateness_are_known() -> None:
    row = clock(as_of="2031-12-31", accepted_at="2030-03-04", decided_at="2030-12-02")
    assert (row["days"], row["limit"], row["late"]) == (None, 20, None)


def test_several_stops_add_up_and_none_runs_backwards() -> None:
    def stop(since: str, until: str | None) -> Row:
        return {"application_no": "A1", "step": "objection", "started_at": since, "finished_at": until}

    stops = [stop("2024-03-05", "2024-03-07"), stop("2024-03-11", "2024-03-12"), stop("2024-03-20", "2024-03-18")]
    row = clock(steps=stops)
    assert (row["stopped"], row["days"], row["late"]) == (3, 18, False)


def test_a_stop_that_nobody_ended_runs_to_the_decision_or_the_datas_day() -> None:
    stop = [{"application_no": "A1", "step": "objection", "started_at": "2024-03-12", "finished_at": None}]
    assert clock(steps=stop)["days"] == 6
    assert clock(steps=stop, decided_at=None, decision=None)["days"] == 6


def test_only_the_steps_the_rule_lists_stop_the_clock() -> None:
    posting: list[Row] = [
        {"application_no": "A1", "step": "posting", "started_at": "2024-03-12", "finished_at": "2024-03-19"}
    ]
    assert clock(steps=posting)["days"] == 21
    assert clock(steps=posting, policy=Policy.of(posting_counts=False))["days"] == 16
    assert clock(steps=posting, policy=Policy.of(clock_stops=["posting"]))["days"] == 16


def test_the_region_is_the_households_village_else_the_applications() -> None:
    home = [{"household_no": "H1", "region_code": "990101001007"}]
    data = world(application=[case(), case("A2", household_no="H2")], household=home)
    assert [row["region_code"] for row in rows(data, Policy.shipped())] == ["990101001007", "990101001000"]


def test_of_a_household_filed_twice_the_first_row_counts_and_no_case_is_doubled() -> None:
    homes = [
        {"household_no": "H1", "region_code": "990101001009"},
        {"household_no": "H1", "region_code": "990101001001"},
    ]
    seen = rows(world(application=[case()], household=homes), Policy.shipped())
    assert [row["region_code"] for row in seen] == ["990101001009"]


def test_a_scenario_stops_the_clock_like_a_rule() -> None:
    scenario = Policy.shipped().adjusted([Change("posting_counts", set=False)])
    cells = {"application_no": "A1", "programme": "dibao", "accepted_at": "2024-03-04", "decided_at": "2024-04-01"}
    posting = {
        "application_no": "A1",
        "step": "posting",
        "started_at": "2024-03-11",
        "finished_at": "2024-03-18",
    }
    data = world(application=[cells], step=[posting])
    days = [data.engine.collect(decisions(data, policy))["days"][0] for policy in (Policy.shipped(), scenario)]
    assert days == [20, 15]
