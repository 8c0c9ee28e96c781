"""Which cases would be past their limit under a scenario: as a table, and in words?"""

from typing import Any, Final

import polars as pl

from casework.text import Text
from dashboard.queries import lateness
from dashboard.whatif import Result, Tried
from metrics.whatif.readers import OF_TIME
from metrics.whatif.time_limits import notes, time_limits

_TIERS: Final = ("province", "city", "county", "township", "village")
_DECISION, _HOURS = "decision", "emergency"
_TITLES: Final = {
    _DECISION: Text("办结超过时限", "decided past the limit"),
    _HOURS: Text("急难救助超过时限", "emergency aid past the limit"),
}


def timed(one: Tried) -> bool:
    """Does the scenario move any time?"""
    assumed = one.settled.assumptions
    ids = {change.id for change in one.settled.changes}
    return bool(ids.intersection(OF_TIME) or assumed.removed or assumed.parallel or assumed.staff != 1)


def table(result: Result, one: Tried, region: str = "") -> pl.DataFrame:
    """A row a scope and programme ("" all) of a region ("": the widest): counts and days, before and after.

    `scope`, `programme`, `judged`, `unknown`, `before`, `after`, `becomes`, `no_longer`, `median_before`,
    `median_after`, `p90_before`, `p90_after`, `unit`. Null: hidden (few cases), unknown or of nobody. Counts are
    rounded to multiples of the least that is told, for any region may be asked: a township less its villages.
    """
    county = result.county
    found = time_limits(county.data, county.policy, one.settled.changes, one.settled.assumptions)
    place = region or _widest(found)
    rows = [
        {"scope": scope, **_plain(late)}
        for scope in lateness.scopes(found, place)
        for late in lateness.told(found, scope, place, county.least, county.least)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def words(result: Result, one: Tried) -> list[Text]:
    """The same in lines, of all programmes together; none where the scenario moves no time."""
    if not timed(one):
        return []
    lines = [
        Text(f"{title.zh}:{_count(row, 'zh')}", f"{title.en}: {_count(row, 'en')}")
        for row in table(result, one).iter_rows(named=True)
        if row["programme"] == lateness.ALL and (title := _TITLES.get(row["scope"])) is not None
    ]
    return [*lines, *notes(one.settled.assumptions)]


def _count(row: dict[str, Any], language: str) -> str:
    before, after, judged = ("*" if row[name] is None else f"{row[name]:,}" for name in ("before", "after", "judged"))
    if language == "zh":
        return f"约 {before} → {after} 件(能判定约 {judged} 件)"
    return f"about {before} → {after} cases (of about {judged} that can be judged)"


def _widest(found: pl.DataFrame) -> str:
    """The region of the highest tier that the table counts."""
    order = {tier: place for place, tier in enumerate(_TIERS)}
    there = found.select("tier", "region_code").unique().sort("region_code").iter_rows()
    return str(min(there, key=lambda row: (order.get(row[0], len(order)), row[1]), default=("", ""))[1])


def _plain(late: lateness.Late) -> dict[str, Any]:
    counts = {name: getattr(late, name) for name in ("programme", *lateness.COUNTS)}
    median = dict(zip(("median_before", "median_after"), late.median, strict=True))
    p90 = dict(zip(("p90_before", "p90_after"), late.p90, strict=True))
    return {**counts, **median, **p90, "unit": late.unit}
