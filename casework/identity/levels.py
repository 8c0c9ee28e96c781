"""How far do two persons agree, field by field?

Each field has levels from the best agreement (0) to none; -1 is unknown, because one of the two does not say.
"""

from typing import Final

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from casework.identity.names import FORMS
from casework.identity.people import TRAITS, People

LEVELS: Final = {
    "name": ("same", "variant", "sound", "near", "one_off", "other"),
    "birth": ("same", "shifted", "slip", "other"),
    "number": ("same", "slip", "other"),
    "sex": ("same", "other"),
    **dict.fromkeys(TRAITS, ("same", "other")),
}
FIELDS: Final = tuple(LEVELS)
UNKNOWN: Final = -1
ONE_OFF, OTHER_NAME = 4, 5
SAME, SHIFTED, SLIP, OTHER_BIRTH = 0, 1, 2, 3
OTHER_NUMBER: Final = 2
YEARS: Final = 2  # month and day agree, the year nearly (contract §5)


def compared(people: People, pairs: pl.DataFrame) -> pl.DataFrame:
    """Add a column of levels (Int8) for every field to pairs (`a`, `b`, `slip`)."""
    columns = ("number", "sex", "name", "year", "day", "born_on", *FORMS)
    few = people.persons.join(sided(pairs), on="person_id", how="semi").select("person_id", *columns)
    sides = {side: few.rename({"person_id": side}) for side in "ab"}
    both = pairs.join(sides["a"], on="a", maintain_order="left", how="left")
    both = both.join(sides["b"], on="b", maintain_order="left", how="left", suffix="_b")
    written = pl.Series("apart", _edits(both))
    slipped = pl.Series(
        "slipped", _edits(both.with_columns(pl.col("born_on", "born_on_b").dt.to_string("%Y%m%d")), "born_on")
    )
    levels = both.with_columns(written, slipped).select(
        "a", "b", _name().alias("name"), _birth().alias("birth"), _number().alias("number"), _equal("sex").alias("sex")
    )
    return _shared(people, levels)


def sided(pairs: pl.DataFrame) -> pl.DataFrame:
    """Everybody of either side: `person_id`, each once."""
    return pl.concat([pairs.select(person_id=side) for side in "ab"]).unique()


def _edits(both: pl.DataFrame, column: str = "name") -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many signs the two texts are apart; swapped neighbours count one."""
    texts = [both[name].fill_null("").to_list() for name in (column, f"{column}_b")]
    return cpdist(*texts, scorer=OSA.distance, dtype=np.int64) if both.height else np.zeros(0, dtype=np.int64)


def _unless_unknown(level: pl.Expr, *columns: str) -> pl.Expr:
    unknown = pl.any_horizontal(pl.col(name, f"{name}_b").is_null() for name in columns)
    return pl.when(unknown).then(UNKNOWN).otherwise(level).cast(pl.Int8)


def _name() -> pl.Expr:
    level = pl.when(pl.col("apart") == 1).then(ONE_OFF).otherwise(OTHER_NAME)
    for place, form in reversed([*enumerate(FORMS)]):
        level = pl.when(pl.col(form) == pl.col(f"{form}_b")).then(place).otherwise(level)
    return _unless_unknown(level, "plain")


def _birth() -> pl.Expr:
    years = (pl.col("year") - pl.col("year_b")).abs()
    same_day = pl.col("day") == pl.col("day_b")
    level = (
        pl.when(same_day & (years == 0))
        .then(SAME)
        .when(same_day & (years <= YEARS))
        .then(SHIFTED)
        .when(pl.col("slipped") == 1)
        .then(SLIP)
        .otherwise(OTHER_BIRTH)
    )
    return _unless_unknown(level, "born_on")


def _number() -> pl.Expr:
    level = pl.when(pl.col("number") == pl.col("number_b")).then(0).when(pl.col("slip")).then(1).otherwise(2)
    return _unless_unknown(level, "number")


def _equal(column: str) -> pl.Expr:
    return _unless_unknown(pl.when(pl.col(column) == pl.col(f"{column}_b")).then(0).otherwise(1), column)


def _shared(people: People, pairs: pl.DataFrame) -> pl.DataFrame:
    """Do both have a phone (account, address), and one in common?"""
    for trait in TRAITS:
        held = people.traits.filter(pl.col("kind") == trait).join(sided(pairs), on="person_id", how="semi")
        has = held.select("person_id").unique().with_columns(has=pl.lit(value=True))
        common = met(held, pairs).select("a", "b").unique().with_columns(common=pl.lit(value=True))
        joined = pairs.join(has, left_on="a", right_on="person_id", how="left", maintain_order="left")
        joined = joined.join(has, left_on="b", right_on="person_id", how="left", maintain_order="left", suffix="_b")
        joined = joined.join(common, on=["a", "b"], how="left", maintain_order="left")
        level = pl.when(pl.col("common")).then(0).otherwise(1)
        pairs = joined.with_columns(_unless_unknown(level, "has").alias(trait)).drop("has", "has_b", "common")
    return pairs


def met(held: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every value that both persons of a pair have: `a`, `b`, `kind`, `value`."""
    one = pairs.select("a", "b").join(held, left_on="a", right_on="person_id")
    return one.join(held, left_on=["b", "kind", "value"], right_on=["person_id", "kind", "value"], how="semi")
