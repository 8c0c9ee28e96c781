"""Who serves in a county, its townships and villages, since when, and who before them?"""

from datetime import date
from typing import Final

from synthetic.kit.people import Duty, Person
from synthetic.kit.places import Village
from synthetic.kit.site import Site

_ELECTED: Final = (date(2018, 11, 20), date(2021, 11, 20), date(2024, 11, 20))  # village committees, every third year
_POSTS: Final = ("村主任", "村副主任", "村委委员", "村会计", "村妇联主席")
_CHANGE: Final = 0.3  # of a committee's seats at an election
_SERVED: Final = date(2019, 3, 1)
_MOVED: Final = 0.35  # of the posts at an office have changed hands within the two years
_COUNTY: Final[tuple[tuple[Duty, str], ...]] = (
    ("approver", "救助股股长"),
    ("approver", "救助股副股长"),
    ("approver", "分管副局长"),
    ("handler", "救助股经办"),
    ("handler", "救助股经办"),
    ("handler", "核对中心经办"),
    ("handler", "救助股经办"),
)
_TOWNSHIP: Final[tuple[tuple[Duty, str], ...]] = (
    ("approver", "分管副镇长"),
    ("approver", "民政办主任"),
    ("handler", "民政助理"),
    ("handler", "社会救助协理员"),
    ("handler", "社会救助协理员"),
    ("handler", "社会救助协理员"),
)


def staff_county(site: Site) -> None:
    """Approvers and handlers of the county's office, persons of their own."""
    for place, (duty, post) in enumerate(_COUNTY):
        _post(site, duty, site.county.code, post, changed=place == len(_COUNTY) - 1)


def staff_township(site: Site) -> None:
    """Approvers and handlers of the township's office; some post changed hands, never all at once."""
    for place, (duty, post) in enumerate(_TOWNSHIP):
        _post(site, duty, site.township.code, post, changed=place == len(_TOWNSHIP) - 1 and site.chance(_MOVED))


def seat_committee(site: Site, village: Village, willing: list[Person]) -> list[Person]:
    """Five seats since 2018; at each election some of them go to others of those willing. Who sits now comes back."""
    free = list(willing)
    sitting = []
    for post in _POSTS:
        if not free:
            break
        member, since = free.pop(0), _ELECTED[0]
        for election in _ELECTED[1:]:
            if free and site.chance(_CHANGE):
                site.official(member, "village_committee", village.code, since=since, until=_eve(election), post=post)
                member, since = free.pop(0), election
        site.official(member, "village_committee", village.code, since=since, post=post)
        sitting.append(member)
    return sitting


def _post(site: Site, duty: Duty, region: str, post: str, *, changed: bool) -> None:
    """One post, held by one person, or by two one after the other."""
    holder = _servant(site)
    if not changed:
        site.official(holder, duty, region, since=_SERVED, post=post)
        return
    change = site.office.open_on(site.since.replace(month=site.whole(4, 9), day=site.whole(1, 28)))
    site.official(holder, duty, region, since=_SERVED, until=_eve(change), post=post)
    site.official(_servant(site), duty, region, since=change, post=post)


def _servant(site: Site) -> Person:
    """Somebody who lives in the first village of the township, in a household of their own."""
    person = site.person(age=site.whole(28, 54), village=site.township.villages[0])
    site.household([(person, "head")])
    return person


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
