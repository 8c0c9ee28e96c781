"""Are the made-up households of the benchmark what it says of them?"""

import numpy as np

from benchmarks.whatif.population import BELOW, EXCLUDED, INCLUDED, law, made
from metrics.whatif.outcome import UNKNOWN
from metrics.whatif.reckon import reckon


def test_the_same_seed_makes_the_same_households_and_another_others() -> None:
    one, same, other = (made(500, 20, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.items["wage"], same.items["wage"])
    assert np.array_equal(one.persons.home, same.persons.home)
    assert not np.array_equal(one.items["wage"], other.items["wage"])


def test_villages_are_in_the_order_of_their_codes_and_persons_in_that_of_households() -> None:
    found = made(2_000, 600)
    assert list(found.village_code) == sorted(set(found.village_code))
    assert (np.diff(found.persons.home) >= 0).all()
    assert np.array_equal(np.bincount(found.persons.home[found.persons.counted]), found.n)
    assert np.array_equal(np.bincount(found.persons.home[found.persons.covered], minlength=2_000), found.covered)
    assert ((found.covered > 0) == found.own).all()


def test_so_many_lie_below_the_line_and_so_many_errors_are_planted() -> None:
    found = made(60_000, 200)
    outcome = reckon(found, law(), months=1)
    urban = np.array([kind == "urban" for kind in found.urban_rural])[found.village]
    known = outcome.known & (outcome.reason != UNKNOWN)
    for kind, chosen in (("urban", urban), ("rural", ~urban)):
        share = outcome.below[known & chosen].mean()
        assert BELOW[kind] <= share < BELOW[kind] + 0.02  # expenses bring some more below it
    below, above = known & outcome.below, known & ~outcome.below
    assert abs(found.own[below].mean() - (1 - EXCLUDED)) < 0.03
    assert abs(found.own[above].mean() - INCLUDED) < 0.003
