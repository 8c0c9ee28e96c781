"""Tests of reading text, business numbers, codes, regions and yes or no."""

import pytest

from casework.intake.programmes import programme_words
from casework.intake.values.booleans import read_boolean
from casework.intake.values.codes import read_codes, read_enum, read_programme, read_region, spellings
from casework.intake.values.text import read_number, read_text
from casework.policy import Policy
from casework.tables import APPLICATION, STEP, TABLES

PROGRAMMES = programme_words(Policy.shipped())


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("是", True),
        ("true", True),
        ("TRUE", True),
        ("1", True),
        ("１", True),
        ("\x01b1", True),
        ("\x01n1", True),
        ("否", False),
        ("False", False),
        ("0", False),
        ("\x01b0", False),
    ],
)
def test_yes_and_no_are_read(cell: str, value: bool) -> None:
    assert read_boolean(cell) == (value, ())


@pytest.mark.parametrize("cell", ["有", "√", "Y", "2", "\x01n2", "不是"])
def test_anything_else_is_neither_yes_nor_no(cell: str) -> None:
    assert read_boolean(cell) == (None, ("E_BOOLEAN",))


@pytest.mark.parametrize("cell", ["posting", "公示", " 公 示 ", "Public notice", "POSTING", "公\u200b示"])
def test_a_code_its_label_or_alias_is_the_code(cell: str) -> None:
    assert read_enum(cell, spellings(STEP["step"].options)) == ("posting", ())


def test_a_traditional_label_is_the_code() -> None:
    assert read_enum("審核確認", spellings(STEP["step"].options)) == ("confirm", ())


def test_an_unknown_word_of_a_closed_list_is_rejected() -> None:
    assert read_enum("公告", spellings(STEP["step"].options)) == (None, ("E_ENUM",))


def test_no_word_of_any_list_means_two_codes() -> None:
    for table in TABLES.values():
        for column in table.columns:
            names = spellings(column.options)
            for option in column.options:
                for word in (option.code, option.label.zh, option.label.en):
                    assert read_enum(word, names).value == option.code, (table.name, column.name, word)


@pytest.mark.parametrize(
    ("cell", "code", "told"),
    [
        ("dibao", "dibao", ()),
        ("最低生活保障", "dibao", ()),
        ("低保", "dibao", ()),
        ("permit", "permit", ("W_PROGRAMME",)),
        ("#REF!", None, ("E_CELL_ERROR",)),
    ],
)
def test_the_list_of_programmes_is_open(cell: str, code: str | None, told: tuple[str, ...]) -> None:
    assert read_programme(cell, PROGRAMMES) == (code, told)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("990101001001", "990101001001"),
        ("990101001", "990101001000"),
        ("990101", "990101000000"),
        ("9901", "990100000000"),
        ("99", "990000000000"),
        ("\x01n990101", "990101000000"),
        (" ９９０１０１ ", "990101000000"),
    ],
)
def test_a_shorter_region_code_is_padded(cell: str, code: str) -> None:
    assert read_region(cell) == (code, ())


@pytest.mark.parametrize("cell", ["9", "99010", "99010100100", "9901010010011", "示范村", "9.9E+11", "99-01", "\x01b1"])
def test_a_region_code_of_another_length_is_rejected(cell: str) -> None:
    assert read_region(cell) == (None, ("E_AREA_LENGTH",))


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("  示例甲　", "示例甲", ()),
        ("示\u200b例", "示\u200b例", ("W_INVISIBLE",)),  # the raw form is kept
        ("\ue000甲", "\ue000甲", ("W_PUA_CHAR",)),
        ("=1+1", "=1+1", ("W_FORMULA_TEXT",)),
        ("\x01n13800000000", "13800000000", ()),
        ("\x01b1", "是", ()),
        ("   ", None, ()),
        ("字" * 2000, "字" * 2000, ()),
        ("字" * 2001, None, ("E_TOO_LONG",)),
        ("甲\x00乙", None, ("E_CONTROL_CHAR",)),
        ("甲\t乙", None, ("E_CONTROL_CHAR",)),
        ("甲\n乙", None, ("E_CONTROL_CHAR",)),
        ("甲\ufffd", None, ("E_REPLACEMENT_CHAR",)),
        ("#NAME?", None, ("E_CELL_ERROR",)),
    ],
)
def test_text_is_kept_as_it_stands(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    assert read_text(cell) == (value, codes)


def test_line_breaks_stay_where_they_may_be() -> None:
    assert read_text("一行\n二行", multiline=True) == ("一行\n二行", ())
    multiline = {column.name for table in TABLES.values() for column in table.columns if column.multiline}
    assert multiline == {"address", "detail", "label", "refusal_reason"}
    assert APPLICATION["refusal_reason"].multiline


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("A-001", "A-001", ()),
        ("\x01n1001", "1001", ()),
        ("Ａ００１", "A001", ()),
        ("A\u200b001", "A001", ("W_INVISIBLE",)),  # one key with the clean spelling
        ("\x01n6210000000000000000", None, ("E_TYPE_MISMATCH",)),
        ("6.21E+18", None, ("E_TYPE_MISMATCH",)),
        ("6210000000000000000", "6210000000000000000", ()),
    ],
)
def test_a_business_number_has_one_spelling(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    assert read_number(cell) == (value, codes)


def test_codes_are_joined_by_one_separator() -> None:
    assert read_codes("身份证; 户口簿；收入证明、") == ("身份证;户口簿;收入证明", ())


@pytest.mark.parametrize("cell", ["备案", "结果备案"])
def test_a_filing_of_the_outcome_is_read_by_its_former_name_too(cell: str) -> None:
    assert read_enum(cell, spellings(STEP["step"].options)) == ("record_filing", ())
