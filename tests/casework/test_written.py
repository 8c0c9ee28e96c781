"""Is a chance written so that no small one reads as none?"""

import polars as pl
import pytest

from casework.written import chance


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (0.0, "< 0.0001"),
        (0.000099, "< 0.0001"),
        (0.0001, "0.0001"),
        (0.03126, "0.0313"),
        (0.5, "0.5000"),
        (0.99999, "1.0000"),
        (1.0, "1.0000"),
    ],
)
def test_a_chance_is_four_decimals_or_below_the_smallest(value: float | None, told: str | None) -> None:
    frame = pl.DataFrame({"p": [value]}, schema={"p": pl.Float64()})
    assert frame.select(chance(pl.col("p"))).item() == told
