"""Do village sums drawn anew give what rows drawn anew give, and only for a sample?"""

from typing import Any

import numpy as np
import pytest

from casework.errors import WrongUsageError
from metrics.whatif.bootstrap import bootstrap, draws, refusal, stream
from metrics.whatif.population import Population
from tests.metrics.whatif.made import population


def sample(*counties: str, sample: bool = True) -> Population:
    """Eight villages a county, of one to three households."""
    homes: list[dict[str, Any]] = [
        {"village": f"{county}0010{village:02}"}
        for county in counties
        for village in range(8)
        for _ in range(village % 3 + 1)
    ]
    return population(*homes, sample=sample)


def amounts(some: Population) -> dict[str, np.ndarray]:
    place = np.arange(some.households)
    return {"cost": 10.0 * (place % 7) + 1, "persons": (place % 4 + 1).astype(float)}


def test_it_equals_drawing_the_rows_of_whole_villages_anew() -> None:
    some = sample("990101", "990102")
    found = bootstrap(some, amounts(some), seed=3, replicates=150)
    counties = np.array([code[:6] for code in some.village_code])
    for replicate in range(0, 150, 7):
        rows: list[int] = []
        for county in ("990101", "990102"):
            times = draws(stream(county, 3), 8, 150)[replicate]
            for village, often in zip(np.flatnonzero(counties == county), times, strict=True):
                rows += [*np.flatnonzero(some.village == village)] * int(often)
        expected = [amount[rows].sum() for amount in amounts(some).values()]
        np.testing.assert_allclose(found.totals[replicate], expected, rtol=1e-14)


def test_each_replicate_draws_as_many_villages_as_there_are() -> None:
    drawn = draws(stream("990101", 1), 12, 400)
    assert (drawn.sum(axis=1) == 12).all()
    assert drawn.mean() == 1
    assert abs(drawn.var() - 11 / 12) < 0.05  # of a multinomial


def test_a_ratio_is_drawn_together_and_holds_the_sample() -> None:
    some = sample("990101")
    measures = amounts(some)
    found = bootstrap(some, {**measures, "double": 2 * measures["persons"]}, seed=1)
    assert found.ratio("double", "persons").low == found.ratio("double", "persons").high == 2
    ratio, total = found.ratio("cost", "persons"), found.total("cost")
    assert ratio.low < ratio.value < ratio.high
    assert total.low < total.value < total.high
    assert total.value == measures["cost"].sum()


def test_a_ratio_of_nothing_is_unknown() -> None:
    some = sample("990101")
    found = bootstrap(
        some, {"part": np.ones(some.households), "whole": np.zeros(some.households)}, seed=1, replicates=20
    )
    assert np.isnan(found.ratio("part", "whole").low)


def test_the_seed_decides_and_an_unrelated_county_moves_nothing() -> None:
    one, both = sample("990101"), sample("990101", "990102")
    alone = bootstrap(one, amounts(one), seed=5, replicates=40)
    own = np.array([code.startswith("990101") for code in both.village_code])[both.village]
    beside = {name: np.where(own, amount, 0) for name, amount in amounts(both).items()}
    assert (bootstrap(one, amounts(one), seed=5, replicates=40).totals == alone.totals).all()
    assert (bootstrap(one, amounts(one), seed=6, replicates=40).totals != alone.totals).any()
    np.testing.assert_allclose(bootstrap(both, beside, seed=5, replicates=40).totals, alone.totals)


def test_a_county_of_one_village_does_not_vary_and_is_counted() -> None:
    some = population({"village": "990101001001"}, {"village": "990101001001"}, sample=True)
    found = bootstrap(some, {"homes": np.ones(2)}, seed=1, replicates=30)
    assert found.lonely == 1
    assert (found.totals == 2).all()


def test_a_register_has_no_sampling_error() -> None:
    some = sample("990101", sample=False)
    assert refusal(some) is not None
    with pytest.raises(WrongUsageError, match="not a sample"):
        bootstrap(some, amounts(some), seed=1)
    assert refusal(sample("990101")) is None
