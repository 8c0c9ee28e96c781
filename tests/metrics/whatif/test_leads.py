"""Tests of which leads appear and vanish between two runs."""

import polars as pl

from metrics.whatif.leads import COMPARED_SCHEMA, Raised, compared, veiled


def raised(*rows: tuple[str, str], asked: tuple[str, ...] = ("late_decision", "late_step")) -> Raised:
    return Raised(pl.DataFrame(list(rows), schema={"lead_id": pl.String, "scheme": pl.String}, orient="row"), asked)


def test_a_lead_appears_vanishes_or_stays() -> None:
    before = raised(("a", "late_decision"), ("b", "late_decision"), ("c", "late_step"))
    after = raised(("b", "late_decision"), ("d", "late_decision"), ("e", "late_decision"))
    found = compared(before, after)
    assert found.schema == COMPARED_SCHEMA
    assert found.rows() == [("late_decision", 2, 1, 1, True), ("late_step", 0, 1, 0, True)]


def test_the_same_run_twice_changes_nothing() -> None:
    same = raised(("a", "late_decision"), ("b", "late_step"))
    assert compared(same, same).select("appears", "vanishes").sum().row(0) == (0, 0)


def test_what_was_asked_and_raises_nothing_is_none_and_what_nobody_asked_has_no_row() -> None:
    nothing = raised(asked=("late_step",))
    assert compared(nothing, nothing).rows() == [("late_step", 0, 0, 0, True)]
    never = raised(asked=())
    assert compared(never, never).rows() == []


def test_what_ran_under_one_of_the_rule_sets_is_not_comparable() -> None:
    """Its leads did not all vanish, nor all appear: under the other rules nobody could ask."""
    before = raised(("a", "late_step"), ("b", "late_decision"), asked=("late_step", "late_decision"))
    after = raised(("b", "late_decision"), ("c", "open_overdue"), asked=("late_decision", "open_overdue"))
    assert compared(before, after).rows() == [
        ("late_decision", 0, 0, 1, True),
        ("late_step", None, None, None, False),
        ("open_overdue", None, None, None, False),
    ]


def test_few_that_appear_or_vanish_are_hidden_and_what_stays_with_them() -> None:
    counts = pl.DataFrame(
        [("a", 9, 0, 40), ("b", 10, 12, 40), ("c", 0, 3, 40), ("d", 0, 0, 9), ("e", 0, 0, 0)],
        schema=COMPARED_SCHEMA.names()[:-1],
        orient="row",
    )
    assert veiled(counts, 10).rows() == [
        ("a", None, 0, None),
        ("b", 10, 12, 40),
        ("c", 0, None, None),  # 43 are raised today
        ("d", 0, 0, None),
        ("e", 0, 0, 0),
    ]
    assert veiled(counts.drop("stays"), 10)["vanishes"].to_list() == [0, 12, None, 0, 0]
