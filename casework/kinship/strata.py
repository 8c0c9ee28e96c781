"""Beside whom is an official's kin compared: how many of them, and of all others there, came on aid?

A stratum is a village, a year and a band of need. In it the households close to the official are the marked ones; the
others are those close to no official with that village in their jurisdiction. Who is close to another of these may be
favoured too and is left out, however few remain: where nobody remains, nothing is said.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.homes import BEFORE, ELSEWHERE, IN_OFFICE, official_homes
from casework.means.asked_years import asked_years
from casework.policy import Policy

STRATUM: Final = ("region_code", "year", "band")
HOME: Final = ("household_id", "year")


def kin_on_aid(data: Tables, policy: Policy) -> Frame:
    """The households close to officials, as `official_homes` says, with `band` and `on_aid` of the year."""
    return data.shared(f"kin_on_aid:{policy.digest}", lambda: _kin_on_aid(data, policy))


def _kin_on_aid(data: Tables, policy: Policy) -> Frame:
    years = asked_years(data, policy)
    told = years.select(*HOME, "band", "on_aid")
    return official_homes(data, policy, years).join(told, on=list(HOME), how="inner")


def kin_strata(data: Tables, policy: Policy) -> Frame:
    """One row an official, `standing` and stratum: `hits_marked`, `hits`, `marked`, `whole` households (Int64).

    `standing` IN_OFFICE: the official's own kin in jurisdiction. BEFORE: the same kin in years before any post over the
    village. ELSEWHERE: in the villages and years of the first, the kin of officials who have no say there.
    """
    homes = once(kin_on_aid(data, policy))
    insiders = homes.filter(nw.col("standing") == IN_OFFICE)
    inside = once(insiders.select(*HOME).unique())
    everyone = asked_years(data, policy).filter(~nw.col("band").is_null() & ~nw.col("region_code").is_null())
    strangers = everyone.join(inside, on=list(HOME), how="anti")
    base = once(_counted(strangers, STRATUM, hits="base_hits", whole="base"))
    own = _counted(insiders, ("official_id", *STRATUM), hits="hits_marked", whole="marked")
    outside = homes.join(inside, on=list(HOME), how="anti")
    before = _counted(
        outside.filter(nw.col("standing") == BEFORE), ("official_id", *STRATUM), hits="hits_marked", whole="marked"
    )
    powerless = outside.filter(nw.col("standing") == ELSEWHERE).select("household_id", *STRATUM, "on_aid").unique()
    elsewhere = _counted(powerless, STRATUM, hits="hits_marked", whole="marked")
    there = insiders.select("official_id", "region_code", "year").unique()
    beside = there.join(elsewhere, on=["region_code", "year"], how="inner")
    added = {IN_OFFICE: own, BEFORE: before, ELSEWHERE: beside}
    return nw.concat([_beside(rows, base, standing) for standing, rows in added.items()])


def _counted(rows: Frame, each: tuple[str, ...], *, hits: str, whole: str) -> Frame:
    known = rows.filter(~nw.col("band").is_null())
    return known.group_by(*each).agg(
        nw.col("on_aid").sum().cast(nw.Int64).alias(hits), nw.len().cast(nw.Int64).alias(whole)
    )


def _beside(rows: Frame, base: Frame, standing: str) -> Frame:
    """The marked with the whole they belong to: insiders are not yet in the base, the others are."""
    joined = rows.join(base, on=list(STRATUM), how="left").with_columns(
        nw.col("base").fill_null(0), nw.col("base_hits").fill_null(0)
    )
    more, more_hits = nw.col("base"), nw.col("base_hits")
    if standing == IN_OFFICE:
        more, more_hits = more + nw.col("marked"), more_hits + nw.col("hits_marked")
    return joined.select(
        "official_id",
        nw.lit(standing).alias("standing"),
        *STRATUM,
        "hits_marked",
        more_hits.cast(nw.Int64).alias("hits"),
        "marked",
        more.cast(nw.Int64).alias("whole"),
    )
