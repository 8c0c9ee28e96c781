"""Is the order judged fairly, ties and all?"""

import pytest

from metrics.evaluation.ranking import pr_auc, precision_at


def test_average_precision_of_a_known_order() -> None:
    ranked = [(4.0, True), (3.0, False), (2.0, True), (1.0, False)]
    assert pr_auc(ranked, planted=2) == pytest.approx((1 + 2 / 3) / 2)


def test_what_was_never_raised_lowers_the_area() -> None:
    assert pr_auc([(1.0, True)], planted=4) == 0.25
    assert pr_auc([], planted=4) == 0.0


def test_without_anything_planted_there_is_no_area() -> None:
    assert pr_auc([(1.0, False)], planted=0) is None


def test_equal_scores_are_one_step_in_any_order() -> None:
    ties = [(1.0, True), (1.0, False), (1.0, False), (1.0, True)]
    assert pr_auc(ties, planted=2) == pr_auc(ties[::-1], planted=2) == 0.5


@pytest.mark.parametrize(("k", "share"), [(1, 1.0), (2, 0.5), (3, 2 / 3), (9, 2 / 3)])
def test_precision_of_the_first_k(k: int, share: float) -> None:
    assert precision_at([(1.0, True), (3.0, True), (2.0, False)], k) == pytest.approx(share)


def test_where_k_cuts_equal_scores_the_expected_share_counts() -> None:
    assert precision_at([(2.0, True), (1.0, True), (1.0, False)], 2) == pytest.approx(0.75)


def test_no_subject_no_precision() -> None:
    assert precision_at([], 5) is None
