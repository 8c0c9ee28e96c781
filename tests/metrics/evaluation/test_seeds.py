"""Do several seeds say one figure, no surer than they may?"""

from typing import Any

import polars as pl
import pytest

from casework.statistics import wilson
from metrics.evaluation import over_seeds


def world(seed: int, found: int, planted: int = 10, **said: Any) -> dict[str, Any]:
    plain = {"regime": "capture", "seed": seed, "scheme": "over_income", "variant": "", "ran": True, "persons": 5_000}
    counts = {"planted": planted, "found": found, "leads": found, "explained": found, "twins": 3, "twins_raised": 0}
    return plain | counts | {"amounts": 0, "amount_exact": None, "pr_auc": 1.0, "precision_at_k": None} | said


def pooled(*worlds: dict[str, Any]) -> dict[str, Any]:
    (row,) = over_seeds(pl.DataFrame(worlds)).iter_rows(named=True)
    return row


def test_counts_are_pooled_over_the_seeds() -> None:
    row = pooled(world(1, 8), world(2, 10), world(3, 6, planted=20))
    assert (row["seeds"], row["planted"], row["found"], row["recall"]) == (3, 40, 24, 0.6)
    assert (row["twins"], row["alerts_per_10000"]) == (9, 16.0)


def test_where_all_seeds_agree_the_count_alone_bounds() -> None:
    row = pooled(*(world(seed, 10) for seed in range(5)))
    assert row["recall_low"] == pytest.approx(float(wilson(50, 50)[0]))
    assert row["recall_high"] == 1.0


def test_where_seeds_differ_the_seed_is_the_unit() -> None:
    row = pooled(world(1, 90, planted=100), world(2, 70, planted=100), world(3, 80, planted=100))
    half = 4.302653 * 10 / 3**0.5  # t of 2 degrees x standard error of the mean of 90, 70, 80
    assert row["recall_low"] == pytest.approx(0.8 - half / 100, abs=1e-6)
    assert row["recall_high"] == 1.0  # 1.048 is no share
    assert row["alerts_high"] == pytest.approx(160 + half * 2, abs=1e-4)  # 80 leads and 5 000 persons a seed
    low, high = wilson(240, 300)
    assert row["recall_low"] < float(low) < float(high) < row["recall_high"]


def test_where_seeds_differ_less_than_chance_the_count_alone_bounds() -> None:
    row = pooled(*(world(seed, 50 + seed % 2, planted=100) for seed in range(6)))
    low, high = wilson(303, 600)
    assert (row["recall_low"], row["recall_high"]) == (pytest.approx(float(low)), pytest.approx(float(high)))


def test_one_seed_alone_is_bounded_by_its_count() -> None:
    assert pooled(world(1, 8))["recall_low"] == pytest.approx(float(wilson(8, 10)[0]))


def test_a_clean_world_without_truth_or_leads_is_unknown_but_its_alerts_are_none() -> None:
    row = pooled(world(1, 0, planted=0, leads=0, explained=0, pr_auc=None))
    assert (row["recall"], row["precision"], row["pr_auc"]) == (None, None, None)
    assert (row["alerts_per_10000"], row["alerts_low"]) == (0.0, 0.0)
    assert row["alerts_high"] == pytest.approx(3.6889 / 0.5, abs=1e-3)


def test_seeds_in_which_the_scheme_did_not_run_and_variants_are_left_out() -> None:
    row = pooled(world(1, 8), world(2, 0, ran=False), world(3, 1, variant="hard"))
    assert (row["seeds"], row["planted"]) == (1, 10)


def test_exact_amounts_are_weighed_by_how_many_there_are() -> None:
    row = pooled(world(1, 8, amounts=3, amount_exact=1.0), world(2, 8, amounts=1, amount_exact=0.0), world(3, 8))
    assert (row["amounts"], row["amount_exact"]) == (4, 0.75)


def test_the_same_seeds_give_the_same_interval() -> None:
    assert pooled(world(1, 8), world(2, 10)) == pooled(world(2, 10), world(1, 8))


def test_the_precision_of_the_first_visits_is_the_mean_of_the_seeds_that_have_one() -> None:
    row = pooled(world(1, 8, precision_at_k=1.0), world(2, 8, precision_at_k=0.5), world(3, 8))
    assert row["precision_at_k"] == 0.75
