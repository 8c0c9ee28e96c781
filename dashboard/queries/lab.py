"""What do the leads of a scheme come to, as counts, and to which groups do those belong whom they are about?"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import narwhals as nw
import polars as pl

from casework.card import Card
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.regions import Regions
from casework.review import by_hand
from casework.review.journal import Asked, Journal
from casework.review.scope import DISCIPLINE, Reader
from dashboard.queries.mine import COMPLAINTS, CONDUCT
from metrics.evaluation import fairness
from metrics.evaluation.groups import Unit, grouped
from metrics.evaluation.sample import township
from metrics.leads import CONFIRMED, REFUTED

if TYPE_CHECKING:
    from dashboard.desk import Desk

SAMPLED: Final = "sample"  # where a lead recorded by hand came from
DRAWN: Final = "households:"  # before the list in the journal's entry of a control sample
_OF_HOUSEHOLDS: Final = frozenset({"household", "person", "application", "award"})


@dataclass(frozen=True)
class Lab:
    """The groups of one snapshot, laid out when first asked for."""

    tables: Tables
    policy: Policy
    regions: Regions

    def units(self, unit: Unit) -> Frame:
        """Every household or person with its groups."""
        return self.tables.shared(
            f"groups:{unit}:{self.policy.digest}", lambda: grouped(self.tables, self.policy, unit)
        )

    def population(self, unit: Unit) -> pl.DataFrame:
        """How many there are, by group and village."""
        return self._households if unit == "household" else self._persons

    @cached_property
    def _households(self) -> pl.DataFrame:
        return fairness.population(self.tables, self.units("household"), self.regions)

    @cached_property
    def _persons(self) -> pl.DataFrame:
        return fairness.population(self.tables, self.units("person"), self.regions)

    def counted(self, leads: pl.DataFrame, unit: Unit, within: Collection[str], *, known: bool) -> pl.DataFrame:
        """Flagged, reviewed and confirmed by group (`metrics.evaluation.fairness`) of these leads and regions."""
        found = fairness.flagged(self.tables, self.units(unit), flags(leads, unit), self.regions)
        return fairness.counted(self.population(unit), found, within, known=known)

    def pool(self, leads: pl.DataFrame, within: Collection[str]) -> pl.DataFrame:
        """The households of these regions without any of the leads, as `metrics.evaluation.sample` wants them."""
        rows = self.tables.engine.collect(
            self.units("household").select(nw.col("subject").alias("household_no"), "region_code", "known")
        )
        codes = rows["region_code"].unique().to_list()
        homes = [self.regions.home(code) for code in codes]
        towns = [township(self.regions, home) for home in homes]
        home, town = (
            pl.col("region_code").replace_strict(codes, names, return_dtype=pl.String()).alias(name)
            for name, names in (("home", homes), ("township", towns))
        )
        flagged = leads.select(pl.col("household_no").drop_nulls().unique())
        placed = rows.with_columns(home, town).filter(pl.col("home").is_in(list(within)))
        return placed.join(flagged, on="household_no", how="anti").drop("region_code")


def unit_of(card: Card | None) -> Unit | None:
    """Whom a scheme's leads are about; None: no household and no person. Of all schemes together: households."""
    if card is None:
        return "household"
    if card.subject not in _OF_HOUSEHOLDS:
        return None
    return "person" if card.subject == "person" else "household"


def closed(card: Card, reader: Reader) -> bool:
    """Are its leads on the conduct of staff, or on complaints, and the reader none of those whose work that is?"""
    own = card.family == "favoritism" or card.subject in ("official", "complaint")
    return own and reader.role not in DISCIPLINE


def raised(desk: "Desk", reader: Reader, regions: Collection[str]) -> pl.DataFrame:
    """The leads of the last run in these regions that a reader's counts may rest on, those in shadow among them."""
    kept = pl.col("home").is_in(list(regions)) & ~pl.col("gone") & (pl.col("scheme") != by_hand.SCHEME)
    if reader.role not in DISCIPLINE:
        kept &= ~CONDUCT & ~COMPLAINTS
    if recused := desk.recused(reader.person_id):
        kept &= ~pl.col("lead_id").is_in(list(recused))
    return desk.board.leads.filter(kept)


def flagged_anywhere(desk: "Desk") -> pl.DataFrame:
    """Every lead of the last run, whoever may read it: a household that has one is not in the control sample."""
    return desk.board.leads.filter(~pl.col("gone"), pl.col("scheme") != by_hand.SCHEME)


def flags(leads: pl.DataFrame, unit: Unit) -> pl.DataFrame:
    """Each household or person that a lead is about, once: was one of its leads concluded, judged, confirmed?"""
    of_persons = leads.filter(pl.col("subject_kind") == "person") if unit == "person" else leads
    subject = pl.col("subject") if unit == "person" else pl.col("household_no")
    outcome = pl.col("outcome")
    return (
        of_persons.with_columns(subject.alias("subject"))
        .filter(pl.col("subject").is_not_null())
        .group_by("subject")
        .agg(
            outcome.is_not_null().any().alias("reviewed"),
            outcome.is_in([*CONFIRMED, *REFUTED]).any().alias("judged"),
            outcome.is_in(list(CONFIRMED)).any().alias("confirmed"),
        )
    )


def judged() -> pl.Expr:
    """Was a lead confirmed? Null where it was neither confirmed nor refuted."""
    outcome = pl.col("outcome")
    return (
        pl.when(outcome.is_in(list(CONFIRMED)))
        .then(pl.lit(value=True))
        .when(outcome.is_in(list(REFUTED)))
        .then(pl.lit(value=False))
    )


def drawn(journal: Journal) -> frozenset[str]:
    """The households of every control sample that the journal has."""
    asked, number, found = Asked(what="sample"), 1, set[str]()
    while True:
        page = journal.page(asked, number)
        for entry in page.entries:
            _, there, names = entry.why.partition(f" {DRAWN}")
            found |= set(json.loads(names)) if there else set()
        if number >= page.pages:
            return frozenset(found)
        number += 1


def sampled(desk: "Desk", regions: Collection[str]) -> pl.DataFrame:
    """The drawn households of which something was recorded by hand, once each: `household_no`, `judged`.

    `judged`: was any lead of the sample on it confirmed; null where none is concluded. A household that nobody drew is
    no part of the sample, whatever its record says.
    """
    own = desk.board.leads.filter(pl.col("home").is_in(list(regions)), of_sample(desk.board.leads))
    return once(own, drawn(desk.workspace.journal))


def of_sample(leads: pl.DataFrame) -> pl.Series:
    """Which of these leads were recorded by hand of the control sample."""
    pairs = leads.select("scheme", "facts").iter_rows()
    there = [scheme == by_hand.SCHEME and json.loads(facts or "{}").get("source") == SAMPLED for scheme, facts in pairs]
    return pl.Series(there, dtype=pl.Boolean)


def once(leads: pl.DataFrame, households: Collection[str]) -> pl.DataFrame:
    """Each of these households with what its leads came to."""
    mine = leads.filter(pl.col("household_no").is_in(list(households)))
    return mine.group_by("household_no").agg(judged().max().alias("judged")).sort("household_no")
