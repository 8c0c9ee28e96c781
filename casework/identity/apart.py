"""Which pairs are two persons for certain, however alike they look?

No weight can do this (measured: a soft level for twins made the answer worse), so these are bars:
- listed in one household at one time, or registered as kin of one another;
- two numbers of one area and birth date (twins), valid or not, under names that differ, were it only in one character
  that sounds the same; but not two that are one slip apart: such a number is a typo. Under one name they may be a
  second registration, but then the pair is only for a second look (`doubtful`);
- both dead, more than a month apart.
"""

from typing import Final

import polars as pl

from casework.identity.levels import OTHER_NUMBER, UNKNOWN, sided
from casework.identity.people import People

DEATHS: Final = 31  # days: a death is reported within a month, and may be entered under either date
VARIANT: Final = 1  # the last level of the name at which it is one name


def barred(people: People, pairs: pl.DataFrame) -> pl.DataFrame:
    """Add `barred`, `doubtful` and `no_twins` to compared pairs (`a`, `b`, `name`, `number`).

    `no_twins`: both numbers are valid, and of two areas or birth dates.
    """
    columns = ("id_state", "id_area_birth", "died_on")
    known = people.persons.join(sided(pairs), on="person_id", how="semi").select("person_id", *columns)
    few = people.spells.join(sided(pairs), on="person_id", how="semi")
    listed = few.join(few, on="household", suffix="_b").filter(pl.col("person_id") < pl.col("person_id_b"))
    listed = listed.group_by(a="person_id", b="person_id_b").agg(
        ((pl.col("joined") < pl.col("left_b")) & (pl.col("joined_b") < pl.col("left"))).any().alias("together")
    )
    joined = (
        pairs.join(known, left_on="a", right_on="person_id", how="left", maintain_order="left")
        .join(known, left_on="b", right_on="person_id", how="left", maintain_order="left", suffix="_b")
        .join(listed, on=["a", "b"], how="left", maintain_order="left")
    )
    born_as_one = pl.col("id_area_birth") == pl.col("id_area_birth_b")
    other_number = (pl.col("a") != pl.col("b")) & (pl.col("number") == OTHER_NUMBER)
    twins = (born_as_one & other_number).fill_null(value=False)
    valid = (pl.col("id_state") == "valid") & (pl.col("id_state_b") == "valid")
    unlike = (pl.col("name") == UNKNOWN) | (pl.col("name") > VARIANT)
    deaths = ((pl.col("died_on") - pl.col("died_on_b")).dt.total_days().abs() > DEATHS).fill_null(value=False)
    bar = pl.col("together").fill_null(value=False) | (twins & unlike) | deaths
    no_twins = (valid & ~born_as_one).fill_null(value=False)
    marked = joined.with_columns(bar.alias("barred"), twins.alias("doubtful"), no_twins.alias("no_twins"))
    return marked.drop(*columns, *(f"{name}_b" for name in columns), "together")
