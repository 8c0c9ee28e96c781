"""What must be the same of a workspace and of the one restored from its backup?"""

from pathlib import Path

from casework.review.audit import audit
from casework.workspace import Workspace, file_digest


def files(path: Path) -> dict[str, str]:
    """Every file of a workspace but its database."""
    beside = {"database", ".importing", ".running"}
    return {
        file.relative_to(path).as_posix(): file_digest(file)
        for file in path.rglob("*")
        if file.is_file() and file.name not in beside and not file.name.startswith("mingcha.sqlite")
    }


def whole(workspace: Workspace) -> None:
    """The audit finds nothing."""
    assert audit(workspace).problems == ()
