"""Which leads may this reader see?

Their regions only; leads on the conduct of officials and on complaints only where discipline is their work; never one
that names themself or their kin.
"""

from typing import TYPE_CHECKING, Final

import polars as pl

from casework.review.scope import DISCIPLINE, Reader

if TYPE_CHECKING:
    from dashboard.desk import Desk

CONDUCT: Final = (pl.col("subject_kind") == "official") | (pl.col("family") == "favoritism")


def leads(desk: "Desk", reader: Reader) -> pl.DataFrame:
    """The leads of the last run that are this reader's, in the order of the run."""
    kept = reader.scope.within(pl.col("home"))
    if reader.role not in DISCIPLINE:
        kept &= ~CONDUCT & (pl.col("subject_kind") != "complaint")
    return desk.leads.filter(kept)
