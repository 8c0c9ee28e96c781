"""On whom do the flags fall, who of them is looked into, and where does it prove right: group by group?

Three measures at once, and no single green light (safeguards R15): of the units how many are flagged, of the flagged
how many were looked into (have a conclusion), of those confirmed or refuted how many were confirmed. Each group stands
against all others of its kind together, by difference and by ratio, each with its interval. Groups differ in need, so a
difference is a question and no proof; nothing is corrected by it. What the data do not say, and what is too few, cannot
be assessed and is listed as such (R21).

Households of a village are alike, and some groups are whole villages (by setting, size, surname): for those the
intervals are of as many fewer cases as the villages' own sums show (`casework.statistics.clusters`), one design effect
a dimension and measure; where there are too few villages to show it no rate is told. The other groups live in every
village; theirs are as if each household stood alone.

Counts come first (`counted`), so that who may not read small ones can be given others before any rate is made
(`rates`): an interval would tell the count again.
"""

from collections.abc import Collection
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.regions import Regions
from casework.statistics import Floats, design_effect, difference, ratio, wilson
from metrics.evaluation.groups import DIMENSIONS

MEASURES: Final = {  # of what which part
    "flagged": ("flagged", "units"),
    "reviewed": ("reviewed", "flagged"),
    "confirmed": ("confirmed", "judged"),
}
COUNTS: Final = ("units", "flagged", "reviewed", "judged", "confirmed")
VILLAGES: Final = ("urban_rural", "village", "surname")  # groups that are, or go by, whole villages
NOT_SAID: Final = ""  # the group of those of whom the data do not say
COUNTS_SCHEMA: Final = pl.Schema(
    {"dimension": pl.String(), "group": pl.String()}
    | {name: pl.Int64() for name in COUNTS}
    | {f"{name}_effect": pl.Float64() for name in MEASURES}  # design effect; null: too few villages to show it
)
_NUMBERS: Final = (
    *("share", "low", "high"),
    *("difference", "difference_low", "difference_high"),
    *("ratio", "ratio_low", "ratio_high"),
)
RATES_SCHEMA: Final = pl.Schema(
    {
        "dimension": pl.String(),
        "group": pl.String(),
        "measure": pl.String(),
        "part": pl.Int64(),
        "whole": pl.Int64(),
        "rest_part": pl.Int64(),  # all other known groups of the dimension together
        "rest_whole": pl.Int64(),
        "effect": pl.Float64(),  # the intervals are of so many times fewer cases
        "status": pl.String(),  # measured, few, villages, hidden, not_said
    }
    | {name: pl.Float64() for name in _NUMBERS}
)


def population(data: Tables, units: Frame, regions: Regions) -> pl.DataFrame:
    """How many units there are: `dimension`, `group` ("" not said), `home`, `known`, `units`.

    `units`: as `metrics.evaluation.groups.grouped` gives them. Small, whatever the snapshot: a row a village and group.
    """
    counted = [
        data.engine.collect(
            units.group_by("region_code", "known", dimension)
            .agg(nw.len().cast(nw.Int64).alias("units"))
            .with_columns(nw.lit(dimension).alias("dimension"))
            .select("dimension", nw.col(dimension).alias("group"), "region_code", "known", "units")
        )
        for dimension in DIMENSIONS
    ]
    return _at_home(pl.concat(counted).with_columns(pl.col("group").fill_null(NOT_SAID)), regions)


def flagged(data: Tables, units: Frame, flags: pl.DataFrame, regions: Regions) -> pl.DataFrame:
    """The units that leads are about, a row each: `subject`, `home`, `known`, `DIMENSIONS`, and the columns of `flags`.

    `flags`: `subject` once, `reviewed`, `judged`, `confirmed` (true or false). Subjects that are no unit are left out.
    """
    asked = data.engine.place(flags.select("subject"))
    there = data.engine.collect(units.join(asked, on="subject", how="semi"))
    return _at_home(there.with_columns(pl.col(*DIMENSIONS).fill_null(NOT_SAID)), regions).join(flags, on="subject")


def counted(
    population: pl.DataFrame, flagged: pl.DataFrame, within: Collection[str], *, known: bool = False
) -> pl.DataFrame:
    """A row a group, as `COUNTS_SCHEMA`, of the regions `within`.

    `known`: of those who ever applied or were on aid; whoever is flagged is counted with them.
    """
    here = pl.col("home").is_in(list(within))
    mine = flagged.filter(here)
    wholes = population.filter(here & (pl.col("known") | pl.lit(not known)))
    there = wholes.group_by("dimension", "group", "home").agg(pl.col("units").sum())
    rows = [_of(mine, dimension, known=known) for dimension in DIMENSIONS]
    found = there.join(pl.concat(rows), on=["dimension", "group", "home"], how="full", coalesce=True).with_columns(
        pl.col(*COUNTS[1:], "further", "units").fill_null(0)
    )
    placed = found.with_columns(pl.col("units") + pl.col("further")).sort("dimension", "group", "home")
    order = {name: place for place, name in enumerate(DIMENSIONS)}
    return (
        placed.group_by("dimension", "group")
        .agg(pl.col(*COUNTS).sum())
        .join(_effects(placed), on="dimension", how="left")
        .sort(pl.col("dimension").replace_strict(order), "group")
        .select(COUNTS_SCHEMA.names())
        .cast(COUNTS_SCHEMA)
    )


def rates(counts: pl.DataFrame, minimum: int, *, least_part: int = 0) -> pl.DataFrame:
    """A row a group and measure, as `RATES_SCHEMA`. `counts`: `COUNTS_SCHEMA`, null where hidden.

    A group, and the rest, must each have `minimum` cases in the whole of a measure, else no rate is told. Where counts
    are rounded a ratio of few is mostly rounding: none is told below `least_part` in either part.
    """
    rows = [
        _row(row, others, measure, minimum)
        for _, group in counts.group_by("dimension", maintain_order=True)
        for measure in MEASURES
        for row, others in _against(group)
    ]
    table = pl.DataFrame(rows, schema={name: kind for name, kind in RATES_SCHEMA.items() if name not in _NUMBERS})
    known = pl.col("status") == "measured"
    alone = table.select(
        pl.when(known).then(pl.col(name) / pl.col("effect")).cast(pl.Float64).fill_null(float("nan"))
        for name in ("part", "whole", "rest_part", "rest_whole")
    )
    columns = (alone[name].to_numpy() for name in alone.columns)
    told = _numbers(table, *columns)
    enough = pl.min_horizontal("part", "rest_part") >= least_part
    return told.with_columns(pl.when(enough).then(pl.col(name)).alias(name) for name in _NUMBERS[-3:])


def _numbers(table: pl.DataFrame, part: Floats, whole: Floats, rest_part: Floats, rest_whole: Floats) -> pl.DataFrame:
    found = (
        part / np.where(whole > 0, whole, np.nan),
        *wilson(part, whole),
        *difference(part, whole, rest_part, rest_whole),
        *ratio(part, whole, rest_part, rest_whole),
    )
    series = [
        pl.Series(name, values, pl.Float64()).fill_nan(None) for name, values in zip(_NUMBERS, found, strict=True)
    ]
    return table.with_columns(series).select(RATES_SCHEMA.names())


def _at_home(rows: pl.DataFrame, regions: Regions) -> pl.DataFrame:
    """The lowest region of the tree that each row belongs to, instead of its code."""
    codes = rows["region_code"].unique().to_list()
    homes = [regions.home(code) for code in codes]
    home = pl.col("region_code").replace_strict(codes, homes, return_dtype=pl.String()).alias("home")
    return rows.with_columns(home).drop("region_code")


def _of(flagged: pl.DataFrame, dimension: str, *, known: bool) -> pl.DataFrame:
    """Flagged units by group and home; `further`: those that are not among the known ones."""
    beyond = ~pl.col("known") & pl.lit(known)
    return (
        flagged.group_by(pl.col(dimension).alias("group"), "home")
        .agg(
            pl.len().cast(pl.Int64).alias("flagged"),
            *(pl.col(name).sum().cast(pl.Int64) for name in ("reviewed", "judged", "confirmed")),
            beyond.sum().cast(pl.Int64).alias("further"),
        )
        .select(pl.lit(dimension).alias("dimension"), pl.all())
    )


def _effects(placed: pl.DataFrame) -> pl.DataFrame:
    """`dimension` and the design effect of each measure by the counts of each group and home: 1 unless `VILLAGES`."""
    rows = []
    for dimension in DIMENSIONS:
        said = placed.filter(pl.col("dimension") == dimension, pl.col("group") != NOT_SAID)
        group = said["group"].rank("dense")
        effects = [
            design_effect(said[part], said[whole], group) if dimension in VILLAGES else 1.0
            for part, whole in MEASURES.values()
        ]
        rows.append((dimension, *effects))
    schema = {"dimension": pl.String()} | {f"{name}_effect": pl.Float64() for name in MEASURES}
    return pl.DataFrame(rows, schema=schema, orient="row").fill_nan(None)


def _against(group: pl.DataFrame) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each group of a dimension with the others of whom something is said."""
    rows = group.to_dicts()
    return [(row, [one for one in rows if one["group"] not in (row["group"], NOT_SAID)]) for row in rows]


def _row(row: dict[str, Any], others: list[dict[str, Any]], measure: str, minimum: int) -> dict[str, Any]:
    of, among = MEASURES[measure]
    part, whole = row[of], row[among]
    rest_part, rest_whole = (_sum([one[name] for one in others]) for name in (of, among))
    if row["group"] == NOT_SAID:
        status = "not_said"
    elif None in (part, whole, rest_part, rest_whole):
        status = "hidden"
    elif min(whole, rest_whole or 0) < minimum:
        status = "few"
    else:
        status = "measured" if row[f"{measure}_effect"] else "villages"
    told = {"part": part, "whole": whole, "rest_part": rest_part, "rest_whole": rest_whole}
    said = {"dimension": row["dimension"], "group": row["group"], "measure": measure, "status": status}
    return said | told | {"effect": row[f"{measure}_effect"]}


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
