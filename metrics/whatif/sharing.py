"""What of compared scenarios may be shared, so that no small cell tells of a household?

Counts from 1 to one below the least are hidden, and every number that rests on one; 0 is told. Where a single region of
its parent, or a single group of its kind, would be hidden, the total less the others would tell it: the next smallest
is hidden with it. A difference is hidden where either of its two is. Hidden is null, and `hidden` says so.
"""

from typing import Final

import polars as pl

from casework.regions import UNASSIGNED
from metrics.whatif.measure import MEASURES

LEAST: Final = 10  # households; more where the tuning `small_cell` says more
_NUMBERS: Final = ("value", "low", "high")
_DIGITS: Final = (9, 6, 4, 2)
_PLACES: Final = 12


def shared(measures: pl.DataFrame, least: int = LEAST) -> pl.DataFrame:
    """`compared.measures` with a column `hidden`."""
    counts = measures.filter(pl.col("unit") == "households").rename({"measure": "of"})
    small = _hidden(counts, least, "of")
    rests = pl.DataFrame(
        [(card.id, of) for card in MEASURES for of in card.counts], schema=["measure", "of"], orient="row"
    )
    cells = small.join(rests, on="of").select("scenario", "region_code", "group", "measure").unique()
    both = (
        measures.select("scenario").unique().join(cells.select(pl.col("scenario").alias("one")).unique(), how="cross")
    )
    inside = both.filter(
        (pl.col("scenario") != pl.col("one"))
        & (
            pl.col("scenario").str.starts_with(pl.col("one") + "-")
            | pl.col("scenario").str.ends_with("-" + pl.col("one"))
        )
    )
    passed = cells.join(inside, left_on="scenario", right_on="one").select(
        pl.col("scenario_right").alias("scenario"), "region_code", "group", "measure"
    )
    return _veiled(measures, pl.concat([cells, passed]), _NUMBERS)


def shared_moves(moves: pl.DataFrame, least: int = LEAST) -> pl.DataFrame:
    """`compared.moves` with a column `hidden`."""
    counts = moves.rename({"households": "value"})
    return _veiled(moves, _hidden(counts, least, "class"), ("households", "persons"))


def _hidden(counts: pl.DataFrame, least: int, name: str) -> pl.DataFrame:
    """`scenario`, `region_code`, `group` and `name` of the counts that are hidden."""
    keys = ["scenario", "region_code", "group", name]
    codes = counts["region_code"].unique()
    above = pl.DataFrame({"region_code": codes, "parent": _parents(codes.to_list())})
    rows = counts.select(*keys, "value").join(above, on="region_code", how="left")
    rows = rows.with_columns(
        hidden=(pl.col("value") > 0) & (pl.col("value") < least), kind=pl.col("group").str.split(":").list.first()
    )
    rows = _with_next(rows, ["scenario", "parent", "group", name])
    rows = _with_next(rows, ["scenario", "region_code", "kind", name])
    return rows.filter("hidden").select(keys)


def _with_next(rows: pl.DataFrame, family: list[str]) -> pl.DataFrame:
    """Where one of a family is hidden alone, the smallest of the others is too; the first by name of equal ones."""
    shown = (~pl.col("hidden")) & (pl.col("value") > 0)
    alone = (pl.col("hidden").sum() == 1) & (pl.len() > 1)
    ordered = rows.sort("value", "region_code", "group")
    place = pl.int_range(pl.len())
    first = pl.when(shown).then(place).min()
    return ordered.with_columns(
        hidden=pl.col("hidden") | (alone & shown & (place == first)).fill_null(value=False).over(family)
    )


def _parents(codes: list[str]) -> list[str | None]:
    """The nearest code above that is among these."""
    known = set(codes)
    return [next((each for each in _above(code) if each in known and each != code), None) for code in codes]


def _above(code: str) -> list[str]:
    if code.endswith(UNASSIGNED):
        return [code.removesuffix(UNASSIGNED)]
    return [*(code[:digits].ljust(_PLACES, "0") for digits in _DIGITS), "0" * _PLACES]


def _veiled(rows: pl.DataFrame, hidden: pl.DataFrame, numbers: tuple[str, ...]) -> pl.DataFrame:
    """The rows in their order, the numbers of the hidden ones null."""
    keys = hidden.columns
    marked = rows.join(
        hidden.unique().with_columns(hidden=pl.lit(value=True)), on=keys, how="left", maintain_order="left"
    )
    told = marked.with_columns(pl.col("hidden").fill_null(value=False))
    return told.with_columns(pl.when(~pl.col("hidden")).then(pl.col(name)).alias(name) for name in numbers)
