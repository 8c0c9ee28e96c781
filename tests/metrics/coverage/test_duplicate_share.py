"""Tests of who is covered twice by the records, by hand."""

from typing import Any

import pytest

import metrics
from casework.dataset import Tables
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import COUNTY, NEXT_VILLAGE, TOWN, VILLAGE, award, covered, households, part_whole
from tests.metrics.coverage.dibao import RULES, counted, homes
from tests.worlds import Row

METRIC = "duplicate_share"


def held(*awards: tuple[str, str, str, str | None], **tables: list[Row]) -> Tables:
    """One person in awards of (household, programme, first month, last month), one more on dibao in H9."""
    rows = [award(f"W{n}", home, since, until, programme) for n, (home, programme, since, until) in enumerate(awards)]
    people = [covered(f"W{n}", "示例甲", since) for n, (_, _, since, _) in enumerate(awards)]
    return homes(
        **{
            "household": households(H1=VILLAGE, H2=NEXT_VILLAGE, H9=VILLAGE),
            "award": [*rows, award("W9", "H9", "2024-01")],
            "beneficiary": [*people, covered("W9", "示例乙", "2024-01")],
            **tables,
        }
    )


def total(data: Tables, programme: str = "", policy: Policy = RULES, region: str = COUNTY) -> tuple[Any, Any]:
    return part_whole(counted(data, METRIC, policy), region, "2024-06", programme)[:2]


def test_two_programmes_that_exclude_each_other_are_one_person_of_two() -> None:
    data = held(("H1", "dibao", "2024-01", None), ("H1", "destitute", "2024-02", None))
    assert total(data) == (1, 2)
    assert total(data, "dibao") == (1, 2)
    assert total(data, "destitute") == (1, 1)


def test_a_third_programme_beside_them_is_not_concerned() -> None:
    data = held(
        ("H1", "dibao", "2024-01", None), ("H1", "destitute", "2024-02", None), ("H1", "old_age", "2024-01", None)
    )
    assert total(data, "old_age") == (0, 1)


@pytest.mark.parametrize("other", ["disability_care", "orphan"])  # allowed; only topped up
def test_what_may_be_held_together_is_no_duplicate(other: str) -> None:
    assert total(held(("H1", "dibao", "2024-01", None), ("H1", other, "2024-01", None))) == (0, 2)


def test_a_programme_that_lifts_the_ban_lifts_it() -> None:
    pair = [("H1", "de_facto_orphan", "2024-01", None), ("H1", "disability_living", "2024-01", None)]
    assert total(held(*pair)) == (1, 2)
    assert total(held(*pair, ("H1", "dibao", "2024-01", None))) == (0, 2)


def test_the_day_the_rule_changes() -> None:
    data = held(("H1", "dibao", "2024-01", None), ("H1", "destitute", "2024-02", None))

    def barred(since: str) -> Policy:
        return Policy.of(exclusive=[{"a": "dibao", "b": "destitute", "action": "forbid", "from": since}])

    assert (total(data, policy=barred("2024-06-30")), total(data, policy=barred("2024-07-01"))) == ((1, 2), (0, 2))


def test_one_programme_in_two_households_counts_and_two_awards_of_one_do_not() -> None:
    assert total(held(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-02", None))) == (1, 2)
    assert total(held(("H1", "dibao", "2024-01", None), ("H1", "dibao", "2024-02", None))) == (0, 2)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [("2024-06", None, 1), ("2024-07", None, 0), ("2024-01", "2024-06", 1), ("2024-01", "2024-05", 0)],
)
def test_both_must_cover_the_month_of_the_data(since: str, until: str | None, expected: int) -> None:
    assert total(held(("H1", "dibao", "2024-01", None), ("H2", "dibao", since, until))) == (expected, 2)


def test_a_person_counts_once_where_the_award_that_began_last_is() -> None:
    data = held(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-02", None))
    assert total(data, region=VILLAGE) == (0, 1)
    assert total(data, region=NEXT_VILLAGE) == (1, 1)
    assert total(data, region=TOWN) == (1, 2)
    found = rollup.rows(metrics, data, RULES, METRIC, region=NEXT_VILLAGE)
    assert found.select("in_part", "award_no", "household_no").rows() == [(True, "W1", "H2")]
