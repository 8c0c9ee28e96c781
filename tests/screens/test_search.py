"""Does the search find what is the reader's, in every way it may be asked for, and nothing else?"""

import re
import shutil
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.review.scope import Scope
from casework.workspace import Workspace
from dashboard.queries import objects, search
from dashboard.queries.owned import Owned
from dashboard.queries.terms import read
from tests.screens.conftest import Open, said
from tests.worlds import KEY, person_no, world

HERE, THERE, NOWHERE = "990101001001", "990102001001", None  # our county, another, nobody knows
ROOT: Final = "990100000000"  # of the tree: the city of both
ZHANG, WANG, MOVED, LOST = (person_no(name) for name in ("张示例", "王示例", "李示例", "赵示例"))
YOUNG: Final = person_no("少示例", born="1990-05-06")
OLD: Final = YOUNG[:6] + YOUNG[8:17]  # the same person in fifteen digits
CHIEF: Final = person_no("干示例")
LEADS: Final = pl.DataFrame({"lead_id": ["0a1b2c3d", "0a1bffff", "77770000"]})


def people() -> list[dict[str, str | None]]:
    return [
        {"id_no": ZHANG, "name": "张示例", "region_code": HERE},
        {"id_no": WANG, "name": "王(示).*", "region_code": THERE},
        {"id_no": MOVED, "name": "李示例", "region_code": THERE},
        {"id_no": LOST, "name": "赵示例", "region_code": NOWHERE},
        {"id_no": OLD, "name": "少%示_例", "region_code": HERE},
    ]


def owned(prefix: str = "990101000000", *, hears: bool = True, recused: frozenset[int] = frozenset()) -> Owned:
    homes = [("H-0001", HERE, "示例松村 47号"), ("H-0002", THERE, "示例柏村 47号"), ("H-0003", None, None)]
    data = world(
        person=people(),
        household=[{"household_no": no, "region_code": code, "address": address} for no, code, address in homes],
        member=[
            {"household_no": no, "id_no": one, "joined_on": "2020-01-01", "relation": "head"}
            for no, one in (("H-0001", ZHANG), ("H-0001", MOVED), ("H-0002", WANG), ("H-0002", MOVED))
        ],
        application=[
            {"application_no": f"A-000{one}", "household_no": f"H-000{one}", "programme": "dibao", "region_code": code}
            for one, code in ((1, THERE), (2, HERE), (3, HERE))  # the household's village comes first
        ],
        award=[
            {"award_no": f"W-000{one}", "household_no": f"H-000{one}", "programme": "dibao", "from_month": "2024-01"}
            for one in (1, 2)
        ],
        payment=[
            {"payment_no": f"P{no}", "award_no": award, "month": "2024-02", "amount": "500", "account_no": account}
            for no, (award, account) in enumerate(
                [("W-0001", "620000111"), ("W-0002", "620000111"), ("W-0002", "620000999")]
            )
        ],
        complaint=[
            {"complaint_no": "C-0001", "kind": "report", "region_code": HERE, "about_official_id_no": CHIEF},
            {"complaint_no": "C-0002", "kind": "help", "region_code": THERE, "about_official_id_no": None},
        ],
    )
    return Owned(data, Scope.of(prefix), ROOT, hears, recused)


def found(term: str, mine: Owned | None = None) -> dict[str, list[str]]:
    """What the term finds, by kind, in words of the world."""
    mine = mine or owned()
    sought = read(term, mine.tables.as_of)
    assert sought is not None
    answer = search.search(mine, sought, KEY, LEADS)
    names = {ids(mine)[number]: name for number, name in NAMES.items()}
    columns = {"person": "person_id", "account": "account_no", "lead": "lead_id"}
    return {
        kind: sorted(names.get(one, str(one)) for one in got.rows[columns.get(kind, f"{kind}_no")].to_list())
        for kind, got in answer.items()
    }


NAMES: Final = {ZHANG: "张", WANG: "王", MOVED: "李", LOST: "赵", YOUNG: "少", CHIEF: "干"}


def ids(mine: Owned) -> dict[str, int]:
    """The keyed id of each number, 18 signs."""
    return {
        number: search.person_ids(mine, one, KEY)[0] for number in NAMES if (one := read(number, mine.tables.as_of))
    }


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (ZHANG, {"person": ["张"]}),
        (f" {ZHANG[:6]} {ZHANG[6:]} ", {"person": ["张"]}),
        (ZHANG.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}), {"person": ["张"]}),
        (ZHANG.lower(), {"person": ["张"]}),
        (ZHANG[:-2], {}),  # neither whole nor an end
        (YOUNG, {"person": ["少"]}),  # kept in fifteen digits, asked in eighteen
        (OLD, {"person": ["少"]}),
        (YOUNG[-4:], {"person": ["少"]}),
        (OLD[-4:], {"person": ["少"]}),
        (YOUNG[-3:], {}),  # three signs are nobody's number
        (WANG, {}),  # another county's
        (WANG[-4:], {}),
        (MOVED, {"person": ["李"]}),  # registered there, a member of a household here
        (LOST, {}),  # of no known region: the whole's
        (CHIEF, {}),  # in no table of persons
    ],
)
def test_a_person_is_found_by_the_whole_number_or_its_end(term: str, expected: dict[str, list[str]]) -> None:
    assert {kind: got for kind, got in found(term).items() if kind == "person"} == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("张示例", ["张"]),
        ("张示", ["张"]),
        ("张", []),  # one sign is a name only where it is the whole of it
        ("示例", []),  # not from the middle
        ("张.例", []),  # a sign of patterns is a sign
        (".*", []),
        ("少%示", ["少"]),
        ("%示", []),
        ("少_示", []),
        ("王(", []),  # another county's; and an open bracket is no error
    ],
)
def test_a_name_is_found_by_its_beginning_and_literally(term: str, expected: list[str]) -> None:
    assert found(term).get("person", []) == expected


def test_who_reads_the_whole_finds_who_lies_nowhere() -> None:
    whole = owned("")
    assert found("王(示", whole) == {"person": ["王"]}
    assert found(LOST, whole) == {"person": ["赵"]}
    assert found("H-0003", whole) == {"household": ["H-0003"]}
    city = owned(ROOT)  # the root of the tree is the whole too
    assert found("H-0003", city) == {"household": ["H-0003"]}


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("H-0001", {"household": ["H-0001"]}),
        ("h-00", {"household": ["H-0001"]}),
        ("A-00", {"application": ["A-0001", "A-0003"]}),
        ("W-00", {"award": ["W-0001"]}),
        ("C-00", {"complaint": ["C-0001"]}),
        ("0001", {"household": ["H-0001"], "application": ["A-0001"], "award": ["W-0001"], "complaint": ["C-0001"]}),
        ("0111", {"account": ["620000111"]}),
        ("620000111", {"account": ["620000111"]}),
        ("0999", {}),  # paid for nobody of ours
        ("111", {}),  # three signs
        ("H", {}),
        ("H-%", {}),
        ("H-0002", {}),
        ("A-0002", {}),
        ("松村", {"household": ["H-0001"]}),
        ("松村 47", {"household": ["H-0001"]}),
        ("47号 示例", {"household": ["H-0001"]}),
        ("松村 48", {}),
        ("柏村", {}),
        (".村", {}),
        ("0a1b", {"lead": ["0a1b2c3d", "0a1bffff"]}),
        ("0A1B2", {"lead": ["0a1b2c3d"]}),
        ("0a1", {}),
    ],
)
def test_everything_else_is_found_by_its_number_or_place(term: str, expected: dict[str, list[str]]) -> None:
    assert found(term) == expected


def test_complaints_are_for_those_who_hear_them_and_never_for_the_official_they_are_about() -> None:
    assert found("C-00", owned(hears=False)) == {}
    chief = ids(owned())[CHIEF]
    assert found("C-00", owned(recused=frozenset({chief}))) == {}
    assert objects.found(owned(recused=frozenset({chief})), "complaint", "C-0001") is None
    assert found("C-00", owned("", recused=frozenset({chief}))) == {"complaint": ["C-0002"]}  # about nobody named


def test_only_so_many_are_listed_and_the_rest_is_counted() -> None:
    many = [{"household_no": f"H-{number:04d}", "region_code": HERE} for number in range(search.MOST + 3)]
    mine = Owned(world(household=many), Scope(), ROOT, hears=True)
    term = read("H-", mine.tables.as_of)
    assert term is not None
    got = search.search(mine, term, KEY, LEADS)["household"]
    assert (got.total, got.rows.height) == (search.MOST + 3, search.MOST)


@pytest.mark.parametrize(
    ("kind", "identity", "parts"),
    [
        ("household", "H-0001", {"members": 2, "awards": 1, "payments": 1, "applications": 1, "complaints": 0}),
        ("application", "A-0001", {"home": 1, "steps": 0, "awards": 0, "complaints": 0}),
        ("award", "W-0001", {"home": 1, "covered": 0, "payments": 1, "applications": 0}),
        ("complaint", "C-0001", {"home": 0, "applications": 0}),
    ],
)
def test_an_object_shows_what_belongs_to_it(kind: str, identity: str, parts: dict[str, int]) -> None:
    thing = objects.found(owned(), kind, identity)
    assert thing is not None
    assert {name: rows.height for name, rows in thing.parts.items()} == parts


@pytest.mark.parametrize(
    ("kind", "identity"),
    [("household", "H-0002"), ("application", "A-0002"), ("award", "W-0002"), ("complaint", "C-0002"), ("lead", "x")],
)
def test_what_is_not_the_readers_does_not_open(kind: str, identity: str) -> None:
    assert objects.found(owned(), kind, identity) is None
    assert kind == "lead" or objects.found(owned(""), kind, identity) is not None


def test_of_a_person_and_an_account_only_our_households_are_told() -> None:
    mine = owned()
    person = objects.found(mine, "person", str(ids(mine)[MOVED]))
    assert person is not None
    assert person.parts["households"]["household_no"].to_list() == ["H-0001"]
    assert objects.found(mine, "person", str(ids(mine)[WANG])) is None
    assert objects.found(mine, "person", "x") is None
    (account,) = mine.tables.engine.collect(mine.payments().select("account_id"))["account_id"].unique()
    shared = objects.found(mine, "account", str(account))
    assert shared is not None
    assert shared.parts["paid"].select("household_no", "amount_fen").rows() == [("H-0001", 500_00)]


# -- on the screen -----------------------------------------------------------------------------------------------------


def sought(page: AppTest, term: str) -> AppTest:
    page.text_input[0].set_value(term)
    return page.button(key="search-go").click().run()


def searches(workspace: Path) -> list[Any]:
    return [entry for entry in Workspace(workspace).journal.entries() if entry.what == "search"]


@pytest.fixture
def someone(township: Path) -> tuple[str, str]:
    """A number and a name of the township."""
    snapshot = Workspace(township).snapshot
    known = pl.read_parquet(snapshot / "person.parquet").filter(pl.col("name").str.len_chars() > 2)
    numbers = pl.read_parquet(snapshot / "identity.parquet")
    row = known.join(numbers, on="person_id").sort("person_id").row(0, named=True)
    return row["id_no"], row["name"]


def test_a_number_is_journalled_by_its_sort_and_stands_in_no_address(
    open_page: Open, township: Path, someone: tuple[str, str]
) -> None:
    number, name = someone
    before = len(searches(township))
    page = sought(open_page(township, "search", role="inspector"), number)
    assert not page.exception
    words = said(page)
    assert "人员 1" in words
    assert number not in words
    assert name not in words
    assert f"{number[:6]}********{number[-4:]}" in words
    assert not any(number in str(value) for value in page.query_params.values())
    page.run()  # looking again is not searching again
    (entry,) = searches(township)[before:]
    assert (entry.who, entry.why, entry.subject) == ("T-01", "number", "search")
    assert re.fullmatch("[0-9a-f]{64}", entry.new)
    assert number not in "".join(map(str, (entry.why, entry.new, entry.old)))
    sought(page, name)
    assert searches(township)[-1].why == "name or address"
    assert name not in searches(township)[-1].new


def test_the_term_of_one_reader_is_not_the_nexts(open_page: Open, township: Path, someone: tuple[str, str]) -> None:
    page = sought(open_page(township, "search", role="inspector"), someone[1])
    assert page.text_input[0].value == someone[1]
    page.session_state["entered"] = ("T-02", "inspector")
    page.run()
    assert page.text_input[0].value == ""
    assert "人员 ·" not in said(page)


def test_nothing_typed_is_no_search_and_nothing_found_says_so(open_page: Open, township: Path) -> None:
    before = len(searches(township))
    page = sought(open_page(township, "search", role="inspector"), "   ")
    assert page.warning[0].value == "请先填写要查的内容。"
    assert len(searches(township)) == before
    page = sought(page, "(((")
    assert "没有找到" in said(page)


def test_an_object_that_is_not_there_is_one_clear_line(open_page: Open, township: Path) -> None:
    for kind in ("household", "person", "nosuch"):
        page = open_page(township, "search", role="inspector", kind=kind, id="nosuch")
        assert not page.exception
        assert "没有这个对象" in said(page)


def test_no_object_names_a_person_or_tells_an_address(open_page: Open, township: Path) -> None:
    snapshot = Workspace(township).snapshot
    table = {
        name: pl.read_parquet(snapshot / f"{name}.parquet") for name in ("person", "household", "payment", "complaint")
    }
    numbers = pl.read_parquet(snapshot / "identity.parquet")["id_no"]
    leads = pl.read_parquet(township / "leads.parquet")
    shared = leads.filter(pl.col("subject_kind") == "account")["subject"][0]
    asked = {
        "account": str(table["payment"].filter(pl.col("account_no") == shared)["account_id"][0]),
        "person": leads.filter(pl.col("subject_kind") == "person")["subject"][0],
        "award": leads.filter(pl.col("subject_kind") == "award")["subject"][0],
        "application": leads.filter(pl.col("subject_kind") == "application")["subject"][0],
        "household": leads.filter(pl.col("subject_kind") == "household")["subject"][0],
        "complaint": table["complaint"]["complaint_no"][0],
    }
    for kind, identity in asked.items():
        page = open_page(township, "search", role="inspector", kind=kind, id=identity)
        assert not page.exception
        words = said(page)
        assert "没有这个对象" not in words
        if kind != "complaint":
            assert "待核实" in words, kind  # its lead
        for hidden in (table["person"]["name"], table["household"]["address"], table["payment"]["account_no"], numbers):
            assert not [one for one in hidden.drop_nulls().unique() if one in words], kind


def test_every_object_opened_is_journalled_once_and_a_person_or_account_by_digest(
    open_page: Open, county: Path, tmp_path: Path
) -> None:
    workspace = Path(shutil.copytree(county, tmp_path / "county"))
    paid = pl.read_parquet(Workspace(workspace).snapshot / "payment.parquet").drop_nulls("account_id")
    home = pl.read_parquet(Workspace(workspace).snapshot / "household.parquet")["household_no"][0]
    person = pl.read_parquet(Workspace(workspace).snapshot / "member.parquet")["person_id"].drop_nulls()[0]
    account = paid["account_id"][0]
    before = len(Workspace(workspace).journal.entries())
    looks = []
    for kind, identity in (("household", home), ("person", person), ("account", account), ("household", "nosuch")):
        page = open_page(workspace, "search", role="inspector", kind=kind, id=str(identity))
        page.run()
        assert not page.exception
        looks.append(
            [entry.subject for entry in Workspace(workspace).journal.entries()[before:] if entry.what == "look"]
        )
    subjects = looks[-1]
    assert [len(found) for found in looks] == [1, 2, 3, 3]
    assert subjects[0] == home
    assert [re.fullmatch(r"(person|account):[0-9a-f]{64}", one) is not None for one in subjects] == [False, True, True]
    assert subjects[1] != subjects[2]
    assert not [one for one in subjects if str(person) in one or str(account) in one]


@pytest.mark.parametrize("kind", ["person", "account"])
@pytest.mark.parametrize("name", ["²", "--5", "9" * 30])
def test_an_address_that_names_no_number_finds_nothing_and_breaks_nothing(
    open_page: Open, county: Path, kind: str, name: str
) -> None:
    page = open_page(county, "search", role="inspector", kind=kind, id=name)
    assert not page.exception
    assert "这一页未能显示" not in said(page)
