"""Is the workbook typed, harmless and marked, and does it hide what the report hides?"""

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book

from casework.text import Language
from dashboard.exports.report.content import marked, report
from dashboard.exports.report.shape import Courses, Figure, Report, Section
from dashboard.exports.report.xlsx import workbook_of
from tests.dashboard.exports.report.conftest import AT, See, tables

SHEETS = {
    "zh": ["概览", "全部指标", "下级地区", "说明", "走势图", "图的数据"],
    "en": ["Overview", "Every metric", "One tier down", "Notes", "Charts", "Chart data"],
}


def made(see: See, language: Language = "zh") -> tuple[Report, Book]:
    seen = see(language=language)
    said = report(seen, AT)
    return said, opened(workbook_of(said, marked(seen, AT), AT, seen.say))


def opened(content: bytes) -> Book:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_is_a_number_and_every_word_a_word(see: See, language: Language) -> None:
    said, book = made(see, language)
    assert book.sheetnames == SHEETS[language]
    lines = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    for table in tables(said):
        for row in table.rows:
            wanted = [cell.number if isinstance(cell, Figure) else cell or None for cell in row]
            assert any(line[: len(wanted)] == pytest.approx(wanted) for line in lines if len(line) >= len(wanted))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_no_small_count_stands_in_any_cell(see: See) -> None:
    _, book = made(see)
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "不显示" in words
    assert not [word for word in words if re.match(r"[1-4] / \d", word)]


def test_the_charts_draw_on_the_figures_beside_them(see: See) -> None:
    said, book = made(see)
    charts = [
        chart for one in said.sections for part in one.parts if isinstance(part, Courses) for chart in part.charts
    ]
    assert len(book["走势图"]._charts) == len(charts)
    kept = [[cell.value for cell in row] for row in book["图的数据"].iter_rows()]
    for course in charts:
        start = next(at for at, row in enumerate(kept) if row[0] == course.title) + 2
        rows = kept[start : start + len(course.months)]
        assert [row[0] for row in rows] == list(course.months)
        assert [row[1] for row in rows] == pytest.approx(list(course.lines[0].values))


def test_every_printed_page_carries_name_time_and_notice(see: See) -> None:
    _, book = made(see)
    for sheet in book:
        assert "张示例 2025-01-03 09:30" in sheet.oddFooter.left.text
        assert "待核实" in sheet.oddHeader.left.text
        assert "合成数据" in sheet.oddHeader.left.text


def test_no_imported_word_ever_runs(see: See) -> None:
    seen = see()
    said = report(seen, AT)
    hostile = replace(
        said,
        title="=1+1",
        fields=[("地区", '=HYPERLINK("http://示例")')],
        sections=[Section("@甲", ["+1", *part.parts], part.sheet) for part in said.sections],
    )
    book = opened(workbook_of(hostile, marked(seen, AT), AT, seen.say))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not [cell for cell in cells if str(cell.value).startswith(("=", "+", "@"))]
