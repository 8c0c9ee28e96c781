"""Tests of the share of applications from active discovery."""

from typing import Any

import polars as pl

from casework.dataset import Tables
from casework.tables import APPLICATION
from tests.metrics.county import (
    COUNTY,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    households,
    numbers,
    part_whole,
    regions,
)
from tests.metrics.coverage.dibao import behind
from tests.worlds import world

METRIC = "discovery_share"


def through(*channels: str, **more: Any) -> Tables:
    asked = [
        {**application(f"A{n}", "2024-03-31", None, **more), "channel": channel} for n, channel in enumerate(channels)
    ]
    return world("2024-06-30", region=regions(), household=households(H1=VILLAGE), application=asked)


def test_discovery_by_accepted_with_a_known_channel_in_the_month_of_acceptance() -> None:
    table = numbers(through("discovery", "window", "online", "village_agent"), METRIC)
    for region in (VILLAGE, TOWN, COUNTY):
        assert part_whole(table, region, "2024-03") == (1, 4, 0.25)
    assert part_whole(table, COUNTY, "2024-03", "dibao") == (1, 4, 0.25)
    assert table["month"].n_unique() == 1


def test_an_unknown_channel_is_listed_and_not_counted() -> None:
    told = through("discovery", "window")
    blank = pl.when(pl.col("channel") == "discovery").then("channel").alias("channel")
    data = told.beside({APPLICATION: told.engine.collect(told[APPLICATION]).with_columns(blank)})
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-03") == (1, 1, 1.0)
    assert behind(data, METRIC, POLICY) == {"A0": True, "A1": None}


def test_withdrawn_applications_were_accepted_too() -> None:
    data = through("discovery", "window", decision="withdrawn")
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-03") == (1, 2, 0.5)
