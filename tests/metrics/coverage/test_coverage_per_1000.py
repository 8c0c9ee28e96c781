"""Tests of how many of a thousand residents are covered, by hand."""

import pytest

import metrics
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    FAR_VILLAGE,
    NEXT_VILLAGE,
    OTHER_TOWN,
    POLICY,
    TOWN,
    VILLAGE,
    award,
    covered,
    households,
    number,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "coverage_per_1000"
HOMES = households(H1=VILLAGE, H2=NEXT_VILLAGE, H3=FAR_VILLAGE)
KNOWN = regions(village="1000", next_village="500", far_village="500")
AS_OF = "2024-03-31"


def test_persons_covered_by_residents_at_every_tier() -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H1", "2024-01"), award("W2", "H2", "2024-01"), award("W3", "H3", "2024-03")],
        beneficiary=[
            covered("W1", "示例甲", "2024-01"),
            covered("W1", "示例乙", "2024-01"),
            covered("W2", "示例丙", "2024-01"),
            covered("W3", "示例丁", "2024-03"),
        ],
    )
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-01") == (2, 1000, 2.0)
    assert part_whole(table, TOWN, "2024-01") == (3, 1500, 2.0)
    assert part_whole(table, OTHER_TOWN, "2024-02") == (0, 500, 0.0)
    assert part_whole(table, COUNTY, "2024-03") == (4, 2000, 2.0)


@pytest.mark.parametrize(
    ("row_until", "award_until", "months"),
    [
        (None, None, ["2024-01", "2024-02", "2024-03"]),  # open: to the month of as_of
        (None, "2024-02", ["2024-01", "2024-02"]),  # an open row ends with its award
        ("2024-03", "2024-02", ["2024-01", "2024-02"]),  # no row outlives its award
        ("2024-01", "2024-02", ["2024-01"]),  # its own last month is still covered, the next is not
    ],
)
def test_a_row_covers_its_months_both_included(
    row_until: str | None, award_until: str | None, months: list[str]
) -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H1", "2024-01", award_until), award("W2", "H2", "2024-01")],
        beneficiary=[covered("W1", "示例甲", "2024-01", row_until), covered("W2", "示例乙", "2024-01")],
    )
    behind = rollup.rows(metrics, data, POLICY, METRIC, region=VILLAGE)
    assert behind["month"].dt.strftime("%Y-%m").to_list() == months


def test_months_before_the_first_beneficiary_are_not_shown_as_nobody() -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H1", "2024-02"), award("W2", "H1", "2024-03", programme="destitute")],
        beneficiary=[covered("W1", "示例甲", "2024-02"), covered("W2", "示例乙", "2024-03")],
    )
    table = numbers(data, METRIC)
    with pytest.raises(KeyError):
        number(table, COUNTY, "2024-01")
    with pytest.raises(KeyError):
        number(table, COUNTY, "2024-02", "destitute")
    assert part_whole(table, COUNTY, "2024-02", "dibao") == (1, 2000, 0.5)


def test_the_picture_reaches_three_years_back() -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H1", "2015-01")],
        beneficiary=[covered("W1", "示例甲", "2015-01")],
    )
    months = numbers(data, METRIC)["month"].unique().sort().dt.strftime("%Y-%m").to_list()
    assert (months[0], months[-1], len(months)) == ("2021-04", "2024-03", 36)


def test_a_person_covered_twice_is_one_person_and_one_of_each_programme() -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H1", "2024-01"), award("W2", "H1", "2024-02", programme="destitute")],
        beneficiary=[
            covered("W1", "示例甲", "2024-01"),
            covered("W1", "示例甲", "2024-03"),  # a second row of the same award, overlapping
            covered("W2", "示例甲", "2024-02"),
        ],
    )
    table = numbers(data, METRIC)
    for programme in ("", "dibao", "destitute"):
        assert part_whole(table, COUNTY, "2024-03", programme) == (1, 2000, 0.5)


def test_a_person_in_two_villages_counts_once_where_the_later_award_is() -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H2", "2024-02"), award("W2", "H1", "2024-01")],
        beneficiary=[covered("W1", "示例甲", "2024-02"), covered("W2", "示例甲", "2024-01")],
    )
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-01")[0] == 1
    assert part_whole(table, VILLAGE, "2024-02")[0] == 0
    assert part_whole(table, NEXT_VILLAGE, "2024-02")[0] == 1
    assert part_whole(table, COUNTY, "2024-02")[0] == 1


def test_other_programmes_are_not_covered_here() -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H1", "2024-01", programme="old_age"), award("W2", "H1", "2024-01")],
        beneficiary=[covered("W1", "示例甲", "2024-01"), covered("W2", "示例乙", "2024-01")],
    )
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-01")[0] == 1


def one_covered(*, region: list[Row], reference: list[Row] | None = None) -> dict[str, tuple[object, ...]]:
    """Part, whole and value of each region in 2024-03, one person covered in the first village."""
    more = {} if reference is None else {"reference": reference}
    data = world(
        AS_OF,
        region=region,
        household=HOMES,
        award=[award("W1", "H1", "2024-03")],
        beneficiary=[covered("W1", "示例甲", "2024-03")],
        **more,
    )
    table = numbers(data, METRIC)
    return {code: part_whole(table, code) for code in table["region_code"].unique()}


def test_without_residents_the_rate_is_unknown_and_the_persons_are_not() -> None:
    found = one_covered(region=regions())
    assert found[COUNTY] == (1, None, None)
    assert found[VILLAGE] == (1, None, None)
    assert found[NEXT_VILLAGE] == (0, None, None)


def test_one_village_unknown_makes_its_town_and_county_unknown() -> None:
    found = one_covered(region=regions(village="1000", far_village="500"))
    assert found[VILLAGE] == (1, 1000, 1.0)
    assert found[NEXT_VILLAGE] == (0, None, None)
    assert found[TOWN] == (1, None, None)
    assert found[OTHER_TOWN] == (0, 500, 0.0)
    assert found[COUNTY] == (1, None, None)


def test_what_a_county_knows_beyond_its_villages_is_in_its_unassigned_part_without_a_rate() -> None:
    found = one_covered(region=regions(county="4000", village="1000", far_village="500"))
    assert found[COUNTY] == (1, 4000, 0.25)
    assert found[TOWN] == (1, None, None)  # its second village is unknown
    assert found[f"{COUNTY}/-"] == (0, 3500, None)
    assert found[OTHER_TOWN] == (0, 500, 0.0)


def test_the_figures_of_the_lowest_tier_go_before_a_county_s_own() -> None:
    found = one_covered(region=regions(county="9999", village="1000", next_village="500", far_village="500"))
    assert found[COUNTY] == (1, 2000, 0.5)


def reference(year: str, urban: str | None, rural: str | None) -> list[Row]:
    return [
        {"region_code": COUNTY, "year": year, "item": f"residents_{item}", "value": value}
        for item, value in (("urban", urban), ("rural", rural))
        if value is not None
    ]


def test_residents_are_read_from_the_newest_reference_year_on_or_before() -> None:
    known = [*reference("2022", "1", "1"), *reference("2023", "1500", "2500"), *reference("2025", "1", "1")]
    assert one_covered(region=regions(), reference=known)[COUNTY] == (1, 4000, 0.25)


def test_residents_of_a_later_year_or_of_half_the_county_are_no_residents() -> None:
    known = [*reference("2025", "1500", "2500"), *reference("2023", "1500", None)]
    assert one_covered(region=regions(), reference=known)[COUNTY] == (1, None, None)


def test_over_a_period_the_rate_is_that_of_the_average_month() -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H1", "2024-01")],
        beneficiary=[covered("W1", "示例甲", "2024-01"), covered("W1", "示例乙", "2024-03")],
    )
    assert part_whole(numbers(data, METRIC, months=2), VILLAGE) == (3, 2000, 1.5)


def test_four_persons_covered_all_year_are_not_shown_as_forty_eight() -> None:
    def over_a_year(persons: int) -> dict[str, object]:
        data = world(
            "2024-12-31",
            region=KNOWN,
            household=HOMES,
            award=[award("W1", "H1", "2024-01")],
            beneficiary=[covered("W1", f"示例{place}", "2024-01") for place in range(persons)],
        )
        return number(numbers(data, METRIC, small_cell=None, months=12), VILLAGE)

    assert (over_a_year(4)["suppressed"], over_a_year(4)["part"]) == (True, None)
    assert (over_a_year(5)["suppressed"], over_a_year(5)["part"]) == (False, 60)


def test_without_beneficiaries_it_is_not_measured_and_says_what_lacks() -> None:
    data = world(region=KNOWN, household=HOMES)
    assert rollup.unavailable(metrics, data)[METRIC] == ["award", "beneficiary"]
    assert numbers(data, METRIC).is_empty()


def test_the_interval_of_a_period_counts_persons_not_person_months() -> None:
    data = world(
        AS_OF,
        region=KNOWN,
        household=HOMES,
        award=[award("W1", "H1", "2024-01"), award("W2", "H1", "2024-01")],
        beneficiary=[covered("W1", "示例甲", "2024-01"), covered("W2", "示例乙", "2024-01")],
    )

    def interval(months: int) -> tuple[int, float, float]:
        table = rollup.period(metrics, data, POLICY, months, only=[METRIC], small_cell=0)
        (row,) = table.filter((table["region_code"] == COUNTY) & (table["programme"] == "")).to_dicts()
        return row["part"], round(row["low"], 6), round(row["high"], 6)

    # two persons in three months are six person-months; Garwood of 2 in 2 thousand all the same
    assert interval(1) == (2, 0.121105, 3.612344)
    assert interval(3) == (6, 0.121105, 3.612344)
