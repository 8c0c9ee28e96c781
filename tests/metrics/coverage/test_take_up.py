"""Tests of who of the eligible has dibao, by hand."""

from typing import Any

import pytest

import metrics
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import COUNTY, NEXT_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, award, covered, households, part_whole
from tests.metrics.coverage.dibao import RULES, behind, counted, finding, homes, lives, no_cars, stated
from tests.worlds import Row

METRIC = "take_up"
# H1 has dibao, H2 has not; both live on nothing
BOTH: dict[str, list[Row]] = {
    "household": households(H1=VILLAGE, H2=NEXT_VILLAGE),
    "member": [lives("H1", "示例甲"), lives("H2", "示例乙")],
    "means": [stated("H1", "0"), stated("H2", "0")],
    "award": [award("W1", "H1", "2024-01")],
    "beneficiary": [covered("W1", "示例甲", "2024-01")],
}


def of_second(policy: Policy = RULES, **tables: Any) -> bool | str | None:
    """Is H2 in the part (it has dibao), not (false), undecidable (null), or not among the eligible ("outside")?"""
    return behind(homes(**{**BOTH, **tables}), METRIC, policy).get("H2", "outside")


def test_eligible_with_dibao_by_eligible_at_every_tier_in_the_month_of_the_data() -> None:
    table = counted(homes(**BOTH), METRIC)
    for programme in ("", "dibao"):
        assert part_whole(table, COUNTY, "2024-06", programme) == (1, 2, 0.5)
        assert part_whole(table, TOWN, "2024-06", programme) == (1, 2, 0.5)
        assert part_whole(table, VILLAGE, "2024-06", programme) == (1, 1, 1.0)
        assert part_whole(table, NEXT_VILLAGE, "2024-06", programme) == (0, 1, 0.0)
    assert table["month"].n_unique() == 1
    with pytest.raises(KeyError):
        part_whole(table, OTHER_TOWN)


@pytest.mark.parametrize(("yuan", "expected"), [("7199.99", False), ("7200", "outside")])
def test_equal_to_the_line_is_not_eligible(yuan: str, expected: bool | str) -> None:
    assert of_second(means=[stated("H1", "0"), stated("H2", yuan)]) == expected


def test_the_newest_statement_on_or_before_the_day_governs() -> None:
    later = stated("H2", "0", "2024-06-30")
    assert of_second(means=[stated("H2", "9999", "2023-01-01"), later]) is False
    assert of_second(means=[stated("H2", "9999", "2024-01-01"), stated("H2", "0", "2024-07-01")]) == "outside"


def test_who_owns_what_excludes_is_not_eligible_and_what_calls_for_a_look_is_no_bar() -> None:
    shut = no_cars("exclude")
    look = no_cars("verify")
    owns = [finding("M1", "示例乙", "vehicle", detail="car")]
    assert of_second(shut, match=owns) == "outside"
    assert of_second(look, match=owns) is False
    assert of_second(shut, match=[finding("M1", "示例乙", "vehicle")]) is None  # perhaps a car


def test_no_statement_is_outside_and_one_without_a_figure_undecidable() -> None:
    assert of_second(means=[stated("H1", "0")]) == "outside"
    assert of_second(means=[stated("H1", "0"), stated("H2", None)]) is None
    assert part_whole(counted(homes(**{**BOTH, "means": [stated("H1", "0"), stated("H2", None)]}), METRIC), COUNTY)[
        :2
    ] == (
        1,
        1,
    )


def test_a_covered_household_without_a_statement_is_undecidable() -> None:
    assert behind(homes(**{**BOTH, "means": [stated("H2", "0")]}), METRIC) == {"H1": None, "H2": False}


def test_without_a_standard_nobody_can_tell() -> None:
    assert set(behind(homes(**BOTH), METRIC, Policy.shipped()).values()) == {None}
    assert counted(homes(**BOTH), METRIC, Policy.shipped()).is_empty()


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024-06", None, True),
        ("2024-07", None, False),  # begins after the data
        ("2024-01", "2024-06", True),
        ("2024-01", "2024-05", False),
    ],
)
def test_covered_is_an_award_in_force_in_the_month(since: str, until: str | None, expected: bool) -> None:
    assert of_second(award=[award("W1", "H1", "2024-01"), award("W2", "H2", since, until)]) is expected


def test_a_household_whose_member_has_dibao_elsewhere_is_covered() -> None:
    elsewhere = [covered("W1", "示例甲", "2024-01"), covered("W1", "示例乙", "2024-01")]
    assert of_second(beneficiary=elsewhere) is True


def test_what_excludes_dibao_shuts_out_only_those_who_have_no_dibao() -> None:
    destitute = [award("W1", "H1", "2024-01"), award("W2", "H2", "2024-01", programme="destitute")]
    people = [covered("W1", "示例甲", "2024-01"), covered("W2", "示例乙", "2024-01")]
    assert of_second(award=destitute, beneficiary=people) == "outside"
    both = [*destitute, award("W3", "H2", "2024-01")]
    assert of_second(award=both, beneficiary=people) is True


def test_single_person_entry_is_left_out() -> None:
    single = {**award("W2", "H2", "2024-01"), "single_person_basis": "serious_illness"}
    assert of_second(award=[award("W1", "H1", "2024-01"), single]) == "outside"


def test_the_line_of_the_day_and_not_an_older_one_counts() -> None:
    rising = Policy.of(dibao_standard=[{"value": 500}, {"value": 600, "from": "2024-06-30"}])
    falling = Policy.of(dibao_standard=[{"value": 500}, {"value": 600, "from": "2024-07-01"}])
    means = [stated("H1", "0"), stated("H2", "7000")]
    assert (of_second(rising, means=means), of_second(falling, means=means)) == (False, "outside")


def test_without_comparisons_it_is_not_measured_and_says_what_lacks() -> None:
    data = homes(**BOTH)
    data.manifest.columns.pop("match")
    assert rollup.unavailable(metrics, data)[METRIC] == ["match"]
