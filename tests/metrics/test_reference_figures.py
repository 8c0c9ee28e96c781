"""Tests of the figure a region published, or the nearest above it."""

from metrics.reference_figures import nearest
from tests.metrics.county import COUNTY, FAR_VILLAGE, TOWN, VILLAGE, households, regions
from tests.worlds import Row, world

ITEMS = ("consumption_urban", "consumption_rural")


def figure(region: str, year: str, item: str, value: str) -> Row:
    return {"region_code": region, "year": year, "item": item, "value": value}


def of(*rows: Row) -> dict[tuple[str, int], tuple[int | None, ...]]:
    data = world(region=regions(), household=households(H1=VILLAGE, H2="990101001099"), reference=list(rows))
    return {(code, year): tuple(values) for code, year, *values in nearest(data, ITEMS).iter_rows()}


def test_the_nearest_region_with_the_item_says_it() -> None:
    found = of(figure(COUNTY, "2023", ITEMS[1], "20000"), figure(TOWN, "2023", ITEMS[1], "18000.50"))
    assert found[VILLAGE, 2023] == (None, 1_800_050)
    assert found[FAR_VILLAGE, 2023] == (None, 2_000_000)
    assert found["990101001099", 2023] == (None, 1_800_050)  # a village that the region table lacks


def test_each_item_is_looked_for_by_itself() -> None:
    found = of(figure(COUNTY, "2023", ITEMS[0], "30000"), figure(TOWN, "2023", ITEMS[1], "18000"))
    assert found[VILLAGE, 2023] == (3_000_000, 1_800_000)


def test_another_year_is_no_figure() -> None:
    found = of(figure(COUNTY, "2022", ITEMS[1], "20000"), figure(COUNTY, "2024", ITEMS[0], "30000"))
    assert (VILLAGE, 2023) not in found
    assert (found[VILLAGE, 2022], found[VILLAGE, 2024]) == ((None, 2_000_000), (3_000_000, None))


def test_a_figure_below_says_nothing_of_the_region_above() -> None:
    assert (COUNTY, 2023) not in of(figure(TOWN, "2023", ITEMS[1], "18000"))
