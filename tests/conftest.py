"""Which things does more than one part of the tests need?"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.cli import app
from dashboard.terminal import ended

ROOT = Path(__file__).parents[1]
COUNTY = ROOT / "docs" / "examples" / "county"


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    words: str


Mingcha = Callable[..., Said]


@pytest.fixture
def mingcha(capsys: pytest.CaptureFixture[str]) -> Mingcha:
    """Run one command in this process: `mingcha("import", source, workspace)`."""

    def run(*arguments: str | Path) -> Said:
        capsys.readouterr()
        code = ended(app, [str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("county") / "workspace"
    for command in (["import", str(COUNTY), str(path)], ["detect", str(path)]):
        assert ended(app, command) == 0
    return path


@pytest.fixture
def county_workspace(_prepared: Path, tmp_path: Path) -> Path:
    """A workspace of its own with the example county, its leads detected."""
    return Path(shutil.copytree(_prepared, tmp_path / "county"))
