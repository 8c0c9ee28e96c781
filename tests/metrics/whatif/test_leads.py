"""Tests of which leads appear and vanish between two runs."""

import polars as pl

from casework.regions import Region, Regions
from casework.text import Text
from metrics.whatif.leads import BY_REGION_SCHEMA, COMPARED_SCHEMA, by_region, compared, veiled

COUNTY, ONE, OTHER = "990101000000", "990101001000", "990101002000"
UNITS = Regions(
    [
        Region(COUNTY, Text("示例县", "County"), "county", None),
        Region(ONE, Text("甲镇", "One"), "township", None),
        Region(OTHER, Text("乙镇", "Other"), "township", None),
    ]
).frame([ONE, OTHER, COUNTY])


def leads(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=["lead_id", "scheme", "region_code"], orient="row")


def test_a_lead_appears_vanishes_or_stays() -> None:
    before = leads(("a", "late_decision", ONE), ("b", "late_decision", ONE), ("c", "late_step", ONE))
    after = leads(("b", "late_decision", ONE), ("d", "late_decision", OTHER), ("e", "late_decision", OTHER))
    found = compared(before, after)
    assert found.schema == COMPARED_SCHEMA
    assert found.rows() == [("late_decision", 2, 1, 1), ("late_step", 0, 1, 0)]


def test_the_same_run_twice_changes_nothing() -> None:
    same = leads(("a", "late_decision", ONE), ("b", "late_step", OTHER))
    assert compared(same, same.reverse()).select("appears", "vanishes").sum().row(0) == (0, 0)


def test_without_leads_there_is_no_row() -> None:
    nothing = leads().cast(pl.String())
    assert compared(nothing, nothing).rows() == []
    assert compared(nothing, leads(("a", "late_step", ONE))).rows() == [("late_step", 1, 0, 0)]


def test_a_higher_region_counts_what_lies_below_and_a_lead_that_moved_stays_in_it() -> None:
    before, after = leads(("a", "late_step", ONE)), leads(("a", "late_step", OTHER), ("b", "late_step", COUNTY))
    found = by_region(before, after, UNITS)
    assert found.schema == BY_REGION_SCHEMA
    assert found.rows() == [
        (COUNTY, "late_step", 1, 0, 1),
        (f"{COUNTY}/-", "late_step", 1, 0, 0),
        (ONE, "late_step", 0, 1, 0),
        (OTHER, "late_step", 1, 0, 0),
    ]


def test_few_that_appear_or_vanish_are_hidden_and_what_stays_with_them() -> None:
    counts = pl.DataFrame(
        [("a", 9, 0, 40), ("b", 10, 12, 40), ("c", 0, 3, 40), ("d", 0, 0, 9), ("e", 0, 0, 0)],
        schema=COMPARED_SCHEMA,
        orient="row",
    )
    assert veiled(counts, 10).rows() == [
        ("a", None, 0, None),
        ("b", 10, 12, 40),
        ("c", 0, None, None),  # 43 are raised today
        ("d", 0, 0, None),
        ("e", 0, 0, 0),
    ]
    assert veiled(counts.drop("stays"), 10)["vanishes"].to_list() == [0, 12, None, 0, 0]
