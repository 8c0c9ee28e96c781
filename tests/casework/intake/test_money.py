"""Tests of reading money into whole fen, and other numbers."""

import pytest

from casework.intake.values.money import read_money
from casework.intake.values.numbers import read_integer, read_quantity


@pytest.mark.parametrize(
    ("cell", "unit", "fen"),
    [
        ("560", "", 560_00),
        ("560.5", "", 560_50),
        ("560.00", "", 560_00),
        ("0", "", 0),
        ("560元", "", 560_00),
        ("￥560.00", "", 560_00),
        ("¥ 560", "", 560_00),
        ("人民币560元整", "", 560_00),
        ("５６０．５", "", 560_50),
        ("1,234.50", "", 1234_50),
        ("1，234，567", "", 1234567_00),
        ("1.2万元", "", 12000_00),
        ("1.2万", "", 12000_00),
        ("1.234567万元", "", 12345_67),
        ("3百元", "", 300_00),
        ("2千元", "", 2000_00),
        ("0.5亿元", "", 50_000_000_00),
        ("5角", "", 50),
        ("5分", "", 5),
        ("壹仟贰佰元整", "", 1200_00),
        ("伍佰陆拾元", "", 560_00),
        ("拾元整", "", 10_00),
        ("贰万伍仟零陆拾元叁角伍分", "", 25060_35),
        ("壹亿元", "", 100_000_000_00),
        ("叁角伍分", "", 35),
        ("\x01n560", "", 560_00),
        ("\x01n560.1", "", 560_10),
        ("\x01n560.10000000000002", "", 560_10),  # what a binary fraction leaves
        ("\x01n1.2E+3", "", 1200_00),
        ("1.2", "万元", 12000_00),
        ("12000分", "", 120_00),
        ("560元/月", "", 560_00),
    ],
)
def test_an_amount_is_read_in_every_certain_spelling(cell: str, unit: str, fen: int) -> None:
    assert read_money(cell, unit=unit) == (fen, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("约800", "E_AMOUNT_FORMAT"),
        ("800左右", "E_AMOUNT_FORMAT"),
        ("500-600", "E_AMOUNT_FORMAT"),
        ("500~600", "E_AMOUNT_FORMAT"),
        ("(560.00)", "E_AMOUNT_FORMAT"),
        ("（560.00）", "E_AMOUNT_FORMAT"),
        ("1e3", "E_AMOUNT_FORMAT"),
        (".5", "E_AMOUNT_FORMAT"),
        ("无", "E_AMOUNT_FORMAT"),
        ("壹仟贰", "E_AMOUNT_FORMAT"),
        ("\x01d2024-01-01", "E_AMOUNT_FORMAT"),
        ("12,34", "E_AMOUNT_GROUPING"),
        ("1234,567", "E_AMOUNT_GROUPING"),
        ("1.234,56", "E_AMOUNT_GROUPING"),
        ("560.005", "E_AMOUNT_PRECISION"),
        ("560.000", "E_AMOUNT_PRECISION"),  # might be thousands, might be three decimals
        ("1.2345678万元", "E_AMOUNT_PRECISION"),
        ("0.5分", "E_AMOUNT_PRECISION"),
        ("\x01n33.333333", "E_AMOUNT_PRECISION"),
        ("-560", "E_AMOUNT_NEGATIVE"),
        ("￥-560", "E_AMOUNT_NEGATIVE"),
        ("\x01n-1", "E_AMOUNT_NEGATIVE"),
        ("10000000000.01", "E_AMOUNT_RANGE"),
        ("6720元/年", "E_AMOUNT_PERIOD"),
        ("每年6720元", "E_AMOUNT_PERIOD"),
        ("\x01e#DIV/0!", "E_CELL_ERROR"),
        ("\x01f", "E_NO_CACHED_VALUE"),
    ],
)
def test_what_is_no_certain_amount_is_not_read(cell: str, code: str) -> None:
    assert read_money(cell) == (None, (code,))


def test_the_greatest_amount_is_still_read() -> None:
    assert read_money("10000000000") == (10**12, ())


def test_a_reversal_is_read_where_it_may_be() -> None:
    assert read_money("-560", negative=True) == (-560_00, ())
    assert read_money("-0.01", negative=True) == (-1, ())


@pytest.mark.parametrize(
    ("cell", "unit", "period", "code"),
    [
        ("560元/月", "", "月", None),
        ("560", "元/月", "月", None),
        ("6720元/年", "", "月", "E_AMOUNT_PERIOD"),
        ("6720", "元/年", "月", "E_AMOUNT_PERIOD"),
        ("6720元/年", "", "年", None),
        ("560元/月", "", "年", "E_AMOUNT_PERIOD"),
        ("560元/月", "", "once", "E_AMOUNT_PERIOD"),
    ],
)
def test_a_period_must_be_the_columns_own(cell: str, unit: str, period: str, code: str | None) -> None:
    assert read_money(cell, unit=unit, period=period).codes == ((code,) if code else ())


def test_a_cells_own_unit_wins_over_the_headers() -> None:
    assert read_money("560元", unit="万元") == (560_00, ("W_UNIT",))
    assert read_money("1.2万元", unit="万元") == (12000_00, ())


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("1", 1, None),
        ("4", 4, None),
        ("二级", 2, None),
        ("3级", 3, None),
        ("\x01n2", 2, None),
        ("2.0", 2, None),
        ("0", None, "E_RANGE"),
        ("5", None, "E_RANGE"),
        ("-1", None, "E_RANGE"),
        ("1.5", None, "E_NUMBER"),
        ("二", None, "E_NUMBER"),
        ("\x01b1", None, "E_NUMBER"),
    ],
)
def test_a_whole_number_lies_between_its_bounds(cell: str, value: int | None, code: str | None) -> None:
    assert read_integer(cell, low=1, high=4) == (value, (code,) if code else ())


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("88.5", 8850, None),
        ("88.5平方米", 8850, None),
        ("88.5㎡", 8850, None),
        ("30000", 3_000_000, None),
        ("3万元", 3_000_000, None),
        ("5200元/年", 520_000, None),
        ("很大", None, "E_NUMBER"),
        ("-1", None, "E_RANGE"),
        ("1.234", None, "E_AMOUNT_PRECISION"),
    ],
)
def test_a_quantity_is_kept_in_hundredths(cell: str, value: int | None, code: str | None) -> None:
    assert read_quantity(cell) == (value, (code,) if code else ())


@pytest.mark.parametrize("cell", ["--5", "-－5", "-¥-5", "٣", "5.٣"])
def test_a_doubled_sign_or_a_foreign_digit_is_no_amount(cell: str) -> None:
    assert read_money(cell, negative=True) == (None, ("E_AMOUNT_FORMAT",))


def test_a_foreign_digit_is_no_whole_number() -> None:
    assert read_integer("٣", low=1, high=4) == (None, ("E_NUMBER",))
    assert read_integer("３", low=1, high=4) == (3, ())
