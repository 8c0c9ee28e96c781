"""Tests of late_emergency: hours, days where only dates are known, and the papers afterwards."""

from pathlib import Path

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import late_emergency
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import world

# 2024-03-04 is a Monday; no holiday until 2024-04-04.


def case(**cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": "A1",
        "programme": "temporary_emergency",
        "household_no": "H1",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04 09:00:00",
        "decided_at": "2024-03-05 09:00:00",
        "decision": "approved",
        **cells,
    }


def made_up(day: str | None) -> dict[str, str | None]:
    return {"application_no": "A1", "step": "make_up" if day else "accept", "started_at": day or "2024-03-04"}


def small(cells: dict[str, str | None], papers: str | None = "2024-03-06", as_of: str = "2024-03-29") -> Tables:
    return world(as_of, application=[cells], step=[made_up(papers)])


@pytest.mark.parametrize(
    ("accepted", "decided", "seen"),
    [
        ("2024-03-04 09:00:00", "2024-03-05 09:00:00", []),
        ("2024-03-04 09:00:00", "2024-03-05 09:00:01", ["A1"]),
        ("2024-03-04", "2024-03-05", []),  # one day for 24 hours
        ("2024-03-04", "2024-03-06", ["A1"]),
        ("2024-03-04 00:00:01", "2024-03-05", []),  # one bare date: both by date
        ("2024-03-04", "2024-03-06 00:00:01", ["A1"]),
        ("2024-03-08 17:00:00", "2024-03-11 09:00:00", ["A1"]),  # a weekend stops no emergency
    ],
)
def test_emergency_aid_is_decided_within_twenty_four_hours(accepted: str, decided: str, seen: list[str]) -> None:
    assert found(late_emergency, small(case(accepted_at=accepted, decided_at=decided), "2024-03-11")) == seen


@pytest.mark.parametrize(
    ("urgency", "decided", "seen"),
    [
        ("red", "2024-03-05 09:00:00", []),
        ("red", "2024-03-05 09:00:01", ["A1"]),
        ("yellow", "2024-03-07 09:00:00", []),
        ("yellow", "2024-03-07 09:00:01", ["A1"]),
        ("blue", "2024-03-14 09:00:00", []),
        ("blue", "2024-03-14 09:00:01", ["A1"]),
        ("green", "2024-03-28 09:00:00", []),
        ("yellow", "2024-03-07", []),
        ("yellow", "2024-03-08", ["A1"]),
    ],
)
def test_the_urgency_sets_the_hours(urgency: str, decided: str, seen: list[str]) -> None:
    assert found(late_emergency, small(case(urgency=urgency, decided_at=decided), decided[:10])) == seen


@pytest.mark.parametrize(
    ("accepted", "as_of", "seen"),
    [
        ("2024-03-04 00:00:00", "2024-03-04", []),  # 24 hours to the end of the day
        ("2024-03-03 23:59:59", "2024-03-04", ["A1"]),
        ("2024-03-03", "2024-03-04", []),
        ("2024-03-03", "2024-03-05", ["A1"]),
    ],
)
def test_undecided_the_time_runs_to_the_end_of_the_day_of_the_data(accepted: str, as_of: str, seen: list[str]) -> None:
    assert found(late_emergency, small(case(accepted_at=accepted, decided_at=None, decision=None), as_of=as_of)) == seen


@pytest.mark.parametrize(
    ("papers", "as_of", "seen"),
    [
        ("2024-03-12", "2024-03-29", []),  # five working days after Tuesday, 5 March
        ("2024-03-13", "2024-03-29", ["made_late"]),
        ("2024-03-18", "2024-03-13", ["make_up"]),  # entered for a day that has not come
        ("2024-03-18", "2024-03-12", []),
        (None, "2024-03-12", []),  # not yet past due
        (None, "2024-03-13", ["make_up"]),
        ("2024-03-04", "2024-03-29", []),  # complete before the decision
    ],
)
def test_papers_are_made_up_within_five_working_days(papers: str | None, as_of: str, seen: list[str]) -> None:
    result = asked(late_emergency, small(case(), papers, as_of))
    assert result.leads["severity"].to_list() == ["paper"] * len(seen)
    assert [facts(late_emergency, small(case(), papers, as_of))["case"] for _ in seen] == seen


@pytest.mark.parametrize(("finished", "seen"), [("2024-03-12", []), ("2024-03-13", ["A1"])])
def test_papers_are_there_when_the_step_is_finished(finished: str, seen: list[str]) -> None:
    steps = [{**made_up("2024-03-11"), "finished_at": finished}]
    assert found(late_emergency, world("2024-03-29", application=[case()], step=steps)) == seen


def test_papers_that_came_late_are_not_said_to_be_missing() -> None:
    late, missing = (facts(late_emergency, small(case(), papers)) for papers in ("2024-03-14", None))
    assert (late["made_up_on"], late["make_up_days"]) == ("2024-03-14", 7)
    assert "手续于办结后第 7 个工作日补齐" in late_emergency.CARD.reads(late, "zh")
    assert "2024-03-14, when the papers were made up" in late_emergency.CARD.reckons(late, "en")
    assert (missing["made_up_on"], missing["make_up_days"]) == (None, 18)
    assert "18 个工作日未见补齐手续" in late_emergency.CARD.reads(missing, "zh")
    both = facts(late_emergency, small(case(decided_at="2024-03-06 10:30:00"), "2024-03-29"))
    assert both["case"] == "hours+made_late"


def test_aid_without_check_or_posting_with_papers_in_time_is_fine() -> None:
    assert found(late_emergency, small(case(), "2024-03-08")) == []


def test_nothing_is_made_up_for_what_was_not_approved() -> None:
    assert found(late_emergency, small(case(decision="refused"), None)) == []
    assert found(late_emergency, small(case(decision="withdrawn", decided_at="2024-03-20 09:00:00"), None)) == []
    assert found(late_emergency, small(case(decision="refused", decided_at="2024-03-06 09:00:00"), None)) == ["A1"]


def test_both_clocks_are_one_lead() -> None:
    data = small(case(decided_at="2024-03-06 10:30:00"), None)
    said = facts(late_emergency, data)
    assert (said["case"], said["hours"], said["limit"], said["make_up_days"], said["make_up_limit"]) == (
        "hours+make_up",
        49.5,
        24,
        17,
        5,
    )
    read = late_emergency.CARD.reads(said, "zh")
    assert "49.5 小时" in read
    assert "补齐手续" in read
    lead = asked(late_emergency, data).leads.row(0, named=True)
    assert (lead["severity"], str(lead["since"]), str(lead["until"])) == ("person", "2024-03-04", "2024-03-29")


def test_a_limit_the_source_states_governs() -> None:
    stated = case(due_at="2024-03-06 09:00:00", decided_at="2024-03-06 09:00:00")
    assert found(late_emergency, small(stated)) == []
    assert found(late_emergency, small({**stated, "decided_at": "2024-03-06 09:00:01"})) == ["A1"]
    assert facts(late_emergency, small({**stated, "decided_at": "2024-03-07"}))["case"] == "due_at"
    open_case = {**stated, "decided_at": None, "decision": None, "due_at": "2024-03-06"}
    assert found(late_emergency, small(open_case, as_of="2024-03-06")) == []
    assert found(late_emergency, small(open_case, as_of="2024-03-07")) == ["A1"]


def test_other_programmes_have_other_clocks() -> None:
    assert found(late_emergency, small(case(programme="temporary_expenditure", decided_at="2024-03-28"), None)) == []


def test_a_decision_without_its_day_is_undecided() -> None:
    result = asked(late_emergency, small(case(decided_at=None)))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_without_steps_nothing_is_said_of_papers() -> None:
    result = asked(late_emergency, world("2024-12-31", application=[case()]))
    assert (result.leads.height, status(result)) == (0, ("partly", "lacks step", 0))


def test_a_county_may_allow_thirty_hours_which_are_two_days(tmp_path: Path) -> None:
    (tmp_path / "emergency_hours.toml").write_text(
        'id = "emergency_hours"\n[[value]]\nfrom = 2022-01-01\nregion = "990101"\nvalue = 30\n', encoding="utf-8"
    )
    policy = Policy.load(tmp_path)
    assert found(late_emergency, small(case(decided_at="2024-03-05 15:00:00")), policy) == []
    assert found(late_emergency, small(case(decided_at="2024-03-05 15:00:01")), policy) == ["A1"]
    assert found(late_emergency, small(case(accepted_at="2024-03-04", decided_at="2024-03-06")), policy) == []
    assert found(late_emergency, small(case(accepted_at="2024-03-04", decided_at="2024-03-07")), policy) == ["A1"]
