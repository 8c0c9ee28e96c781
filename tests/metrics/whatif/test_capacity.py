"""Tests of how far a month's visits get down the leads."""

import polars as pl
import pytest

from casework.policy import Policy
from casework.statistics import wilson
from metrics.evaluation.threshold import curve
from metrics.whatif.capacity import CAPACITY_SCHEMA, Spending, capacities, together, told

COST = float(Policy.shipped().value("visit_cost"))


def drawn(*rows: tuple[str, float, bool | None], least: int = 2) -> pl.DataFrame:
    schema = {"visit": pl.String(), "score": pl.Float64(), "confirmed": pl.Boolean()}
    return curve(pl.DataFrame(list(rows), schema=schema, orient="row"), cost=COST, least=least)


FOUR = drawn(("H1", 4.0, True), ("H2", 3.0, False), ("H3", 2.0, True), ("H4", 1.0, False))


def test_two_hundred_visits_of_two_hundred_yuan_are_forty_thousand() -> None:
    month = Spending(200, COST)
    assert (COST, month.month, month.year) == (200, 40_000, 480_000)
    (row,) = capacities(FOUR, [200], cost=COST).to_dicts()
    assert (row["cost_month"], row["visits"], row["cost"], row["left"], row["months"]) == (40_000, 4, 800, 0, 1)


@pytest.mark.parametrize(
    ("visits", "cut", "done", "found", "left", "months"),
    [(1, 4.0, 1, 1, 3, 4), (2, 3.0, 2, 1, 2, 2), (3, 2.0, 3, 2, 1, 2), (4, 1.0, 4, 2, 0, 1)],
)
def test_a_month_reaches_down_to_a_score(
    visits: int, cut: float, done: int, found: float, left: int, months: int
) -> None:
    table = capacities(FOUR, [visits], cost=COST)
    assert table.schema == CAPACITY_SCHEMA
    (row,) = table.to_dicts()
    assert (row["cut"], row["visits"], row["found"], row["left"], row["months"]) == (cut, done, found, left, months)
    assert row["innocent"] == done - found
    assert row["cost_each"] == done * COST / found


def test_equal_scores_at_the_end_of_the_month_are_not_parted() -> None:
    table = drawn(("H1", 4.0, True), ("H2", 1.0, True), ("H3", 1.0, False))
    below, whole = capacities(table, [2, 3], cost=COST).to_dicts()
    assert (below["cut"], below["visits"], below["left"]) == (4.0, 1, 2)
    assert (whole["cut"], whole["visits"], whole["left"]) == (1.0, 3, 0)


def test_a_month_that_reaches_nothing_finds_nothing_known() -> None:
    table = drawn(("H1", 1.0, True), ("H2", 1.0, False))
    nothing, few = capacities(table, [0, 1], cost=COST).to_dicts()
    assert (nothing["visits"], nothing["found"], nothing["months"]) == (0, None, None)
    assert (few["visits"], few["found"], few["cut"], few["months"]) == (0, None, None, 2)


def test_no_leads_no_queue() -> None:
    (row,) = capacities(drawn(), [5], cost=COST).to_dicts()
    assert (row["queue"], row["months"], row["visits"]) == (0, 0, 0)


def test_what_was_not_judged_is_expected_with_its_interval_and_too_few_tell_nothing() -> None:
    rows = [("J1", 2.0, True), ("J2", 2.0, True), ("J3", 2.0, False), ("J4", 2.0, True), ("U1", 2.0, None)]
    low, high = (float(bound) for bound in wilson(3, 4))
    (row,) = capacities(drawn(*rows), [5], cost=COST).to_dicts()
    assert row["found"] == pytest.approx(3.75)
    assert (row["found_low"], row["found_high"]) == pytest.approx((3 + low, 3 + high))
    (row,) = capacities(drawn(*rows, least=5), [5], cost=COST).to_dicts()
    assert (row["visits"], row["cost"], row["found"], row["cost_each"]) == (5, 1_000, None, None)


def test_fewer_visits_than_none_are_no_question() -> None:
    with pytest.raises(ValueError, match="-1"):
        capacities(FOUR, [-1], cost=COST)


def test_what_rests_on_few_households_is_hidden() -> None:
    """Of 12 in the queue 2 would be left after 10: the rest of the month tells of them; a queue of 4 tells itself."""
    (row,) = told(
        capacities(drawn(*((f"H{place}", place / 20, None) for place in range(12))), [10], cost=COST), 10
    ).to_dicts()
    assert (row["visits_month"], row["cost_month"], row["queue"], row["months"]) == (10, 2000.0, 12, 2)
    assert (row["visits"], row["left"], row["cost"], row["cut"]) == (None, None, None, None)
    (row,) = told(capacities(FOUR, [10], cost=COST), 10).to_dicts()
    assert (row["visits_month"], row["queue"], row["months"]) == (10, None, None)


def test_schemes_are_put_together_by_place_never_by_score() -> None:
    schema = {"scheme": pl.String(), "visit": pl.String(), "score": pl.Float64(), "confirmed": pl.Boolean()}
    rows = [
        ("late_step", "H1", 900.0, None),
        ("late_step", "H2", 800.0, None),
        ("late_decision", "H3", 1.5, None),
        ("late_decision", "H4", 1.5, None),
        ("late_decision", "H5", 1.1, None),
    ]
    found = together(pl.DataFrame(rows, schema=schema, orient="row"))
    assert found["score"].to_list() == pytest.approx([1.0, 0.5, 1.0, 1.0, 1 / 3])
