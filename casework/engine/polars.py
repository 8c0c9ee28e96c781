"""How are tables opened on one machine? Polars, streaming."""

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import narwhals as nw
import polars as pl

from casework.engine import Engine, EngineName, Frame


class PolarsEngine:
    """Scans Parquet lazily and collects with the streaming engine."""

    name: EngineName = "polars"

    def __init__(self) -> None:
        """Nothing is laid aside yet."""
        self._aside: Path | None = None
        self._numbers = count()

    def open(self, path: Path) -> Frame:
        """One Parquet file as a lazy frame."""
        return nw.from_native(pl.scan_parquet(path))

    def place(self, small: pl.DataFrame) -> Frame:
        """A small table made here, as a lazy frame."""
        return nw.from_native(small.lazy())

    def collect(self, frame: Frame) -> pl.DataFrame:
        """The answer in memory, computed in batches."""
        native: pl.LazyFrame = frame.to_native()
        return native.collect(engine="streaming")

    def collect_all(self, frames: Sequence[Frame]) -> list[pl.DataFrame]:
        """Several answers from one plan, in batches."""
        return pl.collect_all([frame.to_native() for frame in frames], engine="streaming")

    def park(self, frame: Frame) -> Frame:
        """The same rows in a temporary file, written in batches; not Parquet, which is three times as slow to write."""
        if self._aside is None:
            self._aside = Path(tempfile.mkdtemp(prefix="mingcha-"))
            weakref.finalize(self, shutil.rmtree, self._aside, ignore_errors=True)  # removed with the engine
        path = self._aside / f"{next(self._numbers)}.arrow"
        native: pl.LazyFrame = frame.to_native()
        native.sink_ipc(path, compression="lz4", engine="streaming")
        return nw.from_native(pl.scan_ipc(path))


def make() -> Engine:
    """The engine every workspace uses unless told otherwise."""
    return PolarsEngine()
