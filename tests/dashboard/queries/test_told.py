"""Which numbers of a what-if are kept from whom opens no case?"""

import polars as pl

from dashboard.queries.told import told
from metrics.whatif.compared import MOVES, SCHEMA

FEW, STEP = 10, 5
TOWN = "990101001000"


def rows(*said: tuple[str, str, str, float]) -> pl.DataFrame:
    """(scenario, region, measure, value)."""
    units = {"cost": "fen", "fgt1": "share", "roll_persons": "persons"}
    return pl.DataFrame(
        [
            (scenario, region, "", name, units.get(name, "households"), value, None, None)
            for scenario, region, name, value in said
        ],
        schema=SCHEMA,
        orient="row",
    )


def seen_of(*said: tuple[str, str, str, float]) -> pl.DataFrame:
    """The measures as they are told, beside no moves."""
    return told(rows(*said), pl.DataFrame(schema=MOVES), FEW, STEP)[0]


def value(frame: pl.DataFrame, measure: str) -> float | None:
    found: float | None = frame.filter(pl.col("measure") == measure)["value"][0]
    return found


def test_a_count_below_the_limit_is_hidden_with_what_rests_on_it() -> None:
    seen = seen_of(("a", TOWN, "roll_households", 9), ("a", TOWN, "roll_persons", 21), ("a", TOWN, "cost", 900.0))
    assert seen["hidden"].to_list() == [True, True, True]
    assert seen["value"].null_count() == 3


def test_at_the_limit_it_is_told_and_none_is_told_too() -> None:
    seen = seen_of(("a", TOWN, "roll_households", 10), ("a-baseline", TOWN, "newly_in_households", 0))
    assert seen["value"].to_list() == [10.0, 0.0]


def test_counts_are_rounded_and_money_is_not() -> None:
    seen = seen_of(("a", TOWN, "roll_households", 123), ("a", TOWN, "roll_persons", 222), ("a", TOWN, "cost", 12_345.0))
    assert (value(seen, "roll_households"), value(seen, "roll_persons"), value(seen, "cost")) == (125, 220, 12_345)


def test_the_money_of_a_place_is_kept_back_where_few_have_more_or_less() -> None:
    def moving(count: float) -> pl.DataFrame:
        return seen_of(
            ("baseline", TOWN, "cost", 900.0),
            ("a", TOWN, "cost", 1000.0),
            ("a-baseline", TOWN, "changed_households", count),
            ("a-baseline", TOWN, "cost", 100.0),
        )

    assert moving(9).filter(pl.col("measure") == "cost")["value"].to_list() == [900.0, None, None]
    assert moving(10).filter(pl.col("measure") == "cost")["value"].to_list() == [900.0, 1000.0, 100.0]


def test_a_few_new_ones_among_many_who_gain_do_not_hide_the_money() -> None:
    seen = seen_of(
        ("baseline", TOWN, "households", 300.0),
        ("a-baseline", TOWN, "changed_households", 200.0),
        ("a-baseline", TOWN, "newly_in_households", 4.0),
        ("a-baseline", TOWN, "roll_households", 4.0),
        ("a-baseline", TOWN, "cost", 100.0),
    )
    assert value(seen, "cost") == 100.0
    assert value(seen, "newly_in_households") is None
    assert value(seen, "roll_households") is None


def test_a_loss_of_a_few_is_as_hidden_as_a_gain_of_a_few() -> None:
    assert value(seen_of(("a-baseline", TOWN, "roll_households", -4.0)), "roll_households") is None


def test_a_change_is_hidden_where_one_of_its_two_numbers_is() -> None:
    seen = seen_of(
        ("a", TOWN, "roll_households", 4.0),
        ("a", TOWN, "cost", 900.0),
        ("baseline", TOWN, "roll_households", 40.0),
        ("baseline", TOWN, "cost", 9_000.0),
        ("a-baseline", TOWN, "cost", -8_100.0),
    )
    assert seen.filter(pl.col("measure") == "cost")["value"].to_list() == [None, 9_000.0, None]


def test_moves_of_a_few_are_hidden_with_their_persons() -> None:
    said = [
        ("a-baseline", TOWN, "decile:1", "gain_more", 9.0, 20.0),
        ("a-baseline", TOWN, "decile:2", "gain_more", 12.0, 33.0),
    ]
    _, seen = told(rows(), pl.DataFrame(said, schema=MOVES, orient="row"), FEW, STEP)
    assert seen["persons"].to_list() == [None, None]  # the second with the first: the whole is told elsewhere


def test_a_row_adds_up_as_it_is_told() -> None:
    seen = seen_of(
        ("baseline", TOWN, "roll_households", 122.0),
        ("a", TOWN, "roll_households", 134.0),
        ("a-baseline", TOWN, "roll_households", 12.0),
    )
    assert seen["value"].to_list() == [120.0, 135.0, 15.0]
