"""Tests of the time to a decision, open cases counted."""

import csv
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from metrics.honest.survival import Estimate, compare, still_open, survival

LOG = Path(__file__).parents[4] / "shared" / "data" / "receipt.csv"
UNKNOWN = Estimate(None, None, None)
# 6-mercaptopurine against placebo, weeks of remission: Freireich and others, Blood 21 (1963) 699–716
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
TREATED_ENDED = [True] * 9 + [False] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


@pytest.fixture(scope="module")
def log() -> tuple[list[float], list[bool]]:
    """Days of every usable case of the municipality's log, and whether it was decided; straight from the file."""
    if not LOG.exists():
        pytest.skip("the real case log is not here: ../shared/data/receipt.csv")
    with LOG.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    last = max(datetime.fromisoformat(row["time:timestamp"]) for row in rows)
    cases = {row["case:concept:name"]: (row["case:startdate"], row["case:enddate"]) for row in rows}
    days, decided = [], []
    for start, end in cases.values():
        until = datetime.fromisoformat(end) if end else last
        lasted = (until - datetime.fromisoformat(start)).total_seconds() / 86400
        if lasted >= 0:  # two cases end before they start
            days.append(lasted)
            decided.append(bool(end))
    return days, decided


def test_the_open_cases_of_a_real_log_count(log: tuple[list[float], list[bool]]) -> None:
    days, decided = log
    assert (len(days), sum(decided)) == (1432, 1327)
    closed = [day for day, done in zip(days, decided, strict=True) if done]
    assert round(sum(day > 56 for day in closed) / len(closed), 3) == 0.398
    found = still_open(survival(days, decided), 56)
    assert found.value == pytest.approx(0.429, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((0.4032, 0.4552), abs=5e-5)


def test_weeks_of_remission() -> None:
    # Kaplan–Meier of the treated, as printed in textbooks of survival: 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448
    found = survival(TREATED, TREATED_ENDED)
    at = [round(still_open(found, week).value or 0, 3) for week in (6, 7, 10, 13, 16, 22, 23)]
    assert at == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert found.median.value == 23
    assert survival(PLACEBO, [True] * 21).median.value == 8


def test_the_log_rank_test_of_remission() -> None:
    # chi-square 16.79 on one degree of freedom, as printed in textbooks of survival
    found = compare(TREATED, TREATED_ENDED, PLACEBO, [True] * 21)
    assert found is not None
    assert found.z**2 == pytest.approx(16.79, abs=5e-3)
    assert found.z > 0  # the treated stay longer
    assert found.p < 0.0001


def test_by_hand() -> None:
    found = survival([1, 2, 2, 3, 5, 7], [True, True, True, False, True, False])
    assert found.frame["days"].to_list() == [0, 1, 2, 3, 5, 7]
    assert found.frame["waiting"].to_list() == [6, 6, 5, 3, 2, 1]
    assert found.frame["decided"].to_list() == [0, 1, 2, 0, 1, 0]
    assert found.frame["open"].to_list() == pytest.approx([1, 5 / 6, 1 / 2, 1 / 2, 1 / 4, 1 / 4])
    assert (found.cases, found.decided, found.median.value) == (6, 4, 2)


def test_a_decision_on_the_very_day_is_in_time() -> None:
    assert still_open(survival([20, 21], [True, True]), 20).value == 0.5


def test_nobody_knows_beyond_the_longest_watch() -> None:
    open_ended = survival([1, 7], [True, False])
    assert still_open(open_ended, 7).value == 0.5
    assert still_open(open_ended, 7.5) == UNKNOWN
    all_decided = survival([1, 7], [True, True])
    assert still_open(all_decided, 8) == Estimate(0.0, None, None)


def test_of_no_cases_nothing_is_known() -> None:
    found = survival([], [])
    assert (found.cases, found.median, found.frame.height) == (0, UNKNOWN, 0)
    assert still_open(found, 0) == UNKNOWN


def test_all_open_is_all_open() -> None:
    found = survival([3, 9], [False, False])
    assert found.frame["open"].to_list() == [1, 1, 1]
    assert found.median == UNKNOWN


@pytest.mark.parametrize("days", [[-1.0, 2.0], [float("nan"), 2.0]])
def test_a_duration_that_cannot_be_is_refused_and_counted(days: list[float]) -> None:
    with pytest.raises(ValueError, match="1 of 2 durations"):
        survival(days, [True, True])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (([], []), ([1], [True])),
        (([1, 2], [False, False]), ([3], [False])),
        (([2], [True]), ([2], [True])),  # all at once: nobody was chosen
        (([5], [True]), ([1], [False])),  # decided when nobody of the other group was watched any more
    ],
)
def test_no_comparison_without_a_decision_while_both_wait(
    first: tuple[list[float], list[bool]], second: tuple[list[float], list[bool]]
) -> None:
    assert compare(*first, *second) is None


CASES = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=40)


@given(CASES)
def test_the_curve_is_scipys(cases: list[tuple[int, bool]]) -> None:
    days, decided = (np.array(column) for column in zip(*cases, strict=True))
    ours = survival(days, decided).frame.slice(1)
    censored = scipy.stats.CensoredData(uncensored=days[decided], right=days[~decided])
    theirs = scipy.stats.ecdf(censored).sf
    assert ours["days"].to_list() == theirs.quantiles.tolist()
    assert ours["open"].to_numpy() == pytest.approx(theirs.probabilities)
    sure = ours.filter(pl.col("low").is_not_null())
    if sure.height == ours.height:  # scipy warns where there is no interval
        interval = theirs.confidence_interval()
        assert sure["low"].to_numpy() == pytest.approx(interval.low.probabilities, abs=1e-9)
        assert sure["high"].to_numpy() == pytest.approx(interval.high.probabilities, abs=1e-9)


@given(CASES)
def test_the_share_still_open_never_grows(cases: list[tuple[int, bool]]) -> None:
    shares = survival(*zip(*cases, strict=True)).frame["open"].to_list()
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1


@given(CASES, CASES)
def test_turned_round_the_comparison_only_changes_its_sign(
    first: list[tuple[int, bool]], second: list[tuple[int, bool]]
) -> None:
    one, other = list(zip(*first, strict=True)), list(zip(*second, strict=True))
    there, back = compare(*one, *other), compare(*other, *one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert (there.z, there.p) == pytest.approx((-back.z, back.p))
