"""Blocks of months end at the last month, whatever the first is."""

from metrics.honest.windows import Block, Months

LAST = 24299


def blocks(tree: Months) -> list[list[tuple[int, int]]]:
    return [
        [(member.first + tree.first, member.last + tree.first) for member in family.members] for family in tree.families
    ]


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


def test_a_window_is_made_of_the_greatest_blocks_in_it() -> None:
    tree = Months.of(LAST - 23, LAST, LAST)
    made = {
        (member.first + tree.first, member.last + tree.first)
        for number in tree.window(LAST - 15, LAST)
        for member in tree.families[number].members
    }
    assert (LAST - 11, LAST) in made
    assert (LAST - 14, LAST - 12) in made
    assert (LAST - 15, LAST - 15) in made
    assert len(tree.window(LAST - 15, LAST)) == 3


def test_a_window_that_reaches_beyond_the_months_is_made_of_those_there_are() -> None:
    tree = Months.of(LAST - 4, LAST, LAST)
    assert tree.window(LAST - 40, LAST + 3) == (0,)
    assert tree.window(LAST - 40, LAST - 3) == (2,)
    assert tree.window(LAST - 40, LAST - 20) == ()


def test_a_family_makes_up_one_block() -> None:
    assert [family.whole for family in Months.of(0, 3, 3).families] == [
        Block(0, 3),
        Block(0, 3),
        Block(0, 3),
        Block(0, 0),
        Block(1, 3),
    ]
