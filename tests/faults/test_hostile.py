"""Does every faulty or hostile source go through a whole import with its word, and store nothing by halves?"""

from pathlib import Path

import pytest

from casework.intake.road import import_source
from casework.workspace import Workspace
from tests.faults.files import HOSTILE, Hostile


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_each_source_is_told_and_stored_whole_or_not_at_all(case: Hostile, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    workspace = Workspace(tmp_path / "workspace", create=True)
    outcome = import_source(case.build(folder), workspace)
    assert (case.code, case.kind) in set(outcome.faults.select("code", "kind").iter_rows())
    assert outcome.ok == (case.kind not in {"refused", "rejected"})
    assert (workspace.current is not None) == outcome.ok
    assert len(list((workspace.path / "snapshots").glob("*"))) == int(outcome.ok)
    assert all(count.read == count.taken + count.rejected + count.ignored + count.blank for count in outcome.counts)
