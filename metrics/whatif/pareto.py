"""Which scenarios does no other beat in everything at once?"""

from collections.abc import Sequence

import polars as pl


def front(scenarios: pl.DataFrame, aims: Sequence[str]) -> pl.DataFrame:
    """The scenarios with `best`: no other is at least as good in all aims and better in one.

    Of each aim the less the better. Equal scenarios stand or fall together. Where an aim is unknown (null, NaN) a
    scenario is neither: `best` is null, and it beats nobody. Which of the best to take is no arithmetic.
    """
    floats = scenarios.select(pl.col(*aims).cast(pl.Float64).fill_nan(None))
    points = floats.to_numpy()
    known = ~floats.select(pl.any_horizontal(pl.all().is_null())).to_series().to_numpy()
    best = [
        not ((points[known] <= point).all(axis=1) & (points[known] < point).any(axis=1)).any() if sure else None
        for point, sure in zip(points, known, strict=True)
    ]
    return scenarios.with_columns(pl.Series("best", best, pl.Boolean))
