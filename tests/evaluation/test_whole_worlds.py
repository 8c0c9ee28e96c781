"""Is nothing raised in a populated world without fraud, whoever its kin are and whatever they are called?

The smallest world in which the background (registers, accounts, tags, families who move in and out) lives beside the
planted look-alikes. The whole measure is `python -m benchmarks.evaluation`.
"""

from pathlib import Path

import polars as pl
import pytest

import detectors
from casework.intake.road import import_source
from casework.run import run
from casework.workspace import Workspace
from metrics.evaluation import KEY, as_in_snapshot, read_truth, unexplained
from synthetic.world import TRUTH, Regime, build

PERSONS = 2_000


@pytest.mark.parametrize("regime", ["clean", "needy_kin", "one_surname"])
def test_nothing_is_raised_where_nothing_was_planted_and_no_twin(regime: Regime, tmp_path: Path) -> None:
    build(tmp_path / "source", seed=21, scale="township", persons=PERSONS, regime=regime, form="parquet")
    workspace = Workspace(tmp_path / "workspace", create=True)
    assert import_source(tmp_path / "source", workspace, who="tester").ok
    found = run(detectors, workspace.tables(), workspace.policy())
    identity = pl.read_parquet(workspace.snapshot / "identity.parquet")
    truth = as_in_snapshot(read_truth(tmp_path / TRUTH), identity)
    assert found.runs.filter(pl.col("status") == "not_run")["scheme"].to_list() == []
    assert truth.filter("twin").height > 150
    assert truth.filter("twin").join(found.leads, on=KEY, how="semi").select("scheme", "variant").rows() == []
    assert unexplained(found.leads, truth).select("scheme", "part", "facts").rows() == []
