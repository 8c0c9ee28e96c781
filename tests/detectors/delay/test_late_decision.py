"""Tests of late_decision at and around its limit."""

import pytest

from casework.policy import Policy
from detectors.delay import late_decision
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import Row, world


def case(**cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": "A1",
        "programme": "dibao",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04",
        "decided_at": None,
        "decision": "approved",
        "delegated": "true",
        "extended": "false",
        "extension_reason": None,
        "due_at": None,
        **cells,
    }


def raised(policy: Policy | None = None, steps: list[Row] | None = None, **cells: str | None) -> bool:
    tables = {"application": [case(**cells)], **({"step": steps} if steps else {})}
    return found(late_decision, world(**tables), policy) == ["A1"]


@pytest.mark.parametrize(
    ("decided", "late"),
    [
        ("2024-04-01", False),  # the 20th of 20 working days
        ("2024-04-02", True),  # the 21st
        ("2024-04-01 23:59:59", False),  # clock times do not matter
        (None, False),  # still open: open_overdue asks that
    ],
)
def test_raises_only_past_the_limit(decided: str | None, late: bool) -> None:
    assert raised(decided_at=decided) is late


def test_twenty_working_days_over_a_holiday_fortnight_are_in_time() -> None:
    # 35 calendar days: mid-autumn and national day lie between, and make-up days on 09-14, 09-29 and 10-12
    assert not raised(accepted_at="2024-09-06", decided_at="2024-10-11")
    a_makeup_saturday = world(application=[case(accepted_at="2024-09-06", decided_at="2024-10-12")])
    assert facts(late_decision, a_makeup_saturday)["days"] == 21


@pytest.mark.parametrize(
    ("accepted", "delegated", "limit"),
    [
        ("2022-10-19", "true", 30),  # the day before delegation shortened the limit
        ("2022-10-20", "true", 20),
        ("2022-10-20", "false", 30),
        ("2021-07-01", "false", 30),
    ],
)
def test_the_limit_is_the_one_in_force_on_acceptance(accepted: str, delegated: str, limit: int) -> None:
    data = world(application=[case(accepted_at=accepted, delegated=delegated, decided_at="2023-06-30")])
    assert facts(late_decision, data)["limit"] == limit


def test_before_the_law_had_a_total_it_is_undecidable() -> None:
    result = asked(late_decision, world(application=[case(accepted_at="2021-06-30", decided_at="2022-06-30")]))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_beyond_the_published_calendar_it_is_undecidable() -> None:
    data = world("2031-12-31", application=[case(accepted_at="2030-01-07", decided_at="2030-12-31")])
    result = asked(late_decision, data)
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_a_programme_without_a_limit_is_outside_the_rule() -> None:
    result = asked(late_decision, world(application=[case(programme="old_age", decided_at="2024-12-30")]))
    assert (result.leads.height, status(result)[2]) == (0, 0)


@pytest.mark.parametrize(
    ("reason", "decided", "late"),
    [
        ("posting_objection", "2024-05-09", False),  # 45 working days from 2024-03-04 end on 2024-05-09
        ("residence_split", "2024-05-09", False),
        ("other_place", "2024-05-09", False),
        ("hard_to_investigate", "2024-05-09", False),
        ("hard_to_investigate", "2024-05-10", True),
        ("other", "2024-04-02", True),  # not a listed reason: the plain limit
        (None, "2024-04-02", True),
    ],
)
def test_an_extension_counts_only_for_a_listed_reason(reason: str | None, decided: str, late: bool) -> None:
    assert raised(extended="true", extension_reason=reason, decided_at=decided) is late


def test_a_listed_reason_without_the_mark_of_extension_changes_nothing() -> None:
    assert raised(extended="false", extension_reason="other_place", decided_at="2024-04-02")


@pytest.mark.parametrize(
    ("finished", "decided", "late"),
    [
        ("2024-03-20", "2024-04-10", False),  # 26 working days, 6 of them stopped
        ("2024-03-20", "2024-04-11", True),
        (None, "2024-04-30", False),  # an unfinished objection stops the clock until the decision
    ],
)
def test_an_objection_stops_the_clock(finished: str | None, decided: str, late: bool) -> None:
    objection = {"application_no": "A1", "step": "objection", "started_at": "2024-03-12", "finished_at": finished}
    assert raised(steps=[objection], decided_at=decided) is late


@pytest.mark.parametrize("counts", [True, False])
def test_posting_time_is_taken_off_only_where_the_place_says_so(counts: bool) -> None:
    posting = {"application_no": "A1", "step": "posting", "started_at": "2024-03-12", "finished_at": "2024-03-19"}
    assert raised(Policy.of(posting_counts=counts), [posting], decided_at="2024-04-02") is counts


def test_a_countys_own_limit_binds_its_cases_only() -> None:
    own = Policy.of(decision_days=[{"value": 20}, {"region": "990102", "value": 10}])
    assert not raised(own, decided_at="2024-03-20")
    assert raised(own, decided_at="2024-03-20", region_code="990102001000")


@pytest.mark.parametrize(
    ("due", "decided", "late"),
    [
        ("2024-03-10 12:00:00", "2024-03-10 12:00:00", False),  # the very moment is in time
        ("2024-03-10 12:00:00", "2024-03-10 12:00:00.5", True),
        ("2024-03-10 12:00:00+08:00", "2024-03-10 05:00:00+01:00", False),  # one moment, two offsets
        ("2024-03-10", "2024-03-10 23:00:00", False),  # a bare date: by date
        ("2024-03-10", "2024-03-11", True),
        ("2024-03-10 12:00:00", "2024-03-10", False),
    ],
)
@pytest.mark.parametrize("programme", ["dibao", "old_age", "permit"])
def test_a_stated_due_date_governs_every_programme(programme: str, due: str, decided: str, late: bool) -> None:
    assert raised(programme=programme, due_at=due, decided_at=decided) is late


def test_a_stated_due_date_governs_even_past_the_limit() -> None:
    assert not raised(due_at="2024-12-01", decided_at="2024-11-01")


@pytest.mark.parametrize(
    "cells", [{"decision": "withdrawn"}, {"programme": "temporary_emergency", "due_at": "2024-03-05"}]
)
def test_withdrawn_cases_and_emergencies_are_exempt(cells: dict[str, str]) -> None:
    assert not raised(decided_at="2024-12-01", **cells)


def test_a_refusal_is_a_decision() -> None:
    assert raised(decision="refused", decided_at="2024-04-02")


def test_the_longer_overrun_stands_first() -> None:
    data = world(
        application=[
            case(application_no="A1", decided_at="2024-05-06"),
            case(application_no="A2", decided_at="2024-08-06"),
            case(application_no="A3", due_at="2024-03-05", decided_at="2024-12-01"),
        ]
    )
    leads = asked(late_decision, data).leads.sort("score", descending=True)
    assert leads["subject"].to_list() == ["A3", "A2", "A1"]


def test_the_region_is_the_households_village() -> None:
    homes = [{"household_no": "H1", "region_code": "990101001007"}]
    cases = [
        case(application_no="A1", household_no="H1", decided_at="2024-05-06"),
        case(application_no="A2", household_no="H9", decided_at="2024-05-06"),
    ]
    data = world(application=cases, household=homes)
    leads = asked(late_decision, data).leads.sort("subject")
    assert leads["region_code"].to_list() == ["990101001007", "990101001000"]


def test_without_the_day_of_decision_it_is_not_run() -> None:
    cells = {key: value for key, value in case().items() if key != "decided_at"}
    assert status(asked(late_decision, world(application=[cells])))[:2] == ("not_run", "needs application.decided_at")


def test_says_why_in_both_languages() -> None:
    said = facts(late_decision, world(application=[case(decided_at="2024-04-02")]))
    assert late_decision.CARD.reads(said, "zh") == "疑似超时:受理至办结 21 个工作日,规定 20 个工作日"
    assert late_decision.CARD.reads(said, "en") == "Possibly late: 21 working days to decide; the limit is 20"


def test_a_stated_due_date_needs_no_day_of_acceptance() -> None:
    cells = case(decided_at="2024-05-08", due_at="2024-05-04")
    del cells["accepted_at"]
    result = asked(late_decision, world(application=[cells]))
    assert result.leads["subject"].to_list() == ["A1"]
    assert status(result)[:2] == ("partly", "lacks application.accepted_at, step")


def test_a_decision_without_its_day_is_undecidable_not_clean() -> None:
    assert status(asked(late_decision, world(application=[case(decision="approved", decided_at=None)])))[2] == 1


def test_of_two_unlike_rows_of_one_application_the_first_is_asked() -> None:
    timely, late = case(decided_at="2024-03-05"), case(decided_at="2024-12-30")
    assert found(late_decision, world("2024-12-31", application=[timely, late])) == []
    assert found(late_decision, world("2024-12-31", application=[late, timely])) == ["A1"]
