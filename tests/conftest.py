"""Which engines are tables asked on?"""

import importlib.util
import warnings
from collections.abc import Iterator

import pytest

from casework.engine import Engine
from casework.engine import engine as engine_named
from casework.engine.spark import java


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    """The Spark engine; tests that ask for it are skipped where it cannot be had."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed (extra: spark)")
    if not java():
        pytest.skip("no Java here: Spark needs Java 17")
    with warnings.catch_warnings():
        # pyspark 4 says so of pandas 3 whenever a session starts; no data of ours goes through pandas
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        yield engine_named("spark")


@pytest.fixture(params=["polars", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    if request.param == "spark":
        made: Engine = request.getfixturevalue("spark")
        return made
    return engine_named("polars")
