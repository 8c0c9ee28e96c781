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
    """The blocks that make up one greater block, the oldest first; the whole span is a family of its own."""

    above: int | None  # that one block, by its number; None for the whole span
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Months:
    """The tree of months from `first` to the newest, its blocks and families from the greatest down."""

    first: int
    blocks: tuple[Block, ...]
    families: tuple[Family, ...]

    @classmethod
    def of(cls, first: int, newest: int, last: int) -> "Months":
        """The tree of the months `first` to `newest` in blocks that end at `last` (year x 12 + month - 1)."""
        blocks = [Block(0, newest - first)]
        families = [Family(None, (0,))]
        upper = [0]
        for size in (YEAR, QUARTER, 1):
            lower: list[int] = []
            for number in upper:
                members = tuple(_split(blocks[number], size, last - first))
                numbers = tuple(range(len(blocks), len(blocks) + len(members)))
                blocks.extend(members)
                families.append(Family(number, numbers))
                lower.extend(numbers)
            upper = lower
        return cls(first, tuple(blocks), tuple(families))

    @property
    def months(self) -> tuple[int, ...]:
        """The blocks of a single month at the lowest level, in order."""
        single = {block.first: number for number, block in enumerate(self.blocks) if block.first == block.last}
        return tuple(single[month] for month in sorted(single))

    def window(self, first: int, last: int) -> tuple[int, ...]:
        """Of which blocks any must be hidden for the sum over the window to be hidden.

        The window is made of the greatest blocks in it. Of a family hidden are the oldest so many or none: those in
        the window are told, together, unless the first of them is hidden; and if they are the oldest of all, unless
        the next is hidden too. For what all hidden oldest come to is known from the block that they are a part of.
        """
        start, end = first - self.first, last - self.first

        def inside(number: int) -> bool:
            return start <= self.blocks[number].first and self.blocks[number].last <= end

        asked: list[int] = []
        for family in self.families:
            here = [place for place, number in enumerate(family.members) if inside(number)]
            if not here or (family.above is not None and inside(family.above)):
                continue
            place = here[-1] + 1 if here[0] == 0 and family.above is not None else here[0]
            asked.append(family.members[place])
        return tuple(asked)


def _split(block: Block, size: int, last: int) -> Iterator[Block]:
    """Parts of `size` months that end at `last` or a multiple of `size` before or after it."""
    start = block.first
    for month in range(block.first, block.last + 1):
        if (last - month) % size == 0 or month == block.last:
            yield Block(start, month)
            start = month + 1
