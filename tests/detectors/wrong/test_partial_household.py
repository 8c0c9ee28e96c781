"""Tests of partial_household: which day, who lives there, who is lawfully out."""

import pytest

from detectors.wrong import partial_household
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import Row, person_no, world

NAMES = ("示例甲", "示例乙", "示例丙")
IDS = {name: person_no(name) for name in NAMES}


def person(name: str, **cells: str | None) -> Row:
    return {"id_no": IDS[name], "name": name, "sex": "F", "born_on": "1980-01-01", "status": None, **cells}


def lives(name: str, joined: str = "2010-01-01", **cells: str | None) -> Row:
    relation = {"示例甲": "head", "示例乙": "spouse", "示例丙": "child"}[name]
    return {
        "household_no": "H1",
        "id_no": IDS[name],
        "joined_on": joined,
        "relation": relation,
        "co_living": "true",
        "left_on": None,
        **cells,
    }


def covered(name: str, since: str = "2024-01", until: str | None = None, award: str = "W1") -> Row:
    return {"award_no": award, "id_no": IDS[name], "from_month": since, "to_month": until}


def award(no: str = "W1", programme: str = "dibao", **cells: str | None) -> Row:
    row = {"award_no": no, "programme": programme, "household_no": "H1", "from_month": "2024-01"}
    return {**row, "single_person_basis": None, **cells}


def finding(kind: str, since: str | None, until: str | None = None, detail: str | None = None) -> Row:
    return {
        "match_no": f"M{kind}{since}{detail}",
        "id_no": IDS["示例丙"],
        "kind": kind,
        "source": "示例",
        "from_on": since,
        "to_on": until,
        "detail": detail,
        "compared_on": "2024-12-01",
    }


def pay(last: int, award_no: str = "W1") -> list[Row]:
    return [
        {"payment_no": f"{award_no}{n}", "award_no": award_no, "month": f"2024-{n:02d}", "amount": "900"}
        for n in range(1, last + 1)
    ]


def small(**changed: list[Row]) -> dict[str, list[Row]]:
    """Three live together, two are covered, paid to June."""
    return {
        "person": [person(name) for name in NAMES],
        "household": [{"household_no": "H1", "region_code": "990101001001"}],
        "member": [lives(name) for name in NAMES],
        "award": [award()],
        "beneficiary": [covered("示例甲"), covered("示例乙")],
        "payment": pay(6),
        **changed,
    }


def raised(**changed: list[Row]) -> bool:
    result = asked(partial_household, world(**small(**changed)))
    assert result.leads.select("level", "amount_fen").unique().rows() in ([], [("verify", None)])
    return result.leads.height == 1


def test_fewer_covered_than_live_together_is_raised_all_covered_is_not() -> None:
    assert raised()
    assert not raised(beneficiary=[covered(name) for name in NAMES])


def test_without_anybody_covered_it_is_another_question() -> None:
    assert not raised(beneficiary=[covered(name, until="2024-05") for name in NAMES[:2]])


@pytest.mark.parametrize("programme", ["destitute", "dibao_edge", "rigid_expense"])
def test_only_dibao_is_asked_about(programme: str) -> None:
    assert not raised(award=[award(programme=programme)])


def test_single_person_entry_is_lawful_by_the_award_or_its_application() -> None:
    basis = "severe_disability"
    assert not raised(award=[award(single_person_basis=basis)])
    applied: Row = {
        "application_no": "A1",
        "programme": "dibao",
        "household_no": "H1",
        "applicant_id_no": IDS["示例甲"],
        "region_code": "990101001000",
        "channel": "window",
        "delegated": "false",
        "accepted_at": "2023-12-01",
        "extended": "false",
    }
    linked = [award(application_no="A1")]
    assert not raised(award=linked, application=[{**applied, "single_person_basis": basis}])
    assert raised(award=linked, application=[applied])


def test_where_no_table_tells_of_single_person_entry_nobody_is_asked() -> None:
    silent = {key: cell for key, cell in award().items() if key != "single_person_basis"}
    applied = {"application_no": "A1", "programme": "dibao", "household_no": "H1", "single_person_basis": None}

    def outcome(**changed: list[Row]) -> tuple[str, int, int]:
        result = asked(partial_household, world(**small(**changed)))
        return status(result)[0], result.leads.height, status(result)[2]

    assert outcome(award=[silent]) == ("not_run", 0, 0)
    assert outcome(award=[silent], application=[applied]) == ("partly", 0, 1)  # the award names no application
    assert outcome(award=[{**silent, "application_no": "A1"}], application=[applied]) == ("partly", 1, 0)
    assert outcome(award=[{**silent, "application_no": "A9"}], application=[applied]) == ("partly", 0, 1)


@pytest.mark.parametrize("value", ["clergy_away", "missing", "service"])
def test_a_status_excuses(value: str) -> None:
    people = [person("示例甲"), person("示例乙"), person("示例丙", status=value)]
    assert not raised(person=people)
    assert raised(person=[person("示例甲", status=value), person("示例乙"), person("示例丙")])


@pytest.mark.parametrize(
    ("since", "until", "innocent"),
    [
        ("2024-06-01", None, True),  # that day
        ("2024-06-02", None, False),
        ("2024-01-01", "2024-06-01", True),
        ("2024-01-01", "2024-05-31", False),
    ],
)
def test_custody_on_the_first_day_of_the_latest_paid_month_excuses(
    since: str, until: str | None, innocent: bool
) -> None:
    assert raised(match=[finding("custody", since, until)]) != innocent


@pytest.mark.parametrize("programme", ["destitute", "orphan", "de_facto_orphan"])
def test_other_aid_in_the_month_excuses(programme: str) -> None:
    other = [award(), award("W2", programme)]
    rows = [covered("示例甲"), covered("示例乙")]
    assert not raised(award=other, beneficiary=[*rows, covered("示例丙", award="W2")])
    assert raised(award=other, beneficiary=[*rows, covered("示例丙", until="2024-05", award="W2")])


def test_other_kinds_of_aid_do_not_excuse_but_dibao_of_their_own_does() -> None:
    rows = [covered("示例甲"), covered("示例乙"), covered("示例丙", award="W2")]
    assert raised(award=[award(), award("W2", "old_age")], beneficiary=rows)
    assert not raised(award=[award(), award("W2")], beneficiary=rows)


@pytest.mark.parametrize(
    ("joined", "innocent"), [("2024-05-20", True), ("2024-03-02", True), ("2024-03-01", False), ("2024-02-28", False)]
)
def test_who_joined_later_than_three_months_before_is_not_yet_due(joined: str, innocent: bool) -> None:
    assert raised(member=[lives("示例甲"), lives("示例乙"), lives("示例丙", joined)]) != innocent


@pytest.mark.parametrize(
    "row",
    [
        {"co_living": "false"},
        {"left_on": "2024-06-01"},  # gone that day
        {"joined_on": "2024-06-02"},  # not there yet
    ],
)
def test_who_does_not_live_there_on_the_day_does_not_count(row: dict[str, str]) -> None:
    assert not raised(member=[lives("示例甲"), lives("示例乙"), lives("示例丙", **row)])


def test_the_dead_live_with_nobody() -> None:
    people = [person("示例甲", died_on=None), person("示例乙"), person("示例丙", died_on="2024-05-31")]
    assert not raised(person=people)


def test_only_the_latest_paid_month_is_looked_at() -> None:
    assert not raised(beneficiary=[covered("示例甲"), covered("示例乙"), covered("示例丙", "2024-06")])
    back: Row = {"payment_no": "back", "award_no": "W1", "month": "2024-06", "amount": "-900"}
    assert raised(
        beneficiary=[covered("示例甲"), covered("示例乙"), covered("示例丙", "2024-06")], payment=[*pay(6), back]
    )


def test_an_uncovered_member_on_public_payroll_is_named() -> None:
    post = finding("public_payroll", "2020-01-01", detail="post")
    said = facts(partial_household, world(**small(match=[post])))
    assert (said["payroll"], said["payroll_relations"], said["relations"]) == (1, ["child"], ["child"])
    retired = facts(partial_household, world(**small(match=[{**post, "detail": "retired"}])))
    assert (retired["payroll"], retired["payroll_relations"]) == (0, [])
    official: Row = {
        "id_no": IDS["示例丙"],
        "duty": "public_payroll",
        "region_code": "990101000000",
        "from_on": "2024-06-01",
    }
    assert facts(partial_household, world(**small(official=[official])))["payroll"] == 1
    ended = {**official, "from_on": "2020-01-01", "to_on": "2024-05-31"}
    assert facts(partial_household, world(**small(official=[ended])))["payroll"] == 0


def test_one_lawfully_out_does_not_excuse_the_other() -> None:
    people = [person("示例甲"), person("示例乙", status="missing"), person("示例丙")]
    said = facts(partial_household, world(**small(person=people, beneficiary=[covered("示例甲")])))
    assert (said["together"], said["covered"], said["missing"], said["lawful"]) == (3, 1, 1, 1)


@pytest.mark.parametrize("case", ["no person row", "custody without a beginning"])
def test_where_nobody_can_tell_it_is_undecidable(case: str) -> None:
    changed: dict[str, list[Row]] = (
        {"person": [person("示例甲"), person("示例乙")]}
        if case == "no person row"
        else {"match": [finding("custody", None)]}
    )
    result = asked(partial_household, world(**small(**changed)))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_without_members_it_is_not_run() -> None:
    tables = small()
    del tables["member"]
    assert status(asked(partial_household, world(**tables)))[:2] == ("not_run", "needs member")


def test_evidence_holds_the_members_and_the_post() -> None:
    post = finding("public_payroll", "2020-01-01", detail="post")
    official: Row = {
        "id_no": IDS["示例丙"],
        "duty": "public_payroll",
        "region_code": "990101000000",
        "from_on": "2020-01-01",
        "post": "示例教师",
    }
    data = world(**small(match=[post, finding("custody", "2020-01-01", "2020-02-01")], official=[official]))
    seen = asked(partial_household, data).evidence
    assert set(seen["table"]) == {"member", "beneficiary", "payment", "match", "official"}
    assert len(set(seen.filter(seen["table"] == "member")["key"])) == 3
    assert seen.filter(seen["column"] == "kind")["value"].to_list() == ["public_payroll"]
    assert seen.filter(seen["column"] == "month")["value"].to_list() == ["2024-06"]
    assert found(partial_household, data) == ["W1"]


def test_says_why_in_both_languages() -> None:
    said = facts(partial_household, world(**small()))
    assert partial_household.CARD.reads(said, "zh").startswith("疑似未按户保障:2024-06 共同生活 3 人,保障 2 人")
    assert "relation to the head: child" in partial_household.CARD.reads(said, "en")


def test_what_no_register_could_say_is_unknown_and_not_none() -> None:
    alone = facts(partial_household, world(**small()))
    assert (alone["payroll"], alone["custody"]) == (None, "absent")
    assert partial_household.CARD.reads(alone, "zh").endswith("其中财政供养人数:未知;在押情况未经核对")
    assert partial_household.CARD.reads(alone, "en").endswith("on public payroll: unknown; custody was not compared")
    compared = facts(partial_household, world(**small(match=[finding("custody", "2020-01-01", "2020-02-01")])))
    assert (compared["payroll"], compared["custody"]) == (0, "compared")
