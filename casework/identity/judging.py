"""Which pairs of persons are raised, with what evidence for and against?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from casework.identity.apart import barred
from casework.identity.blocks import CAP, candidates
from casework.identity.clusters import Pair, standing
from casework.identity.levels import FIELDS, SHIFTED, UNKNOWN, compared
from casework.identity.limits import Limits
from casework.identity.people import TRAITS, People
from casework.identity.weights import BITS, weighed

SOUND, NEAR = 2, 3  # levels of the name: it sounds the same, nearly the same
NUMBER_SAME, NUMBER_SLIP = 0, 1
PAIRS: Final = pl.Schema(
    {
        "person_a": pl.Int64(),
        "person_b": pl.Int64(),
        "bits": pl.Float64(),
        "prior": pl.Float64(),
        "doubtful": pl.Boolean(),
        "no_twins": pl.Boolean(),
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


def judged(people: People, limits: Limits, cap: int = CAP) -> Judged:
    """The pairs that agree as contract §5 asks, weigh what `limits` ask for, and stand."""
    found = candidates(people, cap)
    weights = weighed(people, compared(people, found.pairs))
    marked = barred(people, weights).with_columns(pl.col("bits").round(6))
    heavy = marked.filter(
        _agrees(limits, pl.col("name").is_between(0, SOUND), pl.col("name").is_between(0, NEAR))
        & ~pl.col("barred")
        & ((pl.col("bits") >= limits.bits) | _one_number())
    )
    slips = found.pairs.filter("slip")
    chosen = standing(heavy.select("a", "b", "bits").rows(), lambda pairs: _apart(people, pairs, slips))
    kept = pl.DataFrame([*chosen], schema={"a": pl.Int64(), "b": pl.Int64()}, orient="row")
    stands = heavy.join(kept, on=["a", "b"], how="semi").rename({"a": "person_a", "b": "person_b"})
    pairs = stands.select(pl.col(name).cast(dtype) for name, dtype in PAIRS.items()).sort("person_a", "person_b")
    nameless = pl.col("name") == UNKNOWN
    unknown = marked.filter(_agrees(limits, nameless, nameless) & ~pl.col("barred"))
    return Judged(pairs, unknown.select(person_a="a", person_b="b"), found.left_out)


def _one_number() -> pl.Expr:
    return pl.col("number") == NUMBER_SAME


def _agrees(limits: Limits, name: pl.Expr, nearly: pl.Expr) -> pl.Expr:
    """One number; or name and birth agree, and a thing shared; or a slip, beside which the name may be near.

    The thing, or the slip, must tell something by itself: a name and a birth alone are a namesake's too.
    """
    slip = (pl.col("number") == NUMBER_SLIP) & (pl.col("number_bits") >= limits.slip)
    shared = pl.any_horizontal((pl.col(one) == 0) & (pl.col(f"{one}_bits") >= limits.shared) for one in TRAITS)
    birth = pl.col("birth").is_between(0, SHIFTED)
    return _one_number() | (birth & ((name & shared) | (nearly & slip)))


def _apart(people: People, pairs: Iterable[Pair], slips: pl.DataFrame) -> set[Pair]:
    asked = pl.DataFrame([*pairs], schema={"a": pl.Int64(), "b": pl.Int64()}, orient="row")
    slipped = asked.join(slips, on=["a", "b"], how="left", maintain_order="left")
    bars = barred(people, compared(people, slipped.with_columns(pl.col("slip").fill_null(value=False))))
    return set(bars.filter("barred").select("a", "b").rows())
