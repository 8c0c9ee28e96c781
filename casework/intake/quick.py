"""Which cells can be read without looking at each one?

The usual spellings (ISO days and moments, plain decimals, clean text) by vectorised expressions; whatever they do not
know for certain goes to the scalar parser.
"""

from datetime import date
from typing import Final

import polars as pl

from casework.intake.values.text import LONGEST, NOT_SIMPLE
from casework.tables import Column

EARLY, LATE = date(1901, 1, 1), date(2098, 12, 31)  # inside lies no placeholder and no open end
NOT_SIMPLE_NUMBER: Final = NOT_SIMPLE + r"|[\x{3000}\x{ff01}-\x{ff5e}]|^\d\.\d+[eE]\+"
_ZONE: Final = r"([+-])(0[0-9]|1[0-3]):?([0-5][0-9])"  # further ones are for the scalar parser
_CLOCK: Final = r"([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,6}))?"
_ISO: Final = rf"^([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:[ T]{_CLOCK}(?:{_ZONE})?)?$"
_DECIMAL: Final = r"^([0-9]{1,9})(?:\.([0-9]{1,2}))?$"

Known = tuple[pl.Series, ...]  # cells, then one series a stored column


def without_blanks(cells: pl.Series) -> pl.Series:
    """Cells of nothing but spaces are empty."""
    blank = cells.str.strip_chars() == ""
    return cells.set(blank.fill_null(value=False), None) if blank.any() else cells


def distinct(cells: pl.Series) -> pl.Series:
    """Every cell that says something, once."""
    found = cells.drop_nulls().unique()
    return found.filter(found.str.strip_chars() != "")


def simple(cells: pl.Series, *, number: bool) -> pl.Series:
    """The distinct cells of text that deserve a closer look."""
    odd = cells.str.contains(NOT_SIMPLE_NUMBER if number else NOT_SIMPLE) | (cells.str.len_chars() > LONGEST)
    return cells.filter(odd.fill_null(value=False)).unique()


def known(column: Column, cells: pl.Series, unit: str) -> tuple[Known | None, pl.Series]:
    """The distinct cells that one expression reads, with their values, and the rest."""
    match column.kind:
        case "date":
            made = pl.select(_day(pl.lit(cells))).to_series()
        case "month":
            made = pl.select(
                _day(pl.when(pl.lit(cells).str.contains(r"^[0-9]{4}-[0-9]{2}$")).then(pl.lit(cells) + "-01"))
            ).to_series()
        case "moment":
            return _moments(cells)
        case "money" if not unit:
            parts = pl.lit(cells).str.extract_groups(_DECIMAL)
            yuan, fen = (parts.struct.field(str(place)) for place in (1, 2))
            made = pl.select(
                yuan.cast(pl.Int64) * 100 + fen.fill_null("").str.pad_end(2, "0").cast(pl.Int64)
            ).to_series()
        case _:
            return None, cells
    hit = made.is_not_null()
    return (cells.filter(hit), made.filter(hit)), cells.filter(~hit)


def _day(text: pl.Expr) -> pl.Expr:
    day = pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).then(text).str.to_date("%Y-%m-%d", strict=False)
    return pl.when(day.is_between(EARLY, LATE)).then(day)


def _moments(cells: pl.Series) -> tuple[Known, pl.Series]:
    """ISO moments with or without an offset, which is turned into Shanghai's."""
    said = pl.DataFrame({"cell": cells}).with_columns(pl.col("cell").str.extract_groups(_ISO).struct.unnest())
    clock = pl.col("1") + "T" + pl.col("2").fill_null("00:00:00")
    ahead = pl.col("5").cast(pl.Int64) * 60 + pl.col("6").cast(pl.Int64)
    ahead = pl.when(pl.col("4") == "-").then(-ahead).otherwise(ahead)
    shift = pl.when(pl.col("4").is_null()).then(0).otherwise(8 * 60 - ahead)
    micro = pl.col("3").fill_null("").str.pad_end(6, "0").cast(pl.Int64)
    at = clock.str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)
    said = said.select(
        "cell",
        at=(at + pl.duration(minutes=shift, microseconds=micro)).cast(pl.Datetime("us")),
        dated=pl.col("2").is_null(),
        inside=at.dt.date().is_between(EARLY, LATE),
    )
    hit = said["inside"].fill_null(value=False)
    good = said.filter(hit)
    return (good["cell"], good["at"], good["dated"]), cells.filter(~hit)
