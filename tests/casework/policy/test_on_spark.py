"""Tests that look-ups and working days say the same on a cluster's engine."""

from datetime import date
from itertools import product

import narwhals as nw
import polars as pl
import pytest

from casework.calendar import Calendar
from casework.engine import Frame, engine
from casework.errors import EngineError
from casework.policy import Change, Policy

LOCAL = Policy.of(
    decision_days=[
        {"from": "2021-01-01", "value": 30},
        {"from": "2021-06-01", "region": "990101", "programme": "dibao", "value": 20},
        {"from": "2020-06-15", "extended": True, "value": 45},
        {"from": "2021-01-01", "programme": "dibao", "delegated": True, "value": 25},
    ]
).adjusted([Change("decision_days", region="9901", scale=0.5)])


def every_kind_of_case() -> pl.DataFrame:
    regions = ["990101001000", "990201001000", None]
    programmes = ["dibao", "destitute", "heating", None]
    days = [None, *((day - date(1970, 1, 1)).days for day in (date(2020, 6, 30), date(2021, 7, 1), date(2023, 5, 1)))]
    rows = list(product(regions, programmes, [True, False, None], [True, False, None], days))
    names = ["region_code", "programme", "delegated", "extended", "accepted_at_day"]
    types = [pl.String, pl.String, pl.Boolean, pl.Boolean, pl.Int32]
    frame = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row").with_row_index("row")
    end = pl.col("accepted_at_day") + 40
    return frame.with_columns(
        pl.col("row").cast(pl.Int64), decided_at_day=end, month_index=pl.col("row").cast(pl.Int32) % 40 + 24240
    )


def asked(frame: Frame) -> Frame:
    """One question of every kind."""
    frame = LOCAL.in_force(frame, "decision_days", on="accepted_at", into="own")
    frame = Policy.shipped().in_force(frame, "decision_days", on="accepted_at", into="national")
    frame = LOCAL.in_force(frame, "required_steps", on="month", into="posted", holding="posting")
    frame = LOCAL.in_force(frame, "step_days", on="accepted_at", into="step", scope={"step": nw.lit("confirm")})
    return Calendar.load().working_days(frame, "accepted_at", "decided_at", into="days").sort("row")


@pytest.mark.spark
def test_look_ups_and_working_days_say_the_same_on_spark() -> None:
    try:
        spark = engine("spark")
    except EngineError as missing:
        pytest.skip(missing.say("en"))
    here, cases = engine("polars"), every_kind_of_case()
    expected = here.collect(asked(here.place(cases)))
    found = spark.collect(asked(spark.place(cases)))
    assert found.columns == expected.columns
    assert found.cast(expected.schema).equals(expected)
