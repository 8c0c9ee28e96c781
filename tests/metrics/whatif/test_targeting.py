"""Does each measure of targeting have the denominator it says?

The ten persons are the World Bank's ("Revisiting Targeting in Social Assistance", 2022, tables 7.3 and 7.4): a line of
20 dollars, 30 dollars to give, four scenarios.
"""

import numpy as np
import pytest

from metrics.whatif import targeting, welfare

INCOME = np.array([6.0, 8, 11, 15, 21, 25, 30, 40, 50, 100])
LINE, BUDGET = 20.0, 30.0
POOR = INCOME < LINE
POOREST = np.arange(10) < 2
SCENARIOS = {1: [0, 1], 2: [1, 2], 3: [2, 3], 4: list(range(10))}


def sums(scenario: int, meant: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[int, int, int, int]:
    """Reached, recipients, eligible, all."""
    got = np.isin(np.arange(10), SCENARIOS[scenario])
    return int((got & meant).sum()), int(got.sum()), int(meant.sum()), 10


@pytest.mark.parametrize(("scenario", "exclusion", "inclusion"), [(1, 0, 0), (2, 0.5, 0.5), (3, 1, 1), (4, 0, 0.8)])
def test_errors_against_the_poorest_fifth(scenario: int, exclusion: float, inclusion: float) -> None:
    reached, got, meant, _ = sums(scenario, POOREST)
    assert targeting.exclusion(reached, meant) == pytest.approx(exclusion)
    assert targeting.inclusion(reached, got) == pytest.approx(inclusion)


@pytest.mark.parametrize(("scenario", "exclusion", "inclusion"), [(1, 0.5, 0), (2, 0.5, 0), (3, 0.5, 0), (4, 0, 0.6)])
def test_errors_against_the_line(scenario: int, exclusion: float, inclusion: float) -> None:
    reached, got, meant, _ = sums(scenario, POOR)
    assert targeting.exclusion(reached, meant) == pytest.approx(exclusion)
    assert targeting.inclusion(reached, got) == pytest.approx(inclusion)


@pytest.mark.parametrize(
    ("scenario", "meant", "net", "ravallion"),
    [(1, POOREST, 1, 1), (2, POOREST, 0, 0.375), (3, POOREST, -1, -0.25), (4, POOREST, 0.2, 0), (4, POOR, 0.4, 0)],
)
def test_two_targeting_differentials_are_two_numbers(
    scenario: int, meant: np.ndarray[tuple[int], np.dtype[np.bool_]], net: float, ravallion: float
) -> None:
    reached, got, whom, everybody = sums(scenario, meant)
    assert targeting.net_of_errors(
        targeting.exclusion(reached, whom), targeting.inclusion(reached, got)
    ) == pytest.approx(net)
    assert targeting.targeting_differential(reached, got, whom, everybody) == pytest.approx(ravallion, abs=1e-12)


@pytest.mark.parametrize(("scenario", "ratio"), [(1, 26 / 30), (2, 0.7), (3, 14 / 30), (4, 0.4)])
def test_how_much_of_a_dollar_closes_the_gap(scenario: int, ratio: float) -> None:
    aid = np.where(np.isin(np.arange(10), SCENARIOS[scenario]), BUDGET / len(SCENARIOS[scenario]), 0)
    before, after = (np.maximum(LINE - y, 0).sum() for y in (INCOME, INCOME + aid))
    assert before == 40
    assert targeting.cost_benefit(before, after, aid.sum()) == pytest.approx(ratio)


def test_a_false_positive_rate_is_not_inclusion() -> None:
    reached, got, meant, everybody = sums(2, POOREST)
    assert targeting.inclusion(reached, got) == pytest.approx(1 / 2)
    assert targeting.false_positive_rate(reached, got, meant, everybody) == pytest.approx(1 / 8)


def test_cgh_is_the_share_of_the_poorest_by_their_share() -> None:
    aid = np.where(POOREST, 15.0, 0.0)
    poorest = welfare.share_of_poorest(INCOME, np.ones(10), 0.4, aid) * aid.sum()
    assert targeting.cgh(poorest, aid.sum(), 0.4) == pytest.approx(2.5)


def test_of_nobody_there_is_no_share() -> None:
    assert np.isnan(targeting.exclusion(0, 0))
    assert np.isnan(targeting.inclusion(0, 0))
