"""Which numbers of a what-if may be told on a page?

`metrics.whatif.sharing` hides what is small and what would tell it. Counts of households and persons are rounded on top
of that, so that a township less its villages tells no village's; a change is of its two numbers as they are told, so
that a row adds up.
"""

from typing import Final

import polars as pl

from metrics.whatif.measure import MEASURES
from metrics.whatif.sharing import COUNTED, LEAST, differences, shared

FEW: Final = LEAST  # households, the smallest count told of a what-if
_KEYS: Final = ["region_code", "group", "measure"]
_OF_TWO: Final = tuple(card.id for card in MEASURES if card.between)


def told(measures: pl.DataFrame, moves: pl.DataFrame, few: int, step: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Measures and moves with `hidden`; counts rounded to multiples of `step`, unless that is 1 or less."""
    values, counts = shared(measures, moves, few)
    if step <= 1:
        return values, counts
    rounded = pl.when(pl.col("unit").is_in(COUNTED)).then(_rounded("value", step)).otherwise(pl.col("value"))
    return _adding_up(values.with_columns(value=rounded)), counts.with_columns(
        _rounded(name, step).alias(name) for name in COUNTED
    )


def _adding_up(rows: pl.DataFrame) -> pl.DataFrame:
    """Each change of a count made of its two numbers, where it is told."""
    sides = rows.join(
        differences(rows["scenario"].unique().to_list()), on="scenario", how="left", maintain_order="left"
    )
    for side in ("one", "other"):
        own = rows.select(pl.col("scenario").alias(side), *_KEYS, pl.col("value").alias(f"of_{side}"))
        sides = sides.join(own, on=[side, *_KEYS], how="left", maintain_order="left")
    of_two = pl.col("unit").is_in(COUNTED) & ~pl.col("measure").is_in(_OF_TWO) & pl.col("one").is_not_null()
    change = pl.when(pl.col("value").is_not_null()).then(pl.col("of_one") - pl.col("of_other"))
    return sides.with_columns(value=pl.when(of_two).then(change).otherwise(pl.col("value"))).select(rows.columns)


def _rounded(name: str, step: int) -> pl.Expr:
    """To the nearest multiple, halves up: what differs by a step is told as a step apart."""
    return (pl.col(name) / step + 0.5).floor() * step
