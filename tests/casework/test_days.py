"""Tests of why a day counts."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.calendar import Calendar, Override, read_overrides
from casework.days import Kind, day, days

PUBLISHED = Calendar.load()


@pytest.mark.parametrize(
    ("on", "kind", "name"),
    [
        (date(2024, 2, 2), "workday", None),
        (date(2024, 2, 3), "weekend", None),
        (date(2024, 2, 4), "make_up", "春节"),
        (date(2024, 2, 12), "holiday", "春节"),
        (date(2024, 2, 18), "make_up", "春节"),
        (date(2027, 1, 1), "unknown", None),
        (date(2003, 12, 31), "unknown", None),
    ],
)
def test_a_day_says_what_it_is(on: date, kind: Kind, name: str | None) -> None:
    said = day(PUBLISHED, {}, on)
    assert (said.kind, said.name.zh if said.name else None) == (kind, name)
    assert said.works == PUBLISHED.is_workday(on)


def test_the_county_has_the_last_word(tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text(
        "date,is_workday,note\n2024-03-05,否,县庆,放假\n2024-03-09,是,补班\n2024-03-06,是,照常\n2027-01-01,否,元旦\n",
        "utf-8",
    )
    local = read_overrides(path)
    assert local[date(2024, 3, 5)] == Override(works=False, note="县庆,放假")
    calendar = Calendar.load(path)
    assert [
        (said.kind, said.works, said.note)
        for said in (day(calendar, local, on) for on in sorted(local))
    ] == [
        ("local_off", False, "县庆,放假"),
        ("workday", True, "照常"),
        ("local_work", True, "补班"),
        ("local_off", False, "元旦"),
    ]  # fmt: skip
    assert read_overrides(tmp_path / "none.csv") == {}


def test_the_days_that_count_are_as_many_as_the_calendar_says() -> None:
    first, last = date(2020, 1, 1), date(2026, 12, 31)
    counted = sum(bool(one.works) for one in days(PUBLISHED, {}, first + timedelta(days=1), last))
    assert counted == PUBLISHED.between(first, last)
