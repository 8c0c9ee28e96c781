"""Does a leader see at one glance what changed, where it is more than chance, and what money is owed?"""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.queries.changes import Change, whole_month
from dashboard.queries.counts import Period
from metrics.honest.control import chart
from tests.screens.conftest import Open, said
from tests.screens.test_process import CARDS


def test_at_most_eight_cards_stand_on_the_overview(open_page: Open, county: Path) -> None:
    page = open_page(county, "overview", role="leader")
    assert not page.exception
    assert 0 < len(page.metric) <= 8


@pytest.mark.parametrize("language", ["zh", "en"])
def test_at_most_three_sentences_say_what_changed(open_page: Open, county: Path, language: str) -> None:
    words = said(open_page(county, "overview", role="leader", lang=language))
    sentence = {"zh": ("由上月的", "与上月相同", "没有可比较"), "en": ("the month before", "no two whole months")}[
        language
    ]
    found = [line for line in words.splitlines() if any(part in line for part in sentence)]
    assert 1 <= len(found) <= 3


def step(before: float, now: float, half: float | None, values: list[float]) -> Change:
    """From one month to the next, each with an interval of that half width, at the end of a series."""

    def row(value: float) -> dict[str, Any]:
        return {
            "value": value,
            "low": None if half is None else value - half,
            "high": None if half is None else value + half,
        }

    series = pl.DataFrame({"month_index": range(len(values)), "value": values})
    return Change(CARDS["on_time_share"], row(before), row(now), chart(series, "higher"))


def test_a_step_is_measured_against_its_own_uncertainty() -> None:
    sure, unsure = (step(0.9, 0.8, half, [0.9, 0.8]) for half in (0.0196, 0.196))
    assert sure.size == pytest.approx(10 * unsure.size)
    assert sure.size == pytest.approx(0.1 / (0.01 * 2**0.5), rel=1e-3)  # a half width of 1.96 standard errors
    assert step(0.9, 0.8, None, [0.9, 0.8]).size == 0  # nobody knows how sure: not put first


def test_a_month_beyond_the_limits_is_special_and_one_within_is_not() -> None:
    steady = [0.90, 0.91] * 8
    assert not step(0.90, 0.91, 0.01, steady).special
    assert step(0.91, 0.70, 0.01, [*steady, 0.70]).special


def test_a_trend_page_shows_the_metric_that_the_url_names(open_page: Open, county: Path) -> None:
    page = open_page(county, "trends", role="researcher", metric="median_working_days")
    assert not page.exception
    assert "办结用时中位数" in [element.value.split(" (")[0] for element in page.subheader]


@pytest.mark.parametrize(
    ("as_of", "until", "compared"),
    [
        ("2024-12-31", "2024-12-01", "2024-12-01"),
        ("2024-12-30", "2024-12-01", "2024-11-01"),  # a day is missing
        ("2024-01-30", "2024-01-01", None),  # and the period has no month before
    ],
)
def test_a_month_that_is_not_over_is_not_compared(as_of: str, until: str, compared: str | None) -> None:
    period = Period(date(2024, 1, 1), date.fromisoformat(until))
    found = whole_month(period, date.fromisoformat(as_of))
    assert found == (None if compared is None else date.fromisoformat(compared))


def test_how_many_leads_there_are_is_never_on_the_overview(open_page: Open, township: Path) -> None:
    page = open_page(township, "overview", role="leader", metric="lead_rate")
    assert not page.exception
    assert CARDS["lead_rate"].title.zh not in said(page)


@pytest.mark.parametrize(("role", "told"), [("leader", False), ("researcher", False), ("inspector", True)])
def test_how_many_leads_were_raised_is_told_to_those_who_work_on_them(
    open_page: Open, county: Path, role: str, told: bool
) -> None:
    assert ("每千保障对象线索数" in said(open_page(county, "trends", role=role))) is told
    if role != "researcher":
        opened = said(open_page(county, "rows", role=role, metric="lead_rate"))
        assert ("没有这个指标" in opened) is not told
