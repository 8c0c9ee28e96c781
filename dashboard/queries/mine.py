"""Which leads may this reader see?

Their regions only; leads on the conduct of officials and on complaints only where discipline is their work; never one
that names themself or their kin; of a scheme in shadow only what somebody works on.
"""

from typing import TYPE_CHECKING, Final

import polars as pl

from casework.review.scope import DISCIPLINE, Reader

if TYPE_CHECKING:
    from dashboard.desk import Desk

CONDUCT: Final = pl.col("conduct")
COMPLAINTS: Final = pl.col("subject_kind") == "complaint"


def leads(desk: "Desk", reader: Reader) -> pl.DataFrame:
    """The leads that are this reader's, with how they stand, in the order of the run."""
    kept = reader.scope.within(pl.col("home"))
    if reader.role not in DISCIPLINE:
        kept &= ~CONDUCT & ~COMPLAINTS
    if reader.role != "supervisor":
        kept &= pl.col("tray") != "shadow"  # computed and not shown, until a head of inspection restores the scheme
    if recused := desk.recused(reader.person_id):
        kept &= ~pl.col("lead_id").is_in(list(recused))
    return desk.board.leads.filter(kept)
