"""Who may open what, and do what?

Every query asks here: a page that is not in the menu of a role does not answer it either. Region and recusal narrow
further (`casework.review.scope`, `dashboard.queries.mine`).
"""

from typing import Final, Literal, get_args

from casework.errors import CaseworkError
from casework.review.scope import ROLES, Role
from casework.text import Text

Act = Literal[  # pages
    "queue",
    "dossier",
    "search",
    "network",
    "record",
    "times",
    "overview",
    "areas",
    "trends",
    "timeliness",
    "coverage",
    "complaints",
    "integrity",
    "reform",
    "programmes",
    "report",
    "rows",
    "data",
    "import",
    "rules",
    "calendar",
    "lab",
    "whatif",
    "worlds",
    "people",
    "journal",
]
Deed = Literal[
    "decide", "assign", "second", "unmask", "export", "report", "enrol", "evaluate"
]  # what a page lets one do

ACTS: Final[tuple[Act, ...]] = get_args(Act)
_ALL: Final[frozenset[Act]] = frozenset({"rules", "calendar"})  # the law is nobody's secret
_COUNTS: Final[frozenset[Act]] = frozenset(
    {"overview", "areas", "trends", "timeliness", "coverage", "complaints", "integrity", "reform", "programmes"}
)
_LED: Final[frozenset[Act]] = _COUNTS | {"report", "rows", "times", "data"}
_CASES: Final[frozenset[Act]] = _LED | {"queue", "dossier", "search", "network", "record"}
GRANTED: Final[dict[Role, frozenset[Act]]] = {
    "inspector": _ALL | _CASES,
    "supervisor": _ALL | _CASES | {"people", "lab"},
    "leader": _ALL | _LED | {"whatif"},
    "researcher": _ALL | _COUNTS | {"lab", "whatif", "worlds"},
    "steward": _ALL | {"data", "import", "people"},
    "auditor": _ALL | {"journal", "people", "data"},
}
DEEDS: Final[dict[Role, frozenset[Deed]]] = {
    "inspector": frozenset({"decide", "second", "unmask", "export", "report"}),
    "supervisor": frozenset({"decide", "second", "unmask", "export", "report", "assign"}),
    "leader": frozenset({"report"}),
    "researcher": frozenset({"evaluate"}),
    "steward": frozenset({"enrol"}),
    "auditor": frozenset(),
}
FIRST: Final[dict[Role, Act]] = {
    "inspector": "queue",
    "supervisor": "queue",
    "leader": "overview",
    "researcher": "overview",
    "steward": "data",
    "auditor": "journal",
}


class NotYoursError(CaseworkError):
    """The role may not see or do this."""


def may(role: Role, act: Act) -> bool:
    """Is this page granted to the role?"""
    return act in GRANTED[role]


def can(role: Role, deed: Deed) -> bool:
    """Is this deed granted to the role?"""
    return deed in DEEDS[role]


def demand(role: Role, act: Act | Deed) -> None:
    """Refuse, in both languages, what is not granted.

    Raises:
        NotYoursError: the role may not see or do this.
    """
    if act not in GRANTED[role] and act not in DEEDS[role]:
        raise NotYoursError(
            Text(
                "您的身份无权查看或办理此项;如确有需要,请联系数据管理员,或从首页重新进入",
                "your role may not see or do this; ask the data steward, or enter again from the first page",
            )
        )


__all__ = ["ACTS", "DEEDS", "FIRST", "GRANTED", "ROLES", "Act", "Deed", "NotYoursError", "Role", "can", "demand", "may"]
