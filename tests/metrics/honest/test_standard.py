"""Tests of observed against expected."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.honest.standard import pooled, standardised

STRATA = ("programme", "household")
SCHEMA = {"unit": pl.String, "programme": pl.String, "household": pl.String, "part": pl.Int64, "whole": pl.Int64}
Row = tuple[str, str, str | None, int | None, int | None]


def local(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def reference(rows: list[tuple[str, str | None, int, int]]) -> pl.DataFrame:
    return local([("all", *row) for row in rows]).drop("unit")


NATION = reference([("dibao", "alone", 10, 100), ("dibao", "family", 40, 200), ("tekun", "alone", 1, 2)])


def row_of(frame: pl.DataFrame, unit: str) -> dict[str, Any]:
    return frame.row(by_predicate=pl.col("unit") == unit, named=True)


def test_by_hand() -> None:
    # expected 0.1 · 50 + 0.2 · 25 = 10; observed 15
    found = standardised(local([("A", "dibao", "alone", 9, 50), ("A", "dibao", "family", 6, 25)]), NATION, STRATA)
    row = row_of(found.frame, "A")
    assert (row["observed"], row["expected"], row["ratio"]) == (15, 10, 1.5)
    # exact limits of a Poisson count of 15, as printed in tables: 8.395 and 24.740
    assert (row["low"], row["high"]) == pytest.approx((0.8395, 2.4740), abs=5e-5)
    assert found.unknown.is_empty()


def test_a_stratum_without_a_reference_is_named_and_not_counted() -> None:
    rows: list[Row] = [("A", "dibao", "alone", 9, 50), ("A", "other", "alone", 7, 30), ("B", "other", "alone", 1, 9)]
    found = standardised(local(rows), NATION, STRATA)
    known = row_of(found.frame, "A")
    assert (known["observed"], known["expected"], known["unknown_strata"]) == (9, 5, 1)
    assert found.unknown.rows() == [("A", "other", "alone", 7, 30), ("B", "other", "alone", 1, 9)]
    nothing = row_of(found.frame, "B")
    assert [nothing[name] for name in ("observed", "expected", "ratio", "low", "high")] == [None] * 5
    assert nothing["unknown_strata"] == 1


@pytest.mark.parametrize(
    "row",
    [("A", "dibao", "alone", None, 50), ("A", "dibao", "alone", 3, None), ("A", "dibao", "alone", 3, 0)],
    ids=["no part", "no whole", "a part of nothing"],
)
def test_a_count_that_is_not_known_makes_its_stratum_unknown(row: Row) -> None:
    found = standardised(local([row]), NATION, STRATA)
    assert (row_of(found.frame, "A")["ratio"], found.unknown.height) == (None, 1)


def test_a_stratum_of_nobody_needs_no_reference() -> None:
    found = standardised(local([("A", "dibao", "alone", 5, 50), ("A", "other", "alone", 0, 0)]), NATION, STRATA)
    assert (row_of(found.frame, "A")["ratio"], found.unknown.height) == (1, 0)


def test_a_reference_of_nobody_is_none() -> None:
    empty = reference([("dibao", "alone", 0, 0)])
    assert standardised(local([("A", "dibao", "alone", 5, 50)]), empty, STRATA).unknown.height == 1


def test_nothing_expected_no_ratio() -> None:
    never = reference([("dibao", "alone", 0, 80)])
    row = row_of(standardised(local([("A", "dibao", "alone", 2, 50)]), never, STRATA).frame, "A")
    assert (row["observed"], row["expected"], row["ratio"], row["high"]) == (2, 0, None, None)


def test_an_unknown_household_type_is_a_stratum_of_its_own() -> None:
    known = reference([("dibao", None, 1, 4)])
    row = row_of(standardised(local([("A", "dibao", None, 3, 8)]), known, STRATA).frame, "A")
    assert (row["expected"], row["unknown_strata"]) == (2, 0)


def test_a_stratum_twice_in_the_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="programme, household"):
        standardised(local([]), reference([("dibao", "alone", 1, 2)] * 2), STRATA)


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABC"), st.sampled_from(["dibao", "tekun"]), st.sampled_from(["alone", "family", None]),
        st.integers(0, 50), st.integers(1, 300),
    ),
    min_size=1,
)  # fmt: skip


@given(ROWS)
def test_all_areas_together_observe_what_they_expect(rows: list[Row]) -> None:
    counts = local(rows)
    found = standardised(counts, pooled(counts, STRATA), STRATA)
    assert found.unknown.is_empty()
    assert found.frame["observed"].sum() == counts["part"].sum()
    assert found.frame["expected"].sum() == pytest.approx(counts["part"].sum())
