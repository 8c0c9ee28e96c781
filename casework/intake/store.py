"""How are the tables of a snapshot written, so that the same rows are the same bytes?"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import narwhals as nw
import polars as pl

from casework.intake.persons import Protected
from casework.intake.reading import Reading
from casework.milestone import milestones
from casework.workspace import BOUNDARIES

ROWS: Final = 1 << 18  # a row group
PROTECTED: Final = 0o600


def store(
    staged: Path,
    frames: Mapping[str, pl.DataFrame],
    protected: Protected | None,
    reading: Reading,
    before: Path | None,
) -> None:
    """Write the case tables, the two protected ones, the milestones, local rules and boundaries into a staged folder.

    `before` is the snapshot that was joined: what the new source lacks of rules and boundaries is taken from it.
    """
    for name, frame in frames.items():
        _write(frame, staged / f"{name}.parquet")
    if protected is not None:
        for name, frame in (("identity", protected.identity), ("id_key", protected.id_key)):
            _write(frame, staged / f"{name}.parquet")
            (staged / f"{name}.parquet").chmod(PROTECTED)
    if "step" in frames:
        steps = nw.from_native(frames["step"].lazy())
        wide: pl.LazyFrame = milestones(steps).to_native()
        _write(wide.collect().sort("application_id"), staged / "milestone.parquet")
    if before is not None and (before / "policy").is_dir():
        shutil.copytree(before / "policy", staged / "policy")
    for file in reading.policy:
        (staged / "policy").mkdir(exist_ok=True)
        shutil.copyfile(file, staged / "policy" / file.name)
    boundaries = reading.boundaries or (before / BOUNDARIES if before else None)
    if boundaries is not None and boundaries.exists():
        shutil.copyfile(boundaries, staged / BOUNDARIES)


def new_boundaries(reading: Reading, before: Path) -> bool:
    """Does the source bring other boundaries than the snapshot that it joins has?"""
    kept = before / BOUNDARIES
    brought = reading.boundaries
    return brought is not None and not (kept.exists() and kept.read_bytes() == brought.read_bytes())


def _write(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="zstd", statistics=True, row_group_size=ROWS)
