"""Which workbooks must an import survive?"""

from pathlib import Path

import xlsxwriter

from tests.faults import zips
from tests.faults.case import GOOD, HEADER, put, refused, told

HEAD_ROW = zips.row(1, "户编号", "区划代码", "家庭住址")
DATA_ROW = zips.row(2, "H1", "990101001001", "示例路1号")


@refused("E_LEGACY_XLS")
def an_old_workbook(folder: Path) -> Path:
    return put(folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "household.xls")


@refused("E_LEGACY_XLS")
def an_old_workbook_under_a_new_name(folder: Path) -> Path:
    return put(folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "household.xlsx")


@refused("E_ENCRYPTED")
def a_workbook_with_a_password(folder: Path) -> Path:
    word = "EncryptedPackage".encode("utf-16-le")
    return put(folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000) + word + bytes(600), "household.xlsx")


@refused("E_ENCRYPTED")
def a_zip_with_a_password(folder: Path) -> Path:
    zips.workbook(folder / "household.xlsx", HEAD_ROW, more=[zips.Part("xl/a.xml", b"<a/>", flags=1)])
    return folder


@refused("E_MACRO")
def a_workbook_with_macros(folder: Path) -> Path:
    zips.workbook(folder / "household.xlsx", HEAD_ROW, more=[zips.Part("xl/vbaProject.bin", b"x")])
    return folder


@refused("E_MACRO")
def a_macro_workbook_by_name(folder: Path) -> Path:
    return put(folder, b"PK\x03\x04", "household.xlsm")


@refused("E_BOMB")
def a_cell_of_a_gigabyte_and_a_half(folder: Path) -> Path:
    size = 1_500 * zips.MEBIBYTE
    bomb = zips.Part("xl/media/a.xml", zips.repeated(size), size=size, crc=0, deflated=True)
    zips.workbook(folder / "household.xlsx", HEAD_ROW, more=[bomb])
    return folder


@refused("E_BOMB")
def a_header_that_lies_about_the_size(folder: Path) -> Path:
    bomb = zips.Part("xl/a.xml", zips.repeated(1_500 * zips.MEBIBYTE), size=1_000, crc=0, deflated=True)
    zips.workbook(folder / "household.xlsx", HEAD_ROW, more=[bomb])
    return folder


@refused("E_BOMB")
def more_parts_than_any_workbook(folder: Path) -> Path:
    zips.workbook(folder / "household.xlsx", HEAD_ROW, more=[zips.Part(f"xl/{n}.xml", b"") for n in range(2_001)])
    return folder


@refused("E_TOO_LARGE")
def a_workbook_of_half_a_gigabyte(folder: Path) -> Path:
    with (put(folder, b"PK\x03\x04", "household.xlsx") / "household.xlsx").open("ab") as file:
        file.truncate(512 * zips.MEBIBYTE)
    return folder


@refused("E_DIMENSIONS")
def two_cells_at_the_ends_of_a_sheet(folder: Path) -> Path:
    far = zips.row(1_048_576, '<c r="XFD1048576"><v>1</v></c>')
    zips.workbook(folder / "household.xlsx", zips.row(1, "户编号") + far)
    return folder


@refused("E_XML_DTD")
def a_bomb_of_entities(folder: Path) -> Path:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    dtd = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]>'
    zips.workbook(folder / "household.xlsx", zips.row(1, "户编号", "&l8;"), dtd=dtd)
    return folder


@refused("E_XML_DTD")
def an_entity_that_reads_a_file(folder: Path) -> Path:
    dtd = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    zips.workbook(folder / "household.xlsx", zips.row(1, "户编号", "&x;"), dtd=dtd)
    return folder


@refused("E_CORRUPT_ZIP")
def a_workbook_cut_off(folder: Path) -> Path:
    path = zips.workbook(folder / "household.xlsx", HEAD_ROW + DATA_ROW)
    path.write_bytes(path.read_bytes()[:-300])
    return folder


@refused("E_CORRUPT_ZIP")
def a_part_with_another_checksum(folder: Path) -> Path:
    zips.workbook(folder / "household.xlsx", HEAD_ROW, more=[zips.Part("xl/a.xml", b"<a/>", crc=1)])
    return folder


@refused("E_CORRUPT_ZIP")
def two_parts_of_one_name(folder: Path) -> Path:
    zips.workbook(folder / "household.xlsx", HEAD_ROW, more=[zips.Part("xl/workbook.xml", b"<a/>")])
    return folder


@refused("E_CORRUPT_ZIP")
def xml_that_does_not_close(folder: Path) -> Path:
    zips.workbook(folder / "household.xlsx", HEAD_ROW + DATA_ROW + "<row></c>")
    return folder


@refused("E_SHEET_AMBIGUOUS")
def two_sheets_either_of_which_may_be_meant(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "household.xlsx") as book:
        for name in ("一月", "二月"):
            book.add_worksheet(name).write_row(0, 0, HEADER.split(","))
    return folder


@told("W_HIDDEN_SHEET", "ignored")
def a_hidden_sheet(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "book.xlsx") as book:
        write(book.add_worksheet("家庭"))
        hidden = book.add_worksheet("人员")
        hidden.write_row(0, 0, ["公民身份号码", "姓名"])
        hidden.hide()
    return folder / "book.xlsx"


def write(sheet: xlsxwriter.worksheet.Worksheet, first: int = 0) -> None:
    """The good table, from this row on."""
    for place, line in enumerate(GOOD.splitlines()):
        sheet.write_row(first + place, 0, line.split(","))


@told("W_HIDDEN_ROWS")
def hidden_rows(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "household.xlsx") as book:
        sheet = book.add_worksheet("家庭")
        write(sheet)
        sheet.set_row(2, None, None, {"hidden": True})
    return folder


@told("W_FORMULA")
def a_formula_with_its_value(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "household.xlsx") as book:
        sheet = book.add_worksheet("家庭")
        write(sheet)
        sheet.write_formula(2, 2, '="示例路"&2', None, "示例路2")
    return folder


@told("W_EXTERNAL_LINK")
def a_link_to_another_workbook(folder: Path) -> Path:
    zips.workbook(
        folder / "household.xlsx", HEAD_ROW + DATA_ROW, more=[zips.Part("xl/externalLinks/externalLink1.xml", b"<a/>")]
    )
    return folder


@told("E_CELL_ERROR", "rejected", reader=False)
def an_error_in_a_cell(folder: Path) -> Path:
    bad = zips.row(3, "H2", '<c r="B3" t="e"><v>#REF!</v></c>', "示例路2号")
    zips.workbook(folder / "household.xlsx", HEAD_ROW + DATA_ROW + bad)
    return folder


@told("E_NO_CACHED_VALUE", "rejected", reader=False)
def a_formula_never_calculated(folder: Path) -> Path:
    bad = zips.row(3, "H2", "990101001001", '<c r="C3"><f>A3&amp;"号"</f></c>')
    zips.workbook(folder / "household.xlsx", HEAD_ROW + DATA_ROW + bad)
    return folder


@told("E_MERGED_CELL", "rejected", reader=False)
def a_merged_cell(folder: Path) -> Path:
    rows = HEAD_ROW + DATA_ROW + zips.row(3, "H2", "", "示例路2号")
    after = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
    zips.workbook(folder / "household.xlsx", rows, after=after)
    return folder
