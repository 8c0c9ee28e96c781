"""Where is the example county, and how does a test get a workspace of it?"""

from pathlib import Path

from dashboard.cli import app
from dashboard.terminal import ended

ROOT = Path(__file__).parents[1]
COUNTY = ROOT / "docs" / "examples" / "county"


def imported(workspace: Path, source: Path = COUNTY, *, detected: bool = True) -> Path:
    """A workspace with the source imported, and its leads detected."""
    commands = [["import", str(source), str(workspace)], *([["detect", str(workspace)]] if detected else [])]
    for command in commands:
        assert ended(app, command) == 0
    return workspace
