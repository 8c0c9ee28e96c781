"""To which households was an official a member or near kin, year by year, and did a post of theirs hold the village?

The tie is that of the year's last day, the post that of its middle: who takes office in the last weeks of a year has
decided little of it, and who leaves in its last weeks nearly all. Of aid that began before the post they decided
nothing, whenever it is asked about.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.jurisdiction import DUTIES, over, with_tiers
from casework.kinship.policy import near
from casework.kinship.staff import FAR, MEMBER_THEMSELF, TIE, holds_on, staff_kin, surest
from casework.means.figures import YEAR
from casework.means.members import members_on
from casework.policy import Policy
from casework.tables import MEMBER, OFFICIAL

KEY: Final = ("household_id", "year", "official_id")
IN_OFFICE, EARLIER, BEFORE, ELSEWHERE = "in_office", "earlier", "before", "elsewhere"


def official_homes(data: Tables, policy: Policy, years: Frame) -> Frame:
    """One row a household, year and official it is close to.

    `years`: `household_id`, `year`, its last `day` and its `middle` (days since 1970-01-01), `region_code`, and the
    `aid_month` in which the award of that year began (year x 12 + month - 1; null: not on aid). Answers `KEY` and
    `region_code`; the tie as `close_staff` gives it; `standing`: IN_OFFICE (a handler, approver or village committee
    with the village in their jurisdiction in the middle of the year), EARLIER (the same, and in no such post in the
    month in which the award began), BEFORE (the first such post began only after the year), ELSEWHERE (in such a post
    then, and never over this village); null: none of these. Of posts over the village then or when the award began:
    `duties` (separated by ;), `post_from`, `post_to` (null: open).
    """
    tied = once(_tied(data, policy, years))
    posts = _posts(data).join(tied.select("official_id").unique(), on="official_id", how="semi")
    asked = tied.select(*KEY, "region_code", "day", "middle", "aid_month")
    joined = with_tiers(data, asked).join(posts, on="official_id", how="inner")
    here = over()
    then, held = here & _held(), here & (_held() | _held_at_award())
    told = joined.group_by(*KEY).agg(
        *(nw.when(held & (nw.col("duty") == duty)).then(nw.lit(duty)).max().alias(duty) for duty in DUTIES),
        nw.when(held).then(nw.col("from_on")).min().alias("post_from"),
        nw.when(held).then(nw.col("until")).max().alias("until"),
        _flag(then).max().alias("in_office"),
        _flag(here & (nw.col("aid_month").is_null() | _held_at_award())).max().alias("at_award"),
        _flag(here).max().alias("ever"),
        nw.when(here).then(nw.col("from_on_day")).min().alias("first_day"),
        _flag(_held()).max().alias("anywhere"),
    )
    standing = (
        nw.when((nw.col("in_office") == 1) & (nw.col("at_award") == 0))
        .then(nw.lit(EARLIER))
        .when(nw.col("in_office") == 1)
        .then(nw.lit(IN_OFFICE))
        .when((nw.col("ever") == 1) & (nw.col("first_day") > nw.col("day")))
        .then(nw.lit(BEFORE))
        .when((nw.col("ever") == 0) & (nw.col("anywhere") == 1))
        .then(nw.lit(ELSEWHERE))
    )
    names = nw.concat_str([nw.col(duty) for duty in DUTIES], separator=";", ignore_nulls=True)
    return (
        tied.join(told, on=list(KEY), how="left")
        .with_columns(
            standing.alias("standing"),
            names.alias("duties"),
            nw.when(nw.col("until") < FAR).then(nw.col("until")).alias("post_to"),
        )
        .select(*KEY, "region_code", *TIE, "standing", "duties", "post_from", "post_to")
    )


def office_years(data: Tables, pairs: Frame, calendar: Frame) -> Frame:
    """In which years (`year`, `middle`) was each official in such a post over the village?

    `pairs`: `official_id`, `region_code`. Answers those and `year`.
    """
    posts = _posts(data).join(pairs.select("official_id").unique(), on="official_id", how="semi")
    joined = with_tiers(data, pairs.unique().join(calendar, how="cross")).join(posts, on="official_id", how="inner")
    return joined.filter(_held() & over()).select("official_id", "region_code", "year").unique()


def _held() -> nw.Expr:
    began, ended, middle = nw.col("from_on_day"), nw.col("to_on_day"), nw.col("middle")
    return (began <= middle) & (ended.is_null() | (ended >= middle))


def _held_at_award() -> nw.Expr:
    """Begun by the month in which the award began, and not over before it or before the middle; null: no award."""
    began = nw.col("from_on").dt.year().cast(nw.Int64) * YEAR + nw.col("from_on").dt.month().cast(nw.Int64) - 1
    ended = nw.col("until").dt.year().cast(nw.Int64) * YEAR + nw.col("until").dt.month().cast(nw.Int64) - 1
    month = nw.col("aid_month")
    return (began <= month) & ((ended >= month) | _held())


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _posts(data: Tables) -> Frame:
    """Every post of those duties."""
    return (
        data[OFFICIAL]
        .filter(nw.col("duty").is_in(DUTIES))
        .select(
            nw.col("person_id").alias("official_id"),
            "duty",
            nw.col("region_code").alias("place"),
            "from_on",
            nw.coalesce(nw.col("to_on"), nw.lit(FAR)).alias("until"),
            "from_on_day",
            "to_on_day",
        )
    )


def _tied(data: Tables, policy: Policy, years: Frame) -> Frame:
    """The surest tie of each official to a member of the household on the year's last day."""
    officials = _posts(data).select("official_id").unique()
    kin = once(staff_kin(data, policy).join(officials, on="official_id", how="semi"))
    homes = data[MEMBER].join(kin, on="person_id", how="semi").select("household_id").unique()
    asked = once(years.join(homes, on="household_id", how="semi"))
    people = members_on(data, asked).select("household_id", "year", "day", "region_code", "person_id").unique()
    close = people.join(kin, on="person_id", how="inner").filter(holds_on("day"))
    close = close.with_columns(nw.col("day").alias("rule__day"))
    themself = close.filter(nw.col("relation") == MEMBER_THEMSELF)
    others = near(policy, close.filter(nw.col("relation") != MEMBER_THEMSELF), on="rule_")
    ties = nw.concat([themself, others.select(*themself.collect_schema().names())])
    return asked.join(surest(ties, each=KEY), on=["household_id", "year"], how="inner")
