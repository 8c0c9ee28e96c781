"""Tests of wrong_exit: the facts of the month after the last."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.missed import wrong_exit
from tests.detectors.asking import asked, facts, found, status
from tests.families import household, kin, match, means, member, no, person
from tests.worlds import Row, world

POLICY = Policy.of(dibao_standard=600.0)  # 7200 a year and person


def award(programme: str = "dibao", number: str = "W1", **cells: str | None) -> Row:
    return {
        "award_no": number,
        "programme": programme,
        "household_no": "H1",
        "from_month": "2020-01",
        "to_month": "2024-06",
        "end_reason": "income",
        "single_person_basis": None,
        **cells,
    }


def row(name: str = "示例甲", number: str = "W1", since: str = "2020-01", until: str | None = None) -> Row:
    return {"award_no": number, "id_no": no(name), "from_month": since, "to_month": until}


def small(awards: list[Row], people: list[Row] | None = None, **tables: list[Row]) -> Tables:
    people = people or [person("示例甲")]
    members = [member(str(one["name"]), relation="head" if n == 0 else "other") for n, one in enumerate(people)]
    rows = [row(str(one["name"])) for one in people]
    tables = {"household": [household()], "member": members, "beneficiary": rows} | tables
    return world(person=people, award=awards, **tables)


def poor(yuan: str = "7199.99", *, as_of: str = "2024-05-31", **cells: str | None) -> list[str]:
    return found(wrong_exit, small([award(**cells)], means=[means(yuan, as_of=as_of)]), POLICY)


@pytest.mark.parametrize(("yuan", "expected"), [("7199.99", ["W1"]), ("7200", [])])
def test_a_household_still_below_the_line_was_entitled(yuan: str, expected: list[str]) -> None:
    assert poor(yuan) == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("income", ["W1"]),
        ("assets", ["W1"]),
        ("near_kin_clearance", ["W1"]),
        ("other", ["W1"]),
        ("death", []),
        ("moved", []),
        ("voluntary", []),
        ("merged", []),
        (None, []),
    ],
)
def test_only_endings_that_an_office_decides_are_asked(reason: str | None, expected: list[str]) -> None:
    assert poor(end_reason=reason) == expected


def test_the_statement_on_file_before_the_month_after_counts() -> None:
    assert poor(as_of="2024-06-30") == ["W1"]
    late = small([award()], means=[means("0", as_of="2024-07-01")])
    assert status(asked(wrong_exit, late, POLICY))[2] == 1
    raised = [means("0", as_of="2024-01-31"), means("9000", as_of="2024-06-30")]
    assert found(wrong_exit, small([award()], means=raised), POLICY) == []


def test_the_standard_of_the_month_after_governs() -> None:
    policy = Policy.of(dibao_standard=[{"from": "2020-01-01", "value": 500.0}, {"from": "2024-07-01", "value": 600.0}])
    statement = [means("7000") | {"as_of": "2024-05-31"}]
    assert found(wrong_exit, small([award()], means=statement), policy) == ["W1"]
    assert found(wrong_exit, small([award(to_month="2024-05")], means=statement), policy) == []


def test_an_award_that_has_not_ended_yet_is_not_asked() -> None:
    assert poor(to_month="2024-12") == ["W1"]
    assert poor(to_month="2025-01") == []
    assert poor(to_month=None) == []


def test_the_members_of_the_month_after_count() -> None:
    people = [person("示例甲"), person("示例乙")]
    for left, expected in (("2024-07-01", []), ("2024-07-02", ["W1"])):
        members = [member("示例甲"), member("示例乙", left_on=left)]
        data = small([award()], people, member=members, means=[means("10000", as_of="2024-05-31")])
        assert found(wrong_exit, data, POLICY) == expected


def test_single_person_entry_is_by_the_edge_line_of_the_award_or_its_application() -> None:
    assert poor("10799.99", single_person_basis="serious_illness") == ["W1"]
    assert poor("10800", single_person_basis="serious_illness") == []
    application = {
        "application_no": "A1",
        "programme": "dibao",
        "household_no": "H1",
        "accepted_at": "2020-01-05",
        "single_person_basis": "serious_illness",
    }
    data = small([award(application_no="A1")], means=[means("10799.99", as_of="2024-05-31")], application=[application])
    assert found(wrong_exit, data, POLICY) == ["W1"]


def test_a_veto_of_the_month_after_made_it_right() -> None:
    car = match("示例甲", "vehicle", "2024-07-01", value="50000", detail="car")
    statement = [means("0", as_of="2024-05-31")]
    assert found(wrong_exit, small([award(end_reason="assets")], means=statement, match=[car]), POLICY) == []
    later = {**car, "from_on": "2024-07-02"}
    assert found(wrong_exit, small([award(end_reason="assets")], means=statement, match=[later]), POLICY) == ["W1"]


@pytest.mark.parametrize(
    ("programme", "since", "expected"),
    [
        ("dibao", "2024-07", []),
        ("dibao", "2024-08", ["W1"]),
        ("destitute", "2024-07", []),
        ("heating", "2024-07", ["W1"]),
    ],
)
def test_who_went_on_under_another_award_lost_nothing(programme: str, since: str, expected: list[str]) -> None:
    another = award(programme, "W2", from_month=since, to_month=None, end_reason=None)
    rows = [row(), row(number="W2", since=since)]
    data = small([award(), another], means=[means("0", as_of="2024-05-31")], beneficiary=rows)
    assert found(wrong_exit, data, POLICY) == expected


@pytest.mark.parametrize(
    "finding",
    [
        match("示例甲", "vehicle", "2020-01-01", value="50000"),  # of which kind?
        match("示例甲", "vehicle", value="50000", detail="car"),  # compared later: since when?
    ],
)
def test_a_half_known_asset_leaves_it_undecidable(finding: Row) -> None:
    data = small([award(end_reason="assets")], means=[means("0", as_of="2024-05-31")], match=[finding])
    result = asked(wrong_exit, data, POLICY)
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_a_person_still_entitled_was_struck_off_in_error() -> None:
    disabled = [person("示例甲", disability_grade="2")]
    data = small([award("disability_care", end_reason="other")], disabled)
    assert found(wrong_exit, data) == ["W1"]
    regraded = [person("示例甲", disability_grade="3")]
    assert found(wrong_exit, small([award("disability_care", end_reason="other")], regraded)) == []


@pytest.mark.parametrize(("born", "expected"), [("2006-07-01", []), ("2006-07-02", ["W1"])])
def test_a_child_who_comes_of_age_that_month_rightly_leaves(born: str, expected: list[str]) -> None:
    dead = [match("示例父", "death", "2020-01-01"), match("示例母", "death", "2021-01-01")]
    ties = [kin("示例甲", "示例父"), kin("示例甲", "示例母")]
    data = small([award("orphan", end_reason="other")], [person("示例甲", born)], kin=ties, match=dead)
    assert found(wrong_exit, data) == expected


def test_one_who_had_died_or_left_the_award_before_is_not_asked() -> None:
    dead = [person("示例甲", "1930-01-01", died_on="2024-06-20")]
    assert found(wrong_exit, small([award("old_age", end_reason="other")], dead)) == []
    people = [person("示例甲", "1930-01-01"), person("示例乙")]
    rows = [row(until="2024-05"), row("示例乙")]
    assert found(wrong_exit, small([award("old_age", end_reason="other")], people, beneficiary=rows)) == []
    assert found(wrong_exit, small([award("old_age", end_reason="other")], people)) == ["W1"]


def test_says_what_ended_and_what_still_held() -> None:
    data = small([award()], means=[means("3000", as_of="2024-05-31")])
    said = facts(wrong_exit, data, POLICY)
    assert (said["to_month"], said["end_reason"], said["told_on"]) == ("2024-06", "income", "2024-05-31")
    assert (said["y_fen"], said["n"], said["line_fen"], said["case"]) == (300_000, 1, 60_000, "income")
    assert "1 口之家据 2024-05-31 核定年收入 3,000.00 元" in wrong_exit.CARD.reads(said, "zh")
    assert "3,000.00 yuan a year by the statement of 2024-05-31" in wrong_exit.CARD.reads(said, "en")
    result = asked(wrong_exit, data, POLICY)
    assert set(result.evidence["table"]) == {"award", "means", "member"}
    assert result.leads.select("level", "subject_kind", "amount_fen").rows() == [("verify", "award", None)]


def test_an_unknown_region_is_one_place_too() -> None:
    tables = {"household": [{**household(), "region_code": None}]}
    assert found(
        wrong_exit, small([award("old_age", end_reason="other")], [person("示例甲", "1940-01-01")], **tables)
    ) == ["W1"]
    data = small([award()], means=[means("7199.99", as_of="2024-05-31")], **tables)
    assert found(wrong_exit, data, POLICY) == ["W1"]
