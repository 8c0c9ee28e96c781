"""Where does a plant live that is a pattern of a whole village, or of an office with all its cases?

In a place of its own, beside those of the plan: there nobody else lives, so that the pattern is what was planted and
the calibrated villages stay what they are. The region table and the boundaries tell it as any other place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from synthetic.kit.places import SIGNS, WOODS, Township, Village, numbered
from synthetic.kit.site import Site
from synthetic.kit.staffing import staff_township

_FIRST: Final = 100  # number of the first township founded in a county; a plan has fewer
_EACH: Final = 30  # townships founded at one township, at most


@contextmanager
def villages_of_its_own(site: Site, count: int = 1) -> Iterator[tuple[Village, ...]]:
    """So many new villages of the township; while it lasts, new families live in the first."""
    before = site.village
    first = len(site.township.villages) + len(site.founded.villages)
    found = _villages(site, site.township.code, first, count)
    site.founded.villages += found
    site.village = found[0]
    try:
        yield found
    finally:
        site.village = before


@contextmanager
def township_of_its_own(site: Site, count: int = 1, *, delegated: bool = True) -> Iterator[tuple[Village, ...]]:
    """A new township of so many villages with a staff of its own; while it lasts, cases are handled there.

    Raises:
        ValueError: too many were founded already.
    """
    before = site.township, site.village
    place = len(site.founded.townships)
    if place == _EACH:
        raise ValueError(f"{site.township.code} has founded {place} townships")
    number = _FIRST + site.township.place * _EACH + place
    code = f"{site.county.code[:6]}{number:03d}000"
    found = _villages(site, code, 0, count)
    own = Township(code, f"示例{numbered(number, SIGNS)}镇", site.township.place, found, delegated)
    site.founded.townships.append(own)
    site.township, site.village = own, found[0]
    try:
        staff_township(site)
        yield found
    finally:
        site.township, site.village = before


def _villages(site: Site, township: str, first: int, count: int) -> tuple[Village, ...]:
    """Villages of that township with the numbers after `first`, of the kind of the site's; no share of a plan."""
    kind = site.village.settlement
    return tuple(
        Village(
            f"{township[:9]}{number + 1:03d}",
            f"示例{numbered(number, WOODS)}{'社区' if kind == 'urban' else '村'}",
            kind,
            0,
        )
        for number in range(first, first + count)
    )
