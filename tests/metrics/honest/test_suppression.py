"""A small count is hidden, and with it whatever would give it away."""

import numpy as np
import polars as pl
import pytest

from casework.regions import UNASSIGNED, Region, Regions, tier_of
from casework.text import Text
from metrics.honest.suppression import Mask, mask
from tests.metrics.honest.readers import COUNTY, LAST, LIMIT, Table, determined, random_table, read, surely_none

A, B, C, D = (f"99010100{number}000" for number in range(1, 5))
VILLAGE = "990101001001"
OTHER_VILLAGE = "990101001002"
QUARTER = (LAST - 2, LAST)


def table(counts: dict[str, list[int]] | dict[tuple[str, str], list[int]]) -> Table:
    """Of one programme, or of those that stand beside the units."""
    keyed = {key if isinstance(key, tuple) else ("dibao", key): months for key, months in counts.items()}
    units = sorted({unit for _, unit in keyed})
    programmes = sorted({programme for programme, _ in keyed})
    codes = {COUNTY, *(unit.split("/")[0] for unit in units)}
    codes |= {code[:9] + "000" for code in codes}
    regions = Regions(Region(code, Text(code, code), tier_of(code), None) for code in codes)
    length = len(next(iter(keyed.values())))
    empty = [0] * length
    cube = [[keyed.get((programme, unit), empty) for programme in programmes] for unit in units]
    return Table(regions, units, programmes, np.array(cube, dtype=np.int64))


def masked(given: Table, limit: int = LIMIT, *, standing: bool = False) -> Mask:
    return mask(given.cells, given.regions, limit, LAST, standing=standing)


def over(shown: Mask, window: tuple[int, int], programme: str = "") -> set[str]:
    return set(shown.window(*window).filter(pl.col("counted_as") == programme)["unit"])


def in_month(shown: Mask, month: int, programme: str = "") -> set[str]:
    chosen = (pl.col("counted_as") == programme) & (pl.col("month_index") == month)
    return set(shown.months().filter(chosen)["unit"])


def test_beside_a_small_child_its_smallest_sibling_is_hidden() -> None:
    shown = masked(table({A: [1, 1, 1], B: [30, 30, 30], C: [9, 9, 9]}))
    assert over(shown, QUARTER) == {A, C}


def test_of_equal_siblings_the_first_code_is_hidden() -> None:
    assert over(masked(table({A: [1, 1, 1], C: [9, 9, 9], B: [9, 9, 9]})), QUARTER) == {A, B}


def test_a_small_month_hides_the_oldest_of_its_quarter_not_their_sum_nor_the_newest() -> None:
    shown = masked(table({A: [10, 10, 10, 3, 10, 10], B: [30] * 6, C: [20] * 6}))
    assert [in_month(shown, LAST - back) for back in range(5, -1, -1)] == [set()] * 3 + [{A, C}] * 2 + [set()]
    assert over(shown, QUARTER) == over(shown, (LAST - 2, LAST - 1)) == set()


def test_a_small_newest_month_hides_its_whole_quarter() -> None:
    shown = masked(table({A: [10, 10, 3], B: [30] * 3, C: [20] * 3}))
    assert [in_month(shown, LAST - back) for back in range(3)] == [{A, C}] * 3


def test_the_hidden_oldest_are_so_many_that_they_are_no_small_sum_nor_one_alone() -> None:
    few = masked(table({A: [3, 1, 10], B: [30] * 3}))
    assert in_month(few, LAST) == {A, B}  # 3 and 1 would be known to be 4
    alone = masked(table({A: [0, 3, 10], B: [30] * 3}))
    assert in_month(alone, LAST) == {A, B}  # 3 beside nobody would be known to be 3
    assert in_month(masked(table({A: [3, 2, 10], B: [30] * 3})), LAST) == set()


def test_an_only_child_is_hidden_with_its_parent() -> None:
    assert over(masked(table({VILLAGE: [1, 1, 1], B + UNASSIGNED: [9, 9, 9]})), QUARTER) == {
        VILLAGE,
        A,
        B,
        B + UNASSIGNED,
    }


def test_a_sibling_without_anybody_protects_nobody() -> None:
    shown = masked(table({A: [9, 9, 3, 9, 9, 9], B: [0, 0, 0, 5, 5, 5], C: [90] * 6, D: [70] * 6}))
    assert in_month(shown, LAST - 3) == {A, D}


def test_a_small_unassigned_part_is_a_child_like_others() -> None:
    shown = masked(table({COUNTY + UNASSIGNED: [1, 1, 1], A: [9, 9, 9], B: [30, 30, 30]}))
    assert over(shown, QUARTER) == {COUNTY + UNASSIGNED, A}


def test_a_small_unassigned_part_is_hidden_at_every_tier() -> None:
    lowest = COUNTY + UNASSIGNED + UNASSIGNED
    shown = masked(table({lowest: [1, 1, 1], VILLAGE: [9, 9, 9], OTHER_VILLAGE: [30, 30, 30]}))
    assert over(shown, QUARTER) == {lowest, COUNTY + UNASSIGNED, A, VILLAGE}


def test_hidden_children_who_are_few_together_get_one_more() -> None:
    counts = {A: [2, 0, 0], B: [2, 0, 0], C: [9, 9, 9], D: [30, 30, 30]}
    assert over(masked(table(counts)), QUARTER) == {A, B, C}
    assert over(masked(table(counts | {B: [3, 0, 0]})), QUARTER) == {A, B}


def test_a_window_is_shown_where_it_is_made_of_visible_blocks() -> None:
    shown = masked(table({A: [10] * 5 + [3], B: [30] * 6}))
    assert over(shown, (LAST - 5, LAST)) == set()
    assert over(shown, (LAST - 5, LAST - 3)) == set()
    assert over(shown, (LAST - 4, LAST)) == set()
    assert over(shown, (LAST - 3, LAST - 2)) == {A, B}
    assert over(shown, (LAST - 1, LAST)) == {A, B}


@pytest.mark.parametrize(("count", "limit", "is_hidden"), [(4, 5, True), (5, 5, False), (1, 2, True), (1, 1, False)])
def test_small_is_below_the_limit(count: int, limit: int, is_hidden: bool) -> None:
    shown = masked(table({A: [9, count, 9], B: [30, 30, 30]}), limit)
    assert in_month(shown, LAST - 1) == ({A, B} if is_hidden else set())


def test_a_limit_of_zero_hides_nothing() -> None:
    assert masked(table({A: [1, 1, 1], B: [30, 30, 30]}), 0).months().is_empty()


def test_the_same_people_month_after_month_are_judged_by_the_average_month() -> None:
    three = table({A: [3, 3, 3], B: [30, 30, 30]})
    assert over(masked(three, standing=True), QUARTER) == {A, B}
    assert over(masked(three), QUARTER) == set()
    assert over(masked(table({A: [0, 0, 5], B: [30, 30, 30]}), standing=True), QUARTER) == set()


@pytest.mark.parametrize(("net", "found"), [(-4, {A, B}), (-5, set())])
def test_a_small_loss_is_hidden_like_a_small_gain(net: int, found: set[str]) -> None:
    assert in_month(masked(table({A: [9, net, 9], B: [30, 30, 30]})), LAST - 1) == found


def test_of_the_programmes_all_are_hidden_where_one_is_small_and_the_total_stays() -> None:
    own = {("dibao", A): [1, 1, 1], ("temporary", A): [9, 9, 9], ("dibao", B): [9, 9, 9], ("temporary", B): [9, 9, 9]}
    shown = masked(table(own))
    assert over(shown, QUARTER, "dibao") == over(shown, QUARTER, "temporary") == {A, B}
    assert over(shown, QUARTER) == set()


def test_where_a_total_is_hidden_every_programme_is() -> None:
    own = {("dibao", A): [1, 1, 1], ("temporary", A): [0, 1, 0], ("dibao", B): [9, 9, 9], ("temporary", B): [9, 9, 9]}
    shown = masked(table(own))
    assert over(shown, QUARTER) == over(shown, QUARTER, "dibao") == over(shown, QUARTER, "temporary") == {A, B}


def test_a_month_without_a_row_is_hidden_with_its_quarter() -> None:
    assert A in in_month(masked(table({A: [0, 3, 9], B: [30, 30, 30]})), LAST - 2)


def test_a_partner_of_a_total_has_anybody_in_the_same_programme() -> None:
    own = {("dibao", A): [1, 38, 0], ("temporary", B): [27, 9, 0], ("dibao", C): [177, 9, 23]}
    assert in_month(masked(table(own)), LAST - 2) == {A, B, C}


def test_where_nothing_is_counted_nothing_is_hidden() -> None:
    shown = masked(Table(Regions([]), [], [], np.zeros((0, 0, 0), dtype=np.int64)))
    assert shown.months().is_empty()
    assert shown.window(*QUARTER).is_empty()


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_rows_does_not_matter(seed: int) -> None:
    given = random_table(np.random.default_rng(seed))
    turned = mask(given.cells.sample(fraction=1, shuffle=True, seed=seed), given.regions, LIMIT, LAST)
    assert masked(given).months().equals(turned.months())


@pytest.mark.parametrize("seed", range(20))
def test_what_is_small_is_hidden_and_a_window_of_a_month_is_the_month(seed: int) -> None:
    given = random_table(np.random.default_rng(seed))
    shown = masked(given)
    small = given.cells.filter(pl.col("count") < LIMIT).drop("count")
    assert small.join(shown.months(), on=small.columns, how="anti").is_empty()
    for month in range(LAST - 3, LAST + 1):
        told = shown.months().filter(pl.col("month_index") == month).drop("month_index")
        assert set(told.iter_rows()) == set(shown.window(month, month).iter_rows())


@pytest.mark.parametrize("seed", range(10))
def test_in_a_hundred_tables_no_hidden_count_follows_from_what_is_shown(seed: int) -> None:
    rng = np.random.default_rng([5, seed])
    found = 0
    for _ in range(100):
        given = random_table(rng)
        reading = read(given, masked(given))
        found += len(reading.hidden)
        assert not (determined(reading.shown, reading.hidden) & (reading.counts > 0)).any()
    assert found > 1000


def test_knowing_that_no_count_is_below_nothing_tells_hardly_any_small_one() -> None:
    rng = np.random.default_rng(11)
    small = told = 0
    for _ in range(100):
        given = random_table(rng)
        reading = read(given, masked(given))
        nobody = surely_none(reading, given.counts.reshape(-1).astype(np.float64))
        known = determined(np.vstack([reading.shown, nobody]), reading.hidden) & reading.small
        small += int(reading.small.sum())
        told += int(known.sum())
    assert told < small / 500


def test_the_audit_finds_what_primary_hiding_alone_leaves() -> None:
    given = table({A: [1, 1, 1], B: [30, 30, 30]})
    shown = masked(given)
    alone = Mask(shown.programmes, shown.tree, shown.time, shown.hidden & (np.array(shown.tree.units) == A))
    reading = read(given, alone)
    assert determined(reading.shown, reading.hidden).all()
