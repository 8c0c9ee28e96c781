"""What do the detectors find in a real municipality's case log, where it lies beside the repository?"""

from pathlib import Path

import polars as pl
import pytest

import detectors
from casework.intake.road import import_source
from casework.run import Run, run
from casework.workspace import Workspace

LOG = Path(__file__).parents[3] / "shared" / "data" / "receipt.csv"
MAPPING = Path(__file__).parents[2] / "docs" / "examples" / "receipt.toml"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Run:
    if not LOG.exists():
        pytest.skip("the real case log is not here: ../shared/data/receipt.csv")
    workspace = Workspace(tmp_path_factory.mktemp("receipt") / "workspace", create=True)
    import_source(LOG, workspace, mapping=MAPPING)
    return run(detectors, workspace.tables(), workspace.policy())


@pytest.mark.parametrize(("scheme", "leads"), [("late_decision", 377), ("open_overdue", 39), ("impossible_timing", 2)])
def test_finds_the_known_cases(log: Run, scheme: str, leads: int) -> None:
    assert log.leads.filter(pl.col("scheme") == scheme).height == leads


def test_what_the_log_does_not_hold_is_not_run(log: Run) -> None:
    unasked = log.runs.filter(pl.col("status") == "not_run").select("scheme", "reason")
    assert (
        dict(unasked.rows()).items()
        >= {
            "late_complaint": "needs complaint, complaint.told_at or complaint.closed_at",
            "exclusive_programmes": "needs award, beneficiary",
            "deceased_paid": "needs award, beneficiary, payment, person.died_on or match.kind, match.from_on",
        }.items()
    )
    assert log.runs.height - unasked.height == log.runs.filter(pl.col("status").is_in(["ran", "partly"])).height
