"""Does the page on reform effect compare with neighbours, and claim no more than that allows?"""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import metrics
from casework.policy import Policy
from casework.regions import Regions
from casework.registry import found
from casework.review.scope import Scope
from dashboard.queries import reform
from dashboard.queries.counts import Counts, Period, measured
from dashboard.queries.reform import Group, Windows
from tests.metrics.county import (
    COUNTY,
    FAR_VILLAGE,
    OTHER_TOWN,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    households,
    regions,
)
from tests.screens.conftest import Open, read
from tests.worlds import Row, world

CARDS = {module.CARD.metric: module.CARD for module in found(metrics)}
SHARE, MEDIAN = CARDS["on_time_share"], CARDS["median_working_days"]
MONTHS = [date(2024, month, 1) for month in range(1, 13)]
AROUND = Windows(Period(date(2024, 3, 1), date(2024, 3, 1)), Period(date(2024, 6, 1), date(2024, 6, 1)))


def counts(*cases: Row) -> Counts:
    data = world(region=regions(), household=households(H1=VILLAGE, H2=FAR_VILLAGE), application=list(cases))
    return measured(data, POLICY, CARDS)


def decided(number: int, month: int, household: str, *, late: bool = False) -> list[Row]:
    """So many cases decided on the 28th of a month of 2024: accepted on its 1st, or half a year before."""
    accepted = "2023-09-01" if late else f"2024-{month:02d}-01"
    sign = f"{household}-{month}-{late}"
    return [application(f"{sign}-{place}", accepted, f"2024-{month:02d}-28", household) for place in range(number)]


def world_of(here: tuple[int, int], there: tuple[int, int], late: int = 0) -> Counts:
    """Cases in time before and after, here and there; `late` ones before, here."""
    before, after = here
    return counts(
        *decided(before, 3, "H1"),
        *decided(after, 6, "H1"),
        *decided(late, 3, "H1", late=True),
        *decided(there[0], 3, "H2"),
        *decided(there[1], 6, "H2"),
    )


def group(data: Counts, code: str, card: Any = SHARE, limit: int | None = 0) -> Group:
    return reform.group(data, card, [code], "", AROUND, limit)


@pytest.mark.parametrize(
    ("day", "size", "before", "after"),
    [
        ("2024-06-01", 3, ("2024-03", "2024-05"), ("2024-06", "2024-08")),
        ("2024-06-15", 3, ("2024-03", "2024-05"), ("2024-07", "2024-09")),  # June is in neither
        ("2024-03-01", 6, ("2024-01", "2024-02"), ("2024-03", "2024-08")),  # as far as there are months
        ("2024-12-01", 3, ("2024-09", "2024-11"), ("2024-12", "2024-12")),
    ],
)
def test_whole_months_lie_on_either_side(day: str, size: int, before: tuple[str, str], after: tuple[str, str]) -> None:
    windows = reform.windows(MONTHS, date.fromisoformat(day), size)
    assert windows is not None
    told = [(f"{one.since:%Y-%m}", f"{one.until:%Y-%m}") for one in (windows.before, windows.after)]
    assert told == [before, after]


@pytest.mark.parametrize("day", ["2024-01-01", "2024-12-15"])
def test_a_side_without_a_whole_month_makes_no_windows(day: str) -> None:
    assert reform.windows(MONTHS, date.fromisoformat(day), 6) is None


def test_days_of_change_are_those_of_the_law_here_and_every_month() -> None:
    local = Policy.of(
        decision_days=[
            {"from": date(2024, 5, 20), "region": "990101", "value": 15},
            {"from": date(2024, 7, 1), "region": "990102", "value": 15},  # another county
            {"from": date(2023, 7, 1), "region": "", "value": 30},  # before the data
        ]
    )
    changes = reform.changes(local, TOWN, MONTHS)
    ruled = {change.day: [text.en for text in change.rules] for change in changes if change.rules}
    assert ruled[date(2024, 5, 20)] == ["Limit of the decision"]
    assert not [
        name for day, names in ruled.items() for name in names if day == date(2024, 7, 1) and "decision" in name
    ]
    assert {change.day for change in changes} >= set(MONTHS[1:])
    assert reform.usual(changes).day == max(ruled)


def test_without_a_change_of_rules_the_middle_month_is_offered() -> None:
    plain = [reform.Change(month) for month in MONTHS[1:]]
    assert reform.usual(plain).day == date(2024, 7, 1)


def test_neighbours_are_those_under_the_same_roof_and_within_the_scope() -> None:
    tree = Regions.of(counts(*decided(1, 3, "H1")).tables)
    assert [one.code for one in reform.neighbours(tree, TOWN, Scope())] == [OTHER_TOWN]
    assert reform.neighbours(tree, TOWN, Scope.of(TOWN)) == []
    assert reform.neighbours(tree, COUNTY, Scope()) == []
    assert reform.neighbours(tree, f"{COUNTY}/-", Scope()) == []


def test_the_difference_in_differences_of_shares() -> None:
    # here from 30 of 60 to 40 of 40; there from 40 of 40 to 40 of 40
    data = world_of((30, 40), (40, 40), late=30)
    effect = reform.effect(SHARE, group(data, TOWN), group(data, OTHER_TOWN))
    assert (effect.value, effect.change, effect.other_change) == pytest.approx((0.5, 0.5, 0.0))
    assert effect.low is not None
    assert effect.low > 0


def test_of_days_means_are_compared_and_the_median_is_shown() -> None:
    data = world_of((30, 40), (40, 40), late=30)
    mine, others = group(data, TOWN, MEDIAN), group(data, OTHER_TOWN, MEDIAN)
    march, june = 19, 19  # working days from the 1st to the 28th: Fri 1 to Thu 28 March; Sat 1 to Fri 28 June
    assert (others.before.value(MEDIAN), others.after.value(MEDIAN)) == (march, june)
    assert mine.before.value(MEDIAN) == (march + mine.before.days.max()) / 2
    effect = reform.effect(MEDIAN, mine, others)
    assert effect.value == pytest.approx(june - mine.before.days.mean())


def test_fewer_than_thirty_in_a_group_make_no_difference() -> None:
    data = world_of((29, 40), (40, 40))
    assert reform.effect(SHARE, group(data, TOWN), group(data, OTHER_TOWN)).reason == "too_few"


def test_what_a_reader_may_not_see_is_in_no_group() -> None:
    data = world_of((40, 40), (40, 3))
    assert group(data, OTHER_TOWN).veiled == ()
    seen = reform.group(data, SHARE, [OTHER_TOWN], "", AROUND, None)
    assert (seen.codes, seen.veiled) == ((), (OTHER_TOWN,))
    assert (seen.before.whole, seen.after.whole) == (0, 0)
    assert seen.months["value"].is_null().all()


def test_months_are_told_in_order_and_hidden_ones_are_not_0() -> None:
    data = world_of((40, 3), (40, 40))
    open_, veiled = (reform.group(data, SHARE, [TOWN], "", AROUND, limit).months for limit in (0, None))
    assert open_.filter(pl.col("whole") > 0).select("month", "whole").rows() == [
        (date(2024, 3, 1), 40),
        (date(2024, 6, 1), 3),
    ]
    assert veiled.filter(pl.col("month") == date(2024, 6, 1)).select("value", "whole").rows() == [(None, None)]


def test_a_course_that_drifted_apart_before_is_warned_of() -> None:
    months = [date(2024, month, 1) for month in range(1, 7)]

    def moving(slope: float) -> Group:
        values = [10 + slope * place + (0.1 if place % 2 else 0) for place in range(6)]
        frame = pl.DataFrame({"month": months, "value": values, "whole": [9] * 6, "veiled": [0] * 6})
        nobody = reform.Sample(0, 0, group(world_of((1, 1), (1, 1)), TOWN).before.days)
        return Group((), (), nobody, nobody, frame)

    before = Period(months[0], months[-1])
    assert reform.drift(moving(2.0), moving(0.0), before).warns
    assert not reform.drift(moving(1.0), moving(1.0), before).warns
    assert reform.drift(moving(1.0), moving(1.0), Period(months[0], months[2])).reason == "too_few_months"


# -- on the screen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", ["leader", "researcher", "inspector"])
@pytest.mark.parametrize("metric", ["on_time_share", "median_working_days"])
def test_the_page_shows(open_page: Open, township: Path, role: str, language: str, metric: str) -> None:
    page = open_page(township, "reform", role=role, lang=language, metric=metric)
    assert not page.exception
    assert [title.value for title in page.title] == ["改革成效" if language == "zh" else "Reform effect"]


def test_without_neighbours_it_says_that_before_and_after_prove_little(open_page: Open, township: Path) -> None:
    words = read(open_page(township, "reform", role="inspector"))
    assert "没有对照组" in words
    assert "之前件数" in words


def test_with_neighbours_it_says_what_may_not_be_concluded(open_page: Open, county: Path) -> None:
    page = open_page(county, "reform", role="inspector", region=TOWN, window="12")
    words = read(page)
    assert not page.exception
    assert "对照(" in words
    assert "不能说:差别就是这项改变造成的" in words
    assert "没有对照组" not in words


def test_the_address_names_the_neighbours(open_page: Open, county: Path) -> None:
    every = open_page(county, "reform", role="inspector", region=TOWN).multiselect[0].value
    assert len(every) > 1
    one = open_page(county, "reform", role="inspector", region=TOWN, **{"with": every[0]})
    assert one.multiselect[0].value == [every[0]]
    assert "对照(1 个邻区)" in read(one)
    none = open_page(county, "reform", role="inspector", region=TOWN, **{"with": "none"})
    assert none.multiselect[0].value == []
    assert "没有对照组" in read(none)


def test_a_choice_of_neighbours_stands_in_the_address(open_page: Open, county: Path) -> None:
    page = open_page(county, "reform", role="inspector", region=TOWN)
    every = page.multiselect[0].value
    page.multiselect[0].set_value(every[:1]).run()
    assert page.query_params["with"] in (every[0], [every[0]])
    page.multiselect[0].set_value([]).run()
    assert page.query_params["with"] in ("none", ["none"])
    page.multiselect[0].set_value(every).run()
    assert "with" not in page.query_params


@pytest.mark.parametrize("strange", [{"metric": "nosuch"}, {"change": "soon"}, {"window": "99"}, {"with": "990199"}])
def test_a_strange_address_is_the_usual_page(open_page: Open, county: Path, strange: dict[str, str]) -> None:
    assert not open_page(county, "reform", role="leader", **strange).exception


def test_no_data_says_so(open_page: Open, tmp_path: Path) -> None:
    assert not open_page(tmp_path / "empty", "reform", role="leader").exception
