"""Tests of an import killed half-way: nothing, or everything."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casework.intake.road import import_source
from casework.workspace import Workspace, file_digest

COUNTY = Path(__file__).parents[2] / "docs" / "examples" / "county"
COMMAND = (sys.executable, "-m", "dashboard.cli", "import", str(COUNTY))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long an import that is left alone takes."""
    begun = time.perf_counter()
    subprocess.run((*COMMAND, str(tmp_path_factory.mktemp("whole") / "w")), check=True, capture_output=True)  # noqa: S603 - our own command
    return time.perf_counter() - begun


@pytest.mark.parametrize("share", [0.5, 0.7, 0.8, 0.9])
def test_an_import_killed_half_way_is_absent_or_whole(tmp_path: Path, whole: float, share: float) -> None:
    path = tmp_path / "w"
    with subprocess.Popen((*COMMAND, str(path)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:  # noqa: S603 - our own command
        time.sleep(whole * share)
        running.send_signal(signal.SIGKILL)
    workspace = Workspace(path, create=True)
    assert workspace.journal.verify().whole
    if workspace.current is None:
        assert workspace.journal.entries() == []
    else:
        told = workspace.manifest()["files"]
        assert {file.name: file_digest(file) for file in workspace.snapshot.glob("*.parquet")} == told
    assert import_source(COUNTY, workspace).ok
    assert not list((path / "snapshots").glob(".stage-*"))
