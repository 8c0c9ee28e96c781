"""To which groups does each household belong, by which an outcome is broken down?

Labels are codes; screens have the words. Persons are those who live together, sex is the head's. What the data do not
say is nobody's group (-1).
"""

from typing import Final, TypeAlias

import numpy as np
import polars as pl

from metrics.whatif.population import UNKNOWN, Flag, Small, Whole

Group: TypeAlias = tuple[tuple[str, ...], Small]

SIZES: Final = ("1", "2", "3", "4", "5+")
ANSWERS: Final = ("no", "yes")
SEXES: Final = ("F", "M")
KINDS: Final = ("urban", "rural")
OLD, CHILD, SEVERE = 70, 18, 2  # years, years, grade of disability


def grouped(told: pl.DataFrame, who: pl.DataFrame, n: Whole) -> dict[str, Group]:
    """`urban_rural`, `size`, `child`, `aged`, `disability` (grade 1 or 2), `head_sex`, `kin`.

    `told`: a row a household, with `urban_rural` and `kin`; `who`: persons with `home`, the place of theirs.
    """
    living = who.filter(pl.col("counted") == 1)
    size = np.where(n > 0, np.minimum(n, len(SIZES)) - 1, UNKNOWN).astype(np.int8)
    return {
        "urban_rural": (KINDS, _placed(told["urban_rural"], KINDS)),
        "size": (SIZES, size),
        "child": (ANSWERS, _anybody(living, pl.col("age") < CHILD, n)),
        "aged": (ANSWERS, _anybody(living, pl.col("age") >= OLD, n)),
        "disability": (ANSWERS, _anybody(living, pl.col("disability_grade").fill_null(SEVERE + 1) <= SEVERE, n)),
        "head_sex": (SEXES, _sexes(living, len(n))),
        "kin": of_kin(told["kin"].to_numpy()),
    }


def of_kin(kin: Flag) -> Group:
    """Are they near kin of an official over their village?"""
    return ANSWERS, kin.astype(np.int8)


def _anybody(living: pl.DataFrame, condition: pl.Expr, n: Whole) -> Small:
    """Whether anybody there meets it; unknown where nobody surely does and of somebody, or of all, nobody knows."""
    found = np.where(n > 0, 0, UNKNOWN).astype(np.int8)
    found[living.filter(condition.is_null())["home"].to_numpy()] = UNKNOWN
    found[living.filter(condition)["home"].to_numpy()] = 1
    return found


def _sexes(living: pl.DataFrame, households: int) -> Small:
    """The head's; of several heads only where all are of one."""
    heads = living.filter((pl.col("head") == 1) & pl.col("sex").is_in(SEXES))
    one = heads.group_by("home").agg(pl.col("sex").unique()).filter(pl.col("sex").list.len() == 1)
    sex = np.full(households, UNKNOWN, np.int8)
    sex[one["home"].to_numpy()] = _placed(one["sex"].list.first(), SEXES)
    return sex


def _placed(words: pl.Series, labels: tuple[str, ...]) -> Small:
    places = {label: place for place, label in enumerate(labels)}
    return words.replace_strict(places, default=UNKNOWN, return_dtype=pl.Int8).fill_null(UNKNOWN).to_numpy()
