"""Workbooks as an office would send them: one with faults, the same mended, and one with headers of its own."""

from pathlib import Path

import openpyxl

from tests.worlds import person_no

VILLAGE = "990101001001"
JIA = person_no("甲", "1980-01-01", "M")
YI = person_no("乙", "1985-02-03", "F")
HEADERS = ["受理单编号", "业务类别", "受理日期时间", "核定月补助金额(万元)", "审核结论"]


def households(path: Path, *, faulty: bool) -> Path:
    """Three sheets; with faults in the fourth row of the first, and rows 3, 4 and 5 of the last."""
    book = openpyxl.Workbook()
    household = book.active
    assert household is not None
    household.title = "家庭"
    for row in (
        ["示例县城乡低保家庭名册"],
        ["户编号", "区划代码", "家庭住址"],
        ["H1", VILLAGE, "示例村 1 号"],
        [None if faulty else "H2", VILLAGE, "示例村 2 号"],
    ):
        household.append(row)
    person = book.create_sheet("人员")
    for row in (
        ["公民身份号码", "姓名", "性别", "出生日期", "户籍性质", "区划代码"],
        [JIA, "示例甲", "男", "1980-01-01", "农村", VILLAGE],
        [f"{YI[:6]}********{YI[-4:]}" if faulty else YI, "示例乙", "女", "1985-02-03", "农村", VILLAGE],
    ):
        person.append(row)
    award = book.create_sheet("保障记录")
    for row in (
        ["保障编号", "救助类型", "户编号", "起始月份", "类别"],
        ["W1", "低保", "H1", "2024-04", "A"],
        ["W2", "低保", "H1", "2024-13" if faulty else "2024-05", "A"],
        ["W3", "低保", "H1", "2024-06", "甲类" if faulty else "B"],
        ["W4", "低保", "H9" if faulty else "H2", "2024-06", "C"],
    ):
        award.append(row)
    book.save(path)
    return path


def ledger(path: Path) -> Path:
    """A county's own ledger of applications, under a title, with headers, dates and words of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2024年台账"
    for row in (
        ["示范县社会救助受理台账"],
        HEADERS,
        ["S1", "城镇保障金", "04/03/2024", "0.056", "准予"],
        ["S2", "乡村保障金", "13/03/2024", "0.048", "不予"],
    ):
        sheet.append(row)
    book.save(path)
    return path
