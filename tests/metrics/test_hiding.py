"""What one metric hides, no other metric tells of the same people."""

from dataclasses import replace
from itertools import product

import polars as pl
import pytest

import metrics
from casework.dataset import Tables
from casework.regions import Regions
from metrics import rollup
from metrics.integrity.filing_share import CARD as FILING
from metrics.rollup import Measured
from metrics.sums import Counted
from tests.metrics.county import (
    COUNTY,
    NEXT_VILLAGE,
    POLICY,
    VILLAGE,
    award,
    complaint,
    covered,
    households,
    number,
    regions,
)
from tests.metrics.coverage.dibao import RULES, homes, lives, stated
from tests.worlds import Row, world

MAY = 2024 * 12 + 4
BOTH = households(H1=VILLAGE, H2=NEXT_VILLAGE)


def began(count: int, month: str, until: str | None = None, household: str = "H1") -> list[Row]:
    return [award(f"W{household}{month}{until}{place}", household, month, until) for place in range(count)]


def flows(awards: list[Row]) -> Measured:
    data = world("2024-06-30", region=regions(), household=BOTH, award=awards)
    return rollup.count(metrics, data, POLICY, only=["entry_share", "exit_share", "net_flow"])


def told(measured: Measured, metric: str, month: str, region: str = COUNTY) -> tuple[object, object]:
    row = number(measured.table(only=[metric]), region, month)
    return row["part"], row["whole"]


def test_entries_less_exits_do_not_tell_the_few_exits_beside_many_entries() -> None:
    measured = flows([*began(20, "2024-01"), *began(3, "2024-01", "2024-05"), *began(7, "2024-05")])
    assert told(measured, "exit_share", "2024-05") == (None, 30)
    assert told(measured, "net_flow", "2024-05") == (None, None)  # 7 - 3


def test_the_exits_of_a_month_do_not_tell_the_few_entries_of_the_next() -> None:
    measured = flows([*began(20, "2024-01"), *began(8, "2024-01", "2024-04"), *began(3, "2024-05")])
    assert [told(measured, "entry_share", month)[1] for month in ("2024-04", "2024-05")] == [28, 23]
    assert told(measured, "entry_share", "2024-05") == (None, 23)
    assert told(measured, "exit_share", "2024-04") == (None, 28)  # 23 - 28 + 8 = 3
    assert measured.hides("exit_share", "", COUNTY, (MAY - 1, MAY - 1))


def test_many_entries_and_exits_are_told() -> None:
    measured = flows([*began(20, "2024-01"), *began(8, "2024-01", "2024-04"), *began(6, "2024-05")])
    assert told(measured, "exit_share", "2024-04") == (8, 28)
    assert told(measured, "entry_share", "2024-05") == (6, 23 + 3)
    assert told(measured, "net_flow", "2024-05") == (6, None)


@pytest.mark.parametrize(("having", "lacking"), [(9, 3), (3, 9)])
def test_take_up_and_undercoverage_hide_together(having: int, lacking: int) -> None:
    """Of twelve eligible three have it, or three lack it: either share would tell the three."""
    names = [f"H{place}" for place in range(having + lacking)]
    data = homes(
        household=households(**dict.fromkeys(names, VILLAGE)),
        member=[lives(name, f"示例{name}") for name in names],
        means=[stated(name, "0") for name in names],
        award=[award(f"W{name}", name, "2024-01") for name in names[:having]],
        beneficiary=[covered(f"W{name}", f"示例{name}", "2024-01") for name in names[:having]],
    )
    measured = rollup.count(metrics, data, RULES, only=["take_up", "undercoverage"])
    for metric, region in product(("take_up", "undercoverage"), (COUNTY, VILLAGE)):
        assert told(measured, metric, "2024-06", region) == (None, 12)
        assert measured.hides(metric, "", region, (MAY + 1, MAY + 1))


def persons(small: int, many: int, since: str) -> tuple[list[Row], list[Row]]:
    """Awards and their beneficiaries: few in one village until February, many from `since` in both."""
    awards = [award("W0", "H1", "2024-01", "2024-02"), award("W1", "H1", since), award("W2", "H2", "2024-01")]
    who = [covered("W0", f"少{place}", "2024-01", "2024-02") for place in range(small)]
    who += [covered("W1", f"多{place}", since) for place in range(many)]
    return awards, who + [covered("W2", f"邻{place}", "2024-01") for place in range(many + 1)]


def test_recipients_hidden_in_coverage_are_hidden_as_the_whole_of_complaints() -> None:
    """Three recipients in February hide the oldest months of the village; March would tell them by subtraction."""
    awards, who = persons(3, 20, "2024-03")
    data = world(
        "2024-06-30",
        region=regions(),
        household=BOTH,
        award=awards,
        beneficiary=who,
        complaint=[complaint(f"C{place}", "2024-03-01") for place in range(6)],
    )
    measured = rollup.count(metrics, data, POLICY, only=["coverage_per_1000", "complaints_per_1000"])
    people, complaints = (measured.table(only=[name]) for name in ("coverage_per_1000", "complaints_per_1000"))
    for region, month in product((COUNTY, VILLAGE, NEXT_VILLAGE), ("2024-03", "2024-04", "2024-05", "2024-06")):
        hidden = number(people, region, month)["part"] is None
        assert (number(complaints, region, month)["whole"] is None) == hidden, (region, month)


def complaints_of(*rows: Row) -> Tables:
    return world(
        "2024-03-31",
        region=regions(),
        household=households(H1=VILLAGE),
        award=[award("W1", "H1", "2024-01")],
        beneficiary=[covered("W1", f"示例{place}", "2024-01") for place in range(12)],
        complaint=list(rows),
    )


def test_a_complaint_entered_twice_is_one_in_every_metric() -> None:
    data = complaints_of(complaint("C1", "2024-02-01"), complaint("C1", "2024-02-03", channel="hotline"))
    measured = rollup.count(metrics, data, POLICY, only=["complaints_per_1000", "higher_level_share"])
    table = measured.table(small_cell=0)
    assert number(table.filter(metric="complaints_per_1000"), COUNTY, "2024-02")["part"] == 1
    assert number(table.filter(metric="higher_level_share"), COUNTY, "2024-02")["whole"] == 1


@pytest.mark.parametrize(("part", "hidden"), [(10, False), (9, True), (6, True), (5, False)])
def test_the_few_whose_kin_were_not_filed_are_hidden_like_the_few_that_were(part: int, hidden: bool) -> None:
    rows = [("", VILLAGE, MAY, part, 10), ("", NEXT_VILLAGE, MAY, 20, 40)]
    schema = {"counted_as": pl.String, "region_code": pl.String, "month_index": pl.Int32}
    frame = pl.DataFrame(rows, schema={**schema, "part": pl.Int64, "whole": pl.Int64}, orient="row")
    tree = Regions.of(world("2024-06-30", region=regions()))
    guarded, open_to_all = (Counted(replace(FILING, rest=rest), frame, None, ()) for rest in (True, False))
    assert Measured(tree, {"filing_share": guarded}, MAY, 5).hides("filing_share", "", VILLAGE, (MAY, MAY)) is hidden
    assert not Measured(tree, {"filing_share": open_to_all}, MAY, 5).hides("filing_share", "", VILLAGE, (MAY, MAY))
    assert FILING.rest


def test_a_year_of_entries_is_told_though_a_month_of_exits_is_not() -> None:
    measured = flows([*began(40, "2023-01"), *began(3, "2023-01", "2024-04"), *began(9, "2024-05")])
    assert measured.hides("entry_share", "", COUNTY, (MAY, MAY))  # beside the three exits of April
    assert not measured.hides("entry_share", "", COUNTY, (MAY - 10, MAY + 1))  # the year to June, nine entries
