"""Tests of skipped_step: required steps, investigators, and what a place requires otherwise."""

from pathlib import Path

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import impossible_timing, skipped_step
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import person_no, world

FIRST = person_no("示例调查甲")
SECOND = person_no("示例调查乙")
DIBAO = ("authorise", "data_check", "home_visit", "preliminary", "posting", "confirm")


def case(no: str = "A1", **cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": no,
        "programme": "dibao",
        "household_no": f"H-{no}",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04 09:00:00",
        "decided_at": "2024-03-20 09:00:00",
        "decision": "approved",
        **cells,
    }


def step(name: str, actor: str | None = FIRST, second: str | None = SECOND, no: str = "A1") -> dict[str, str | None]:
    return {
        "application_no": no,
        "step": name,
        "started_at": "2024-03-05",
        "finished_at": "2024-03-06",
        "actor_id_no": actor,
        "second_actor_id_no": second,
    }


def small(cells: dict[str, str | None], *steps: dict[str, str | None] | str) -> Tables:
    rows = [step(one) if isinstance(one, str) else one for one in steps]
    other = case("Z", programme="medical", decision="withdrawn")
    return world(application=[cells, other], step=[*rows, step("other", no="Z")])


def skipped(
    cells: dict[str, str | None], *steps: dict[str, str | None] | str, policy: Policy | None = None
) -> list[str]:
    return sorted(asked(skipped_step, small(cells, *steps), policy).leads["part"])


@pytest.mark.parametrize("missing", DIBAO)
@pytest.mark.parametrize("programme", ["dibao", "destitute"])
def test_each_required_step_without_a_row_is_a_lead_of_its_own(programme: str, missing: str) -> None:
    taken = [name for name in DIBAO if name != missing]
    assert skipped(case(programme=programme), *taken) == [missing]
    assert skipped(case(programme=programme), *DIBAO) == []


@pytest.mark.parametrize(
    ("programme", "wanted"),
    [
        ("dibao_edge", ["authorise", "confirm", "data_check", "home_visit", "preliminary"]),
        ("rigid_expense", ["authorise", "confirm", "data_check", "home_visit", "preliminary"]),
        ("temporary_expenditure", ["confirm", "data_check", "home_visit"]),
        ("temporary_emergency", []),
        ("medical", []),
    ],
)
def test_each_programme_has_its_own_steps(programme: str, wanted: list[str]) -> None:
    assert skipped(case(programme=programme)) == wanted


@pytest.mark.parametrize("decision", ["refused", "withdrawn", None])
def test_only_approved_applications_are_asked(decision: str | None) -> None:
    assert skipped(case(decision=decision)) == []


def test_before_any_rule_was_in_force_the_case_is_undecided() -> None:
    result = asked(skipped_step, small(case(accepted_at="1999-12-31", decided_at="2000-02-01")))
    assert (result.leads.height, status(result)[2]) == (0, 1)


@pytest.mark.parametrize(
    ("visits", "seen"),
    [
        ([(FIRST, SECOND)], []),
        ([(FIRST, None)], ["home_visit"]),
        ([(None, SECOND)], ["home_visit"]),
        ([(FIRST, FIRST)], ["home_visit"]),  # one person entered twice
        ([(FIRST, None), (FIRST, SECOND)], []),  # one full visit is enough
        ([(None, None)], []),  # nobody named: unknown
        ([(FIRST, None), (None, None)], []),
    ],
)
def test_a_visit_by_one_investigator_is_a_matter_of_paper(
    visits: list[tuple[str | None, str | None]], seen: list[str]
) -> None:
    rows = [{**step("home_visit", *who), "started_at": f"2024-03-0{day}"} for day, who in enumerate(visits, 5)]
    taken = [name for name in DIBAO if name != "home_visit"]
    data = small(case(), *taken, *rows)
    result = asked(skipped_step, data)
    assert list(result.leads["part"]) == seen
    assert status(result)[2] == int((None, None) in visits)
    if seen:
        assert result.leads.select("severity", "confidence").row(0) == ("paper", 0.5)
        said = facts(skipped_step, data)
        assert (said["case"], said["investigators"], said["wanted"]) == ("investigators", 1, 2)
        assert "疑似入户人数不足" in skipped_step.CARD.reads(said, "zh")


def test_a_missing_step_is_a_matter_of_procedure_and_shows_the_steps_that_are_there() -> None:
    data = small(case(), *[name for name in DIBAO if name != "posting"])
    result = asked(skipped_step, data)
    assert result.leads.select("severity", "confidence").row(0) == ("procedure", 0.9)
    assert "公示" in skipped_step.CARD.reads(facts(skipped_step, data), "zh")
    steps = result.evidence.filter(table="step", column="step")["value"]
    assert sorted(steps) == sorted(name for name in DIBAO if name != "posting")


def test_a_visit_that_is_not_required_may_be_made_alone() -> None:
    assert skipped(case(programme="temporary_emergency"), step("home_visit", FIRST, None)) == []


def test_a_source_without_second_investigators_says_nothing_of_their_number() -> None:
    rows = [{name: cell for name, cell in step(one).items() if name != "second_actor_id_no"} for one in DIBAO]
    result = asked(skipped_step, world(application=[case()], step=rows))
    assert (result.leads.height, status(result)[:2]) == (0, ("partly", "lacks step.second_actor_id_no"))


def test_without_steps_the_question_is_not_asked() -> None:
    assert status(asked(skipped_step, world(application=[case()])))[:2] == ("not_run", "needs step")


PINGYUAN = """
id = "required_steps"
[[value]]
from = 2020-01-01
region = "990201"
programme = "dibao"
value = ["authorise", "data_check", "home_visit", "confirm"]
"""
PINGYUAN_ORDER = """
id = "process_order"
[[value]]
from = 2020-01-01
region = "990201"
value = ["posting", "county_visit"]
free = ["authorise", "accept", "data_check", "home_visit", "notice", "record_filing", "make_up", "return", "objection"]
"""
YIBIN = """
id = "required_steps"
[[value]]
from = 2020-01-01
region = "990301"
programme = "dibao"
value = ["authorise", "data_check", "home_visit", "preliminary", "posting", "confirm"]
[[value]]
from = 2020-01-01
region = "990301"
programme = "dibao"
objection = true
value = ["authorise", "data_check", "home_visit", "democratic_review", "preliminary", "posting", "confirm"]
"""
YIBIN_ORDER = """
id = "process_order"
[[value]]
from = 2020-01-01
region = "990301"
value = ["home_visit", "democratic_review", "preliminary", "posting", "county_visit"]
free = ["authorise", "accept", "data_check", "notice", "record_filing", "make_up", "return", "objection"]
"""


@pytest.fixture
def places(tmp_path: Path) -> Policy:
    """Two counties with processes of their own, as their policy folders say them."""
    counties = {"pingyuan": (PINGYUAN, PINGYUAN_ORDER), "yibin": (YIBIN, YIBIN_ORDER)}
    for name, texts in counties.items():
        (tmp_path / name).mkdir()
        for rule, text in zip(("required_steps", "process_order"), texts, strict=True):
            (tmp_path / name / f"{rule}.toml").write_text(text, encoding="utf-8")
    return Policy.load(*(tmp_path / name for name in counties))


def test_a_county_may_do_without_posting_and_do_checks_abreast(places: Policy) -> None:
    taken = ("authorise", "data_check", "home_visit", "confirm")
    here, elsewhere = case(region_code="990201001000"), case()
    assert skipped(here, *taken, policy=places) == []
    assert skipped(here, "authorise", "home_visit", "confirm", policy=places) == ["data_check"]
    assert skipped(elsewhere, *taken, policy=places) == ["posting", "preliminary"]
    at_once = [
        {**step(name), "started_at": "2024-03-04 08:00:00", "finished_at": f"2024-03-05 10:0{minute}:00"}
        for minute, name in enumerate(("data_check", "home_visit"))
    ]
    assert found(impossible_timing, small(here, *at_once), places) == []
    assert found(impossible_timing, small(elsewhere, *at_once), places) == ["A1"]


def test_a_county_may_check_before_acceptance_and_review_only_on_objection(places: Policy) -> None:
    here = case(region_code="990301001000")
    assert skipped(here, *DIBAO, policy=places) == []
    assert skipped(here, *DIBAO, "objection", policy=places) == ["democratic_review"]
    assert skipped(here, *DIBAO, "objection", "democratic_review", policy=places) == []
    assert skipped(case(), *DIBAO, "objection", policy=places) == []  # elsewhere no review is required
    before = [{**step(name), "started_at": "2024-03-01"} for name in ("data_check", "home_visit")]
    assert found(impossible_timing, small(here, before[0]), places) == []
    assert found(impossible_timing, small(here, before[1]), places) == ["A1"]
    assert found(impossible_timing, small(case(), before[0]), places) == ["A1"]
