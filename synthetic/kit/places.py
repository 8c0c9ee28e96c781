"""Where does a world take place, and which dibao standard holds there?"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

Settlement = Literal["urban", "rural"]
SIGNS: Final = "甲乙丙丁戊己庚辛壬癸"  # of counties and townships, one after the other
WOODS: Final = "松柏桐槐榆柳竹兰荷菊梅茶稻禾麦谷桑麻葵苗杏桃李枣梨橘榕枫杉楠栗椿樟桂棠藤蒲艾芹蕉"  # of villages


@dataclass(frozen=True, slots=True)
class Standards:
    """The county's dibao standard: yuan a person a month, in steps."""

    since: tuple[date, ...]
    rural: tuple[int, ...]
    urban: tuple[int, ...]

    def fen(self, settlement: Settlement, on: date) -> int:
        """Fen a person a month on that day; before the first step the first one."""
        step = max(0, bisect_right(self.since, on) - 1)
        return 100 * (self.urban if settlement == "urban" else self.rural)[step]


@dataclass(frozen=True, slots=True)
class Village:
    """A village or an urban community."""

    code: str
    name: str
    settlement: Settlement
    persons: int  # how many are to live there


@dataclass(frozen=True, slots=True)
class Township:
    """A township and its villages."""

    code: str
    name: str
    place: int  # 0, 1, … within the county; numbers are kept apart by it
    villages: tuple[Village, ...]
    delegated: bool  # does it confirm dibao itself?


@dataclass(frozen=True, slots=True)
class County:
    """A county; `place` counts the counties of the whole world."""

    code: str
    name: str
    place: int
    standards: Standards
    townships: tuple[Township, ...]


@dataclass(slots=True)
class Founded:
    """What was founded beside the places of a plan, for a plant that needs a village or a township of its own."""

    county: str  # code
    township: str  # code
    villages: list[Village] = field(default_factory=list)
    townships: list[Township] = field(default_factory=list)


def numbered(place: int, signs: str) -> str:
    """甲, 乙, …; then 甲甲, 甲乙, …."""
    return signs[place] if place < len(signs) else numbered(place // len(signs) - 1, signs) + signs[place % len(signs)]
