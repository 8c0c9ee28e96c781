"""Tests of wrong_refusal: the facts of the acceptance day, not of today."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.missed import wrong_refusal
from tests.detectors.asking import asked, facts, found, status
from tests.families import VILLAGE, household, kin, match, means, member, no, person
from tests.worlds import Row, world

POLICY = Policy.of(dibao_standard=600.0)  # 7200 a year and person
DAY = "2024-07-15"


def refusal(programme: str = "dibao", **cells: str | None) -> Row:
    return {
        "application_no": "A1",
        "programme": programme,
        "household_no": "H1",
        "applicant_id_no": no("示例甲"),
        "region_code": VILLAGE,
        "accepted_at": DAY,
        "decided_at": "2024-08-01",
        "decision": "refused",
        "single_person_basis": None,
        **cells,
    }


def without(row: Row, name: str) -> Row:
    return {key: cell for key, cell in row.items() if key != name}


def small(cases: list[Row], people: list[Row] | None = None, **tables: list[Row]) -> Tables:
    people = people or [person("示例甲")]
    members = [member(str(one["name"]), relation="head" if n == 0 else "other") for n, one in enumerate(people)]
    tables = {"household": [household(), household("H9")], "member": members} | tables
    return world(person=people, application=cases, **tables)


def poor(
    yuan: str = "7199.99", *, as_of: str = "2024-06-30", cases: list[Row] | None = None, **tables: list[Row]
) -> list[str]:
    data = small(cases or [refusal()], means=[means(yuan, as_of=as_of)], **tables)
    return found(wrong_refusal, data, POLICY)


@pytest.mark.parametrize(("yuan", "expected"), [("7199.99", ["A1"]), ("7200", [])])
def test_a_household_below_the_line_was_entitled(yuan: str, expected: list[str]) -> None:
    assert poor(yuan) == expected


@pytest.mark.parametrize("decision", ["approved", "withdrawn"])
def test_only_refusals_are_asked(decision: str) -> None:
    assert poor(cases=[refusal(decision=decision)]) == []


def test_the_statement_that_governed_on_acceptance_counts() -> None:
    assert poor(as_of=DAY) == ["A1"]
    later = small([refusal()], means=[means("0", as_of="2024-07-16")])
    assert status(asked(wrong_refusal, later, POLICY))[2] == 1
    both = [means("9000", as_of="2024-07-01"), means("0", as_of="2024-07-16")]
    assert found(wrong_refusal, small([refusal()], means=both), POLICY) == []


def test_the_members_of_the_acceptance_day_count() -> None:
    people = [person("示例甲"), person("示例乙")]
    for joined, expected in ((DAY, ["A1"]), ("2024-07-16", [])):
        members = [member("示例甲"), member("示例乙", since=joined)]
        data = small([refusal()], people, member=members, means=[means("10000")])
        assert found(wrong_refusal, data, POLICY) == expected


def test_the_standard_in_force_on_acceptance_governs() -> None:
    policy = Policy.of(dibao_standard=[{"from": "2020-01-01", "value": 500.0}, {"from": DAY, "value": 600.0}])
    data = [means("7000")]
    assert found(wrong_refusal, small([refusal()], means=data), policy) == ["A1"]
    early = refusal(accepted_at="2024-07-14")
    assert found(wrong_refusal, small([early], means=data), policy) == []


def test_single_person_entry_is_by_the_edge_line() -> None:
    assert poor("10799.99", cases=[refusal(single_person_basis="severe_disability")]) == ["A1"]
    assert poor("10800", cases=[refusal(single_person_basis="severe_disability")]) == []
    assert poor("10799.99") == []


def test_a_veto_held_that_day_made_it_right() -> None:
    car = match("示例甲", "vehicle", "2024-07-15", value="50000", detail="car")
    assert poor(match=[car]) == []
    assert poor(match=[{**car, "from_on": "2024-07-16"}]) == ["A1"]
    assert poor(match=[{**car, "from_on": "2020-01-01", "to_on": "2024-07-14"}]) == ["A1"]
    assert poor(match=[{**car, "detail": "disability"}]) == ["A1"]


@pytest.mark.parametrize(
    "finding",
    [
        match("示例甲", "vehicle", "2020-01-01", value="50000"),  # of which kind?
        match("示例甲", "vehicle", value="50000", detail="car"),  # compared later: since when?
    ],
)
def test_a_half_known_asset_leaves_it_undecidable(finding: Row) -> None:
    result = asked(wrong_refusal, small([refusal()], means=[means("0")], match=[finding]), POLICY)
    assert (result.leads.height, status(result)[2]) == (0, 1)


@pytest.mark.parametrize(
    ("programme", "since", "until", "expected"),
    [
        ("dibao", "2024-07", None, []),
        ("dibao", "2024-08", None, []),  # approved by another application, from the month after
        ("dibao", "2024-09", None, ["A1"]),
        ("dibao", "2024-01", "2024-06", ["A1"]),
        ("destitute", "2024-01", None, []),
        ("heating", "2024-01", None, ["A1"]),
    ],
)
def test_who_had_it_or_what_excludes_it_was_rightly_refused(
    programme: str, since: str, until: str | None, expected: list[str]
) -> None:
    award = {"award_no": "W1", "programme": programme, "household_no": "H1", "from_month": since, "to_month": until}
    row = {"award_no": "W1", "id_no": no("示例甲"), "from_month": since}
    assert poor(award=[award], beneficiary=[row]) == expected


@pytest.mark.parametrize(("born", "expected"), [("1944-07-15", ["A1"]), ("1944-07-16", [])])
def test_the_applicants_age_is_that_of_the_acceptance_day(born: str, expected: list[str]) -> None:
    assert found(wrong_refusal, small([refusal("old_age")], [person("示例甲", born)])) == expected


def test_one_who_had_died_by_the_day_was_entitled_to_nothing() -> None:
    for died, expected in (("2024-07-15", []), ("2024-07-16", ["A1"])):
        people = [person("示例甲", "1940-01-01", died_on=died)]
        assert found(wrong_refusal, small([refusal("old_age")], people)) == expected


def test_a_guardians_application_is_for_the_child() -> None:
    people = [person("示例甲", "1950-01-01"), person("示例子", "2015-01-01")]
    ties = [kin("示例子", "示例父"), kin("示例子", "示例母")]
    dead = [match("示例父", "death", "2020-01-01"), match("示例母", "death", "2021-01-01")]
    result = asked(wrong_refusal, small([refusal("orphan")], people, kin=ties, match=dead))
    (row,) = result.leads.rows(named=True)
    assert row["subject"] == "A1"
    assert row["related"] != "[]"
    assert {"application", "person", "match"} == set(result.evidence["table"])


def test_the_applicants_own_facts_name_nobody_else() -> None:
    data = small([refusal("old_age")], [person("示例甲", "1940-01-01"), person("示例乙", "1930-01-01")])
    result = asked(wrong_refusal, data)
    assert result.leads["related"].to_list() == ["[]"]
    assert facts(wrong_refusal, data)["age"] == 84


def test_another_member_who_already_has_it_does_not_make_the_refusal_wrong() -> None:
    people = [person("示例甲", "1970-01-01"), person("示例乙", "1930-01-01")]
    award = {"award_no": "W1", "programme": "old_age", "household_no": "H1", "from_month": "2020-01"}
    row = {"award_no": "W1", "id_no": no("示例乙"), "from_month": "2020-01"}
    assert found(wrong_refusal, small([refusal("old_age")], people, award=[award], beneficiary=[row])) == []


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1930-01-01", []),  # old enough, and has it: asked for themself, rightly refused
        ("1970-01-01", ["A1"]),  # too young: asked for the other, who has it not
    ],
)
def test_an_applicant_who_meets_it_asked_for_themself_alone(born: str, expected: list[str]) -> None:
    people = [person("示例甲", born), person("示例乙", "1930-01-01")]
    award = {"award_no": "W1", "programme": "old_age", "household_no": "H1", "from_month": "2020-01"}
    row = {"award_no": "W1", "id_no": no("示例甲"), "from_month": "2020-01"}
    data = small([refusal("old_age")], people, award=[award], beneficiary=[row])
    assert found(wrong_refusal, data) == expected
    assert status(asked(wrong_refusal, data))[2] == 0


def test_one_child_who_has_it_does_not_lend_the_refusal_to_another() -> None:
    people = [person("示例甲", "2014-01-01"), person("示例乙", "2015-01-01")]
    ties = [kin(child, parent) for child in ("示例甲", "示例乙") for parent in ("示例父", "示例母")]
    dead = [match("示例父", "death", "2020-01-01"), match("示例母", "death", "2021-01-01")]
    award = {"award_no": "W1", "programme": "orphan", "household_no": "H1", "from_month": "2022-01"}
    row = {"award_no": "W1", "id_no": no("示例甲"), "from_month": "2022-01"}
    tables = {"kin": ties, "match": dead}
    assert found(wrong_refusal, small([refusal("orphan")], people, **tables)) == ["A1"]
    assert found(wrong_refusal, small([refusal("orphan")], people, award=[award], beneficiary=[row], **tables)) == []


def test_where_the_applicants_own_facts_are_unknown_so_is_for_whom_they_asked() -> None:
    people = [person("示例甲", disability_grade="1"), person("示例乙", disability_grade="1")]
    graded = [match("示例甲", "disability_award", day) for day in ("2020-01-01", "2024-09-01")]  # 1 since when?
    result = asked(wrong_refusal, small([refusal("disability_care")], people, match=graded))
    assert (result.leads.height, status(result)[2]) == (0, 1)
    people[0] = person("示例甲")
    assert found(wrong_refusal, small([refusal("disability_care")], people)) == ["A1"]


def test_a_programme_without_an_entitlement_is_not_asked() -> None:
    data = small([refusal("rigid_expense"), refusal("heating", application_no="A2")], means=[means("0")])
    assert status(asked(wrong_refusal, data, POLICY))[2] == 0
    assert found(wrong_refusal, data, POLICY) == []


def test_unknown_parents_leave_it_undecidable() -> None:
    data = small([refusal("orphan", applicant_id_no=no("示例子"))], [person("示例子", "2015-01-01")])
    assert found(wrong_refusal, data) == []
    assert status(asked(wrong_refusal, data))[2] == 1


def test_says_when_and_by_which_figures() -> None:
    said = facts(wrong_refusal, small([refusal()], means=[means("3000")]), POLICY)
    assert (said["accepted_on"], said["decided_on"], said["told_on"]) == (DAY, "2024-08-01", "2024-06-30")
    assert (said["y_fen"], said["n"], said["line_fen"], said["case"]) == (300_000, 1, 60_000, "income")
    assert "1 口之家据 2024-06-30 核定年收入 3,000.00 元" in wrong_refusal.CARD.reads(said, "zh")
    assert "3,000.00 yuan a year by the statement of 2024-06-30" in wrong_refusal.CARD.reads(said, "en")


def test_says_that_property_was_not_compared_where_there_are_no_matches() -> None:
    alone = facts(wrong_refusal, small([refusal()], means=[means("3000")]), POLICY)
    clean = match("示例甲", "none", DAY)
    compared = facts(wrong_refusal, small([refusal()], means=[means("3000")], match=[clean]), POLICY)
    read = wrong_refusal.CARD.reads
    assert "财产未经核对,有无排除事项未知" in read(alone, "zh")
    assert "property was not compared" in read(alone, "en")
    assert "未见排除事项" not in read(alone, "zh")
    assert "未见排除事项" in read(compared, "zh")
    assert "no veto on record" in read(compared, "en")


@pytest.mark.parametrize(
    ("applicant", "zh", "en"),
    [
        ("示例甲", "受理日申请人本人的事实", "about the applicant"),
        ("示例乙", "受理日该户另一名成员的事实", "about another member of the household"),
        (None, "受理日该户一名成员的事实", "about a member of the household"),
    ],
)
def test_says_about_whom(applicant: str | None, zh: str, en: str) -> None:
    people = [person("示例甲", "1930-01-01"), person("示例乙", "1970-01-01")]
    case = refusal("old_age")
    case = {**case, "applicant_id_no": no(applicant)} if applicant else without(case, "applicant_id_no")
    said = facts(wrong_refusal, small([case], people))
    assert zh in wrong_refusal.CARD.reads(said, "zh")
    assert en in wrong_refusal.CARD.reads(said, "en")
    home = facts(wrong_refusal, small([refusal()], means=[means("3000")]), POLICY)
    assert "受理日该户的事实" in wrong_refusal.CARD.reads(home, "zh")


def test_what_was_held_is_ruled_out_only_by_awards_and_those_they_cover() -> None:
    award = {"award_no": "W1", "programme": "heating", "household_no": "H1", "from_month": "2020-01"}
    row = {"award_no": "W1", "id_no": no("示例甲"), "from_month": "2020-01"}
    people = [person("示例甲", "1930-01-01")]
    for tables, ruled_out in (({"award": [award]}, False), ({"award": [award], "beneficiary": [row]}, True)):
        (checked,) = asked(wrong_refusal, small([refusal("old_age")], people, **tables)).leads["checked_innocent"]
        assert ("0" in checked, "1" in checked) == (ruled_out, ruled_out)


def test_an_unknown_region_is_one_place_too() -> None:
    old = [person("示例甲", "1940-01-01")]
    assert found(wrong_refusal, world(person=old, application=[without(refusal("old_age"), "region_code")])) == ["A1"]
    homeless = {**household(), "region_code": None}
    nowhere = [refusal(region_code=None)]
    data = small(nowhere, means=[means("7199.99", as_of="2024-06-30")], household=[homeless])
    assert found(wrong_refusal, data, POLICY) == ["A1"]
