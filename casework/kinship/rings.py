"""Which rings of two or three do arcs make, and which of them are beyond what chance makes of such rings?

Rings are looked at because each of their arcs has enough cases; so chance is asked about rings that have, too
(`casework.statistics.beside_kept`), and all rings of a county are judged at one false discovery share.
"""

from typing import Final

import polars as pl

from casework.kinship.favours import ARC
from casework.lead import DIGITS
from casework.statistics import BESIDE_CHANCE, beside_kept, false_discovery

COUNTY: Final = DIGITS[2]
COUNTS: Final = ("both", "hits", "marked", "whole")  # of a stratum of an arc
TESTED: Final = (
    {"ring": pl.String} | dict.fromkeys(BESIDE_CHANCE, pl.Float64) | {"observed": pl.Int64, "strata": pl.Int64}
)


def rings_of(arcs: pl.DataFrame) -> pl.DataFrame:
    """Every ring once, a row an arc: `ring` (its people, the smallest number first, in their order), `one`, `other`."""
    after: dict[int, set[int]] = {}
    for one, other in arcs.select(ARC).iter_rows():
        after.setdefault(one, set()).add(other)
    two = {(one, other) for one in after for other in after[one] if one in after.get(other, ())}
    three = {
        (one, other, third)
        for one in after
        for other in after[one]
        for third in after.get(other, ())
        if one < min(other, third) and one in after.get(third, ())
    }
    rings: list[tuple[int, ...]] = [ring for ring in two if ring[0] < ring[1]]
    rings += [ring for ring in three if not two.issuperset(_turns(ring))]
    rows = [("+".join(map(str, ring)), *turn) for ring in sorted(rings) for turn in _turns(ring)]
    return pl.DataFrame(rows, schema={"ring": pl.String, "one": pl.Int64, "other": pl.Int64}, orient="row")


def _turns(ring: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def tested(arcs: pl.DataFrame, compared: pl.DataFrame, minimum: int) -> pl.DataFrame:
    """Each ring beside what chance makes of rings of at least the `minimum` along every arc: `TESTED`.

    `arcs`: a row an arc of a `ring` with its `count` of cases, `comparable` among them (null: none); `compared`: as
    `divided`. A case that nothing can be compared with counts towards the minimum.
    """
    strata = {key: tuple(rows[name] for name in COUNTS) for key, rows in compared.group_by(ARC)}
    nothing = tuple(compared.clear()[name] for name in COUNTS)
    tests = [
        {"ring": ring, **beside_kept([strata.get(arc, nothing) for arc in rows.select(ARC).iter_rows()], least)}
        for (ring,), rows in arcs.group_by("ring")
        for least in [[max(0, minimum - apart) for apart in rows["count"] - rows["comparable"].fill_null(0)]]
    ]
    return pl.DataFrame(tests, schema=TESTED)


def compared_by_county(tests: pl.DataFrame) -> pl.DataFrame:
    """Add `q` and how many `rings` could be compared: those of one county, the first six digits of `low_code`."""
    placed = tests.sort("ring").with_columns(pl.col("low_code").str.slice(0, COUNTY).alias("county"))
    known = [
        one.with_columns(
            pl.Series("q", false_discovery(one["p"].fill_null(float("nan"))), pl.Float64).fill_nan(None),
            pl.lit(one["p"].count(), pl.Int64).alias("rings"),
        )
        for one in placed.partition_by("county")
    ]
    nobody = placed.clear().with_columns(pl.lit(None, pl.Float64).alias("q"), pl.lit(None, pl.Int64).alias("rings"))
    return pl.concat([nobody, *known]).drop("county")
