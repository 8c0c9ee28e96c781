"""Tests of late_step: each step's own clock on both sides of its limit, and what never came."""

from pathlib import Path

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import late_step
from tests.detectors.asking import asked, facts, status
from tests.worlds import world

# 2024-03-04 is a Monday; no holiday until 2024-04-04.
DONE = {"decided_at": "2024-03-20 09:00:00", "decision": "approved"}


def case(no: str = "A1", **cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": no,
        "programme": "dibao",
        "household_no": f"H-{no}",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04 09:00:00",
        "decided_at": None,
        "decision": None,
        "delegated": "false",
        **cells,
    }


def step(name: str, started: str, finished: str | None = None, no: str = "A1") -> dict[str, str | None]:
    return {"application_no": no, "step": name, "started_at": started, "finished_at": finished}


ENDED = step("other", "2024-03-04", "2024-03-04", "Z")  # some step of the source has an end


def small(cells: dict[str, str | None], *steps: dict[str, str | None], as_of: str = "2024-03-29") -> Tables:
    other = case("Z", programme="medical", decision="withdrawn")
    return world(as_of, application=[cells, other], step=[*steps, ENDED])


def late(
    cells: dict[str, str | None],
    *steps: dict[str, str | None],
    policy: Policy | None = None,
    as_of: str = "2024-03-29",
) -> list[tuple[str, str]]:
    rows = asked(late_step, small(cells, *steps, as_of=as_of), policy).leads.sort("part")
    return [(part, said.split('"case":"')[1].split('"')[0]) for part, said in rows.select("part", "facts").iter_rows()]


@pytest.mark.parametrize(
    ("started", "seen"),
    [
        ("2024-03-07", []),  # the third working day
        ("2024-03-08", [("data_check", "came")]),
        ("2024-03-07 23:59:59", []),  # clock times do not matter
        ("2024-02-20", []),  # checked before acceptance
    ],
)
def test_the_data_check_starts_within_three_working_days_of_acceptance(started: str, seen: list[str]) -> None:
    assert late(case(**DONE), step("data_check", started, "2024-03-15")) == seen


def test_a_make_up_day_counts_and_a_holiday_does_not() -> None:
    may = case(accepted_at="2024-04-30", decided_at="2024-05-20", decision="approved")
    assert late(may, step("data_check", "2024-05-08")) == []  # 6, 7 and 8 May
    assert late(may, step("data_check", "2024-05-09")) == [("data_check", "came")]
    april = case(accepted_at="2024-04-25", decided_at="2024-05-20", decision="approved")
    assert late(april, step("data_check", "2024-04-29")) == []  # 26, Sunday 28 (调休) and 29 April
    assert late(april, step("data_check", "2024-04-30")) == [("data_check", "came")]


def test_the_confirmation_ends_within_ten_working_days_of_the_posting_unless_delegated() -> None:
    posting = step("posting", "2024-03-05", "2024-03-12")
    check = step("data_check", "2024-03-05", "2024-03-06")
    assert late(case(**DONE), check, posting, step("confirm", "2024-03-20", "2024-03-26")) == []
    over = step("confirm", "2024-03-20", "2024-03-27")
    assert late(case(**DONE), check, posting, over) == [("confirm", "came")]
    assert late(case(**DONE, delegated="true"), check, posting, over, step("record_filing", "2024-03-21")) == []


def test_of_several_postings_the_last_to_finish_starts_the_clock() -> None:
    check = step("data_check", "2024-03-05", "2024-03-06")
    postings = [step("posting", "2024-03-05", "2024-03-12"), step("posting", "2024-03-06", "2024-03-14")]
    assert late(case(**DONE), check, *postings, step("confirm", "2024-03-20", "2024-03-28")) == []
    assert late(case(**DONE), check, *postings, step("confirm", "2024-03-20", "2024-03-29")) == [("confirm", "came")]


def test_of_several_rows_of_a_step_the_first_to_start_counts() -> None:
    posting = step("posting", "2024-03-05", "2024-03-12")
    checks = [step("data_check", "2024-03-06"), step("data_check", "2024-03-18")]
    confirms = [step("confirm", "2024-03-13", "2024-03-14"), step("confirm", "2024-03-20", "2024-03-29")]
    assert late(case(**DONE), *checks, posting, *confirms) == []


def test_a_confirmation_without_posting_has_no_clock() -> None:
    check = step("data_check", "2024-03-05", "2024-03-06")
    edge = case(programme="dibao_edge", decided_at="2024-03-28", decision="approved")
    data = small(edge, check, step("confirm", "2024-03-28", "2024-03-28"))
    assert (asked(late_step, data).leads.height, status(asked(late_step, data))[2]) == (0, 0)


def test_a_posting_whose_end_is_unknown_leaves_the_confirmation_undecided() -> None:
    check = step("data_check", "2024-03-05", "2024-03-06")
    data = small(case(**DONE), check, step("posting", "2024-03-05"), step("confirm", "2024-03-28", "2024-03-28"))
    assert (asked(late_step, data).leads.height, status(asked(late_step, data))[2]) == (0, 1)


@pytest.mark.parametrize(("started", "seen"), [("2024-03-25", []), ("2024-03-26", [("notice", "came")])])
def test_a_refusal_is_told_within_three_working_days(started: str, seen: list[str]) -> None:
    refused = case(decided_at="2024-03-20", decision="refused")
    taken = [step(name, "2024-03-05", "2024-03-06") for name in ("data_check", "confirm")]
    assert late(refused, *taken, step("notice", started)) == seen
    assert late(case(**DONE), *taken, step("notice", "2024-03-29")) == []  # of an approval no document sets a limit


@pytest.mark.parametrize(("started", "seen"), [("2024-03-27", []), ("2024-03-28", [("record_filing", "came")])])
def test_a_delegated_approval_is_filed_within_five_working_days(started: str, seen: list[str]) -> None:
    check = step("data_check", "2024-03-05", "2024-03-06")
    assert late(case(**DONE, delegated="true"), check, step("record_filing", started)) == seen
    assert late(case(**DONE), check, step("record_filing", started)) == []


@pytest.mark.parametrize(
    ("accepted", "visit_ends", "review_ends", "seen"),
    [
        ("2021-06-07", "2021-06-22", "2021-06-29", []),  # 10 working days over the dragon-boat holiday, then 5
        ("2021-06-07", "2021-06-23", "2021-06-30", ["home_visit"]),
        ("2021-06-07", "2021-06-22", "2021-06-30", ["democratic_review"]),
        ("2021-07-01", "2021-07-30", "2021-09-30", []),  # the law of 2021 has no such limits
    ],
)
def test_the_staged_limits_of_the_earlier_law_hold_until_june_2021(
    accepted: str, visit_ends: str, review_ends: str, seen: list[str]
) -> None:
    old = case(accepted_at=accepted, decided_at="2021-10-20", decision="approved")
    steps = [
        step("data_check", accepted, accepted),
        step("home_visit", accepted, visit_ends),
        step("democratic_review", visit_ends, review_ends),
    ]
    assert [name for name, _ in late(old, *steps)] == seen


def test_a_step_that_never_came_counts_where_it_is_required_and_the_case_is_not_approved() -> None:
    assert late(case(), as_of="2024-03-07") == []  # its limit is not past
    assert late(case(), as_of="2024-03-08") == [("data_check", "never")]
    assert late(case(**DONE)) == []  # a skipped step
    assert late(case(programme="medical")) == []  # no step is required there
    assert late(case(programme="temporary_expenditure")) == [("data_check", "never")]
    refused = case(decided_at="2024-03-20", decision="refused")
    assert late(refused) == [("data_check", "never")]  # a notice is not among the required steps


def test_a_confirmation_that_never_came_runs_from_the_posting() -> None:
    taken = [step("data_check", "2024-03-05", "2024-03-06"), step("posting", "2024-03-06", "2024-03-14")]
    assert late(case(), *taken, as_of="2024-03-28") == []
    assert late(case(), *taken, as_of="2024-03-29") == [("confirm", "never")]


def test_a_step_without_an_end_runs_to_the_decision_else_to_the_day_of_the_data() -> None:
    taken = [step("data_check", "2024-03-05", "2024-03-06"), step("posting", "2024-03-06", "2024-03-14")]
    assert late(case(), *taken, step("confirm", "2024-03-20")) == [("confirm", "running")]
    decided = case(decided_at="2024-03-28", decision="approved")
    assert late(decided, *taken, step("confirm", "2024-03-20")) == []
    decided = case(decided_at="2024-03-29", decision="approved")
    assert late(decided, *taken, step("confirm", "2024-03-20")) == [("confirm", "running")]


def unknown(cells: dict[str, str | None], *steps: dict[str, str | None], as_of: str = "2024-03-29") -> tuple[int, int]:
    """How many steps were raised, and how many undecidable."""
    result = asked(late_step, small(cells, *steps, as_of=as_of))
    return result.leads.height, status(result)[2]


CHECKED = step("data_check", "2024-03-05", "2024-03-06")


@pytest.mark.parametrize(
    ("confirmed", "seen"),
    [
        ("2024-03-28", (0, 0)),  # in time even from the end that is known
        ("2024-03-29", (0, 1)),  # in time or not, by when the second posting ended
    ],
)
def test_of_postings_of_which_one_has_no_end_the_last_end_is_unknown(confirmed: str, seen: tuple[int, int]) -> None:
    postings = [step("posting", "2024-03-05", "2024-03-14"), step("posting", "2024-03-13")]
    assert unknown(case(**DONE), CHECKED, *postings, step("confirm", "2024-03-20", confirmed)) == seen


@pytest.mark.parametrize(
    ("first_end", "second_end", "seen"),
    [
        ("2024-03-22", "2024-03-28", (0, 0)),
        ("2024-03-22", "2024-03-29", (0, 1)),
        ("2024-03-29", "2024-04-01", (1, 0)),
    ],
)
def test_of_two_rows_of_one_day_a_bare_date_may_be_the_first_or_not(
    first_end: str, second_end: str, seen: tuple[int, int]
) -> None:
    posting = step("posting", "2024-03-06", "2024-03-14")
    rows = [step("confirm", "2024-03-20", first_end), step("confirm", "2024-03-20 09:00:00", second_end)]
    assert unknown(case(**DONE), CHECKED, posting, *rows, as_of="2024-04-01") == seen
    morning = [{**rows[0], "started_at": "2024-03-20 08:00:00"}, rows[1]]  # two moments: the earlier one counts
    assert unknown(case(**DONE), CHECKED, posting, *morning, as_of="2024-04-01") == (first_end == "2024-03-29", 0)


@pytest.mark.parametrize(("as_of", "seen"), [("2024-03-28", (0, 0)), ("2024-03-29", (0, 1))])
def test_a_step_without_an_end_in_a_case_decided_nobody_knows_when(as_of: str, seen: tuple[int, int]) -> None:
    posting = step("posting", "2024-03-06", "2024-03-14")
    undated = case(decided_at=None, decision="approved")
    assert unknown(undated, CHECKED, posting, step("confirm", "2024-03-20"), as_of=as_of) == seen


def test_only_a_stop_within_the_steps_own_time_is_taken_off() -> None:
    taken = [step("data_check", "2024-03-05", "2024-03-06"), step("posting", "2024-03-06", "2024-03-14")]
    over = step("confirm", "2024-03-20", "2024-04-01")  # 12 working days
    assert late(case(**DONE), *taken, over, step("objection", "2024-03-08", "2024-03-18")) == []  # two of them within
    assert late(case(**DONE), *taken, over, step("objection", "2024-03-08", "2024-03-15")) == [("confirm", "came")]
    late_check = step("data_check", "2024-03-11", "2024-03-12")
    assert late(case(**DONE), late_check, step("objection", "2024-03-12", "2024-03-29")) == [("data_check", "came")]


def test_withdrawn_applications_and_emergencies_are_exempt() -> None:
    over = step("data_check", "2024-03-20", "2024-03-21")
    assert late(case(decided_at="2024-03-22", decision="withdrawn"), over) == []
    assert late(case(programme="temporary_emergency"), over) == []
    assert late(case(**DONE, programme="medical"), over) == [("data_check", "came")]


def test_says_from_when_to_when_and_whose_steps_prove_it() -> None:
    taken = [step("data_check", "2024-03-05", "2024-03-06"), step("posting", "2024-03-06", "2024-03-14")]
    data = small(case(**DONE), *taken, step("confirm", "2024-03-20", "2024-03-29"))
    said = facts(late_step, data)
    assert said == {
        "case": "came",
        "step": "confirm",
        "since": "posting.finished_at",
        "since_on": "2024-03-14",
        "until_on": "2024-03-29",
        "days": 11,
        "stopped": 0,
        "limit": 10,
    }
    assert "公示结束" in late_step.CARD.reads(said, "zh")
    assert "审核确认" in late_step.CARD.reckons(said, "zh")
    proof = asked(late_step, data).evidence
    assert set(proof.filter(table="step", column="step")["value"]) == {"posting", "confirm"}


def test_without_ends_or_delegation_what_hangs_on_them_is_undecided() -> None:
    rows = [step("data_check", "2024-03-05"), step("posting", "2024-03-06"), step("confirm", "2024-03-28")]
    bare = [{name: cell for name, cell in row.items() if name != "finished_at"} for row in rows]
    result = asked(late_step, world("2024-03-29", application=[case(**DONE)], step=bare))
    assert (result.leads.height, status(result)) == (0, ("partly", "lacks step.finished_at", 1))
    unsaid = {name: cell for name, cell in case(**DONE).items() if name != "delegated"}
    ended = [step("data_check", "2024-03-05"), step("posting", "2024-03-06", "2024-03-07")]
    result = asked(
        late_step,
        world("2024-03-29", application=[unsaid], step=[*ended, step("confirm", "2024-03-28", "2024-03-28")]),
    )
    assert (result.leads.height, status(result)) == (0, ("partly", "lacks application.delegated", 1))


def test_a_county_may_set_its_own_days_and_check_before_acceptance(tmp_path: Path) -> None:
    (tmp_path / "step_days.toml").write_text(
        'id = "step_days"\n[[value]]\nfrom = 2022-01-01\nregion = "990102"\nstep = "data_check"\nvalue = 1\n',
        encoding="utf-8",
    )
    policy = Policy.load(tmp_path)
    here = case(**DONE, region_code="990102001000")
    assert late(here, step("data_check", "2024-03-05"), policy=policy) == []
    assert late(here, step("data_check", "2024-03-06"), policy=policy) == [("data_check", "came")]
    assert late(case(**DONE), step("data_check", "2024-03-06"), policy=policy) == []  # the neighbouring county
    assert late(here, step("data_check", "2024-02-28"), policy=policy) == []
