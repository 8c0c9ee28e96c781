"""Tests of where the time of cases goes, by hand."""

import polars as pl
import pytest

from casework.policy import Policy
from metrics.efficiency.bottleneck import DECISION, bottleneck, dwelt, in_order, steps
from metrics.efficiency.durations import durations
from tests.metrics.county import FAR_VILLAGE, POLICY, application, households, regions
from tests.worlds import Row, world

# Working days of March 2024: Friday 1, Monday 4 to Friday 8, Monday 11 to Friday 15, …
FRIDAY = "2024-03-01"
Taken = dict[str, tuple[int, int | None, int]]


def step(name: str, started: str, finished: str | None, number: str = "A1") -> Row:
    return {"application_no": number, "step": name, "started_at": started, "finished_at": finished}


def spent(decided: str, *taken: Row, accepted: str = FRIDAY) -> Taken:
    """Of one case by step: waiting, handling, held."""
    data = world(
        region=regions(),
        household=households(H1=FAR_VILLAGE),
        application=[application("A1", accepted, decided)],
        step=list(taken) or [step("notice", "2024-12-30", None)],
    )
    cases = data.engine.collect(durations(data, POLICY))
    asked = cases.select("application_id", "accepted_at_day", "until_day")
    found = dwelt(asked, data.engine.collect(steps(data)), data.calendar)
    return {row["step"]: (row["waiting"], row["handling"], row["held"]) for row in found.to_dicts()}


def test_waiting_runs_from_what_came_before_and_handling_from_start_to_end() -> None:
    assert spent(
        "2024-03-15",
        step("data_check", "2024-03-04", "2024-03-06"),
        step("home_visit", "2024-03-11", "2024-03-12"),
        step("confirm", "2024-03-12", "2024-03-14"),
    ) == {
        "data_check": (1, 2, 3),  # accepted on Friday, begun on Monday
        "home_visit": (3, 1, 4),  # Thursday, Friday, Monday; then Tuesday
        "confirm": (0, 2, 2),
        DECISION: (1, None, 1),
    }


def test_steps_side_by_side_overlap_but_what_they_hold_adds_up() -> None:
    found = spent(
        "2024-03-12",
        step("data_check", "2024-03-04", "2024-03-08"),
        step("home_visit", "2024-03-05", "2024-03-06"),  # within the check
        step("preliminary", "2024-03-07", "2024-03-11"),  # a day beyond it
    )
    assert found == {
        "data_check": (1, 4, 5),
        "home_visit": (0, 1, 0),
        "preliminary": (0, 2, 1),
        DECISION: (1, None, 1),
    }
    assert sum(held for _, _, held in found.values()) == 7  # Friday 1 to Tuesday 12


def test_a_step_before_acceptance_is_waited_for_by_nobody() -> None:
    found = spent("2024-03-05", step("data_check", "2024-02-28", "2024-03-01"), step("confirm", "2024-03-05", None))
    assert found == {"data_check": (0, 2, 0), "confirm": (2, None, 2), DECISION: (0, None, 0)}


def test_a_step_without_an_end_was_handled_nobody_knows_how_long() -> None:
    found = spent("2024-03-08", step("home_visit", "2024-03-05", None))
    assert found == {"home_visit": (2, None, 2), DECISION: (3, None, 3)}


def test_a_step_that_outlasts_the_decision_counts_until_it() -> None:
    found = spent("2024-03-06", step("posting", "2024-03-04", "2024-03-29"))
    assert found == {"posting": (1, 2, 3), DECISION: (0, None, 0)}


def test_a_step_taken_twice_is_summed() -> None:
    found = spent(
        "2024-03-12", step("home_visit", "2024-03-04", "2024-03-05"), step("home_visit", "2024-03-11", "2024-03-12")
    )
    assert found["home_visit"] == (1 + 4, 1 + 1, 7)


@pytest.mark.parametrize(
    "taken", [(), (step("notice", "2024-03-18", "2024-03-18"),)], ids=["without steps", "after the decision"]
)
def test_what_has_no_step_until_the_decision_tells_nothing(taken: tuple[Row, ...]) -> None:
    assert spent("2024-03-15", *taken) == {}


def rows(**cases: tuple[bool | None, dict[str, int]]) -> list[dict[str, object]]:
    """Cases by name: late or not, and the days that each step held; every tenth of them waiting."""
    numbers = {name: place for place, name in enumerate(cases)}
    told = pl.DataFrame(
        {"application_id": [*numbers.values()], "late": [late for late, _ in cases.values()]},
        schema={"application_id": pl.Int64(), "late": pl.Boolean()},
    )
    held = pl.DataFrame(
        [(numbers[name], step, days, None, days) for name, (_, taken) in cases.items() for step, days in taken.items()],
        schema={
            "application_id": pl.Int64(),
            "step": pl.String(),
            "waiting": pl.Int32(),
            "handling": pl.Int32(),
            "held": pl.Int32(),
        },
        orient="row",
    )
    return bottleneck(told, held).to_dicts()


def test_what_late_cases_take_longer_is_shared_out_among_the_steps() -> None:
    check, visit = rows(
        a=(True, {"data_check": 4, "home_visit": 30}),
        b=(True, {"data_check": 6}),
        c=(False, {"data_check": 3, "home_visit": 5}),
        d=(None, {"data_check": 99}),  # undecidable: neither late nor in time
    )
    assert (check["cases"], check["waiting"], check["excess"]) == (4, 28.0, 5 - 3)
    assert (visit["cases"], visit["waiting"], visit["excess"]) == (2, 17.5, 15 - 5)  # b did not take it: 0 days
    assert (visit["handling"], visit["known"]) == (None, 0)
    # together: late cases took 40 / 2 = 20 days, those in time 8
    assert 2 + 10 == 20 - 8


def test_without_a_late_case_there_is_nothing_to_share_out() -> None:
    (row,) = rows(a=(False, {"data_check": 4}))
    assert row["excess"] is None


def test_steps_come_in_the_regions_own_order() -> None:
    usual = in_order(POLICY, "990101")
    assert usual.index("data_check") < usual.index("home_visit") < usual.index("posting") < usual.index("confirm")
    assert usual[-1] == DECISION
    local = Policy.of(process_order={"value": ["home_visit", "data_check"], "free": []})
    assert in_order(local, "990101").index("home_visit") < in_order(local, "990101").index("data_check")
    assert sorted(in_order(local, "990101")) == sorted(usual)
