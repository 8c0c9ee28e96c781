"""Tests of which header means which column."""

import pytest

from casework.intake.headers import column_of, known_headers, normalise, read_header, unit_of
from casework.tables import PAYMENT, PERSON, TABLES


@pytest.mark.parametrize(
    ("table", "header", "column", "unit"),
    [
        ("person", "id_no", "id_no", ""),
        ("person", "公民身份号码", "id_no", ""),
        ("person", "公民身份號碼", "id_no", ""),
        ("person", "身份证号", "id_no", ""),
        ("person", "* 公民身份\n号码 (必填)", "id_no", ""),
        ("person", "\ufeff姓名", "name", ""),
        ("person", "Born on", "born_on", ""),
        ("payment", "amount", "amount", ""),
        ("payment", "金额(万元)", "amount", "万元"),
        ("payment", "發放金額(萬元)", "amount", "万元"),
        ("payment", "发放金额[单位:元]", "amount", "元"),
        ("application", "月救助金额(元/年)", "monthly", "元/年"),
        ("application", "办结日期", "decided_at", ""),
        ("complaint", "办结日期", "closed_at", ""),  # the same words, another table
        ("person", "备用", None, ""),
    ],
)
def test_a_header_means_one_column_in_any_of_its_spellings(
    table: str, header: str, column: str | None, unit: str
) -> None:
    assert column_of(table, header) == (column, unit)


def test_every_label_and_alias_of_the_contract_is_known() -> None:
    for table in TABLES.values():
        for column in table.columns:
            for name in (column.name, column.label.zh, column.label.en):
                assert column_of(table.name, name)[0] == column.name
            for alias in column.aliases:
                assert normalise(alias) in known_headers(table.name)


def test_known_headers_of_no_table_are_those_of_all() -> None:
    assert normalise("发放月份") in known_headers(None)
    assert normalise("发放月份") not in known_headers("person")


def test_a_bracket_that_is_no_unit_stays_part_of_the_header() -> None:
    assert unit_of("县(区)") == ("县(区)", "")


def test_two_headers_for_one_column_and_a_lost_key_are_told() -> None:
    header = read_header(PAYMENT, ["金额", "发放金额", "发放月份", "不认识"])
    assert header.double == ("amount",)
    assert header.unknown == ("不认识",)
    assert header.missing == ("payment_no",)


def test_an_empty_header_cell_is_no_unknown_column() -> None:
    assert read_header(PERSON, ["身份证号", "", " "]).unknown == ()


def test_a_monthly_amount_is_what_its_table_means_by_it() -> None:
    assert column_of("payment", "月救助金额") == ("amount", "")
    assert column_of("application", "月救助金额") == ("monthly", "")
