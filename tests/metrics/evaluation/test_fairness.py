"""Are rates by group what a person would count by hand, and unknown where the data or their number do not tell?"""

from typing import Any

import polars as pl
import pytest

from casework.statistics import difference, ratio, wilson
from metrics.evaluation.fairness import COUNTS_SCHEMA, RATES_SCHEMA, counted, rates
from metrics.evaluation.groups import DIMENSIONS

VILLAGE, OTHER = "990101001001", "990101001002"
EFFECTS = ["flagged_effect", "reviewed_effect", "confirmed_effect"]
NO_OTHERS = dict.fromkeys(DIMENSIONS[1:], "")


def counts(
    *groups: tuple[str, int | None, int | None, int | None, int | None, int | None], effect: float | None = 1.0
) -> pl.DataFrame:
    """Groups of one kind with units, flagged, reviewed, judged, confirmed."""
    rows = [("sex", *group, effect, effect, effect) for group in groups]
    return pl.DataFrame(rows, schema=COUNTS_SCHEMA, orient="row")


def one(table: pl.DataFrame, group: str, measure: str) -> dict[str, Any]:
    asked = (pl.col("group") == group) & (pl.col("measure") == measure)
    return table.row(by_predicate=asked, named=True)


def test_three_measures_each_of_its_own_whole() -> None:
    table = rates(counts(("F", 200, 40, 30, 20, 5), ("M", 400, 40, 40, 30, 15)), 20)
    assert table.schema == RATES_SCHEMA
    shares = [
        (name, one(table, "F", name)["share"], one(table, "M", name)["share"]) for name in ("flagged", "reviewed")
    ]
    assert shares == [("flagged", 0.2, 0.1), ("reviewed", 0.75, 1.0)]
    assert (one(table, "F", "confirmed")["share"], one(table, "M", "confirmed")["share"]) == (0.25, 0.5)


def test_a_group_stands_against_the_rest_by_difference_and_ratio_with_intervals() -> None:
    row = one(
        rates(counts(("A", 100, 20, 0, 0, 0), ("B", 100, 5, 0, 0, 0), ("C", 100, 5, 0, 0, 0)), 30), "A", "flagged"
    )
    assert (row["rest_part"], row["rest_whole"], row["status"]) == (10, 200, "measured")
    assert (row["low"], row["high"]) == pytest.approx(tuple(map(float, wilson(20, 100))))
    apart, times = difference(20, 100, 10, 200), ratio(20, 100, 10, 200)
    names = ("difference", "difference_low", "difference_high", "ratio", "ratio_low", "ratio_high")
    assert [row[name] for name in names] == pytest.approx([float(value) for value in (*apart, *times)])
    assert (row["difference"], row["ratio"]) == (pytest.approx(0.15), pytest.approx(4.0))


@pytest.mark.parametrize(("size", "status"), [(29, "few"), (30, "measured")])
def test_a_group_and_the_rest_must_each_be_enough(size: int, status: str) -> None:
    for groups in ((("F", size, 9, 9, 9, 9), ("M", 90, 9, 9, 9, 9)), (("F", 90, 9, 9, 9, 9), ("M", size, 9, 9, 9, 9))):
        row = one(rates(counts(*groups), 30), "F", "flagged")
        assert row["status"] == status
        assert (row["share"] is None) is (status == "few")
        assert (row["part"], row["whole"]) == (9, groups[0][1])


def test_of_whom_the_data_say_nothing_is_listed_and_compared_with_nobody() -> None:
    table = rates(counts(("", 500, 250, 0, 0, 0), ("F", 100, 10, 0, 0, 0), ("M", 100, 10, 0, 0, 0)), 30)
    unsaid = one(table, "", "flagged")
    assert (unsaid["status"], unsaid["share"], unsaid["ratio"]) == ("not_said", None, None)
    assert (one(table, "F", "flagged")["rest_whole"], one(table, "F", "flagged")["ratio"]) == (100, 1.0)


def test_a_group_alone_has_nothing_to_stand_against() -> None:
    assert one(rates(counts(("F", 500, 20, 0, 0, 0)), 30), "F", "flagged")["status"] == "few"


def test_a_hidden_count_hides_every_rate_it_could_be_solved_from() -> None:
    table = rates(counts(("F", 100, None, 10, 10, 10), ("M", 100, 50, 50, 50, 50)), 30)
    assert one(table, "F", "flagged")["status"] == one(table, "M", "flagged")["status"] == "hidden"
    assert one(table, "M", "flagged")["share"] is None


def test_nobody_judged_is_no_rate_of_nought() -> None:
    row = one(rates(counts(("F", 100, 50, 0, 0, 0), ("M", 100, 50, 0, 0, 0)), 0), "F", "confirmed")
    assert (row["share"], row["low"], row["ratio"]) == (None, None, None)


def test_a_ratio_of_none_in_the_rest_is_unknown_and_the_difference_is_not() -> None:
    row = one(rates(counts(("F", 100, 10, 0, 0, 0), ("M", 100, 0, 0, 0, 0)), 30), "F", "flagged")
    assert (row["difference"], row["ratio"], row["ratio_high"]) == (pytest.approx(0.1), None, None)


@pytest.mark.parametrize(("least", "told"), [(10, True), (11, False)])
def test_where_counts_are_rounded_a_ratio_of_few_is_not_told(least: int, *, told: bool) -> None:
    table = rates(counts(("F", 100, 10, 0, 0, 0), ("M", 100, 20, 0, 0, 0)), 30, least_part=least)
    for group in ("F", "M"):
        assert (one(table, group, "flagged")["ratio"] is not None) is told
        assert one(table, group, "flagged")["share"] is not None


def test_cases_in_whole_villages_tell_as_much_as_fewer_cases() -> None:
    groups = (("A", 400, 80, 0, 0, 0), ("B", 800, 80, 0, 0, 0))
    row, alone = (one(rates(counts(*groups, effect=effect), 30), "A", "flagged") for effect in (4.0, 1.0))
    assert (row["share"], row["part"], row["whole"], row["effect"]) == (0.2, 80, 400, 4.0)
    assert (row["low"], row["high"]) == pytest.approx(tuple(map(float, wilson(20, 100))))
    apart = difference(20, 100, 20, 200)
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((float(apart[1]), float(apart[2])))
    assert row["ratio_low"] < alone["ratio_low"] < row["ratio"] == pytest.approx(2.0)


def test_where_villages_do_not_show_how_they_differ_no_rate_is_told() -> None:
    row = one(rates(counts(("A", 400, 80, 0, 0, 0), ("B", 800, 80, 0, 0, 0), effect=None), 30), "A", "flagged")
    assert (row["status"], row["share"], row["low"]) == ("villages", None, None)


# -- counting --------------------------------------------------------------------------------------------------------


def population(*rows: tuple[str, str, bool, int]) -> pl.DataFrame:
    """Group, home, known and units, of the first dimension."""
    schema = ["group", "home", "known", "units"]
    frame = pl.DataFrame(list(rows), schema=schema, orient="row")
    return frame.select(pl.lit(DIMENSIONS[0]).alias("dimension"), *schema)


def flagged(*rows: tuple[str, str, str, bool, bool]) -> pl.DataFrame:
    """Subject, group, home, known, confirmed: whoever is judged was reviewed."""
    frame = pl.DataFrame(list(rows), schema=["subject", DIMENSIONS[0], "home", "known", "confirmed"], orient="row")
    same = (pl.lit(value=True).alias(name) for name in ("reviewed", "judged"))
    return frame.with_columns(*same, *(pl.lit(group).alias(name) for name, group in NO_OTHERS.items()))


def test_units_and_flags_are_counted_within_the_regions_asked() -> None:
    people = population(("rural", VILLAGE, True, 5), ("rural", OTHER, True, 7), ("urban", VILLAGE, False, 3))
    found = flagged(("H1", "rural", VILLAGE, True, True), ("H2", "rural", OTHER, True, False))
    here = counted(people, found, [VILLAGE]).filter(pl.col("dimension") == DIMENSIONS[0])
    assert here.schema == COUNTS_SCHEMA
    assert here.drop(EFFECTS).rows() == [
        ("urban_rural", "rural", 5, 1, 1, 1, 1),
        ("urban_rural", "urban", 3, 0, 0, 0, 0),
    ]


def test_of_those_known_whoever_is_flagged_is_one() -> None:
    people = population(("rural", VILLAGE, True, 5), ("rural", VILLAGE, False, 90))
    found = flagged(("H1", "rural", VILLAGE, True, True), ("H2", "rural", VILLAGE, False, False))
    (row,) = counted(people, found, [VILLAGE], known=True).filter(pl.col("dimension") == DIMENSIONS[0]).to_dicts()
    assert (row["units"], row["flagged"]) == (6, 2)  # five known, and one who is not but was raised
    (every,) = counted(people, found, [VILLAGE]).filter(pl.col("dimension") == DIMENSIONS[0]).to_dicts()
    assert every["units"] == 95


def test_whole_villages_are_counted_as_alike_as_their_own_sums_show() -> None:
    places = [f"99010100{place:04d}" for place in range(20)]
    people = population(*(("rural" if place % 2 else "urban", home, True, 50) for place, home in enumerate(places)))
    struck = [(f"H{home}{one}", home) for home in places[:6] for one in range(40)]  # in few villages nearly everybody
    spread = [(f"H{home}{one}", home) for home in places for one in range(12)]  # as many, evenly

    def effect(subjects: list[tuple[str, str]]) -> float:
        rows = [(name, "rural" if places.index(home) % 2 else "urban", home, True, True) for name, home in subjects]
        found = counted(people, flagged(*rows), places)
        sexes = found.filter(pl.col("dimension") == "sex")["flagged_effect"].to_list()
        assert sexes == [1.0] * len(sexes)
        return float(found.filter(pl.col("dimension") == "urban_rural")["flagged_effect"][0])

    assert effect(struck) > 25
    assert 1 < effect(spread) < 1.2  # Student's t of eighteen villages


def test_who_is_of_no_known_group_shows_no_difference_between_villages() -> None:
    people = population(("rural", VILLAGE, True, 50), ("", OTHER, True, 50))
    (rural,) = counted(people, flagged(("H1", "rural", VILLAGE, True, True)), [VILLAGE, OTHER]).filter(
        pl.col("group") == "rural"
    )["flagged_effect"]
    assert rural is None
