"""Do the measures give back what was planted: exclusion, inclusion and the odds of kin?

20,000 households in 40 villages, drawn once from a seed; the exact (Clopper–Pearson) interval of what was planted, at
99.9 %, must hold what is measured. In one regime officials' kin are let in, in the other nobody is favoured.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest
from scipy.stats import beta

from metrics.whatif.compared import measures
from metrics.whatif.equity import kin_odds
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population
from tests.metrics.whatif.made import population
from tests.metrics.whatif.outcomes import layer, outcome

N, VILLAGES, LEVEL = 20_000, 40, 0.999
EXCLUSION, LEAK = 0.25, 0.02


class World(NamedTuple):
    """Households, and who of them is on the roll."""

    people: Population
    outcome: Outcome


def world(odds: float, seed: int = 20260101) -> World:
    """`odds`: so many times those of others are the odds of kin who are not eligible to be on the roll."""
    rng = np.random.default_rng(seed)
    one = population(*({"village": f"9901010010{place:02d}", "wage": 1} for place in range(VILLAGES)))
    rows = rng.integers(0, VILLAGES, N)
    people = replace(
        population(*({"wage": 1} for _ in range(1))),
        village_code=one.village_code,
        village_name=one.village_name,
        urban_rural=one.urban_rural,
        **{
            name: np.repeat(getattr(one, name)[:1], N)
            for name in ("weight", "n", "covered", "own", "single", "stated", "unclear", "barred", "shut")
        },
        **{
            name: np.repeat(getattr(one, name)[:1], N)
            for name in ("above_months", "award_months", "paid_fen", "hardship")
        },
        village=rows.astype(np.int32),
        kin=rng.random(N) < 0.1,
        items={name: np.zeros(N, np.int64) for name in one.items},
        absent={name: np.zeros(N, np.bool_) for name in one.absent},
        draws={name: np.zeros(N) for name in one.draws},
    )
    meant = rng.random(N) < 0.1
    people = replace(people, items={**people.items, "wage": np.where(meant, 300_000, 1_200_000)})
    base = LEAK / (1 - LEAK)
    leak = np.where(people.kin, base * odds / (1 + base * odds), LEAK)
    on = np.where(meant, rng.random(N) >= EXCLUSION, rng.random(N) < leak)
    made = outcome(people, np.where(meant, 250.0, 0.0).tolist())
    return World(people, replace(made, delivered=layer(people, np.where(on, 250.0, 0.0).tolist())))


def exact(part: int, whole: int) -> tuple[float, float]:
    """Clopper and Pearson's interval."""
    tail = (1 - LEVEL) / 2
    low = float(beta.ppf(tail, part, whole - part + 1)) if part else 0.0
    return low, float(beta.ppf(1 - tail, part + 1, whole - part)) if part < whole else 1.0


def told(made: World, measure: str) -> float:
    frame = measures(made.people, {"today": made.outcome}, layer="delivered")
    return float(frame.filter(pl.col("region_code") == "990000000000", pl.col("measure") == measure)["value"].item())


@pytest.mark.parametrize("odds", [1.0, 8.0], ids=["clean", "capture"])
def test_planted_errors_come_back(odds: float) -> None:
    made = world(odds)
    meant, on = made.outcome.eligible, made.outcome.delivered.on_roll
    low, high = exact(int((meant & ~on).sum()), int(meant.sum()))
    assert low <= EXCLUSION <= high
    assert told(made, "exclusion") == pytest.approx((meant & ~on).sum() / meant.sum())
    # of those not eligible a known share is let in; inclusion has the roll below it
    base = LEAK / (1 - LEAK)
    planted = 0.9 * LEAK + 0.1 * base * odds / (1 + base * odds)
    low, high = exact(int((~meant & on).sum()), int((~meant).sum()))
    assert low <= planted <= high
    assert low <= told(made, "false_positive_rate") <= high
    expected = 0.9 * planted / (0.9 * planted + 0.1 * (1 - EXCLUSION))
    low, high = exact(int((~meant & on).sum()), int(on.sum()))
    assert low <= expected <= high
    assert told(made, "inclusion") == pytest.approx((~meant & on).sum() / on.sum())


def test_planted_odds_of_kin_come_back_where_they_were_planted() -> None:
    made = world(8.0)
    found = kin_odds(*made, eligible=False)
    assert 1 < found.low <= 8 <= found.high
    assert found.low <= found.ratio <= found.high
    others = kin_odds(*made, eligible=True)  # among the eligible kin were not favoured
    assert others.low <= 1 <= others.high


def test_where_nobody_is_favoured_the_odds_hold_1() -> None:
    found = kin_odds(*world(1.0), eligible=False)
    assert found.low <= 1 <= found.high
    assert found.kin > 1000


def test_kin_without_others_tell_nothing() -> None:
    made = world(1.0)
    found = kin_odds(replace(made.people, kin=np.ones(N, np.bool_)), made.outcome, eligible=False)
    assert np.isnan(found.ratio)
    assert found.strata == 0
