"""Which households that draw aid are within two steps of an official, and what else is there in their county?

In the circle is an award of a household within two links of an official (`linked`) if on one day both links held, it
ran and covered somebody, and the official held a post in its county; a household is where an award of it is. Searched
backward first, from the few households that matter, so that only officials who reach enough of them are followed
forward to everybody around them.
"""

from typing import Final

import narwhals as nw

from casework.covered import means_tested, spans
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.household import LATEST
from casework.kinship.jurisdiction import DUTIES
from casework.kinship.linked import (
    LINK,
    households_links,
    officials_kin,
    officials_links,
    persons_links,
    persons_near,
)
from casework.kinship.resources import RESOURCE, household_resources, person_resources
from casework.lead import first_rows, household_region
from casework.means.figures import first_day
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, OFFICIAL

COUNTY: Final = 6  # digits
MANY: Final = 3  # awards of a household from which on more are alike
KIND: Final = ("tested", "many")  # what makes households comparable


def households(data: Tables, policy: Policy, marked: Frame) -> Frame:
    """Every household that has an award, in a county: `household_id`, `county`, `awards`, `marks` of them, `KIND`.

    `marked`: `award_id`. `tested`: 1, an award is of a means-tested programme; `many`: its awards, MANY at most.
    """
    flags = marked.select("award_id").unique().with_columns(nw.lit(1).alias("mark"))
    tested = nw.col("programme").is_in(means_tested(policy))
    awards = first_rows(data[AWARD]).filter(~nw.col("household_id").is_null())
    counted = (
        awards.join(flags, on="award_id", how="left")
        .group_by("household_id")
        .agg(
            nw.len().cast(nw.Int64).alias("awards"),
            nw.col("mark").fill_null(0).sum().cast(nw.Int64).alias("marks"),
            nw.when(tested).then(nw.lit(1)).otherwise(nw.lit(0)).max().alias("tested"),
        )
        .with_columns(nw.min_horizontal(nw.col("awards"), nw.lit(MANY)).cast(nw.Int64).alias("many"))
    )
    placed = household_region(data, counted).filter(~nw.col("region_code").is_null())
    return placed.with_columns(nw.col("region_code").str.slice(0, COUNTY).alias("county"))


def circles(data: Tables, policy: Policy, homes: Frame, least: int) -> Frame:
    """Every way to an award in the circle of an official who may reach `least` households with a mark.

    `official_id`, `county`, `household_id`, `award_id`, `steps` (1 or 2), `through` (the household one step away; null
    where the way goes through a relative, of a household or not), and the columns of `LINK` of the first link and, as
    `next_…`, of the second. `homes`: as `households`.
    """
    marked = once(homes.filter(nw.col("marks") > 0).select("household_id"))
    everyone, kin = once(officials_links(data, policy)), once(officials_kin(data, policy))
    reached = _reached(data, policy, marked, everyone, kin)
    counted = reached.group_by("official_id").agg(nw.col("reached").n_unique().alias("reached"))
    able = once(counted.filter(nw.col("reached") >= least).select("official_id"))
    first = once(everyone.join(able, on="official_id", how="semi").rename({"household_id": "through"}))
    relatives = once(kin.join(able, on="official_id", how="semi"))
    second = {name: f"next_{name}" for name in LINK}
    by_home = households_links(data, policy, first.select(household_id="through")).rename({"household_id": "through"})
    by_person = persons_links(data, policy, relatives.select(person_id="between")).rename({"person_id": "between"})
    columns = ("official_id", "through", "household_id", "steps", *LINK, *second.values())
    nowhere = nw.lit(None).cast(nw.Int64).alias("through")
    two = [
        first.join(by_home.rename({**second, "other_id": "household_id"}), on="through", how="inner"),
        relatives.join(by_person.rename(second), on="between", how="inner").with_columns(nowhere),
    ]
    types = two[0].collect_schema()
    one = first.with_columns(
        nw.col("through").alias("household_id"),
        *(nw.lit(None).cast(types[name]).alias(name) for name in second.values()),
    )
    counted_ways = [(1, one), *((2, way) for way in two)]
    ways = [
        way.with_columns(nw.lit(steps).cast(nw.Int64).alias("steps")).select(*columns) for steps, way in counted_ways
    ]
    return _held(data, homes, nw.concat(ways))


def within(ways: Frame, hits: Frame) -> Frame:
    """Every household of each circle: `awards` in it, `marks` of them, and `steps` to it, to a mark where it has one.

    `ways`: as `circles`; `hits`: those to an award with a mark. A row an `official_id`, `county` and `household_id`.
    """
    key = ["official_id", "county", "household_id"]
    every = ways.group_by(*key).agg(
        nw.col("award_id").n_unique().cast(nw.Int64).alias("awards"), nw.col("steps").min().alias("least")
    )
    of_marks = hits.group_by(*key).agg(
        nw.col("award_id").n_unique().cast(nw.Int64).alias("marks"), nw.col("steps").min()
    )
    both = every.join(of_marks, on=key, how="left")
    return both.select(*key, "awards", nw.col("marks").fill_null(0), nw.coalesce("steps", "least").alias("steps"))


def _reached(data: Tables, policy: Policy, marked: Frame, links: Frame, kin: Frame) -> Frame:
    """Households with a mark (`reached`) within two steps of each official, whatever the days."""
    ends = once(links.select("official_id", "household_id").unique())
    relatives = once(kin.select("official_id", nw.col("between").alias("person_id")).unique())
    back = households_links(data, policy, marked).select(
        nw.col("other_id").alias("household_id"), nw.col("household_id").alias("reached")
    )
    theirs = person_resources(data, relatives.select("person_id").unique())
    shared = household_resources(data, policy).join(marked, on="household_id", how="semi")
    through = nw.concat(
        [
            persons_near(data, policy, marked).select("person_id", "household_id"),
            theirs.join(shared, on=list(RESOURCE), how="inner").select("person_id", "household_id"),
        ]
    ).unique()
    return nw.concat(
        [
            ends.join(marked, on="household_id", how="semi").select("official_id", reached="household_id"),
            ends.join(back.unique(), on="household_id", how="inner").select("official_id", "reached"),
            relatives.join(through, on="person_id", how="inner").select("official_id", reached="household_id"),
        ]
    ).unique()


def _held(data: Tables, homes: Frame, ways: Frame) -> Frame:
    """The ways to each award that covered somebody on a day on which both links held and the official was in post."""
    begun = nw.max_horizontal("from_day", nw.coalesce("next_from_day", "from_day"), "award_from", "post_from")
    over = nw.min_horizontal("to_day", nw.coalesce("next_to_day", "to_day"), "award_to", "post_to")
    dated = ways.join(_spans(data, homes), on="household_id", how="inner").join(
        posts(data), on=["official_id", "county"], how="inner"
    )
    return once(dated.filter(begun <= over).drop("award_from", "award_to", "post_from", "post_to").unique())


def posts(data: Tables) -> Frame:
    """Posts of handlers, approvers and village cadres: `official_id`, `county`, `post_from`, `post_to` (days)."""
    held = data[OFFICIAL].filter(nw.col("duty").is_in(DUTIES))
    return held.select(
        nw.col("person_id").alias("official_id"),
        nw.col("region_code").str.slice(0, COUNTY).alias("county"),
        nw.col("from_on_day").cast(nw.Int32).alias("post_from"),
        nw.coalesce(nw.col("to_on_day"), nw.lit(LATEST)).cast(nw.Int32).alias("post_to"),
    ).unique()


def _spans(data: Tables, homes: Frame) -> Frame:
    """From which day to which each award covered somebody; of whom it covers nobody knows: from its first to its last.

    `household_id`, `county`, `award_id`, `award_from`, `award_to`, each once.
    """
    whole = ("award_id", "since", "until")
    awards = first_rows(data[AWARD]).select(
        "award_id",
        "household_id",
        nw.col("from_month_index").alias("since"),
        nw.col("to_month_index").alias("until"),
    )
    covered = spans(data, awards.select("award_id", nw.col("until").alias("ends")))
    untold = awards.join(data[BENEFICIARY].select("award_id").unique(), on="award_id", how="anti")
    terms = nw.concat([covered.select(*whole), untold.select(*whole)])
    after = (first_day("next_index") - 1).cast(nw.Int32)
    dated = terms.with_columns((nw.col("until") + 1).cast(nw.Int32).alias("next_index")).select(
        "award_id",
        first_day("since").alias("award_from"),
        nw.coalesce(after, nw.lit(data.as_of_day)).cast(nw.Int32).alias("award_to"),
    )
    placed = awards.select("award_id", "household_id").join(dated, on="award_id", how="inner")
    return placed.join(homes.select("household_id", "county"), on="household_id", how="inner").unique()


__all__ = ["COUNTY", "KIND", "circles", "households", "posts", "within"]
