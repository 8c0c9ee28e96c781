"""Which days are working days, and how many lie between two dates?

The published calendar (holiday notices of 国务院办公厅, as packaged by chinesecalendar) with its 调休 make-up days,
laid out as one row a day with a running number of working days, so that a count is one subtraction. Beyond the
published years nothing is known, and every answer that touches them is null, never a number.
"""

import csv
import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path

import chinese_calendar
import narwhals as nw
import polars as pl

from casework.engine import Frame, beside
from casework.errors import PolicyError
from casework.text import Text

_EPOCH = date(1970, 1, 1)
_HEADER = ["date", "is_workday", "note"]
_WORDS = {"true": True, "是": True, "1": True, "false": False, "否": False, "0": False}


@dataclass(frozen=True)
class Calendar:
    """Every known day from `first` to `through`, both included, without a gap."""

    first: date
    workdays: tuple[bool, ...] = field(repr=False)  # one for each day from `first` on

    @classmethod
    def load(cls, overrides: Path | None = None) -> "Calendar":
        """The published calendar, changed by a CSV `date,is_workday,note`; a missing file changes nothing.

        A day beyond the published years is taken only where it continues the calendar without a gap.

        Raises:
            PolicyError: the CSV cannot be read as days; names the line and what to write.
        """
        known = published()
        if overrides is not None:
            known = {**known, **{day: said.works for day, said in read_overrides(overrides).items()}}
        first, last = min(known), max(known)
        if overrides is not None:
            gap = next((day for day in _days(first, last) if day not in known), None)
            if gap is not None:
                raise PolicyError(
                    Text(
                        f"{overrides.name}:缺少 {gap};公布范围以外的日期须逐日连续列出,请补上这一天或删去其后的日期",
                        f"{overrides.name}: {gap} is missing; days beyond the published years must be listed one by"
                        " one without a gap: add that day or remove the days beyond it",
                    )
                )
        return cls(first, tuple(known[day] for day in _days(first, last)))

    @property
    def through(self) -> date:
        """The last known day."""
        return self.first + timedelta(days=len(self.workdays) - 1)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row a day: `day` (since 1970-01-01), `ordinal` (working days up to and including it), `is_workday`."""
        start = (self.first - _EPOCH).days
        return pl.DataFrame(
            {
                "day": range(start, start + len(self.workdays)),
                "ordinal": self._ordinals,
                "is_workday": self.workdays,
            },
            schema={"day": pl.Int32(), "ordinal": pl.Int32(), "is_workday": pl.Boolean()},
        )

    @cached_property
    def digest(self) -> str:
        """What this calendar says, as SHA-256."""
        days = "".join("1" if working else "0" for working in self.workdays)
        return hashlib.sha256(f"{self.first}:{days}".encode()).hexdigest()

    def working_days(self, frame: Frame, start: str, end: str, *, into: str) -> Frame:
        """Add the working days after `start` up to and including `end` (Int64; null where either day is unknown).

        `start` and `end` name contract columns; their `_day` columns are read. Negative where `end` comes first.
        """
        days = self.frame.select(day="day", ordinal=pl.col("ordinal").cast(pl.Int64()))
        before, after = f"__{into}_before", f"__{into}_after"
        for column, ordinal in ((f"{start}_day", before), (f"{end}_day", after)):
            key = f"{ordinal}_day"
            small = beside(frame, days.rename({"day": key, "ordinal": ordinal}))
            frame = frame.join(small, left_on=column, right_on=key, how="left")
        return frame.with_columns((nw.col(after) - nw.col(before)).alias(into)).drop(before, after)

    def dates(self, frame: Frame, column: str, *, into: str) -> Frame:
        """Add the date of an integer day (since 1970-01-01) as `into`; null beyond the calendar."""
        key = f"__{into}_day"
        days = self.frame.select(pl.col("day").alias(key), pl.col("day").cast(pl.Date).alias(into))
        return frame.join(beside(frame, days), left_on=column, right_on=key, how="left")

    def between(self, start: date, end: date) -> int | None:
        """Working days after `start` up to and including `end`; None where either is beyond the calendar."""
        a, b = self._place(start), self._place(end)
        return None if a is None or b is None else self._ordinals[b] - self._ordinals[a]

    def is_workday(self, day: date) -> bool | None:
        """Is that a working day? None beyond the calendar."""
        place = self._place(day)
        return None if place is None else self.workdays[place]

    def due(self, start: date, limit: int) -> date | None:
        """The last working day of a limit of at least one day that runs from `start`; None beyond the calendar."""
        place = self._place(start)
        if place is None:
            return None
        at = bisect_left(self._ordinals, self._ordinals[place] + limit)
        return self.first + timedelta(days=at) if at < len(self.workdays) else None

    @cached_property
    def _ordinals(self) -> list[int]:
        return list(accumulate(int(working) for working in self.workdays))

    def _place(self, day: date) -> int | None:
        place = day.toordinal() - self.first.toordinal()
        return place if 0 <= place < len(self.workdays) else None


@cache
def published() -> Mapping[date, bool]:
    """Every day of the years the package knows, from its first to its last."""
    years = [day.year for day in chinese_calendar.holidays]
    return {
        day: bool(chinese_calendar.is_workday(day)) for day in _days(date(min(years), 1, 1), date(max(years), 12, 31))
    }


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Override:
    """What a county says of one day."""

    works: bool
    note: str = ""


def read_overrides(path: Path) -> Mapping[date, Override]:
    """Which days does a local CSV speak of? A missing file speaks of none."""
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(
            Text(f"{path.name}:不是 UTF-8 文本,请另存为 UTF-8", f"{path.name}: not UTF-8 text; save it as UTF-8")
        ) from error
    rows = csv.reader(lines)
    header = next(rows, [])
    if [cell.strip() for cell in header][:2] != _HEADER[:2]:
        raise _refused(path, 1, "表头应为 date,is_workday,note", "the header must be date,is_workday,note")
    changed: dict[date, Override] = {}
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        try:
            day, working = date.fromisoformat(cells[0]), _WORDS[cells[1].lower()]
        except (ValueError, KeyError, IndexError) as error:
            raise _refused(
                path,
                rows.line_num,
                f'应为"日期,true 或 false,说明",得到 "{",".join(row)}";例:2027-01-01,false,元旦',
                f'expected "date,true or false,note", found "{",".join(row)}"; example: 2027-01-01,false,New Year',
            ) from error
        if day in changed and changed[day].works != working:
            raise _refused(
                path,
                rows.line_num,
                f"{day} 已以另一取值列出,请只留一行",
                f"{day} is already listed with the other value; keep one line",
            )
        changed.setdefault(day, Override(working, ",".join(cells[2:])))
    return changed


def _refused(path: Path, line: int, zh: str, en: str) -> PolicyError:
    return PolicyError(Text(f"{path.name} 第 {line} 行:{zh}", f"{path.name}, line {line}: {en}"))
