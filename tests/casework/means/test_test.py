"""Tests of the income test: both sides of the line to the fen, and what cannot be judged."""

from typing import Any

import polars as pl
import pytest

from casework.means import test as income
from casework.policy import Policy
from tests.casework.means.homes import NAMES, VILLAGE, home, little, member, person, regions, rules, stated
from tests.casework.means.test_members import day
from tests.worlds import Row


def asked(
    means: list[Row],
    *,
    on: str = "2024-06-01",
    members: int = 3,
    policy: Policy | None = None,
    programme: str = "dibao",
    single: bool = False,
    region: str | None = VILLAGE,
    kind: str | None = "rural",
) -> dict[str, Any]:
    data = little(
        region=regions(kind),
        household=[home(region)],
        person=[person(name) for name in NAMES],
        member=[member(name) for name in NAMES[:members]],
        means=means,
    )
    number = data.engine.collect(data.derived("household", pl.Schema({"household_id": pl.Int64()})))["household_id"][0]
    row = {"household_id": number, "programme": programme, "day": day(on), "eve": day(on) - 1, "single": single}
    rows = data.engine.place(pl.DataFrame([row]).cast({"day": pl.Int32, "eve": pl.Int32}))
    found = data.engine.collect(income.tested(data, policy or rules(), rows, statement_day="eve", single="single"))
    return found.row(0, named=True)


# three persons, a standard of 632 a month: 12 x 3 x 632 = 22 752 a year
@pytest.mark.parametrize(("yuan", "expected"), [("22751.99", False), ("22752", True), ("22752.01", True)])
def test_equal_to_the_line_is_not_below(yuan: str, expected: bool) -> None:
    assert asked(stated("2024-01-05", wage=yuan))["over"] is expected


@pytest.mark.parametrize(("yuan", "expected"), [("34127.99", False), ("34128", True)])
def test_the_edge_line_is_half_as_much_again(yuan: str, expected: bool) -> None:
    means = stated("2024-01-05", wage=yuan)
    assert asked(means, programme="dibao_edge")["over"] is expected
    assert asked(means, single=True)["over"] is expected
    assert asked(means)["over"] is True


@pytest.mark.parametrize(("yuan", "expected"), [("17.99", False), ("18.00", True)])
def test_a_line_of_half_a_fen_is_kept_exactly(yuan: str, expected: bool) -> None:
    """One person: 12 x 1.5 x 0.99 = 17.82; with 1.01 it is 18.18; with 1 yuan exactly 18.00."""
    one = rules(dibao_standard=1)
    assert asked(stated("2024-01-05", wage=yuan), members=1, programme="dibao_edge", policy=one)["over"] is expected
    odd = rules(dibao_standard=0.01)  # a line of 1.5 fen a month: 18 fen a year
    assert asked(stated("2024-01-05", wage="0.17"), members=1, single=True, policy=odd)["over"] is False
    assert asked(stated("2024-01-05", wage="0.18"), members=1, single=True, policy=odd)["over"] is True


def test_says_the_figures_it_compares() -> None:
    seen = asked(stated("2024-01-05", wage="20000"), single=True)
    assert (seen["n"], seen["y_fen"], seen["standard_fen"], seen["line_fen"]) == (3, 2000000, 63200, 94800)
    assert (seen["statement_as_of_day"], seen["line_state"]) == (day("2024-01-05"), 1)
    assert (seen["region_code"], seen["urban_rural"]) == (VILLAGE, "rural")


def test_the_newest_statement_before_the_day_governs() -> None:
    means = [*stated("2024-01-05", wage="0"), *stated("2024-05-31", wage="99999"), *stated("2024-06-01", wage="0")]
    assert asked(means)["over"] is True
    assert asked(means, on="2024-05-31")["over"] is False
    assert asked(means, on="2024-06-02")["over"] is False


def test_unknown_is_neither_above_nor_below() -> None:
    assert asked([])["over"] is None
    assert asked(stated("2024-06-01", wage="99999"))["over"] is None
    assert asked(stated("2024-01-05", wage=None))["over"] is None
    assert asked(stated("2024-01-05", wage="99999"), members=0)["over"] is None


def test_a_village_of_unknown_kind_has_no_standard() -> None:
    unknown = asked(stated("2024-01-05", wage="99999"), kind=None)
    assert (unknown["over"], unknown["line_state"], unknown["line_fen"]) == (None, 0, None)
    assert asked(stated("2024-01-05", wage="99999"), region=None)["over"] is None
    everywhere = rules(dibao_standard=632)
    assert asked(stated("2024-01-05", wage="99999"), kind=None, policy=everywhere)["over"] is True


def test_without_a_local_standard_nothing_is_judged() -> None:
    assert asked(stated("2024-01-05", wage="99999"), policy=Policy.shipped())["line_state"] == 0


@pytest.mark.parametrize("programme", ["destitute", "rigid_expense", "old_age"])
def test_other_programmes_have_no_line_here(programme: str) -> None:
    seen = asked(stated("2024-01-05", wage="99999"), programme=programme)
    assert (seen["over"], seen["line_state"], seen["line_fen"]) == (None, -1, None)


def test_the_standard_of_the_day_and_kind_holds() -> None:
    raised = rules(
        dibao_standard=[
            {"urban_rural": "rural", "value": 632},
            {"urban_rural": "rural", "value": 633, "from": "2024-06-01"},
        ]
    )
    means = stated("2024-01-05", wage="22752")
    assert asked(means, policy=raised, on="2024-05-31")["over"] is True
    assert asked(means, policy=raised, on="2024-06-01")["over"] is False
    assert asked(means, kind="urban")["over"] is False
