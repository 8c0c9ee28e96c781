"""Is the workbook what an office can fill in?"""

from pathlib import Path

import openpyxl
import pytest

from casework.errors import CaseworkError
from casework.tables import TABLES
from dashboard.template import write


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(write(tmp_path_factory.mktemp("template")))


def test_there_is_a_sheet_for_every_table_and_one_of_notes(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [*(table.label.zh for table in TABLES.values()), "说明"]


def test_headers_are_chinese_and_required_ones_are_marked(book: openpyxl.Workbook) -> None:
    headers = [cell.value for cell in book["保障记录"][1]]
    assert headers[:6] == ["保障编号*", "申请编号", "救助类型*", "户编号*", "起始月份*", "截止月份"]
    assert book["保障记录"].freeze_panes == "A2"


def test_closed_lists_have_drop_downs_that_refuse_other_words(book: openpyxl.Workbook) -> None:
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book["人员"].data_validations.dataValidation}
    assert rules["C2"].formula1 == '"男,女"'
    assert rules["C2"].errorStyle in {None, "stop"}


def test_programmes_are_an_open_list_and_booleans_yes_or_no(book: openpyxl.Workbook) -> None:
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book["救助申请"].data_validations.dataValidation}
    assert rules["B2"].formula1.startswith('"最低生活保障,特困供养,')
    assert rules["B2"].errorStyle == "information"
    assert rules["H2"].formula1 == '"是,否"'


def test_citizen_numbers_and_codes_are_text_that_no_spreadsheet_rounds(book: openpyxl.Workbook) -> None:
    cell = book["人员"]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("990101196005120019", "s", "@")
    assert book["人员"].column_dimensions["A"].width > 0
    assert book["发放"]["D2"].value == 560.0


def test_the_notes_name_every_column(book: openpyxl.Workbook) -> None:
    said = {(row[5], row[6]) for row in book["说明"].iter_rows(min_row=7, values_only=True)}
    assert said == {(table.name, column.name) for table in TABLES.values() for column in table.columns}


def test_the_same_bytes_come_out_every_time(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a"), write(tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_a_filled_in_workbook_is_never_overwritten(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(b"filled in")
    with pytest.raises(CaseworkError, match="already there"):
        write(tmp_path)
    assert path.read_bytes() == b"filled in"


def test_a_file_is_no_folder_to_write_into(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"mine")
    with pytest.raises(CaseworkError, match="is a file, not a folder"):
        write(path)
    assert path.read_bytes() == b"mine"
