"""Does what the desk remembers of the leads belong to the leads as they stand now?"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.queries.counts import BY_POLICY, SEES_ALL, Counts, Period
from tests.screens.concluded import conclude, leads

PRECISION = "lead_precision"


@pytest.fixture
def laid(township: Path, tmp_path: Path) -> Desk:
    """A workspace of its own, that tests may act on."""
    workspace = Workspace(Path(shutil.copytree(township, tmp_path / "workspace")))
    return Desk(workspace, workspace.policy(), workspace.calendar(), workspace.tables())


def precision(counts: Counts, desk: Desk, limit: int | None) -> dict[str, object] | None:
    """The number over all months there are, everywhere."""
    period = Period(counts.months[0], counts.months[-1])
    return counts.total(PRECISION, desk.regions.root, "", period, limit)


def test_a_small_count_of_leads_is_hidden_also_where_none_was_counted_before(laid: Desk) -> None:
    assert precision(laid.counts, laid, BY_POLICY) is None  # what hides nothing is made here
    for lead_id in leads(laid.workspace.path, "impossible_timing")[:3]:
        conclude(laid.workspace.path, lead_id, "confirmed")
    every, seen = (precision(laid.counts, laid, limit) for limit in (SEES_ALL, BY_POLICY))
    assert every is not None
    assert every["part"] == 3
    assert seen is not None
    assert seen["suppressed"]
    assert seen["part"] is None


def test_another_board_at_the_place_of_an_old_one_in_memory_is_another(
    laid: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.desk.id", lambda _: 1, raising=False)  # as when the old one was let go
    before, none = laid.counts, laid.outcomes
    conclude(laid.workspace.path, leads(laid.workspace.path, "impossible_timing")[0], "confirmed")
    assert laid.counts is not before
    assert laid.outcomes is not none
    assert laid.outcomes is not None
    assert laid.outcomes.leads["group"].count() == 1
    assert laid.counts is laid.counts  # remembered until somebody acts


def test_a_reader_is_answered_though_another_makes_the_counts_forget(laid: Desk) -> None:
    counts = laid.counts
    period = Period(date(2024, 1, 1), date(2024, 12, 1))

    class Forgetful(dict):  # type: ignore[type-arg]  # every key that is put in is lost before it is read
        def __contains__(self, key: object) -> bool:
            there = super().__contains__(key)
            self.clear()
            return there

    counts.__dict__["_rows"] = Forgetful()
    counts.__dict__["_kept"] = Forgetful()
    for _ in range(2):
        counts.total("on_time_share", laid.regions.root, "", period, BY_POLICY)
        counts.rows("on_time_share", laid.regions.root, "", period)
