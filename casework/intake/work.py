"""What is known of one table between its cells and the snapshot, and where did every row go?"""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from casework.intake.values.cell import seen
from casework.tables import Table

PLACE: Final = "_at"  # the row's place in this import: what faults refer to until they are written
NO_FRACTION: Final = r"( 00:00:00)?\.0+$"  # of a moment in words
NOTES: Final = pl.Schema({PLACE: pl.UInt32(), "column": pl.String(), "code": pl.String(), "found": pl.String()})


@dataclass
class Work:
    """One table on its way: the rows still in it, and every note made about a row."""

    table: Table
    frame: pl.DataFrame  # main stored columns, source_file, source_row, PLACE; id_no columns as cells until identified
    carried: tuple[str, ...]  # contract columns the source has
    read: int = 0  # rows of the source, blank and ignored ones counted
    blank: int = 0
    ignored: int = 0
    notes: list[pl.DataFrame] = field(default_factory=list)
    places: pl.DataFrame | None = None  # every row's PLACE, source_file, source_row and sheet, kept for the notes

    def has(self, *columns: str) -> bool:
        """Did the source carry these contract columns?"""
        return set(columns) <= set(self.carried)

    def note(self, rows: pl.DataFrame, code: str, column: str, found: str | None = None) -> None:
        """Warn about some rows of the frame; `found` names the column to quote."""
        if rows.height:
            quoted = pl.lit("") if found is None else pl.col(found).cast(pl.String).fill_null("")
            quoted = quoted.str.replace(NO_FRACTION, "")
            self.notes.append(
                rows.select(PLACE, pl.lit(column).alias("column"), pl.lit(code).alias("code"), quoted.alias("found"))
            )

    def drop(self, rows: pl.DataFrame, code: str, column: str, found: str | None = None) -> None:
        """Take some rows out, saying why."""
        if rows.height:
            self.note(rows, code, column, found)
            self.frame = self.frame.join(rows.select(PLACE), on=PLACE, how="anti", maintain_order="left")

    def ignore(self, rows: pl.DataFrame, code: str, column: str) -> None:
        """Take out rows that say nothing new."""
        self.ignored += rows.height
        self.drop(rows, code, column)

    def drop_rejected(self) -> None:
        """Take out every row that already carries a rejecting note."""
        wrong = [notes.filter(pl.col("code").str.starts_with("E_")).select(PLACE) for notes in self.notes]
        if wrong:
            self.frame = self.frame.join(pl.concat(wrong), on=PLACE, how="anti", maintain_order="left")

    def noted(self) -> pl.DataFrame:
        """All notes as one frame."""
        return pl.concat([pl.DataFrame(schema=NOTES), *self.notes])

    @property
    def rejected(self) -> int:
        """How many rows were rejected."""
        noted = self.noted().filter(pl.col("code").str.starts_with("E_"))
        return noted[PLACE].n_unique()

    @property
    def taken(self) -> int:
        """How many rows go into the snapshot."""
        return self.frame.height


def printable(cell: str) -> str:
    """What stood in a cell, its unprintable characters made visible."""
    return "".join(sign if sign.isprintable() else "·" for sign in seen(cell))
