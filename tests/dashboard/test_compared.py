"""Tests of what is said of areas side by side."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from dashboard.queries.compared import Compared, compared
from metrics.coverage.coverage_per_1000 import CARD as RATE
from metrics.efficiency.median_working_days import CARD as QUANTILE
from metrics.efficiency.on_time_share import CARD as SHARE

CODES = [f"99010100{place:04d}" for place in range(1, 13)]


def _numbers(*counts: tuple[int | None, int | None]) -> pl.DataFrame:
    """Counts of the first areas; a part of None is hidden."""
    rows: list[dict[str, Any]] = []
    for code, (part, whole) in zip(CODES, counts, strict=False):
        value = None if part is None or not whole else part / whole
        row = {"region_code": code, "part": part, "whole": whole, "value": value, "suppressed": part is None}
        rows.append(row | {"low": None if value is None else max(0.0, value - 0.01), "high": value and value + 0.01})
    schema = {"region_code": pl.String(), "part": pl.Int64(), "whole": pl.Int64(), "value": pl.Float64()}
    bounds = {"suppressed": pl.Boolean(), "low": pl.Float64(), "high": pl.Float64()}
    return pl.DataFrame(rows, schema=schema | bounds)


def _column(found: Compared, name: str) -> list[Any]:
    return found.frame[name].to_list()


def test_areas_stay_in_the_order_of_their_codes_whatever_their_values() -> None:
    found = compared(SHARE, CODES[:3], _numbers((1, 100), (99, 100), (50, 100)), {}, None)
    assert _column(found, "region_code") == CODES[:3]


def test_an_area_without_a_count_has_a_row_and_is_unknown_never_zero() -> None:
    found = compared(SHARE, CODES[:3], _numbers((90, 100), (80, 100)), {}, None)
    assert _column(found, "value") == [0.9, 0.8, None]
    assert _column(found, "verdict")[2] == "unknown"
    assert _column(found, "reason")[2] == "unknown"


def test_a_hidden_area_shapes_nothing_and_has_no_number() -> None:
    found = compared(SHARE, CODES[:4], _numbers((None, 100), (80, 100), (81, 100), (79, 100)), {}, None)
    without = compared(SHARE, CODES[1:4], _numbers((80, 100), (80, 100), (81, 100), (79, 100)).slice(1), {}, None)
    assert _column(found, "suppressed") == [True, False, False, False]
    assert [_column(found, name)[0] for name in ("value", "shrunk", "verdict")] == [None, None, "unknown"]
    assert _column(found, "shrunk")[1:] == pytest.approx(_column(without, "shrunk"))
    assert found.funnel is not None
    assert without.funnel is not None
    assert found.funnel.centre == without.funnel.centre


def test_an_area_far_from_eleven_alike_is_named() -> None:
    counts = [(90 + place % 3, 100) for place in range(11)]
    found = compared(SHARE, CODES, _numbers(*counts, (40, 100)), {}, None)
    assert _column(found, "verdict")[-1] == "below998"
    assert [code for code, named in zip(CODES, _column(found, "named"), strict=True) if named] == [CODES[-1]]


def test_people_counted_month_after_month_count_as_the_average_month() -> None:
    once = compared(RATE, CODES[:3], _numbers((40, 1000), (50, 1000), (60, 1000)), {}, None)
    monthly = _numbers((480, 12000), (600, 12000), (720, 12000))
    yearly = compared(RATE, CODES[:3], monthly, dict.fromkeys(CODES, 12), None)
    assert _column(yearly, "n") == [1000, 1000, 1000]
    assert _column(yearly, "high95") == pytest.approx(_column(once, "high95"))
    assert _column(yearly, "shrunk") == pytest.approx(_column(once, "shrunk"))


def test_a_quantile_has_no_funnel_nothing_shrunk_and_no_mix() -> None:
    found = compared(QUANTILE, CODES[:2], _numbers((5, 100), (6, 100)), {}, None)
    assert (found.funnel, found.shrunk, found.mixed) == (None, False, False)
    assert _column(found, "verdict") == [None, None]


def test_the_mix_of_programmes_explains_what_the_plain_share_does_not() -> None:
    # both offices decide every programme alike: 50 of 100 here and 9 of 10 there, only the mix differs
    rows = [(CODES[0], "a", 50, 100), (CODES[0], "b", 9, 10), (CODES[1], "a", 5, 10), (CODES[1], "b", 90, 100)]
    strata = pl.DataFrame(rows, schema=["region_code", "programme", "part", "whole"], orient="row")
    found = compared(SHARE, CODES[:2], _numbers((59, 110), (95, 110)), {}, strata)
    assert found.mixed
    assert _column(found, "ratio") == pytest.approx([1.0, 1.0])
    assert _column(found, "value")[0] < _column(found, "value")[1]


def test_a_hidden_programme_is_left_out_of_the_mix_and_counted() -> None:
    rows = [(CODES[0], "a", 50, 100), (CODES[0], "b", None, 10), (CODES[1], "a", 50, 100), (CODES[1], "b", 9, 10)]
    strata = pl.DataFrame(rows, schema=["region_code", "programme", "part", "whole"], orient="row")
    found = compared(SHARE, CODES[:2], _numbers((51, 110), (59, 110)), {}, strata)
    assert _column(found, "unknown_strata") == [1, 0]
    assert _column(found, "observed") == [50, 59]


def test_too_few_cases_and_no_direction_are_told_apart() -> None:
    few = compared(replace(SHARE, minimum=30), CODES[:2], _numbers((20, 29), (90, 100)), {}, None)
    assert _column(few, "reason") == ["too_few", None]
    assert few.ranking.reason == "too_few_areas"
    assert compared(RATE, CODES[:2], _numbers((40, 1000), (50, 1000)), {}, None).ranking.reason == "no_direction"
