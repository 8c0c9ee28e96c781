"""Are the tables that were made once still those of the leads, limit and months asked for?"""

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import metrics
from casework.dataset import Tables
from casework.registry import found
from dashboard.queries.counts import BY_POLICY, SEES_ALL, Counts, Period, measured, with_leads
from tests.metrics.county import COUNTY, FAR_VILLAGE, POLICY, VILLAGE, application, households, regions
from tests.metrics.desk import desk, lead
from tests.worlds import world

CARDS = {module.CARD.metric: module.CARD for module in found(metrics)}
MARCH = Period(date(2024, 3, 1), date(2024, 3, 1))
SPRING = Period(date(2024, 3, 1), date(2024, 5, 1))


@pytest.fixture
def data() -> Tables:
    """In March and May twenty decisions of one village and three of another."""
    cases = [
        application(f"{home}-{month}-{place}", f"2024-{month}-01", f"2024-{month}-28", home)
        for month in ("03", "05")
        for home, number in (("H1", 20), ("H2", 3))
        for place in range(number)
    ]
    homes = households(H1=VILLAGE, H2=FAR_VILLAGE)
    return world("2024-05-31", region=regions(), household=homes, application=cases)


def concluded(base: Counts, data: Tables, number: int) -> Counts:
    """The counts after so many leads of a village were concluded."""
    told = [lead(f"L{place}", outcome="confirmed", decided="2024-03-04", state="closed") for place in range(number)]
    return with_leads(base, desk(data, told))


def test_what_is_hidden_of_leads_follows_the_leads(data: Tables) -> None:
    base = measured(data, POLICY, CARDS)
    many = concluded(base, data, 30).total("lead_precision", COUNTY, "", MARCH, BY_POLICY)
    few = concluded(base, data, 3).total("lead_precision", COUNTY, "", MARCH, BY_POLICY)
    assert many is not None
    assert few is not None
    assert (many["part"], many["suppressed"]) == (30, False)
    assert (few["part"], few["suppressed"]) == (None, True)


def test_the_tables_of_cases_outlast_an_act(data: Tables) -> None:
    base = measured(data, POLICY, CARDS)
    base.warm()
    for number in (3, 4):
        followed = concluded(base, data, number)
        assert followed.by_month("on_time_share", BY_POLICY) is base.by_month("on_time_share", BY_POLICY)
        assert followed.over("on_time_share", SPRING, SEES_ALL) is base.over("on_time_share", SPRING, SEES_ALL)
        assert followed.by_month("lead_precision", SEES_ALL)["part"].max() == number


@pytest.mark.parametrize("limit", [BY_POLICY, SEES_ALL])
@pytest.mark.parametrize("metric", ["on_time_share", "median_working_days"])
def test_a_month_and_a_period_are_those_of_the_metrics_own_tables(data: Tables, metric: str, limit: int | None) -> None:
    counts = measured(data, POLICY, CARDS)
    for period in (MARCH, SPRING):
        until = period.until.year * 12 + period.until.month - 1
        whole = counts.measured.table(only=[metric], small_cell=limit, months=period.months, until=until)
        shown = counts.over(metric, period, limit)
        assert shown.height
        assert_frame_equal(shown, whole.join(shown, on=["programme", "region_code"], how="semi", maintain_order="left"))
        without = whole.join(shown, on=["programme", "region_code"], how="anti")
        assert without.select(pl.col("part", "whole", "value").is_null().all()).row(0) == (True, True, True)
