"""Which place and month is the report of, and with whose eyes is it counted?

A report is made to be passed on. So it is counted as a leader of the same regions sees the pages, whoever makes it:
small counts are hidden in it for inspectors too.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Final

from casework.errors import WrongUsageError
from casework.regions import Region, Regions
from casework.text import Text
from dashboard.desk import Desk
from dashboard.queries import places
from dashboard.queries.changes import whole
from dashboard.queries.counts import USUAL, Counts, Period, index, month
from dashboard.rights import NotYoursError
from dashboard.session import Reading, View, Viewing

_CODE: Final = 12  # digits
_ALIKE: Final = 0.5  # from which likeness on a name or code may have been meant
_WHOLE: Final = "all"  # as in `mingcha user add`


def viewing(reading: Reading, region: str, on: date) -> Viewing:
    """As many months up to that one as the pages show, of that place, with a leader's eyes.

    Raises:
        NotYoursError: the place is not the reader's.
        WrongUsageError: the data have no such month.
    """
    if not (places.known(reading.desk.regions, region) and reading.scope.covers(region)):
        raise NotYoursError(
            Text(
                "所选地区不在您的辖区内,未生成月报;请在左侧重新选择地区",
                "this region is not yours, no report was made; choose another at the left",
            )
        )
    months = reading.desk.counts.months
    if on not in months:
        raise WrongUsageError(_no_month(months))
    since = max(months[0], month(index(on) - USUAL + 1))
    reader = replace(reading.reader, role="leader")
    return Viewing(reading.desk, reader, reading.language, View(region, "", Period(since, on)))


def region_of(desk: Desk, text: str) -> str:
    """The code of the region that the command line names by code (12 digits, or fewer and padded), name or `all`.

    Raises:
        WrongUsageError: there is none of that code or name, or several of that name; those that may be meant.
    """
    regions, wanted = desk.regions, text.strip()
    if wanted == _WHOLE:
        return regions.root
    code = wanted.ljust(_CODE, "0") if wanted.isascii() and wanted.isdigit() else wanted
    if places.known(regions, code):
        return code
    named = [regions[one] for one in regions.codes if regions[one].name.zh == wanted]
    if len(named) == 1:
        return named[0].code
    close = _said(named or _near(regions, code))
    raise WrongUsageError(
        Text(
            f"没有唯一的地区“{text}”;{f'是否指 {close};' if close else ''}全部范围写 {_WHOLE}",
            f"no single region “{text}”;{f' did you mean {close}?' if close else ''} {_WHOLE} means everywhere",
        )
    )


def month_of(counts: Counts, text: str) -> date:
    """The month that the command line names as 2024-03.

    Raises:
        WrongUsageError: not a month, or none of the data; which there are.
    """
    try:
        found = date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        found = None
    if found is None or found not in counts.months:
        raise WrongUsageError(_no_month(counts.months))
    return found


def usual(desk: Desk) -> date | None:
    """The month a report is of unless another was asked for: the last that is over, else the last there is."""
    months = desk.counts.months
    return next((one for one in reversed(months) if whole(one, desk.as_of)), months[-1] if months else None)


def _no_month(months: list[date]) -> Text:
    if not months:
        return Text("数据中没有任何可统计的月份", "the data have no month to count")
    first, last = f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}"
    return Text(
        f"没有这个月份;数据有 {first} 至 {last},写作 {last}",
        f"no such month; the data have {first} to {last}, written {last}",
    )


def _near(regions: Regions, wanted: str) -> list[Region]:
    """Regions whose code or name is like what was asked for."""
    known = {name: regions[code] for code in reversed(regions.codes) for name in (code, regions[code].name.zh)}
    return list(
        {one.code: one for name in get_close_matches(wanted, known, 3, _ALIKE) for one in [known[name]]}.values()
    )


def _said(regions: Iterable[Region]) -> str:
    return ", ".join(f"{one.code} {one.name.zh}" for one in regions)
