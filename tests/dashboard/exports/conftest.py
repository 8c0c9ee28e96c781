"""A township with every scheme, for the tests of this folder."""

import shutil
from pathlib import Path

import pytest

from tests.screens.conftest import township

__all__ = ["everything", "township"]


@pytest.fixture(scope="session")
def everything(township: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The township in a workspace whose journal may grow."""
    return Path(shutil.copytree(township, tmp_path_factory.mktemp("everything") / "workspace"))
