"""Whom does aid reach, and whom not: everything the pages on coverage ask of one snapshot, computed once?"""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from casework.dataset import Tables
from casework.policy import Policy
from casework.regions import Regions
from dashboard.queries import adequacy, circles, flows, funnel, granted, hardest, overlap, watched


@dataclass(frozen=True)
class Reach:
    """Small tables by village, laid out when first asked for."""

    tables: Tables
    policy: Policy
    regions: Regions

    @cached_property
    def circles(self) -> circles.Circles:
        """Households by circle of need."""
        return circles.counted(self.tables, self.policy, self.regions)

    @cached_property
    def figures(self) -> pl.DataFrame:
        """What people spent, by region and year."""
        return adequacy.figures(self.tables)

    @cached_property
    def flows(self) -> flows.Flows:
        """Awards that began and ended."""
        return flows.counted(self.tables, self.policy, self.regions)

    @cached_property
    def outreach(self) -> pl.DataFrame:
        """What was found, and how far it went."""
        return funnel.read(self.tables, self.regions)

    @cached_property
    def watched(self) -> pl.DataFrame:
        """Whom aid was refused or ended, and what followed."""
        return watched.read(self.tables, self.policy, self.regions)

    @cached_property
    def hardest(self) -> pl.DataFrame:
        """Households on aid and turned away, the hardest first."""
        return hardest.read(self.tables, self.policy, self.regions)

    @cached_property
    def overlap(self) -> overlap.Overlap:
        """Who is in two programmes."""
        return overlap.counted(self.tables, self.policy, self.regions)

    @cached_property
    def granted(self) -> pl.DataFrame:
        """One-off benefits approved within a year."""
        return granted.counted(self.tables, self.policy, self.regions)

    def warm(self) -> None:
        """Lay out everything."""
        _ = self.circles, self.figures, self.flows, self.outreach, self.watched, self.hardest
        _ = self.overlap, self.granted
