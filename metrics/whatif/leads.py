"""Which leads appear and which vanish when the detectors run under other rules?

Counts alone, no person and no case: a scenario raises nothing against anybody. The two runs are made by whoever asks;
a lead is the same lead where its `lead_id` is.
"""

from typing import Final

import polars as pl

COMPARED_SCHEMA: Final = pl.Schema(
    {
        "scheme": pl.String(),
        "appears": pl.Int64(),  # raised under the scenario alone
        "vanishes": pl.Int64(),  # raised under the baseline alone
        "stays": pl.Int64(),  # raised under both
    }
)
BY_REGION_SCHEMA: Final = pl.Schema({"region_code": pl.String(), **COMPARED_SCHEMA})


def compared(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """A row a scheme that either run raised, by scheme, as `COMPARED_SCHEMA`.

    Of both, `lead_id` and `scheme` are read. A scheme that only one run could ask at all is no change of the rules:
    leave out of both frames what did not run in both.
    """
    return _counted(before, after, ["scheme"]).select(COMPARED_SCHEMA.names()).cast(COMPARED_SCHEMA)


def veiled(counts: pl.DataFrame, least: int) -> pl.DataFrame:
    """The same, null where few (from 1 to one below the least); what stays is hidden with what vanishes or appears.

    How many leads there are is told elsewhere: less those that stay it would be those that vanish.
    """
    moves = [name for name in ("appears", "vanishes") if name in counts.columns]
    small = {name: (pl.col(name) > 0) & (pl.col(name) < least) for name in (*moves, "stays") if name in counts.columns}
    if "stays" in small:
        small["stays"] = pl.any_horizontal(*small.values())
    return counts.with_columns(pl.when(~hidden).then(pl.col(name)).alias(name) for name, hidden in small.items())


def by_region(before: pl.DataFrame, after: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The same of every region of every tier, by region and scheme, as `BY_REGION_SCHEMA`.

    `units`: `region_code` of a lead beside every `unit` in which it counts (`casework.regions.Regions.frame`). A lead
    whose region moves with the rules vanishes in the one and appears in the other, but stays in what holds both.
    """
    old, new = (
        leads.join(units.select("region_code", "unit"), on="region_code", nulls_equal=True)
        .drop("region_code")
        .rename({"unit": "region_code"})
        for leads in (before, after)
    )
    table = _counted(old, new, ["region_code", "scheme"])
    return table.select(BY_REGION_SCHEMA.names()).cast(BY_REGION_SCHEMA)


def _counted(before: pl.DataFrame, after: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    key = [*by, "lead_id"]
    old, new = (leads.select(key).unique() for leads in (before, after))
    told = old.with_columns(was=pl.lit(value=True)).join(
        new.with_columns(would=pl.lit(value=True)), on=key, how="full", coalesce=True
    )
    was, would = (pl.col(name).fill_null(value=False) for name in ("was", "would"))
    counts = told.group_by(by).agg(
        (~was & would).sum().alias("appears"),
        (was & ~would).sum().alias("vanishes"),
        (was & would).sum().alias("stays"),
    )
    return counts.sort(by)
