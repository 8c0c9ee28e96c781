"""How are tables opened on one machine? Polars, streaming."""

from collections.abc import Sequence
from pathlib import Path

import narwhals as nw
import polars as pl

from casework.engine import Engine, EngineName, Frame


class PolarsEngine:
    """Scans Parquet lazily and collects with the streaming engine."""

    name: EngineName = "polars"

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


def make() -> Engine:
    """The engine every workspace uses unless told otherwise."""
    return PolarsEngine()
