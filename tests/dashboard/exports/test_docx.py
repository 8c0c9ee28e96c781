"""Is the hand-over sheet a document of the office: its letters, its marks, whole, and nobody named?"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import polars as pl
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from casework.text import Language
from dashboard.exports.beside import Beside, Decided, Statement
from dashboard.exports.file import made
from dashboard.exports.steward import taken
from dashboard.session import Reading
from tests.dashboard.exports.readers import one_of_each, reading

FIELDS = re.compile(r"instrText[^>]*> (\w+) <")
NUMBER = "990101195505051019"  # the man of story E1 in the county
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def text(content: bytes) -> str:
    """Every word of a document: text, tables, head and foot."""
    return "\n".join(_words(docx.Document(io.BytesIO(content))))


def _words(document: Document) -> Iterator[str]:
    for section in document.sections:
        for place in (section.header, section.footer):
            yield from (one.text for one in place.paragraphs)
    yield from (one.text for one in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield " | ".join(cell.text for cell in row.cells)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return "".join(opened.read(one).decode() for one in opened.namelist() if re.fullmatch(name, one))


def of(reader: Reading, scheme: str) -> str:
    return str(reader.leads.filter(pl.col("scheme") == scheme)["lead_id"][0])


@pytest.fixture(scope="module")
def sheets(everything: Path) -> dict[Language, bytes]:
    """A sheet of every scheme, in one file a language."""
    return {
        language: made(reading(everything, language=language), one_of_each(reading(everything)), "docx")
        for language in ("zh", "en")
    }


def test_chinese_letters_are_named_in_every_style_and_no_theme_decides(sheets: dict[Language, bytes]) -> None:
    document = docx.Document(io.BytesIO(sheets["zh"]))
    letters = {
        style.name: style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in document.styles
        if style.name.startswith("Mingcha")
    }
    assert letters["Mingcha Title"] == "宋体"
    assert letters["Mingcha Heading"] == "黑体"
    assert letters["Mingcha Text"] == letters["Mingcha Cell"] == "仿宋"
    defaults = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rFonts')}")
    assert defaults.get(qn("w:eastAsia")) == "仿宋"
    assert not [name for name in defaults.attrib if "Theme" in name]
    assert {one.style.name for one in document.paragraphs} <= set(letters)
    table = part(sheets["zh"], "word/fontTable.xml")
    assert "FangSong" in table
    assert "Noto Serif CJK SC" in table


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_carries_name_time_notice_banner_and_its_number(
    sheets: dict[Language, bytes], language: Language
) -> None:
    head, foot = part(sheets[language], r"word/header\d+.xml"), part(sheets[language], r"word/footer\d+.xml")
    assert re.search(r'string="张示例 \d{4}-\d\d-\d\d \d\d:\d\d"', head)
    assert FIELDS.findall(foot) == ["PAGE", "NUMPAGES"]
    (section,) = docx.Document(io.BytesIO(sheets[language])).sections
    said = "\n".join(one.text for one in section.header.paragraphs)
    notice = {"zh": "线索，待核实；不得作为停发、追缴依据", "en": "no ground for stopping or reclaiming"}[language]
    assert notice in said
    assert {"zh": "合成数据", "en": "Synthetic data"}[language] in said
    assert "张示例" in said
    assert {"zh": "第 1 页  共 1 页", "en": "Page 1 of 1"}[language] in section.footer.paragraphs[0].text


def test_nobody_is_named_and_no_number_told(sheets: dict[Language, bytes], everything: Path) -> None:
    snapshot = everything / "snapshots" / (everything / "current").read_text().strip()
    persons = pl.read_parquet(snapshot / "person.parquet")["name"].drop_nulls().unique()
    numbers = pl.read_parquet(snapshot / "identity.parquet")["id_no"].drop_nulls().unique()
    for content in sheets.values():
        whole = "\n".join(re.findall(r">([^<>]+)<", part(content, r"(word|docProps)/.*\.xml")))
        assert not [name for name in persons if name in whole]
        assert not [number for number in numbers if number in whole]
        assert not re.search(r"\b-?\d{17,20}\b", whole)  # nor a person_id


def test_a_sheet_begins_a_page_of_its_own(sheets: dict[Language, bytes]) -> None:
    document = docx.Document(io.BytesIO(sheets["zh"]))
    titles = [one for one in document.paragraphs if one.style.name == "Mingcha Title"]
    assert len(titles) > 20
    assert [bool(one.paragraph_format.page_break_before) for one in titles] == [False] + [True] * (len(titles) - 1)


def test_a_late_decision_reads_from_sentence_to_signature(county_workspace: Path) -> None:
    reader = reading(county_workspace)
    said = text(made(reader, [of(reader, "late_decision")], "docx"))
    for words in (
        "线索移交单",
        "〔      〕第      号",
        "一、怎么算的（算账）",
        "个工作日",
        "三、证据",
        "application.csv 第",
        "受理日期：",
        "起施行）",
        "出处：",
        "数据已核对，可以排除：",
        "查什么能定",
        "尚未听取当事人陈述",
        "承办人",
        "接收单位（盖章）",
        "内容摘要",
    ):
        assert words in said, words
    assert not [name for name in ("content_digest", "snapshot", "rule_version") if name in said]
    assert {"违规", "骗保"} & set(re.findall("违规|骗保", said)) == set()


def test_a_lead_of_means_brings_the_statement_line_by_line(everything: Path) -> None:
    reader = reading(everything)
    said = text(made(reader, [of(reader, "over_income")], "docx"))
    assert "算账单" in said
    assert "家庭年收入" in said
    assert "达到或高于收入线" in said


def test_the_path_of_kin_stands_in_the_sheet(everything: Path) -> None:
    reader = reading(everything)
    assert "干部称之为" in text(made(reader, [of(reader, "kin_unfiled")], "docx"))


def test_decisions_and_the_statement_are_printed_as_they_were_written(county_workspace: Path) -> None:
    reader = reading(county_workspace)
    one = of(reader, "late_decision")
    at = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    decided = Decided("李示例", at, "已核实", "数据错误", "原文,照录:(半角)", "归档", 120_050, date(2026, 1, 6))
    stated = Statement("我没有\u202e收到,通知;", date(2026, 1, 4), "李示例")
    beside = Beside({one: [decided]}, {one: [stated]}, {one: "已办结"})
    said = text(made(reader, [one], "docx", beside=beside))
    assert "2026-01-05 09:30 | 李示例 | 已核实、数据错误 | 原文,照录:(半角) | 归档 | 1,200.50；2026-01-06" in said
    assert "2026-01-04 | 我没有收到,通知; | 李示例" in said
    assert "办理状态 | 已办结" in said
    assert "尚未听取" not in said


def test_the_steward_may_reveal_and_that_is_told(county_workspace: Path) -> None:
    reader = reading(county_workspace, "steward")
    workspace = reader.desk.workspace
    person = pl.read_parquet(workspace.snapshot / "identity.parquet").filter(pl.col("id_no") == NUMBER)["person_id"]
    mine = workspace.leads().filter(pl.col("subject") == str(person.item()))["lead_id"].to_list()
    hidden = text(taken(workspace, mine, "docx", who="管理员", language="zh", reveal=False))
    shown = text(taken(workspace, mine, "docx", who="管理员", language="zh", reveal=True))
    assert mine
    assert NUMBER not in hidden
    assert NUMBER in shown
    assert [one.what for one in workspace.journal.entries()[-2:]] == ["export", "reveal"]


def test_a_hostile_name_of_a_reader_cannot_break_a_page(county_workspace: Path) -> None:
    reader = reading(county_workspace, name='"><w:p>&甲\u202e\0' + "长" * 300)
    content = made(reader, one_of_each(reader)[:1], "docx")
    assert '"><w:p>&甲' in text(content)
    assert made(reader, one_of_each(reader)[:1], "xlsx")


def test_english_sheets_hold_no_chinese_of_ours(sheets: dict[Language, bytes]) -> None:
    labels = [
        cell.text
        for table in docx.Document(io.BytesIO(sheets["en"])).tables
        for cell in table.rows[0].cells
        if cell.paragraphs[0].style.name == "Mingcha Label"
    ]
    assert labels
    assert not [label for label in labels if CHINESE.search(label)]
