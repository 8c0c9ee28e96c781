"""Tests of drawing anew who is marked, each with its whole course."""

from itertools import combinations, product

import numpy as np
import pytest
import scipy

from casework.statistics.exact import mid_p
from casework.statistics.logrank import GRID, redrawn


def test_one_stratum_asked_once_is_the_hypergeometric_draw() -> None:
    hits = np.array([1, 1, 1, 0, 0, 0, 0, 0])
    marked = np.array([1, 1, 0, 1, 0, 0, 0, 0], dtype=bool)
    chance, place = redrawn(hits - hits.mean(), marked, np.zeros(8, dtype=np.int64))
    expected = scipy.stats.hypergeom.sf(2, 8, 3, 3) + scipy.stats.hypergeom.pmf(2, 8, 3, 3) / 2
    assert mid_p(chance, place) == pytest.approx(expected)


def test_it_is_every_draw_of_as_many_from_each_beginning_counted() -> None:
    residuals = np.array([0.8, -0.35, -0.6, 0.45, 0.9, -1.1, -0.15])
    marked = np.array([True, False, False, True, True, False, False])
    beginning = np.array([0, 0, 0, 0, 1, 1, 1])
    steps = np.rint(residuals * GRID).astype(int)
    sums = np.array(
        [steps[[*one, *other]].sum() for one, other in product(combinations(range(4), 2), combinations(range(4, 7), 1))]
    )
    seen = steps[marked].sum()
    chance, place = redrawn(residuals, marked, beginning)
    assert chance.sum() == pytest.approx(1)
    assert mid_p(chance, place) == pytest.approx((sums > seen).mean() + (sums == seen).mean() / 2)


def test_where_all_or_none_began_marked_nothing_is_drawn() -> None:
    residuals = np.array([0.5, -0.5, 0.3])
    everybody = redrawn(residuals, np.array([True, True, False]), np.array([0, 0, 1]))
    nobody = redrawn(residuals, np.zeros(3, dtype=bool), np.array([0, 0, 1]))
    assert [chance[place] for chance, place in (everybody, nobody)] == [1.0, 1.0]


def test_many_are_drawn_without_overflow() -> None:
    residuals = np.tile([1 / GRID, 0.0], 600)
    chance, place = redrawn(residuals, np.arange(1200) < 600, np.zeros(1200, dtype=np.int64))
    assert np.isfinite(chance).all()
    assert mid_p(chance, place) == pytest.approx(0.5)
