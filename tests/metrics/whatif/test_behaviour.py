"""Do earnings answer to what is kept of them, within a range that begins with not at all?"""

import numpy as np
import pytest

from casework.policy import Policy
from metrics.whatif.behaviour import behaviour, responded, response
from metrics.whatif.population import Population
from tests.metrics.whatif.made import population

NOTHING_KEPT, HALF_KEPT = np.array([1.0]), np.array([0.5])


def test_no_elasticity_or_no_new_rate_changes_nothing() -> None:
    assert response(NOTHING_KEPT, HALF_KEPT, 0.0)[0] == 1
    assert response(HALF_KEPT, HALF_KEPT, 0.3)[0] == 1
    assert response(NOTHING_KEPT, NOTHING_KEPT, 0.3)[0] == 1


def test_the_arc_is_half_way_between_both_ends() -> None:
    """From 0.5 to 0.6 kept is 0.1 / 0.55 more; at 0.2 earnings rise by (2 + 0.3636 × 0.1) / …: 1.0370 times."""
    change = 0.1 / 0.55
    assert response(np.array([0.5]), np.array([0.4]), 0.2)[0] == pytest.approx((2 + 0.2 * change) / (2 - 0.2 * change))
    assert response(NOTHING_KEPT, HALF_KEPT, 0.3)[0] == pytest.approx(2.6 / 1.4)  # bounded where nothing was kept


def test_there_and_back_again_is_where_one_was() -> None:
    there, back = response(NOTHING_KEPT, HALF_KEPT, 0.3), response(HALF_KEPT, NOTHING_KEPT, 0.3)
    assert there[0] * back[0] == pytest.approx(1)


def test_an_elasticity_of_one_or_more_or_below_nothing_is_refused() -> None:
    for wrong in (1.0, -0.1):
        with pytest.raises(ValueError, match="arc elasticity"):
            response(NOTHING_KEPT, HALF_KEPT, wrong)


def test_only_earnings_respond_and_only_where_the_rates_are_known() -> None:
    some = population({"wage": 1000, "transfer": 500}, {"wage": 1000}, {"transfer": 500})
    then = responded(some, np.array([1.0, np.nan, 1.0]), np.array([0.5, 0.5, 0.5]), 0.3)
    assert then.items["wage"].tolist() == [185_714, 100_000, 0]
    assert then.items["transfer"].tolist() == [50_000, 0, 50_000]


def test_the_band_holds_the_arithmetic_itself() -> None:
    some = population({"wage": 1000})

    def ask(other: Population) -> dict[str, float]:
        return {"earnings": float(other.items["wage"].sum())}

    band = behaviour(ask, some, NOTHING_KEPT, HALF_KEPT, Policy.shipped())
    assert [case.label.en for case in band.cases] == ["low", "middle", "high"]
    assert band.base["earnings"] == band.ends("earnings")[0] == 100_000
    assert band.ends("earnings")[1] == 185_714
