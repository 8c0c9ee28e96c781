"""What did the last import bring, and what did it find wrong?"""

from pathlib import Path

import polars as pl


def faults(workspace: Path) -> pl.DataFrame | None:
    """file, row, column, code, kind, message, as text; None where no list was kept."""
    return _text(workspace / "faults.csv")


def rejects(workspace: Path) -> int:
    """How many rows were turned back; their content stays in the file."""
    found = _text(workspace / "rejects.csv")
    return 0 if found is None else found.height


def _text(path: Path) -> pl.DataFrame | None:
    if not path.exists() or path.stat().st_size == 0:
        return None
    return pl.read_csv(path, infer_schema=False)
