"""Tests of reading days, months and moments."""

from datetime import date

import pytest

from casework.intake.values.dates import read_date, read_moment, read_month

THIRD = date(2023, 1, 3)


@pytest.mark.parametrize(
    ("cell", "day", "codes"),
    [
        ("2023-01-03", THIRD, ()),
        ("2023-1-3", THIRD, ()),
        ("2023/1/3", THIRD, ()),
        ("2023.1.3", THIRD, ()),
        ("20230103", THIRD, ()),
        ("2023年1月3日", THIRD, ()),
        ("2023 年 1 月 3 日", THIRD, ()),
        ("２０２３－０１－０３", THIRD, ()),
        ("2023-01-03 00:00:00", THIRD, ()),
        ("2023-01-03 08:00", THIRD, ("W_PRECISION",)),
        ("2023-01-02T16:00:00Z", THIRD, ()),  # midnight in Shanghai
        ("民国112年3月15日", date(2023, 3, 15), ("W_ROC",)),
        ("民國元年1月1日", date(1912, 1, 1), ("W_ROC",)),
        ("\x01d2023-01-03", THIRD, ()),
        ("\x01n44929", THIRD, ("W_SERIAL",)),
        ("\x01n20230103", THIRD, ()),
        ("\x01n59", date(1900, 2, 28), ("W_SERIAL",)),  # before the day Excel invented
        ("\x01n61", date(1900, 3, 1), ("W_SERIAL",)),
        ("2000-02-29", date(2000, 2, 29), ()),
        ("1900-01-02", date(1900, 1, 2), ()),
    ],
)
def test_a_day_is_read_in_every_certain_spelling(cell: str, day: date, codes: tuple[str, ...]) -> None:
    assert read_date(cell) == (day, codes)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("23-1-3", "E_DATE_AMBIGUOUS"),
        ("230103", "E_DATE_AMBIGUOUS"),
        ("03/01/2023", "E_DATE_AMBIGUOUS"),
        ("13/01/2023", "E_DATE_AMBIGUOUS"),  # day first, though only one reading exists
        ("23年1月3日", "E_DATE_AMBIGUOUS"),
        ("44929", "E_DATE_FORMAT"),  # a serial outside a workbook
        ("Jan 3, 2023", "E_DATE_FORMAT"),
        ("٢٠٢٣-01-03", "E_DATE_FORMAT"),
        ("2023-01-03T10:00:00+14:01", "E_DATE_INVALID"),
        ("2023-01-03T10:00:00-15:00", "E_DATE_INVALID"),
        ("2023-01-03T10:00:00+08:60", "E_DATE_INVALID"),
        ("2023-01/03", "E_DATE_FORMAT"),
        ("\x01b1", "E_DATE_FORMAT"),
        ("2023-02-29", "E_DATE_INVALID"),
        ("2023-13-01", "E_DATE_INVALID"),
        ("2023-01-03 25:00:00", "E_DATE_INVALID"),
        ("\x01n60", "E_DATE_INVALID"),  # 1900-02-29
        ("农历正月初三", "E_DATE_LUNAR"),
        ("二〇二三年腊月廿三", "E_DATE_LUNAR"),
        ("1900-01-01", "E_DATE_PLACEHOLDER"),
        ("\x01n1", "E_DATE_PLACEHOLDER"),
        ("0000-00-00", "E_DATE_PLACEHOLDER"),
        ("无", "E_DATE_PLACEHOLDER"),
        ("2023-01", "E_DATE_PRECISION"),
        ("2023年1月", "E_DATE_PRECISION"),
        ("2023", "E_DATE_PRECISION"),
        ("\x01n2023", "E_DATE_PRECISION"),
        ("9999-12-31", "E_DATE_RANGE"),
        ("1849-12-31", "E_DATE_RANGE"),
        ("\x01e#VALUE!", "E_CELL_ERROR"),
    ],
)
def test_what_is_no_certain_day_is_not_read(cell: str, code: str) -> None:
    assert read_date(cell) == (None, (code,))


FAR = ("9999-12-31", "2099-12-31", "99991231", "2099年12月31日", "\x01d9999-12-31", "\x01n20991231")


@pytest.mark.parametrize("cell", [*FAR, "2099-12", "2099年12月", "9999/12"])
def test_a_far_end_means_no_end_in_an_end_column_only(cell: str) -> None:
    assert read_date(cell, open_end=True) == (None, ("W_OPEN_END",))
    assert read_date(cell) != (None, ("W_OPEN_END",))


@pytest.mark.parametrize(
    ("cell", "month", "codes"),
    [
        ("2025-03", date(2025, 3, 1), ()),
        ("2025/3", date(2025, 3, 1), ()),
        ("202503", date(2025, 3, 1), ()),
        ("\x01n202503", date(2025, 3, 1), ()),
        ("2025年3月", date(2025, 3, 1), ()),
        ("2025年3月份", date(2025, 3, 1), ()),
        ("民国112年3月", date(2023, 3, 1), ("W_ROC",)),
        ("2025-03-15", date(2025, 3, 1), ("W_PRECISION",)),
        ("\x01d2025-03-01", date(2025, 3, 1), ("W_PRECISION",)),
        ("2025-13", None, ("E_DATE_INVALID",)),
        ("25-03", None, ("E_DATE_AMBIGUOUS",)),
        ("3/2025", None, ("E_DATE_AMBIGUOUS",)),
        ("\x01n2024.03", date(2024, 3, 1), ()),
        ("\x01n2024.11", date(2024, 11, 1), ()),
        ("\x01n2024.1", None, ("E_DATE_AMBIGUOUS",)),  # 2024.10 as a workbook keeps it
        ("2024.10", date(2024, 10, 1), ()),
        ("٢٠٢٤-03", None, ("E_DATE_FORMAT",)),
        ("2025", None, ("E_DATE_PRECISION",)),
        ("1900-01", None, ("E_DATE_PLACEHOLDER",)),
    ],
)
def test_a_month_is_its_first_day(cell: str, month: date | None, codes: tuple[str, ...]) -> None:
    assert read_month(cell) == (month, codes)


@pytest.mark.parametrize("cell", ["2099-12", "9999-12", "209912", "2099-12-31"])
def test_a_far_month_means_no_end_in_an_end_column(cell: str) -> None:
    assert read_month(cell, open_end=True) == (None, ("W_OPEN_END",))


@pytest.mark.parametrize(
    ("cell", "at", "dated"),
    [
        ("2024-03-29", "2024-03-29T00:00:00", True),
        ("2024-03-29 00:00:00", "2024-03-29T00:00:00", False),  # a clock that says midnight
        ("\x01d2024-03-29 00:00:00", "2024-03-29T00:00:00", True),  # a workbook cannot say less
        ("2024-03-29 14:30", "2024-03-29T14:30:00", False),
        ("2024-03-29T14:30:05.123456", "2024-03-29T14:30:05.123456", False),
        ("2011-10-11 13:42:22.688000+02:00", "2011-10-11T19:42:22.688000", False),
        ("2024-03-29T23:00:00-0500", "2024-03-30T12:00:00", False),
        ("2024-03-29T10:00:00-14:00", "2024-03-30T08:00:00", False),
        ("2024-03-29T10:00:00Z", "2024-03-29T18:00:00", False),
        ("2024年3月29日14时30分", "2024-03-29T14:30:00", False),
        ("20240329143005", "2024-03-29T14:30:05", False),
        ("\x01n45380.5", "2024-03-29T12:00:00", False),
    ],
)
def test_a_moment_is_told_in_shanghai_and_a_bare_date_stays_a_day(cell: str, at: str, dated: bool) -> None:
    value = read_moment(cell).value
    assert value is not None
    assert (value.at.isoformat(), value.dated) == (at, dated)


def test_serials_of_a_1904_workbook_begin_four_years_later() -> None:
    assert read_date("\x01n43467", from_1904=True) == (THIRD, ("W_SERIAL",))
