"""Tests of typed workbook cells on the whole road."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from casework.intake.road import import_source
from casework.workspace import Workspace
from tests.casework.intake.sources import JIA, told

BETWEEN = 1462  # days between the two zeros


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_and_bare_serials_are_the_same_day_in_both_date_systems(tmp_path: Path, from_1904: bool) -> None:
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.title = "发放"
    sheet.append(["发放编号", "保障编号", "发放月份", "金额", "发放日期"])
    sheet.append([1, "W1", "2024-05", 560.1, date(2024, 5, 11)])
    sheet.append([2, "W1", "2024-05", 560, 45423 - (BETWEEN if from_1904 else 0)])
    book.save(tmp_path / "all.xlsx")
    workspace = Workspace(tmp_path / "workspace", create=True)
    outcome = import_source(tmp_path / "all.xlsx", workspace)
    paid = pl.read_parquet(workspace.snapshot / "payment.parquet")
    assert paid.sort("payment_no").select("payment_no", "amount_fen", pl.col("paid_on").cast(pl.String)).rows() == [
        ("1", 56010, "2024-05-11"),
        ("2", 56000, "2024-05-11"),
    ]
    assert ("all.xlsx", 3, "paid_on", "W_SERIAL") in told(outcome)


def test_numbers_and_formulas_that_lost_their_value_are_rejected(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "payment"
    sheet.append(["payment_no", "award_no", "month", "amount", "account_holder_id_no"])
    sheet.append(["P1", "W1", "2024-05", 560, int(JIA[:17] + "0")])
    sheet.append(["P2", "W1", "2024-05", "=1+1", None])
    book.save(tmp_path / "payment.xlsx")
    outcome = import_source(tmp_path / "payment.xlsx", Workspace(tmp_path / "workspace", create=True))
    assert {fault for fault in told(outcome) if fault[3].startswith("E_")} == {
        ("payment.xlsx", 2, "account_holder_id_no", "E_ID_NUMERIC"),
        ("payment.xlsx", 3, "amount", "E_NO_CACHED_VALUE"),
    }


def test_a_cell_covered_by_a_merged_one_is_rejected_in_an_optional_column_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "payment"
    sheet.append(["payment_no", "award_no", "month", "amount", "department"])
    sheet.append(["P1", "W1", "2024-05", 560, "民政局"])
    sheet.append(["P2", "W1", "2024-06", 560, None])
    sheet.merge_cells("E2:E3")
    book.save(tmp_path / "payment.xlsx")
    outcome = import_source(tmp_path / "payment.xlsx", Workspace(tmp_path / "workspace", create=True))
    assert ("payment.xlsx", 3, "department", "E_MERGED_CELL") in told(outcome)
    assert outcome.lines == ["payment: read 2, taken 1, rejected 1, ignored 0, blank 0"]


def test_a_fault_in_a_workbook_names_its_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "家庭成员"
    sheet.append(["户编号", "身份证号", "加入日期", "与户主关系", "共同生活"])
    sheet.append(["H1", JIA, "2020-01-01", "邻居", "是"])
    book.save(tmp_path / "member.xlsx")
    outcome = import_source(tmp_path / "member.xlsx", Workspace(tmp_path / "workspace", create=True))
    (fault,) = outcome.faults.filter(pl.col("code") == "E_ENUM").rows(named=True)
    assert (fault["file"], fault["row"]) == ("member.xlsx", 2)
    assert fault["message"].startswith("[家庭成员] ")


def test_a_fault_of_the_header_names_its_sheet_in_both_languages(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "家庭成员"
    sheet.append(["户编号", "身份证号", "与户主关系", "共同生活", "备用"])
    sheet.append(["H1", JIA, "户主", "是", "x"])
    book.save(tmp_path / "all.xlsx")
    outcome = import_source(tmp_path / "all.xlsx", Workspace(tmp_path / "workspace", create=True))
    for code in ("E_MISSING_COLUMN", "W_UNKNOWN_COLUMN"):
        (message,) = outcome.faults.filter(pl.col("code") == code)["message"]
        zh, en = message.split(" / ")
        assert zh.startswith("[家庭成员] ")
        assert en.startswith("[家庭成员] ")


def test_a_report_keeps_the_faulty_rows_as_they_lie_in_their_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "家庭"
    first.append(["某县城乡低保家庭"])
    first.append(["户编号", "区划代码", "备用"])
    first.append(["H1", "990101001001", "x"])
    first.append([None, "990101001001", "y"])
    second = book.create_sheet("保障记录")
    second.append(["保障编号", "救助类型", "户编号", "起始月份"])
    second.append(["W1", "低保", "H1", "2024-13"])
    book.save(tmp_path / "all.xlsx")
    report = tmp_path / "report"
    report.mkdir()
    workspace = Workspace(tmp_path / "workspace", create=True)
    import_source(tmp_path / "all.xlsx", workspace, dry_run=True, report=report)
    rows = pl.read_parquet(report / "cells.parquet").filter(pl.col("cell").is_not_null())
    assert rows.select("sheet", "row", "header", "column", "cell").rows() == [
        ("家庭", 4, "区划代码", "region_code", "990101001001"),
        ("保障记录", 2, "保障编号", "award_no", "W1"),
        ("保障记录", 2, "救助类型", "programme", "低保"),
        ("保障记录", 2, "户编号", "household_no", "H1"),
        ("保障记录", 2, "起始月份", "from_month", "2024-13"),
    ]
    told = pl.read_parquet(report / "faults.parquet").filter(pl.col("kind") == "rejected")
    assert told.select("sheet", "row", "code").rows() == [("保障记录", 2, "E_DATE_INVALID"), ("家庭", 4, "E_REQUIRED")]
    assert (report / "cells.parquet").stat().st_mode & 0o777 == 0o600
    assert (report / "rejects.csv").read_bytes() == (workspace.path / "rejects.csv").read_bytes()


def test_what_was_found_never_breaks_a_message_in_two(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "发放"
    sheet.append(["发放编号", "保障编号", "发放月份", "金额"])
    sheet.append(["P1", "W1", "2024-05", "560 / 人"])
    book.save(tmp_path / "all.xlsx")
    outcome = import_source(tmp_path / "all.xlsx", Workspace(tmp_path / "workspace", create=True))
    assert [message for message in outcome.faults["message"] if message.count(" / ") != 1] == []
