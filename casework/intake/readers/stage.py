"""Where do the rows of one table wait for the checks, and which rows below the header were no data?"""

from bisect import bisect
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from casework.intake.fault import Fault, RefusalError, shown
from casework.intake.limits import Limits
from casework.intake.readers.rows import MERGED, SUSPECT, kind_of
from casework.intake.sheet import Job, Sheet

RAW_CHARS = 2_000  # kept of a row that could not be read


class Stage:
    """Takes blocks of rows in order, writes the data, counts the blank, lists the ignored."""

    def __init__(self, job: Job, limits: Limits, header: Sequence[str], header_row: int, sheet: str | None) -> None:
        """One table with the header as written; refused with E_DIMENSIONS where it is too wide."""
        if len(header) > limits.columns:
            raise RefusalError("E_DIMENSIONS", row=header_row, found=f"{len(header)} columns")
        self.width = len(header)
        self.names = [f"c{place}" for place in range(self.width)]
        self.faults: list[Fault] = []
        self._job, self._limits, self._sheet = job, limits, sheet
        self._header, self._header_row = list(header), header_row
        self._read = self._blank = self._ignored = 0
        self._bad: list[tuple[int, str, str]] = []
        self._misfits: list[tuple[int, Sequence[str], str, str]] = []  # wait for the rows they lie among
        self._signed = False  # was the last row that is not blank a footer?
        self._parts: list[Path] = []
        self._filled = [False] * self.width
        job.stage.mkdir(parents=True, exist_ok=True)
        self._stem = f"{len(list(job.stage.iterdir())):03d}"

    def blank(self, rows: int) -> None:
        """Count rows that a reader knows to be blank."""
        self._blank += rows
        self._count(rows)

    def reject(self, row: int, code: str, cells: Sequence[str], raw: str, found: str) -> None:
        """Keep a row that cannot be read as one record of this table, unless it is no record at all."""
        self._count(1)
        if code == "E_FIELD_COUNT":
            self._misfits.append((row, cells, raw, found))
        else:
            self._reject(row, code, raw, found)

    def _reject(self, row: int, code: str, raw: str, found: str) -> None:
        self._bad.append((row, code, raw[:RAW_CHARS]))
        self._fault(Fault(self._job.file, row, "", code, "rejected", found, sheet=self._place()))

    def add(self, frame: pl.DataFrame) -> None:
        """Stage rows in order: `row` and `c0`, `c1`, …; blank, total and signature rows are taken out and counted."""
        self._count(frame.height)
        frame = frame.with_columns(_plain(name, self._job.kind) for name in self.names)
        first = frame.select(pl.coalesce(self.names).alias("first"))["first"]
        suspect = first.is_null() | first.str.contains(SUSPECT)
        if suspect.any() or self._misfits or self._signed:
            frame = self._sift(frame, suspect)
        for place, name in enumerate(self.names):
            self._filled[place] = self._filled[place] or frame[name].null_count() < frame.height
        self._write(frame.with_columns(bad=pl.lit(None, pl.String), raw=pl.lit(None, pl.String)))

    def _sift(self, frame: pl.DataFrame, suspect: pl.Series) -> pl.DataFrame:
        """The frame without the rows that are no data; rows of another length are told or ignored in their turn."""
        filled = [(pl.col(name).is_not_null() & (pl.col(name) != MERGED)).cast(pl.UInt16) for name in self.names]
        looked = suspect | frame.select(pl.sum_horizontal(filled).alias("filled") == 1).to_series()
        ordinary = frame["row"].filter(~looked).to_list()
        rows: list[tuple[int, Sequence[str | None], tuple[str, str] | None]] = [
            (row, cells, None) for row, *cells in frame.filter(looked).iter_rows()
        ]
        rows += [(row, cells, (raw, found)) for row, cells, raw, found in self._misfits]
        self._misfits = []
        dropped, passed = [], 0
        for row, cells, misfit in sorted(rows, key=lambda said: said[0]):
            before, passed = passed, bisect(ordinary, row)
            self._signed = self._signed and before == passed
            kind = kind_of(cells, signed=self._signed and self.width > 1)
            self._signed = kind == "W_FOOTER_ROW" or (self._signed and kind == "blank")
            if kind == "data":
                if misfit:
                    self._reject(row, "E_FIELD_COUNT", *misfit)
                continue
            if not misfit:
                dropped.append(row)
            if kind == "blank":
                self._blank += 1
            else:
                self._ignore(row, kind, cells)
        self._signed = self._signed and passed == len(ordinary)
        return frame.filter(~pl.col("row").is_in(dropped)) if dropped else frame

    def _ignore(self, row: int, code: str, cells: Sequence[str | None]) -> None:
        self._ignored += 1
        words = " ".join(cell for cell in cells if cell and cell != MERGED)
        self._fault(Fault(self._job.file, row, "", code, "ignored", shown(words), sheet=self._place()))

    def _fault(self, fault: Fault) -> None:
        """Note a row; a file most of whose rows are none is refused instead of listed without end."""
        self.faults.append(fault)
        if len(self.faults) > self._limits.row_faults:
            code = fault.code if fault.kind == "rejected" else "E_TOO_MANY_ROWS"
            raise RefusalError(code, row=fault.row, found=f"> {self._limits.row_faults}")

    def _count(self, rows: int) -> None:
        self._read += rows
        if self._read > self._limits.rows:
            raise RefusalError("E_TOO_MANY_ROWS", found=f"> {self._limits.rows}")

    def _place(self) -> str:
        return self._sheet or ""

    def _write(self, frame: pl.DataFrame) -> None:
        if frame.height or not self._parts:
            part = self._job.stage / f"{self._stem}-{len(self._parts):05d}.part"
            frame.select("row", *self.names, "bad", "raw").write_parquet(part, compression="lz4")
            self._parts.append(part)

    def finish(self, name: str) -> Sheet:
        """Close the table: rejected rows last, one Parquet file, trailing columns without a word left out."""
        schema: dict[str, pl.DataType] = {
            "row": pl.Int32(),
            **dict.fromkeys(self.names, pl.String()),
            "bad": pl.String(),
            "raw": pl.String(),
        }
        if self._bad or not self._parts:
            bad = pl.DataFrame(self._bad, schema=["row", "bad", "raw"], orient="row")
            self._write(pl.concat([pl.DataFrame(schema=schema), bad.cast({"row": pl.Int32})], how="diagonal"))
        cells = self._job.stage / f"{self._stem}.parquet"
        if len(self._parts) == 1:
            self._parts[0].rename(cells)
        else:
            pl.scan_parquet(self._parts, glob=False).sink_parquet(cells, compression="lz4", maintain_order=True)
            for part in self._parts:
                part.unlink()
        width = self._trailing()
        self.faults.sort(key=lambda fault: fault.row or 0)
        return Sheet(
            file=self._job.file,
            sheet=self._sheet,
            name=name,
            header=tuple(self._header[:width]),
            header_row=self._header_row,
            cells=cells,
            read=self._read,
            blank=self._blank,
            ignored=self._ignored,
        )

    def _trailing(self) -> int:
        """Columns up to the last that has a word in its header or a cell below it."""
        width = self.width
        while width and not self._header[width - 1].strip() and not self._filled[width - 1]:
            width -= 1
        if width < self.width:
            found = str(self.width - width)
            self.faults.append(
                Fault(self._job.file, self._header_row, "", "W_TRAILING_EMPTY", "warned", found, sheet=self._place())
            )
        return width


def _plain(name: str, kind: str) -> pl.Expr:
    """An empty cell is null; a text that begins like the mark of a typed cell keeps a control character, no meaning."""
    cell = pl.col(name)
    empty = pl.when(cell != "").then(cell)
    if kind == "workbook":
        return empty.alias(name)
    return pl.when(cell.str.starts_with("\x01")).then("\x02" + cell.str.slice(1)).otherwise(empty).alias(name)
