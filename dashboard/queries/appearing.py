"""Which leads of which question would appear, vanish or stay under other rules, as counts that may be told?"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import polars as pl

import detectors
from casework.dataset import Tables
from casework.policy import Policy
from casework.registry import found
from casework.review.scope import Reader
from casework.run import run
from dashboard.background import Progress
from dashboard.queries import lab
from metrics.whatif.leads import compared, veiled

_KEPT = ["lead_id", "scheme", "region_code"]


@dataclass(frozen=True)
class Raised:
    """The leads of two runs, of the questions that both could ask."""

    before: pl.DataFrame
    after: pl.DataFrame


def appearing(tables: Tables, before: Policy, after: Policy, progress: Progress) -> Raised:
    """Ask every question under both policies; nothing is kept in the workspace."""

    def half(start: float) -> Callable[[str, int, int], None]:
        return lambda _scheme, place, of: progress.step(start + place / of / 2)

    old = run(detectors, tables, before, progress=half(0.0))
    new = run(detectors, tables, after, progress=half(0.5))
    asked = [set(one.runs.filter(pl.col("status") != "not_run")["scheme"]) for one in (old, new)]
    both = pl.col("scheme").is_in(list(asked[0] & asked[1]))
    return Raised(*(one.leads.filter(both).select(_KEPT) for one in (old, new)))


def within(raised: Raised, reader: Reader, regions: Collection[str], few: int) -> pl.DataFrame:
    """Counts by question of the reader's regions, of the questions that are theirs to count; small ones null."""
    closed = [module.CARD.scheme for module in found(detectors) if lab.closed(module.CARD, reader)]
    mine = pl.col("region_code").is_in(list(regions)) & ~pl.col("scheme").is_in(closed)
    return veiled(compared(raised.before.filter(mine), raised.after.filter(mine)), few)
