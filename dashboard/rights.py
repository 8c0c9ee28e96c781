"""Who may open what?

Roles are chosen at the door of an unverified local workspace; accounts come with the review (issue 4). Still every
query asks here: a page that is not in the menu of a role does not answer it either.
"""

from typing import Literal, get_args

from casework.errors import CaseworkError
from casework.text import Text

Role = Literal["inspector", "leader"]
Act = Literal["overview", "rows", "queue", "dossier", "data"]

ROLES: tuple[Role, ...] = get_args(Role)
ACTS: tuple[Act, ...] = get_args(Act)
GRANTED: dict[Role, frozenset[Act]] = {
    "inspector": frozenset({"queue", "dossier", "overview", "rows", "data"}),
    "leader": frozenset({"overview", "rows", "data"}),
}
FIRST: dict[Role, Act] = {"inspector": "queue", "leader": "overview"}


class NotYoursError(CaseworkError):
    """The role may not see this."""


def may(role: Role, act: Act) -> bool:
    """Is this granted to the role?"""
    return act in GRANTED[role]


def demand(role: Role, act: Act) -> None:
    """Refuse, in both languages, what is not granted.

    Raises:
        NotYoursError: the role may not see this.
    """
    if not may(role, act):
        raise NotYoursError(
            Text(
                "您选择的身份无权查看此页;如确有需要,请从首页重新选择身份",
                "the role you chose may not see this page; choose another role on the first page if you should",
            )
        )
