"""Is who stays on the roll by a longer taper told from the newly eligible?"""

from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest

from dashboard.parts.whatif.headline import kept_by_taper
from dashboard.session import Session
from dashboard.words import Words

TOWN = "990101001000"


def frame(value: float | None, *, hidden: bool = False) -> pl.DataFrame:
    row: dict[str, Any] = {
        "scenario": "a-baseline",
        "region_code": TOWN,
        "group": "",
        "measure": "newly_in_tapering_households",
        "value": value,
        "hidden": hidden,
    }
    return pl.DataFrame([row], schema_overrides={"value": pl.Float64()})


@pytest.mark.parametrize(
    ("value", "hidden", "words"),
    [
        (20.0, False, "新进户中 20 户 只因渐退期延长而仍在领,并非新符合条件。"),
        (0.0, False, ""),
        (None, True, ""),  # too few to be told: not even that there are some
    ],
)
def test_it_is_said_of_as_many_as_may_be_told(value: float | None, hidden: bool, words: str) -> None:
    reader = cast("Session", SimpleNamespace(say=Words("zh")))
    assert kept_by_taper(reader, frame(value, hidden=hidden), "a", TOWN) == words
