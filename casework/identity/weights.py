"""How many bits speak for two persons being one?

Fellegi and Sunter 1969: a field weighs log2(m / u), m how often one person's two records agree so far, u how often two
persons do by chance. u is the share of the county that agrees with *this* name, birth, phone: a rare one tells more.
Each side is weighed in its own county, the pair by the mean of both. Nothing outside the two counties counts.

A phone, an account and an address are what a family shares together: the strongest counts whole, each further one a
bit. The sum is not cut off: it orders the leads, and twenty bits are a coincidence of one in a million.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from casework.identity.learning import SHIPPED, Learnt, learnt
from casework.identity.levels import FIELDS, LEVELS, UNKNOWN, met, sided
from casework.identity.names import FORMS
from casework.identity.people import TRAITS, People
from casework.identity.shares import KNOWN, of_persons, of_values

# By chance, where it is the same for everybody: one character of a name differs, a birth or a number is one slip off.
# Our choices: about fifty of 25 000 birth dates are one slip off a given one, and kin's are likelier to be; two numbers
# of one area and birth differ in order and check digits alone, so that a slip is put at no rarer than one of 128; a
# number is nobody else's.
ONE_OFF: Final = 0.02
BIRTH_SLIP: Final = 1 / 400
NUMBER_SAME: Final = 2.0**-33
NUMBER_SLIP: Final = 1 / 128  # beside a birth that agrees, which the number holds
SEX: Final = 0.5
FURTHER: Final = 1.0  # bits of a second and third thing shared: kin share them together (our choice, low on purpose)
EXPECTED: Final = 20.0  # pairs of one person in the shipped county: one of a thousand twice, our guess; only `prior`
BITS: Final = tuple(f"{field}_bits" for field in FIELDS)


def weighed(people: People, pairs: pl.DataFrame) -> pl.DataFrame:
    """Add to compared pairs the bits of every field (`<field>_bits`), their sum `bits`, and `prior`.

    `prior`: log2 of the odds that a pair of the county, whichever, is one person. `<trait>_count`: how many have what
    the two share.
    """
    shares = of_persons(people, sided(pairs))
    models = _models(pairs, shares)
    common = of_values(people, met(people.traits.join(sided(pairs), on="person_id", how="semi"), pairs))
    weighed = {side: _one_sided(pairs, side, shares, models, common) for side in "ab"}
    means = ((weighed["a"][name] + weighed["b"][name]) / 2 for name in (*BITS, "prior"))
    counts = common.group_by("a", "b", "kind").agg(pl.max_horizontal("count_a", "count_b").min().alias("count"))
    both = _less_of_kin(pairs.with_columns(*means)).with_columns(pl.sum_horizontal(BITS).alias("bits"))
    for trait in TRAITS:
        count = counts.filter(pl.col("kind") == trait).select("a", "b", pl.col("count").alias(f"{trait}_count"))
        both = both.join(count, on=["a", "b"], how="left", maintain_order="left")
    return both


def bits(field: str, agreeing: Sequence[float], chance: Mapping[int, pl.Expr | float]) -> pl.Expr:
    """The bits of a field's level; `chance` by level; never fewer for a better level. Unknown: none."""
    answer, worse = pl.lit(0.0), pl.lit(-float("inf"))
    for level in reversed(range(len(LEVELS[field]))):
        said = chance[level]
        share = said if isinstance(said, pl.Expr) else pl.lit(said)
        worse = pl.max_horizontal((pl.lit(agreeing[level]) / share).log(2), worse)
        answer = pl.when(pl.col(field) == level).then(worse).otherwise(answer)
    return pl.when(pl.col(field) == UNKNOWN).then(0.0).otherwise(answer)


def chances() -> dict[str, dict[int, pl.Expr | float]]:
    """The chance (u) of every level, over the columns of `of_persons` and `share_<trait>`."""
    forms: list[pl.Expr | float] = [pl.col(f"share_{form}") for form in FORMS]
    forms += [pl.max_horizontal(pl.lit(ONE_OFF), f"share_{FORMS[-1]}"), 1.0]
    slip = pl.max_horizontal(pl.lit(BIRTH_SLIP), "share_shifted")
    births: list[pl.Expr | float] = [pl.col("share_birth"), pl.col("share_shifted"), slip, 1.0]
    return {
        "name": dict(enumerate(forms)),
        "birth": dict(enumerate(births)),
        "number": dict(enumerate([NUMBER_SAME, NUMBER_SLIP, 1.0])),
        "sex": dict(enumerate([SEX, SEX])),
        **{trait: dict(enumerate([pl.col(f"share_{trait}"), 1.0])) for trait in TRAITS},
    }


def _models(pairs: pl.DataFrame, shares: pl.DataFrame) -> dict[str, Learnt]:
    """What each county's own pairs teach."""
    county = shares.select("person_id", "county")
    placed = pairs.join(county, left_on="a", right_on="person_id").join(
        county, left_on="b", right_on="person_id", suffix="_b"
    )
    inside = placed.filter(pl.col("county") == pl.col("county_b")).partition_by("county", as_dict=True)
    empty = placed.clear()
    return {name: learnt(inside.get((name,), empty)) for name in shares["county"].unique().sort()}


def _one_sided(
    pairs: pl.DataFrame, side: str, shares: pl.DataFrame, models: Mapping[str, Learnt], common: pl.DataFrame
) -> pl.DataFrame:
    """The bits of every pair as the county of one side has them, rows as in `pairs`."""
    rows = pairs.with_row_index("row").join(shares, left_on=side, right_on="person_id")
    for trait in TRAITS:
        values = common.filter(pl.col("kind") == trait).group_by("a", "b")
        rows = rows.join(values.agg(pl.col(f"share_{side}").min().alias(f"share_{trait}")), on=["a", "b"], how="left")
    chance = chances()
    parts = []
    for (county,), part in rows.partition_by("county", as_dict=True).items():
        model = models[str(county)]
        weights = [bits(field, model.agreeing[field], chance[field]).alias(f"{field}_bits") for field in FIELDS]
        pairs_of_county = (pl.col("size") * (pl.col("size") - 1) + KNOWN * (KNOWN - 1)) / 2
        prior = ((model.expected + EXPECTED) / pairs_of_county).log(2).alias("prior")
        parts.append(part.select("row", *weights, prior))
    empty = rows.clear().select("row", *(pl.lit(0.0).alias(name) for name in (*BITS, "prior")))
    return pl.concat([empty, *parts]).sort("row")


def _less_of_kin(pairs: pl.DataFrame) -> pl.DataFrame:
    """Of several things shared the strongest whole, each further one a bit at most."""
    named = [pl.when(pl.col(trait) == 0).then(pl.col(f"{trait}_bits").clip(0)) for trait in TRAITS]
    strongest = pl.max_horizontal(*named)
    shown, taken = [], pl.lit(value=False)
    for trait, own in zip(TRAITS, named, strict=True):
        whole = (own == strongest) & ~taken  # the first of equals
        taken = taken | whole.fill_null(value=False)
        less = pl.when(pl.col(trait) != 0).then(pl.col(f"{trait}_bits")).when(whole).then(own)
        shown.append(less.otherwise(own.clip(upper_bound=FURTHER)).alias(f"{trait}_bits"))
    return pairs.with_columns(*shown)


__all__ = ["BITS", "SHIPPED", "bits", "chances", "weighed"]
