"""Tests of clusters: what can never be one does not become one, by whatever way."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from casework.identity.clusters import Pair, standing


def stands(pairs: list[tuple[int, int, float]], never: set[Pair]) -> set[Pair]:
    def apart(asked: Iterable[Pair]) -> set[Pair]:
        return {pair for pair in asked if pair in never}

    return standing(pairs, apart)


def test_without_bars_every_pair_stands() -> None:
    assert stands([(1, 2, 30.0), (2, 3, 25.0)], set()) == {(1, 2), (2, 3)}


def test_nobody_is_raised_through_a_third() -> None:
    assert (1, 3) not in stands([(1, 2, 30.0), (2, 3, 25.0)], set())


def test_the_surer_of_two_that_contradict_stands() -> None:
    assert stands([(1, 2, 30.0), (2, 3, 25.0)], {(1, 3)}) == {(1, 2)}


def test_of_two_as_sure_that_contradict_none_stands() -> None:
    assert stands([(1, 2, 25.0), (2, 3, 25.0)], {(1, 3)}) == set()


def test_a_bar_reaches_through_what_already_joined() -> None:
    assert stands([(1, 2, 40.0), (3, 4, 40.0), (2, 3, 30.0)], {(1, 4)}) == {(1, 2), (3, 4)}


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([20.0, 25.0, 30.0]),
    max_size=12,
)
BARS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), max_size=4)


@given(PAIRS, BARS, st.permutations(range(8)))
def test_neither_the_order_nor_the_names_of_persons_matter(
    weights: dict[Pair, float], never: set[Pair], names: list[int]
) -> None:
    def renamed(pair: Pair) -> Pair:
        one, two = sorted((names[pair[0]], names[pair[1]]))
        return one, two

    plainly = stands([(*pair, weight) for pair, weight in weights.items()], never)
    other = [(*renamed(pair), weight) for pair, weight in reversed(weights.items())]
    assert stands(other, {renamed(pair) for pair in never}) == {renamed(pair) for pair in plainly}


@given(PAIRS, BARS)
def test_no_two_who_are_two_are_joined(weights: dict[Pair, float], never: set[Pair]) -> None:
    found = stands([(*pair, weight) for pair, weight in weights.items()], never)
    group = {one: {one} for one in range(8)}
    for one, two in found:
        joint = group[one] | group[two]
        group.update(dict.fromkeys(joint, joint))
    assert not any((a, b) in never for members in group.values() for a in members for b in members)
