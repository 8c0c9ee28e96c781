"""Blocks of months end at the last month, whatever the first is."""

from metrics.honest.windows import Block, Months

LAST = 24299


def blocks(tree: Months) -> list[list[tuple[int, int]]]:
    return [[months(tree, number) for number in family.members] for family in tree.families]


def months(tree: Months, number: int) -> tuple[int, int]:
    return tree.blocks[number].first + tree.first, tree.blocks[number].last + tree.first


def test_five_months_are_an_incomplete_block_of_two_and_one_of_three() -> None:
    assert blocks(Months.of(LAST - 4, LAST, LAST)) == [
        [(LAST - 4, LAST)],
        [(LAST - 4, LAST)],
        [(LAST - 4, LAST - 3), (LAST - 2, LAST)],
        [(LAST - 4, LAST - 4), (LAST - 3, LAST - 3)],
        [(LAST - 2, LAST - 2), (LAST - 1, LAST - 1), (LAST, LAST)],
    ]


def test_a_month_after_the_last_begins_a_block_of_its_own() -> None:
    assert blocks(Months.of(LAST - 2, LAST + 1, LAST))[2:4] == [[(LAST - 2, LAST)], [(LAST + 1, LAST + 1)]]


def test_fifteen_months_are_three_and_a_year() -> None:
    assert blocks(Months.of(LAST - 14, LAST, LAST))[1] == [(LAST - 14, LAST - 12), (LAST - 11, LAST)]


def test_of_a_window_each_family_is_asked_for_one_block() -> None:
    tree = Months.of(LAST - 23, LAST, LAST)
    asked = [months(tree, number) for number in tree.window(LAST - 15, LAST)]
    assert asked == [(LAST - 11, LAST), (LAST - 14, LAST - 12), (LAST - 15, LAST - 15)]


def test_the_oldest_of_a_family_are_told_together_unless_the_next_is_hidden() -> None:
    tree = Months.of(LAST - 2, LAST, LAST)
    assert [months(tree, number) for number in tree.window(LAST - 2, LAST - 1)] == [(LAST, LAST)]
    assert [months(tree, number) for number in tree.window(LAST - 2, LAST - 2)] == [(LAST - 1, LAST - 1)]
    assert [months(tree, number) for number in tree.window(LAST - 1, LAST)] == [(LAST - 1, LAST - 1)]


def test_a_window_that_reaches_beyond_the_months_is_made_of_those_there_are() -> None:
    tree = Months.of(LAST - 4, LAST, LAST)
    assert tree.window(LAST - 40, LAST + 3) == (0,)
    assert [months(tree, number) for number in tree.window(LAST - 40, LAST - 3)] == [(LAST - 2, LAST)]
    assert tree.window(LAST - 40, LAST - 20) == ()


def test_a_family_makes_up_the_block_above_it() -> None:
    tree = Months.of(0, 3, 3)
    above = [None if family.above is None else tree.blocks[family.above] for family in tree.families]
    assert above == [None, Block(0, 3), Block(0, 3), Block(0, 0), Block(1, 3)]
