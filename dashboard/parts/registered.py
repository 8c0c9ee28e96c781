"""What does a registration say in words, on a screen and in a terminal?"""

from typing import TYPE_CHECKING

from casework.regions import Regions
from casework.review.register import Change, Registered
from dashboard.parts.titles import ROLES
from dashboard.words import Words

if TYPE_CHECKING:  # a terminal needs no pages
    from dashboard.desk import Desk


def area(code: str, regions: Regions | None, say: Words) -> str:
    """A region's name, imported text; its code where the data of today do not know it."""
    if not code:
        return say("people.everywhere")
    return code if regions is None or code not in regions else regions[code].name.say(say.language)


def tree(desk: "Desk") -> Regions | None:
    """The regions of the data; None before the first import."""
    return None if desk.tables is None else desk.regions


def line(one: Registered, regions: Regions | None, say: Words) -> str:
    """Role, region, whether there is a number for recusal, and whether they may come in."""
    said = (say(ROLES[one.role]), area(one.region_code, regions, say), number(one, say), state(one, say))
    return say("people.dot").join(said)


def number(one: Registered, say: Words) -> str:
    """Is there a number for recusal? The number itself is nowhere."""
    return say("people.no_number") if one.person_id is None else say("people.number")


def state(one: Registered, say: Words) -> str:
    """May they come in?"""
    return say("people.active") if one.active else say("people.retired")


def changes(change: Change, regions: Regions | None, say: Words) -> list[str]:
    """What is not as it was, each as "was → is"; of someone new, how they are registered."""
    old, new = change.old, change.new
    if old is None:
        return [line(new, regions, say)]
    pairs = (
        (say(ROLES[old.role]), say(ROLES[new.role])),
        (area(old.region_code, regions, say), area(new.region_code, regions, say)),
        (number(old, say), number(new, say)),
        (state(old, say), state(new, say)),
    )
    said = [f"{was} → {now}" for was, now in pairs if was != now]
    another = old.person_id is not None and new.person_id is not None and old.person_id != new.person_id
    return [*said, say("people.another_number")] if another else said
