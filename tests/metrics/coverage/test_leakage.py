"""Tests of who is on dibao and perhaps not eligible, by hand."""

from typing import Any

import pytest

from casework.policy import Policy
from tests.metrics.county import COUNTY, TOWN, VILLAGE, award, covered, households, part_whole
from tests.metrics.coverage.dibao import RULES, behind, counted, finding, homes, lives, no_cars, stated

METRIC = "leakage"
LONG_AGO = stated("H1", "7200", "2022-01-10")  # above the line since, the taper over


def of_one(policy: Policy = RULES, **tables: Any) -> bool | str | None:
    """Is H1, on dibao, in the part?"""
    plain: dict[str, Any] = {
        "household": households(H1=VILLAGE),
        "member": [lives("H1", "示例甲")],
        "means": [LONG_AGO],
        "award": [award("W1", "H1", "2022-01")],
        "beneficiary": [covered("W1", "示例甲", "2022-01")],
    }
    return behind(homes(**{**plain, **tables}), METRIC, policy).get("H1", "outside")


def test_covered_and_not_eligible_by_covered_that_can_be_judged() -> None:
    table = counted(
        homes(
            household=households(H1=VILLAGE, H2=VILLAGE, H3=VILLAGE, H4=VILLAGE),
            member=[lives(f"H{n}", f"示例{n}") for n in range(1, 5)],
            means=[LONG_AGO, stated("H2", "0"), stated("H4", "7200", "2022-01-10")],  # H3: nobody knows
            award=[award(f"W{n}", f"H{n}", "2022-01") for n in (1, 2, 3)],  # H4: not covered
        ),
        METRIC,
    )
    for region in (VILLAGE, TOWN, COUNTY):
        assert part_whole(table, region, "2024-06", "dibao") == (1, 2, 0.5)
        assert part_whole(table, region, "2024-06") == (1, 2, 0.5)


@pytest.mark.parametrize(("yuan", "expected"), [("7199.99", False), ("7200", True)])
def test_equal_to_the_line_is_not_below(yuan: str, expected: bool) -> None:
    assert of_one(means=[stated("H1", yuan, "2022-01-10")]) is expected


@pytest.mark.parametrize(
    ("stated_on", "expected"),
    [
        ("2023-12-01", False),  # six months after December: the taper ends with June
        ("2023-11-30", True),
        ("2024-06-30", False),  # this very month
    ],
)
def test_a_running_taper_is_not_leakage(stated_on: str, expected: bool) -> None:
    assert of_one(means=[stated("H1", "0", "2022-01-10"), stated("H1", "7200", stated_on)]) is expected


def test_a_countys_own_taper_and_the_day_it_changes() -> None:
    means = [stated("H1", "0", "2022-01-10"), stated("H1", "7200", "2023-11-30")]

    def taper(since: str) -> Policy:
        return Policy.of(dibao_standard=600, taper_months=[{"value": 6}, {"value": 7, "from": since}])

    assert (of_one(taper("2024-06-01"), means=means), of_one(taper("2024-06-02"), means=means)) == (False, True)


def test_above_the_line_only_since_somebody_left_begins_a_taper_then() -> None:
    def left(day: str) -> bool | str | None:
        members = [lives("H1", "示例甲"), lives("H1", "示例乙", left=day)]
        return of_one(member=members, means=[stated("H1", "7200", "2022-01-10")])

    assert left("2023-11-15") is False  # above the line from December on: the taper ends with June
    assert left("2023-10-15") is True
    assert left("2024-06-10") is False  # in the month of the data


@pytest.mark.parametrize(("yuan", "expected"), [("10799.99", False), ("10800", True)])
def test_single_person_entry_is_judged_by_the_edge_line(yuan: str, expected: bool) -> None:
    single = {**award("W1", "H1", "2022-01"), "single_person_basis": "serious_illness"}
    assert of_one(award=[single], means=[stated("H1", yuan, "2022-01-10")]) is expected


def test_an_excluding_finding_counts_below_the_line_too() -> None:
    shut = no_cars("exclude")
    owns = [finding("M1", "示例甲", "vehicle", detail="car")]
    assert of_one(shut, means=[stated("H1", "0")], match=owns) is True
    assert of_one(shut, means=[stated("H1", "0")], match=[finding("M1", "示例甲", "vehicle")]) is None
    assert of_one(shut, means=[stated("H1", "0")]) is False


def test_aid_that_excludes_dibao_is_not_asked_of_those_who_have_dibao() -> None:
    child = award("W2", "H1", "2022-01", programme="de_facto_orphan")
    assert of_one(award=[award("W1", "H1", "2022-01"), child], means=[stated("H1", "0")]) is False


def test_unknown_is_undecidable() -> None:
    assert of_one(means=[stated("H1", None)]) is None
    assert of_one(member=[lives("H1", "示例甲", left="2023-01-01")]) is None  # nobody lives there
    assert of_one(Policy.shipped()) is None


@pytest.mark.parametrize(("until", "expected"), [("2024-06", True), ("2024-05", "outside")])
def test_only_awards_in_force_are_counted(until: str, expected: bool | str) -> None:
    assert of_one(award=[award("W1", "H1", "2022-01", until)]) == expected
