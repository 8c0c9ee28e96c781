"""Is the list typed, marked, harmless and explained?"""

import io
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook as Book

from casework.errors import WrongUsageError
from casework.text import Language
from dashboard.exports import xlsx
from dashboard.exports.beside import Beside
from dashboard.exports.file import made
from dashboard.exports.xlsx import workbook_of
from dashboard.session import Reading
from tests.dashboard.exports.readers import reading

HOSTILE = '=HYPERLINK("http://示例")'
TITLES = ["线索编号", "线索", "性质", "严重程度", "把握(0–1)", "看见了什么", "对象", "户编号", "金额(元)"]


def opened(content: bytes) -> Book:
    return openpyxl.load_workbook(io.BytesIO(content))


def listed(reader: Reading, beside: Beside | None = None) -> Book:
    return opened(made(reader, reader.leads["lead_id"].to_list(), "xlsx", beside=beside or Beside()))


def test_numbers_and_days_are_typed_and_nothing_is_a_formula(county_workspace: Path) -> None:
    reader = reading(county_workspace)
    sheet = listed(reader)["线索清单"]
    head = [cell.value for cell in sheet[1]]
    assert head[:9] == TITLES
    place = {title: at for at, title in enumerate(head)}
    for row, lead in zip(sheet.iter_rows(min_row=2), reader.leads.iter_rows(named=True), strict=True):
        assert row[place["线索编号"]].value == lead["lead_id"]
        assert row[place["把握(0–1)"]].value == pytest.approx(lead["confidence"])
        amount, since = row[place["金额(元)"]].value, row[place["起"]].value
        assert amount == (None if lead["amount_fen"] is None else pytest.approx(lead["amount_fen"] / 100))
        assert since == (None if lead["since"] is None else datetime.combine(lead["since"], datetime.min.time()))
        assert row[place["区划代码"]].data_type == "s"
        assert row[place["内容摘要"]].value == lead["content_digest"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "d"}


def test_the_head_stays_in_sight_and_filters(county_workspace: Path) -> None:
    book = listed(reading(county_workspace))
    sheet = book["线索清单"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:P{sheet.max_row}"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["F"].width > 40
    assert max(sheet.row_dimensions[line].height for line in range(2, sheet.max_row + 1)) > 25  # a sentence wraps


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_printed_page_carries_name_time_and_notice(county_workspace: Path, language: Language) -> None:
    reader = reading(county_workspace, name="张&示例", language=language)
    for sheet in listed(reader):
        assert "张&&示例 20" in sheet.oddFooter.left.text
        assert "&[Page]" in sheet.oddFooter.right.text or "&P" in sheet.oddFooter.right.text
        assert {"zh": "合成数据", "en": "Synthetic data"}[language] in sheet.oddHeader.left.text
        assert {"zh": "待核实", "en": "to be verified"}[language] in sheet.oddHeader.left.text


def test_the_notes_say_who_when_what_and_what_it_is_not(county_workspace: Path) -> None:
    reader = reading(county_workspace)
    beside = Beside(narrowed=[("类别", "错保(疑似)")], standing={reader.leads["lead_id"][0]: "已办结"})
    book = listed(reader, beside)
    notes = {label.value: value.value for label, value in book["说明"].iter_rows(max_col=2)}
    assert "张示例" in notes["导出"]
    assert notes["类别"] == "错保(疑似)"
    assert notes["线索条数"] == reader.leads.height
    assert notes["规则版本"] == reader.desk.policy.digest
    assert notes["快照"] == reader.desk.opened.digest
    assert notes["数据截至"] == datetime.combine(reader.desk.as_of, datetime.min.time())
    assert notes["工作日历至"] is not None
    assert "遮盖" in notes["遮盖"]
    assert "不是概率" in notes["排序分值"]
    assert book["线索清单"]["M2"].value == "已办结"
    assert book["线索清单"]["M3"].value == "未处置"


def test_persons_and_accounts_are_masked(everything: Path) -> None:
    reader = reading(everything)
    identity = pl.read_parquet(reader.desk.workspace.snapshot / "identity.parquet")["id_no"].drop_nulls().to_list()
    accounts = reader.leads.filter(pl.col("subject_kind") == "account")["subject"].to_list()
    words = "\n".join(str(cell.value) for row in listed(reader)["线索清单"].iter_rows() for cell in row)
    assert accounts
    assert not [number for number in [*identity, *accounts] if number in words]


@pytest.fixture(scope="module")
def reader(prepared: Path) -> Reading:
    return reading(prepared)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(subject=st.one_of(st.text(max_size=20), st.sampled_from([HOSTILE, "\u202e=1", "＋1", "\t=1", "@甲", "-1"])))
def test_no_imported_word_ever_runs(reader: Reading, subject: str) -> None:
    leads = reader.leads.filter(pl.col("subject_kind") == "award").head(1)
    hostile = leads.with_columns(pl.lit(subject).alias("subject"), pl.lit(subject).alias("household_no"))
    at = datetime(2026, 1, 1, tzinfo=None)  # noqa: DTZ001 - no clock in question
    sheet = opened(workbook_of(reader, hostile, Beside(), at, reveal=False))["线索清单"]
    for cell in sheet[2]:
        assert cell.data_type in {"s", "n", "d"}
        assert not str(cell.value).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize(("room", "refused"), [(0, False), (-1, True)])
def test_a_list_longer_than_a_sheet_is_refused_and_not_cut(
    county_workspace: Path, monkeypatch: pytest.MonkeyPatch, room: int, refused: bool
) -> None:
    reader = reading(county_workspace)
    monkeypatch.setattr(xlsx, "MOST", reader.leads.height + room)
    with pytest.raises(WrongUsageError, match="缩小范围") if refused else nullcontext():
        assert listed(reader)["线索清单"].max_row == reader.leads.height + 1
