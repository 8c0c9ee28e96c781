"""Tests of working days: make-up days, holidays, and the edge of what is published."""

import time
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import holidays
import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendar import Calendar
from casework.errors import PolicyError

DAYS_2015_2026 = [date(2015, 1, 1) + timedelta(days=n) for n in range((date(2026, 12, 31) - date(2015, 1, 1)).days + 1)]
KNOWN = st.dates(date(2004, 1, 1), date(2026, 12, 31))


@cache
def published() -> Calendar:
    return Calendar.load(None)


def overridden(folder: Path, text: str) -> Calendar:
    path = folder / "calendar.csv"
    path.write_text(text, encoding="utf-8")
    return Calendar.load(path)


def frame_of(pairs: list[tuple[str | None, str | None]]) -> nw.LazyFrame:
    """Rows with the stored day columns of two contract columns `start` and `end`."""
    days = pl.DataFrame(pairs, schema=["start", "end"], orient="row").with_columns(
        pl.all().cast(pl.String).str.to_date()
    )
    days = days.with_row_index("row")
    return nw.from_native(days.with_columns(pl.col("start", "end").cast(pl.Int32).name.suffix("_day")).lazy())


def counted(pairs: list[tuple[str | None, str | None]], calendar: Calendar) -> list[int | None]:
    native = calendar.working_days(frame_of(pairs), "start", "end", into="days").to_native()
    assert isinstance(native, pl.LazyFrame)
    return native.sort("row").collect().get_column("days").to_list()


def test_equals_chinesecalendar_on_every_day_from_2015_to_2026() -> None:
    calendar = published()
    assert [day for day in DAYS_2015_2026 if calendar.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_equals_the_independent_holidays_package_but_for_the_revised_may_day_of_2019() -> None:
    # In March 2019 国务院办公厅 lengthened that May Day to four days with two make-up Sundays; holidays 0.86 has the
    # first notice only.
    revised = {date(2019, 4, 28): True, date(2019, 5, 2): False, date(2019, 5, 3): False, date(2019, 5, 5): True}
    calendar = published()
    china = holidays.country_holidays("CN", years=range(2015, 2027))
    differing = {day for day in DAYS_2015_2026 if calendar.is_workday(day) != china.is_working_day(day)}
    assert differing <= set(revised)
    assert {day: calendar.is_workday(day) for day in revised} == revised


def test_covers_the_published_years_and_no_more() -> None:
    calendar = published()
    assert (calendar.first, calendar.through) == (date(2004, 1, 1), date(2026, 12, 31))
    assert calendar.frame.schema == {"day": pl.Int32, "ordinal": pl.Int32, "is_workday": pl.Boolean}
    assert calendar.frame.height == 8401
    assert calendar.frame.row(0) == (12418, 0, False)  # New Year 2004


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2024, 2, 4), True),  # a make-up Sunday before the Spring Festival
        (date(2024, 2, 18), True),  # and one after it
        (date(2024, 2, 12), False),  # a Monday inside it
        (date(2024, 3, 2), False),  # an ordinary Saturday
        (date(2024, 3, 4), True),  # an ordinary Monday
        (date(2024, 5, 11), True),  # a make-up Saturday
    ],
)
def test_knows_make_up_days_and_holidays(day: date, working: bool) -> None:
    assert published().is_workday(day) is working


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2024, 3, 4), date(2024, 3, 4), 0),  # the day of acceptance itself is not counted
        (date(2024, 3, 4), date(2024, 3, 5), 1),  # the last day is
        (date(2024, 3, 1), date(2024, 3, 4), 1),  # over a weekend
        (date(2024, 3, 1), date(2024, 3, 3), 0),
        (date(2024, 9, 30), date(2024, 10, 18), 10),  # ten working days over a holiday fortnight, Saturday 12th worked
        (date(2024, 3, 5), date(2024, 3, 4), -1),
        (date(2026, 12, 30), date(2026, 12, 31), 1),  # the last published day
    ],
)
def test_counts_working_days_after_the_first_up_to_and_including_the_last(start: date, end: date, days: int) -> None:
    assert published().between(start, end) == days
    assert counted([(str(start), str(end))], published()) == [days]


def test_is_undecidable_beyond_the_published_calendar() -> None:
    pairs = [("2026-12-31", "2027-01-04"), ("2003-12-31", "2004-01-05"), (None, "2024-03-04"), ("2024-03-04", None)]
    assert counted(pairs, published()) == [None, None, None, None]
    assert published().between(date(2026, 12, 31), date(2027, 1, 4)) is None
    assert published().is_workday(date(2027, 1, 4)) is None


def test_adds_one_column_and_keeps_the_frame_as_it_was() -> None:
    frame = frame_of([("2024-03-01", "2024-03-04"), (None, None), ("2024-03-01", "2024-03-04")])
    result = published().working_days(frame, "start", "end", into="days")
    assert result.collect_schema().names() == ["row", "start", "end", "start_day", "end_day", "days"]
    assert result.collect_schema()["days"] == nw.Int64
    assert len(result.collect()) == 3


def test_counts_two_intervals_of_one_frame() -> None:
    frame = published().working_days(frame_of([("2024-03-01", "2024-03-04")]), "start", "end", into="days")
    both = published().working_days(frame, "end", "end", into="more").select("days", "more").collect("polars")
    assert both.rows() == [(1, 0)]


@given(KNOWN, KNOWN, KNOWN)
def test_two_adjoining_intervals_add_up(a: date, b: date, c: date) -> None:
    calendar = published()
    assert (calendar.between(a, b) or 0) + (calendar.between(b, c) or 0) == calendar.between(a, c)


@given(KNOWN, KNOWN, KNOWN)
def test_a_later_end_never_counts_fewer_days(a: date, b: date, c: date) -> None:
    near, far = published().between(a, min(b, c)), published().between(a, max(b, c))
    assert near is not None
    assert far is not None
    assert near <= far


@given(KNOWN, st.integers(1, 60))
def test_the_due_day_is_the_first_on_which_the_limit_is_reached(start: date, limit: int) -> None:
    calendar = published()
    due = calendar.due(start, limit)
    if due is not None:
        assert calendar.between(start, due) == limit
        assert calendar.between(start, due - timedelta(days=1)) == limit - 1
        assert calendar.is_workday(due)


def test_the_due_day_is_unknown_where_it_leaves_the_calendar() -> None:
    assert published().due(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert published().due(date(2026, 12, 30), 2) is None
    assert published().due(date(2027, 1, 1), 1) is None


def test_a_million_intervals_take_well_under_a_second() -> None:
    days = pl.DataFrame({"a_day": pl.arange(18000, 20000, eager=True)}).join(
        pl.DataFrame({"b_day": pl.arange(18500, 19000, eager=True)}), how="cross"
    )
    frame = nw.from_native(days.cast(pl.Int32).lazy())
    begun = time.perf_counter()
    native = published().working_days(frame, "a", "b", into="days").to_native()
    assert isinstance(native, pl.LazyFrame)
    assert native.collect().height == 1_000_000
    assert time.perf_counter() - begun < 1.0


def test_a_local_csv_changes_single_days(tmp_path: Path) -> None:
    calendar = overridden(tmp_path, "date,is_workday,note\n2024-04-11,否,民族节日\n2024-04-13,1,补班\n\n")
    assert calendar.is_workday(date(2024, 4, 11)) is False
    assert calendar.is_workday(date(2024, 4, 13)) is True
    assert calendar.is_workday(date(2024, 4, 12)) is True
    assert calendar.between(date(2024, 4, 10), date(2024, 4, 12)) == 1
    assert calendar.digest != published().digest


def test_a_missing_csv_changes_nothing(tmp_path: Path) -> None:
    assert Calendar.load(tmp_path / "none.csv").digest == published().digest


def test_local_days_extend_the_calendar_only_without_a_gap(tmp_path: Path) -> None:
    calendar = overridden(tmp_path, "date,is_workday\n2027-01-01,false\n2027-01-02,false\n2027-01-03,true\n")
    assert calendar.through == date(2027, 1, 3)
    assert calendar.between(date(2026, 12, 31), date(2027, 1, 3)) == 1
    assert calendar.between(date(2026, 12, 31), date(2027, 1, 4)) is None
    with pytest.raises(PolicyError, match="2027-01-02"):
        overridden(tmp_path, "date,is_workday,note\n2027-01-01,false,\n2027-01-03,true,\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("日期,工作日\n2024-01-01,否\n", 1),
        ("", 1),
        ("date,is_workday,note\n2024-02-30,false,\n", 2),
        ("date,is_workday,note\n2024-02-01,maybe,\n", 2),
        ("date,is_workday,note\n2024-02-01\n", 2),
        ("date,is_workday,note\n2024-02-01,true,\n2024-02-01,false,\n", 3),
    ],
)
def test_a_faulty_csv_names_file_line_and_remedy(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(PolicyError) as error:
        overridden(tmp_path, text)
    assert f"calendar.csv 第 {line} 行" in error.value.say("zh")
    assert f"calendar.csv, line {line}" in error.value.say("en")


def test_a_csv_in_another_encoding_says_save_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_bytes("date,is_workday,note\n2024-04-11,否,节日\n".encode("gb18030"))
    with pytest.raises(PolicyError, match="UTF-8"):
        Calendar.load(path)
