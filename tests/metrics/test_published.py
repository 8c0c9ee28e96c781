"""Tests of published figures up the tree of regions: what adds up, what is unassigned, what is unknown."""

import pytest

from casework.regions import Region, Regions, tier_of
from casework.text import Text
from metrics.published import newest, published, totals
from tests.metrics.county import COUNTY, FAR_VILLAGE, NEXT_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, regions
from tests.worlds import world

TREE = Regions(
    Region(code, Text(code, code), tier_of(code), None)
    for code in (COUNTY, TOWN, OTHER_TOWN, VILLAGE, NEXT_VILLAGE, FAR_VILLAGE)
)
VILLAGES = {VILLAGE: 2, NEXT_VILLAGE: 1, FAR_VILLAGE: 4}


@pytest.mark.parametrize(("offices", "town", "rest"), [(False, 3, 0), (True, 9, 6)])
def test_an_office_may_hold_more_than_its_children_do_and_residents_may_not(
    offices: bool, town: int, rest: int
) -> None:
    found = totals(TREE, {**VILLAGES, TOWN: 9}, offices=offices)
    assert (found[TOWN], found[f"{TOWN}/-"]) == (town, rest)
    assert found[COUNTY] == town + 4


@pytest.mark.parametrize("offices", [False, True])
def test_a_figure_smaller_than_its_known_parts_gives_way(offices: bool) -> None:
    found = totals(TREE, {VILLAGE: 2, TOWN: 1, FAR_VILLAGE: 4}, offices=offices)
    assert (found[TOWN], found[f"{TOWN}/-"], found[NEXT_VILLAGE]) == (2, 0, None)


@pytest.mark.parametrize("offices", [False, True])
def test_one_unknown_child_makes_its_parents_unknown(offices: bool) -> None:
    found = totals(TREE, {VILLAGE: 2, FAR_VILLAGE: 4}, offices=offices)
    assert (found[TOWN], found[OTHER_TOWN], found[COUNTY]) == (None, 4, None)


def test_items_are_added_up_for_the_years_that_have_them_all_in_hundredths() -> None:
    rows = [("2022", "consumption_rural", "12345.67"), ("2023", "consumption_rural", "13000"), ("2023", "staff", "7")]
    data = world(
        region=regions(),
        reference=[{"region_code": COUNTY, "year": year, "item": item, "value": value} for year, item, value in rows],
    )
    assert published(data, "consumption_rural") == {COUNTY: {2022: 1_234_567, 2023: 1_300_000}}
    assert published(data, "consumption_rural", "staff") == {COUNTY: {2023: 1_300_700}}
    assert published(data, "min_wage") == {}


def test_the_newest_year_on_or_before_counts() -> None:
    known = {COUNTY: {2021: 100, 2023: 300}}
    assert [newest(known, COUNTY, year) for year in (2020, 2021, 2022, 2023, 2024)] == [None, 100, 100, 300, 300]
    assert newest(known, TOWN, 2023) is None
