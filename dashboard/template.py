"""Which workbook can an office fill in and import as it is?

A sheet per table under its Chinese name: headers as an office writes them (required ones marked *), drop-downs for
every closed list, one synthetic row to overwrite, everything but amounts and counts kept as text so that no spreadsheet
rounds a number or turns a date around; and a sheet of notes.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import xlsxwriter

from casework.errors import CaseworkError
from casework.policy import Policy
from casework.tables import TABLES, Column, Table
from casework.text import Text

NAME: Final = "mingcha.xlsx"
EXAMPLE_PERSONS: Final = {"ID": "990101196005120019", "ID2": "990101198602030029"}  # province 99 does not exist
KINDS: Final = {
    "id_no": Text("公民身份号码,18 位或 15 位", "citizen number, 18 or 15 characters"),
    "number": Text("业务编号", "business number"),
    "region": Text("12 位区划代码", "division code of 12 digits"),
    "enum": Text("选项", "one of the list"),
    "programme": Text("救助类型", "a programme"),
    "date": Text("日期,如 2024-03-05", "date, such as 2024-03-05"),
    "month": Text("月份,如 2024-03", "month, such as 2024-03"),
    "moment": Text(
        "时间,如 2024-03-05 09:30;只知日期可只写日期", "moment, such as 2024-03-05 09:30; a bare date will do"
    ),
    "money": Text("金额,元,至多两位小数", "yuan, at most two decimals"),
    "quantity": Text("数值,至多两位小数", "number, at most two decimals"),
    "integer": Text("整数", "whole number"),
    "boolean": Text("是 / 否", "yes or no"),
    "text": Text("文字", "words"),
    "codes": Text("代码,以 ; 分隔", "codes separated by ;"),
}
_NUMERIC: Final = frozenset({"money", "quantity", "integer"})
_YES_NO: Final = ("是", "否")
_ROWS: Final = 1_048_575  # the last row of a sheet, counted from 0
_WIDTH: Final = 18
_NOTES: Final = "说明"
_NOTE_HEADERS: Final = ("表", "列", "必填", "内容", "选项", "Table", "Column", "Content")
_INTRODUCTION: Final = (
    "每张表的第二行为虚构示例,请覆盖或删除;不用的表可整张删除,不用的列可留空。",
    "带 * 的列必填。文件准备好后运行:mingcha import 本文件 工作区 --dry-run",
    "Row 2 of each sheet is an invented example: overwrite or delete it. Delete sheets that are not used.",
    "Columns marked * are required. Then run: mingcha import THIS-FILE WORKSPACE --dry-run",
)


def write(folder: Path) -> Path:
    """Write the workbook into `folder`, making it where it is missing; never over another one."""
    if folder.exists() and not folder.is_dir():
        raise CaseworkError(
            Text(f"{folder} 是文件,不是文件夹;请另指定一个", f"{folder} is a file, not a folder; name another")
        )
    path = folder / NAME
    if path.exists():
        raise CaseworkError(Text(f"{path} 已存在,未改动", f"{path} is already there; left as it is"))
    folder.mkdir(parents=True, exist_ok=True)
    programmes = [str(entry.fields["zh"]) for entry in Policy.shipped().rule("programme").entries]
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2024, 1, 1, tzinfo=UTC)})  # the same bytes every time
        formats = {
            "text": book.add_format({"num_format": "@"}),
            "money": book.add_format({"num_format": "0.00"}),
            "head": book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "num_format": "@"}),
        }
        for table in TABLES.values():
            _sheet(book.add_worksheet(table.label.zh), table, programmes, formats)
        _notes(book.add_worksheet(_NOTES), programmes, formats)
    return path


def content() -> bytes:
    """The same workbook as bytes, for a reader without a shell."""
    with TemporaryDirectory() as folder:
        return write(Path(folder)).read_bytes()


def choices(column: Column, programmes: Sequence[str]) -> list[str]:
    """The words a cell of this column may hold; none where it is open."""
    match column.kind:
        case "enum":
            return [option.label.zh for option in column.options]
        case "programme":
            return list(programmes)
        case "boolean":
            return list(_YES_NO)
        case _:
            return []


def _sheet(sheet: Any, table: Table, programmes: Sequence[str], formats: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        form = formats["money"] if column.kind == "money" else formats["text"]
        sheet.set_column(place, place, _WIDTH, None if column.kind in {"integer", "quantity"} else form)
        sheet.write_string(0, place, column.label.zh + ("" if column.optional else "*"), formats["head"])
        severity = "information" if column.kind == "programme" else "stop"  # programmes are an open list
        if listed := choices(column, programmes):
            sheet.data_validation(
                1, place, _ROWS, place, {"validate": "list", "source": listed, "error_type": severity}
            )
        example = EXAMPLE_PERSONS.get(column.example, column.example)
        if not example:
            continue
        if column.kind in _NUMERIC:
            sheet.write_number(1, place, float(example), form if column.kind == "money" else None)
        else:
            sheet.write_string(1, place, example, formats["text"])


def _notes(sheet: Any, programmes: Sequence[str], formats: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    sheet.set_column(0, len(_NOTE_HEADERS) - 1, _WIDTH)
    for row, line in enumerate(_INTRODUCTION):
        sheet.write_string(row, 0, line)
    top = len(_INTRODUCTION) + 1
    sheet.write_row(top, 0, _NOTE_HEADERS, formats["head"])
    for row, cells in enumerate(_described(programmes), top + 1):
        sheet.write_row(row, 0, cells)


def _described(programmes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for table in TABLES.values():
        for column in table.columns:
            kind = KINDS[column.kind]
            yield (
                table.label.zh,
                column.label.zh,
                "" if column.optional else "*",
                kind.zh,
                "、".join(choices(column, programmes)),
                table.name,
                column.name,
                kind.en,
            )


__all__ = ["EXAMPLE_PERSONS", "KINDS", "NAME", "choices", "write"]
