"""Tests that nothing in any file could be taken for a real person, telephone, bank account or place."""

import re
from collections.abc import Iterator

import pytest

from casework.tables import TABLES
from synthetic.world import Regime
from tests.synthetic.world.small import REGIMES, Tables, township, village

CITIZEN = re.compile(r"99\d{4}(\d{8}\d{3}[\dX]|\d{6}\d{3})")  # 18 digits, or the 15 of former times
REGION = re.compile(r"99\d{10}")
BUSINESS = re.compile(r"[A-Z]{1,2}\d{13}")
PHONE = re.compile(r"10\d{9}")  # no mobile number begins with 10
ACCOUNT = re.compile(r"9900\d{15}")  # no card and no bank begins with 99
NAME = re.compile(r"\w[示例]\w{1,2}")
# what a reader could take for a real number, wherever it stands
REAL = re.compile(r"(?<!\d)([1-8]\d{16}[\dXx]|1[3-9]\d{9}|62\d{14,17})(?!\d)")


@pytest.fixture(scope="module", params=[*REGIMES, "township"])
def tables(request: pytest.FixtureRequest) -> Tables:
    """A small world of each regime, and a township."""
    regime: Regime = request.param
    return township()[0] if request.param == "township" else village(regime)[0]


def cells(tables: Tables, *, kind: str | None = None, column: str | None = None) -> Iterator[tuple[str, str, str]]:
    """Table, column and cell of every column of that kind or name that is not empty."""
    for name, rows in tables.items():
        columns = [one.name for one in TABLES[name].columns if kind in {None, one.kind} and column in {None, one.name}]
        for row in rows:
            for one in columns:
                if row.get(one):
                    yield name, one, row[one]


def unlike(pattern: re.Pattern[str], found: Iterator[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The cells that the pattern does not fit; there must be some that it could."""
    seen = list(found)
    assert seen
    return [one for one in seen if not pattern.fullmatch(one[2])]


def test_every_citizen_number_of_every_table_is_of_the_province_that_does_not_exist(tables: Tables) -> None:
    assert unlike(CITIZEN, cells(tables, kind="id_no")) == []


def test_no_column_of_persons_is_left_without_a_row_to_look_at() -> None:
    worlds = [township()[0], *(village(regime)[0] for regime in REGIMES)]
    named = {(name, column) for tables in worlds for name, column, _ in cells(tables, kind="id_no")}
    holding = {(name, one.name) for name, table in TABLES.items() for one in table.columns if one.kind == "id_no"}
    assert named == holding


def test_every_place_is_of_that_province_and_named_an_example(tables: Tables) -> None:
    assert unlike(REGION, cells(tables, kind="region")) == []
    assert all(row["name"].startswith("示例") for row in tables["region"])
    places = {row["region_code"]: row["name"] for row in tables["region"]}
    assert all(row["address"].startswith(places[row["region_code"]]) for row in tables["household"] if row["address"])


def test_every_name_says_that_it_is_an_example(tables: Tables) -> None:
    assert unlike(NAME, (("person", "name", row["name"]) for row in tables["person"])) == []


def test_no_telephone_and_no_account_could_be_called_or_paid(tables: Tables) -> None:
    assert unlike(PHONE, cells(tables, column="phone")) == []
    assert unlike(ACCOUNT, cells(tables, column="account_no")) == []


def test_business_numbers_are_letters_and_the_digits_of_the_township(tables: Tables) -> None:
    numbers = (cell for cell in cells(tables, kind="number") if cell[1] != "account_no")
    assert unlike(BUSINESS, numbers) == []


def test_no_cell_of_any_table_looks_like_a_real_number(tables: Tables) -> None:
    assert [one for one in cells(tables) if REAL.search(one[2])] == []
