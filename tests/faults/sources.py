"""Which sources are no tables at all, or hold files that are none?"""

import os
import zipfile
from pathlib import Path

import polars as pl
import xlsxwriter

from tests.faults import zips
from tests.faults.case import GOOD, put, refused, told


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
    zips.workbook(folder / "household.xlsx", zips.row(1, "户编号"), more=[zips.Part("../../outside.xml", b"<a/>")])
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
