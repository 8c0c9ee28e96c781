"""Is the document whole: its words, its charts, its marks, in both languages?"""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from casework.text import Language
from dashboard.exports.report.content import marked, report
from dashboard.exports.report.docx import document_of
from dashboard.exports.report.shape import Courses, Report, Table, told
from dashboard.exports.typeset import typeset
from tests.dashboard.exports.report.conftest import AT, See, tables

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def made(see: See, language: Language = "zh") -> tuple[Report, bytes]:
    seen = see(language=language)
    said = report(seen, AT)
    return said, document_of(said, marked(seen, AT), AT, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_stands_in_the_document_cell_by_cell(see: See, language: Language) -> None:
    said, content = made(see, language)
    printed = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(io.BytesIO(content)).tables
        if table.style is not None and table.style.name == "Table Grid"
    ][1:]  # the first is the head

    def words(table: Table) -> list[list[str]]:
        rows = [list(table.columns), *([told(cell) for cell in row] for row in table.rows)]
        return [[typeset(cell, language) for cell in row] for row in rows]

    assert printed == [words(table) for table in tables(said)]


def test_every_chart_is_drawn_with_the_shown_months_only(see: See) -> None:
    said, content = made(see)
    charts = [
        chart for one in said.sections for part in one.parts if isinstance(part, Courses) for chart in part.charts
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        drawn = {
            name: etree.fromstring(opened.read(name))
            for name in opened.namelist()
            if re.fullmatch(r"word/charts/chart\d+\.xml", name)
        }
        types = opened.read("[Content_Types].xml").decode()
    assert len(charts) == len(drawn) > 0
    for number, course in enumerate(charts, 1):
        name = f"word/charts/chart{number}.xml"
        assert f"/{name}" in types
        first = drawn[name].find(f".//{CHART}ser/{CHART}val")
        points = {int(point.get("idx")): float(point[0].text) for point in first.iter(f"{CHART}pt")}
        assert points == {at: value for at, value in enumerate(course.lines[0].values) if value is not None}
        assert drawn[name].find(f".//{CHART}dispBlanksAs").get("val") == "gap"


def test_every_chart_has_words_for_who_cannot_see_it(see: See) -> None:
    said, content = made(see)
    charts = [
        chart for one in said.sections for part in one.parts if isinstance(part, Courses) for chart in part.charts
    ]
    found = [one.get("descr") for one in docx.Document(io.BytesIO(content)).element.iter(qn("wp:docPr"))]
    assert found == [f"{course.title}: {course.told}" for course in charts]


def test_every_page_says_who_made_it_and_that_it_is_made_up(see: See) -> None:
    _, content = made(see)
    head = docx.Document(io.BytesIO(content)).sections[0].header
    words = "\n".join(one.text for one in head.paragraphs)
    assert "月报：统计与线索均待核实，不得作为停发、追缴依据" in words
    assert "由 张示例 2025-01-03 09:30 生成" in words
    assert "合成数据" in words
    assert "MingchaWatermark" in etree.tostring(head._element).decode()
