"""What happens in a small county where aid goes by need, or by need and favour, and what does the register say of it?

One committee member a village, each with near kin there; who comes on aid follows need as stated, smoothly through the
line, so that bands are put to the test. Four kinds are without any favour and look like it:

- plain: kin are as others;
- needier: kin are poorer, by 0.8 standard deviations of (the logarithm of) income;
- clan: half of the village, the official's kin and as many who are kin of no official, apply more often, also when they
  are less poor, and again when refused;
- one_surname: in the villages nearly all, in some all, are near kin of the official.

A fifth, clan_ahead, is not counted among these: of the clan's applicants in equal need more come on aid, for they know
what to bring. That is a difference the register cannot tell from favour; it is measured apart.

Favour is an odds ratio on coming on aid, for kin of the officials named as favouring.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

import numpy as np
import polars as pl

from casework.calendar import Calendar
from casework.dataset import Manifest, Tables
from casework.engine import engine
from casework.policy import Policy
from casework.tables import AWARD, HOUSEHOLD, KIN, MEANS, MEMBER, OFFICIAL, PERSON, REGION

Kind = Literal["plain", "needier", "clan", "one_surname", "clan_ahead"]

YEARS: Final = (2021, 2022, 2023, 2024)
AS_OF: Final = date(2024, 12, 31)
EPOCH: Final = date(1970, 1, 1)
STANDARD: Final = 500  # yuan a person a month
SPREAD: Final = 0.5  # standard deviation of the logarithm of income
ALL_KIN, MOST = 0.3, 0.8  # of one-surname villages in how many everybody is kin, and how many are in the others
NEEDIER: Final = 0.8  # of these
AT_LINE: Final = -1.2  # logit of coming on aid in the first year, at the line
STEEP: Final = 3.0  # by the logarithm of income
LATER: Final = -1.0  # who was refused once
ASKING: Final = {"others": 0.5, "clan": 0.9}  # who asks, and who asks again, a year
AHEAD: Final = 2.0  # odds ratio of the clan that knows what to bring


@dataclass(frozen=True, slots=True)
class Plan:
    """One county: how many villages, households in each and kin among them, and what is so of them."""

    kind: Kind = "plain"
    villages: int = 15
    households: int = 120
    kin: int = 20
    odds: float = 1.0  # of the kin of favouring officials
    favouring: int = 0  # how many officials do


@dataclass(frozen=True, slots=True)
class World:
    """The county as tables, and which officials (person_id) favour."""

    tables: Tables
    favouring: frozenset[int]
    kin: pl.DataFrame  # household_id of whoever is near kin of the village's official
    surnames: pl.DataFrame  # household_id of the same surname, kin or not


def policy() -> Policy:
    """The shipped rules and a standard."""
    return Policy.of(dibao_standard=STANDARD)


def world(plan: Plan, seed: int) -> World:
    """The county drawn from a seed: the same plan and seed, the same county."""
    draw = np.random.default_rng(seed)
    homes = _homes(plan, draw)
    years = _years(plan, homes, draw)
    officials = np.arange(plan.villages) + 1
    tables = _tables(homes, years, officials)
    favouring = frozenset(int(one) for one in officials[: plan.favouring])
    kin, surnames = (homes.filter(one).select("household_id") for one in ("kin", "clan"))
    return World(tables, favouring, kin, surnames)


def _homes(plan: Plan, draw: np.random.Generator) -> pl.DataFrame:
    """Every household: village, near kin of its official or not, of the clan or not, what it lives on."""
    size = plan.households
    village = np.repeat(np.arange(plan.villages), size)
    place = np.tile(np.arange(size), plan.villages)
    kin_count = np.full(plan.villages, plan.kin)
    if plan.kind == "one_surname":
        kin_count = np.where(draw.random(plan.villages) < ALL_KIN, size, np.round(size * MOST)).astype(np.int64)
    kin = place < kin_count[village]
    clan = place < np.maximum(kin_count, size // 2)[village]
    shift = np.where(kin & (plan.kind == "needier"), -NEEDIER * SPREAD, 0.0)
    income = np.exp(draw.normal(0.1, SPREAD, len(village)) + shift)
    return pl.DataFrame(
        {"household_id": np.arange(len(village)) + 1, "village": village, "kin": kin, "clan": clan, "income": income}
    )


def _years(plan: Plan, homes: pl.DataFrame, draw: np.random.Generator) -> pl.DataFrame:
    """Every statement, `household_id`, `year`, `income`, and whether aid `began` of it."""
    logs = np.log(homes["income"].to_numpy())
    kin, clan, village = (homes[name].to_numpy() for name in ("kin", "clan", "village"))
    mobilised = clan & (plan.kind in {"clan", "clan_ahead"})
    asking = np.where(mobilised, ASKING["clan"], ASKING["others"] * np.where(logs < 0, 1.4, 0.8))
    ahead = np.log(AHEAD) * (clan & (plan.kind == "clan_ahead"))
    favoured = np.log(plan.odds) * (kin & (village < plan.favouring))
    waiting, asked_before = np.ones(len(logs), dtype=bool), np.zeros(len(logs), dtype=bool)
    rows = []
    for year in YEARS:
        logs = logs + draw.normal(0, 0.15, len(logs))
        asks = waiting & (draw.random(len(logs)) < asking)
        logit = AT_LINE - STEEP * logs + np.where(asked_before, LATER, 0.0) + ahead + favoured
        granted = asks & (draw.random(len(logs)) < 1 / (1 + np.exp(-logit)))
        rows.append(
            pl.DataFrame(
                {"household_id": homes["household_id"], "income": np.exp(logs), "asks": asks, "began": granted}
            )
            .filter("asks")
            .with_columns(year=pl.lit(year))
        )
        waiting, asked_before = waiting & ~granted, asked_before | asks
    return pl.concat(rows)


def _day(column: str) -> pl.Expr:
    return (pl.col(column) - pl.lit(EPOCH)).dt.total_days().cast(pl.Int32)


def _tables(homes: pl.DataFrame, years: pl.DataFrame, officials: np.ndarray) -> Tables:
    """What the register says."""
    code = pl.format("990101001{}", pl.col("village").cast(pl.String).str.zfill(3))
    source = {"source_file": pl.lit("calibration"), "source_row": pl.int_range(2, pl.len() + 2, dtype=pl.Int32)}
    person = pl.col("household_id") + 10_000
    name = pl.format("H{}", "household_id")
    since = {"joined_on": pl.lit(date(2015, 1, 1)), "relation": pl.lit("head"), "co_living": pl.lit(value=True)}
    posts = pl.DataFrame({"person_id": officials, "village": officials - 1})
    villages = homes.select("village").unique().sort("village").with_columns(region_code=code)
    given = {
        REGION: villages.select("region_code", tier=pl.lit("village"), urban_rural=pl.lit("rural"), **source),
        HOUSEHOLD: homes.select("household_id", household_no=name, region_code=code, repeat=pl.lit(0), **source),
        PERSON: homes.select(person_id=person, repeat=pl.lit(0), **source),
        MEMBER: homes.select("household_id", household_no=name, person_id=person, **since, **source).with_columns(
            joined_on_day=_day("joined_on")
        ),
        KIN: homes.filter("kin").select(
            person_id=pl.col("village") + 1,
            relative_person_id=person,
            relation=pl.lit("sibling"),
            source=pl.lit("hukou"),
            **source,
        ),
        OFFICIAL: posts.select(
            "person_id",
            duty=pl.lit("village_committee"),
            region_code=code,
            from_on=pl.lit(date(2018, 1, 1)),
            post=pl.lit("示例"),
            **source,
        ).with_columns(from_on_day=_day("from_on")),
        MEANS: years.select(
            "household_id",
            household_no=name,
            as_of=pl.date(pl.col("year"), 3, 1),
            item=pl.lit("wage"),
            verified_fen=(pl.col("income") * STANDARD * 1200).round().cast(pl.Int64),
            **source,
        ).with_columns(as_of_day=_day("as_of")),
        AWARD: years.filter("began").select(
            "household_id",
            award_id=pl.col("household_id"),
            award_no=pl.format("D{}", "household_id"),
            household_no=name,
            programme=pl.lit("dibao"),
            from_month=pl.date(pl.col("year"), 5, 1),
            from_month_index=(pl.col("year") * 12 + 4).cast(pl.Int32),
            repeat=pl.lit(0),
            **source,
        ),
    }
    fitted = {
        table: frame.with_columns(
            pl.col(column).cast(kind) for column, kind in table.schema.items() if column in frame.columns
        )
        for table, frame in given.items()
    }
    empty = Tables(Path("/nowhere"), Manifest("", AS_OF, "", True, {}, {}), engine("polars"), Calendar.load(), {})  # noqa: FBT003 - synthetic
    return empty.beside(fitted)
