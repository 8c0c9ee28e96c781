"""Is a small cell hidden, with what rests on it and with what would tell it?"""

import polars as pl

from metrics.whatif.compared import MOVES, SCHEMA, measures, moves
from metrics.whatif.sharing import shared, shared_moves
from tests.metrics.whatif.made import population
from tests.metrics.whatif.outcomes import outcome

A, B, C = "990101001001", "990101001002", "990101001003"


def told(counts: dict[str, int]) -> pl.DataFrame:
    """Villages with so many households on the roll and as many off it, shared."""
    homes = [{"village": code, "wage": 1000} for code, many in counts.items() for _ in range(2 * many)]
    people = population(*homes)
    paid = [300.0 if place < many else 0.0 for many in counts.values() for place in range(2 * many)]
    return shared(measures(people, {"x": outcome(people, paid, eligible=[True] * len(paid))}))


def hidden(frame: pl.DataFrame, measure: str = "roll_households") -> list[str]:
    rows = frame.filter(pl.col("measure") == measure, pl.col("hidden"))
    assert rows["value"].null_count() == rows.height
    assert rows["low"].null_count() == rows.height
    return sorted(rows["region_code"])


def test_nine_is_hidden_and_ten_is_told() -> None:
    assert hidden(told({A: 9, B: 9, C: 10})) == [A, B]
    assert hidden(told({A: 10, B: 10, C: 10})) == []


def test_nothing_is_told_of_none_as_none() -> None:
    assert hidden(told({A: 0, B: 12, C: 12})) == []


def test_one_hidden_alone_takes_the_next_smallest_with_it() -> None:
    assert hidden(told({A: 3, B: 30, C: 20})) == [A, C]


def test_what_rests_on_a_hidden_count_is_hidden() -> None:
    found = told({A: 3, B: 30, C: 20})
    for measure in ("cost", "roll_persons", "inclusion", "exclusion"):
        assert A in hidden(found, measure)
    assert hidden(found, "persons") == [A, C]  # six households


def test_a_difference_is_hidden_with_either_of_its_two() -> None:
    people = population(*({"village": A, "wage": 1000} for _ in range(30)))
    few, many = [300.0] * 4 + [0.0] * 26, [300.0] * 20 + [0.0] * 10
    found = shared(measures(people, {"x": outcome(people, few), "up": outcome(people, many)}))
    rows = found.filter(pl.col("measure") == "cost", pl.col("region_code") == A)
    assert dict(rows.select("scenario", "hidden").iter_rows()) == {"baseline": True, "up": False, "up-baseline": True}
    assert found.columns == [*SCHEMA.names(), "hidden"]


def test_moves_of_few_are_hidden() -> None:
    people = population(*({"village": A, "wage": 1000} for _ in range(30)))
    base, more = [300.0] * 15 + [0.0] * 15, [300.0] * 19 + [0.0] * 11
    found = shared_moves(moves(people, {"x": outcome(people, base), "up": outcome(people, more)}))
    rows = found.filter(pl.col("region_code") == A, pl.col("group") == "")
    assert dict(rows.select("class", "households").iter_rows()) == {
        "newly_in": None,
        "stay": 15,
        "gain_more": None,
        "same": 26,
    }
    assert found.columns == [*MOVES.names(), "hidden"]
