"""What must be known of persons to tell whether two of them are one?

One row a person, with name and birth in comparable codes; beside it what several persons may share. Everything is in
memory: a million persons are some 200 MB.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from casework.identity.addresses import accounts, houses, phones
from casework.identity.common import inside, of_few
from casework.identity.limits import Limits
from casework.identity.names import FORMS, GIVEN, forms

CODES: Final = tuple(f"{part}{form}" for form in FORMS for part in ("", GIVEN))
TRAITS: Final = ("phone", "account", "address")  # what one person keeps under two numbers, and a family shares
KIND: Final = pl.Enum(TRAITS)
TRAIT: Final = pl.Schema({"person_id": pl.Int64(), "kind": pl.String(), "value": pl.String()})
KEYS: Final = pl.Schema({"number": pl.Int64(), "key": pl.Int64()})
SPELLS: Final = pl.Schema({"household": pl.String(), "person_id": pl.Int64(), "joined": pl.Int32(), "left": pl.Int32()})
COLUMNS: Final = pl.Schema(
    {
        "person_id": pl.Int64(),
        "number": pl.Int64(),
        "name": pl.String(),
        "sex": pl.String(),
        "born_on": pl.Date(),
        "died_on": pl.Date(),
        "county": pl.String(),
        "id_state": pl.String(),
        "id_area_birth": pl.Int64(),
    }
)
EARLIEST, LATEST = -(2**31), 2**31 - 1  # days of a spell without a beginning or an end


@dataclass(frozen=True, slots=True)
class People:
    """`persons`: COLUMNS, the `CODES` of the name (null: unknown), `year` and `day` (month x 100 + day) of the birth.

    Sorted by `person_id`. `traits`: TRAIT, each once, `kind` as KIND and `value` as its hash. `keys`: KEYS. `spells`:
    SPELLS, days in households.
    """

    persons: pl.DataFrame
    traits: pl.DataFrame
    keys: pl.DataFrame
    spells: pl.DataFrame


def people(persons: pl.DataFrame, traits: pl.DataFrame, keys: pl.DataFrame, spells: pl.DataFrame) -> People:
    """Persons (COLUMNS) made comparable, and what they share."""
    spelt = forms(persons["name"])
    coded = spelt.select("name", *(pl.col(code).rank("dense").cast(pl.UInt32) for code in CODES))
    known = (
        persons.select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
        .join(coded, on="name", how="left")
        .with_columns(
            pl.col("county").fill_null(""),
            pl.col("born_on").dt.year().cast(pl.Int16).alias("year"),
            (pl.col("born_on").dt.month().cast(pl.Int16) * 100 + pl.col("born_on").dt.day()).alias("day"),
        )
        .sort("person_id")
    )
    # Only equality counts: 64 bits stand for a text at a third of the memory.
    hashed = traits.drop_nulls().select("person_id", pl.col("kind").cast(KIND), pl.col("value").hash())
    return People(known, hashed.unique(), keys, spells)


def plain(persons: pl.DataFrame, keys: pl.DataFrame | None = None, limits: Limits | None = None) -> People:
    """The frame of `linked` as people; without `limits` nothing is of common use."""
    wanted = (*COLUMNS, "phone", "account_no", "address", "place", "household")
    whole = persons.with_columns(pl.lit(None).alias(name) for name in wanted if name not in persons.columns)
    texts = whole.with_columns(pl.col(*wanted[len(COLUMNS) :]).cast(pl.String))
    listed = texts.filter(pl.col("household").is_not_null()).select(
        "household", "person_id", pl.lit(EARLIEST, pl.Int32).alias("joined"), pl.lit(LATEST, pl.Int32).alias("left")
    )
    home = pl.col("address").is_not_null() & ~inside(pl.col("address"), limits.words if limits else ())
    traits = [
        _trait(texts, "phone", phones(pl.col("phone"))),
        _trait(texts, "account", accounts(pl.col("account_no"))),
        _trait(houses(texts.filter(home)), "address", pl.col("value")),
    ]
    held = pl.concat(traits)
    few = of_few(held, listed.select("person_id", "household"), limits.hub) if limits else held
    return people(whole, few, pl.DataFrame(schema=KEYS) if keys is None else keys, listed)


def _trait(frame: pl.DataFrame, kind: str, value: pl.Expr) -> pl.DataFrame:
    return frame.select("person_id", pl.lit(kind).alias("kind"), value.alias("value")).drop_nulls()
