"""When did each application first enter and last leave each of its steps?

One wide row an application, stored beside the snapshot's tables because a row is far cheaper to read than the steps it
sums up; `step` stays the truth where a step repeats. A snapshot without it is served the same rows from `step`.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.engine import Frame
from casework.tables import STEP

STEPS: Final = tuple(option.code for option in STEP["step"].options)
MILESTONE_SCHEMA: Final = pl.Schema(
    {
        "application_id": pl.Int64(),
        **{
            f"{step}_{name}": dtype
            for step in STEPS
            for name, dtype in {
                "rows": pl.Int32(),
                "started_at": pl.Datetime("us"),  # the first start
                "finished_at": pl.Datetime("us"),  # the last finish
                "finished_epoch": pl.Int64(),  # the last finish whose time of day is known
                "unfinished": pl.Int32(),  # rows without a finish
            }.items()
        },
    }
)


def milestones(steps: Frame) -> Frame:
    """One row an application from the rows of `step`."""
    clocked = nw.when(~nw.col("finished_at_dated")).then(nw.col("finished_at_epoch"))
    open_end = nw.when(nw.col("finished_at").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    sums: list[nw.Expr] = []
    for step in STEPS:
        here = nw.col("step") == step
        one = nw.when(here).then(nw.lit(1)).otherwise(nw.lit(0))
        sums += [
            one.sum().cast(nw.Int32).alias(f"{step}_rows"),
            nw.when(here).then(nw.col("started_at")).min().alias(f"{step}_started_at"),
            nw.when(here).then(nw.col("finished_at")).max().alias(f"{step}_finished_at"),
            nw.when(here).then(nw.col("clocked")).max().alias(f"{step}_finished_epoch"),
            nw.when(here)
            .then(nw.col("open_end"))
            .otherwise(nw.lit(0))
            .sum()
            .cast(nw.Int32)
            .alias(f"{step}_unfinished"),
        ]
    shaped = steps.with_columns(clocked.alias("clocked"), open_end.alias("open_end"))
    return shaped.group_by("application_id").agg(*sums).select(*MILESTONE_SCHEMA.names())
