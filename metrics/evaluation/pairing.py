"""Which lead is which planted row?

One truth row is one lead. A truth names no part (contract §8), so rows and leads meet on scheme and subject: of m rows
and k leads the smaller number is found, further rows are missed, further leads explained by nothing. Leads are taken by
their score, rows by their variant.
"""

from typing import Final

import polars as pl

KEY: Final = ("scheme", "subject_kind", "subject")
_PLACE: Final = "_place"  # of a row among those of its subject


def paired(leads: pl.DataFrame, truth: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What was planted with `found`, and the leads with `explained`: the first row of a subject with its first lead."""
    place = pl.int_range(pl.len()).over(KEY).alias(_PLACE)
    planted = truth.filter(~pl.col("twin")).sort(*KEY, "variant", maintain_order=True).with_columns(place)
    raised = leads.sort("score", "part", descending=[True, False], maintain_order=True).with_columns(place)
    return _met(planted, raised, "found"), _met(raised, planted, "explained")


def unexplained(leads: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The leads that nothing planted explains, twins among them, and those beyond what was planted."""
    return paired(leads, truth)[1].filter(~pl.col("explained")).drop("explained")


def missed(leads: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The planted rows of the truth that no lead is left for."""
    return paired(leads, truth)[0].filter(~pl.col("found")).drop("found")


def _met(rows: pl.DataFrame, others: pl.DataFrame, name: str) -> pl.DataFrame:
    """Has each row its counterpart of the same subject and place?"""
    there = others.select(*KEY, _PLACE, pl.lit(value=True).alias(name))
    met = rows.join(there, on=[*KEY, _PLACE], how="left", maintain_order="left")
    return met.with_columns(pl.col(name).fill_null(value=False)).drop(_PLACE)
