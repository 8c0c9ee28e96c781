"""Is a small cell hidden, with what rests on it and with what would tell it?"""

import polars as pl

from metrics.whatif.compared import MOVES, SCHEMA, measures, moves
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population
from metrics.whatif.sharing import differences, shared
from tests.metrics.whatif.made import population
from tests.metrics.whatif.outcomes import outcome

A, B, C = "990101001001", "990101001002", "990101001003"


def both(people: Population, **outcomes: Outcome) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The first outcome is the baseline."""
    return shared(measures(people, outcomes), moves(people, outcomes))


def told(counts: dict[str, int]) -> pl.DataFrame:
    """Villages with so many households on the roll and as many off it, shared."""
    homes = [{"village": code, "wage": 1000} for code, many in counts.items() for _ in range(2 * many)]
    people = population(*homes)
    paid = [300.0 if place < many else 0.0 for many in counts.values() for place in range(2 * many)]
    return both(people, x=outcome(people, paid, eligible=[True] * len(paid)))[0]


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
    found, _ = both(people, x=outcome(people, few), up=outcome(people, many))
    rows = found.filter(pl.col("measure") == "cost", pl.col("region_code") == A)
    assert dict(rows.select("scenario", "hidden").iter_rows()) == {"baseline": True, "up": False, "up-baseline": True}
    assert found.columns == [*SCHEMA.names(), "hidden"]


def test_moves_of_few_are_hidden_with_those_that_would_tell_them() -> None:
    people = population(*({"village": A, "wage": 1000} for _ in range(30)))
    base, more = [300.0] * 15 + [0.0] * 15, [300.0] * 19 + [0.0] * 11
    _, found = both(people, x=outcome(people, base), up=outcome(people, more))
    rows = found.filter(pl.col("region_code") == A, pl.col("group") == "")
    assert dict(rows.select("class", "households").iter_rows()) == {
        "newly_in": None,  # 4
        "stay": None,  # 15 of the 19 that were to be on the roll
        "gain_more": None,  # 4
        "same": None,  # 26 of 30
    }
    assert found.columns == [*MOVES.names(), "hidden"]


def up(before: int, after: int, homes: int = 100) -> dict[str, float | None]:
    """Of one village, so many households paid before and after: the measures of the whole that are told."""
    people = population(*({"village": A, "wage": 1000} for _ in range(homes)))
    paid = [[300.0] * many + [0.0] * (homes - many) for many in (before, after)]
    found, _ = both(people, x=outcome(people, paid[0]), up=outcome(people, paid[1]))
    rows = found.filter(pl.col("region_code") == A, pl.col("scenario") != "baseline")
    return {f"{row['scenario']} {row['measure']}": row["value"] for row in rows.iter_rows(named=True)}


def test_where_a_change_is_hidden_the_later_number_is_too() -> None:
    nine, ten = up(40, 49), up(40, 50)
    for name in ("roll_households", "roll_persons", "cost", "fgt0", "poverty_gap"):
        assert nine[f"up-baseline {name}"] is nine[f"up {name}"] is None, name
        assert ten[f"up {name}"] is not None, name
    assert (ten["up-baseline roll_households"], ten["up roll_households"]) == (10, 50)
    assert up(40, 40)["up roll_households"] == 40  # nothing moved, nothing is hidden


def test_few_who_leave_are_not_told_by_those_who_come_and_the_change_of_the_roll() -> None:
    people = population(*({"village": A, "wage": 1000} for _ in range(100)))
    before = [300.0] * 40 + [0.0] * 60
    after = [0.0] * 3 + [300.0] * 67 + [0.0] * 30  # 3 leave, 30 come
    values, classes = both(people, x=outcome(people, before), up=outcome(people, after))
    rows = values.filter(pl.col("region_code") == A, pl.col("scenario") == "up-baseline")
    found = dict(rows.select("measure", "value").iter_rows())
    assert found["newly_out_households"] is found["newly_in_households"] is None
    assert found["roll_households"] == 27
    mine = classes.filter(pl.col("region_code") == A, pl.col("group") == "")
    assert dict(mine.select("class", "households").iter_rows())["stay"] is None  # 37 of 40


def test_money_of_few_whom_only_one_can_judge_is_hidden_and_so_is_the_rest_of_the_change() -> None:
    people = population(*({"village": A, "wage": 1000} for _ in range(100)))
    paid = [300.0] * 40 + [0.0] * 60
    less = [0.0] * 4 + [200.0] * 36 + [0.0] * 60
    found, _ = both(people, x=outcome(people, paid), up=outcome(people, less, known=[False] * 4 + [True] * 96))
    rows = found.filter(pl.col("region_code") == A, pl.col("scenario") == "up-baseline")
    values = dict(rows.select("measure", "value").iter_rows())
    assert values["untold_households"] is values["untold_month_cost"] is None
    assert values["untold_cost"] is values["judged_cost"] is None


def test_a_scenario_may_have_a_hyphen_in_its_name() -> None:
    names = ["baseline", "rural-plus-ten", "rural-plus-ten-baseline", "x", "x-baseline", "x-rural-plus-ten"]
    assert differences(names).rows() == [
        ("rural-plus-ten-baseline", "rural-plus-ten", "baseline"),
        ("x-baseline", "x", "baseline"),
        ("x-rural-plus-ten", "x", "rural-plus-ten"),
    ]
