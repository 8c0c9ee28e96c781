"""Whom would simpler rules name on the same counties?

Both look at who ever came on aid, all years and all need together. Each is given the minimum of households and the lift
that the question asks for, so that what differs is the comparison.
"""

import polars as pl
import scipy

from benchmarks.calibration.world import World
from casework.statistics import false_discovery
from casework.statistics.marked import Bar
from casework.tables import AWARD, HOUSEHOLD, MEANS


def same_surname(world: World, bar: Bar) -> set[int]:
    """Officials of whose surname so many households are on aid, and a share of them so much above their village's."""
    homes = _homes(world).join(world.surnames.with_columns(named=pl.lit(value=True)), on="household_id", how="left")
    homes = homes.with_columns(pl.col("named").is_not_null(), official_id=pl.col("village") + 1)
    counts = _counted(homes, "named", "official_id")
    share, others = pl.col("hits_marked") / pl.col("marked"), pl.col("other_hits") / pl.col("others")
    named = counts.filter((pl.col("hits_marked") >= bar.minimum) & (share >= bar.lift * others))
    return set(named["official_id"])


def pooled_fisher(world: World, bar: Bar, *, lifted: bool) -> set[int]:
    """Officials whose kin are on aid more than everybody else of the county, by Fisher's test and false discovery."""
    homes = _homes(world)
    hits, whole = homes["on_aid"].sum(), homes.height
    own = homes.filter("kin").group_by(pl.col("village") + 1).agg(pl.col("on_aid").sum(), pl.len()).sort("village")
    a, m = own["on_aid"].to_numpy(), own["len"].to_numpy()
    q = false_discovery(scipy.stats.hypergeom.sf(a - 1, whole, hits, m))
    named = q <= bar.q
    if lifted:
        named &= (a >= bar.minimum) & (a * (whole - m) >= bar.lift * (hits - a) * m)
    return {int(one) for one in own["village"].to_numpy()[named]}


def _homes(world: World) -> pl.DataFrame:
    """Every household with a statement, whether it ever came on aid, and whether it is kin."""
    tables = world.tables
    stated, awarded = (tables.engine.collect(tables[table].select("household_id").unique()) for table in (MEANS, AWARD))
    village = pl.col("region_code").str.slice(9, 3).cast(pl.Int64).alias("village")
    homes = tables.engine.collect(tables[HOUSEHOLD]).select("household_id", village)
    return (
        homes.join(stated, on="household_id", how="semi")
        .join(awarded.with_columns(on_aid=pl.lit(1)), on="household_id", how="left")
        .join(world.kin.with_columns(kin=pl.lit(value=True)), on="household_id", how="left")
        .with_columns(pl.col("on_aid").fill_null(0), pl.col("kin").is_not_null())
    )


def _counted(homes: pl.DataFrame, marked: str, each: str) -> pl.DataFrame:
    one = pl.col(marked)
    return homes.group_by(each).agg(
        pl.col("on_aid").filter(one).sum().alias("hits_marked"),
        one.sum().alias("marked"),
        pl.col("on_aid").filter(~one).sum().alias("other_hits"),
        (~one).sum().alias("others"),
    )
