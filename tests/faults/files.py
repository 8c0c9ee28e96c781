"""Which faulty and hostile files must an import survive, and with which word?

Each builder writes a source into a folder and returns it. `reader` says whether the reading half finds the fault; the
others pass it, marked, to the checks.
"""

import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl
import xlsxwriter

from tests.faults import zips

HEADER = "户编号,区划代码,家庭住址,联系电话"
FIRST = "H1,990101001001,示例路1号,"
SECOND = "H2,990101001001,示例路2号,"
GOOD = f"{HEADER}\n{FIRST}\n{SECOND}\n"
HEAD_ROW = zips.row(1, "户编号", "区划代码", "家庭住址")
DATA_ROW = zips.row(2, "H1", "990101001001", "示例路1号")


@dataclass(frozen=True)
class Hostile:
    """One faulty source and what must be said of it."""

    name: str
    code: str
    kind: Literal["refused", "rejected", "warned", "ignored"]
    build: Callable[[Path], Path]
    reader: bool = True

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"


HOSTILE: list[Hostile] = []
Builder = Callable[[Path], Path]


def refused(code: str) -> Callable[[Builder], Builder]:
    """The import is refused with this code."""
    return _case(code, "refused")


def told(
    code: str, kind: Literal["rejected", "warned", "ignored"] = "warned", *, reader: bool = True
) -> Callable[[Builder], Builder]:
    """The import says this code of a row or a file, and goes on."""
    return _case(code, kind, reader=reader)


def _case(
    code: str, kind: Literal["refused", "rejected", "warned", "ignored"], *, reader: bool = True
) -> Callable[[Builder], Builder]:
    def add(build: Builder) -> Builder:
        HOSTILE.append(Hostile(build.__name__.replace("_", " "), code, kind, build, reader))
        return build

    return add


def put(folder: Path, content: bytes | str, name: str = "household.csv") -> Path:
    """A source folder with this file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


# --- not a table at all ---


@refused("E_EMPTY")
def a_file_of_no_bytes(folder: Path) -> Path:
    return put(folder, b"")


@refused("E_EMPTY")
def nothing_but_a_byte_order_mark(folder: Path) -> Path:
    return put(folder, b"\xef\xbb\xbf\r\n\r\n")


@refused("E_EMPTY")
def a_folder_without_any_table(folder: Path) -> Path:
    return put(folder, GOOD, "notes.csv")


@refused("E_EMPTY")
def a_workbook_without_any_table(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "book.xlsx") as book:
        book.add_worksheet("随便").write(0, 0, "x")
    return folder / "book.xlsx"


@refused("E_PATH")
def a_source_that_is_not_there(folder: Path) -> Path:
    return folder / "nowhere"


@refused("E_PATH")
def a_link_with_a_tables_name(folder: Path) -> Path:
    put(folder, GOOD, "elsewhere.txt")
    (folder / "household.csv").symlink_to(folder / "elsewhere.txt")
    return folder


@refused("E_PATH")
def a_policy_folder_that_is_a_link(folder: Path) -> Path:
    (folder / "policy").symlink_to("/", target_is_directory=True)
    return put(folder, GOOD)


@refused("E_PATH")
def a_pipe_with_a_tables_name(folder: Path) -> Path:
    os.mkfifo(folder / "person.csv")
    return put(folder, GOOD)


@refused("E_PATH")
def a_workbook_whose_part_climbs_out(folder: Path) -> Path:
    zips.workbook(folder / "household.xlsx", HEAD_ROW, more=[zips.Part("../../outside.xml", b"<a/>")])
    return folder


@refused("E_TYPE")
def a_table_as_json(folder: Path) -> Path:
    return put(folder, "[]", "household.json")


@refused("E_TYPE")
def a_folder_with_a_tables_name(folder: Path) -> Path:
    (folder / "person.csv").mkdir()
    return put(folder, GOOD)


@refused("E_TYPE")
def a_zip_that_says_it_is_csv(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "household.csv", "w") as archive:
        archive.writestr("household.csv", GOOD)
    return folder


@refused("E_TYPE")
def text_that_says_it_is_a_workbook(folder: Path) -> Path:
    return put(folder, GOOD, "household.xlsx")


@refused("E_TYPE")
def a_zip_that_is_no_workbook(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "household.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    return folder


@refused("E_TYPE")
def zeros_amid_text(folder: Path) -> Path:
    return put(folder, GOOD.encode() + b"H3\0,990101001001,,\n")


@refused("E_TYPE")
def utf_16_without_a_mark(folder: Path) -> Path:
    return put(folder, GOOD.encode("utf-16-le"))


@refused("E_TYPE")
def parquet_of_another_writer(folder: Path) -> Path:
    pl.DataFrame({"户编号": ["H1"]}).write_parquet(folder / "household.parquet")
    return folder


@refused("E_TYPE")
def parquet_of_numbers(folder: Path) -> Path:
    pl.DataFrame({"household_no": [1]}).write_parquet(folder / "household.parquet", metadata={"mingcha": "household"})
    return folder


@refused("E_META")
def meta_that_is_no_toml(folder: Path) -> Path:
    put(folder, "as_of = = 1", "meta.toml")
    return put(folder, GOOD)


@refused("E_META")
def meta_with_a_day_that_is_none(folder: Path) -> Path:
    put(folder, 'as_of = "2024-02-30"', "meta.toml")
    return put(folder, GOOD)


@refused("E_META")
def meta_with_the_total_of_an_unknown_column(folder: Path) -> Path:
    put(folder, "[totals]\npayment.amuont = 5\n", "meta.toml")
    return put(folder, GOOD)


@refused("E_DUP_TABLE")
def one_table_in_two_files(folder: Path) -> Path:
    put(folder, GOOD, "家庭.csv")
    return put(folder, GOOD)


@told("W_UNKNOWN_FILE", "ignored")
def a_file_of_another_name(folder: Path) -> Path:
    put(folder, "hello", "readme.txt")
    return put(folder, GOOD)


# --- text ---


@refused("E_LINE_TOO_LONG")
def a_line_of_a_gigabyte(folder: Path) -> Path:
    with (put(folder, f"{HEADER}\n") / "household.csv").open("ab") as file:
        file.write(b"x" * (2 * zips.MEBIBYTE))
        file.truncate(1 << 30)  # the rest is a hole: a gigabyte to whoever reads it, nothing on the disk
    return folder


@refused("E_LINE_TOO_LONG")
def a_line_of_one_byte_too_many(folder: Path) -> Path:
    return put(folder, GOOD + "H3,990101001001,".ljust((64 << 10) + 1, "x") + "\n")


@refused("E_QUOTE")
def a_quote_that_never_closes(folder: Path) -> Path:
    return put(folder, f'{HEADER}\n{FIRST}\nH3,990101001001,"示例路,\n{SECOND}\n')


@refused("E_QUOTE")
def a_quoted_record_of_many_lines(folder: Path) -> Path:
    return put(folder, GOOD + 'H3,990101001001,"' + "示例路\n" * 30_000 + '",\n' + SECOND)


@told("E_QUOTE", "rejected")
def words_after_a_closing_quote(folder: Path) -> Path:
    return put(folder, GOOD + 'H3,990101001001,"示例路"3号,\n')


@told("E_FIELD_COUNT", "rejected")
def a_row_with_a_comma_too_many(folder: Path) -> Path:
    return put(folder, GOOD + "H3,990101001001,示例路,3号,\n")


@told("E_FIELD_COUNT", "rejected")
def a_row_cut_short(folder: Path) -> Path:
    return put(folder, GOOD + "H3,9901010\n")


@refused("E_ENCODING")
def utf_8_with_a_damaged_byte(folder: Path) -> Path:
    return put(folder, GOOD.encode() + "H3,990101001001,示例".encode()[:-1] + b"\n")


@refused("E_ENCODING")
def utf_16_with_half_a_character(folder: Path) -> Path:
    return put(folder, ("\ufeff" + GOOD).encode("utf-16-le") + b"\x00\xd8\n\x00")


@refused("E_ENCODING")
def utf_32(folder: Path) -> Path:
    return put(folder, GOOD.encode("utf-32"))


@refused("E_REPLACEMENT_CHAR")
def a_character_lost_in_an_earlier_conversion(folder: Path) -> Path:
    return put(folder, GOOD + "H3,990101001001,示例\ufffd,\n")


@refused("E_MOJIBAKE")
def utf_8_once_read_as_gbk(folder: Path) -> Path:
    return put(folder, GOOD.encode().decode("gbk", "ignore"))


@refused("E_MOJIBAKE")
def gbk_once_read_as_latin(folder: Path) -> Path:
    return put(folder, GOOD.encode("gbk").decode("latin-1"))


@refused("E_HEADER")
def no_header_at_all(folder: Path) -> Path:
    return put(folder, f"{FIRST}\n{SECOND}\n")


@refused("E_DUP_COLUMN")
def one_header_twice(folder: Path) -> Path:
    return put(folder, "户编号,家庭住址,家庭住址 *\nH1,a,b\n")


@refused("E_DIMENSIONS")
def more_columns_than_any_table(folder: Path) -> Path:
    return put(folder, HEADER + ",x" * 0 + "".join(f",x{place}" for place in range(1_000)) + "\n")


@told("W_ENCODING")
def gb18030(folder: Path) -> Path:
    return put(folder, GOOD.encode("gb18030"))


@told("W_ENCODING")
def utf_16_little_end_first(folder: Path) -> Path:
    return put(folder, ("\ufeff" + GOOD).encode("utf-16-le"))


@told("W_ENCODING")
def utf_16_big_end_first(folder: Path) -> Path:
    return put(folder, ("\ufeff" + GOOD).encode("utf-16-be"))


@told("W_DELIMITER")
def tabs(folder: Path) -> Path:
    return put(folder, GOOD.replace(",", "\t"))


@told("W_DELIMITER")
def semicolons(folder: Path) -> Path:
    return put(folder, GOOD.replace(",", ";"))


@told("W_HEADER_OFFSET")
def titles_above_the_header(folder: Path) -> Path:
    return put(folder, f"示例县家庭花名册,,,\n填报单位:示例县民政局\n{GOOD}")


@told("W_TOTAL_ROW", "ignored")
def a_total_below(folder: Path) -> Path:
    return put(folder, GOOD + "合  计,2户,,\n")


@told("W_FOOTER_ROW", "ignored")
def signatures_below(folder: Path) -> Path:
    return put(folder, GOOD + "\n填表人:示例甲,审核人:示例乙\n")


@told("W_TRAILING_EMPTY")
def empty_columns_at_the_end(folder: Path) -> Path:
    return put(folder, "".join(f"{line},,\n" for line in GOOD.splitlines()))


# --- workbooks ---


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
