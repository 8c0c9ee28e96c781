"""Tests of kin_without_county_visit: whose household, and visited by when."""

import pytest

from casework.policy import Policy
from detectors.favoritism import kin_unfiled, kin_without_county_visit
from tests.detectors.asking import asked, facts, found, status
from tests.detectors.favoritism.village import OTHER_VILLAGE, filing, kin, official, small, step

BROTHERS = [kin("甲", "乙", "sibling")]
CHIEF = [official("乙")]


@pytest.mark.parametrize(
    ("started", "finished", "decided", "raised"),
    [
        ("2024-03-27", "2024-03-28", "2024-03-28", False),
        ("2024-03-27", "2024-03-29", "2024-03-28", True),  # the finish counts
        ("2024-03-28", None, "2024-03-28", False),  # without one the start
        ("2024-03-29", None, "2024-03-28", True),
        ("2024-03-28 10:00:00", "2024-03-28 11:00:00", "2024-03-28 11:00:00", False),
        ("2024-03-28 10:00:00", "2024-03-28 11:00:01", "2024-03-28 11:00:00", True),
        ("2024-03-28", "2024-03-28", "2024-03-28 11:00:00", False),  # one is a bare date: by date
    ],
)
def test_the_visit_must_be_made_by_the_decision(
    started: str, finished: str | None, decided: str, *, raised: bool
) -> None:
    visit = step("county_visit", started, finished_at=finished)
    world = small(kin=BROTHERS, officials=CHIEF, steps=[visit], decided_at=decided)
    assert found(kin_without_county_visit, world) == (["A1"] if raised else [])


@pytest.mark.parametrize("filed", [True, False])
def test_near_kin_are_asked_about_filed_or_not(filed: bool) -> None:
    world = small(kin=BROTHERS, officials=CHIEF, filings=[filing("乙", "2024-03-01")] if filed else None)
    assert found(kin_without_county_visit, world) == ["A1"]
    assert found(kin_unfiled, world) == ([] if filed else ["A1"])


@pytest.mark.parametrize(("decision", "decided"), [("refused", "2024-03-28"), ("withdrawn", None), (None, None)])
def test_only_an_approval_needs_the_visit(decision: str | None, decided: str | None) -> None:
    world = small(kin=BROTHERS, officials=CHIEF, decision=decision, decided_at=decided)
    assert found(kin_without_county_visit, world) == []


def test_another_visit_of_one_of_several_is_enough() -> None:
    visits = [step("county_visit", "2024-03-20"), step("county_visit", "2024-05-20")]
    assert found(kin_without_county_visit, small(kin=BROTHERS, officials=CHIEF, steps=visits)) == []


def test_strangers_in_laws_and_officials_elsewhere_are_nothing() -> None:
    assert found(kin_without_county_visit, small(officials=CHIEF)) == []
    in_law = small(kin=[kin("甲", "乙", "sibling_in_law")], officials=CHIEF)
    assert found(kin_without_county_visit, in_law) == []
    elsewhere = small(kin=BROTHERS, officials=[official("乙", "village_committee", OTHER_VILLAGE)])
    assert found(kin_without_county_visit, elsewhere) == []


def test_programmes_that_need_no_filing_need_no_visit() -> None:
    assert found(kin_without_county_visit, small(kin=BROTHERS, officials=CHIEF, programme="medical")) == []
    own = Policy.of(county_visit_required=[{"value": True}, {"programme": "dibao", "value": False}])
    assert found(kin_without_county_visit, small(kin=BROTHERS, officials=CHIEF), own) == []


def test_several_officials_make_one_lead_told_by_the_surest_tie() -> None:
    ties = [kin("甲", "乙", "sibling", "declared"), kin("甲", "丙", "child")]
    late = step("county_visit", "2024-04-02", actor="丁")
    world = small(kin=ties, officials=[official("乙"), official("丙")], steps=[late])
    said = facts(kin_without_county_visit, world)
    assert (said["officials"], said["relation"], said["visited_at"]) == (2, "parent", "2024-04-02")
    lead = asked(kin_without_county_visit, world).leads
    assert lead.select("part", "confidence").row(0) == ("", 0.95)


def test_an_approval_without_its_day_is_undecidable_once_there_was_a_visit() -> None:
    world = small(kin=BROTHERS, officials=CHIEF, steps=[step("county_visit", "2024-03-20")], decided_at=None)
    assert status(asked(kin_without_county_visit, world))[2] == 1
    never = small(kin=BROTHERS, officials=CHIEF, decided_at=None)
    assert found(kin_without_county_visit, never) == ["A1"]
