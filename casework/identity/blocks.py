"""Which pairs of persons are worth comparing?

Of 60 000 persons there are two thousand million pairs. A pair that can be one person shares its number, or numbers one
slip apart, or the month and day of birth with a phone, an account or an address. A block of more than CAP persons (a
village office's phone) is cut finer by how the name sounds; what is still too large is left out, and counted.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from casework.identity.people import People

# Persons of one block, compared each with each: five thousand pairs. For memory and time alone; what is left out is
# counted.
CAP: Final = 100


@dataclass(frozen=True, slots=True)
class Candidates:
    """`pairs`: `a`, `b` (person_id, the smaller first), `slip` (the numbers are one slip apart). `left_out`: pairs."""

    pairs: pl.DataFrame
    left_out: int


def candidates(people: People, cap: int = CAP) -> Candidates:
    """Every pair of some block, once."""
    born = people.persons.filter(pl.col("day").is_not_null())
    shared = people.traits.join(born.select("person_id", "day", "near"), on="person_id")
    numbered = born.filter(pl.col("number").is_not_null()).select("person_id", "number", "day", "near")
    pairs, left_out = _pairs(shared, ["kind", "value", "day"], cap)
    same, too_many = _pairs(numbered, ["number"], cap)
    slips = _slips(people, numbered)
    every = pl.concat([pairs, same, slips.select("a", "b")]).unique()
    marked = every.join(slips.with_columns(slip=pl.lit(value=True)), on=["a", "b"], how="left")
    return Candidates(marked.with_columns(pl.col("slip").fill_null(value=False)).sort("a", "b"), left_out + too_many)


def _pairs(rows: pl.DataFrame, key: list[str], cap: int) -> tuple[pl.DataFrame, int]:
    """The pairs within blocks of `key`; larger ones by the name's sound; how many pairs are left out."""
    sized = rows.with_columns(pl.len().over(key).alias("size")).filter(pl.col("size") > 1)
    large = sized.filter(pl.col("size") > cap).with_columns(pl.len().over(*key, "near").alias("size"))
    fine = _within(large.filter(pl.col("size") <= cap), [*key, "near"])
    beyond = large.filter(pl.col("size") > cap).select((pl.col("size") - 1).sum() // 2).item()
    return pl.concat([_within(sized.filter(pl.col("size") <= cap), key), fine]).unique(), int(beyond or 0)


def _within(rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    one = rows.select(*key, "person_id")
    both = one.join(one, on=key, suffix="_b").filter(pl.col("person_id") < pl.col("person_id_b"))
    return both.select(a="person_id", b="person_id_b")


def _slips(people: People, numbered: pl.DataFrame) -> pl.DataFrame:
    """Pairs whose numbers meet under a key: one digit, or one swap of neighbours, apart; at most one of them valid."""
    keys = people.keys.unique()
    met = keys.join(keys, on="key", suffix="_b").filter(pl.col("number") < pl.col("number_b"))
    met = met.select("number", "number_b").unique()
    one = met.join(numbered.select("number", "person_id"), on="number")
    both = one.join(numbered.select(number_b="number", other="person_id"), on="number_b")
    pair = pl.min_horizontal("person_id", "other").alias("a"), pl.max_horizontal("person_id", "other").alias("b")
    return both.select(pair).filter(pl.col("a") != pl.col("b")).unique()
