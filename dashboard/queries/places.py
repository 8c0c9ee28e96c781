"""Where does a reader of the tree of regions begin, and what may they choose?"""

from casework.regions import UNASSIGNED, Region, Regions
from casework.review.scope import Scope


def start(regions: Regions, scope: Scope) -> str:
    """The highest region of the scope, or further down as long as there is one way and it leads to more than one."""
    here = next((code for code in regions.codes if scope.covers(code)), regions.root)
    while len(below := regions.children(here)) == 1 and regions.children(below[0].code):
        here = below[0].code
    return here


def known(regions: Regions, code: str) -> bool:
    """Can the picker stand on this code? The part that no lower tier knows counts too."""
    if code in regions:
        return True
    if not code.endswith(UNASSIGNED):
        return False
    base = code.rstrip(UNASSIGNED)
    return base in regions and _has_part(regions, code)


def _has_part(regions: Regions, code: str) -> bool:
    try:
        regions[code]
    except KeyError:
        return False
    return True


def below(regions: Regions, code: str) -> tuple[Region, ...]:
    """The regions one tier down; none below an unassigned part."""
    return () if code.endswith(UNASSIGNED) else regions.children(code)
