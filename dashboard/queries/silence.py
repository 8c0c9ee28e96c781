"""Which areas are so quiet that one should ask whether anybody there could complain?

Silence is not health: an area with neither complaints nor leads may be well looked after, or nobody may hear what
happens there. It is told only of areas so large that complaints were to be expected: were the county's rate theirs, the
chance of none at all (Poisson) would be below `CHANCE`. Among twenty such areas one is silent by chance.
"""

from collections.abc import Mapping
from math import exp
from typing import Final, Literal

import polars as pl

from casework.regions import Regions
from dashboard.queries import places

Verdict = Literal["silent", "led", "heard", "few", "unknown"]
CHANCE: Final = 0.05  # the customary one


def peers(regions: Regions, region: str) -> list[str]:
    """The areas that share a rate with those one tier below the region: all of that tier in its county.

    A county too small to have a rate of its own is no use to its villages one by one; above the counties the region
    itself is what its areas share. What only a higher tier knows is in no area, and in none of these counts.
    """
    tiers = {area.tier for area in places.below(regions, region)}
    if not tiers:
        return []
    county = next((one.code for one in regions.path(region) if one.tier == "county"), region)
    return [code for code in regions.descendants(county) if regions[code].tier in tiers]


def rate(counts: pl.DataFrame) -> float | None:
    """Complaints for each person covered a month (`part` ÷ `whole`), of areas taken together; None where unknown."""
    known = counts.drop_nulls(["part", "whole"])
    covered = int(known["whole"].sum())
    return int(known["part"].sum()) / covered if covered else None


def judged(counts: pl.DataFrame, common: float | None, leads: Mapping[str, int] | None) -> pl.DataFrame:
    """Add `leads` (null: no run), `expected` complaints and the `verdict` to the counts of each area.

    `counts`: `region_code`, `part` (complaints) and `whole` (persons covered, month by month). heard: somebody
    complained; few: too small to expect any; led: silent, but there are leads; unknown: no rate, no base or no run.
    """
    return pl.DataFrame(
        [_judged(row, common, leads) for row in counts.select("region_code", "part", "whole").to_dicts()],
        schema={
            "region_code": pl.String(),
            "part": pl.Int64(),
            "whole": pl.Int64(),
            "leads": pl.Int64(),
            "expected": pl.Float64(),
            "verdict": pl.String(),
        },
    )


def _judged(row: dict[str, object], common: float | None, leads: Mapping[str, int] | None) -> dict[str, object]:
    part, whole = row["part"], row["whole"]
    of_area = None if leads is None else leads.get(str(row["region_code"]), 0)
    expected = None if common is None or not isinstance(whole, int) else common * whole
    return {**row, "leads": of_area, "expected": expected, "verdict": _verdict(part, expected, of_area)}


def _verdict(complaints: object, expected: float | None, leads: int | None) -> Verdict:
    if complaints:
        return "heard"
    if complaints is None or expected is None:
        return "unknown"
    if exp(-expected) >= CHANCE:
        return "few"
    if leads is None:
        return "unknown"
    return "led" if leads else "silent"


def by_area(regions: Regions, leads: pl.DataFrame, areas: list[str]) -> dict[str, int]:
    """How many of the leads (`home`) lie in each of these areas."""
    area_of = {code: area for area in areas for code in regions.descendants(area)}
    homes = dict(leads.group_by("home").len().iter_rows())
    counts = dict.fromkeys(areas, 0)
    for home, count in homes.items():
        if home in area_of:
            counts[area_of[home]] += count
    return counts


__all__ = ["CHANCE", "Verdict", "by_area", "judged", "peers", "rate"]
