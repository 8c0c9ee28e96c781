"""Which handlers, approvers and village cadres are close to an application's household, and what is their part in it?

Close: a member of the household on the acceptance day, co-living or not, is the official or is near kin of them. Their
part: a post whose jurisdiction holds the household's village on that day, or steps of the case they acted in.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.composed import kin_of
from casework.kinship.jurisdiction import DUTIES, over, perhaps_over, with_tiers
from casework.kinship.policy import named, near
from casework.lead import first_rows, household_region
from casework.means.members import members_on
from casework.policy import Policy
from casework.tables import APPLICATION, MEMBER, OFFICIAL, STEP

MEMBER_THEMSELF: Final = "member"  # `relation` of an official who lives there
ACTORS: Final = ("actor_person_id", "second_actor_person_id")
TIE: Final = ("member_id", "relation", "degree", "path", "via_1", "via_2", "certainty", "weakest")
FAR: Final = date(9999, 12, 31)
APART: Final = "authorise"  # who only takes the household's consent to be checked decides nothing
STEPS: Final = tuple(option.code for option in STEP["step"].options if option.code != APART)


def close_staff(data: Tables, policy: Policy) -> Frame:
    """One row an application and a person of the staff who is close to its household on the acceptance day.

    The application: `application_id`, `application_no`, `programme`, `household_id`, `region_code` (household's
    village; else the application's), `decision`, `accepted_at` and `decided_at` (with `_dated` and `_day`).
    The tie: `official_id`, `member_id` (the member tied most surely), `relation` ("member": the official), `degree`,
    `path`, `via_1`, `via_2`, `certainty`, `weakest`.
    Their part: `duties` (separated by ;), `posts`, `post_from`, `post_to` of the posts that on the acceptance day
    were over the village (null: none), `perhaps` (1: another may have been: a village is unknown, the household's or
    that of a committee); `steps` they acted in (separated by ;, null: none), `acted` their number.
    """
    return data.shared(f"close_staff:{policy.digest}", lambda: _close_staff(data, policy))


def _close_staff(data: Tables, policy: Policy) -> Frame:
    found = once(_near_members(data, policy))
    posts, steps = _posts(data, found), _steps(data, found)
    key = ["application_id", "official_id"]
    joined = found.join(posts, on=key, how="left").join(steps, on=key, how="left")
    return joined.with_columns(nw.col("acted").fill_null(0), nw.col("perhaps").fill_null(0))


def _staff(data: Tables) -> Frame:
    """Everyone who held such a duty at any time, or acted in a step."""
    actors = data[STEP].filter(nw.col("step") != APART)
    return (
        nw.concat(
            [
                data[OFFICIAL].filter(nw.col("duty").is_in(DUTIES)).select("person_id"),
                actors.select(nw.col("actor_person_id").alias("person_id")),
                actors.select(nw.col("second_actor_person_id").alias("person_id")),
            ]
        )
        .filter(~nw.col("person_id").is_null())
        .unique()
    )


def _near_members(data: Tables, policy: Policy) -> Frame:
    """Applications of households with a close member, the closest one of each official."""
    kin = staff_kin(data, policy)
    homes = data[MEMBER].join(kin, on="person_id", how="semi").select("household_id").unique()
    applications = once(
        first_rows(data[APPLICATION])
        .filter(~nw.col("accepted_at_day").is_null())
        .join(homes, on="household_id", how="semi")
        .select(
            "application_id",
            "application_no",
            "programme",
            "household_id",
            nw.col("region_code").alias("in_charge"),
            "accepted_at",
            "accepted_at_dated",
            "accepted_at_day",
            "decision",
            "decided_at",
            "decided_at_dated",
            "decided_at_day",
        )
    )
    days = applications.select("application_id", "household_id", "accepted_at_day")
    people = members_on(data, days, day="accepted_at_day").select("application_id", "person_id", "accepted_at_day")
    close = people.unique().join(kin, on="person_id", how="inner").filter(holds_on("accepted_at_day"))
    themself = close.filter(nw.col("relation") == MEMBER_THEMSELF)
    place = household_region(data, applications, otherwise="in_charge").select("application_id", "region_code")
    others = close.filter(nw.col("relation") != MEMBER_THEMSELF).join(place, on="application_id", how="left")
    near_ones = near(policy, others, on="accepted_at").select(*themself.collect_schema().names())
    closest = surest(nw.concat([themself, near_ones]), each=("application_id", "official_id"))
    placed = household_region(data, applications, otherwise="in_charge")
    return placed.join(closest, on="application_id", how="inner").drop("in_charge")


def surest(ties: Frame, *, each: Sequence[str]) -> Frame:
    """Of an official's ties to members (`person_id`) of one household the surest: the columns `each`, then `TIE`."""
    return (
        ties.with_columns(
            (-nw.col("certainty")).alias("doubt"),
            nw.coalesce(nw.col("via_1"), nw.lit(0)).alias("order_1"),
            nw.coalesce(nw.col("via_2"), nw.lit(0)).alias("order_2"),
            nw.col("person_id").alias("member_id"),
        )
        .unique(
            list(each),
            keep="first",
            order_by=["doubt", "degree", "relation", "path", "member_id", "order_1", "order_2", "weakest"],
        )
        .select(*each, *TIE)
    )


def holds_on(day: str) -> nw.Expr:
    """Does the tie hold on the day (a column)?"""
    begin, end, on = nw.col("from_day"), nw.col("to_day"), nw.col(day)
    return (begin.is_null() | (begin <= on)) & (end.is_null() | (end >= on))


def staff_kin(data: Tables, policy: Policy) -> Frame:
    """Relatives (`person_id`) of the staff (`official_id`) whom near_kin names anywhere, and the staff themselves.

    `relation` ("member" for themselves), `degree`, `path`, `via_1`, `via_2`, `certainty`, `weakest`, `from_day`,
    `to_day` (null: unbounded). Whether near_kin names them on the day is for `near` to say.
    """
    return data.shared(f"staff_kin:{policy.digest}", lambda: _kin(data, policy))


def _kin(data: Tables, policy: Policy) -> Frame:
    staff = once(_staff(data))
    columns = ("degree", "path", "via_1", "via_2", "certainty", "weakest", "from_day", "to_day")
    kin = kin_of(data, staff, policy, relations=named(policy, "near_kin"))
    theirs = kin.select(
        nw.col("person_id").alias("official_id"), nw.col("relative_id").alias("person_id"), "relation", *columns
    )
    nobody, never = nw.lit(None).cast(nw.Int64), nw.lit(None).cast(nw.Int32)
    themselves = staff.select(
        nw.col("person_id").alias("official_id"),
        "person_id",
        nw.lit(MEMBER_THEMSELF).alias("relation"),
        nw.lit(0).cast(nw.Int32).alias("degree"),
        nw.lit(MEMBER_THEMSELF).alias("path"),
        nobody.alias("via_1"),
        nobody.alias("via_2"),
        nw.lit(1.0).alias("certainty"),  # no tie that could be doubted
        nw.lit("member").alias("weakest"),
        never.alias("from_day"),
        never.alias("to_day"),
    )
    return nw.concat([theirs, themselves])


def _posts(data: Tables, found: Frame) -> Frame:
    """The posts an official held on the acceptance day over the household's village, or perhaps over it."""
    asked = found.select("application_id", "official_id", "region_code", "accepted_at_day")
    posts = (
        data[OFFICIAL]
        .filter(nw.col("duty").is_in(DUTIES))
        .select(
            nw.col("person_id").alias("official_id"),
            "duty",
            "post",
            nw.col("region_code").alias("place"),
            "from_on",
            "to_on",
            "from_on_day",
            "to_on_day",
        )
    )
    day = nw.col("accepted_at_day")
    in_post = (nw.col("from_on_day") <= day) & (nw.col("to_on_day").is_null() | (day <= nw.col("to_on_day")))
    held = (
        with_tiers(data, asked)
        .join(posts, on="official_id", how="inner")
        .filter(in_post)
        .with_columns(over().alias("over"), perhaps_over().alias("perhaps"))
        .with_columns(
            nw.when(nw.col("over")).then(nw.lit(1)).otherwise(nw.lit(0)).alias("holds"),
            nw.when(nw.col("perhaps") & ~nw.col("over")).then(nw.lit(1)).otherwise(nw.lit(0)).alias("perhaps"),
            *(nw.when(nw.col("over") & (nw.col("duty") == duty)).then(nw.lit(duty)).alias(duty) for duty in DUTIES),
            nw.when(nw.col("over")).then(nw.col("post")).alias("post"),
            nw.when(nw.col("over")).then(nw.col("from_on")).alias("from_on"),
            nw.when(nw.col("over")).then(nw.coalesce(nw.col("to_on"), nw.lit(FAR))).alias("until"),
        )
    )
    names = nw.concat_str([nw.col(duty) for duty in DUTIES], separator=";", ignore_nulls=True)
    both = nw.concat_str([nw.col("first_post"), nw.col("last_post")], separator="、")
    return (
        held.group_by("application_id", "official_id")
        .agg(
            *(nw.col(duty).max() for duty in DUTIES),
            nw.col("holds").max(),
            nw.col("perhaps").max(),
            nw.col("post").min().alias("first_post"),
            nw.col("post").max().alias("last_post"),
            nw.col("from_on").min().alias("post_from"),
            nw.col("until").max(),
        )
        .select(
            "application_id",
            "official_id",
            nw.when(nw.col("holds") == 1).then(names).alias("duties"),
            nw.when(nw.col("first_post") == nw.col("last_post"))
            .then(nw.col("first_post"))
            .otherwise(both)
            .alias("posts"),
            "post_from",
            nw.when(nw.col("until") < FAR).then(nw.col("until")).alias("post_to"),
            "perhaps",
        )
    )


def _steps(data: Tables, found: Frame) -> Frame:
    """The steps of the application in which the official was first or second actor, the household's consent apart."""
    steps = data[STEP].filter(nw.col("step") != APART).join(found, on="application_id", how="semi")
    actors = nw.concat(
        [steps.select("application_id", "step", nw.col(name).alias("official_id")) for name in ACTORS]
    ).filter(~nw.col("official_id").is_null())
    theirs = actors.join(
        found.select("application_id", "official_id"), on=["application_id", "official_id"], how="inner"
    )
    each = [nw.when(nw.col("step") == step).then(nw.lit(step)).max().alias(step) for step in STEPS]
    return (
        theirs.group_by("application_id", "official_id")
        .agg(*each, nw.col("step").n_unique().cast(nw.Int64).alias("acted"))
        .select(
            "application_id",
            "official_id",
            nw.concat_str([nw.col(step) for step in STEPS], separator=";", ignore_nulls=True).alias("steps"),
            "acted",
        )
    )
