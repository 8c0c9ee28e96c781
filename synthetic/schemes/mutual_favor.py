"""Which approvers confirm for one another's kin, in a ring of two or three, and which only now and then?

Each case is filed by the relative, visited by the county and lawful in itself.
"""

from typing import Final

from synthetic.kit import Official, Plant, Planted, Site, Truth
from synthetic.kit.moves import some_day
from synthetic.schemes._kin import SERVED, acts, relative, serving

SCHEME: Final = "mutual_favor"
_AGE: Final = 50
_KIN: Final = ("sibling", "parent", "child")


def _approvers(site: Site, count: int) -> list[Official]:
    return [serving(site, site.person(age=_AGE), "approver") for _ in range(count)]


def _confirms(site: Site, one: Official, other: Official, *, times: int = 2, delegated: bool = True) -> None:
    """The one confirms so many applications of the other's kin, each of another household."""
    for relation in _KIN[:times]:
        household = site.household([(relative(site, other.person, relation), "head")])
        recipient = site.recipient(household, accepted=some_day(site), delegated=delegated)
        acts(recipient.case, "confirm", one.person)


def _ring(*officials: Official) -> Planted:
    return [Truth(SCHEME, "official", one.person.id_no) for one in officials]


def ring_of_two(site: Site) -> Planted:
    """Each confirms for two households of the other's kin."""
    one, two = _approvers(site, 2)
    _confirms(site, one, two)
    _confirms(site, two, one)
    return _ring(one, two)


def ring_of_three(site: Site) -> Planted:
    """The first for the second's kin, the second for the third's, the third for the first's."""
    one, two, three = _approvers(site, 3)
    _confirms(site, one, two)
    _confirms(site, two, three)
    _confirms(site, three, one)
    return _ring(one, two, three)


def two_offices(site: Site) -> Planted:
    """One at the township, one at the county: delegated cases here, the others there."""
    (here,) = _approvers(site, 1)
    above = site.official(site.person(age=_AGE), "approver", site.county.code, since=SERVED)
    _confirms(site, here, above, times=3)
    _confirms(site, above, here, delegated=False)
    return _ring(here, above)


def one_each(site: Site) -> Planted:
    """One application each way: in a small office that happens."""
    one, two = _approvers(site, 2)
    _confirms(site, one, two, times=1)
    _confirms(site, two, one, times=1)
    return _ring(one, two)


def two_and_one(site: Site) -> Planted:
    """Two one way, one the other."""
    one, two = _approvers(site, 2)
    _confirms(site, one, two)
    _confirms(site, two, one, times=1)
    return _ring(one, two)


def one_way(site: Site) -> Planted:
    """Three for the other's kin, none back: the other's own cases were confirmed elsewhere."""
    one, two = _approvers(site, 2)
    _confirms(site, one, two, times=3)
    return _ring(one, two)


def who_confirms_everything(site: Site) -> Planted:
    """The one approver of an office confirms all its cases, two colleagues' kin once each; handlers confirm nothing."""
    (one,) = _approvers(site, 1)
    handlers = [serving(site, site.person(age=_AGE)) for _ in range(2)]
    for handler in handlers:
        _confirms(site, one, handler, times=1)
    for age in (44, 57, 63):
        recipient = site.recipient(site.family(("head", age)), accepted=some_day(site), delegated=True)
        acts(recipient.case, "confirm", one.person)
    return _ring(one, *handlers)


VARIANTS: dict[str, Plant] = {
    "ring_of_two": ring_of_two,
    "ring_of_three": ring_of_three,
    "two_offices": two_offices,
}
TWINS: dict[str, Plant] = {
    "one_each": one_each,
    "two_and_one": two_and_one,
    "one_way": one_way,
    "who_confirms_everything": who_confirms_everything,
}
