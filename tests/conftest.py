"""Which engines are tables asked on?"""

import importlib.util
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import settings

from casework.engine import Engine
from casework.engine import engine as engine_named
from casework.engine.spark import java

# The first example of a test pays for loading scipy or polars, on a busy machine for seconds: that is no slow test.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# A county is too small to compile plans for, or to spread.
SMALL = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "1",
}


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
        made = engine_named("spark")
        for name, value in SMALL.items():
            made._session.conf.set(name, value)  # type: ignore[attr-defined]
        yield made


@pytest.fixture(params=["polars", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    if request.param == "spark":
        made: Engine = request.getfixturevalue("spark")
        return made
    return engine_named("polars")
