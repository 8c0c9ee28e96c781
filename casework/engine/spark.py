"""How are tables opened on a cluster? PySpark, the extra `spark`, under Java 17.

A session of the program's own on this machine, unless one is already running: a cluster is chosen where that session is
made, not here.
"""

import os
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from casework.engine import Engine, EngineName, Frame
from casework.errors import EngineError
from casework.text import Text

SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.log.level": "ERROR",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class SparkEngine:
    """Opens Parquet in a Spark session and collects through Arrow."""

    name: EngineName = "spark"

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - pyspark is an extra, its types may be absent
        """Work in that session."""
        self._session = session

    def open(self, path: Path) -> Frame:
        """One Parquet file as a lazy frame."""
        opened: Frame = nw.from_native(self._session.read.parquet(str(path)))
        return opened

    def place(self, small: pl.DataFrame) -> Frame:
        """A small table made here, as a lazy frame."""
        return _placed(self._session, small)

    def collect(self, frame: Frame) -> pl.DataFrame:
        """The answer in memory."""
        return pl.DataFrame(frame.to_native().toArrow())

    def collect_all(self, frames: Sequence[Frame]) -> list[pl.DataFrame]:
        """Several answers, one after the other."""
        return [self.collect(frame) for frame in frames]

    def park(self, frame: Frame) -> Frame:
        """The same rows, kept by the executors."""
        parked: Frame = nw.from_native(frame.to_native().localCheckpoint(eager=True))
        return parked


def place_beside(native: Any, small: pl.DataFrame) -> Frame:  # noqa: ANN401 - as above
    """A small table in the session of another frame."""
    return _placed(native.sparkSession, small)


@cache
def make() -> Engine:
    """The running session's engine, else one of this machine.

    Raises:
        EngineError: pyspark or Java is not here.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra: only whoever asks for it needs it
    except ImportError as error:
        raise EngineError(
            Text('未安装 pyspark;请运行 pip install "mingcha[spark]"', 'no pyspark; run pip install "mingcha[spark]"')
        ) from error
    if not java():
        raise EngineError(
            Text(
                "未找到 Java;Spark 需要 Java 17,请安装并设置 JAVA_HOME",
                "no Java; Spark needs Java 17: install it, set JAVA_HOME",
            )
        )
    builder = SparkSession.builder.appName("mingcha").master(f"local[{os.cpu_count() or 1}]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return SparkEngine(builder.getOrCreate())


def java() -> str | None:
    """The Java program Spark would start; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


def _placed(session: Any, small: pl.DataFrame) -> Frame:  # noqa: ANN401 - as above
    placed: Frame = nw.from_native(session.createDataFrame(small.to_arrow()))
    return placed
