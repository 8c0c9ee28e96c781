"""Tests of the table of contract §6: its columns, tiers, small cells, periods and the rows behind it."""

import random
from datetime import date

import polars as pl
import pytest

import metrics
from casework.dataset import Tables
from casework.errors import EngineError, WrongUsageError
from casework.policy import Policy
from casework.registry import found
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    FAR_VILLAGE,
    NEXT_VILLAGE,
    OTHER_TOWN,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    applications,
    award,
    complaint,
    covered,
    households,
    number,
    part_whole,
    regions,
)
from tests.worlds import Row, world

COLUMNS = ["metric", "programme", "tier", "region_code", "month", "part", "whole", "value", "low", "high", "suppressed"]
METRICS = ["complaints_per_1000", "coverage_per_1000", "median_working_days", "on_time_share"]


def county(seed: int = 0, *, shuffled: int | None = None, on: str = "polars") -> Tables:
    """A made-up county drawn from the seed, its rows in another order where `shuffled`."""
    draw = random.Random(seed)  # noqa: S311 - a test world, not a secret
    homes = {
        f"H{place}": draw.choice([VILLAGE, NEXT_VILLAGE, FAR_VILLAGE, TOWN, "990101001099"]) for place in range(12)
    }
    tables: dict[str, list[Row]] = {
        "region": regions(village="900", next_village="700", far_village="400"),
        "household": households(**homes),
        "application": [
            application(
                f"A{place}",
                f"2024-0{draw.randint(1, 2)}-{draw.randint(1, 28):02d}",
                f"2024-0{draw.randint(3, 5)}-{draw.randint(1, 28):02d}",
                draw.choice(list(homes)),
                programme=draw.choice(["dibao", "destitute", "heating"]),
                decision=draw.choice(["approved", "refused", "withdrawn"]),
            )
            for place in range(40)
        ],
        "award": [
            award(f"W{home}", home, f"2024-0{draw.randint(1, 6)}", None, draw.choice(["dibao", "destitute", "old_age"]))
            for home in homes
        ],
        "complaint": [
            complaint(f"C{place}", f"2024-0{draw.randint(1, 6)}-15", draw.choice([VILLAGE, TOWN, COUNTY, None]))
            for place in range(9)
        ],
    }
    people = [f"示例{place}" for place in range(15)]
    tables["beneficiary"] = [
        covered(f"W{home}", who, f"2024-0{draw.randint(1, 6)}", draw.choice([None, "2024-06"]))
        for home in homes
        for who in draw.sample(people, 3)
    ]
    if shuffled is not None:
        for rows in tables.values():
            random.Random(shuffled).shuffle(rows)  # noqa: S311 - the same
    return world("2024-06-30", on=on, **tables)


def test_the_table_has_the_columns_of_the_contract_in_a_total_order() -> None:
    table = rollup.measure(metrics, county(), POLICY, only=METRICS)
    assert table.columns == COLUMNS
    assert set(METRICS) <= set(table["metric"])
    assert not set(table["metric"]) & set(rollup.unavailable(metrics, county()))
    keys = table.select("metric", "programme", "region_code", "month")
    assert keys.is_unique().all()
    tiers = {"county": 0, "township": 1, "village": 2}
    order = [(*row[:2], tiers[row[2]], *row[3:5]) for row in table.iter_rows()]
    assert order == sorted(order)


def test_only_one_metric_and_only_one_tier() -> None:
    table = rollup.measure(metrics, county(), POLICY, only=["on_time_share"], tier="township")
    assert table["metric"].unique().to_list() == ["on_time_share"]
    assert set(table["region_code"]) == {TOWN, OTHER_TOWN}


def test_an_unknown_metric_or_tier_is_named() -> None:
    with pytest.raises(WrongUsageError, match="no_such_metric"):
        rollup.measure(metrics, county(), POLICY, only=["no_such_metric"])
    with pytest.raises(WrongUsageError, match="hamlet"):
        rollup.measure(metrics, county(), POLICY, tier="hamlet")


def test_a_metric_whose_needs_are_not_met_has_no_rows_and_a_reason() -> None:
    data = world(
        region=regions(), household=households(H1=VILLAGE), application=[application("A1", "2024-03-01", "2024-03-29")]
    )
    table, lacking = rollup.measure(metrics, data, POLICY), rollup.unavailable(metrics, data)
    assert {"median_working_days", "on_time_share"} <= set(table["metric"])
    assert not set(table["metric"]) & set(lacking)
    assert lacking["complaints_per_1000"] == ["award", "beneficiary", "complaint"]
    assert lacking["coverage_per_1000"] == ["award", "beneficiary"]


def test_nothing_at_all_is_an_empty_table_not_an_error() -> None:
    table = rollup.measure(metrics, world(), POLICY)
    assert (table.columns, table.height) == (COLUMNS, 0)
    assert list(rollup.unavailable(metrics, world())) == [module.CARD.metric for module in found(metrics)]


def test_without_a_region_table_everything_is_in_one_region() -> None:
    data = world(household=households(H1=VILLAGE), application=applications("A", 5, "2024-03-01", "2024-03-29"))
    table = rollup.measure(metrics, data, POLICY, only=["on_time_share"])
    assert part_whole(table, "000000000000", "2024-03") == (5, 5, 1.0)
    assert table["tier"].unique().to_list() == ["all"]


def on_time(part: int, whole: int) -> Tables:
    return world(
        region=regions(),
        household=households(H1=VILLAGE),
        application=[
            *applications("A", part, "2024-03-01", "2024-03-29"),
            *applications("B", whole - part, "2024-01-02", "2024-03-29"),
        ],
    )


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (4, 20, (None, 20, None, True)),  # a small part is hidden, the whole is not
        (5, 20, (5, 20, 0.25, False)),
        (0, 20, (0, 20, 0.0, False)),  # nobody is nobody's secret
        (0, 4, (None, None, None, True)),  # a small whole is hidden with all that is made of it
        (0, 5, (0, 5, 0.0, False)),
        (99, 100, (99, 100, 0.99, False)),  # its complement is no reason to hide
    ],
)
def test_counts_of_one_to_four_are_hidden(part: int, whole: int, shown: tuple[object, ...]) -> None:
    table = rollup.measure(metrics, on_time(part, whole), POLICY, only=["on_time_share"])
    row = number(table, COUNTY, "2024-03")
    assert (row["part"], row["whole"], row["value"], row["suppressed"]) == shown
    assert ((row["low"] is None), (row["high"] is None)) == (row["suppressed"], row["suppressed"])


def test_the_limit_of_small_cells_is_the_policy_s_unless_the_reader_may_see_all() -> None:
    data = on_time(4, 20)
    assert not number(rollup.measure(metrics, data, Policy.of(small_cell=4), only=["on_time_share"]), COUNTY)[
        "suppressed"
    ]
    assert part_whole(rollup.measure(metrics, data, POLICY, only=["on_time_share"], small_cell=0), COUNTY)[0] == 4


def test_a_median_of_fewer_than_five_cases_is_hidden() -> None:
    four, five = (rollup.measure(metrics, on_time(0, n), POLICY, only=["median_working_days"]) for n in (4, 5))
    assert part_whole(four, COUNTY, "2024-03") == (None, None, None)
    assert part_whole(five, COUNTY, "2024-03")[1] == 5


def test_a_period_is_made_anew_from_its_counts() -> None:
    data = world(
        "2024-06-30",
        region=regions(),
        household=households(H1=VILLAGE),
        application=[
            *applications("A", 1, "2024-03-01", "2024-03-29"),
            *applications("B", 1, "2024-01-02", "2024-03-29"),
            *applications("C", 98, "2024-05-06", "2024-05-29"),
        ],
    )
    year = rollup.period(metrics, data, POLICY, 12, only=["on_time_share"])
    row = number(year, COUNTY)
    assert (row["part"], row["whole"], row["value"], row["month"]) == (99, 100, 0.99, date(2024, 6, 1))
    measured = rollup.count(metrics, data, POLICY, only=["on_time_share"])
    spring = measured.table(months=2, until=2024 * 12 + 3, small_cell=0)  # March and April
    assert part_whole(spring, COUNTY) == (1, 2, 0.5)


def test_a_series_is_one_region_s_months_in_order() -> None:
    table = rollup.measure(metrics, county(), POLICY, small_cell=0)
    months = rollup.series(table, "on_time_share", COUNTY, "dibao")
    assert months["month"].is_sorted()
    assert months.select("metric", "region_code", "programme").unique().rows() == [("on_time_share", COUNTY, "dibao")]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("metric", METRICS)
def test_every_number_is_a_count_of_the_rows_it_opens(metric: str, seed: int) -> None:
    data = county(seed)
    table = rollup.measure(metrics, data, POLICY, only=[metric], small_cell=0)
    assert table.height >= 20
    share = metric in {"on_time_share", "median_working_days"}
    for row in table.sample(min(25, table.height), seed=seed).iter_rows(named=True):
        month = row["month"].year * 12 + row["month"].month - 1
        behind = rollup.rows(
            metrics, data, POLICY, metric, region=row["region_code"], month=month, programme=row["programme"]
        )
        if row["part"] is not None:
            assert row["part"] == behind["in_part"].sum(), row
        if share:
            assert row["whole"] == behind["in_part"].count(), row
        if metric == "median_working_days":
            assert row["value"] == behind.filter(pl.col("in_part"))["days"].median(), row


@pytest.mark.parametrize("seed", range(3))
def test_children_add_up_at_every_tier_and_to_the_rows_of_the_lowest(seed: int) -> None:
    table = rollup.measure(metrics, county(seed), POLICY, small_cell=0)
    key = ["metric", "programme", "month"]
    sums = [pl.col("part").sum(), pl.col("whole").sum()]
    whole = table.filter(pl.col("region_code") == COUNTY).group_by(key).agg(sums).sort(key)
    for tier in ("township", "village"):
        parts = table.filter(pl.col("tier") == tier).group_by(key).agg(sums).sort(key)
        assert parts.equals(whole)
    town = table.filter(pl.col("region_code") == TOWN).group_by(key).agg(sums).sort(key)
    below = table.filter(pl.col("region_code").is_in([VILLAGE, NEXT_VILLAGE, f"{TOWN}/-"])).group_by(key).agg(sums)
    assert below.sort(key).equals(town)


def test_the_order_of_the_rows_changes_nothing() -> None:
    first = rollup.measure(metrics, county(1), POLICY)
    for shuffle in range(3):
        assert rollup.measure(metrics, county(1, shuffled=shuffle), POLICY).equals(first)


@pytest.mark.spark
def test_the_numbers_and_their_rows_are_the_same_on_spark() -> None:
    try:
        data = county(on="spark")
    except EngineError as missing:
        pytest.skip(missing.say("en"))
    assert rollup.measure(metrics, data, POLICY).equals(rollup.measure(metrics, county(), POLICY))
    for metric in METRICS:
        assert rollup.rows(metrics, data, POLICY, metric).equals(rollup.rows(metrics, county(), POLICY, metric))
