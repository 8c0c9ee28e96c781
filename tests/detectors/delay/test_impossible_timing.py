"""Tests of impossible_timing: order, bursts and merged steps, each on both sides of its edge."""

import pytest

from casework.policy import Policy
from detectors.delay import impossible_timing
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import person_no, world

HANDLER = person_no("示例经办甲")
OTHER = person_no("示例经办乙")


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


def step(
    name: str, started: str, finished: str | None, actor: str | None = None, no: str = "A1"
) -> dict[str, str | None]:
    return {
        "application_no": no,
        "step": name,
        "started_at": started,
        "finished_at": finished,
        "actor_id_no": actor,
    }


def causes(cells: dict[str, str | None], *steps: dict[str, str | None], policy: Policy | None = None) -> list[str]:
    result = asked(impossible_timing, world(application=[cells], step=list(steps)), policy)
    return (
        facts(impossible_timing, world(application=[cells], step=list(steps)), policy)["causes"]
        if result.leads.height
        else []
    )


@pytest.mark.parametrize(
    ("started", "finished", "seen"),
    [
        ("2024-03-04 09:00:00", "2024-03-20 09:00:00", []),  # equal moments are fine
        ("2024-03-04 08:59:59", "2024-03-05 09:00:00", ["early"]),
        ("2024-03-04", "2024-03-05", []),  # bare dates compare by date
        ("2024-03-03", "2024-03-05", ["early"]),
        ("2024-03-05", "2024-03-20 09:00:01", ["unfinished"]),
        ("2024-03-05", "2024-03-20", []),
        ("2024-03-05", "2024-03-21", ["unfinished"]),
        ("2024-03-05", None, ["unfinished"]),
        ("2024-03-03", "2024-03-21", ["early", "unfinished"]),
    ],
)
@pytest.mark.parametrize(
    "name", ["data_check", "home_visit", "democratic_review", "preliminary", "posting", "county_visit"]
)
def test_ordered_steps_lie_between_acceptance_and_decision(
    name: str, started: str, finished: str | None, seen: list[str]
) -> None:
    # some step of the source has an end, or nothing could be said of steps without one
    ended = step("accept", "2024-03-04 09:00:00", "2024-03-04 09:00:00")
    assert causes(case(), step(name, started, finished), ended) == seen


@pytest.mark.parametrize("name", ["authorise", "accept", "notice", "record_filing", "make_up", "return", "objection"])
def test_free_steps_may_come_at_any_time(name: str) -> None:
    assert causes(case(), step(name, "2024-03-01", "2024-04-01")) == []


def test_a_bare_date_of_acceptance_is_compared_by_date() -> None:
    assert causes(case(accepted_at="2024-03-04"), step("home_visit", "2024-03-04 07:00:00", "2024-03-05")) == []
    assert causes(case(accepted_at="2024-03-04"), step("home_visit", "2024-03-03 23:59:59", "2024-03-05")) == ["early"]


def test_an_earlier_visit_is_seen_behind_a_later_one() -> None:
    visits = [step("home_visit", "2024-03-06", "2024-03-06"), step("home_visit", "2024-03-01", "2024-03-01")]
    assert causes(case(), *visits) == ["early"]


def test_an_open_case_has_no_decision_to_be_unfinished_at() -> None:
    steps = [step("posting", "2024-03-10", None), step("home_visit", "2024-03-05", "2024-03-05")]
    assert causes(case(decided_at=None, decision=None), *steps) == []


def test_emergency_aid_may_finish_its_papers_after_the_decision_but_not_start_before_acceptance() -> None:
    emergency = case(programme="temporary_emergency")
    assert causes(emergency, step("home_visit", "2024-03-25", "2024-03-26")) == []
    assert causes(emergency, step("home_visit", "2024-03-03", "2024-03-03")) == ["early"]


def test_a_place_that_lets_steps_run_side_by_side_is_heeded() -> None:
    free = Policy.of(process_order={"value": ["posting"], "free": ["home_visit"]})
    assert causes(case(), step("home_visit", "2024-03-01", "2024-03-02"), policy=free) == []


def test_a_step_that_a_place_lists_both_in_order_and_free_is_free() -> None:
    both = Policy.of(process_order={"value": ["posting", "home_visit"], "free": ["home_visit"]})
    assert causes(case(), step("home_visit", "2024-03-01", "2024-03-21"), policy=both) == []
    assert causes(case(), step("posting", "2024-03-01", "2024-03-02"), policy=both) == ["early"]


@pytest.mark.parametrize(
    ("accepted", "decided", "seen"),
    [
        ("2024-03-04 09:00:00", "2024-03-04 09:00:00", []),
        ("2024-03-04 09:00:00", "2024-03-04 08:59:59", ["decided_first"]),
        ("2024-03-04 09:00:00.5", "2024-03-04 09:00:00.2", ["decided_first"]),  # fractions of a second count
        ("2024-03-04 09:00:00", "2024-03-04", []),
        ("2024-03-04", "2024-03-03", ["decided_first"]),
    ],
)
def test_a_decision_does_not_come_before_acceptance(accepted: str, decided: str, seen: list[str]) -> None:
    assert causes(case(accepted_at=accepted, decided_at=decided), step("other", "2024-03-04", None)) == seen


def burst(count: int, seconds: int, *, actor: str = HANDLER, dated: bool = False, households: int = 99) -> list[str]:
    """Cases of `count` confirmations spread evenly over so many seconds, all but the first by `actor`."""
    cells, steps = [], []
    for place in range(count):
        minute, second = divmod(place * seconds // (count - 1), 60)
        at = "2024-03-19" if dated else f"2024-03-19 16:{30 + minute:02d}:{second:02d}"
        cells.append({**case(f"A{place}"), "household_no": f"H{place % households}"})
        steps.append(step("confirm", at, at, actor if place else HANDLER, f"A{place}"))
    return found(impossible_timing, world(application=cells, step=steps))


def test_eight_households_confirmed_in_a_minute_are_raised() -> None:
    assert len(burst(8, 60)) == 8


def test_eight_in_sixty_one_seconds_and_seven_in_ten_are_not() -> None:
    assert burst(8, 61) == []
    assert burst(7, 10) == []


def test_eight_papers_of_fewer_households_are_not_a_burst() -> None:
    assert burst(8, 10, households=7) == []


def test_two_persons_or_bare_dates_make_no_burst() -> None:
    assert burst(8, 10, actor=OTHER) == []
    assert burst(8, 10, dated=True) == []


def test_a_burst_catches_every_case_of_its_minute_and_no_other() -> None:
    times = ["16:00:00", *(f"16:30:{second:02d}" for second in range(0, 50, 5)), "16:33:00"]
    cells = [case(f"A{place:02d}") for place in range(len(times))]
    steps = [
        step("confirm", f"2024-03-19 {at}", f"2024-03-19 {at}", HANDLER, f"A{n:02d}") for n, at in enumerate(times)
    ]
    assert found(impossible_timing, world(application=cells, step=steps)) == [f"A{n:02d}" for n in range(1, 11)]


@pytest.mark.parametrize(
    ("finished", "actor", "seen"),
    [
        ("2024-03-06 10:05:00", HANDLER, ["merged"]),
        ("2024-03-06 10:05:01", HANDLER, []),
        ("2024-03-06 09:55:00", HANDLER, ["merged"]),
        ("2024-03-06 10:05:00", OTHER, []),
        ("2024-03-06 10:05:00", None, []),
        ("2024-03-06", HANDLER, []),
    ],
)
def test_two_required_steps_are_not_finished_at_once_by_one_person(
    finished: str, actor: str | None, seen: list[str]
) -> None:
    check = step("data_check", "2024-03-05 09:00:00", "2024-03-06 10:00:00", HANDLER)
    assert causes(case(), check, step("home_visit", "2024-03-05 09:00:00", finished, actor)) == seen


def test_a_step_that_is_not_required_may_be_finished_with_another() -> None:
    check = step("data_check", "2024-03-05", "2024-03-06 10:00:00", HANDLER)
    assert causes(case(), check, step("neighbour_visit", "2024-03-05", "2024-03-06 10:01:00", HANDLER)) == []
    posting = step("posting", "2024-03-05", "2024-03-06 10:01:00", HANDLER)
    assert causes(case(), check, posting) == ["merged"]
    assert causes(case(programme="dibao_edge"), check, posting) == []  # no posting is required there


def test_the_same_step_twice_is_not_two_steps() -> None:
    visits = [step("home_visit", "2024-03-05", f"2024-03-06 10:0{n}:00", HANDLER) for n in range(2)]
    assert causes(case(), *visits) == []


def test_a_repeated_step_is_looked_at_row_by_row() -> None:
    check = step("data_check", "2024-03-05", "2024-03-06 10:00:00", HANDLER)
    visits = [
        step("home_visit", "2024-03-05 08:00:00", "2024-03-06 10:02:00", HANDLER),
        step("home_visit", "2024-03-07 08:00:00", "2024-03-08 10:00:00", HANDLER),
    ]
    assert causes(case(), check, *visits) == ["merged"]


def test_withdrawn_applications_are_exempt() -> None:
    assert causes(case(decision="withdrawn"), step("home_visit", "2024-03-01", "2024-03-02")) == []


def test_a_source_without_ends_says_nothing_of_unfinished_steps() -> None:
    cells = {key: value for key, value in step("posting", "2024-03-10", None).items() if key != "finished_at"}
    result = asked(impossible_timing, world(application=[case()], step=[cells]))
    assert (result.leads.height, status(result)[:2]) == (0, ("partly", "lacks step.finished_at"))


def test_one_lead_an_application_with_every_cause() -> None:
    steps = [step("home_visit", "2024-03-01", "2024-03-02"), step("posting", "2024-03-10", "2024-03-25")]
    said = facts(impossible_timing, world(application=[case()], step=steps))
    assert (said["causes"], said["early"], said["unfinished"]) == (
        ["early", "unfinished"],
        ["home_visit"],
        ["posting"],
    )
    assert "入户调查" in impossible_timing.CARD.reckons(said, "zh")
    assert "public notice" in impossible_timing.CARD.reckons(said, "en")


def test_steps_a_place_does_side_by_side_may_be_finished_together() -> None:
    check = step("data_check", "2024-03-05", "2024-03-06 10:00:00", HANDLER)
    visit = step("home_visit", "2024-03-05", "2024-03-06 10:01:00", HANDLER)
    posting = step("posting", "2024-03-05", "2024-03-06 10:02:00", HANDLER)
    abreast = Policy.of(process_order={"value": ["posting"], "free": ["data_check", "home_visit"]})
    assert causes(case(), check, visit, policy=abreast) == []
    assert causes(case(), check, posting, policy=abreast) == ["merged"]  # one of the two alone is free
    only_check = Policy.of(process_order={"value": ["posting"], "free": ["data_check"]})
    assert causes(case(), check, visit, policy=only_check) == ["merged"]


def test_a_review_held_only_on_objection_is_a_required_step_only_then() -> None:
    when = [{"value": ["data_check"]}, {"objection": True, "value": ["data_check", "democratic_review"]}]
    policy = Policy.of(required_steps=when)
    check = step("data_check", "2024-03-05", "2024-03-06 10:00:00", HANDLER)
    review = step("democratic_review", "2024-03-05", "2024-03-06 10:01:00", HANDLER)
    objection = step("objection", "2024-03-06", "2024-03-07")
    assert causes(case(), check, review, policy=policy) == []
    assert causes(case(), check, review, objection, policy=policy) == ["merged"]


def test_of_two_unlike_rows_of_one_application_the_first_is_asked() -> None:
    begun = step("data_check", "2024-03-05", "2024-03-06")
    later = case(accepted_at="2024-03-11 09:00:00")
    assert found(impossible_timing, world(application=[case(), later], step=[begun])) == []
    assert found(impossible_timing, world(application=[later, case()], step=[begun])) == ["A1"]
