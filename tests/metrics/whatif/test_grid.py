"""Is a pair of standards the sum of two curves?"""

from dataclasses import replace

import numpy as np

from metrics.whatif.curve import Candidates, curve
from metrics.whatif.grid import SCHEMA, grid, sides
from metrics.whatif.poverty_curve import poverty_curve

ROWS = Candidates(
    y_fen=np.array([0, 500_000, 900_000, 300_000, 700_000]),
    n=np.array([1, 2, 1, 1, 3]),
    heads=np.array([1, 2, 1, 1, 2]),
    standard_fen=np.array([80_000, 80_000, 50_000, 50_000, 60_000]),
    topup_thousandths=np.array([0.0, 300, 0, 100, 0]),
    weight=np.ones(5),
    open=np.ones(5, np.bool_),
)
URBAN = np.array([True, True, False, False, False])
RURAL = np.array([False, False, True, True, False])  # the last lives where neither is said
LINE = np.full(5, 900_000)


def test_each_pair_is_what_the_two_standards_together_give() -> None:
    both = sides(ROWS, URBAN, RURAL, ROWS.y_fen, LINE, np.ones(5, np.bool_))
    found = grid(both, np.array([0.9, 1.0, 1.5]), np.array([1.0, 1.2, 2.0]))
    assert found.schema == SCHEMA
    for row in found.iter_rows(named=True):
        factor = np.where(URBAN, row["urban"], np.where(RURAL, row["rural"], 1.0))
        paid = np.where(ROWS.meets < factor, factor * ROWS.payable_fen - ROWS.taken_fen, 0)
        gap = np.maximum(1 - (ROWS.y_fen + 12 * paid) / (ROWS.n * LINE), 0)
        assert np.isclose(row["cost_fen"], paid.sum(), rtol=1e-12)
        assert row["persons"] == ROWS.heads[ROWS.meets < factor].sum()
        assert row["households"] == (ROWS.meets < factor).sum()
        for alpha in (1, 2):
            assert np.isclose(row[f"fgt{alpha}"], (ROWS.n * gap**alpha).sum() / ROWS.n.sum(), atol=1e-12)
        poor = ROWS.y_fen < ROWS.n * LINE
        missed = (ROWS.n * (poor & (ROWS.meets >= factor))).sum() / (ROWS.n * poor).sum()
        assert np.isclose(row["missed"], missed, atol=1e-12)


def test_equal_multiples_are_the_curve_of_both() -> None:
    both = sides(ROWS, URBAN, RURAL, ROWS.y_fen, LINE, np.ones(5, np.bool_))
    together = curve(ROWS, URBAN | RURAL)
    left = poverty_curve(ROWS, ROWS.y_fen, LINE, np.ones(5, np.bool_), URBAN | RURAL)
    factors = np.linspace(0.5, 2, 16)
    np.testing.assert_allclose(both.cost(factors, factors), together.cost(factors), rtol=1e-12)
    np.testing.assert_allclose(both.fgt(factors, factors, 2), left.fgt(factors, 2), atol=1e-14)


def test_of_nobody_no_coverage_is_told() -> None:
    nobody = replace(ROWS, open=np.zeros(5, np.bool_))
    both = sides(nobody, URBAN, RURAL, ROWS.y_fen, LINE, np.zeros(5, np.bool_))
    found = grid(both, np.array([1.0]), np.array([1.0])).row(0, named=True)
    assert np.isnan(found["coverage"])
    assert np.isnan(found["fgt1"])
