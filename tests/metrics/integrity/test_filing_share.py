"""Tests of the share of near kin's applications that were filed, by hand."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.favoritism import kin_unfiled
from tests.detectors.asking import found
from tests.detectors.favoritism.village import VILLAGE, filing, kin, official, small, step
from tests.metrics.county import judged, numbers, part_whole
from tests.worlds import Row

METRIC = "filing_share"
BROTHERS = [kin("甲", "乙", "sibling")]
CHIEF = [official("乙")]
DECIDED = "2024-03-28"


def brothers(filings: list[Row] | None = None, **more: str | None) -> Tables:
    """甲 applies, whose brother 乙 handles cases of the township; decided 2024-03-28 unless told."""
    return small(kin=BROTHERS, officials=CHIEF, filings=filings, **more)  # type: ignore[arg-type]  # cells are text


@pytest.mark.parametrize(("day", "filed"), [("2020-01-01", True), (DECIDED, True), ("2024-03-29", False)])
def test_a_filing_on_or_before_the_decision(day: str, filed: bool) -> None:
    data = brothers([filing("乙", day)])
    assert judged(data, METRIC) == {"A1": filed}
    assert found(kin_unfiled, data) == ([] if filed else ["A1"])


def test_no_filing_or_one_for_another_household_is_none() -> None:
    assert judged(brothers(), METRIC) == {"A1": False}
    assert judged(brothers([filing("乙", "2024-01-01", home="H2")]), METRIC) == {"A1": False}


def test_each_of_several_officials_must_have_filed_and_the_application_counts_once() -> None:
    ties = [kin("甲", "乙", "sibling"), kin("甲", "丙", "child")]
    both = [official("乙"), official("丙", "approver")]
    one = small(kin=ties, officials=both, filings=[filing("乙", "2024-01-01")])
    assert judged(one, METRIC) == {"A1": False}
    assert part_whole(numbers(one, METRIC), "000000000000", "2024-03") == (0, 1, 0.0)
    two = small(kin=ties, officials=both, filings=[filing("乙", "2024-01-01"), filing("丙", "2024-01-01")])
    assert judged(two, METRIC) == {"A1": True}


@pytest.mark.parametrize(
    ("decision", "decided", "counted"),
    [
        ("approved", DECIDED, True),
        ("refused", DECIDED, True),
        ("withdrawn", DECIDED, False),
        (None, None, False),  # not decided yet: no month to count in
        ("approved", None, False),
    ],
)
def test_decided_applications_count_and_withdrawn_or_open_ones_do_not(
    decision: str | None, decided: str | None, counted: bool
) -> None:
    assert judged(brothers(decision=decision, decided_at=decided), METRIC) == ({"A1": False} if counted else {})


def test_strangers_in_laws_and_officials_elsewhere_or_of_later_days_are_not_near_kin() -> None:
    assert judged(small(officials=CHIEF), METRIC) == {}
    assert judged(small(kin=[kin("甲", "乙", "sibling_in_law")], officials=CHIEF), METRIC) == {}
    assert judged(small(kin=BROTHERS, officials=[official("乙", region="990101002000")]), METRIC) == {}
    assert judged(small(kin=BROTHERS, officials=[official("乙", from_on="2024-03-05")]), METRIC) == {}


def test_who_acted_in_the_case_counts_wherever_they_are_in_post() -> None:
    acted = small(
        kin=BROTHERS, officials=[official("乙", region="990101002000")], steps=[step("home_visit", actor="乙")]
    )
    assert judged(acted, METRIC) == {"A1": False}


def test_where_the_village_is_unknown_an_unfiled_tie_is_undecidable_and_a_filed_one_no_matter() -> None:
    cadre = [official("乙", "village_committee", VILLAGE)]
    unknown = small(kin=BROTHERS, officials=cadre, home=None)
    assert judged(unknown, METRIC) == {"A1": None}
    assert numbers(unknown, METRIC).is_empty()
    filed = small(kin=BROTHERS, officials=cadre, home=None, filings=[filing("乙", "2024-01-01")])
    assert judged(filed, METRIC) == {}


def test_only_programmes_that_the_rule_names() -> None:
    assert judged(brothers(programme="medical"), METRIC) == {}
    assert judged(brothers(programme="medical"), METRIC, Policy.of(filing_programmes=["medical"])) == {"A1": False}


def test_each_programme_has_its_own_number_in_the_month_of_the_decision() -> None:
    table = numbers(brothers([filing("乙", "2024-01-01")], decided_at="2024-04-02"), METRIC)
    assert part_whole(table, "000000000000", "2024-04") == (1, 1, 1.0)
    assert part_whole(table, "000000000000", "2024-04", "dibao") == (1, 1, 1.0)
