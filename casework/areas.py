"""In which village, township and county does a dibao award count, and until which month do the data speak?

For the questions about areas, which compare places with their peers. An award counts where its
household lives, else where its application is in charge; what a merged region had counts in its successor
(`casework.regions`).
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import Evidence, first_rows, household_region
from casework.regions import Regions
from casework.statistics import false_discovery
from casework.tables import APPLICATION, AWARD

PROGRAMME: Final = "dibao"
TIERS: Final = ("village", "township", "county")


def last_whole_month(data: Tables) -> int:
    """The last month that is over on the day of the data, as year x 12 + month - 1."""
    month_ends = (data.as_of + timedelta(days=1)).day == 1
    return data.as_of_month if month_ends else data.as_of_month - 1


def dibao(data: Tables) -> Frame:
    """The dibao awards, each once: `starts`, `ends` (null: open), `end_reason`, `single_person_basis`, `region_code`.

    An award's own basis of single-person entry, else its application's.
    """
    awards = first_rows(data[AWARD]).filter(nw.col("programme") == PROGRAMME)
    applied = first_rows(data[APPLICATION]).select(
        "application_id",
        nw.col("region_code").alias("in_charge"),
        nw.col("single_person_basis").alias("applied_basis"),
    )
    rows = awards.join(applied, on="application_id", how="left").select(
        "award_id",
        "household_id",
        nw.col("from_month_index").alias("starts"),
        nw.col("to_month_index").alias("ends"),
        "end_reason",
        nw.coalesce("single_person_basis", "applied_basis").alias("single_person_basis"),
        "in_charge",
    )
    return household_region(data, rows, otherwise="in_charge").drop("in_charge")


def carried_on(rows: Frame, every: Frame) -> Frame:
    """Of ended awards (`rows`, among `every`) those that another of the same household takes up by the month after."""
    other = every.select(
        "household_id",
        nw.col("award_id").alias("next_id"),
        nw.col("starts").alias("next_starts"),
        nw.col("ends").alias("next_ends"),
    )
    goes_on = (nw.col("next_starts") <= nw.col("ends") + 1) & (
        nw.col("next_ends").is_null() | (nw.col("next_ends") > nw.col("ends"))
    )
    both = rows.select("award_id", "household_id", "ends").join(other, on="household_id", how="inner")
    return both.filter((nw.col("next_id") != nw.col("award_id")) & goes_on).select("award_id").unique()


def placed(regions: Regions, counted: pl.DataFrame) -> pl.DataFrame:
    """Add to rows with `region_code` the `village`, `township` and `county` they count in, and its `setting`.

    Null: of a tier that nobody knows for the row. `setting`: urban or rural, of the village.
    """
    rows = []
    for code in sorted(set(counted["region_code"].to_list()), key=lambda one: (one is not None, one or "")):
        path = {region.tier: region for region in regions.path(regions.home(code))}
        setting = path["village"].urban_rural if "village" in path else None
        rows.append((code, *(path[tier].code if tier in path else None for tier in TIERS), setting))
    names = ("region_code", *TIERS, "setting")
    where = pl.DataFrame(rows, dict.fromkeys(names, pl.String()), orient="row")
    return counted.join(where, on="region_code", how="left", nulls_equal=True)


def each_county(counted: pl.DataFrame, judge: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """What `judge` says of the areas of each county, nothing of another county at hand; also where there is none."""
    parts = counted.sort("county", "area", nulls_last=True).partition_by("county", maintain_order=True)
    return pl.concat([judge(counted.clear()), *map(judge, parts)])


def of_awards(data: Tables, awards: Frame, show: Sequence[str]) -> Evidence:
    """The rows of the awards behind leads about areas: `awards` says `subject`, `part`, `award_id`."""

    def gather(found: Frame) -> Frame:
        mine = awards.join(found.select("subject", "part"), on=["subject", "part"], how="inner")
        columns = [*(column.main for column in AWARD.key), *(AWARD[name].main for name in show)]
        rows = first_rows(data[AWARD]).join(mine.select("subject", "part", "award_id"), on="award_id", how="inner")
        return rows.select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(AWARD, tuple(show), gather)


def peer_rows(areas: pl.DataFrame) -> list[list[bool]]:
    """For each area whether each is its peer: another of the county, of the same `setting` where its own is known."""
    told = areas.select("county", "setting").rows()
    return [
        [one != other and told[one][0] == told[other][0] and told[one][1] in {None, told[other][1]} for other in every]
        for every in [range(len(told))]
        for one in every
    ]


def discovered(judged: pl.DataFrame, chance: str, family: str = "enough") -> pl.Series:
    """`q`: at which false discovery share each area of a county would be named; null for who is not in the `family`."""
    tested = judged.select(pl.when(family).then(chance).cast(pl.Float64).fill_null(float("nan"))).to_series()
    return pl.Series("q", false_discovery(tested), pl.Float64()).fill_nan(None)


def month_start(index: int) -> date:
    """The first day of a month given as year x 12 + month - 1."""
    return date(index // 12, index % 12 + 1, 1)


def day_of(month: int) -> int:
    """The first day of a month as days since 1970-01-01."""
    return (month_start(month) - date(1970, 1, 1)).days
