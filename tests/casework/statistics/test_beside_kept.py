"""Is a group of counts that was chosen for being high compared with groups chosen alike?"""

import numpy as np
import pytest
from scipy.stats import hypergeom

from casework.statistics import BESIDE_CHANCE, beside_chance, beside_kept

ARC = ([3], [4], [5], [20])  # three of five marked are hit, of twenty four


def test_without_a_choice_it_is_the_exact_test() -> None:
    strata = ([2, 1], [3, 2], [3, 4], [10, 9])
    assert beside_kept([strata], [0]) == beside_chance(*strata)
    assert tuple(beside_kept([strata], [0])) == BESIDE_CHANCE


def test_the_distribution_is_cut_below_the_least_and_made_whole() -> None:
    chance = hypergeom.pmf([2, 3, 4], 20, 4, 5)
    chance /= chance.sum()
    found = beside_kept([ARC], [2])
    assert found["p"] == pytest.approx(chance[2] + chance[1] / 2)
    assert found["expected"] == round(float(chance @ [2, 3, 4]), 2)


def test_the_counts_of_a_group_are_cut_each_by_itself_and_added() -> None:
    chance = hypergeom.pmf([2, 3, 4], 20, 4, 5)
    chance /= chance.sum()
    both = np.convolve(chance, chance)
    assert beside_kept([ARC, ARC], [2, 2])["p"] == pytest.approx(both[3:].sum() + both[2] / 2)


def test_counts_at_their_least_tell_nothing() -> None:
    lowest = beside_kept([([2], [2], [2], [1000])], [2])  # could not have been otherwise
    assert (lowest["p"], lowest["expected"], lowest["lift"]) == (None, 2.0, 1.0)
    rare = beside_kept([([2], [4], [4], [1000])], [2])
    assert isinstance(rare["p"], float)
    assert rare["p"] > 0.5
    assert rare["low"] == round(2 / float(str(rare["expected"])), 2) or rare["low"] == 1.0


def test_a_count_below_its_least_or_that_cannot_be_is_wrong() -> None:
    with pytest.raises(ValueError, match="least"):
        beside_kept([ARC], [4])
    with pytest.raises(ValueError, match="fit"):
        beside_kept([([5], [4], [5], [20])], [0])


def test_nothing_to_compare_with_is_unknown() -> None:
    assert beside_kept([([], [], [], [])], [0]) == dict.fromkeys(BESIDE_CHANCE) | {"observed": 0, "strata": 0}


def test_whose_count_comes_first_changes_nothing() -> None:
    other = ([2, 1], [3, 2], [3, 4], [10, 9])
    assert beside_kept([ARC, other], [2, 1]) == beside_kept([other, ARC], [1, 2])


def test_of_groups_kept_for_being_high_a_twentieth_is_below_a_twentieth() -> None:
    """Two counts of a fair division, kept where both are two or more; by the whole distribution most stand out."""
    hits, marked, whole = 12, 6, 90
    drawn = np.random.default_rng(7).hypergeometric(hits, whole - hits, marked, size=(60_000, 2))
    kept, times = np.unique(drawn[drawn.min(axis=1) >= 2], axis=0, return_counts=True)
    groups = [[([int(count)], [hits], [marked], [whole]) for count in pair] for pair in kept]
    given = np.array([beside_kept(group, [2, 2])["p"] for group in groups])
    whole_of = [[np.concatenate(side) for side in zip(*group, strict=True)] for group in groups]
    plain = np.array([beside_chance(*sides)["p"] for sides in whole_of])
    assert times[given <= 0.05].sum() / times.sum() == pytest.approx(0.05, abs=0.025)
    assert times[plain <= 0.05].sum() / times.sum() > 0.5
