"""Tests of whole years and months between dates."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from casework.means.ages import months, years


def between(count: nw.Expr, since: str, on: str) -> int:
    rows = pl.DataFrame({"a": [date.fromisoformat(since)], "b": [date.fromisoformat(on)]})
    return int(nw.from_native(rows.lazy()).select(count.alias("n")).collect("polars").get_column("n").item())


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2006-05-05", "2024-05-04", 17),
        ("2006-05-05", "2024-05-05", 18),
        ("2004-02-29", "2022-02-28", 17),
        ("2004-02-29", "2022-03-01", 18),
        ("2024-05-05", "2024-05-05", 0),
    ],
)
def test_a_year_is_over_on_the_birthday(born: str, on: str, age: int) -> None:
    assert between(years("a", "b"), born, on) == age


@pytest.mark.parametrize(
    ("since", "on", "whole"),
    [
        ("2024-01-15", "2024-07-14", 5),
        ("2024-01-15", "2024-07-15", 6),
        ("2023-08-31", "2024-02-28", 5),
        ("2023-08-31", "2024-02-29", 6),
        ("2022-08-31", "2023-02-28", 6),
        ("2024-03-31", "2024-09-30", 6),
        ("2024-03-30", "2024-09-29", 5),
        ("2023-12-01", "2024-01-01", 1),
    ],
)
def test_a_month_is_over_on_the_same_day_or_the_last(since: str, on: str, whole: int) -> None:
    assert between(months("a", "b"), since, on) == whole
