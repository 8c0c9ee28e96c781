"""How does a test register people in a workspace of its own?"""

import shutil
from pathlib import Path
from uuid import uuid4

from casework.review.register import Registered, enrol
from casework.review.scope import Role
from casework.workspace import Workspace

TOWNSHIP = "990101001000"  # 示例甲镇
PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("示例甲", "inspector", ""),
    ("示例乙", "inspector", TOWNSHIP),
    ("示例负责人", "supervisor", ""),
    ("示例管理员", "steward", ""),
    ("示例审计", "auditor", ""),
)


def put(workspace: Path, name: str, role: Role, region: str = "", *, active: bool = True) -> None:
    """Register someone, or change them, as a steward at another screen would."""
    new = Registered(name, role, region, None, active)
    enrol(Workspace(workspace).review, "另一管理员", new, key=uuid4().hex)


def with_people(county: Path, folder: Path) -> Path:
    """A copy of the county in which five people are registered."""
    workspace = Path(shutil.copytree(county, folder / "county"))
    for name, role, region in PEOPLE:
        put(workspace, name, role, region)
    return workspace


def told(workspace: Path, *whats: str) -> list[tuple[str, str, str]]:
    """Who did what of these, and with which result, the first one first."""
    entries = Workspace(workspace).journal.entries()
    return [(entry.who, entry.what, entry.new) for entry in entries if entry.what in whats]
