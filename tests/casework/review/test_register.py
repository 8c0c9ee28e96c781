"""Does a registration hold only what it may: a clear name, a known region, and of a citizen number the keyed hash?"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from casework.errors import WrongUsageError
from casework.regions import Region, Regions
from casework.review import register
from casework.review.database import Database
from casework.review.journal import Journal
from casework.review.register import Registered
from casework.review.standing import HandledError
from casework.review.store import Review
from casework.text import Text
from casework.workspace import Workspace
from tests.worlds import person_no

TODAY = date(2024, 12, 31)
KEY = b"a key of tests only"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return Review(Journal(Database(tmp_path / "mingcha.sqlite")))


def one(name: str = "示例甲", **said: object) -> Registered:
    return Registered(**{"name": name, "role": "inspector", "region_code": "", "person_id": None, **said})  # type: ignore[arg-type]


def said_of(refused: Callable[[], object]) -> str:
    with pytest.raises(WrongUsageError) as error:
        refused()
    return error.value.message.en


# -- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "kept"), [("  示例甲\t", "示例甲"), ("T-01", "T-01"), ("甲" * 40, "甲" * 40)])
def test_a_name_is_kept_without_its_outer_spaces(typed: str, kept: str) -> None:
    assert register.name_of(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "1 to 40"),
        ("   ", "1 to 40"),
        ("甲" * 41, "this one has 41"),
        ("示例\n甲", "control characters"),
        ("示例\x1b[31m甲", "control characters"),
        ("示例\u200b甲", "invisible"),
        ("示例甲 990101195505051019", "no citizen number"),
        ("示例甲990101-19550505-1019", "no citizen number"),
    ],
)
def test_a_name_that_is_none_is_refused_and_says_why(typed: str, why: str) -> None:
    assert why in said_of(lambda: register.name_of(typed))


def test_two_names_that_look_the_same_are_not_both_registered(review: Review) -> None:
    register.enrol(review, "管理员", one("T-01 甲"), key="1")
    assert "looks the same" in said_of(lambda: register.enrol(review, "管理员", one("Ｔ-01甲"), key="2"))
    assert register.found(" t-01 甲", register.registered(review)) == one("T-01 甲")


# -- regions ---------------------------------------------------------------------------------------------------------

TREE = Regions(
    [
        Region("990101000000", Text("示范县", "示范县"), "county", None),
        Region("990101001000", Text("示例镇", "示例镇"), "township", None),
    ]
)


@pytest.mark.parametrize(
    ("typed", "code"), [("all", ""), ("990101001000", "990101001000"), ("990101", "990101000000"), (" all ", "")]
)
def test_a_region_is_one_of_the_data_or_everywhere_by_name(typed: str, code: str) -> None:
    assert register.region_of(typed, TREE) == code


@pytest.mark.parametrize("typed", ["", "990101009000", "示例镇", "99010100100"])
def test_another_region_is_refused(typed: str) -> None:
    assert "no region" in said_of(lambda: register.region_of(typed, TREE))


def test_without_data_only_everywhere_can_be_said() -> None:
    assert register.region_of("all", None) == ""
    assert "import first" in said_of(lambda: register.region_of("990101", None))


# -- the number for recusal ------------------------------------------------------------------------------------------


def test_the_id_is_the_one_that_the_import_gave_the_same_number(county_workspace: Path) -> None:
    workspace = Workspace(county_workspace)
    identity = pl.read_parquet(workspace.snapshot / "identity.parquet")
    (expected,) = identity.filter(pl.col("id_no") == "990101195505051019")["person_id"]
    assert register.person_of(" 990101195505051019 ", workspace.key, TODAY) == expected
    assert register.among(workspace.tables(), expected)
    assert not register.among(workspace.tables(), expected + 1)
    assert not register.among(None, expected)


def test_fifteen_digits_are_the_same_person_as_eighteen() -> None:
    whole = person_no("示例甲", "1955-05-05")
    old = whole[:6] + whole[8:17]
    assert register.person_of(old, KEY, TODAY) == register.person_of(whole, KEY, TODAY)
    assert register.person_of(whole.lower(), KEY, TODAY) == register.person_of(whole, KEY, TODAY)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("990101195505051018", "check digit"),
        ("990101195513451019", "does not exist"),
        ("990101209505051016", "lies ahead"),
        ("990101********1019", "masked"),
        ("99010119550505", "18 characters"),
        ("无", "placeholder"),
    ],
)
def test_a_number_that_is_none_is_refused_and_never_repeated(number: str, why: str) -> None:
    said = said_of(lambda: register.person_of(number, KEY, TODAY))
    assert why in said
    assert number not in said


# -- registering -----------------------------------------------------------------------------------------------------


def test_someone_new_is_journalled_once_and_what_stays_is_not_written_again(review: Review) -> None:
    assert register.enrol(review, "管理员", one(), key="1").old is None
    assert register.enrol(review, "管理员", one(), key="2").nothing
    (entry,) = review.journal.entries()
    assert (entry.who, entry.what, entry.why, entry.subject) == ("管理员", "enrol", "inspector", "reader:示例甲")


def test_a_change_tells_what_it_was_and_is(review: Review) -> None:
    register.enrol(review, "管理员", one(person_id=7), key="1")
    change = register.enrol(review, "管理员", one(role="supervisor", person_id=7), key="2")
    assert (change.old, change.new) == (one(person_id=7), one(role="supervisor", person_id=7))
    assert register.registered(review) == {"示例甲": one(role="supervisor", person_id=7)}


def test_nobody_changes_or_retires_themselves_but_may_register_first(review: Review) -> None:
    register.enrol(review, "示例甲", one(role="steward"), key="1")
    assert "their own" in said_of(lambda: register.enrol(review, "示例甲", one(role="auditor"), key="2"))
    assert "their own" in said_of(lambda: register.retire(review, "示例甲", "示例甲", key="3"))
    assert register.registered(review)["示例甲"].active


def test_a_retired_one_is_let_in_again_as_they_were(review: Review) -> None:
    register.enrol(review, "管理员", one(region_code="990101001000", person_id=7), key="1")
    assert not register.retire(review, "管理员", "示例甲", key="2").new.active
    register.retire(review, "管理员", "示例甲", key="3", active=True)
    assert register.registered(review)["示例甲"] == one(region_code="990101001000", person_id=7)
    assert [entry.what for entry in review.journal.entries()] == ["enrol", "retire", "enrol"]
    assert "nobody named" in said_of(lambda: register.retire(review, "管理员", "示例丙", key="4"))


def test_who_comes_second_is_told_and_overwrites_nothing(review: Review) -> None:
    register.enrol(review, "管理员", one(), key="1")
    seen = one()
    register.enrol(review, "管理员甲", one(role="supervisor"), key="2", seen=seen)
    with pytest.raises(HandledError, match="somebody else"):
        register.enrol(review, "管理员乙", one(region_code="990101001000"), key="3", seen=seen)
    assert register.registered(review)["示例甲"].role == "supervisor"


def test_two_who_add_one_name_at_once_do_not_overwrite_each_other(review: Review) -> None:
    register.enrol(review, "管理员甲", one(role="supervisor"), key="1", fresh=True)
    with pytest.raises(HandledError, match="somebody else"):
        register.enrol(review, "管理员乙", one(role="auditor"), key="2", fresh=True)
    assert register.enrol(review, "管理员甲", one(role="supervisor"), key="1", fresh=True).nothing
    assert register.registered(review)["示例甲"].role == "supervisor"


def test_a_name_is_compared_with_whoever_is_registered_when_it_is_written(review: Review) -> None:
    """The second steward looks, and waits for the first one's transaction, before either has written."""
    looked = threading.Barrier(2)

    def add(name: str) -> bool:
        looked.wait()
        try:
            register.enrol(review, "管理员", one(name), key=name, fresh=True)
        except WrongUsageError:
            return False
        return True

    for number in range(10):
        names = [f"Wang{number}", f"wang{number}"]
        with ThreadPoolExecutor(2) as at_once:
            assert sorted(at_once.map(add, names)) == [False, True]


def test_one_person_comes_in_under_one_name(review: Review) -> None:
    register.enrol(review, "管理员", one("示例甲", person_id=7), key="1")
    assert "“示例甲”" in said_of(lambda: register.enrol(review, "管理员", one("示例乙", person_id=7), key="2"))
    register.enrol(review, "管理员", one("示例乙", person_id=8), key="3")
    register.retire(review, "管理员", "示例甲", key="4")
    register.enrol(review, "管理员", one("示例乙", person_id=7), key="5")
    assert "“示例乙”" in said_of(lambda: register.retire(review, "管理员", "示例甲", key="6", active=True))
    register.enrol(review, "管理员", one("示例丙"), key="7")  # without a number, as many as there are
    register.enrol(review, "管理员", one("示例丁"), key="8")
