"""Tests of how many papers of an approved application are in the file, by hand."""

from typing import Any

import pytest

import metrics
from casework.dataset import Tables
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    households,
    judged,
    number,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "document_completeness"
# Two papers of every application, two of a step, one that comes later.
CHECKLIST = Policy.of(
    document_checklist=[
        {"slot": "application_form", "stage": "told", "zh": "申请书", "en": "form"},
        {"slot": "identity", "stage": "verified", "zh": "身份证明", "en": "identity"},
        {"slot": "posting_photo", "stage": "approved", "step": "posting", "zh": "照片", "en": "photo"},
        {"slot": "review_minutes", "stage": "verified", "step": "democratic_review", "zh": "记录", "en": "minutes"},
        {"slot": "stop_notice", "stage": "managed", "zh": "告知书", "en": "notice"},
    ]
)


def papers(number: str, step: str, documents: str | None) -> Row:
    return {"application_no": number, "step": step, "started_at": "2024-03-10", "documents": documents}


def of(applications: list[Row], steps: list[Row]) -> Tables:
    return world("2024-12-31", region=regions(), household=households(H1=VILLAGE), application=applications, step=steps)


def one(steps: list[Row], **more: str) -> dict[str, Any]:
    data = of([application("A1", "2024-03-01", "2024-03-29", **more)], steps)
    rows = rollup.rows(metrics, data, CHECKLIST, METRIC)
    return rows.row(0, named=True) if rows.height else {}


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["in_part"], row["filled"], row["required"], row["missing"]


def test_papers_due_by_the_decision_that_some_step_lists() -> None:
    steps = [papers("A1", "accept", "application_form;stop_notice"), papers("A1", "posting", "posting_photo")]
    # Dibao requires the posting, no democratic review; the notice of stop comes later.
    assert told(one(steps)) == (True, 2, 3, "identity")
    assert told(one([*steps, papers("A1", "home_visit", "identity")])) == (True, 3, 3, "")


def test_a_paper_of_a_step_that_is_not_required_is_not_missed() -> None:
    steps = [papers("A1", "accept", "application_form;identity")]
    assert told(one(steps, programme="dibao_edge")) == (True, 2, 2, "")  # which is not posted
    assert told(one(steps)) == (True, 2, 3, "posting_photo")


def test_a_paper_listed_twice_is_one_and_part_of_a_name_is_none() -> None:
    steps = [papers("A1", "accept", "identity;old_application_form"), papers("A1", "home_visit", "identity")]
    assert told(one(steps)) == (True, 1, 3, "application_form;posting_photo")


def test_where_no_paper_at_all_is_listed_nobody_knows() -> None:
    other = papers("A2", "accept", "identity")
    assert told(one([papers("A1", "accept", None), other])) == (None, None, None, None)


@pytest.mark.parametrize(
    "more", [{"decision": "refused"}, {"decision": "withdrawn"}, {"programme": "medical"}, {"programme": "orphan"}]
)
def test_what_was_not_approved_or_has_no_required_steps_is_left_out(more: dict[str, str]) -> None:
    assert one([papers("A1", "accept", "identity")], **more) == {}


def test_before_the_required_steps_begin_an_approval_is_undecidable() -> None:
    later = Policy.of(required_steps=[{"from": "2025-01-01", "programme": "dibao", "value": ["posting"]}])
    data = of([application("A1", "2024-03-01", "2024-03-29")], [papers("A1", "accept", "identity")])
    assert judged(data, METRIC, later) == {"A1": None}


def test_papers_add_up_and_small_cells_are_judged_by_applications() -> None:
    applications = [application(f"A{place}", "2024-03-01", "2024-03-29") for place in range(4)]
    steps = [papers(f"A{place}", "accept", "application_form") for place in range(5)]
    elsewhere = application("A4", "2024-03-01", "2024-04-02", household="")
    data = of([*applications, {**elsewhere, "household_no": "H9"}], steps)
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (4, 52, 1 / 13)  # 13 papers of the shipped checklist
    assert part_whole(table, f"{TOWN}/-", "2024-04") == (1, 13, 1 / 13)
    assert part_whole(numbers(data, METRIC, months=10), COUNTY) == (5, 65, 1 / 13)
    row = number(numbers(data, METRIC, small_cell=None), VILLAGE, "2024-03")
    assert (row["suppressed"], row["part"], row["whole"], row["value"]) == (True, None, None, None)


def test_a_source_without_lists_of_papers_is_not_measured() -> None:
    steps = [{"application_no": "A1", "step": "accept", "started_at": "2024-03-10"}]
    data = of([application("A1", "2024-03-01", "2024-03-29")], steps)
    assert rollup.unavailable(metrics, data)[METRIC] == ["step.documents"]


def test_the_shipped_checklist_asks_thirteen_papers_of_a_dibao_case() -> None:
    data = of([application("A1", "2024-03-01", "2024-03-29")], [papers("A1", "accept", "identity")])
    assert judged(data, METRIC) == {"A1": True}
    assert rollup.rows(metrics, data, POLICY, METRIC)["required"].to_list() == [13]
