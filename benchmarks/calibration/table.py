"""How do the calibrations of all statistical questions read as one table?

One row a question, method and plan. Without `power`: worlds in which nothing is to be found, where every name is false
and `false_share` is the share of worlds with one. With `power`: of an `effect` planted, so much was found.
"""

from typing import Final

import polars as pl

from benchmarks.calibration.counting import OURS

OWN: Final = "mingcha"
NARROW: Final = 0.1  # spread between areas up to which they are called alike
COLUMNS: Final = pl.Schema(
    {
        "scheme": pl.String(),
        "method": pl.String(),
        "kind": pl.String(),
        "worlds": pl.Int64(),
        "tests": pl.Int64(),
        "p_below_05": pl.Float64(),
        "ks_p": pl.Float64(),
        "named_falsely": pl.Int64(),
        "false_share": pl.Float64(),
        "false_low": pl.Float64(),
        "false_high": pl.Float64(),
        "size": pl.Float64(),  # kin households, applications or areas
        "effect": pl.Float64(),  # odds, favour, or times as many
        "power": pl.Float64(),
        "power_low": pl.Float64(),
        "power_high": pl.Float64(),
    }
)
_METHODS: Final = {
    OURS: OWN,
    "kin_excess, lift 1.5": "lift_1_5",
    "pooled Fisher, same bar": "pooled_fisher_same_bar",
    "pooled Fisher, q alone": "pooled_fisher",
    "same surname, same bar": "same_surname",
}


def of_excess(table: pl.DataFrame) -> pl.DataFrame:
    """The rows of `kin_excess`, with the p beside the worlds they are of."""
    even = table.filter(part="uniform").select("kind", "method", "tests", "ks_p", p_below_05="mid_p_05")
    null = table.filter(part="no favour").select(
        "kind", "method", "worlds", "named_falsely", false_share="share", false_low="low", false_high="high"
    )
    favour = table.filter(part="favour").select(
        *("kind", "method", "worlds", "named_falsely", "false_share", "false_low", "false_high"),
        size="kin",
        effect="odds",
        power="share",
        power_low="low",
        power_high="high",
    )
    planted = favour.with_columns(
        pl.when(pl.col("kind") == "plain").then(pl.lit("planted")).otherwise("kind").alias("kind")
    )
    both = pl.concat([null.join(even, on=["kind", "method"], how="left"), planted], how="diagonal")
    return both.with_columns(
        pl.col("kind").replace("all four", "all"), pl.col("method").replace(_METHODS), scheme=pl.lit("kin_excess")
    )


def of_lenience(table: pl.DataFrame) -> pl.DataFrame:
    """The rows of `kin_lenience` by marking, its three questions together."""
    own = pl.col("false").sum().alias("named_falsely"), pl.col("false_share").first()
    tests = pl.col("tests").sum(), ((pl.col("below") * pl.col("tests")).sum() / pl.col("tests").sum())
    kin = table.filter(marking="kin").group_by("kind", "applications", "favour", "worlds", maintain_order=True)
    counted = kin.agg(
        *own, tests[0], tests[1].alias("p_below_05"), power=pl.col("found").sum() / pl.col("favouring").sum()
    )
    planted = pl.col("favour") > 0
    return counted.select(
        "worlds",
        "tests",
        "named_falsely",
        "false_share",
        pl.when(~planted).then("p_below_05").alias("p_below_05"),
        pl.when(planted & (pl.col("kind") == "plain")).then(pl.lit("planted")).otherwise("kind").alias("kind"),
        pl.when(planted).then(pl.col("applications").cast(pl.Float64)).alias("size"),
        pl.when(planted).then("favour").alias("effect"),
        pl.when(planted).then("power").alias("power"),
        scheme=pl.lit("kin_lenience"),
        method=pl.lit(OWN),
    )


def of_areas(table: pl.DataFrame) -> pl.DataFrame:
    """The rows of the questions about areas."""
    planted, wide = pl.col("effect") != 1, pl.col("spread") > NARROW
    return table.select(
        "scheme",
        pl.col("counties").alias("worlds"),
        pl.col("tested").alias("tests"),
        pl.col("false").alias("named_falsely"),
        pl.when(planted).then("false_share").otherwise("any_false").alias("false_share"),
        pl.when(planted & wide)
        .then(pl.lit("planted_wide"))
        .when(planted)
        .then(pl.lit("planted"))
        .when(wide)
        .then(pl.lit("alike_wide"))
        .otherwise(pl.lit("alike"))
        .alias("kind"),
        pl.col("areas").cast(pl.Float64).alias("size"),
        pl.when(planted).then("effect").alias("effect"),
        pl.when(planted).then("power").alias("power"),
        method=pl.lit(OWN),
    )


def common(*tables: pl.DataFrame) -> pl.DataFrame:
    """All of them with COLUMNS."""
    whole = pl.concat(tables, how="diagonal_relaxed")
    absent = [pl.lit(None).alias(name) for name in COLUMNS if name not in whole.columns]
    return whole.with_columns(absent).select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
