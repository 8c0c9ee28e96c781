"""What does the command line do about the people of a workspace, and what does it say of it?"""

from collections.abc import Callable
from typing import Final
from uuid import uuid4

from casework.dataset import Tables
from casework.regions import Regions
from casework.review import register
from casework.review.register import Change, Registered
from casework.review.scope import Role
from casework.review.store import today
from casework.text import Text
from casework.workspace import Workspace
from dashboard.parts import registered
from dashboard.words import Words

NO_NUMBER: Final = "none"  # takes a number away; leaving the option out keeps it


def add(workspace: Workspace, who: str, name: str, role: Role, region: str, number: str | None) -> list[Text]:
    """Register someone, or change how they are registered; what was done, in words."""
    data, known = _data(workspace), register.registered(workspace.review)
    regions = None if data is None else Regions.of(data)
    old = known.get(register.name_of(name))
    person_id = old.person_id if old is not None else None
    if number is not None:
        person_id = None if number == NO_NUMBER else register.person_of(number, workspace.key, today())
    new = Registered(register.name_of(name), role, register.region_of(region, regions), person_id)
    change = register.enrol(workspace.review, who, new, key=uuid4().hex, seen=old, fresh=old is None)
    said = _told(change, regions)
    if person_id is not None and number is not None and not register.among(data, person_id):
        said.append(_both(lambda say: say("people.unknown_number")))
    if not any(one.active and one.role == "steward" for one in register.registered(workspace.review).values()):
        command = f"mingcha user add {workspace.path} NAME --role steward --region {register.WHOLE}"
        said.append(_both(lambda say: say("people.without_steward", command=command)))
    return said


def retire(workspace: Workspace, who: str, name: str) -> list[Text]:
    """Let someone in no more; what was done, in words."""
    change = register.retire(workspace.review, who, name, key=uuid4().hex)
    data = _data(workspace)
    return _told(change, None if data is None else Regions.of(data))


def listed(workspace: Workspace) -> list[str]:
    """A line each: name, role, region code or all, whether a number for recusal is kept, active or retired."""
    return [_line(one) for one in register.registered(workspace.review).values()]


def _line(one: Registered) -> str:
    number = "no recusal number" if one.person_id is None else "recusal number"
    region = one.region_code or register.WHOLE
    return f"{one.name}: {one.role}, {region}, {number}, {'active' if one.active else 'retired'}"


def _data(workspace: Workspace) -> Tables | None:
    return None if workspace.current is None else workspace.tables()


def _told(change: Change, regions: Regions | None) -> list[Text]:
    name = change.new.name
    if change.nothing:
        return [_both(lambda say: say("people.same", name=name))]

    def words(say: Words) -> str:
        what = say("people.joint").join(registered.changes(change, regions, say))
        return say("people.added" if change.old is None else "people.changed", name=name, what=what)

    return [_both(words)]


def _both(words: Callable[[Words], str]) -> Text:
    return Text(words(Words("zh")), words(Words("en")))
