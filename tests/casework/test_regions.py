"""Tests of the tree of regions and of what only a higher tier knows."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.regions import NOT_IN_A_VILLAGE, NOT_PROVIDED, ROOT, TOGETHER, Region, Regions, tier_of
from casework.text import Text
from tests.worlds import Row, world

PROVINCE, CITY, COUNTY = "990000000000", "990100000000", "990101000000"
TOWN, OTHER_TOWN = "990101001000", "990101002000"
VILLAGE, NEXT_VILLAGE = "990101001001", "990101001002"


def tree(*codes: str, **parents: str) -> Regions:
    return Regions(Region(code, Text(code, code), tier_of(code), parents.get(f"p{code}")) for code in codes)


WHOLE = tree(PROVINCE, CITY, COUNTY, TOWN, OTHER_TOWN, VILLAGE, NEXT_VILLAGE)


def test_a_parent_is_read_from_the_digits_where_the_table_does_not_say() -> None:
    assert [region.code for region in WHOLE.path(VILLAGE)] == [PROVINCE, CITY, COUNTY, TOWN, VILLAGE]


def test_a_stated_parent_goes_before_the_digits() -> None:
    stated = tree(COUNTY, TOWN, OTHER_TOWN, VILLAGE, **{f"p{VILLAGE}": OTHER_TOWN})
    assert stated[VILLAGE].parent == OTHER_TOWN


def test_a_stated_parent_that_is_not_in_the_table_counts_for_nothing() -> None:
    assert tree(COUNTY, TOWN, **{f"p{TOWN}": "980000000000"})[TOWN].parent == COUNTY


def test_a_missing_tier_is_skipped() -> None:
    assert tree(COUNTY, VILLAGE)[VILLAGE].parent == COUNTY


def test_a_county_s_own_source_is_its_own_root() -> None:
    assert tree(COUNTY, TOWN).root == COUNTY


def test_several_roots_get_one_root_together() -> None:
    two = tree("990101000000", "990102000000")
    assert (two.root, two[ROOT].name, two[ROOT].tier) == (ROOT, TOGETHER, "all")
    assert [region.code for region in two.children(ROOT)] == ["990101000000", "990102000000"]
    assert two["990102000000"].parent == ROOT


def test_without_a_region_table_there_is_one_region_not_provided() -> None:
    lone = Regions.of(world())
    assert (lone.root, lone[ROOT].name, lone.codes) == (ROOT, NOT_PROVIDED, (ROOT,))
    assert lone.units(VILLAGE) == (ROOT,)
    assert lone.units(None) == (ROOT,)


def test_children_and_descendants_are_in_the_order_of_codes() -> None:
    assert [region.code for region in WHOLE.children(COUNTY)] == [TOWN, OTHER_TOWN]
    assert WHOLE.descendants(COUNTY) == (COUNTY, TOWN, VILLAGE, NEXT_VILLAGE, OTHER_TOWN)
    assert WHOLE.codes == (PROVINCE, CITY, COUNTY, TOWN, VILLAGE, NEXT_VILLAGE, OTHER_TOWN)


@pytest.mark.parametrize(
    ("code", "home"),
    [
        (VILLAGE, VILLAGE),
        ("990101001099", TOWN),  # an unknown village of a known town
        ("990101077099", COUNTY),  # an unknown town too
        ("990177000000", CITY),
        ("990000000099", PROVINCE),
        ("980101001001", PROVINCE),  # another province: nothing known but the root
        (None, PROVINCE),
    ],
)
def test_a_code_that_is_not_in_the_table_belongs_to_its_nearest_known_ancestor(code: str | None, home: str) -> None:
    assert WHOLE.home(code) == home


def test_what_only_a_higher_tier_knows_is_counted_in_its_unassigned_part_at_every_lower_tier() -> None:
    assert WHOLE.units(COUNTY) == (PROVINCE, CITY, COUNTY, f"{COUNTY}/-", f"{COUNTY}/-/-")
    assert WHOLE.units(TOWN) == (PROVINCE, CITY, COUNTY, TOWN, f"{TOWN}/-")
    assert WHOLE.units(VILLAGE) == (PROVINCE, CITY, COUNTY, TOWN, VILLAGE)


def test_a_town_without_villages_has_an_unassigned_part_where_others_have_villages() -> None:
    assert WHOLE.units(OTHER_TOWN)[-2:] == (OTHER_TOWN, f"{OTHER_TOWN}/-")


def test_the_unassigned_part_is_a_region_with_a_name_a_tier_and_a_parent() -> None:
    part = WHOLE[f"{COUNTY}/-"]
    assert (part.name, part.tier, part.parent, part.unassigned) == (NOT_IN_A_VILLAGE, "township", COUNTY, True)
    assert WHOLE[f"{COUNTY}/-/-"].parent == f"{COUNTY}/-"
    assert WHOLE[f"{COUNTY}/-/-"].tier == "village"


def test_a_village_has_no_unassigned_part() -> None:
    with pytest.raises(KeyError):
        WHOLE[f"{VILLAGE}/-"]


def test_tiers_are_those_of_the_tree_the_highest_first() -> None:
    assert WHOLE.tiers == ("province", "city", "county", "township", "village")
    assert tree(COUNTY, VILLAGE).tiers == ("county", "village")


def test_of_two_rows_of_one_code_the_first_counts() -> None:
    twice = Regions.of(
        world(
            region=[
                {"region_code": COUNTY, "name": "示例县", "tier": "county"},
                {"region_code": COUNTY, "name": "示例旧县", "tier": "county"},
            ]
        )
    )
    assert twice[COUNTY].name.zh == "示例县"


def test_a_ring_closed_by_the_digits_is_opened() -> None:
    ring = tree(COUNTY, TOWN, **{f"p{COUNTY}": TOWN})
    assert [region.code for region in ring.path(TOWN)] == [COUNTY, TOWN]


def test_tier_of_reads_the_digits() -> None:
    codes = [ROOT, PROVINCE, CITY, COUNTY, TOWN, VILLAGE]
    assert [tier_of(code) for code in codes] == ["all", "province", "city", "county", "township", "village"]


def test_the_frame_puts_each_code_beside_all_it_counts_in() -> None:
    frame = tree(COUNTY, TOWN).frame([None, TOWN])
    assert frame.rows() == [
        (None, COUNTY, "county"),
        (None, f"{COUNTY}/-", "township"),
        (TOWN, COUNTY, "county"),
        (TOWN, TOWN, "township"),
    ]
    assert frame.schema == {"region_code": pl.String, "unit": pl.String, "tier": pl.String}


CODES = st.sampled_from(
    [PROVINCE, CITY, COUNTY, "990102000000", TOWN, OTHER_TOWN, VILLAGE, NEXT_VILLAGE, "990102001001", "990200000000"]
)


@given(st.lists(CODES, unique=True), st.lists(st.one_of(st.none(), CODES, st.just("970101001001"))))
def test_every_row_counts_once_in_the_children_of_whatever_it_counts_in(
    known: list[str], rows: list[str | None]
) -> None:
    regions = tree(*known)
    counted = regions.frame(rows)
    for row in set(rows):
        units = counted.filter(pl.col("region_code").eq_missing(row))["unit"].to_list()
        assert units[0] == regions.root
        for above, below in pairwise(units):
            assert regions[below].parent == above
        assert regions[units[-1]].tier == regions.tiers[-1]


def merged(on: str, ended: str | None = "2023-06-30", successor: str | None = OTHER_TOWN) -> Regions:
    """A county whose first township went into its second on 2023-06-30, the village still with its old code."""
    rows: list[Row] = [
        {"region_code": COUNTY, "name": "示例县", "tier": "county"},
        {"region_code": TOWN, "name": "旧镇", "tier": "township", "valid_to": ended, "successor_code": successor},
        {"region_code": OTHER_TOWN, "name": "新镇", "tier": "township"},
        {"region_code": VILLAGE, "name": "示例村", "tier": "village", "parent_code": TOWN},
    ]
    return Regions.of(world(on, region=rows))


@pytest.mark.parametrize(("on", "home"), [("2023-06-30", TOWN), ("2023-07-01", OTHER_TOWN)])
def test_a_merged_region_counts_in_its_successor_from_the_day_after_its_last(on: str, home: str) -> None:
    tree = merged(on)
    assert (tree.home(TOWN), tree[VILLAGE].parent) == (home, home)
    assert (TOWN in tree) is (home == TOWN)


def test_what_happened_under_the_old_code_counts_in_the_new_one() -> None:
    tree = merged("2024-01-31")
    assert tree.units(TOWN) == (COUNTY, OTHER_TOWN, f"{OTHER_TOWN}/-")
    assert tree.home("990101001777") == OTHER_TOWN  # an unknown village of the old township
    assert tree[TOWN].name == Text("旧镇", "旧镇")  # what is shown of the past keeps its name


@pytest.mark.parametrize(
    ("ended", "successor"), [(None, OTHER_TOWN), ("2023-06-30", None), ("2023-06-30", "980000000000")]
)
def test_without_an_end_or_a_known_successor_a_region_stays(ended: str | None, successor: str | None) -> None:
    assert TOWN in merged("2024-01-31", ended, successor)


def test_a_region_merged_twice_counts_in_the_last_and_a_ring_merges_nothing() -> None:
    def row(code: str, successor: str) -> Row:
        return {"region_code": code, "tier": "township", "valid_to": "2020-12-31", "successor_code": successor}

    third = "990101003000"
    chain: list[Row] = [row(TOWN, OTHER_TOWN), row(OTHER_TOWN, third), {"region_code": third, "tier": "township"}]
    assert Regions.of(world("2024-01-31", region=chain)).home(TOWN) == third
    ring = Regions.of(world("2024-01-31", region=[row(TOWN, OTHER_TOWN), row(OTHER_TOWN, TOWN)]))
    assert {TOWN, OTHER_TOWN} <= set(ring.codes)
