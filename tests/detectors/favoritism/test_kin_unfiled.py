"""Tests of kin_unfiled: whose kin, in which post, on which day, and filed by when."""

import json
from types import ModuleType

import pytest

from casework.policy import Policy
from detectors.favoritism import kin_unfiled, kin_without_county_visit
from tests.detectors.asking import asked, facts, found, status
from tests.detectors.favoritism.village import (
    COUNTY,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    PROVINCE,
    TOWNSHIP,
    VILLAGE,
    filing,
    kin,
    member,
    official,
    person_id,
    small,
    step,
)
from tests.worlds import Row

BROTHERS = [kin("甲", "乙", "sibling")]  # 乙 is the official


@pytest.mark.parametrize(
    ("duty", "region", "raised"),
    [
        ("handler", VILLAGE, True),
        ("handler", TOWNSHIP, True),
        ("handler", COUNTY, True),
        ("handler", PROVINCE, False),  # beyond the county nobody is in charge
        ("handler", OTHER_VILLAGE, False),
        ("handler", OTHER_TOWNSHIP, False),
        ("approver", TOWNSHIP, True),
        ("approver", COUNTY, True),
        ("village_committee", VILLAGE, True),
        ("village_committee", OTHER_VILLAGE, False),
        ("village_committee", TOWNSHIP, False),
        ("public_payroll", VILLAGE, False),  # a teacher decides nothing
    ],
)
def test_only_who_is_in_charge_of_the_village_must_file(duty: str, region: str, *, raised: bool) -> None:
    world = small(kin=BROTHERS, officials=[official("乙", duty, region)])
    assert found(kin_unfiled, world) == (["A1"] if raised else [])


@pytest.mark.parametrize(
    ("home", "place", "expected"),
    [
        (VILLAGE, VILLAGE, (1, 0)),
        (VILLAGE, OTHER_VILLAGE, (0, 0)),
        (VILLAGE, TOWNSHIP, (0, 1)),  # of which of its villages?
        (VILLAGE, COUNTY, (0, 1)),
        (VILLAGE, OTHER_TOWNSHIP, (0, 0)),
        (TOWNSHIP, TOWNSHIP, (0, 1)),  # neither's village is known: equal codes say nothing
        (TOWNSHIP, VILLAGE, (0, 1)),
        (OTHER_TOWNSHIP, VILLAGE, (0, 0)),
        (None, TOWNSHIP, (0, 1)),  # the application's region is a township
    ],
)
@pytest.mark.parametrize("scheme", [kin_unfiled, kin_without_county_visit])
def test_a_committee_is_that_of_the_village_only_where_both_villages_are_known(
    scheme: ModuleType, home: str | None, place: str, expected: tuple[int, int]
) -> None:
    world = small(kin=BROTHERS, officials=[official("乙", "village_committee", place)], home=home)
    result = asked(scheme, world)
    assert (result.leads.height, status(result)[2]) == expected


def test_the_region_table_says_what_a_village_is() -> None:
    regions = [
        {"region_code": "990101001000", "name": "示例社区", "tier": "village", "parent_code": "990101002000"},
        {"region_code": "990101002000", "name": "示例镇", "tier": "township", "parent_code": "990101000000"},
    ]
    committee = [official("乙", "village_committee", TOWNSHIP)]
    assert found(kin_unfiled, small(kin=BROTHERS, officials=committee, home=TOWNSHIP, more={"region": regions})) == [
        "A1"
    ]


@pytest.mark.parametrize(
    ("relation", "raised"),
    [
        ("spouse", True),
        ("parent", True),
        ("child", True),
        ("sibling", True),
        ("grandparent", True),
        ("grandchild", True),
        ("parent_in_law", False),  # an in-law is not near kin
        ("child_in_law", False),
        ("sibling_in_law", False),
        ("other", False),
    ],
)
def test_only_near_kin_count(relation: str, *, raised: bool) -> None:
    world = small(kin=[kin("甲", "乙", relation)], officials=[official("乙")])
    assert found(kin_unfiled, world) == (["A1"] if raised else [])


@pytest.mark.parametrize(
    ("since", "until", "raised"),
    [
        ("2024-03-04", None, True),  # took office on the acceptance day
        ("2024-03-05", None, False),
        ("2018-01-01", "2024-03-04", True),  # to_on is inclusive
        ("2018-01-01", "2024-03-03", False),
    ],
)
def test_the_post_must_be_held_on_the_acceptance_day(since: str, until: str | None, *, raised: bool) -> None:
    world = small(kin=BROTHERS, officials=[official("乙", from_on=since, to_on=until)])
    assert found(kin_unfiled, world) == (["A1"] if raised else [])


def test_an_official_whose_term_began_after_the_decision_and_who_touched_no_step_is_innocent() -> None:
    late = official("乙", from_on="2024-04-01")
    assert found(kin_unfiled, small(kin=BROTHERS, officials=[late], steps=[step("confirm", actor="丙")])) == []


@pytest.mark.parametrize(
    ("row", "raised"),
    [
        (step("home_visit", actor="乙"), True),
        (step("home_visit", actor="丙", second="乙"), True),
        (step("other", actor="乙"), True),
        (step("authorise", actor="乙"), False),
        (step("home_visit", actor="丙"), False),
    ],
)
def test_who_acted_in_a_step_must_have_filed_in_office_or_not(row: Row, *, raised: bool) -> None:
    assert found(kin_unfiled, small(kin=BROTHERS, steps=[row])) == (["A1"] if raised else [])


@pytest.mark.parametrize(
    ("filed", "decided", "decision", "raised"),
    [
        ("2024-03-28", "2024-03-28 08:00:00", "approved", False),  # on the day of the decision, by date
        ("2024-03-29", "2024-03-28", "approved", True),
        ("2019-05-01", "2024-03-28", "approved", False),  # a filing holds from its date on
        ("2024-03-28", "2024-03-28", "refused", False),
        ("2024-03-29", "2024-03-28", "refused", True),
        ("2024-03-29", "2024-03-28", "withdrawn", False),
        ("2024-12-31", None, None, False),  # undecided: by as_of
    ],
)
def test_a_filing_by_the_day_of_the_decision_is_in_time(
    filed: str, decided: str | None, decision: str | None, *, raised: bool
) -> None:
    world = small(
        kin=BROTHERS, officials=[official("乙")], filings=[filing("乙", filed)], decided_at=decided, decision=decision
    )
    assert found(kin_unfiled, world) == (["A1"] if raised else [])


def test_an_undecided_case_without_a_filing_is_raised_at_as_of() -> None:
    world = small(kin=BROTHERS, officials=[official("乙")], decided_at=None, decision=None)
    assert facts(kin_unfiled, world)["due"] == "2024-12-31"


def test_a_filing_counts_whatever_relation_it_states_but_only_of_that_official_for_that_household() -> None:
    one = {"kin": BROTHERS, "officials": [official("乙")]}
    assert found(kin_unfiled, small(**one, filings=[filing("乙", "2024-01-01", relation=None)])) == []
    assert found(kin_unfiled, small(**one, filings=[filing("丙", "2024-01-01")])) == ["A1"]
    homes = [member("甲"), member("丙", home="H2")]
    assert found(kin_unfiled, small(**one, members=homes, filings=[filing("乙", "2024-01-01", "H2")])) == ["A1"]


@pytest.mark.parametrize(
    ("programme", "raised"),
    [("dibao", True), ("destitute", True), ("dibao_edge", True), ("rigid_expense", True), ("medical", False)],
)
def test_only_filing_programmes_are_asked(programme: str, *, raised: bool) -> None:
    world = small(kin=BROTHERS, officials=[official("乙")], programme=programme)
    assert found(kin_unfiled, world) == (["A1"] if raised else [])


@pytest.mark.parametrize(
    ("cells", "raised"),
    [
        ({"joined_on": "2024-03-04"}, True),
        ({"joined_on": "2024-03-05"}, False),
        ({"left_on": "2024-03-05"}, True),
        ({"left_on": "2024-03-04"}, False),  # left_on is exclusive
        ({"co_living": "false"}, True),
    ],
)
def test_the_kin_must_be_a_member_on_the_acceptance_day_co_living_or_not(
    cells: dict[str, str], *, raised: bool
) -> None:
    homes = [member("丙"), member("甲", "other", **cells)]
    world = small(kin=BROTHERS, officials=[official("乙")], members=homes)
    assert found(kin_unfiled, world) == (["A1"] if raised else [])


def test_an_official_who_is_a_member_is_near_kin_to_the_household() -> None:
    world = small(officials=[official("甲")])
    said = facts(kin_unfiled, world)
    assert (said["relation"], said["path"]) == ("member", "member")


def test_a_divorce_before_the_acceptance_day_ends_the_tie() -> None:
    def raised(until: str) -> list[str]:
        rows = [kin("甲", "乙", "spouse", since="2001-01-01", until=until)]
        return found(kin_unfiled, small(kin=rows, officials=[official("乙")]))

    assert raised("2024-03-04") == ["A1"]
    assert raised("2024-03-03") == []


def test_kin_by_a_shared_household_of_old_count_when_nobody_registered_them() -> None:
    old = [member("戊", home="H0"), member("甲", "child", "H0", left_on="2019-01-01"), member("乙", "child", "H0")]
    world = small(members=[member("甲"), *old], officials=[official("乙")])
    said = facts(kin_unfiled, world)
    assert (said["relation"], said["path"], said["certainty"], said["weakest"]) == (
        "sibling",
        "parent>child",
        0.85,
        "member",
    )


def test_filed_and_visited_poor_kin_of_a_one_surname_village_are_nothing() -> None:
    world = small(
        kin=[kin("甲", "乙", "parent"), kin("甲", "丙", "sibling_in_law")],
        officials=[official("乙", "village_committee", VILLAGE), official("丙"), official("丁")],
        filings=[filing("乙", "2024-03-01")],
        steps=[step("county_visit", "2024-03-20", actor="丁")],
    )
    assert found(kin_unfiled, world) == []


def test_each_official_has_a_lead_of_their_own() -> None:
    world = small(
        kin=[kin("甲", "乙", "sibling", "declared"), kin("丙", "甲", "parent")],
        officials=[official("乙"), official("丙")],
    )
    leads = asked(kin_unfiled, world).leads
    parts = {person_id(world, "乙"): 0.7, person_id(world, "丙"): 0.95}
    assert dict(leads.select("part", "confidence").iter_rows()) == parts
    assert {json.loads(related)[0] for related in leads["related"]} == set(parts)
    assert set(leads["amount_fen"]) == {None}


def test_the_lead_names_relation_path_certainty_posts_steps_and_shows_the_rows() -> None:
    world = small(
        kin=[kin("甲", "戊", "parent"), kin("乙", "戊", "parent", "declared")],
        officials=[official("乙", to_on="2024-06-30")],
        filings=[filing("乙", "2024-05-01")],
        steps=[step("home_visit", actor="乙"), step("confirm", "2024-03-28", actor="丙", second="乙")],
    )
    said = facts(kin_unfiled, world)
    assert {name: said[name] for name in said if name != "certainty"} == {
        "case": "both",
        "relation": "sibling",
        "path": "parent>child",
        "weakest": "declared",
        "duties": ["handler"],
        "posts": "示例职务",
        "post_from": "2018-01-01",
        "post_to": "2024-06-30",
        "steps": ["home_visit", "confirm"],
        "accepted_at": "2024-03-04",
        "decided_at": "2024-03-28",
        "due": "2024-03-28",
        "filed_on": "2024-05-01",
    }
    seen = set(asked(kin_unfiled, world).evidence.select("table", "source_row").unique().rows())
    assert seen == {
        ("application", 2),
        ("official", 2),
        ("filing", 2),
        ("step", 2),
        ("step", 3),
        ("kin", 2),
        ("kin", 3),
        ("member", 2),
    }


def test_what_depends_on_an_unknown_day_or_place_is_undecidable() -> None:
    undated = small(kin=BROTHERS, officials=[official("乙")], filings=[filing("乙", "2024-03-20")], decided_at=None)
    assert (found(kin_unfiled, undated), status(asked(kin_unfiled, undated))[2]) == ([], 1)
    nowhere = small(kin=BROTHERS, officials=[official("乙")], home=None, region_code=None)
    assert (found(kin_unfiled, nowhere), status(asked(kin_unfiled, nowhere))[2]) == ([], 1)
    in_charge = small(kin=BROTHERS, officials=[official("乙")], home=None)
    assert found(kin_unfiled, in_charge) == ["A1"]


def test_the_parents_that_the_region_table_states_are_followed() -> None:
    regions: list[Row] = [
        {"region_code": VILLAGE, "name": "示例村", "tier": "village", "parent_code": "990199001000"},
        {"region_code": "990199001000", "name": "示例乡", "tier": "township", "parent_code": "990199000000"},
        {"region_code": "990199000000", "name": "示例县", "tier": "county", "parent_code": None},
    ]

    def raised(region: str) -> bool:
        world = small(kin=BROTHERS, officials=[official("乙", region=region)], more={"region": regions})
        return found(kin_unfiled, world) == ["A1"]

    assert [raised(code) for code in ("990199001000", "990199000000", TOWNSHIP, COUNTY)] == [True, True, False, False]


def test_a_countys_own_list_of_near_kin_is_heeded() -> None:
    world = small(kin=[kin("甲", "乙", "sibling_in_law")], officials=[official("乙")])
    own = Policy.of(near_kin=[{"value": ["spouse"]}, {"region": "990101", "value": ["spouse", "sibling_in_law"]}])
    assert found(kin_unfiled, world, own) == ["A1"]


def test_without_a_table_of_filings_nothing_is_asked() -> None:
    world = small(kin=BROTHERS, officials=[official("乙")])
    world.manifest.columns.pop("filing")
    assert status(asked(kin_unfiled, world))[0] == "not_run"


def test_the_arithmetic_tells_of_a_post_or_of_steps_only_where_there_are_any() -> None:
    tie = [kin("甲", "乙", "sibling", "declared")]
    reckons = kin_unfiled.CARD.reckons
    in_post = facts(kin_unfiled, small(kin=tie, officials=[official("乙")]))
    assert in_post["case"] == "post"
    assert "任职 经办人员" in reckons(in_post, "zh")
    assert "经办环节" not in reckons(in_post, "zh")
    acted = facts(kin_unfiled, small(kin=tie, officials=[], steps=[step("home_visit", actor="乙")]))
    assert acted["case"] == "acted"
    assert "任职" not in reckons(acted, "zh")
    assert "steps acted in: home visit" in reckons(acted, "en")
