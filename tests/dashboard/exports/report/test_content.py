"""Does the report say what the pages say, hide what they hide, and name what nobody knows?"""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casework.review.scope import Role
from casework.text import Language
from dashboard.exports.printed import Note
from dashboard.exports.report.asked import viewing
from dashboard.exports.report.content import MONEY, headed, marked, money, report
from dashboard.exports.report.shape import Courses, Figure, Report, Table, told
from dashboard.exports.report.standing import Row, Standing, standing
from dashboard.parts import numbers
from dashboard.queries.counts import BY_POLICY, SEES_ALL, Period
from metrics.honest import control
from tests.county import COUNTY as EXAMPLE
from tests.county import imported
from tests.dashboard.exports.readers import reading
from tests.dashboard.exports.report.conftest import AT, COUNTY, MONTH, TOWNSHIP, See, section, tables

SMALL = re.compile(r"[1-4](?= / |$)")


def courses(of: Report) -> list[Courses]:
    return [part for one in of.sections for part in one.parts if isinstance(part, Courses)]


def test_the_head_says_of_what_from_which_data_and_by_whom(see: See, county: Report) -> None:
    said, desk = dict(county.fields), see().desk
    assert said["地区"] == "示范县"
    assert said["月份"] == "2024-12"
    assert said["走势"] == "2023-01 – 2024-12"
    assert said["数据截至"] == "2024-12-31"
    assert desk.policy.digest.startswith(said["规则版本"])
    assert desk.opened.digest.startswith(said["快照"])
    assert said["工作日历至"] == str(desk.calendar.through)
    assert (said["生成人"], said["生成时间"]) == ("张示例", "2025-01-03 09:30")


def test_every_number_of_the_month_is_the_one_of_the_pages(see: See, county: Report) -> None:
    seen = see()
    shown = {
        row[0]: row for table in section(county, "全部指标").parts if isinstance(table, Table) for row in table.rows
    }
    cards = {name: card for name, card in seen.desk.metric_cards.items() if name not in {*MONEY, "lead_rate"}}
    assert len(shown) == len(cards)
    known = 0
    for card in cards.values():
        row = next(cells for title, cells in shown.items() if str(title).split(" (")[0] == seen.text(card.title))
        for place, period in ((1, Period(MONTH, MONTH)), (6, Period(date(2023, 1, 1), MONTH))):
            number = seen.desk.counts.total(card.metric, COUNTY, "", period, BY_POLICY)
            if numbers.reliable(number) and number is not None:
                known += 1
                assert told(row[place]) == numbers.value(card, number["value"])
            else:
                assert told(row[place]) in {"不显示", "未知"}
    assert known > 5


@pytest.mark.parametrize("role", ["leader", "inspector", "supervisor"])
@pytest.mark.parametrize("region", [COUNTY, TOWNSHIP])
def test_small_counts_are_hidden_for_everybody(see: See, role: Role, region: str) -> None:
    seen = see(role, region=region)
    said = report(seen, AT)
    cells = [told(cell) for table in tables(said) for row in table.rows for cell in row[2:]]
    assert not [cell for cell in cells if " / " in cell and SMALL.match(cell)]
    hidden = 0
    for card in headed(seen):
        for code in seen.desk.regions.children(region):
            seen_by = [
                seen.desk.counts.total(card.metric, code.code, "", Period(MONTH, MONTH), limit)
                for limit in (BY_POLICY, SEES_ALL)
            ]
            if seen_by[0] is None or not seen_by[0]["suppressed"]:
                continue
            hidden += 1
            rows = [row for table in tables(said) for row in table.rows if row[0] == code.code]
            shown = [row for row in rows if seen.text(card.title) in _heading(said, row)]
            assert [told(cell) for row in shown for cell in row[2:]] == ["不显示", "", "", "", ""] * len(shown)
    assert hidden > 0


def _heading(said: Report, row: object) -> str:
    return next(table.heading for table in tables(said) if row in table.rows)


def test_a_hidden_month_is_a_gap_in_its_chart(see: See, county: Report) -> None:
    seen = see()
    gaps = 0
    for one in courses(county)[0].charts:
        months = seen.desk.counts.monthly(one.metric, COUNTY, "", seen.view.period, BY_POLICY)
        known = {f"{row['month']:%Y-%m}": row["value"] for row in months.to_dicts()}
        drawn = dict(zip(one.months, one.lines[0].values, strict=True))
        gaps += sum(value is None for value in drawn.values())
        assert drawn == {month: known.get(month) for month in one.months}
    assert gaps > 0


def test_at_most_three_sentences_say_what_changed(county: Report) -> None:
    said = section(county, "与上月相比").parts
    assert 1 <= len(said) <= 3
    assert all("2024-12" in str(one) for one in said)


def test_regions_stand_in_the_order_of_codes_each_with_its_interval(see: See) -> None:
    said = report(see(region="990000000000"), AT)
    tables_below = [part for part in section(said, "下一级地区").parts if isinstance(part, Table)]
    assert tables_below
    for table in tables_below:
        codes = [told(row[0]) for row in table.rows]
        assert codes == sorted(codes)
        for row in table.rows:
            value, low, high = row[2:5]
            if isinstance(low, Figure) and isinstance(high, Figure) and isinstance(value, Figure):
                assert low.number <= value.number <= high.number


def test_a_village_has_no_tier_below(see: See) -> None:
    said = report(see(region="990101001001"), AT)
    assert section(said, "下一级地区").parts == ["这里没有下一级地区。"]


def test_every_unknown_number_is_listed_with_its_reason_and_no_hidden_one_is(county: Report) -> None:
    every = [row for part in section(county, "全部指标").parts if isinstance(part, Table) for row in part.rows]
    listed = section(county, "未知的数字及原因").parts[0]
    assert isinstance(listed, Table)
    assert {told(row[0]) for row in listed.rows} == {told(row[0]) for row in every if told(row[1]) == "未知"}
    assert all(told(row[1]) for row in listed.rows)


def test_a_number_of_other_months_says_of_which(see: See) -> None:
    said = report(see(month=date(2022, 3, 1)), AT)
    listed = section(said, "未知的数字及原因").parts[0]
    assert isinstance(listed, Table)
    reasons = {told(row[0]): told(row[1]) for row in listed.rows}
    assert reasons["按时办结率"] == "所选时段没有可计的记录(此处该指标有数的月份:2023-11 至 2024-12)"


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    source = Path(shutil.copytree(EXAMPLE, tmp_path / "source"))
    (source / "complaint.csv").unlink()
    seen = viewing(reading(imported(tmp_path / "W", source, detected=False), "leader"), COUNTY, MONTH)
    listed = section(report(seen, AT), "未知的数字及原因").parts[0]
    assert isinstance(listed, Table)
    reasons = {told(row[0]).split(" (")[0]: told(row[1]) for row in listed.rows}
    title = seen.text(seen.desk.metric_cards["complaints_per_1000"].title)
    assert reasons[title].startswith("缺少:信访举报")


def test_money_owed_stands_beside_money_in_doubt(see: See) -> None:
    seen = see()
    like = standing(seen, seen.desk.metric_cards["on_time_share"])

    def of(metric: str, title: str, fen: int | None) -> Standing:
        card = replace(like.card, metric=metric, kind="sum", money=True, title=replace(like.card.title, zh=title))
        row: Row = None if fen is None else {"value": float(fen), "low": None, "high": None, "suppressed": False}
        return Standing(card, row, None, row, control.chart(like.chart.frame.select("month_index", "value"), "neither"))

    found = money(
        seen, {one.card.metric: one for one in (of("amount_in_doubt", "存疑", None), of("amount_owed", "应补", 56_000))}
    )
    table = found[0]
    assert isinstance(table, Table)
    assert [[told(cell) for cell in row] for row in table.rows] == [
        ["应补", "560.00", "未知", "560.00"],
        ["存疑", "未知", "未知", "未知"],
    ]
    assert isinstance(found[1], Note)
    assert "待核实" in found[1].text
    assert "未知" in str(money(seen, {})[0])


def test_a_month_that_is_not_over_says_so(see: See) -> None:
    seen = see()
    opened = seen.desk.opened
    early = replace(seen.desk, tables=replace(opened, manifest=replace(opened.manifest, as_of=date(2024, 12, 20))))
    said = dict(report(replace(seen, desk=early), AT).fields)
    assert said["月份"] == "2024-12(数据至 2024-12-20,该月未完)"


@pytest.mark.parametrize(("language", "words"), [("zh", "待核实"), ("en", "to be verified")])
def test_the_mark_of_every_page_is_the_reports_own(see: See, language: Language, words: str) -> None:
    mark = marked(see(language=language), AT)
    assert words in mark.notice
    assert "张示例 2025-01-03 09:30" in mark.line
    assert mark.synthetic


def test_english_is_whole(see: See) -> None:
    said = report(see(language="en"), AT)
    ours = [one.title for one in said.sections] + [name for table in tables(said) for name in table.columns]
    ours += [str(part) for one in said.sections for part in one.parts if isinstance(part, str)]
    assert not [words for words in ours if re.search("[\u4e00-\u9fff]", words)]
