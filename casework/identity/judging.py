"""Which pairs of persons are raised, with what evidence for and against?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from casework.identity.apart import barred
from casework.identity.blocks import CAP, candidates
from casework.identity.clusters import Pair, standing
from casework.identity.levels import FIELDS, SHIFTED, UNKNOWN, compared
from casework.identity.levels import SLIP as BIRTH_SLIP
from casework.identity.people import TRAITS, People
from casework.identity.weights import BITS, weighed

NEAR: Final = 3  # level of the name: it sounds nearly the same
NUMBER_SAME, NUMBER_SLIP = 0, 1
PAIRS: Final = pl.Schema(
    {
        "person_a": pl.Int64(),
        "person_b": pl.Int64(),
        "bits": pl.Float64(),
        "prior": pl.Float64(),
        "doubtful": pl.Boolean(),
        **{field: pl.Int8() for field in FIELDS},
        **{name: pl.Float64() for name in BITS},
        **{f"{trait}_count": pl.Int64() for trait in TRAITS},
    }
)


@dataclass(frozen=True, slots=True)
class Judged:
    """`pairs`: PAIRS, the smaller id first.

    `unknown`: pairs (`person_a`, `person_b`) that agree in all but the name, which one of them does not say.
    `left_out`: how many candidates were in blocks too large to compare.
    """

    pairs: pl.DataFrame
    unknown: pl.DataFrame
    left_out: int


def judged(people: People, limit: float, cap: int = CAP) -> Judged:
    """The pairs that agree as contract §5 asks, weigh `limit` bits or more, and stand."""
    found = candidates(people, cap)
    weights = weighed(people, compared(people, found.pairs))
    marked = barred(people, weights).with_columns(pl.col("bits").round(6))
    heavy = marked.filter(
        _agrees(name=pl.col("name").is_between(0, NEAR))
        & ~pl.col("barred")
        & ((pl.col("bits") >= limit) | _one_number())
    )
    chosen = standing(heavy.select("a", "b", "bits").rows(), lambda pairs: _apart(people, pairs))
    kept = pl.DataFrame([*chosen], schema={"a": pl.Int64(), "b": pl.Int64()}, orient="row")
    stands = heavy.join(kept, on=["a", "b"], how="semi").rename({"a": "person_a", "b": "person_b"})
    pairs = stands.select(pl.col(name).cast(dtype) for name, dtype in PAIRS.items()).sort("person_a", "person_b")
    unknown = marked.filter(_agrees(name=pl.col("name") == UNKNOWN) & ~pl.col("barred"))
    return Judged(pairs, unknown.select(person_a="a", person_b="b"), found.left_out)


def _one_number() -> pl.Expr:
    return pl.col("number") == NUMBER_SAME


def _agrees(name: pl.Expr) -> pl.Expr:
    """One number; or name and birth agree, and a thing shared or a slip of the number, which may be the birth's too."""
    slip = pl.col("number") == NUMBER_SLIP
    birth = pl.col("birth").is_between(0, SHIFTED)
    shared = pl.any_horizontal(pl.col(trait) == 0 for trait in TRAITS)
    return _one_number() | (name & ((birth & (shared | slip)) | (slip & (pl.col("birth") == BIRTH_SLIP))))


def _apart(people: People, pairs: Iterable[Pair]) -> set[Pair]:
    asked = pl.DataFrame([*pairs], schema={"a": pl.Int64(), "b": pl.Int64()}, orient="row")
    bars = barred(people, compared(people, asked.with_columns(slip=pl.lit(value=False))))
    return set(bars.filter("barred").select("a", "b").rows())
