"""Which households that draw aid are within two steps of an official, and what else is there in their county?

In the circle is a household within two links of an official (`linked`) if on one day both links held, one of its awards
ran and the official held a post in its county. Searched backward first, from the few households that matter, so that
only officials who reach enough of them are followed forward to everybody around them.
"""

from typing import Final

import narwhals as nw

from casework.covered import means_tested
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.household import LATEST
from casework.kinship.jurisdiction import DUTIES
from casework.kinship.linked import LINK, households_links, officials_links
from casework.lead import first_rows, household_region
from casework.means.figures import first_day
from casework.policy import Policy
from casework.tables import AWARD, OFFICIAL

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
    """Every way to a household in the circle of an official who may reach `least` households with a mark.

    `official_id`, `county`, `household_id`, `steps` (1 or 2), `through` (the household one step away; of one step the
    household itself), and the columns of `LINK` of the first link and, as `next_…`, of the second. `homes`: as
    `households`.
    """
    marked = once(homes.filter(nw.col("marks") > 0).select("household_id"))
    everyone = once(officials_links(data, policy))
    ends = everyone.select("official_id", "household_id").unique()
    back = households_links(data, policy, marked).select(
        nw.col("other_id").alias("household_id"), nw.col("household_id").alias("reached")
    )
    reached = nw.concat(
        [
            ends.join(marked, on="household_id", how="semi").with_columns(nw.col("household_id").alias("reached")),
            ends.join(back.unique(), on="household_id", how="inner"),
        ]
    )
    counted = reached.group_by("official_id").agg(nw.col("reached").n_unique().alias("reached"))
    first = once(everyone.join(counted.filter(nw.col("reached") >= least), on="official_id", how="semi"))
    first = first.rename({"household_id": "through"})
    onward = households_links(data, policy, first.select(household_id="through"))
    onward = onward.rename({"household_id": "through", **{name: f"next_{name}" for name in LINK}})
    begun = nw.max_horizontal("from_day", nw.coalesce("next_from_day", "from_day"), "award_from", "post_from")
    over = nw.min_horizontal("to_day", nw.coalesce("next_to_day", "to_day"), "award_to", "post_to")
    paths = (
        _paths(first, onward)
        .join(_spans(data, homes), on="household_id", how="inner")
        .join(posts(data), on=["official_id", "county"], how="inner")
    )
    return once(paths.filter(begun <= over).drop("award_from", "award_to", "post_from", "post_to").unique())


def _paths(first: Frame, onward: Frame) -> Frame:
    """One link, or two."""
    two = first.join(onward, on="through", how="inner").with_columns(
        nw.col("other_id").alias("household_id"), nw.lit(2).cast(nw.Int64).alias("steps")
    )
    empty = onward.collect_schema()
    one = first.with_columns(
        nw.col("through").alias("household_id"),
        nw.lit(1).cast(nw.Int64).alias("steps"),
        *(nw.lit(None).cast(empty[f"next_{name}"]).alias(f"next_{name}") for name in LINK),
    )
    columns = one.collect_schema().names()
    return nw.concat([one, two.select(*columns)])


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
    """From which day to which each award ran: `household_id`, `county`, `award_from`, `award_to`, each once."""
    after = (first_day("next_index") - 1).cast(nw.Int32)
    rows = first_rows(data[AWARD]).with_columns((nw.col("to_month_index") + 1).cast(nw.Int32).alias("next_index"))
    spans = rows.select(
        "household_id",
        first_day("from_month_index").alias("award_from"),
        nw.coalesce(after, nw.lit(data.as_of_day)).cast(nw.Int32).alias("award_to"),
    )
    return spans.join(homes.select("household_id", "county"), on="household_id", how="inner").unique()


__all__ = ["COUNTY", "KIND", "circles", "households", "posts"]
