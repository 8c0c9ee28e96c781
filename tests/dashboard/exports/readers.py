"""How does a test stand before a workspace as a reader who takes a file?"""

from pathlib import Path

from casework.review.scope import Reader, Role, Scope
from casework.text import Language
from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.session import Reading


def reading(
    workspace: Path, role: Role = "inspector", *, name: str = "张示例", language: Language = "zh", region: str = ""
) -> Reading:
    """A reader on the workspace as it is now."""
    opened = Workspace(workspace)
    desk = Desk(opened, opened.policy(), opened.calendar(), opened.tables())
    return Reading(desk, Reader(name, role, Scope.of(region)), language)


def one_of_each(reader: Reading) -> list[str]:
    """A lead of every scheme the reader may see."""
    leads = reader.leads.unique("scheme", keep="first", maintain_order=True)
    return [str(one) for one in leads["lead_id"]]
