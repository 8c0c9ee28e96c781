"""How many of a county's persons agree with this one by chance?

The chance that some other person of the county has this name (in each of its forms), birth, phone, account or address.
Counted in the county itself, beside a shipped county of KNOWN persons, so that in a small place one coincidence more or
less moves little, and the person is never counted as their own coincidence.
"""

from itertools import pairwise
from typing import Final

import polars as pl

from casework.identity.names import FORMS, GIVEN
from casework.identity.people import People

# The sample in which the rarest names of a county are still counted; our choice, it only damps small counties.
KNOWN: Final = 20_000
# In the shipped county: one of so many has the same given name by form, the same birthday, the same shared thing. Our
# own estimates, of no published source; a large county's own counts outweigh them.
_GIVEN: Final = {"plain": 1500, "variant": 1400, "sound": 700, "near": 500}
_SURNAME: Final = 40  # two persons share a surname: one of forty (sum of squares of the register's frequencies .027)
BIRTHDAYS: Final = 25_000  # the days of some seventy years
SHIFTED: Final = 5  # birthdays two years about: five
SHARED: Final = 16_000  # our choice: nearly one of the sample, so that a thing only two have is no surer than that
# Whoever shares a phone, an account or an address is often kin, and kin share the surname: a rare one tells no more.
# A third: parents and siblings do, spouses and most in-laws do not. Our choice.
KIN: Final = 0.35


def share(count: pl.Expr, size: pl.Expr, usual: float) -> pl.Expr:
    """The share of a county's other persons of whom something holds; `count` includes the person."""
    return (count - 1 + KNOWN * usual) / (size - 1 + KNOWN)


def of_persons(people: People, wanted: pl.DataFrame) -> pl.DataFrame:
    """For each wanted `person_id`: `county`, `size`, the `share_` of each form, of the birth and of one about it."""
    persons = people.persons
    size = persons.group_by("county").agg(pl.len().cast(pl.Float64).alias("size"))
    asked = persons.join(wanted, on="person_id", how="semi").join(size, on="county")
    for form, rarity in _GIVEN.items():
        asked = _counted(persons, _counted(persons, asked, form), GIVEN + form)
        whole = share(pl.col(f"{form}_count"), pl.col("size"), 1 / (rarity * _SURNAME))
        kin = KIN * share(pl.col(f"{GIVEN}{form}_count"), pl.col("size"), 1 / rarity)
        asked = asked.with_columns(pl.max_horizontal(whole, kin).alias(f"share_{form}"))
    for finer, form in pairwise(FORMS):  # a coarser form is never rarer
        asked = asked.with_columns(pl.max_horizontal(f"share_{finer}", f"share_{form}").alias(f"share_{form}"))
    asked = _births(persons, asked)
    return asked.select(
        "person_id", "county", "size", *(f"share_{form}" for form in FORMS), "share_birth", "share_shifted"
    )


def of_values(people: People, met: pl.DataFrame) -> pl.DataFrame:
    """Add `share_a`, `share_b` to values that two persons both have: how many of either's county have it."""
    county = people.persons.select("person_id", "county")
    size = county.group_by("county").agg(pl.len().cast(pl.Float64).alias("size"))
    few = people.traits.join(met.select("kind", "value").unique(), on=["kind", "value"], how="semi")
    counted = few.join(county, on="person_id").group_by("county", "kind", "value").agg(pl.len().alias("count"))
    for side in "ab":
        held = met.select(side).unique().join(county, left_on=side, right_on="person_id").join(size, on="county")
        met = met.join(held, on=side, how="left").join(counted, on=["county", "kind", "value"], how="left")
        met = met.with_columns(share(pl.col("count"), pl.col("size"), 1 / SHARED).alias(f"share_{side}"))
        met = met.rename({"count": f"count_{side}"}).drop("county", "size")
    return met


def _counted(persons: pl.DataFrame, asked: pl.DataFrame, code: str) -> pl.DataFrame:
    """Add `<code>_count`: how many of the county have the same code of the name; null where it is unknown."""
    counted = persons.drop_nulls(code).group_by("county", code).agg(pl.len().alias(f"{code}_count"))
    return asked.join(counted, on=["county", code], how="left")


def _births(persons: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    counted = persons.drop_nulls("day").group_by("county", "day", "year").agg(pl.len().alias("count"))
    own = asked.select("person_id", "county", "size", "day", "year")
    around = own.join(counted, on=["county", "day"], suffix="_of").filter(
        (pl.col("year") - pl.col("year_of")).abs() <= SHIFTED // 2
    )
    same = pl.when(pl.col("year") == pl.col("year_of")).then(pl.col("count")).otherwise(0)
    sums = around.group_by("person_id").agg(same.sum().alias("same"), pl.col("count").sum().alias("about"))
    joined = asked.join(sums, on="person_id", how="left")
    return joined.with_columns(
        share(pl.col("same"), pl.col("size"), 1 / BIRTHDAYS).alias("share_birth"),
        share(pl.col("about"), pl.col("size"), SHIFTED / BIRTHDAYS).alias("share_shifted"),
    )
