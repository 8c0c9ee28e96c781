"""Tests that a seed alone says what a world is: not the process that builds it, nor the order of its hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from synthetic.world import build

Files = dict[str, bytes]
WISH = ("--scale", "village", "--persons", "1000", "--seed", "5")


def lying(folder: Path) -> Files:
    """Every file below, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Files]:
    """What the command writes in two processes, under two orders of hashes."""
    running = []
    for order in ("0", "1"):
        place = tmp_path_factory.mktemp(f"hashes-{order}")
        command = [sys.executable, "-m", "dashboard.cli", "synthesize", str(place / "source"), *WISH]
        environment = os.environ | {"PYTHONHASHSEED": order}
        running.append((place, subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)))  # noqa: S603 - our own program
    for _, process in running:
        process.communicate(timeout=300)
        assert process.returncode == 0
    return [lying(place) for place, _ in running]


def test_the_order_of_hashes_changes_no_byte(told: list[Files]) -> None:
    one, other = told
    assert set(one) == set(other)
    assert {"truth.parquet", "source/meta.toml", "source/boundaries.geojson", "source/payment.csv"} <= set(one)
    assert [name for name in one if one[name] != other[name]] == []


def test_the_command_and_the_library_write_the_same(told: list[Files], tmp_path: Path) -> None:
    build(tmp_path / "source", seed=5, scale="village", persons=1_000)
    built = lying(tmp_path)
    assert [name for name in built if built[name] != told[0].get(name)] == []


def test_another_seed_gives_another_world(told: list[Files], tmp_path: Path) -> None:
    build(tmp_path / "source", seed=6, scale="village", persons=1_000)
    other = lying(tmp_path)
    assert set(other) == set(told[0])
    for name in ("source/person.csv", "source/payment.csv", "source/boundaries.geojson", "truth.parquet"):
        assert other[name] != told[0][name]
