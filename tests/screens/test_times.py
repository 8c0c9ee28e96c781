"""Does the time board tell of every undecided case how near its limit it is, and of nobody who it is about?"""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from casework.calendar import Calendar
from casework.policy import Policy
from casework.regions import Regions
from casework.text import Text
from casework.workspace import Workspace
from dashboard.exports import notice
from dashboard.queries import times
from dashboard.words import phrases
from tests.screens.conftest import Open, read, said
from tests.worlds import world

COUNTY, TOWN, VILLAGE = "990101000000", "990101001000", "990101001001"
REGION = [
    {"region_code": COUNTY, "name": "示范县", "tier": "county"},
    {"region_code": TOWN, "name": "示例甲镇", "tier": "township"},
    {"region_code": VILLAGE, "name": "示例松村", "tier": "village"},
]


def case(number: str = "A1", **cells: str | None) -> dict[str, str | None]:
    """Accepted on 4 March 2024 with 20 working days: the 16th is 26 March, the 20th 1 April."""
    return {
        "application_no": number,
        "programme": "dibao",
        "household_no": "H1",
        "region_code": TOWN,
        "accepted_at": "2024-03-04",
        "decided_at": None,
        "decision": None,
        "delegated": "true",
        "extended": "false",
        "extension_reason": None,
        "due_at": None,
        **cells,
    }


def board(as_of: str, *cases: dict[str, str | None], **tables: Any) -> pl.DataFrame:
    data = world(as_of, application=list(cases or (case(),)), region=REGION, **tables)
    return times.board(data, Policy.shipped(), Regions.of(data))


@pytest.mark.parametrize(
    ("as_of", "cells", "band"),
    [
        ("2024-03-15", {}, "early"),  # 9 of 20
        ("2024-03-18", {}, "middle"),  # 10 of 20
        ("2024-03-25", {}, "middle"),  # 15
        ("2024-03-26", {}, "near"),  # 16: four fifths
        ("2024-04-01", {}, "near"),  # 20: the last day
        ("2024-04-02", {}, "over"),  # 21
        ("2024-04-16", {}, "over"),  # 30: half as much again
        ("2024-04-17", {}, "far"),  # 31
        ("2024-04-17", {"extended": "true", "extension_reason": "residence_split"}, "middle"),  # 31 of 45
        ("2027-01-04", {"accepted_at": "2026-12-21"}, "unknown"),  # 2027 is not published
        ("2024-04-17", {"programme": "old_age"}, "unlimited"),
        ("2024-04-17", {"programme": "old_age", "due_at": "2024-04-16"}, "over"),
    ],
)
def test_a_case_stands_in_the_band_of_its_share(as_of: str, cells: dict[str, Any], band: str) -> None:
    cases = board(as_of, case(**cells))
    assert cases["band"].to_list() == [band]
    assert times.counted(cases)[band] == 1  # type: ignore[index]  # a band
    assert sum(times.counted(cases).values()) == 1


def test_while_an_objection_is_looked_into_the_clock_stands_still() -> None:
    steps = [{"application_no": "A1", "step": "objection", "started_at": "2024-03-12", "finished_at": None}]
    (row,) = board("2024-12-31", step=steps).to_dicts()
    assert (row["band"], row["paused"], row["step"], row["begun"]) == ("early", True, "objection", True)


@pytest.mark.parametrize(
    ("steps", "waits"),
    [
        ([], (None, None)),
        ([("accept", "2024-03-04", "2024-03-04"), ("data_check", "2024-03-05", None)], ("data_check", True)),
        ([("data_check", "2024-03-05", "2024-03-08"), ("accept", "2024-03-04", "2024-03-04")], ("data_check", False)),
        ([("home_visit", "2024-03-05", None), ("data_check", "2024-03-05", "2024-03-05")], ("home_visit", True)),
    ],
)
def test_a_case_waits_at_the_step_begun_last(steps: list[Any], waits: tuple[object, object]) -> None:
    rows = [{"application_no": "A1", "step": s, "started_at": a, "finished_at": b} for s, a, b in steps]
    (row,) = board("2024-03-26", **({"step": rows} if rows else {})).to_dicts()
    assert (row["step"], row["begun"]) == waits


@pytest.mark.parametrize(
    ("in_charge", "office"),
    [(TOWN, TOWN), (VILLAGE, TOWN), (COUNTY, COUNTY), ("990101001009", TOWN), (None, COUNTY)],
)
def test_the_office_is_the_township_in_charge(in_charge: str | None, office: str) -> None:
    assert board("2024-03-26", case(region_code=in_charge))["office"].to_list() == [office]


def test_without_an_undecided_case_the_board_is_empty() -> None:
    cases = board("2024-03-26", case(decided_at="2024-03-20", decision="approved"))
    assert cases.is_empty()
    assert set(times.counted(cases).values()) == {0}


def test_a_board_is_narrowed_by_the_households_region() -> None:
    home = [{"household_no": "H1", "region_code": "990102001001"}, {"household_no": "H2", "region_code": VILLAGE}]
    cases = board(
        "2024-03-26", case("A1"), case("A2", household_no="H2"), case("A3", household_no="H9"), household=home
    )
    ours = times.narrowed(cases, times.Asked([TOWN, VILLAGE]))
    assert ours["application_no"].to_list() == ["A2", "A3"]  # A1's household lies in another county
    assert times.narrowed(cases, times.Asked([TOWN, VILLAGE], programme="destitute")).is_empty()


def test_the_longest_overdue_comes_first_and_only_red_and_amber_are_due() -> None:
    accepted = {"A1": "2024-03-25", "A2": "2024-03-04", "A3": "2024-01-02", "A4": "2024-03-11"}
    cases = board("2024-04-02", *(case(number, accepted_at=day) for number, day in accepted.items()))
    assert times.due(cases).select("application_no", "state").rows() == [("A3", "red"), ("A2", "red"), ("A4", "amber")]


def test_a_break_down_adds_up_to_its_cases() -> None:
    cases = board("2024-04-02", case("A1"), case("A2", programme="destitute"), case("A3", programme="old_age"))
    rows = times.by(cases, "programme").select("programme", "open", "red", "amber", "unknown", "unlimited").rows()
    assert rows == [("dibao", 1, 1, 0, 0, 0), ("destitute", 1, 0, 0, 0, 0), ("old_age", 1, 0, 0, 0, 1)]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((9, 4, 1, 0), (9, None, None, 0)),
        ((9, 4, 7, 0), (9, None, None, 0)),  # one alone would be told by the total: its least neighbour goes too
        ((9, 5, 7, 0), (9, 5, 7, 0)),
        ((3, 0, 0, 0), (None, 0, 0, 0)),
    ],
)
def test_small_counts_are_hidden_and_never_one_alone(counts: tuple[int, ...], shown: tuple[int | None, ...]) -> None:
    bands = dict(zip(times.BANDS, counts, strict=False))
    assert tuple(times.veiled(bands, 5).values()) == shown
    assert tuple(times.veiled(bands, 0).values()) == counts  # who opens cases sees every one


def waiting(**groups: str) -> pl.DataFrame:
    """Cases by office, a letter each: e(arly), n(ear), o(ver), f(ar)."""
    states = {"e": ("early", "green"), "n": ("near", "amber"), "o": ("over", "red"), "f": ("far", "red")}
    rows = [(office, *states[sign], False) for office, signs in groups.items() for sign in signs]
    return pl.DataFrame(rows, schema=["office", "band", "state", "paused"], orient="row")


@pytest.mark.parametrize(
    ("groups", "red", "cells"),
    [
        ({"甲": "oooooo", "乙": "ooooo", "丙": "eeeee"}, 11, [6, 5, 0]),
        ({"甲": "oooooooo", "乙": "ooo", "丙": "ooooo"}, 16, [8, None, None]),  # one alone would be the difference
        ({"甲": "oo", "乙": "eeeeee", "丙": "eeeeeee"}, None, [None, 0, 0]),  # the total is small itself
        ({"甲": "fffff", "乙": "fffff", "丙": "ooeee"}, None, [None, None, None]),  # 12, and the band far is told: 10
    ],
)
def test_no_count_is_told_by_a_total_and_its_neighbours(
    groups: dict[str, str], red: int | None, cells: list[int | None]
) -> None:
    cases = waiting(**groups)
    order = pl.col("office").replace_strict({office: place for place, office in enumerate(groups)})
    assert times.totals(cases, 5)["red"] == red
    assert times.broken_down(cases, "office", 5).sort(order)["red"].to_list() == cells
    whole = [sum(sign in "of" for sign in signs) for signs in groups.values()]
    assert times.broken_down(cases, "office", 0).sort(order)["red"].to_list() == whole  # who opens cases sees all
    assert times.totals(cases, 0)["red"] == sum(whole)


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        ({"unit": "working_days", "limit": 20, "stopped": 0}, date(2024, 4, 1)),
        ({"unit": "working_days", "limit": 20, "stopped": 3}, date(2024, 4, 7)),  # a worked Sunday
        ({"unit": "working_days", "limit": None}, None),
        ({"unit": "hours", "limit": 24}, datetime(2024, 3, 5, 9, 30)),  # noqa: DTZ001 - Asia/Shanghai, as stored
        ({"unit": "days", "limit": 1}, date(2024, 3, 5)),
        ({"unit": "due_at", "due_at": datetime(2024, 3, 20), "due_at_dated": True}, date(2024, 3, 20)),  # noqa: DTZ001
        ({"unit": "working_days", "limit": 20, "accepted_at": datetime(2026, 12, 21)}, None),  # noqa: DTZ001 - in 2027
    ],
)
def test_the_last_day_is_told_where_the_calendar_reaches(cells: dict[str, Any], last: date | None) -> None:
    accepted = datetime(2024, 3, 4, 9, 30)  # noqa: DTZ001 - Asia/Shanghai, as stored
    assert times.last_day(Calendar.load(None), {"accepted_at": accepted, "stopped": 0, **cells}) == last


def test_cases_of_an_office_with_few_are_not_listed_for_those_who_open_none() -> None:
    cases = pl.DataFrame({"application_no": [*"abcdefghi"], "office": ["one"] * 4 + ["other"] * 5})
    assert times.listed(cases, 5)["office"].unique().to_list() == ["other"]
    assert times.listed(cases, times.SEES_ALL).height == 9


# -- on the screen and on paper ----------------------------------------------------------------------------------------

NAMED = re.compile(r"SQ\d+")


def listed(page: Any) -> list[str]:
    (table,) = [one.value for one in page.dataframe if "申请编号" in one.value.columns]
    return table["申请编号"].to_list()  # type: ignore[no-any-return]


def test_what_is_red_is_what_the_leads_say(open_page: Open, township: Path) -> None:
    page = open_page(township, "times", role="inspector")
    assert not page.exception
    leads = Workspace(township).leads()
    overdue = leads.filter(pl.col("scheme") == "open_overdue")["subject"].to_list()
    (table,) = [one.value for one in page.dataframe if "申请编号" in one.value.columns]
    red = dict(zip(table["申请编号"], table["状态"], strict=True))
    assert overdue
    assert {red[number] for number in overdue} == {"红"}
    assert "短" not in page.title[0].value
    assert "时限与程序类线索" in said(page)


def test_a_leader_sees_numbers_and_dates_and_no_lead_household_or_name(open_page: Open, township: Path) -> None:
    page = open_page(township, "times", role="leader")
    assert not page.exception
    words = read(page)
    snapshot = Workspace(township).snapshot
    hidden = [
        pl.read_parquet(snapshot / "person.parquet")["name"],
        pl.read_parquet(snapshot / "household.parquet")["household_no"],
    ]
    assert NAMED.search("\n".join(listed(page)))
    for values in hidden:
        assert not [one for one in values.drop_nulls().unique() if one in words]
    assert "线索台" not in words
    assert "程序类线索" not in words


def test_small_counts_are_hidden_from_leaders_and_their_cases_with_them(open_page: Open, township: Path) -> None:
    counted = listed_cases(township).group_by("programme").len()
    (few, *_) = counted.filter(pl.col("len") < 5)["programme"].to_list()
    leader = open_page(township, "times", role="leader", programme=few)
    inspector = open_page(township, "times", role="inspector", programme=few)
    assert "不足 5 件,不逐件列出" in said(leader)
    assert not [one for one in leader.dataframe if "申请编号" in one.value.columns]
    assert not {str(metric.value) for metric in leader.metric} & {"1", "2", "3", "4"}
    assert not {str(cell) for one in leader.dataframe for cell in one.value.to_numpy().ravel()} & {"1", "2", "3", "4"}
    assert listed(inspector)


def listed_cases(workspace: Path) -> pl.DataFrame:
    opened = Workspace(workspace)
    tables = opened.tables()
    return times.due(times.board(tables, opened.policy(), Regions.of(tables)))


def test_an_office_is_chosen_by_the_address_and_can_be_told(open_page: Open, township: Path) -> None:
    office = listed_cases(township)["office"][0]
    page = open_page(township, "times", role="leader", office=office)
    assert [one.proto.label for one in page.get("download_button")] == ["下载超时通报(可打印)", "下载超时通报(表格)"]
    assert not open_page(township, "times", role="leader").get("download_button")
    assert not open_page(township, "times", role="leader", office="nosuch").exception


def test_a_notice_is_whole_in_itself_and_runs_nothing() -> None:
    cases = pl.DataFrame({"申请编号": ["=1+1", "<script>alert(1)</script>"], "状态": ["红", "黄"]})
    paper = notice.page("zh", "超时通报:<b>镇</b>", ["一 & 二"], cases, ["签发:"]).decode()
    assert "<script" not in paper
    assert "&lt;script&gt;" in paper
    assert "&lt;b&gt;镇" in paper
    assert "一 &amp; 二" in paper
    assert "http" not in paper
    sheet = notice.sheet(cases)
    assert sheet.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in sheet.decode("utf-8-sig")


def test_the_board_calls_amber_a_reminder() -> None:
    said_so = Text(phrases("zh")["times.ages_what"], phrases("en")["times.ages_what"])
    assert "黄是提醒,不是线索" in said_so.zh
    assert "never a lead" in said_so.en
