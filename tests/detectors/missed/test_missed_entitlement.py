"""Tests of missed_entitlement: who is overlooked, what stands in the way, and how much is owed a year."""

from typing import Any

import polars as pl
import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.missed import missed_entitlement
from tests.detectors.asking import asked, facts, found, status
from tests.families import VILLAGE, household, kin, match, means, member, no, person
from tests.worlds import Row, world

OTHER_VILLAGE = "990101001002"
GRADE_1 = {"disability_grade": "1", "disability_kind": "physical"}
POLICY = Policy.of(dibao_standard=600.0)
OTHER = {"award_no": "W9", "programme": "heating", "household_no": "H9", "from_month": "2020-01"}
OTHER_ROW = {"award_no": "W9", "id_no": no("示例外"), "from_month": "2020-01"}


def award(programme: str, since: str = "2024-01", until: str | None = None, number: str = "W1") -> Row:
    return {"award_no": number, "programme": programme, "household_no": "H1", "from_month": since, "to_month": until}


def covered(name: str, since: str = "2024-01", until: str | None = None, number: str = "W1") -> Row:
    return {"award_no": number, "id_no": no(name), "from_month": since, "to_month": until}


def application(programme: str, **cells: str | None) -> Row:
    return {
        "application_no": "A1",
        "programme": programme,
        "household_no": "H1",
        "applicant_id_no": no("示例甲"),
        "region_code": VILLAGE,
        "accepted_at": "2024-03-04",
        **cells,
    }


def small(people: list[Row], as_of: str = "2024-12-31", **tables: list[Row]) -> Tables:
    """One household of all these people; somebody elsewhere has an award."""
    members = [member(str(one["name"]), relation="head" if n == 0 else "other") for n, one in enumerate(people)]
    tables = {"household": [household(), household("H9")], "member": members} | tables
    tables["award"] = [OTHER, *tables.get("award", [])]
    tables["beneficiary"] = [OTHER_ROW, *tables.get("beneficiary", [])]
    return world(as_of, person=people, **tables)


def old(*, as_of: str = "2024-12-31", born: str = "1940-01-01", **tables: list[Row]) -> Tables:
    return small([person("示例甲", born)], as_of, **tables)


def parts(data: Tables, policy: Policy | None = None) -> list[tuple[Any, ...]]:
    leads = asked(missed_entitlement, data, policy).leads
    return sorted(leads.select("part", "subject_kind", "level", "amount_fen").rows())


def zhang_meng(*, grade: Row | None = None, **tables: list[Row]) -> Tables:
    """Both parents of grade one, two sons: the family of the textbook, under made-up names."""
    people = [
        person("示例父", **GRADE_1),
        person("示例母", **(GRADE_1 if grade is None else grade)),
        person("示例子", "2012-05-05"),
        person("示例女", "2015-05-05"),
    ]
    ties = [kin(child, parent) for child in ("示例子", "示例女") for parent in ("示例父", "示例母")]
    care = [award("disability_care", number="W2")]
    theirs = [covered(name, number="W2") for name in ("示例父", "示例母")]
    return small(
        people,
        kin=ties,
        **{
            **tables,
            "award": [*care, *tables.get("award", [])],
            "beneficiary": [*theirs, *tables.get("beneficiary", [])],
        },
    )


def test_two_children_of_two_disabled_parents_are_two_leads_of_11_040_yuan() -> None:
    result = asked(missed_entitlement, zhang_meng())
    assert result.leads["part"].to_list() == ["de_facto_orphan"] * 2
    assert result.leads["amount_fen"].to_list() == [1_104_000, 1_104_000]
    assert result.leads["amount_fen"].sum() == 2_208_000
    assert set(result.leads["subject_kind"]) == {"person"}
    assert set(result.leads["level"]) == {"verify"}
    said = {facts_of["parents"][0] for facts_of in map(_json, result.leads["facts"])}
    assert said == {"disability_1"}
    proof = result.evidence
    assert (
        proof.filter(pl.col("table") == "person").select("lead_id", "key").n_unique() == 6
    )  # each child, both parents


def _json(text: str) -> dict[str, Any]:
    import json  # noqa: PLC0415 - only here

    return dict(json.loads(text))


def test_what_tops_up_dibao_owes_only_the_difference() -> None:
    names = ("示例父", "示例母", "示例子", "示例女")
    pay = [{"payment_no": "P1", "award_no": "W1", "month": "2024-12", "amount": "980"}]
    data = zhang_meng(award=[award("dibao")], beneficiary=[covered(name) for name in names], payment=pay)
    living = [("disability_living", "person", "verify", None)] * 2
    assert parts(data) == [("de_facto_orphan", "person", "verify", (920 - 245) * 1200)] * 2 + living


def test_one_parent_who_can_care_is_enough() -> None:
    assert found(missed_entitlement, zhang_meng(grade={"disability_grade": "3", "disability_kind": "physical"})) == []


def test_children_already_covered_or_orphans_in_law_are_not_missed() -> None:
    both = [covered("示例子"), covered("示例女")]
    for programme in ("de_facto_orphan", "orphan", "destitute"):
        assert found(missed_entitlement, zhang_meng(award=[award(programme)], beneficiary=both)) == []


def test_a_child_of_a_dead_and_an_unknown_parent_is_undecidable() -> None:
    people = [person("示例子", "2012-05-05"), person("示例父", died_on="2020-01-01")]
    data = small(people, kin=[kin("示例子", "示例父")], member=[member("示例子")])
    assert found(missed_entitlement, data) == []
    # as an orphan, as one de facto, and the household has no statement
    assert status(asked(missed_entitlement, data))[2] == 2 + 2


@pytest.mark.parametrize(("born", "raised"), [("1944-12-31", True), ("1945-01-01", False)])
def test_old_age_counts_from_the_birthday(born: str, raised: bool) -> None:
    assert (parts(old(born=born)) == [("old_age", "person", "verify", None)]) is raised


@pytest.mark.parametrize(
    ("since", "until", "raised"),
    [
        ("2024-01", None, False),
        ("2024-01", "2024-12", False),
        ("2025-01", None, False),  # begins in the month after
        ("2025-02", None, True),
        ("2024-01", "2024-07", False),  # ended within six months
        ("2024-01", "2024-06", True),  # ended on the same day six months before
        ("2020-01", "2023-12", True),
    ],
)
def test_an_award_in_force_or_just_ended_stands_in_the_way(since: str, until: str | None, raised: bool) -> None:
    data = old(award=[award("old_age", since, until)], beneficiary=[covered("示例甲", since)])
    assert bool(parts(data)) is raised


def test_an_exit_in_the_middle_of_the_month_counts_to_its_end() -> None:
    ended = {"award": [award("old_age", until="2024-06")], "beneficiary": [covered("示例甲")]}
    assert parts(old(as_of="2024-12-29", **ended)) == []
    assert len(parts(old(as_of="2024-12-30", **ended))) == 1


def test_an_award_of_the_household_that_names_nobody_covers_all() -> None:
    assert parts(old(award=[award("old_age")])) == []
    assert len(parts(old(award=[award("old_age")], beneficiary=[covered("示例乙")]))) == 1


@pytest.mark.parametrize(
    ("cells", "raised"),
    [
        ({}, False),  # open
        ({"decided_at": "2024-12-30", "decision": "approved"}, True),
        ({"decided_at": "2024-07-01", "decision": "refused"}, False),
        ({"decided_at": "2024-06-30", "decision": "refused"}, True),
        ({"decided_at": "2024-12-30", "decision": "withdrawn"}, True),
        ({"programme": "dibao"}, True),
        ({"household_no": "H9"}, False),  # the applicant's own, from another household
        ({"applicant_id_no": no("示例乙")}, False),  # somebody of the household applied
        ({"household_no": "H9", "applicant_id_no": no("示例乙")}, True),
    ],
)
def test_an_open_application_or_a_fresh_refusal_stands_in_the_way(cells: Row, raised: bool) -> None:
    data = old(application=[{**application("old_age"), "decided_at": None, "decision": None, **cells}])
    assert ("old_age" in [part for part, *_ in parts(data)]) is raised


def couple(programme: str, *applications: Row, **cells: Any) -> list[str]:
    """示例甲 with these cells, and 示例乙, old and of grade one, of one household: who is raised for the programme?"""
    people = [person("示例甲", **cells), person("示例乙", "1930-01-01", **GRADE_1)]
    rows = [{**application(programme), "decided_at": None, "decision": None, **one} for one in applications]
    data = small(people, application=rows) if rows else small(people)
    return sorted(
        row["subject"] for row in asked(missed_entitlement, data).leads.rows(named=True) if row["part"] == programme
    )


@pytest.mark.parametrize("decided", [{}, {"decided_at": "2024-12-30", "decision": "refused"}])
@pytest.mark.parametrize(
    ("programme", "cells", "raised"),
    [
        ("old_age", {"born": "1944-03-04"}, 1),  # eighty on the day of acceptance: asked for themself alone
        ("old_age", {"born": "1944-03-05"}, 0),  # asked for the other
        ("disability_care", GRADE_1, 1),
        ("disability_care", {"disability_grade": "2"}, 1),
        ("disability_care", {"disability_grade": "3"}, 0),
        ("disability_care", {}, 0),  # a spouse for the disabled
        ("disability_care", GRADE_1 | {"died_on": "2024-06-01"}, 1),  # asked for themself while they lived
        ("disability_care", GRADE_1 | {"died_on": "2024-03-04"}, 0),
    ],
)
def test_an_application_stands_in_anothers_way_unless_the_applicant_asked_for_themself(
    programme: str, cells: dict[str, Any], raised: int, decided: Row
) -> None:
    assert len(couple(programme, decided, **cells)) == raised


def test_an_application_stands_in_the_applicants_own_way_and_by_an_unknown_person_in_everybodys() -> None:
    assert len(couple("disability_care", **GRADE_1)) == 2
    assert len(couple("disability_care", {}, **GRADE_1)) == 1
    assert len(couple("disability_care", {"applicant_id_no": no("示例乙")}, **GRADE_1)) == 1
    assert couple("disability_care", {}, {"application_no": "A2", "applicant_id_no": no("示例乙")}, **GRADE_1) == []
    assert couple("disability_care", {}, {"application_no": "A2", "applicant_id_no": no("示例丙")}, **GRADE_1) == []


def test_an_applicant_whose_grade_of_that_day_is_unknown_may_have_asked_for_another() -> None:
    people = [person("示例甲", **GRADE_1), person("示例乙", **GRADE_1)]
    asking = {**application("disability_care"), "decided_at": None, "decision": None}
    awarded = [match("示例甲", "disability_award", day) for day in ("2020-01-01", "2024-03-04")]
    assert len(parts(small(people, application=[asking], match=awarded))) == 1
    awarded[1] = match("示例甲", "disability_award", "2024-03-05")
    assert parts(small(people, application=[asking], match=awarded)) == []


def test_what_covers_the_applicant_does_not_tell_for_whom_they_asked() -> None:
    people = [person("示例甲", disability_grade="4"), person("示例乙", disability_grade="4")]
    alone = {"award": [award("dibao")], "beneficiary": [covered("示例乙")]}  # only the other is on dibao
    asking = {**application("disability_living"), "decided_at": None, "decision": None}
    assert [part for part, *_ in parts(small(people, application=[asking], **alone))] == ["disability_living"]
    healthy = [person("示例甲"), people[1]]
    assert parts(small(healthy, application=[asking], **alone)) == []


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("2024-06-30", (0, 1)),  # decided that day, or last month?
        ("2024-07-01", (0, 0)),  # decided later than that day, whenever
    ],
)
def test_a_refusal_without_its_day_neither_bars_nor_raises(accepted: str, expected: tuple[int, int]) -> None:
    undated = {"accepted_at": accepted, "decided_at": None, "decision": "refused"}
    result = asked(missed_entitlement, old(application=[{**application("old_age"), **undated}]))
    assert (result.leads.height, status(result)[2] - 2) == expected  # besides, no statement tells of two households
    below = small([person("示例甲")], means=[means("0")], application=[{**application("dibao"), **undated}])
    result = asked(missed_entitlement, below, POLICY)
    assert (result.leads.height, status(result)[2] - 1) == expected


def test_a_refused_child_does_not_stand_in_a_siblings_way_and_a_guardians_application_does() -> None:
    refused = {**application("de_facto_orphan"), "decided_at": "2024-12-30", "decision": "refused"}
    child = {**refused, "applicant_id_no": no("示例子")}
    (row,) = asked(missed_entitlement, zhang_meng(application=[child])).leads.rows(named=True)
    assert row["part"] == "de_facto_orphan"
    parent = {**refused, "applicant_id_no": no("示例父")}
    assert found(missed_entitlement, zhang_meng(application=[parent])) == []


def test_the_dead_are_not_missed() -> None:
    burnt = match("示例甲", "cremation", "2024-05-05")
    for gone in ({}, {"member": [member("示例甲", left_on="2024-06-01")]}):
        assert parts(small([person("示例甲", "1930-01-01", died_on="2024-12-31")], **gone)) == []
        assert parts(old(match=[burnt], **gone)) == []


@pytest.mark.parametrize(
    ("spell", "village"),
    [({"left_on": "2024-12-31"}, VILLAGE), ({"left_on": "2025-01-01"}, OTHER_VILLAGE), ({}, OTHER_VILLAGE)],
)
def test_a_person_whose_every_membership_has_ended_is_raised_in_their_own_village(
    spell: dict[str, str], village: str
) -> None:
    data = old(household=[household(region=OTHER_VILLAGE), household("H9")], member=[member("示例甲", **spell)])
    (row,) = asked(missed_entitlement, data).leads.rows(named=True)
    assert (row["part"], row["subject_kind"], row["region_code"]) == ("old_age", "person", village)


def test_the_parents_of_a_child_who_left_the_household_are_still_its_parents() -> None:
    people = [person("示例父", died_on="2015-01-01"), person("示例母", **GRADE_1), person("示例子", "2012-05-05")]
    members = [
        member("示例母", since="2012-06-01"),
        member("示例父", relation="spouse", since="2012-06-01"),
        member("示例子", relation="child", since="2012-06-01", left_on="2023-01-01"),
    ]
    care = {"award": [award("disability_care")], "beneficiary": [covered("示例母")]}
    assert parts(small(people, member=members, **care)) == [("de_facto_orphan", "person", "verify", 1_104_000)]


def test_what_the_household_left_behind_has_or_asks_for_does_not_stand_in_the_way() -> None:
    gone = {"member": [member("示例甲", left_on="2024-06-01")]}
    assert len(parts(old(award=[award("old_age")], **gone))) == 1
    another = {**application("old_age"), "applicant_id_no": no("示例乙")}
    assert len(parts(old(application=[another], **gone))) == 1
    assert parts(old(application=[application("old_age")], **gone)) == []  # the person's own


def test_the_household_of_a_member_who_left_is_judged_without_them() -> None:
    left = [member("示例甲"), member("示例乙", left_on="2024-06-01")]
    assert poor(means("7200"), people=2, member=left) == []
    assert poor(means("7199.99"), people=2, member=left) == [("dibao", "household", "verify", 1200)]


def test_a_person_of_no_household_is_raised_in_their_own_village() -> None:
    data = world(person=[person("示例甲", "1940-01-01")], award=[OTHER], beneficiary=[OTHER_ROW])
    (row,) = asked(missed_entitlement, data).leads.rows(named=True)
    assert (row["region_code"], row["part"]) == (VILLAGE, "old_age")


def test_destitution_excludes_disability_care_and_dibao_does_not() -> None:
    disabled = [person("示例甲", **GRADE_1)]
    for programme, raised in (("destitute", []), ("dibao", ["disability_care", "disability_living"])):
        data = small(disabled, award=[award(programme)], beneficiary=[covered("示例甲")])
        assert [part for part, *_ in parts(data)] == raised


def test_living_allowance_of_a_de_facto_orphan_is_excluded_unless_on_dibao() -> None:
    child = [person("示例甲", "2012-01-01", disability_grade="4")]
    fact = award("de_facto_orphan", number="W2")
    rows = [covered("示例甲"), covered("示例甲", number="W2")]
    on_both = small(child, award=[award("dibao"), fact], beneficiary=rows)
    assert [part for part, *_ in parts(on_both)] == ["disability_living"]


def poor(*rows: Row, people: int = 1, policy: Policy = POLICY, **tables: list[Row]) -> list[tuple[Any, ...]]:
    names = ["示例甲", "示例乙", "示例丙"][:people]
    return parts(small([person(name) for name in names], means=list(rows), **tables), policy)


@pytest.mark.parametrize(
    ("yuan", "owed"),
    [("7199.99", 1200), ("7200", None), ("0", 720_000), ("1200", 600_000)],
)
def test_dibao_is_the_households_below_the_line_and_owes_the_gap(yuan: str, owed: int | None) -> None:
    expected = [] if owed is None else [("dibao", "household", "verify", owed)]
    assert poor(means(yuan)) == expected


def test_the_gap_of_three_persons_is_rounded_up_once() -> None:
    policy = Policy.of(dibao_standard=632.0)
    assert poor(means(str(1894 * 12)), people=3, policy=policy) == [("dibao", "household", "verify", 200 * 12)]


def test_the_lead_of_a_household_names_it_and_shows_its_statement() -> None:
    data = small([person("示例甲")], means=[means("1200"), means("0", as_of="2023-01-31")])
    result = asked(missed_entitlement, data, POLICY)
    (row,) = result.leads.rows(named=True)
    assert (row["subject"], row["subject_kind"], row["part"]) == ("H1", "household", "dibao")
    said = facts(missed_entitlement, data, POLICY)
    assert (said["case"], said["n"], said["y_fen"], said["line_fen"]) == ("income", 1, 120_000, 60_000)
    assert (said["told_on"], said["month_fen"]) == ("2024-06-30", 50_000)
    assert set(result.evidence["table"]) == {"means", "member"}
    assert all("2024-06-30" in key for key in result.evidence.filter(pl.col("table") == "means")["key"])


@pytest.mark.parametrize(("as_of", "level"), [("2023-12-31", "verify"), ("2023-12-30", "info")])
def test_a_statement_older_than_twelve_months_is_for_information(as_of: str, level: str) -> None:
    assert [row[2] for row in poor(means("0", as_of=as_of))] == [level]


def test_a_custody_last_compared_more_than_twelve_months_ago_is_for_information() -> None:
    for compared, level in (("2023-12-31", "verify"), ("2023-12-30", "info")):
        away = match("示例父", "custody", "2022-01-01", detail="prison", compared_on=compared)
        data = small(
            [person("示例母", **GRADE_1), person("示例父"), person("示例子", "2015-01-01")],
            kin=[kin("示例子", "示例父"), kin("示例子", "示例母")],
            match=[away],
            award=[award("disability_care")],
            beneficiary=[covered("示例母")],
        )
        assert [row[2] for row in parts(data)] == [level]


def test_a_custody_told_of_long_ago_weighs_nothing_where_disability_suffices() -> None:
    held = match("示例父", "custody", "2022-01-01", detail="prison", compared_on="2023-10-01")
    people = [person("示例母", **GRADE_1), person("示例父", **GRADE_1), person("示例子", "2015-01-01")]
    both = [no("示例母"), no("示例父")]
    data = small(
        people,
        kin=[kin("示例子", "示例父"), kin("示例子", "示例母")],
        match=[held],
        award=[award("disability_care")],
        beneficiary=[{**covered("示例母"), "id_no": one} for one in both],
    )
    assert [row[2] for row in parts(data)] == ["verify"]
    assert facts(missed_entitlement, data)["parents"] == ["disability_1"] * 2


@pytest.mark.parametrize(
    ("finding", "raised"),
    [
        (match("示例甲", "vehicle", "2020-01-01", value="1", detail="car"), False),
        (match("示例甲", "vehicle", "2020-01-01", value="1", detail="disability"), True),
        (match("示例甲", "vehicle", "2020-01-01", value="30000", detail="motorcycle"), True),  # only to verify
        (match("示例甲", "vehicle", "2020-01-01", value=None, detail="motorcycle"), True),
        (match("示例甲", "vehicle", "2020-01-01", value="1", detail=None), False),  # a car, or a disability vehicle?
        (match("示例甲", "vehicle", "2020-01-01", value="0", detail=None), True),
        (match("示例甲", "vehicle", None, value="1", detail="car"), False),  # owned when it was compared
        (match("示例甲", "deposit", "2024-01-01", value="50000"), True),
        (match("示例甲", "deposit", "2024-01-01", value="50000.01"), False),
        (match("示例甲", "deposit", "2024-01-01", value=None), False),  # unknown
    ],
)
def test_a_veto_that_excludes_shuts_the_household_out(finding: Row, raised: bool) -> None:
    assert bool(poor(means("0"), match=[finding])) is raised


@pytest.mark.parametrize(
    "programme", ["dibao", "destitute", "dibao_edge", "rigid_expense", "orphan", "de_facto_orphan"]
)
def test_an_award_that_excludes_dibao_or_is_dibao_stands_in_the_way(programme: str) -> None:
    assert poor(means("0"), award=[award(programme)]) == []
    elsewhere = {**award(programme), "household_no": "H9"}
    assert poor(means("0"), award=[elsewhere], beneficiary=[covered("示例甲")]) == []


@pytest.mark.parametrize(("since", "raised"), [("2024-12", 0), ("2025-01", 0), ("2025-02", 1)])
@pytest.mark.parametrize("programme", ["destitute", "orphan", "de_facto_orphan"])
def test_what_must_not_cover_a_household_on_dibao_counts_from_the_month_before_it_begins(
    programme: str, since: str, raised: int
) -> None:
    theirs = {"award": [{**award(programme, since), "household_no": "H9"}], "beneficiary": [covered("示例甲", since)]}
    assert len(poor(means("0"), **theirs)) == raised
    assert len(poor(means("0"), award=[award(programme, since)])) == raised


def test_a_countys_own_bar_of_a_persons_programme_counts_from_the_month_before_and_what_it_asks_for_does_not() -> None:
    barred = Policy.of(entitlement=[{"programme": "old_age", "age_from": 80, "not_covered_by": ["heating"]}])
    asks = Policy.of(entitlement=[{"programme": "old_age", "age_from": 80, "covered_by": ["heating"]}])
    for since, of_the_barred, of_those_who_need_it in (("2024-12", 0, 1), ("2025-01", 0, 0), ("2025-02", 1, 0)):
        data = old(award=[award("heating", since)], beneficiary=[covered("示例甲", since)])
        assert (len(parts(data, barred)), len(parts(data, asks))) == (of_the_barred, of_those_who_need_it)


def test_other_awards_do_not_stand_in_the_way_of_dibao() -> None:
    assert len(poor(means("0"), award=[award("heating")], beneficiary=[covered("示例甲")])) == 1


def test_a_household_without_a_statement_or_a_standard_is_undecidable() -> None:
    data = small([person("示例甲")], means=[means("0", as_of="2025-01-31")])
    assert found(missed_entitlement, data, POLICY) == []
    assert status(asked(missed_entitlement, data, POLICY))[2] == 2  # H1 and H9
    stated = small([person("示例甲")], means=[means("0")])
    assert found(missed_entitlement, stated) == []
    assert status(asked(missed_entitlement, stated))[2] == 2


def test_a_member_who_does_not_live_there_does_not_count() -> None:
    members = [member("示例甲"), member("示例乙", co_living="false")]
    rows = poor(means("7200"), people=2, member=members)
    assert rows == []
    assert len(poor(means("7200"), people=2)) == 1


def test_the_standard_of_the_day_governs() -> None:
    raised = [{"from": "2020-01-01", "value": 500.0}, {"from": "2024-12-31", "value": 700.0}]
    policy = Policy.of(dibao_standard=raised)
    data = [person("示例甲")]
    assert parts(small(data, means=[means("7000")]), policy) != []
    assert parts(small(data, "2024-12-30", means=[means("7000")]), policy) == []


def test_a_countys_own_entry_changes_who_is_missed() -> None:
    own = Policy.of(entitlement=[{"programme": "old_age", "age_from": 70}])
    assert parts(old(born="1954-12-31"), own) == [("old_age", "person", "verify", None)]
    assert parts(old(born="1955-01-01"), own) == []
    nobody = Policy.of(entitlement=None)
    assert parts(old(), nobody) == []


def test_the_hardest_come_first() -> None:
    people = [person("示例甲", "1940-01-01"), person("示例乙", "1940-01-01", health="serious_illness")]
    data = small(people, member=[member("示例甲"), member("示例乙", "H9")])
    leads = asked(missed_entitlement, data).leads.sort("score", descending=True)
    assert leads["score"].to_list()[0] > leads["score"].to_list()[1]


def test_a_namesake_of_the_same_birthday_with_an_award_is_another() -> None:
    namesake = {**person("示例乙", "1940-01-01"), "name": "示例甲"}
    data = small(
        [person("示例甲", "1940-01-01"), namesake],
        member=[member("示例甲"), member("示例乙", "H9")],
        award=[award("old_age")],
        beneficiary=[covered("示例乙")],
    )
    assert len(parts(data)) == 1


def test_says_that_applications_were_not_compared_where_there_are_none() -> None:
    read = missed_entitlement.CARD.reads
    alone = facts(missed_entitlement, old())
    assert "无申请数据,是否正在申请未知" in read(alone, "zh")
    assert "applications were not compared" in read(alone, "en")
    compared = facts(missed_entitlement, old(application=[application("heating")]))
    assert "未见在办申请或近期不予同意" in read(compared, "zh")
    assert "no open application" in read(compared, "en")


def test_without_a_fixed_amount_the_arithmetic_names_none() -> None:
    said = facts(missed_entitlement, old())
    assert (said["case"], said["month_fen"]) == ("age_open", None)
    reckoned = missed_entitlement.CARD.reckons(said, "zh")
    assert "应得金额未知" in reckoned
    assert "元" not in reckoned
    assert "yuan" not in missed_entitlement.CARD.reckons(said, "en")
    told = facts(missed_entitlement, old(), Policy.of(benefit_amount=[{"programme": "old_age", "value": 100.0}]))
    assert (told["case"], told["month_fen"]) == ("age", 10_000)
    assert "月应得 100.00 元 × 12" in missed_entitlement.CARD.reckons(told, "zh")
