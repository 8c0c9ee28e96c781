"""What lies open on the desk: the snapshot, the rules, the last run and its counts, read once for all readers?

One desk for each state of a workspace: a new import, run or rule makes another. Screens keep only ids; every frame is
here, shared by all sessions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

import polars as pl
import streamlit as st

import detectors
import metrics
from casework.calendar import Calendar
from casework.card import Card, MetricCard
from casework.dataset import Tables
from casework.lead import EVIDENCE_SCHEMA
from casework.policy import Policy
from casework.regions import Regions
from casework.registry import found
from casework.review import by_hand
from casework.review.store import today
from casework.text import Text
from casework.workspace import Workspace
from dashboard.queries import (
    boundaries,
    followed,
    heard,
    kinfolk,
    leads,
    officials,
    outcomes,
    papers,
    programmes,
    recusal,
    timeliness,
    times,
)
from dashboard.queries.board import Board
from dashboard.queries.board import board as laid_out
from dashboard.queries.counts import Counts, measured, with_leads
from dashboard.queries.heard import Heard
from dashboard.queries.lab import Lab
from dashboard.queries.outcomes import Outcomes
from dashboard.queries.outlines import Outline
from dashboard.queries.papers import Papers
from dashboard.queries.reach import Reach
from dashboard.queries.whatif import WhatIf

WORKSPACE: Final = "MINGCHA_WORKSPACE"  # environment: the script that Streamlit runs can be told in no other way
_WATCHED: Final = ("current", "leads.parquet", "runs.csv")
_ONE_AT_A_TIME: Final = Lock()
_LAYING: Final = Lock()
_NO_EVIDENCE: Final = pl.DataFrame(schema=EVIDENCE_SCHEMA)


@dataclass(frozen=True)
class Desk:
    """One state of one workspace. `tables` is None where nothing was imported yet."""

    workspace: Workspace
    policy: Policy
    calendar: Calendar
    tables: Tables | None

    @property
    def synthetic(self) -> bool:
        """Must every page carry the banner 合成数据?"""
        return self.tables is not None and self.tables.synthetic

    @property
    def opened(self) -> Tables:
        """The snapshot; the reader's one line where there is none."""
        return self.workspace.tables() if self.tables is None else self.tables

    @property
    def as_of(self) -> date:
        """The day up to which the data speak."""
        return self.opened.as_of

    @property
    def detected(self) -> bool:
        """Has a detector run been kept?"""
        return self.workspace.detected

    @cached_property
    def regions(self) -> Regions:
        """The tree of regions."""
        return Regions.of(self.opened)

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """The map that came with the source, by region code."""
        return {} if self.tables is None else boundaries.outlines(self.workspace.snapshot)

    @cached_property
    def programmes(self) -> dict[str, Text]:
        """Names of the programmes the data know."""
        return programmes.names(self.opened, self.policy)

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Every detector's card by scheme."""
        return {module.CARD.scheme: module.CARD for module in found(detectors)}

    @cached_property
    def all_cards(self) -> dict[str, Card]:
        """The same, and that of leads recorded by hand."""
        return self.cards | {by_hand.SCHEME: by_hand.CARD}

    @cached_property
    def metric_cards(self) -> dict[str, MetricCard]:
        """Every metric's card by id."""
        return {module.CARD.metric: module.CARD for module in found(metrics)}

    @cached_property
    def leads(self) -> pl.DataFrame:
        """The leads of the last run, with household, programme and ranks."""
        return leads.placed(self.opened, self.regions, self.workspace.leads())

    @cached_property
    def kin(self) -> dict[str, list[kinfolk.Relative]]:
        """From whom to whom the tie of each lead on kin runs, and what each person of it is called."""
        tied = kinfolk.tied(self.leads)
        if tied.is_empty():
            return {}
        return kinfolk.paths(self.opened, self.policy, tied, self.workspace.evidence(*tied["lead_id"]))

    @cached_property
    def posts(self) -> pl.DataFrame:
        """Every post of the staff, held or left."""
        return officials.posts(self.opened)

    @cached_property
    def runs(self) -> dict[str, dict[str, Any]]:
        """What each scheme of the last run did."""
        return {row["scheme"]: row for row in self.workspace.runs().to_dicts()}

    @property
    def counts(self) -> Counts:
        """Every metric: about the cases measured once, about leads as they stand now."""
        return self._counts_beside(self.board) if self.detected else self._counts

    def _counts_beside(self, board: Board) -> Counts:
        """The counts with the leads as that board has them; remembered with the board, which no other is."""
        with _LAYING:
            for laid, counts in self._followed:
                if laid is board:
                    return counts
            counts = with_leads(self._counts, followed.beside(self.opened, board, self.workspace.review))
            self._followed[:] = [(board, counts)]
            return counts

    @cached_property
    def _counts(self) -> Counts:
        return measured(self.opened, self.policy, self.metric_cards)

    @cached_property
    def _followed(self) -> list[tuple[Board, Counts]]:
        return []

    @property
    def board(self) -> Board:
        """How every lead stands; made anew when an act has followed or a day has passed."""
        newest = (self.workspace.review.last_seq(), today())
        with _LAYING:  # two readers at once lay it out once
            return self._boards.get(newest) or self._lay(newest)

    def _lay(self, newest: tuple[int, date]) -> Board:
        laid = laid_out(
            self.opened,
            self.regions,
            self.leads,
            self.workspace.review,
            self.policy,
            seen=self._seen,
            day=newest[1],
        )
        self._boards.clear()
        self._recused_further.clear()
        self._boards[newest] = laid
        return laid

    @cached_property
    def _boards(self) -> dict[tuple[int, date], Board]:
        return {}

    @cached_property
    def _seen(self) -> pl.DataFrame:
        return self.workspace.seen()

    @cached_property
    def _named(self) -> pl.DataFrame:
        """Everybody whom each lead of the run names."""
        return recusal.named(self.opened, self.leads, self.workspace.evidence())

    @cached_property
    def _circles(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def _recused(self) -> dict[int, frozenset[str]]:
        return {}

    def circle(self, person_id: int) -> frozenset[int]:
        """A reader and all their known kin."""
        if person_id not in self._circles:
            self._circles[person_id] = recusal.circle(self.opened, self.policy, person_id)
        return self._circles[person_id]

    def recused(self, person_id: int | None) -> frozenset[str]:
        """The leads that name this person or their kin; none where nobody said who the reader is."""
        if person_id is None or self.tables is None:
            return frozenset()
        laid, circle = self.board, self.circle(person_id)
        if person_id not in self._recused:
            self._recused[person_id] = recusal.naming(self._named, circle)
        of, further = self._recused_further.get(person_id, (None, frozenset()))
        if of is not laid:
            kept = laid.leads.filter(~pl.col("lead_id").is_in(self.leads["lead_id"].implode()))
            named = (
                pl.concat([laid.named, recusal.named(self.opened, kept, _NO_EVIDENCE)]) if kept.height else laid.named
            )
            further = recusal.naming(named, circle)
            self._recused_further[person_id] = laid, further
        return self._recused[person_id] | further

    def names(self, lead_ids: Sequence[str]) -> dict[str, list[int]]:
        """Whom each of these leads names: kept with every act, for the day the lead is no longer raised."""
        named = self._named.filter(pl.col("lead_id").is_in(lead_ids))
        return {str(lead_id): persons for lead_id, persons in named.group_by("lead_id").agg("person_id").iter_rows()}

    @cached_property
    def _recused_further(self) -> dict[int, tuple[Board, frozenset[str]]]:
        return {}

    @cached_property
    def areas(self) -> dict[tuple[str, str], pl.DataFrame]:
        """The areas that statistical schemes compare, by scheme and digest of the policy, as they are asked for."""
        return {}

    @cached_property
    def undecided(self) -> pl.DataFrame:
        """Every application still open, with its age and where it waits."""
        return times.board(self.opened, self.policy, self.regions)

    @cached_property
    def waits(self) -> timeliness.Waits:
        """Every application with the time it took or waits, and where it went."""
        return timeliness.waits(self.opened, self.policy, self.regions)

    @cached_property
    def heard(self) -> Heard | None:
        """Every complaint, as counts need it; None where the source has none."""
        return heard.read(self.opened, self.regions)

    @cached_property
    def papers(self) -> Papers | None:
        """Which papers are missing, counted; None where the source lists no paper."""
        return papers.read(self.opened, self.policy, self.regions)

    @property
    def outcomes(self) -> Outcomes | None:
        """What came of every lead as it stands now; None where no detector has run."""
        if not self.detected:
            return None
        board = self.board
        tables = self._counts_beside(board).tables
        with _LAYING:
            for laid, found in self._outcomes:
                if laid is board:
                    return found
            found = outcomes.read(tables, board.standings)
            self._outcomes[:] = [(board, found)]
            return found

    @cached_property
    def _outcomes(self) -> list[tuple[Board, Outcomes]]:
        return []

    @cached_property
    def reach(self) -> Reach:
        """Need, flows, outreach and overlap: what the page on coverage asks."""
        return Reach(self.opened, self.policy, self.regions)

    @cached_property
    def lab(self) -> Lab:
        """To which groups households and persons belong: what the detector lab asks."""
        return Lab(self.opened, self.policy, self.regions)

    @cached_property
    def whatif(self) -> WhatIf:
        """What would follow if a standard or a rule were another one."""
        return WhatIf(self.workspace.path, self.opened, self.policy, self.regions)

    def warm(self) -> None:
        """Read and count everything, so that the first reader waits as little as the second."""
        if self.tables is not None:
            _ = self.regions, self.programmes, self.cards, self.leads, self.kin, self.runs, self.counts
            _ = self.undecided, self.waits, self.heard, self.papers, self.outcomes, self.outlines, self.posts
            self.reach.warm()
            self.counts.warm()


def state(path: Path) -> tuple[str, ...]:
    """What tells one state of a workspace from the next, without opening it."""
    watched = [path / name for name in _WATCHED] + sorted((path / "policy").glob("*"))
    return tuple(f"{file.name}:{file.stat().st_mtime_ns}" for file in watched if file.exists())


def desk(path: Path) -> Desk:
    """The desk of a workspace as it is now."""
    with _ONE_AT_A_TIME:
        return _laid(str(path), state(path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _laid(path: str, state_now: tuple[str, ...]) -> Desk:  # noqa: ARG001 - part of the key, which `_…` would not be
    workspace = Workspace(Path(path), create=True)
    tables = None if workspace.current is None else workspace.tables()
    laid = Desk(workspace, workspace.policy(), workspace.calendar(), tables)
    laid.warm()
    return laid
