"""Which leads of which question would appear, vanish or stay under other rules, and how far would a month's visits get?

As counts that may be told.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import polars as pl

import detectors
from casework.dataset import Tables
from casework.policy import Policy
from casework.regions import Regions
from casework.registry import found
from casework.review.scope import Reader
from casework.run import run
from dashboard.background import Progress
from dashboard.queries import lab, leads
from dashboard.queries.visits import VISIT
from metrics.evaluation import threshold
from metrics.whatif.capacity import capacities, together, told
from metrics.whatif.leads import Raised, compared, veiled

_COUNTS = ("appears", "vanishes", "stays")


@dataclass(frozen=True)
class Both:
    """The leads of two runs, with the questions that each could ask."""

    before: Raised
    after: Raised

    def within(self, reader: Reader, regions: Collection[str]) -> "Both":
        """Of the reader's regions, and of the questions that are theirs to count."""
        closed = {module.CARD.scheme for module in found(detectors) if lab.closed(module.CARD, reader)}
        mine = pl.col("region_code").is_in(list(regions)) & ~pl.col("scheme").is_in(list(closed))
        sides = (Raised(one.leads.filter(mine), {*one.asked} - closed) for one in (self.before, self.after))
        return Both(*sides)


def appearing(tables: Tables, regions: Regions, before: Policy, after: Policy, progress: Progress) -> Both:
    """Ask every question under both policies; nothing is kept in the workspace."""

    def asked(policy: Policy, start: float) -> Raised:
        hear: Callable[[str, int, int], None] = lambda _scheme, place, of: progress.step(start + place / of / 2)  # noqa: E731
        made = run(detectors, tables, policy, progress=hear)
        placed = leads.placed(tables, regions, made.leads)
        kept = placed.select("lead_id", "scheme", "region_code", "score", VISIT.alias("visit"))
        return Raised(kept, made.runs.filter(pl.col("status") != "not_run")["scheme"].to_list())

    return Both(asked(before, 0.0), asked(after, 0.5))


def counts(both: Both, few: int) -> pl.DataFrame:
    """Counts by question, of those that raise something or cannot be compared; small ones null."""
    every = compared(both.before, both.after)
    some = every.filter(~pl.col("comparable") | (pl.sum_horizontal(_COUNTS) > 0))
    return veiled(some, few)


def afforded(both: Both, judged: pl.DataFrame, visits: int, cost: float, enough: int, few: int) -> list[pl.DataFrame]:
    """What so many visits a month at so much each come to under each set of rules, all questions together.

    `judged`: `lead_id`, `confirmed` of what was concluded; `enough`: of how many anything is expected of others.
    """
    tables = []
    for one in (both.before, both.after):
        known = together(one.leads.join(judged, on="lead_id", how="left"))
        curve = threshold.curve(known.select("visit", "score", "confirmed"), cost=cost, least=enough)
        tables.append(told(capacities(curve, [visits], cost=cost), few))
    return tables
