"""What came of an import: which rows were taken, what is wrong with the others, and is anything stored?"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from casework.intake.faults import FAULTS
from casework.intake.gather import Bound
from casework.intake.quoted import quoted
from casework.intake.store import PROTECTED
from casework.intake.values.cell import seen
from casework.intake.work import PLACE, Work

Ending = Literal["stored", "unchanged", "dry_run", "rejected", "refused"]


@dataclass(frozen=True, slots=True)
class Count:
    """Where the rows of one table went; read is the sum of the others."""

    table: str
    read: int
    taken: int
    rejected: int
    ignored: int
    blank: int

    def __str__(self) -> str:
        return (
            f"{self.table}: read {self.read}, taken {self.taken}, rejected {self.rejected},"
            f" ignored {self.ignored}, blank {self.blank}"
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one import."""

    ending: Ending
    counts: tuple[Count, ...]
    faults: pl.DataFrame  # as in faults.csv
    as_of: date | None = None
    digest: str | None = None  # of the snapshot in use afterwards

    @property
    def ok(self) -> bool:
        """Does the command end with 0?"""
        return self.ending in {"stored", "unchanged", "dry_run"}

    @property
    def lines(self) -> list[str]:
        """The last lines to print, one a table."""
        return [str(count) for count in self.counts]


def counted(works: Iterable[Work]) -> tuple[Count, ...]:
    """The account of every table."""
    return tuple(
        Count(work.table.name, work.read, work.taken, work.rejected, work.ignored, work.blank) for work in works
    )


def write_faults(faults: pl.DataFrame, folder: Path) -> None:
    """faults.csv, replaced as a whole."""
    _replace(folder / "faults.csv", faults.select(*FAULTS).write_csv())


def write_report(faults: pl.DataFrame, bound: Sequence[Bound], folder: Path) -> None:
    """What a screen shows of the faults: faults.parquet, and cells.parquet with the cells of their rows, unmasked."""
    for name, frame in (("faults", faults), ("cells", quoted(faults, bound))):
        path = folder / f"{name}.parquet"
        path.touch(PROTECTED)
        frame.write_parquet(path)


def said_before(folder: Path) -> pl.DataFrame:
    """The faults.csv that lies there."""
    path = folder / "faults.csv"
    return pl.read_csv(path, schema=FAULTS) if path.exists() else pl.DataFrame(schema=FAULTS)


def write_rejects(works: Iterable[Work], bound: Sequence[Bound], folder: Path) -> None:
    """rejects.csv: the rejected rows as they were, with file, row and code; `record` is the row as a CSV line."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(("file", "row", "code", "record"))
    for work in works:
        for file, row, codes, record in _rejected(work, [one for one in bound if one.table is work.table]):
            lines.writerow((file, row, codes, record))
    _replace(folder / "rejects.csv", out.getvalue(), PROTECTED)


def _rejected(work: Work, bound: Sequence[Bound]) -> Iterable[tuple[str, int, str, str]]:
    wrong = (
        work.noted()
        .filter(pl.col("code").str.starts_with("E_"))
        .group_by(PLACE)
        .agg(pl.col("code").unique().sort().str.join(";"))
        .sort(PLACE)
    )
    first = 0
    for one in bound:
        height = one.cells.height
        here = wrong.filter(pl.col(PLACE).is_between(first, first + height - 1))
        places = (here[PLACE].cast(pl.Int64) - first).to_list()
        first += height
        if not places:
            continue
        rows = one.cells["row"].gather(places)
        raw = pl.read_parquet(one.sheet.cells).filter(pl.col("row").is_in(rows.implode()))
        records = {said["row"]: _record(said) for said in raw.iter_rows(named=True)}
        for row, codes in zip(rows.to_list(), here["code"].to_list(), strict=True):
            yield one.sheet.file, row, codes, records[row]


def _record(row: dict[str, str | None]) -> str:
    """A row as one CSV line: as it lay in the file where the reader could not split it."""
    if row.get("bad") and row.get("raw"):
        return str(row["raw"])
    line = io.StringIO()
    cells = [seen(cell or "") for name, cell in row.items() if name.startswith("c") and name[1:].isdigit()]
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _replace(path: Path, text: str, mode: int = 0o644) -> None:
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new.touch(mode)
    new.write_text(text, encoding="utf-8-sig")
    new.replace(path)
