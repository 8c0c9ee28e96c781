"""How is a stored value written in a lead, its evidence and its exports?

Dates in ISO, moments to the second (or just their day where only the day is known), fen as yuan with two decimals.
"""

from typing import Final

import polars as pl

from casework.tables import Column, Table

KEY_JOINT: Final = " / "
DIGITS: Final = 4  # of a chance


def day(value: pl.Expr) -> pl.Expr:
    """2024-03-01."""
    return value.dt.strftime("%Y-%m-%d")


def month(value: pl.Expr) -> pl.Expr:
    """2024-03."""
    return value.dt.strftime("%Y-%m")


def moment(value: pl.Expr, dated: pl.Expr) -> pl.Expr:
    """2024-03-01 09:30:00, its fraction of a second if it has one; only the day where `dated`."""
    fraction = value.dt.microsecond().cast(pl.String).str.zfill(6).str.strip_chars_end("0")
    tail = pl.when(value.dt.microsecond() > 0).then(pl.lit(".") + fraction).otherwise(pl.lit(""))
    return (
        pl.when(dated.fill_null(value=False)).then(day(value)).otherwise(value.dt.strftime("%Y-%m-%d %H:%M:%S") + tail)
    )


def chance(value: pl.Expr) -> pl.Expr:
    """0.0312, or < 0.0001: four decimals, and no small chance reads as none."""
    parts = (value * 10**DIGITS).round().cast(pl.Int64)
    whole, rest = (part.cast(pl.String) for part in (parts // 10**DIGITS, parts % 10**DIGITS))
    least = 10.0**-DIGITS
    return pl.when(value < least).then(pl.lit(f"< {least:.{DIGITS}f}")).otherwise(whole + "." + rest.str.zfill(DIGITS))


def hundredths(value: pl.Expr) -> pl.Expr:
    """1234.50, from whole hundredths."""
    sign = pl.when(value < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    size = value.abs()
    return sign + (size // 100).cast(pl.String) + pl.lit(".") + (size % 100).cast(pl.String).str.zfill(2)


def column(of: Column) -> pl.Expr:
    """A stored column of a frame as text."""
    value = pl.col(of.main)
    match of.kind:
        case "date":
            return day(value)
        case "month":
            return month(value)
        case "moment":
            return moment(value, pl.col(f"{of.name}_dated"))
        case "money" | "quantity":
            return hundredths(value)
        case _:
            return value.cast(pl.String)


def key(table: Table) -> pl.Expr:
    """The key of a row as text; a table without a key (filing) is its own key."""
    parts = table.key or table.columns
    return pl.concat_str(*(column(part).fill_null("") for part in parts), separator=KEY_JOINT)
