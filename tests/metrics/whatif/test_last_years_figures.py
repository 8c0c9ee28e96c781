"""Tests of published figures for every village: the nearest above, of the year asked, or unknown."""

from metrics.whatif.reference import figures, of_year
from tests.metrics.county import COUNTY, FAR_VILLAGE, TOWN, VILLAGE, households, regions
from tests.metrics.whatif.made import population
from tests.worlds import Row, world

CODES = (VILLAGE, "990101001099", FAR_VILLAGE, "330101001001")


def figure(region: str, year: str, item: str, value: str) -> Row:
    return {"region_code": region, "year": year, "item": item, "value": value}


def said(*rows: Row) -> dict[str, dict[int, list[int]]]:
    homes = households(H1=VILLAGE, H2="990101001099", H3="330101001001")
    published = {"reference": list(rows)} if rows else {}
    found = figures(world(region=regions(), household=homes, **published), CODES)
    return {item: {year: one.tolist() for year, one in years.items()} for item, years in found.items() if years}


def test_each_village_has_the_figure_of_the_nearest_region_above_it() -> None:
    county, town = figure(COUNTY, "2024", "min_wage", "1760"), figure(TOWN, "2024", "min_wage", "1800.50")
    assert said(county, town) == {"min_wage": {2024: [180050, 180050, 176000, -1]}}


def test_a_year_without_a_figure_is_not_there_and_one_item_says_nothing_of_another() -> None:
    found = said(figure(COUNTY, "2023", "income_rural", "12000"), figure(COUNTY, "2024", "consumption_rural", "9000"))
    assert found == {
        "income_rural": {2023: [1200000, 1200000, 1200000, -1]},
        "consumption_rural": {2024: [900000, 900000, 900000, -1]},
    }


def test_without_reference_figures_everything_is_unknown() -> None:
    assert said() == {}
    assert of_year(population({}), "min_wage", 2024).tolist() == [-1]
