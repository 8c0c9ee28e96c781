"""Tests of special_grant: the window, the grounds, and what is lawful."""

import pytest

from casework.policy import Policy
from detectors.favoritism import special_grant
from tests.casework.means.homes import (
    IDS,
    NAMES,
    VILLAGE,
    award,
    covers,
    home,
    little,
    member,
    person,
    regions,
    rules,
    stated,
)
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row


def application(**cells: str | None) -> Row:
    plain = {
        "application_no": "A1",
        "programme": "dibao",
        "household_no": "H1",
        "applicant_id_no": IDS[NAMES[0]],
        "region_code": VILLAGE[:9] + "000",
        "channel": "window",
        "delegated": "true",
        "accepted_at": "2024-03-05",
        "decided_at": "2024-03-26",
        "decision": "approved",
        "extended": "false",
        "special_tag": "petition",
        "special_tagged_on": "2024-03-01",
    }
    return {**plain, **cells}


def step(name: str) -> Row:
    return {"application_no": "A1", "step": name, "started_at": "2024-03-08", "finished_at": "2024-03-08"}


CAR: Row = {
    "match_no": "M1",
    "id_no": IDS[NAMES[0]],
    "kind": "vehicle",
    "source": "示例",
    "value": "80000",
    "detail": "car",
    "from_on": "2020-01-01",
    "compared_on": "2024-12-01",
}
RICH = stated("2024-03-01", wage="22752")


def small(**tables: list[Row]) -> dict[str, list[Row]]:
    """An eligible household, its data checked."""
    plain: dict[str, list[Row]] = {
        "region": regions(),
        "household": [home()],
        "person": [person(name) for name in NAMES],
        "member": [member(name) for name in NAMES[:3]],
        "means": stated("2024-03-01", wage="12000"),
        "application": [application()],
        "step": [step("home_visit"), step("data_check")],
    }
    return {**plain, **tables}


def grounds(policy: Policy | None = None, **tables: list[Row]) -> list[str] | None:
    """The grounds of the only lead."""
    data = little(**small(**tables))
    result = asked(special_grant, data, policy or rules())
    if not result.leads.height:
        return None
    assert result.leads.select("subject", "level").rows() == [("A1", "verify")]
    return list(facts(special_grant, data, policy or rules())["grounds"])


UNCHECKED = [step("home_visit")]


def test_a_petition_alone_is_nothing() -> None:
    assert grounds() is None


def test_approved_without_a_data_check() -> None:
    assert grounds(step=UNCHECKED) == ["unchecked"]


@pytest.mark.parametrize(("yuan", "expected"), [("22751.99", None), ("22752", ["income"])])
def test_approved_at_the_line(yuan: str, expected: list[str] | None) -> None:
    assert grounds(means=stated("2024-03-01", wage=yuan)) == expected


def test_approved_with_a_veto_item() -> None:
    assert grounds(match=[CAR]) == ["veto"]
    assert grounds(match=[{**CAR, "detail": "disability"}]) is None
    assert grounds(match=[CAR], means=RICH, step=UNCHECKED) == ["unchecked", "income", "veto"]


def test_neither_the_matter_nor_how_near_it_lay_weighs_anything_and_more_grounds_do() -> None:
    def score(*, match: list[Row] | None = None, **cells: str | None) -> float:
        tables = {"match": match} if match else {}
        data = little(**small(application=[application(**cells)], step=UNCHECKED, **tables))
        (found,) = asked(special_grant, data, rules()).leads["score"]
        return float(found)

    near, far = score(special_tagged_on="2024-03-26"), score(special_tagged_on="2024-02-01")
    assert near == far == score(special_tag="veteran_member")
    assert score(match=[CAR]) > near


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ("2024-02-29", None),  # before the matter
        ("2024-03-01", ["unchecked"]),
        ("2024-04-30", ["unchecked"]),  # the sixtieth day
        ("2024-05-01", None),
    ],
)
def test_the_window_runs_from_the_day_of_the_matter(decided: str, expected: list[str] | None) -> None:
    assert grounds(application=[application(decided_at=decided)], step=UNCHECKED) == expected


@pytest.mark.parametrize(("decided", "expected"), [("2024-05-04", ["unchecked"]), ("2024-05-05", None)])
def test_without_that_day_it_runs_from_acceptance(decided: str, expected: list[str] | None) -> None:
    assert grounds(application=[application(decided_at=decided, special_tagged_on=None)], step=UNCHECKED) == expected


def test_a_countys_own_window() -> None:
    assert grounds(rules(special_window_days=24), step=UNCHECKED) is None
    assert grounds(rules(special_window_days=25), step=UNCHECKED) == ["unchecked"]


@pytest.mark.parametrize("cells", [{"special_tag": None}, {"decision": "refused"}, {"decision": "withdrawn"}])
def test_untagged_refused_and_withdrawn_are_not_asked_about(cells: dict[str, str | None]) -> None:
    other = application(application_no="A2", special_tag="petition", decision="refused")
    assert grounds(application=[application(**cells), other], step=UNCHECKED) is None


def test_emergency_aid_needs_no_check_before() -> None:
    urgent = [application(programme="temporary_emergency")]
    assert grounds(application=urgent, step=UNCHECKED, means=RICH) is None


@pytest.mark.parametrize(
    ("programme", "expected"),
    [("temporary_expenditure", ["veto"]), ("old_age", None), ("disability_care", None)],
)
def test_vetoes_count_but_where_facts_entitle_whatever_one_owns(programme: str, expected: list[str] | None) -> None:
    assert grounds(application=[application(programme=programme)], match=[CAR]) == expected


def test_destitution_has_no_line_but_vetoes() -> None:
    assert grounds(application=[application(programme="destitute")], means=RICH) is None
    assert grounds(application=[application(programme="destitute")], match=[CAR]) == ["veto"]


def test_single_person_entry_is_judged_by_the_edge_line_and_its_own_things() -> None:
    one = {
        "award": [award(application_no="A1", from_month="2024-04", single_person_basis="severe_disability")],
        "beneficiary": covers(NAMES[1], since="2024-04"),
    }
    assert grounds(means=stated("2024-03-01", wage="34127.99"), match=[CAR], **one) is None
    assert grounds(means=stated("2024-03-01", wage="34128"), **one) == ["income"]


def undecided(policy: Policy | None = None, **tables: list[Row]) -> tuple[int, int]:
    result = asked(special_grant, little(**small(**tables)), policy or rules())
    return result.leads.height, status(result)[2]


def test_unknown_is_never_raised_but_counted() -> None:
    assert undecided() == (0, 0)
    assert undecided(means=stated("2024-03-06", wage="99999")) == (0, 1)
    assert undecided(region=regions(None)) == (0, 1)
    assert undecided(match=[{**CAR, "value": None}]) == (0, 1)
    assert undecided(match=[{**CAR, "value": None, "detail": "motorcycle"}]) == (0, 0)
    assert undecided(
        application=[application(decided_at=None), application(application_no="A2", decided_at="2025-01-01")]
    ) == (0, 1)
    assert undecided(rules(special_window_days={"value": 60, "from": "2025-01-01"}), step=UNCHECKED) == (0, 1)


def test_without_steps_nobody_knows_what_was_checked_but_the_line_is_known() -> None:
    poor = asked(special_grant, little(**small(step=[])), rules())
    assert (poor.leads.height, status(poor)[0], status(poor)[2]) == (0, "partly", 1)
    assert facts(special_grant, little(**small(step=[], means=RICH)), rules())["grounds"] == ["income"]


def test_says_why_in_both_languages_and_keeps_the_evidence() -> None:
    data = little(**small(means=RICH, step=UNCHECKED))
    said = facts(special_grant, data, rules())
    assert (said["days"], said["limit"], said["tagged_on"], said["head_fen"]) == (25, 60, "2024-03-01", 63200)
    assert special_grant.CARD.reads(said, "zh") == (
        "疑似未经核实获批:特殊事项(2024-03-01)之后 25 天获批(2024-03-26),而未见信息核对、受理日收入不低于保障线"
    )
    assert "no data check is on record, income was not below" in special_grant.CARD.reads(said, "en")
    result = asked(special_grant, data, rules())
    assert set(result.evidence["table"]) == {"application", "step", "means", "member"}
    assert result.leads["region_code"].to_list() == [VILLAGE]


def test_every_finding_that_excluded_is_shown_and_no_members_without_a_question_of_income() -> None:
    match = [CAR, {**CAR, "match_no": "M2", "detail": "truck"}, {**CAR, "match_no": "M3", "detail": "farm"}]
    proof = asked(special_grant, little(**small(match=match)), rules()).evidence
    assert set(proof["table"]) == {"application", "step", "means", "match"}
    assert sorted(proof.filter(proof["column"] == "detail")["value"]) == ["car", "truck"]
