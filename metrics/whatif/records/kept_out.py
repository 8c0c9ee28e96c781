"""What keeps each household out whatever its income, and which are near kin of an official over their village?

These need whole tables, so they are read under a policy and read anew under another (readers.GATHERED). Looked at on
`as_of`, as `metrics.coverage.eligible` does: findings on those who live there, aid of the household or one of them.
"""

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.homes import IN_OFFICE, official_homes
from casework.means.entitled_households import HOUSEHOLD_KEY
from casework.means.entitlement import OF_HOUSEHOLDS, RULE, asking_persons, with_coverage
from casework.means.hardship import hardship
from casework.means.members import members_on
from casework.means.veto import excluding, findings
from casework.policy import Policy
from metrics.coverage.eligible import DIBAO
from metrics.whatif.population import NO, UNKNOWN, YES


def kept_out(data: Tables, policy: Policy, asked: Frame) -> pl.DataFrame:
    """`household_id`, `barred` and `shut` (NO, YES, UNKNOWN) of each of `asked` (`household_id`, `region_code`).

    Nobody is barred where the entitlement there does not ask for findings; where none is in force, or one asks facts of
    one person, nobody can tell who is let in.
    """
    facts = _in_place(data, asked)
    for field in OF_HOUSEHOLDS:
        facts = policy.in_force(facts, RULE, on="on", into=f"asks_{field}", field=field)
    rows = once(facts)
    members = once(
        members_on(data, rows.select(*HOUSEHOLD_KEY, "on", "region_code"))
        .filter(nw.col("co_living").fill_null(value=False))
        .select(*HOUSEHOLD_KEY, "on", "region_code", "person_id")
        .unique()
    )
    told = rows.join(_barred(data, policy, members), on="household_id", how="left")
    told = told.join(_shut(data, policy, rows, members), on="household_id", how="left")
    settled = nw.col("asks_income_state") == 1
    free = nw.lit(UNKNOWN if DIBAO in asking_persons(policy) else NO)
    barred = nw.when(nw.col("asks_veto").is_null() | nw.col("barred").is_null()).then(free).otherwise(nw.col("barred"))
    return data.engine.collect(
        told.select(
            "household_id",
            nw.when(settled).then(barred).otherwise(nw.lit(UNKNOWN)).cast(nw.Int8).alias("barred"),
            nw.when(settled).then(nw.col("shut")).otherwise(nw.lit(UNKNOWN)).cast(nw.Int8).alias("shut"),
        )
    )


def hardships(data: Tables, policy: Policy, asked: Frame) -> pl.DataFrame:
    """`household_id`, `hardship`: the points of each."""
    points = nw.col("points").alias("hardship")
    return data.engine.collect(hardship(data, policy, asked).select("household_id", points))


def near_officials(data: Tables, policy: Policy, asked: Frame) -> pl.DataFrame:
    """`household_id`, `kin`: near kin of, or living with, somebody in a post over the village on `as_of`?"""
    years = _in_place(data, asked).select(
        "household_id",
        "region_code",
        nw.lit(data.as_of.year).cast(nw.Int32).alias("year"),
        "day",
        nw.col("day").alias("middle"),
        nw.lit(None).cast(nw.Int64).alias("aid_month"),
    )
    close = official_homes(data, policy, years).filter(nw.col("standing") == IN_OFFICE)
    near = close.select("household_id").unique().with_columns(nw.lit(value=True).alias("kin"))
    every = asked.select("household_id").join(near, on="household_id", how="left")
    return data.engine.collect(every.with_columns(nw.col("kin").fill_null(value=False)))


def _in_place(data: Tables, asked: Frame) -> Frame:
    """The households as rules are asked of them on `as_of`."""
    return asked.select(
        "household_id",
        "region_code",
        nw.lit(DIBAO).alias("programme"),
        nw.lit(data.as_of_day).cast(nw.Int32).alias("day"),
        nw.lit(data.as_of).cast(nw.Date).alias("on"),
        nw.lit(data.as_of_day).cast(nw.Int32).alias("on_day"),
    )


def _barred(data: Tables, policy: Policy, members: Frame) -> Frame:
    found = findings(data, excluding(policy), members, by=("household_id",))
    gravest = found.group_by("household_id").agg(nw.col("level").min())  # "exclude" before "unknown"
    sure = nw.when(nw.col("level") == "exclude").then(nw.lit(YES)).otherwise(nw.lit(UNKNOWN))
    return gravest.select("household_id", sure.alias("barred"))


def _shut(data: Tables, policy: Policy, rows: Frame, members: Frame) -> Frame:
    facts = rows.with_columns(nw.col("day").alias("on__day"))
    covered = with_coverage(data, policy, facts, members, HOUSEHOLD_KEY)
    free = nw.when(nw.col("covered")).then(nw.lit(NO)).otherwise(nw.lit(YES))
    return covered.select("household_id", free.alias("shut"))
