"""How much of its time has an undecided application used, and from where on is that near or past the limit?"""

from typing import Any

import pytest

from casework.ageing import ageing
from casework.policy import Change, Policy
from tests.worlds import Row, world


def case(no: str = "A1", **cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": no,
        "programme": "dibao",
        "household_no": "H1",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04",
        "decided_at": None,
        "decision": None,
        "delegated": "true",  # 20 working days
        "extended": "false",
        "extension_reason": None,
        "due_at": None,
        "urgency": None,
        **cells,
    }


def aged(as_of: str, steps: list[Row] | None = None, policy: Policy | None = None, **cells: Any) -> dict[str, Any]:
    tables: dict[str, Any] = {"step": steps} if steps else {}
    data = world(as_of, application=[case(**cells)], **tables)
    (row,) = data.engine.collect(ageing(data, policy or Policy.shipped())).rows(named=True)
    return row


@pytest.mark.parametrize(
    ("as_of", "used", "left", "share", "state"),
    [
        ("2024-03-04", 0, 20, 0.0, "running"),
        ("2024-03-25", 15, 5, 0.75, "running"),
        ("2024-03-26", 16, 4, 0.8, "amber"),  # exactly four fifths
        ("2024-04-01", 20, 0, 1.0, "amber"),  # the last day is still in time
        ("2024-04-02", 21, -1, 1.05, "red"),
    ],
)
def test_both_sides_of_four_fifths_and_of_the_limit(as_of: str, used: int, left: int, share: float, state: str) -> None:
    row = aged(as_of)
    assert (row["used"], row["left"], row["state"]) == (used, left, state)
    assert row["share"] == pytest.approx(share)
    assert (row["limit"], row["unit"]) == (20, "working_days")


def test_where_amber_begins_is_a_judgement_of_the_rules() -> None:
    earlier = Policy.shipped().adjusted([Change("amber", set=0.75)])
    assert aged("2024-03-25", policy=earlier)["state"] == "amber"
    assert aged("2024-03-25")["state"] == "running"


def test_what_stops_the_clock_is_taken_off_and_may_still_be_under_way() -> None:
    objection: Row = {"application_no": "A1", "step": "objection", "started_at": "2024-03-12", "finished_at": None}
    still = aged("2024-04-30", [objection])
    assert (still["used"], still["left"], still["state"], still["paused"]) == (6, 14, "running", True)
    assert still["stopped"] == 35  # of 41
    over = aged("2024-04-02", [{**objection, "finished_at": "2024-03-14"}])
    assert (over["used"], over["stopped"], over["paused"], over["state"]) == (19, 2, False, "amber")


def test_an_extended_case_has_its_longer_limit_for_a_listed_reason_only() -> None:
    listed = aged("2024-04-30", extended="true", extension_reason="other_place")
    assert (listed["limit"], listed["extended"], listed["state"]) == (45, True, "amber")  # 41 of 45
    other = aged("2024-04-30", extended="true", extension_reason="other")
    assert (other["limit"], other["extended"], other["state"]) == (20, False, "red")


@pytest.mark.parametrize(
    ("as_of", "cells", "state"),
    [
        ("2027-01-15", {"accepted_at": "2026-12-21"}, "unknown"),  # the calendar of 2027 is not published
        ("2026-12-31", {"accepted_at": "2026-12-21"}, "running"),  # its limit falls there, its days do not
        ("2024-03-04", {"accepted_at": "2021-06-30"}, "unknown"),  # before the law had a total
        ("2024-12-31", {"programme": "old_age"}, "unlimited"),  # no rule limits it
        ("2024-12-31", {"programme": "old_age", "due_at": "2024-12-30"}, "red"),  # but the source may
    ],
)
def test_what_cannot_be_told_is_unknown_and_what_nobody_limits_is_neither(
    as_of: str, cells: dict[str, Any], state: str
) -> None:
    row = aged(as_of, **cells)
    assert row["state"] == state
    if state in {"unknown", "unlimited"}:
        assert row["share"] is None or row["unit"] == "due_at"
        assert row["left"] is None


@pytest.mark.parametrize(
    ("due", "left", "state"),
    [
        ("2024-03-10", -1, "red"),
        ("2024-03-11", 0, "amber"),  # the day stated is the day of the data: its last
        ("2024-03-11 12:00:00", 0, "red"),  # a moment within the day is past at its end
        ("2024-03-12", 1, "amber"),  # 8 of 9 days
        ("2024-03-18", 5, "running"),
        ("2027-03-18", None, "running"),  # the working days until then are not published
    ],
)
def test_a_stated_due_date_governs(due: str, left: int | None, state: str) -> None:
    row = aged("2024-03-11", due_at=due)
    assert (row["left"], row["state"], row["unit"], row["limit"], row["used"]) == (left, state, "due_at", None, None)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"accepted_at": "2024-03-11 04:00:00"}, ("hours", 24, 20, 4, "amber")),
        ({"accepted_at": "2024-03-11 06:00:00"}, ("hours", 24, 18, 6, "running")),
        ({"accepted_at": "2024-03-10 23:59:59"}, ("hours", 24, 24, 0, "red")),  # one second more than 24 hours
        ({"accepted_at": "2024-03-11 00:00:00", "urgency": "green"}, ("hours", None, 24, None, "unlimited")),
        ({"accepted_at": "2024-03-10"}, ("days", 1, 1, 0, "amber")),
        ({"accepted_at": "2024-03-09"}, ("days", 1, 2, -1, "red")),
    ],
)
def test_an_emergency_is_timed_in_hours(cells: dict[str, Any], expected: tuple[object, ...]) -> None:
    row = aged("2024-03-11", programme="temporary_emergency", **cells)
    assert tuple(row[name] for name in ("unit", "limit", "used", "left", "state")) == expected


@pytest.mark.parametrize("cells", [{"decided_at": "2024-03-20"}, {"decision": "withdrawn"}, {"decision": "refused"}])
def test_what_is_decided_is_not_on_the_board(cells: dict[str, Any]) -> None:
    data = world(application=[case(**cells)])
    assert data.engine.collect(ageing(data, Policy.shipped())).is_empty()


def test_the_office_is_the_region_in_charge_and_the_region_the_households_own() -> None:
    home = {"household_no": "H1", "region_code": "990101002001"}
    data = world(application=[case()], household=[home])
    (row,) = data.engine.collect(ageing(data, Policy.shipped())).rows(named=True)
    assert (row["office"], row["region_code"]) == ("990101001000", "990101002001")
