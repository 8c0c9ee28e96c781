"""Does `kin_lenience` accuse by chance, and from how large a favour on does it see one?

Many small counties of decided applications, drawn as the question gathers them, from the acceptance on: who confirmed,
whose kin, band, decision, days, pay. Eight kinds have no lenience and look like it:

- plain: kin are as others;
- needier: kin are two bands needier, and who is needier is approved more;
- mobilised: five times as many kin apply;
- delegated: half of the villages decide in half the time, and more kin live there;
- urgent: one in ten of all cases, of kin one in five, is urgent and decided in three days;
- batched: decisions come in monthly batches of each village, and of each official's kin four in five apply in the one
  month in which they were told of the aid;
- paced: officials differ in speed by three working days (standard deviation), for everyone alike;
- generous: half of the officials approve more, decide sooner and pay more, for everyone. No kin are favoured; what is
  said of all their cases is true.

A ninth, unregistered, is not counted among these: the urgent cases are not registered as such. That is a difference
no register can tell from favour; it is measured apart.

`calibrate` draws each kind many times: how often p falls below its level, and how often anybody is named in vain. Then
with one in five officials favouring kin, by so many times the odds of an approval, so many days and so large a share of
overpaid awards: the share of false among all named, and how many of the favouring are found.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casework.kinship.lenience import TEST, assessed, compared
from casework.kinship.standing_out import standing_out
from casework.policy import Policy

WORLDS: Final = 200
LEVEL: Final = 0.05
Whole = NDArray[np.int64]
YEARS: Final = (2022, 2023, 2024)
LINE: Final = 5  # the first band that is not below the line
TOWNSHIPS, VILLAGES, CONFIRMING = 4, 4, 3  # villages and officials of a township; all its officials confirm everywhere
KINDS: Final = ("plain", "needier", "mobilised", "delegated", "urgent", "batched", "paced", "generous", "unregistered")


@dataclass(frozen=True, slots=True)
class Plan:
    """One county: what is so of its kin, how many applications a village and year, how strong favour is (0: none)."""

    kind: str = "plain"
    applications: int = 40
    kin: float = 0.1
    favour: float = 0.0
    favouring: float = 0.0


def world(plan: Plan, seed: int) -> tuple[pl.DataFrame, pl.DataFrame, frozenset[int]]:
    """Cases and who confirmed them (as `compared` takes them), and which officials favour their kin."""
    draw = np.random.default_rng(seed)
    count = TOWNSHIPS * VILLAGES * len(YEARS) * plan.applications
    each = np.arange(count)
    village = each % (TOWNSHIPS * VILLAGES)
    official = (village // VILLAGES) * CONFIRMING + draw.integers(0, CONFIRMING, count) + 1
    officials = TOWNSHIPS * CONFIRMING
    quick = (plan.kind == "delegated") & (village % 2 == 0)
    share = plan.kin * (5 if plan.kind == "mobilised" else 1) * np.where(quick, 3, 1)
    kin = draw.random(count) < share
    lower = 2 if plan.kind == "needier" else 0
    band = np.clip(draw.integers(0, 11, count) - lower * kin, 0, 10)
    favouring = frozenset(np.flatnonzero(draw.random(officials) < plan.favouring) + 1)
    generous = (official % 2 == 0) & (plan.kind == "generous")
    favoured = kin & np.isin(official, list(favouring))
    more = np.where(favoured, plan.favour, 0) + generous
    logit = np.where(band < LINE, 2.5, 0.2 - 0.5 * (band - LINE)) + 1.4 * more  # four times the odds for a favour of 1
    approved = draw.random(count) < 1 / (1 + np.exp(-logit))
    urgent = (plan.kind in {"urgent", "unregistered"}) & (draw.random(count) < np.where(kin, 0.2, 0.1))
    month, waited, pace = _calendar(plan, count, village, official, kin, draw)
    usual = (
        (waited if plan.kind == "batched" else draw.gamma(9, 2, count) + pace) * np.where(quick, 0.5, 1)
        - np.where(approved, 0, 5)
        - 6 * more
    )
    days = np.where(urgent, 3, np.clip(usual, 1, 60)).astype(np.int64)
    overpaid = draw.random(count) < 0.05 + 0.1 * (band < 2) + 0.4 * more  # noqa: PLR2004 - the neediest two bands
    beyond = np.where(overpaid, draw.integers(1, 40, count) * 1000, 0)
    cases = pl.DataFrame(
        {
            "application_id": each,
            "region_code": [f"99010100{place // VILLAGES}{place:03d}" for place in village],
            "year": np.array(YEARS)[each // (TOWNSHIPS * VILLAGES) % len(YEARS)],
            "month": month,
            "band": band,
            "programme": "dibao",
            "delegated": quick,
            "extended": False,
            "urgency": np.where(urgent & (plan.kind == "urgent"), "red", "green"),
            "decision": np.where(approved, "approved", "refused"),
            "approved": pl.Series(approved.astype(np.int64)),
            "days": days,
            "beyond_half_fen": pl.Series(beyond),
        }
    ).with_columns(
        approved=pl.when(pl.col("band") >= LINE).then("approved"),
        beyond_half_fen=pl.when(pl.col("decision") == "approved", pl.col("band") < LINE).then("beyond_half_fen"),
    )
    return (
        cases,
        pl.DataFrame({"application_id": each, "official_id": official, "kin": kin.astype(np.int64)}),
        favouring,
    )


def _calendar(
    plan: Plan, count: int, village: Whole, official: Whole, kin: NDArray[np.bool_], draw: np.random.Generator
) -> tuple[Whole, Whole, NDArray[np.float64]]:
    """Of each application the month of acceptance, the days until its batch is decided, how slow its official is."""
    own = np.random.default_rng(draw.integers(2**62))
    month = own.integers(1, 13, count)
    told = own.integers(1, 13, TOWNSHIPS * CONFIRMING + 1)[official]
    if plan.kind == "batched":
        month = np.where(kin & (own.random(count) < 0.8), told, month)  # noqa: PLR2004 - four in five
    year = np.arange(count) // (TOWNSHIPS * VILLAGES) % len(YEARS)
    waits = own.integers(5, 35, (TOWNSHIPS * VILLAGES, len(YEARS), 13))
    waited = waits[village, year, month] + own.integers(-2, 3, count)
    slow = own.normal(0, 3, TOWNSHIPS * CONFIRMING + 1)[official] * (plan.kind == "paced")
    return np.array(YEARS)[year] * 100 + month, waited, slow


def calibrate(worlds: int = WORLDS) -> pl.DataFrame:
    """One row a plan, marking and question: `kind`, `applications`, `favour`, `marking`, `question`, `worlds`.

    `tests`; `below`: the share with p up to 0.05; `mean_p`; `named`; `false`: of them, of officials without favour;
    `favouring` tests, and `found` of them. `false_share`, of all questions of a plan and marking: the mean
    over worlds of false among named (none named: 0), which is what q promises. Of all cases what is true of everybody's
    (generous) is not false, and what favour of kin does to all is neither.
    """
    plans = [Plan(kind) for kind in KINDS]
    plans += [
        Plan(applications=applications, favour=favour, favouring=0.2)
        for applications in (40, 80, 160)
        for favour in (0.5, 1.0, 2.0)
    ]
    plans += [replace(Plan(kind), favour=1.0, favouring=0.2) for kind in ("needier", "delegated")]
    return pl.concat([_calibrated(plan, worlds) for plan in plans])


def _calibrated(plan: Plan, worlds: int) -> pl.DataFrame:
    told = pl.concat([told_of(plan, seed) for seed in range(worlds)])
    false, named = pl.col("named") & ~pl.col("true"), pl.col("named")
    by_world = told.group_by("marking", "seed").agg(share=false.sum() / pl.max_horizontal(named.sum(), 1))
    shares = by_world.group_by("marking").agg(false_share=pl.col("share").sum() / worlds)
    counted = told.group_by("marking", "question").agg(
        tests=pl.len(),
        below=(pl.col("p") <= LEVEL).mean(),
        mean_p=pl.col("p").mean(),
        named=named.sum(),
        false=false.sum(),
        favouring=pl.col("favouring").sum(),
        found=(pl.col("favouring") & named).sum(),
    )
    return (
        counted.join(shares, on="marking")
        .select(
            pl.lit(plan.kind).alias("kind"),
            pl.lit(plan.applications).alias("applications"),
            pl.lit(plan.favour).alias("favour"),
            pl.lit(worlds).alias("worlds"),
            pl.all(),
        )
        .sort("marking", "question")
    )


def told_of(plan: Plan, seed: int) -> pl.DataFrame:
    """Every test of one county: `marking`, `question`, `p`, `named`, whether it is `true`, and of kin `favouring`."""
    policy = Policy.shipped()
    limits = {name: float(str(policy.tuning("kin_lenience", name))) for name in policy.rule("kin_lenience").shape}
    cases, confirmed, favouring = world(plan, seed)
    made = assessed(compared(cases, confirmed), round(limits["minimum"]), limits["lift"])
    named = standing_out(made, cases, confirmed, limits).select(*TEST, named=pl.lit(value=True))
    of_kin = pl.col("marking") == "kin"
    guilty = pl.col("official_id").is_in(sorted(favouring))
    generous = (pl.col("official_id") % 2 == 0) & (plan.kind == "generous")
    return made.join(named, on=list(TEST), how="left").select(
        "marking",
        "question",
        "p",
        pl.lit(seed).alias("seed"),
        pl.col("named").fill_null(value=False),
        (guilty & of_kin).alias("favouring"),
        (guilty | (generous & ~of_kin)).alias("true"),
    )
