"""What do leads come to for the lab: whom they flag, what was judged, and what is closed to whom?"""

from pathlib import Path

import polars as pl
import pytest

import detectors
from casework.registry import found
from casework.review.scope import Reader, Role
from casework.workspace import Workspace
from dashboard.queries import lab

CARDS = {module.CARD.scheme: module.CARD for module in found(detectors)}
LEADS = pl.DataFrame(
    [
        ("award", "W1", "H1", "unfounded"),
        ("award", "W2", "H1", "confirmed"),
        ("application", "A1", "H2", "inconclusive"),
        ("person", "77", "H3", None),
        ("person", "77", "H3", "data_error"),
        ("region", "990101", None, "confirmed"),
    ],
    schema=["subject_kind", "subject", "household_no", "outcome"],
    orient="row",
)


def test_a_household_is_flagged_once_and_confirmed_by_any_of_its_leads() -> None:
    told = lab.flags(LEADS, "household").sort("subject").rows()
    assert told == [("H1", True, True, True), ("H2", True, False, False), ("H3", True, True, False)]


def test_a_person_is_flagged_by_leads_about_them_alone() -> None:
    assert lab.flags(LEADS, "person").rows() == [("77", True, True, False)]


def test_what_is_neither_confirmed_nor_refuted_is_not_judged() -> None:
    told = LEADS.select(lab.judged().alias("judged"))["judged"].to_list()
    assert told == [False, True, None, None, False, True]


def test_the_base_rate_counts_drawn_households_alone_and_each_once() -> None:
    assert lab.once(LEADS, ["H1", "H2", "H9"]).rows() == [("H1", True), ("H2", None)]
    assert lab.once(LEADS, []).is_empty()


def test_only_what_was_recorded_by_hand_of_the_sample_is_of_the_sample() -> None:
    rows = [("by_hand", '{"source":"sample"}'), ("by_hand", '{"source":"audit"}'), ("x", '{"source":"sample"}')]
    told = lab.of_sample(pl.DataFrame(rows, schema=["scheme", "facts"], orient="row"))
    assert told.to_list() == [True, False, False]


def test_drawn_is_what_the_journal_has(tmp_path: Path) -> None:
    journal = Workspace(tmp_path / "workspace", create=True).journal
    for why in ('990101000000 2025-01 2 snapshot:a run:b households:["H1","H 2"]', "990101000000 2025-02 20"):
        with journal.entry("示例", "sample", why=why, subject="sample"):
            pass
    assert lab.drawn(journal) == {"H1", "H 2"}


@pytest.mark.parametrize(
    ("scheme", "unit"),
    [
        ("late_decision", "household"),
        ("missed_entitlement", "person"),
        ("shared_account", None),
        ("late_complaint", None),
    ],
)
def test_the_unit_is_whom_a_lead_is_about(scheme: str, unit: str | None) -> None:
    assert lab.unit_of(CARDS[scheme]) == unit
    assert lab.unit_of(None) == "household"


@pytest.mark.parametrize(("role", "closed"), [("researcher", True), ("supervisor", False)])
def test_leads_on_staff_and_complaints_are_closed_to_those_whose_work_is_not_discipline(
    role: Role, *, closed: bool
) -> None:
    reader = Reader("T-01", role)
    for scheme in ("kin_handled", "late_complaint"):
        assert lab.closed(CARDS[scheme], reader) is closed
    assert not lab.closed(CARDS["late_decision"], reader)
