"""What of a what-if may leave, and what does the journal keep of it?

The tables are those of the page: the reader's regions, small counts hidden. The manifest names everything that went in,
so that the same can be reckoned again.
"""

import hashlib
import json
from typing import Final

import polars as pl

from dashboard.exports import figures, whatif
from dashboard.session import Session
from dashboard.whatif import Result
from metrics.whatif import scenario_file
from metrics.whatif.scenario import Scenario

MIME: Final = {"toml": "application/toml", "csv": "text/csv", "json": "application/json"}


def scenario(session: Session, written: Scenario) -> bytes:
    """The scenario as a file that `mingcha whatif` reads."""
    return _journalled(session, scenario_file.written(written).encode(), "scenario")


def table(session: Session, content: pl.DataFrame, name: str) -> bytes:
    """A table as CSV."""
    return figures.taken(session, content, name)


def manifest(session: Session, result: Result, line_fen: int | None) -> bytes:
    """Digests of all that went in, the changes really applied, the rules they made, and how to do it again."""
    said = whatif.manifest(result) | {"poverty_line_fen": line_fen, "region": session.view.region}
    folder, name = str(result.county.path.resolve()), result.county.path.name
    said |= {"workspace": name, "command": said["command"].replace(folder, name)}  # readers need not know where it lies
    return _journalled(session, json.dumps(said, ensure_ascii=False, indent=1, default=str).encode(), "manifest")


def _journalled(session: Session, content: bytes, name: str) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    why = f"whatif {name} {session.view.region}"
    with session.desk.workspace.journal.entry(session.who, "export", why=why, subject="figures", new=digest):
        pass
    return content
