"""Tests of kin_handled: who acted in whose case."""

import pytest

from detectors.favoritism import kin_handled
from tests.detectors.asking import asked, facts, found
from tests.detectors.favoritism.village import IDS, VILLAGE, filing, kin, member, official, person_id, small, step
from tests.worlds import Row

BROTHERS = [kin("甲", "乙", "sibling")]


@pytest.mark.parametrize(
    ("row", "raised"),
    [
        (step("accept", actor="乙"), True),
        (step("confirm", actor="丙", second="乙"), True),
        (step("authorise", actor="乙"), False),
        (step("authorise", actor="丙", second="乙"), False),
        (step("confirm", actor="丙"), False),
        (step("confirm"), False),
    ],
)
def test_any_actor_of_any_step_but_the_authorisation_is_asked_about(row: Row, *, raised: bool) -> None:
    assert found(kin_handled, small(kin=BROTHERS, steps=[row])) == (["A1"] if raised else [])


@pytest.mark.parametrize("programme", ["dibao", "medical", "temporary_emergency"])
@pytest.mark.parametrize("decision", ["approved", "refused", "withdrawn", None])
def test_every_programme_and_every_outcome_is_asked_about(programme: str, decision: str | None) -> None:
    day = "2024-03-28" if decision else None
    world = small(
        kin=BROTHERS, steps=[step("confirm", actor="乙")], programme=programme, decision=decision, decided_at=day
    )
    assert found(kin_handled, world) == ["A1"]


def test_a_filing_is_no_leave_to_decide() -> None:
    world = small(kin=BROTHERS, filings=[filing("乙", "2023-01-01")], steps=[step("confirm", actor="乙")])
    assert found(kin_handled, world) == ["A1"]


def test_who_decides_for_their_own_household_is_raised_co_living_or_not() -> None:
    apart = [member("丙"), member("乙", "other", co_living="false")]
    world = small(members=apart, steps=[step("confirm", actor="乙")])
    assert facts(kin_handled, world)["relation"] == "member"
    gone = [member("丙"), member("乙", "other", left_on="2024-03-04")]
    assert found(kin_handled, small(members=gone, steps=[step("confirm", actor="乙")])) == []


@pytest.mark.parametrize("relation", ["sibling_in_law", "parent_in_law", "child_in_law"])
def test_an_in_law_is_not_near_kin(relation: str) -> None:
    assert found(kin_handled, small(kin=[kin("甲", "乙", relation)], steps=[step("confirm", actor="乙")])) == []


def test_an_official_in_post_who_touched_nothing_is_not_raised() -> None:
    assert found(kin_handled, small(kin=BROTHERS, officials=[official("乙")])) == []


def test_one_lead_an_official_names_the_surest_tie_and_all_steps() -> None:
    world = small(
        kin=[kin("甲", "乙", "sibling", "declared"), kin("丙", "乙", "child")],
        members=[member("甲"), member("丙", "other")],
        steps=[step("home_visit", actor="乙"), step("confirm", actor="乙"), step("posting", actor="丙")],
    )
    leads = asked(kin_handled, world).leads
    assert set(leads.select("subject", "part", "confidence").iter_rows()) == {
        ("A1", person_id(world, "乙"), 0.95),
        ("A1", person_id(world, "丙"), 1.0),
    }
    (said,) = leads.filter(leads["part"] == person_id(world, "乙"))["facts"]
    assert '"relation":"parent"' in said
    assert '"steps":["home_visit","confirm"]' in said


def test_a_surer_source_of_another_tie_or_time_does_not_take_the_tie_of_the_day_away() -> None:
    confirmed = [step("confirm", actor="乙")]
    in_law = [kin("甲", "乙", "sibling", "declared"), kin("乙", "甲", "sibling_in_law")]
    again = [
        kin("甲", "乙", "spouse", "civil_registry", "2005-01-01", "2020-01-01"),
        kin("乙", "甲", "spouse", "declared", "2022-01-01"),
    ]
    later = [kin("甲", "乙", "child", "declared"), kin("乙", "甲", "parent", "civil_registry", "2024-06-01")]
    for ties in (in_law, again, later):
        said = facts(kin_handled, small(kin=ties, steps=confirmed))
        assert (said["certainty"], said["weakest"]) == (0.7, "declared")
    assert found(kin_handled, small(kin=again[:1], steps=confirmed)) == []


def test_children_of_a_father_dead_before_they_were_registered_are_siblings() -> None:
    old = [member("丙", home="H2"), *(member(one, "child", "H2", joined_on="2016-01-01") for one in "甲乙")]
    cells = {"id_no": IDS["丙"], "name": "示例丙", "sex": "M", "born_on": "1950-01-01", "hukou": "rural"}
    dead = {**cells, "region_code": VILLAGE, "died_on": "2015-05-05"}
    world = small(members=[member("甲"), *old], steps=[step("confirm", actor="乙")], more={"person": [dead]})
    assert facts(kin_handled, world)["path"] == "parent>child"


def test_the_second_actor_is_asked_about_where_only_the_second_is_recorded() -> None:
    steps = [{key: cell for key, cell in step("confirm", second="乙").items() if key != "actor_id_no"}]
    assert found(kin_handled, small(kin=BROTHERS, steps=steps)) == ["A1"]
