"""Does the page on timeliness count the open cases, tell where time goes, and tell nobody's case?"""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from casework.regions import Regions
from casework.workspace import Workspace
from dashboard.queries import timeliness, times
from dashboard.queries.counts import Period
from dashboard.queries.timeliness import Waits
from tests.metrics.county import FAR_VILLAGE, OTHER_TOWN, POLICY, TOWN, VILLAGE, application, households, regions
from tests.screens.conftest import Open, read, said
from tests.worlds import Row, world

YEAR = Period(date(2024, 1, 1), date(2024, 12, 1))
MINIMUM = 5


def waits(*cases: Row, **tables: list[Row]) -> Waits:
    data = world(region=regions(), household=households(H1=VILLAGE, H2=FAR_VILLAGE), application=list(cases), **tables)
    return timeliness.waits(data, POLICY, Regions.of(data))


def urgent(number: str, colour: str | None, hours: int | None) -> Row:
    """Accepted on Monday 2024-03-04 at 8, decided so many hours later."""
    decided = None if hours is None else f"2024-03-{4 + (8 + hours) // 24:02d} {(8 + hours) % 24:02d}:00"
    said = {} if colour is None else {"urgency": colour}
    return application(number, "2024-03-04 08:00", decided, programme="temporary_emergency", **said)


def test_cases_are_those_of_the_households_region_accepted_in_the_months() -> None:
    cases = waits(
        application("A1", "2024-03-01", "2024-05-06"),
        application("A2", "2024-04-01", None),
        application("B1", "2024-03-01", "2024-03-06", household="H2"),
        application("C1", "2024-03-01", "2024-03-06", programme="destitute"),
    ).cases
    march, town = Period(date(2024, 3, 1), date(2024, 3, 1)), [TOWN, VILLAGE]
    assert timeliness.accepted(cases, town, "", march).height == 2  # A1, C1
    assert timeliness.accepted(cases, town, "dibao", march)["until_day"].to_list() == [
        (date(2024, 5, 6) - date(1970, 1, 1)).days
    ]
    assert timeliness.accepted(cases, town, "", YEAR).height == 3
    assert timeliness.accepted(cases, [OTHER_TOWN, FAR_VILLAGE], "", YEAR).height == 1


def test_the_unit_is_that_of_most_limits() -> None:
    stated = [application(f"S{place}", "2024-03-01", "2024-03-20", due_at="2024-04-26") for place in range(2)]
    assert timeliness.unit(waits(application("A1", "2024-03-01", None), *stated).cases) == "days"
    assert timeliness.unit(waits(application("A1", "2024-03-01", None), stated[0]).cases) == "working_days"


def test_limits_are_told_each_with_its_own_cases() -> None:
    plain = [application(f"P{place}", "2024-03-01", "2024-03-06") for place in range(7)]
    late = [application(f"L{place}", "2024-03-01", "2024-05-06") for place in range(5)]
    quick = [application(f"Q{place}", "2024-03-01", "2024-03-06", delegated="是") for place in range(6)]
    few = [application(f"F{place}", "2024-03-01", None, programme="temporary_expenditure") for place in range(4)]
    timed = timeliness.timed(waits(*plain, *late, *quick, *few).cases, "working_days")
    seen = timeliness.limits(timed, "working_days", MINIMUM)
    assert [(one.limit, one.past.cases, one.past.past, one.hidden) for one in seen] == [
        (20, 6, 0, False),
        (30, 12, 5, False),
    ]
    assert [one.limit for one in timeliness.limits(timed, "working_days", 0)] == [10, 20, 30]
    fewer = timeliness.timed(waits(*plain, *late[:4]).cases, "working_days")
    assert [one.hidden for one in timeliness.limits(fewer, "working_days", MINIMUM)] == [True]  # 4 are past it


def test_who_waits_longer_is_said_only_beyond_chance() -> None:
    slow, fast = (
        timeliness.timed(waits(*(application(f"A{place}", "2024-03-01", day) for place in range(20))).cases, "days")
        for day in ("2024-04-10", "2024-03-08")
    )
    verdict, p = timeliness.verdict(slow, fast) or ("", 1.0)
    assert verdict == "slower"
    assert p < 0.001
    assert (timeliness.verdict(fast, slow) or ("",))[0] == "faster"
    both = pl.concat([slow, fast])
    assert timeliness.verdict(both, both) == ("alike", 1.0)
    assert timeliness.verdict(fast, fast.clear()) is None


def test_emergencies_are_judged_by_their_colour() -> None:
    cases = waits(
        urgent("R1", "red", 24),
        urgent("R2", "red", 25),
        urgent("Y1", "yellow", 72),
        urgent("G1", "green", 200),
        urgent("N1", None, 25),
        urgent("O1", "yellow", None),  # undecided at the end of the year: past its limit
    ).cases
    told = {one.colour: one for one in timeliness.answered(cases, 0)}
    assert list(told) == ["red", "yellow", "green", ""]  # the most urgent first
    assert {name: (one.on_time, one.whole) for name, one in told.items()} == {
        "red": (1, 2),
        "yellow": (1, 2),
        "green": (None, None),  # nothing limits it
        "": (0, 1),
    }
    assert [told[colour].limits for colour in ("red", "yellow", "green", "")] == [(24,), (72,), (), (24,)]


def test_who_opens_no_cases_sees_no_small_colour_and_no_exact_count() -> None:
    red = [urgent(f"R{place}", "red", 20) for place in range(12)]
    few = [urgent(f"Y{place}", "yellow", 20) for place in range(4)]
    slow = [urgent(f"B{place}", "blue", 300) for place in range(7)] + [
        urgent(f"C{place}", "blue", 3) for place in range(2)
    ]
    red_, yellow, blue = timeliness.answered(waits(*red, *few, *slow).cases, MINIMUM)
    assert (red_.cases, red_.on_time, red_.whole, red_.value) == (10, None, 10, 1.0)  # 12, to the nearest 5
    assert (yellow.cases, yellow.value, yellow.hidden) == (None, None, True)
    assert (blue.cases, blue.value, blue.hidden) == (10, None, True)  # 2 of 9 in time


@pytest.mark.parametrize(("count", "told"), [(5, 5), (7, 5), (8, 10), (1778, 1780), (0, 0)])
def test_counts_are_told_to_the_nearest_five(count: int, told: int) -> None:
    assert timeliness.rounded(count, 5) == told
    assert timeliness.rounded(count, 0) == count


def spent(late: int, timely: int, minimum: int) -> timeliness.Steps:
    """Late cases waited for the visit until May, the others a week; all took two steps."""
    cases, taken = [], []
    for name, number, visit, decided in (
        ("L", late, "2024-05-06", "2024-05-07"),
        ("T", timely, "2024-03-08", "2024-03-11"),
    ):
        for place in range(number):
            cases.append(application(f"{name}{place}", "2024-03-01", decided))
            taken += [
                {
                    "application_no": f"{name}{place}",
                    "step": "data_check",
                    "started_at": "2024-03-04",
                    "finished_at": "2024-03-04",
                },
                {"application_no": f"{name}{place}", "step": "home_visit", "started_at": visit, "finished_at": visit},
            ]
    found = waits(*cases, step=taken)
    return timeliness.bottleneck_of(found.cases, found.steps, minimum)


def test_the_step_that_makes_cases_late_is_told() -> None:
    told = spent(late=5, timely=8, minimum=0)
    rows = {row["step"]: row for row in told.rows.to_dicts()}
    assert (told.cases, told.late, told.timely) == (13, 5, 8)
    assert (rows["data_check"]["waiting"], rows["data_check"]["excess"]) == (1.0, 0.0)
    assert rows["home_visit"]["excess"] == 42 - 4  # working days from 4 March to 6 May, and to 8 March


@pytest.mark.parametrize(("late", "told"), [(5, True), (4, False)])
def test_of_few_late_cases_nothing_is_told(late: int, told: bool) -> None:
    rows = spent(late, 8, MINIMUM).rows
    assert rows["excess"].is_not_null().any() == told
    assert rows["waiting"].is_not_null().all()


def test_of_few_cases_no_step_is_told() -> None:
    assert spent(1, 3, MINIMUM).hidden
    assert not spent(1, 3, 0).hidden


# -- on the screen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["leader", "inspector", "researcher"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows(open_page: Open, township: Path, role: str, language: str) -> None:
    page = open_page(township, "timeliness", role=role, lang=language)
    assert not page.exception
    assert [title.value for title in page.title] == ["办理时效" if language == "zh" else "Timeliness"]
    assert ("连未办结一起算" if language == "zh" else "with the open ones") in read(page)


def test_an_office_to_be_told_is_no_researchers_business(open_page: Open, township: Path) -> None:
    assert "红色预警与超时通报" in read(open_page(township, "timeliness", role="leader"))
    assert "红色预警与超时通报" not in read(open_page(township, "timeliness", role="researcher"))


def test_the_red_by_office_are_those_of_the_time_board(open_page: Open, township: Path) -> None:
    (table,) = [
        one.value
        for one in open_page(township, "timeliness", role="inspector").dataframe
        if "主管单位" in one.value.columns
    ]
    opened = Workspace(township)
    tables = opened.tables()
    red = times.board(tables, opened.policy(), Regions.of(tables)).filter(pl.col("state") == "red").height
    assert sum(int(cell) for cell in table["红:已超期限"]) == red > 0


def test_a_leader_sees_no_small_count(open_page: Open, township: Path) -> None:
    page = open_page(township, "timeliness", role="leader")
    for one in page.dataframe:
        for name in ("此后仍在观察的件数", "经过的件数", "受理"):
            if name in one.value.columns:
                assert not {str(cell) for cell in one.value[name]} & {"1", "2", "3", "4"}
    assert "取整到 5 的倍数" in read(page)
    assert "取整到" not in read(open_page(township, "timeliness", role="inspector"))


def test_few_cases_are_not_shown_to_a_leader_and_are_to_an_inspector(open_page: Open, township: Path) -> None:
    opened = Workspace(township)
    tables = opened.tables()
    cases = timeliness.waits(tables, opened.policy(), Regions.of(tables)).cases
    (few, *_) = cases.group_by("programme").len().filter(pl.col("len") < MINIMUM).sort("programme")["programme"]
    leader, inspector = (
        open_page(township, "timeliness", role=role, programme=few, since="2023-01") for role in ("leader", "inspector")
    )
    assert "件数不足 5,不显示" in read(leader)
    assert "从受理到办结" not in read(leader)
    assert not inspector.exception


def test_cases_too_few_for_a_line_make_no_empty_chart(open_page: Open, county: Path) -> None:
    """A village with five cases: the first step would leave fewer than five."""
    leader, inspector = (
        open_page(county, "timeliness", role=role, region=VILLAGE, programme="dibao")
        for role in ("leader", "inspector")
    )
    assert "件数太少,画不出曲线" in read(leader)
    assert "此后仍在观察的件数" not in read(leader)
    assert "此后仍在观察的件数" in read(inspector)


def test_emergencies_alone_have_no_working_days(open_page: Open, township: Path) -> None:
    words = read(open_page(township, "timeliness", role="inspector", programme="temporary_emergency"))
    assert "急难救助:按紧急程度" in words
    assert "从受理到办结" not in words


def test_nothing_accepted_says_so(open_page: Open, township: Path) -> None:
    page = open_page(township, "timeliness", role="inspector", programme="disaster", since="2022-01", until="2022-01")
    assert not page.exception


def test_no_data_says_so(open_page: Open, tmp_path: Path) -> None:
    page = open_page(tmp_path / "empty", "timeliness", role="leader")
    assert not page.exception
    assert "办理时效" in said(page)


def test_a_link_chooses_the_unit(open_page: Open, township: Path) -> None:
    def columns(**params: str) -> set[Any]:
        page = open_page(township, "timeliness", role="inspector", **params)
        return {name for one in page.dataframe for name in one.value.columns}

    assert "日历日" in columns(unit="days")
    assert "日历日" not in columns()
    assert "日历日" not in columns(unit="nosuch")
