"""How does a test run a command, and on which workspace of the example county?"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.cli import app
from dashboard.terminal import ended
from tests.county import imported


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
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county with its leads, only to be copied."""
    return imported(tmp_path_factory.mktemp("county") / "workspace")


@pytest.fixture
def county_workspace(prepared: Path, tmp_path: Path) -> Path:
    """A workspace of its own with the example county, its leads detected."""
    return Path(shutil.copytree(prepared, tmp_path / "county"))
