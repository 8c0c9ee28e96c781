"""Tests of open_overdue at and around the end of the data's day."""

import pytest

from detectors.delay import open_overdue
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import world


def case(**cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": "A1",
        "programme": "dibao",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04",
        "decided_at": None,
        "decision": None,
        "delegated": "true",
        "extended": "false",
        "extension_reason": None,
        "due_at": None,
        **cells,
    }


def raised(as_of: str, **cells: str | None) -> bool:
    return found(open_overdue, world(as_of, application=[case(**cells)])) == ["A1"]


@pytest.mark.parametrize(("as_of", "late"), [("2024-04-01", False), ("2024-04-02", True)])  # 20, 21 working days
def test_raises_only_past_the_limit(as_of: str, late: bool) -> None:
    assert raised(as_of) is late


@pytest.mark.parametrize(
    ("due", "late"),
    [
        ("2024-03-10", True),
        ("2024-03-11", False),  # a date that is the day of the data is not past
        ("2024-03-11 23:59:59", True),  # a moment within it is past at its end
        ("2024-03-12 00:00:00", False),
        ("2024-03-11 17:00:00+01:00", False),  # midnight here
        ("2024-03-11 16:59:59+01:00", True),
    ],
)
def test_a_stated_due_date_governs_by_the_end_of_the_day(due: str, late: bool) -> None:
    assert raised("2024-03-11", due_at=due, programme="old_age") is late


@pytest.mark.parametrize(
    "cells",
    [
        {"decided_at": "2024-06-01"},  # decided: late_decision asks that
        {"decision": "withdrawn"},
        {"decision": "refused"},  # decided on a day nobody wrote down
        {"programme": "temporary_emergency", "due_at": "2024-03-05"},
        {"programme": "old_age"},
        {"extended": "true", "extension_reason": "other_place", "accepted_at": "2024-10-28"},  # 45 of 45 days
    ],
)
def test_who_is_not_overdue(cells: dict[str, str]) -> None:
    assert not raised("2024-12-30", **cells)


def test_an_objection_still_looked_into_stops_the_clock() -> None:
    objection = {"application_no": "A1", "step": "objection", "started_at": "2024-03-12", "finished_at": None}
    assert found(open_overdue, world("2024-12-30", application=[case()], step=[objection])) == []


def test_before_the_law_had_a_total_it_is_undecidable() -> None:
    result = asked(open_overdue, world(application=[case(accepted_at="2021-06-30")]))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_says_why_in_both_languages() -> None:
    said = facts(open_overdue, world("2024-04-02", application=[case()]))
    assert "21 个工作日" in open_overdue.CARD.reads(said, "zh")
    assert "undecided 21 working days after acceptance" in open_overdue.CARD.reads(said, "en")


@pytest.mark.parametrize(
    ("first", "second", "late"),
    [
        ({"decided_at": "2024-03-06", "decision": "approved"}, {}, False),
        ({"decision": "withdrawn"}, {}, False),
        ({}, {"decided_at": "2024-03-06", "decision": "approved"}, True),
    ],
)
def test_of_two_unlike_rows_of_one_application_the_first_is_asked(
    first: dict[str, str], second: dict[str, str], late: bool
) -> None:
    told = world("2024-12-31", application=[case(**first), case(**second)])
    assert (found(open_overdue, told) == ["A1"]) is late
