"""Properties of adding up: of whatever counts, over whatever tree."""

from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from casework.card import MetricCard, MetricKind
from casework.regions import Region, Regions, tier_of
from casework.text import Text
from metrics.honest.value import judged
from metrics.rollup import Measured
from metrics.sums import Counted, summed
from tests.metrics.county import COUNTY, FAR_VILLAGE, NEXT_VILLAGE, OTHER_TOWN, TOWN, VILLAGE

KNOWN = ["990000000000", COUNTY, TOWN, OTHER_TOWN, VILLAGE, NEXT_VILLAGE, FAR_VILLAGE, "990201001001"]
TREES = st.lists(st.sampled_from(KNOWN), unique=True).map(
    lambda codes: Regions(Region(code, Text(code, code), tier_of(code), None) for code in codes)
)
PLACES = st.tuples(
    st.sampled_from(["", "dibao"]),
    st.one_of(st.none(), st.sampled_from([*KNOWN, "990101001099", "970000000000"])),
    st.integers(24288, 24293),
)
CASES = st.lists(st.tuples(PLACES, st.booleans(), st.integers(0, 60)), max_size=30)
Case = tuple[tuple[str, str | None, int], bool, int]


def card(kind: MetricKind) -> MetricCard:
    word = Text("示例", "example")
    return MetricCard("example", "efficiency", kind, word, word, word, word, word, word, (), "neither", word)


def shares(cases: list[Case]) -> Counted:
    rows = [(*place, int(inside), 1) for place, inside, _ in cases]
    schema = {
        "counted_as": pl.String,
        "region_code": pl.String,
        "month_index": pl.Int32,
        "part": pl.Int64,
        "whole": pl.Int64,
    }
    return Counted(card("share"), pl.DataFrame(rows, schema=schema, orient="row"), None, ())


def medians(cases: list[Case]) -> Counted:
    rows = [(*place, value, 1) for place, _, value in cases]
    schema = {
        "counted_as": pl.String,
        "region_code": pl.String,
        "month_index": pl.Int32,
        "value": pl.Int64,
        "whole": pl.Int64,
    }
    return Counted(card("quantile"), pl.DataFrame(rows, schema=schema, orient="row"), None, ())


def told(frame: pl.DataFrame, *columns: str) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {
        (row["counted_as"], row["unit"], row["month_index"]): tuple(row[c] for c in columns) for row in frame.to_dicts()
    }


@given(TREES, CASES)
def test_a_sum_is_what_its_rows_come_to(tree: Regions, cases: list[Case]) -> None:
    expected: dict[tuple[str, str, int], list[int]] = {}
    for (programme, code, month), inside, _ in cases:
        for unit in tree.units(code):
            count = expected.setdefault((programme, unit, month), [0, 0])
            count[0] += inside
            count[1] += 1
    assert told(summed(shares(cases), tree), "part", "whole") == {key: tuple(count) for key, count in expected.items()}


@given(TREES, CASES)
def test_every_tier_from_the_root_down_adds_up_to_the_same(tree: Regions, cases: list[Case]) -> None:
    sums = summed(shares(cases), tree)
    lowest = sums.filter(pl.col("tier") == tree.tiers[-1])
    assert (lowest["part"].sum(), lowest["whole"].sum()) == (sum(inside for _, inside, _ in cases), len(cases))
    found = told(sums, "part", "whole")
    for (programme, unit, month), count in found.items():
        parts = [
            found[programme, below, month]
            for below in {unit for _, unit, _ in found}
            if tree[below].parent == unit and (programme, below, month) in found
        ]
        if parts:
            assert tuple(map(sum, zip(*parts, strict=True))) == count


@given(TREES, CASES)
def test_a_median_is_that_of_its_cases(tree: Regions, cases: list[Case]) -> None:
    values: dict[tuple[str, str, int], list[int]] = {}
    for (programme, code, month), _, value in cases:
        for unit in tree.units(code):
            values.setdefault((programme, unit, month), []).append(value)
    counted = medians(cases)
    found = told(judged(summed(counted, tree), counted.card), "whole", "value", "low", "high")
    assert found.keys() == values.keys()
    for key, (whole, value, low, high) in found.items():
        assert (whole, value) == (len(values[key]), pl.Series(values[key]).median())
        known = [bound for bound in (low, value, high) if bound is not None]
        assert all(a <= b for a, b in pairwise(known))
        assert {low, high} - {None} <= set(values[key])


@given(TREES, CASES, st.integers(1, 8))
def test_a_period_is_the_sum_of_its_months(tree: Regions, cases: list[Case], months: int) -> None:
    window = (24293 - months + 1, 24293)
    inside = [
        ((programme, code, 24293), part, v) for (programme, code, m), part, v in cases if window[0] <= m <= window[1]
    ]
    assert told(summed(shares(cases), tree, window), "part", "whole") == told(
        summed(shares(inside), tree), "part", "whole"
    )


@given(TREES, CASES, st.integers(0, 6))
def test_nothing_of_a_small_cell_is_left_and_what_is_shown_is_as_counted(
    tree: Regions, cases: list[Case], limit: int
) -> None:
    counted = shares(cases)
    measured = Measured(tree, {"example": counted}, 24293, 5)
    every, shown = (cells(measured.table(small_cell=least)) for least in (0, limit))
    assert every.keys() <= shown.keys()
    for place, before in every.items():
        after = shown[place]
        if any(0 < before[name] < limit for name in ("part", "whole")):
            assert after["suppressed"]
        if after["suppressed"]:
            assert [after[name] for name in ("part", "value", "low", "high")] == [None] * 4
            assert after["whole"] in (None, before["whole"])
            assert not 0 < (after["whole"] or 0) < limit
        else:
            assert after == before


@given(TREES, CASES)
def test_one_number_is_hidden_where_the_table_hides_it(tree: Regions, cases: list[Case]) -> None:
    measured = Measured(tree, {"example": shares(cases)}, 24293, 5)
    for (programme, region, month), row in cells(measured.table(small_cell=5)).items():
        index = month.year * 12 + month.month - 1
        assert measured.hides("example", programme, region, (index, index), 5) is row["suppressed"]
        assert not measured.hides("example", programme, region, (index, index), 0)


def cells(table: pl.DataFrame) -> dict[tuple[str, str, date], dict[str, object]]:
    """The rows of a table by programme, region and month."""
    return {(row["programme"], row["region_code"], row["month"]): row for row in table.to_dicts()}


@given(st.integers(0, 400), st.integers(0, 400))
def test_no_whole_no_number(part: int, whole: int) -> None:
    frame = pl.DataFrame({"unit": [COUNTY], "part": [part], "whole": [whole], "repeats": [1]})
    row = judged(frame, card("rate")).row(0, named=True)
    if whole == 0:
        assert (row["value"], row["low"], row["high"]) == (None, None, None)
    else:
        assert row["low"] <= row["value"] <= row["high"]


def test_who_stands_behind_every_month_is_judged_by_the_average_month() -> None:
    rows = [("", VILLAGE, month, 100, 200, 4) for month in range(24288, 24291)]
    schema = {
        "counted_as": pl.String,
        "region_code": pl.String,
        "month_index": pl.Int32,
        "part": pl.Int64,
        "whole": pl.Int64,
        "behind": pl.Int64,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    regions = Regions([Region(VILLAGE, Text(VILLAGE, VILLAGE), "village", None)])

    def hides(*standing: str) -> bool:
        counted = Counted(card("ratio"), frame, None, standing)
        return Measured(regions, {"example": counted}, 24290, 5).hides("example", "", VILLAGE, (24288, 24290))

    assert hides("behind")  # the same four, month after month
    assert not hides()  # four others each month: twelve
