"""Do tables come back from every engine as they went in?"""

import sys
from datetime import date, datetime
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from casework import engine as engines
from casework.engine import Engine, beside, once
from casework.engine import spark as spark_engine
from casework.errors import EngineError
from casework.tables import APPLICATION

SMALL = pl.DataFrame(
    {
        "no": ["A1", None],
        "id": [2**62, -1],
        "place": pl.Series([1, None], dtype=pl.Int32()),
        "on": [date(2024, 3, 4), None],
        "at": pl.Series([datetime(2024, 3, 4, 9, 30, 0, 250000), None], dtype=pl.Datetime("us")),  # noqa: DTZ001 - stored naive
        "kept": [True, None],
        "share": [0.5, None],
    }
)


def test_a_small_table_comes_back_unchanged(engine: Engine) -> None:
    back = engine.collect(engine.place(SMALL)).sort("id", descending=True)
    assert back.rows() == SMALL.rows()
    assert back.schema["at"] == pl.Datetime("us")  # local time without a zone


def test_a_parquet_file_comes_back_unchanged(engine: Engine, tmp_path: Path) -> None:
    SMALL.write_parquet(tmp_path / "small.parquet")
    back = engine.collect(engine.open(tmp_path / "small.parquet")).sort("id", descending=True)
    assert (back.rows(), back.schema) == (SMALL.rows(), SMALL.schema)


def test_an_empty_table_of_the_contract_keeps_its_columns(engine: Engine) -> None:
    back = engine.collect(engine.place(pl.DataFrame(schema=APPLICATION.schema)))
    assert (back.height, back.columns) == (0, APPLICATION.schema.names())


def test_several_answers_come_in_the_order_they_were_asked(engine: Engine) -> None:
    frame = once(engine.place(pl.DataFrame({"n": [1, 2, 3]})))
    asked = [frame.filter(nw.col("n") > least).select(nw.col("n").sum()) for least in (0, 2)]
    assert [answer.item() for answer in engine.collect_all(asked)] == [6, 3]


def test_a_table_placed_beside_another_can_be_joined_to_it(engine: Engine) -> None:
    frame = engine.place(pl.DataFrame({"n": [1, 2]}))
    joined = frame.join(beside(frame, pl.DataFrame({"n": [2], "word": ["two"]})), on="n", how="inner")
    assert engine.collect(joined).rows() == [(2, "two")]


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(EngineError, match="no engine named duck"):
        engines.engine("duck")


def test_without_pyspark_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineError, match=r'pip install "mingcha\[spark\]"'):
        spark_engine.make.__wrapped__()


def test_without_java_the_error_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed (extra: spark)")
    monkeypatch.setattr(spark_engine, "java", lambda: None)
    with pytest.raises(EngineError, match="Java 17"):
        spark_engine.make.__wrapped__()
