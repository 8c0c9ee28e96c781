"""Beside whom is an official's kin compared: how many of them, and of all others there, came on aid?

A stratum is a village, a year and a band of need. In it the households close to the official are the marked ones; the
others are those close to no official with that village in their jurisdiction. Who is close to another of these may be
favoured too and is left out, however few remain: where nobody remains, nothing is said. So is, beside the other kin,
who was on aid before the official's post; the others stay, whenever their aid began: that hides rather than accuses.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.homes import BEFORE, EARLIER, ELSEWHERE, IN_OFFICE, office_years, official_homes
from casework.means.asked_years import asked_years
from casework.policy import Policy

STRATUM: Final = ("region_code", "year", "band")
HOME: Final = ("household_id", "year")


def kin_on_aid(data: Tables, policy: Policy) -> Frame:
    """The households close to officials, as `official_homes` says, with `band` and `on_aid` of the year."""
    return data.shared(f"kin_on_aid:{policy.digest}", lambda: _kin_on_aid(data, policy))


def _kin_on_aid(data: Tables, policy: Policy) -> Frame:
    years = asked_years(data, policy)
    told = years.select(*HOME, "band", "on_aid", "aid_month", "first_aid_month")
    return official_homes(data, policy, years).join(told, on=list(HOME), how="inner")


def kin_strata(data: Tables, policy: Policy) -> Frame:
    """One row an official, `standing` and stratum: `hits_marked`, `hits`, `marked`, `whole` households (Int64).

    `standing` IN_OFFICE: the official's own kin in jurisdiction. BEFORE: the same kin in years before any post over the
    village, or in the years of a post, of whom hit are those whose aid began before it. ELSEWHERE: in the villages and
    years of the first, the kin of officials who have no say there.
    """
    homes = once(kin_on_aid(data, policy))
    insiders = homes.filter(nw.col("standing") == IN_OFFICE)
    inside = once(_inside(homes))
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
    parts = (
        _beside(own, base, IN_OFFICE, inside=True),
        _beside(_earlier(homes), base, BEFORE, inside=True),
        _beside(before, base, BEFORE, inside=False),
        _beside(beside, base, ELSEWHERE, inside=False),
    )
    return nw.concat(list(parts))


def _inside(homes: Frame) -> Frame:
    """Who is close to an official of the village that year, whenever their aid began."""
    return homes.filter(nw.col("standing").is_in((IN_OFFICE, EARLIER))).select(*HOME).unique()


def _earlier(homes: Frame) -> Frame:
    """All kin in the strata of those who were on aid before the post, these as the ones hit."""
    each = ("official_id", *STRATUM)
    known = homes.filter(nw.col("standing").is_in((IN_OFFICE, EARLIER)) & ~nw.col("band").is_null())
    hit = nw.when(nw.col("standing") == EARLIER).then(nw.lit(1)).otherwise(nw.lit(0))
    counted = _counted(known.with_columns(hit.alias("on_aid")), each, hits="hits_marked", whole="marked")
    return counted.filter(nw.col("hits_marked") > 0)


def courses(data: Tables, policy: Policy, officials: Frame) -> Frame:
    """Every household compared for these officials (`official_id`), each year in which the official was in office.

    `official_id`, `household_id`, `STRATUM`, `on_aid`, `marked` (1: close to the official that year).
    """
    homes = once(kin_on_aid(data, policy))
    in_office = homes.filter(nw.col("standing") == IN_OFFICE)
    own = once(in_office.join(officials, on="official_id", how="semi"))
    asked = asked_years(data, policy).filter(~nw.col("band").is_null() & ~nw.col("region_code").is_null())
    calendar = once(asked.select("year", "middle").unique())
    pairs = own.select("official_id", "region_code").unique()
    terms = office_years(data, pairs, calendar)
    strangers = asked.join(_inside(homes), on=list(HOME), how="anti")
    others = terms.join(strangers, on=["region_code", "year"], how="inner")
    columns = ("official_id", "household_id", *STRATUM, "on_aid")
    known = own.filter(~nw.col("band").is_null())
    return nw.concat(
        [
            known.select(*columns, nw.lit(1).cast(nw.Int64).alias("marked")),
            others.select(*columns, nw.lit(0).cast(nw.Int64).alias("marked")),
        ]
    )


def _counted(rows: Frame, each: tuple[str, ...], *, hits: str, whole: str) -> Frame:
    known = rows.filter(~nw.col("band").is_null())
    return known.group_by(*each).agg(
        nw.col("on_aid").sum().cast(nw.Int64).alias(hits), nw.len().cast(nw.Int64).alias(whole)
    )


def _beside(rows: Frame, base: Frame, standing: str, *, inside: bool) -> Frame:
    """The marked with the whole they belong to: those inside are not yet in the base, the others are."""
    joined = rows.join(base, on=list(STRATUM), how="left").with_columns(
        nw.col("base").fill_null(0), nw.col("base_hits").fill_null(0)
    )
    more, more_hits = nw.col("base"), nw.col("base_hits")
    if inside:
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
