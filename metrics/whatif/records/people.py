"""Who lives in each household on `as_of`, and whom does its award cover?"""

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.means.ages import years
from casework.means.members import members_on
from casework.policy import Policy
from casework.tables import PERSON
from metrics.whatif.records.aid import recipients
from metrics.whatif.records.support import supporters


def people(data: Tables, policy: Policy, asked: Frame) -> pl.DataFrame:
    """One row a person and household: those who live there together, and those covered without living there.

    `household_id`, `person_id`, `counted`, `covered`, `head`, `age` (years; null unknown), `sex`, `health`,
    `disability_grade`, `has_children` (who could support them), `supporter_fen` (a year; null: not all is known).
    """
    today = nw.lit(data.as_of_day).cast(nw.Int32).alias("day")
    living = members_on(data, asked.select("household_id", today)).filter(nw.col("co_living").fill_null(value=False))
    head = nw.when(nw.col("relation") == "head").then(nw.lit(1)).otherwise(nw.lit(0))
    there = (
        living.with_columns(head.alias("head"))
        .group_by("household_id", "person_id")
        .agg(nw.col("head").max())
        .with_columns(nw.lit(1).alias("counted"), nw.lit(0).alias("covered"))
    )
    aided = recipients(data).join(asked.select("household_id"), on="household_id", how="semi")
    columns = ("household_id", "person_id", "head", "counted", "covered")
    nobody = nw.lit(0).cast(nw.Int64)
    covered = aided.with_columns(
        nobody.alias("head"), nobody.alias("counted"), nw.lit(1).cast(nw.Int64).alias("covered")
    )
    every = nw.concat(
        [
            there.select("household_id", "person_id", *(nw.col(name).cast(nw.Int64) for name in columns[2:])),
            covered.select(*columns),
        ]
    )
    each = once(every.group_by("household_id", "person_id").agg(*(nw.col(name).max() for name in columns[2:])))
    known = first_rows(data[PERSON]).select("person_id", "sex", "health", "disability_grade", "born_on")
    told = each.join(known, on="person_id", how="left").with_columns(nw.lit(data.as_of).alias("on__"))
    told = told.with_columns(years("born_on", "on__").alias("age")).drop("born_on", "on__")
    helped = supporters(data, policy, each.filter(nw.col("counted") == 1).select("household_id", "person_id"))
    return data.engine.collect(told.join(helped, on=["household_id", "person_id"], how="left"))
