"""Which numbers of a what-if may be told where counts are small?

`metrics.whatif.sharing` hides small counts and what rests on them. A change of a count is a count itself, whichever its
sign; a change of money or of a rate is hidden where one of its two numbers is, or where so few households have more or
less that their sum would tell of them, as long as the region is small. Counts of households and persons are rounded,
so that a township less its villages tells no village's.
"""

from typing import Final

import polars as pl

from metrics.whatif.compared import BASELINE
from metrics.whatif.sharing import LEAST, shared, shared_moves

FEW: Final = LEAST  # households, the smallest count told of a what-if
_LARGE: Final = 1_000  # households of a region whose sums of money tell of nobody
_CELL: Final = ["region_code", "group"]
_MOVED: Final = ("gaining_households", "losing_households")
_COUNTED: Final = ("households", "persons")  # units
_NUMBERS: Final = ("value", "low", "high")
_SIDES: Final = ("one", "other")  # of a difference "a-b"


def told(measures: pl.DataFrame, few: int, step: int) -> pl.DataFrame:
    """The measures with `hidden`; counts rounded to multiples of `step`."""
    pairs = _pairs(measures["scenario"].unique().to_list())
    difference = pl.col("scenario").is_in(pairs["scenario"].to_list())
    counted = pl.col("unit").is_in(_COUNTED)
    rows = measures.with_row_index("row")
    plain = _flagged(rows.filter(~difference), few)
    counts = _flagged(rows.filter(difference & counted), few)
    rest = _of_two(rows.filter(difference & ~counted), pairs, plain, _few_moved(measures, few))
    flags = pl.concat([one.select("row", "hidden") for one in (plain, counts, rest)])
    every = rows.join(flags, on="row", how="left", maintain_order="left").drop("row")
    rounded = pl.when(counted).then(_rounded("value", step)).otherwise(pl.col("value"))
    return every.with_columns(value=rounded).with_columns(
        pl.when(~pl.col("hidden")).then(pl.col(name)).alias(name) for name in _NUMBERS
    )


def moved(moves: pl.DataFrame, few: int, step: int) -> pl.DataFrame:
    """The moves with `hidden`; counts rounded."""
    return shared_moves(moves, few).with_columns(_rounded(name, step).alias(name) for name in _COUNTED)


def _flagged(rows: pl.DataFrame, few: int) -> pl.DataFrame:
    return shared(rows.with_columns(pl.col("value").abs()), few)


def _pairs(names: list[str]) -> pl.DataFrame:
    """The differences among the names, with the `one` and the `other` they are of; a name may hold a hyphen itself."""
    known = set(names)
    plain = [BASELINE, *sorted(name.removesuffix(f"-{BASELINE}") for name in names if name.endswith(f"-{BASELINE}"))]
    found = [(f"{one}-{other}", one, other) for one in plain for other in plain if f"{one}-{other}" in known]
    return pl.DataFrame(found, schema=dict.fromkeys(("scenario", *_SIDES), pl.String()), orient="row")


def _of_two(rows: pl.DataFrame, pairs: pl.DataFrame, plain: pl.DataFrame, few_moved: pl.DataFrame) -> pl.DataFrame:
    """Changes of money and rates: hidden with either of the two, or where few households have more or less."""
    keys = [*_CELL, "measure"]
    hidden = plain.filter("hidden").select("scenario", *keys).with_columns(either=pl.lit(value=True))
    sides = rows.join(pairs, on="scenario", how="left", maintain_order="left")
    for name in _SIDES:
        other = hidden.rename({"scenario": name, "either": f"of_{name}"})
        sides = sides.join(other, on=[name, *keys], how="left", maintain_order="left")
    sides = sides.join(few_moved, on=["scenario", *_CELL], how="left", maintain_order="left")
    return sides.with_columns(hidden=pl.any_horizontal(pl.col("of_one", "of_other", "few").fill_null(value=False)))


def _few_moved(measures: pl.DataFrame, few: int) -> pl.DataFrame:
    """The changes in which some, but few households of a small region have more or less."""
    moving = measures.filter(pl.col("measure").is_in(_MOVED)).group_by("scenario", *_CELL).agg(pl.col("value").sum())
    small = moving.filter(pl.col("value") > 0, pl.col("value") < few)
    own = pl.col("scenario") == BASELINE, pl.col("measure") == "households", pl.col("value") >= _LARGE
    large = measures.filter(*own).select(_CELL)
    return small.join(large, on=_CELL, how="anti").select("scenario", *_CELL, pl.lit(value=True).alias("few"))


def _rounded(name: str, step: int) -> pl.Expr:
    return (pl.col(name) / step).round() * step
