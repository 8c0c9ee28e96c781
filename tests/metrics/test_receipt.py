"""Tests of the metrics on a real municipality's case log, where it lies beside the repository."""

from pathlib import Path

import pytest

import metrics
from casework.dataset import Tables
from casework.intake.road import import_source
from casework.workspace import Workspace
from metrics import rollup
from tests.metrics.county import POLICY, number

LOG = Path(__file__).parents[3] / "shared" / "data" / "receipt.csv"
MAPPING = Path(__file__).parents[2] / "docs" / "examples" / "receipt.toml"
NOWHERE = "000000000000"  # the log names no regions


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    if not LOG.exists():
        pytest.skip("the real case log is not here: ../shared/data/receipt.csv")
    workspace = Workspace(tmp_path_factory.mktemp("receipt") / "workspace", create=True)
    import_source(LOG, workspace, mapping=MAPPING)
    return workspace.tables()


def test_377_of_1329_closed_cases_were_late(log: Tables) -> None:
    row = number(rollup.period(metrics, log, POLICY, 36, only=["on_time_share"]), NOWHERE)
    assert (row["part"], row["whole"]) == (1329 - 377, 1329)
    assert row["value"] == pytest.approx(0.716328)


def test_its_rows_are_those_cases(log: Tables) -> None:
    behind = rollup.rows(metrics, log, POLICY, "on_time_share")
    assert (behind["in_part"].sum(), (~behind["in_part"]).sum()) == (952, 377)


def test_what_the_log_does_not_hold_is_not_measured_and_says_why(log: Tables) -> None:
    lacking = rollup.unavailable(metrics, log)
    assert lacking["complaints_per_1000"] == ["award", "beneficiary", "complaint"]
    assert lacking["coverage_per_1000"] == ["award", "beneficiary"]
    assert "on_time_share" not in lacking
