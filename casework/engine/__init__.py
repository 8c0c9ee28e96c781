"""Where do tables come from and answers go, on one machine or on many?

An engine opens a snapshot's Parquet as narwhals lazy frames, places a small table beside them, and collects. Nothing
outside this package names polars or spark to open or write snapshot data.
"""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias

import narwhals as nw
import polars as pl

from casework.errors import EngineError
from casework.text import Text

EngineName = Literal["polars", "spark"]
Frame: TypeAlias = nw.LazyFrame[Any]  # rows of whatever engine


class Engine(Protocol):
    """What every engine can do."""

    name: EngineName

    def open(self, path: Path) -> Frame:
        """One Parquet file as a lazy frame."""
        ...

    def place(self, small: pl.DataFrame) -> Frame:
        """A small table made here, as a lazy frame of this engine."""
        ...

    def collect(self, frame: Frame) -> pl.DataFrame:
        """The answer in memory."""
        ...

    def collect_all(self, frames: Sequence[Frame]) -> list[pl.DataFrame]:
        """Several answers at once; what they share is computed once where the engine can."""
        ...

    def park(self, frame: Frame) -> Frame:
        """The same rows, computed once and laid aside (not in memory) for whoever reads them in this process."""
        ...


def engine(name: str) -> Engine:
    """The engine of that name; EngineError says which extra or program is missing."""
    if name not in {"polars", "spark"}:
        raise EngineError(
            Text(f"没有名为 {name} 的引擎;可用:polars、spark", f"no engine named {name}; there are polars and spark")
        )
    made: Engine = importlib.import_module(f"casework.engine.{name}").make()
    return made


def beside(frame: Frame, small: pl.DataFrame) -> Frame:
    """A small table on the same engine as `frame`, so that the two can be joined."""
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        return nw.from_native(small.lazy())
    return importlib.import_module("casework.engine.spark").place_beside(native, small)  # type: ignore[no-any-return]


def once(frame: Frame) -> Frame:
    """The same rows, computed once for everything that reads them; for rows already pruned to a few.

    On Polars now: its own cache nodes panic in some plans (2.1), and without either the plan is worked through again
    for each reading. On Spark when first read.
    """
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        return nw.from_native(native.collect(engine="streaming").lazy())
    kept: Frame = nw.from_native(native.localCheckpoint(eager=False))
    return kept


def following(frame: Frame, *, each: str, by: str, of: Mapping[str, str]) -> Frame:
    """Add, within each value of the column `each`, what the next row by `by` (no ties) says: {new column: column}.

    On Polars one sort of the whole: a window sorts every group by itself, four times slower where groups are small.
    """
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        same = pl.col(each).shift(-1) == pl.col(each)
        found = [pl.when(same).then(pl.col(column).shift(-1)).alias(into) for into, column in of.items()]
        return nw.from_native(native.sort(each, by).with_columns(*found))
    return frame.with_columns(*(nw.col(column).shift(-1).over(each, order_by=by).alias(i) for i, column in of.items()))
