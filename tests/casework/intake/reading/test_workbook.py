"""Does a workbook come through cell by cell, each with the type it really has?"""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from casework.intake import preflight
from casework.intake.fault import RefusalError
from casework.intake.limits import Limits
from casework.intake.readers.cells import Mark, encoded
from casework.intake.reading import Reading, read
from tests.faults import zips

Sheet = xlsxwriter.worksheet.Worksheet
Book = xlsxwriter.Workbook
HEADER = ["户编号", "区划代码", "家庭住址"]


def book(folder: Path, fill: Callable[[Book], None], name: str = "household.xlsx", **options: object) -> Path:
    with xlsxwriter.Workbook(folder / name, options) as made:
        fill(made)
    return folder / name


def one(folder: Path, fill: Callable[[Sheet], None], **options: object) -> Path:
    """A workbook of one sheet 家庭."""
    return book(folder, lambda made: fill(made.add_worksheet("家庭")), **options)


def rows(reading: Reading, place: int = 0) -> list[tuple[object, ...]]:
    assert not reading.refused, reading.faults
    return pl.read_parquet(reading.sheets[place].cells).drop("bad", "raw").rows()


def told(reading: Reading) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.row) for fault in reading.faults]


@pytest.mark.parametrize(
    ("value", "staged"),
    [
        ("007", "007"),
        (" 示例 ", " 示例 "),
        (5, "\x01n5"),
        (-5.25, "\x01n-5.25"),
        (0.1 + 0.2, "\x01n0.3"),  # as the program shows it
        (1680.3000000000002, "\x01n1680.3"),
        (990101199001010014, "\x01n990101199001010000"),  # an id typed as a number: digits are gone, and it shows
        (1e-7, "\x01n0.0000001"),
        (123456789012345, "\x01n123456789012345"),
        (True, "\x01b1"),
        (False, "\x01b0"),
    ],
)
def test_a_cell_keeps_its_type(tmp_path: Path, value: object, staged: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.write_row(0, 0, HEADER[:2])
        sheet.write_row(1, 0, ["H1", value])

    assert rows(read(one(tmp_path, fill), tmp_path / "staging")) == [(2, "H1", staged)]


def test_text_cannot_pass_for_a_typed_cell() -> None:
    assert encoded("\x01n5") == "\x02n5"
    assert encoded(Mark("\x01f")) == "\x01f"


@pytest.mark.parametrize(("system", "serial"), [(False, 45351), (True, 43889)])
def test_dates_are_dates_in_both_systems(tmp_path: Path, system: bool, serial: int) -> None:
    def fill(made: Book) -> None:
        sheet = made.add_worksheet("家庭")
        day, moment = made.add_format({"num_format": "yyyy-mm-dd"}), made.add_format({"num_format": "yyyy/m/d h:mm:ss"})
        sheet.write_row(0, 0, HEADER)
        sheet.write_number(1, 0, serial, day)
        sheet.write_number(1, 1, serial + 0.545243055556, moment)
        sheet.write_number(1, 2, serial)  # no format says it is a date

    path = book(tmp_path, fill, date_1904=system)
    assert rows(read(path, tmp_path / "staging")) == [
        (2, "\x01d2024-02-29", "\x01d2024-02-29T13:05:09", f"\x01n{serial}"),
    ]


def test_errors_and_formulas_without_a_value_are_never_blank(tmp_path: Path) -> None:
    table = zips.row(1, *HEADER) + zips.row(
        2,
        '<c r="A2" t="e"><v>#REF!</v></c>',
        '<c r="B2"><f>1+1</f></c>',
        '<c r="C2" t="str"><f>IF(1,"","")</f><v></v></c>',  # calculated, and empty
    )
    path = zips.workbook(tmp_path / "household.xlsx", table)
    reading = read(path, tmp_path / "staging")
    assert rows(reading) == [(2, "\x01e#REF!", "\x01f", None)]
    assert told(reading) == [("W_FORMULA", 2)]


def test_a_formula_beyond_the_last_value_is_not_lost(tmp_path: Path) -> None:
    table = zips.row(1, *HEADER[:2]) + zips.row(4, '<c r="A4"><f>1</f></c>', '<c r="D4"><f>1</f><v/></c>')
    reading = read(zips.workbook(tmp_path / "household.xlsx", table), tmp_path / "staging")
    assert rows(reading) == [(4, "\x01f", None, None, "\x01f")]
    assert (reading.sheets[0].read, reading.sheets[0].blank) == (3, 2)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_cells_that_do_not_say_where_they_stand_are_counted(tmp_path: Path, prefix: str) -> None:
    cells = [f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in (*HEADER, "H1", "990101001001")]
    table = f'<row>{"".join(cells[:3])}</row><row>{"".join(cells[3:])}<c t="e"><v>#N/A</v></c></row>'
    plain = zips.parts(table)
    if prefix:
        sheet = plain[-1].data.decode().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
        plain[-1] = zips.Part(plain[-1].name, sheet.replace("xmlns=", "xmlns:x=").encode())
    path = tmp_path / "household.xlsx"
    path.write_bytes(zips.archive(plain))
    assert rows(read(path, tmp_path / "staging")) == [(2, "H1", "990101001001", "\x01e#N/A")]


def test_merged_cells_say_so_but_their_first(tmp_path: Path) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.merge_range(0, 0, 0, 2, "示例县家庭花名册")
        sheet.write_row(1, 0, HEADER)
        sheet.merge_range(2, 1, 3, 1, "990101001001")
        sheet.write_column(2, 0, ["H1", "H2"])

    reading = read(one(tmp_path, fill), tmp_path / "staging")
    assert rows(reading) == [(3, "H1", "990101001001", None), (4, "H2", "\x01m", None)]
    assert told(reading) == [("W_HEADER_OFFSET", 2)]


def test_a_table_may_begin_anywhere_and_end_with_a_total(tmp_path: Path) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.write_row(4, 2, HEADER)
        sheet.write_row(5, 2, ["H1", "990101001001", "a"])
        sheet.write_row(7, 3, ["合计", 1])
        sheet.write_row(8, 2, ["填表人：示例甲"])

    reading = read(one(tmp_path, fill), tmp_path / "staging")
    sheet = reading.sheets[0]
    assert rows(reading) == [(6, "H1", "990101001001", "a")]
    assert (sheet.header_row, sheet.read, sheet.blank, sheet.ignored) == (5, 4, 1, 2)
    assert told(reading) == [("W_TOTAL_ROW", 8), ("W_FOOTER_ROW", 9)]


def test_a_workbook_gives_a_table_a_sheet(tmp_path: Path) -> None:
    def fill(made: Book) -> None:
        made.add_worksheet("说明").write(0, 0, "先读这里")
        made.add_worksheet("家庭").write_row(0, 0, HEADER)
        made.add_worksheet("kin").write_row(0, 0, ["公民身份号码", "关系"])

    reading = read(book(tmp_path, fill, "示例县.xlsx"), tmp_path / "staging")
    assert [(sheet.file, sheet.sheet, sheet.name, sheet.read) for sheet in reading.sheets] == [
        ("示例县.xlsx", "家庭", "家庭", 0),
        ("示例县.xlsx", "kin", "kin", 0),
    ]
    assert [(fault.code, fault.found) for fault in reading.faults] == [("W_UNKNOWN_FILE", "说明")]


def test_two_sheets_of_one_table_are_refused(tmp_path: Path) -> None:
    def fill(made: Book) -> None:
        for name in ("家庭", "household"):
            made.add_worksheet(name).write_row(0, 0, HEADER)

    reading = read(book(tmp_path, fill, "book.xlsx"), tmp_path / "staging")
    assert reading.refused
    assert [(fault.code, fault.sheet) for fault in reading.faults] == [
        ("E_DUP_TABLE", "household"),
        ("E_DUP_TABLE", "家庭"),
    ]


def test_the_only_sheet_stands_for_the_file_whatever_it_is_called(tmp_path: Path) -> None:
    def fill(made: Book) -> None:
        made.add_worksheet("Sheet1").write_row(0, 0, HEADER)
        made.add_worksheet("Sheet2")

    book(tmp_path, fill)
    (sheet,) = read(tmp_path, tmp_path / "staging").sheets
    assert (sheet.sheet, sheet.name) == ("Sheet1", "household")


def test_a_refused_sheet_does_not_hide_the_faults_of_the_next(tmp_path: Path) -> None:
    def fill(made: Book) -> None:
        made.add_worksheet("家庭").write_row(0, 0, ["户编号", "户编号"])
        made.add_worksheet("kin").write_row(0, 0, ["甲", "乙"])

    reading = read(book(tmp_path, fill, "book.xlsx"), tmp_path / "staging")
    assert [(fault.code, fault.sheet) for fault in reading.faults] == [("E_DUP_COLUMN", "家庭"), ("E_HEADER", "kin")]


@pytest.mark.parametrize(("cells", "is_refused"), [(9, False), (8, True)])
def test_a_sheet_may_span_so_many_cells(tmp_path: Path, cells: int, is_refused: bool) -> None:
    path = zips.workbook(tmp_path / "household.xlsx", zips.row(1, *HEADER) + zips.row(3, "H1", "", "a"))
    reading = read(path, tmp_path / "staging", limits=Limits(grid_cells=cells))
    assert reading.refused == is_refused
    assert [fault.code for fault in reading.faults] == (["E_DIMENSIONS"] if is_refused else [])


def test_unpacking_stops_at_the_bound(tmp_path: Path) -> None:
    packed = zips.Part("xl/a.xml", zips.repeated(2 * zips.MEBIBYTE, head=b"<a>", tail=b"</a>"), deflated=True)
    size = 2 * zips.MEBIBYTE + 7
    path = zips.workbook(
        tmp_path / "household.xlsx",
        zips.row(1, *HEADER),
        more=[zips.Part("xl/a.xml", packed.data, size=size, crc=1, deflated=True)],
    )
    with pytest.raises(RefusalError) as caught:
        preflight.workbook(path, Limits(inflated_bytes=zips.MEBIBYTE))
    assert caught.value.code == "E_BOMB"
