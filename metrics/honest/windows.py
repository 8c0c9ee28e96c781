"""Of which blocks of months is a window of months made?

Months are grouped backwards from the last one: by three, by twelve, all together. The first block of each kind may be
incomplete. The members of a family are the blocks (or months) of which the next greater block is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

QUARTER: Final = 3
YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Block:
    """Months `first` up to and including `last`, counted from the first month of the tree."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Family:
    """The blocks that make up one block; the whole span has none above it and is a family of its own."""

    above: int | None  # the family to which that one block belongs
    members: tuple[Block, ...]

    @property
    def whole(self) -> Block:
        """The one block that the members make up."""
        return Block(self.members[0].first, self.members[-1].last)


@dataclass(frozen=True, slots=True)
class Months:
    """The tree of months from `first` to the newest, its families from the greatest blocks down."""

    first: int
    families: tuple[Family, ...]

    @classmethod
    def of(cls, first: int, newest: int, last: int) -> "Months":
        """The tree of the months `first` to `newest` in blocks that end at `last` (year x 12 + month - 1)."""
        everything = Block(0, newest - first)
        families = [Family(None, (everything,))]
        upper = [(everything, 0)]
        for size in (YEAR, QUARTER, 1):
            lower: list[tuple[Block, int]] = []
            for block, family in upper:
                members = tuple(_split(block, size, last - first))
                families.append(Family(family, members))
                lower.extend((member, len(families) - 1) for member in members)
            upper = lower
        return cls(first, tuple(families))

    def window(self, first: int, last: int) -> tuple[int, ...]:
        """The families to which the greatest blocks belong of which the window is made.

        Where such a block is hidden all that lies below it is: no other way to make the window shows more.
        """
        start, end = first - self.first, last - self.first
        chosen: list[int] = []
        for number, family in enumerate(self.families):
            whole = family.whole
            if family.above is not None and start <= whole.first and whole.last <= end:
                continue
            if any(start <= member.first and member.last <= end for member in family.members):
                chosen.append(number)
        return tuple(chosen)


def _split(block: Block, size: int, last: int) -> Iterator[Block]:
    """Parts of `size` months that end at `last` or a multiple of `size` before or after it."""
    start = block.first
    for month in range(block.first, block.last + 1):
        if (last - month) % size == 0 or month == block.last:
            yield Block(start, month)
            start = month + 1
