"""What does a comma, tab or semicolon separated file hold, exactly as written?

Lines without quotes, and lines whose every field is quoted and holds no quote, are split by polars all at once; every
other record goes through Python's csv, one by one. No value is ever guessed at: all cells are text.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import polars as pl

from casework.intake.fault import Fault, RefusalError, shown
from casework.intake.limits import Limits
from casework.intake.readers import header
from casework.intake.readers.encoding import Survey, blocks, survey
from casework.intake.readers.rows import SPACES
from casework.intake.readers.stage import RAW_CHARS, Stage
from casework.intake.sheet import Job, Sheet

DELIMITERS: Final = (",", "\t", ";")
_HEAD_LINES: Final = 400  # enough for twenty records of which some run over several lines


@dataclass(frozen=True, slots=True)
class Head:
    """How the file begins."""

    delimiter: str
    rows: list[header.Row]
    place: int  # of the header among the rows
    lines: int  # of the file up to and with the header


def read(job: Job, limits: Limits) -> tuple[list[Sheet], list[Fault], str]:
    """The one table of a text file, its faults, the digest of its bytes."""
    found = survey(job.path, limits)
    stream = blocks(job.path, found, limits)
    first = next(stream, [])
    head = _head(job, first)
    faults = _notes(job, found, head)
    faults += header.checked(job, job.table, head.rows, head.place)
    row, cells = head.rows[head.place]
    stage = Stage(job, limits, cells, row, None)
    records = _Records(stage, head.delimiter, limits)
    records.take(first[head.lines :], head.lines + 1)
    for lines in stream:
        records.take(lines, records.next_row)
    records.finish()
    return [stage.finish(job.name)], faults + stage.faults, found.sha256


def _head(job: Job, lines: Sequence[str]) -> Head:
    """The delimiter under which the header has most known words, or in a mapped file most words."""
    best: tuple[tuple[int, int], Head] | None = None
    failed = RefusalError("E_EMPTY")
    for delimiter in DELIMITERS:
        try:
            rows, ends = _first(lines, delimiter)
        except RefusalError as refusal:
            failed = refusal
            continue
        place = header.find(rows, job.table, mapped=job.sources is not None)
        if place is None:
            continue
        words = [cell for cell in rows[place][1] if cell.strip()]
        known = 0 if job.sources is not None else header.recognised(words, job.table)
        score = (known, len(words))
        if best is None or score > best[0]:
            best = score, Head(delimiter, rows, place, ends[place])
    if best is None:
        raise failed
    if best[0][0] == 0 and job.sources is None and (strange := _strange(job, lines)):
        raise RefusalError("E_DELIMITER", row=1, found=strange)
    return best[1]


def _strange(job: Job, lines: Sequence[str]) -> str | None:
    """A delimiter that we do not read, and under which the header would have been known."""
    for delimiter in ("|", "\uff0c", "\u3001"):
        if any(header.recognised(line.split(delimiter), job.table) for line in lines[: header.SEARCHED]):
            return delimiter
    return None


def _first(lines: Sequence[str], delimiter: str) -> tuple[list[header.Row], list[int]]:
    """The first records with the line each begins at, and the count of lines up to its end."""
    reader = csv.reader(islice(lines, _HEAD_LINES), delimiter=delimiter, strict=True)
    rows: list[header.Row] = []
    ends: list[int] = []
    begun = 0
    try:
        for cells in islice(reader, header.SEARCHED):
            rows.append((begun + 1, cells))
            begun = reader.line_num
            ends.append(begun)
    except csv.Error as error:  # under another delimiter it may read well
        if not rows:
            raise RefusalError("E_QUOTE", row=1) from error
    return rows, ends


def _notes(job: Job, found: Survey, head: Head) -> list[Fault]:
    """Said once a file: an encoding or a delimiter that is not the usual one."""
    notes = []
    if found.encoding != "utf-8":
        notes.append(Fault(job.file, None, "", "W_ENCODING", "warned", found.encoding.upper()))
    if head.delimiter != ",":
        name = {"\t": "TAB", ";": ";"}[head.delimiter]
        notes.append(Fault(job.file, head.rows[head.place][0], "", "W_DELIMITER", "warned", name))
    return notes


class _Records:
    """Splits lines into records and hands them to the stage, block by block."""

    def __init__(self, stage: Stage, delimiter: str, limits: Limits) -> None:
        self.next_row = 1
        self._stage, self._delimiter, self._limits = stage, delimiter, limits
        self._open: list[str] = []  # lines of a quoted record that the block cut
        self._blank = rf"^[{SPACES}{delimiter}]*$"
        csv.field_size_limit(1 << 30)  # the bounds here are on lines and records

    def take(self, lines: list[str], row: int) -> None:
        """Split one block that begins at this row; a record its end cuts waits for the next."""
        row -= len(self._open)
        lines = self._open + lines
        self._open = []
        self.next_row = row + len(lines)
        if not lines:
            return
        line = pl.Series("line", lines, dtype=pl.String).str.strip_chars_end("\r\n")
        self._bound(line, row)
        frame = line.to_frame().with_columns(row=pl.int_range(row, row + len(lines), dtype=pl.Int32))
        quoted = line.str.contains('"', literal=True)
        if not quoted.any():
            self._stage.add(self._split(frame, self._delimiter))
            return
        whole = self._whole(frame, quoted)
        taken, records = self._quoted(lines, row, (quoted & ~whole).arg_true().to_list())
        free = ~pl.Series(taken, dtype=pl.Boolean)
        bare = self._split(frame.filter(free & ~quoted), self._delimiter)
        inner = frame.filter(free & whole).with_columns(pl.col("line").str.slice(1))
        inner = inner.with_columns(pl.col("line").str.head(-1))
        full = self._split(inner, f'"{self._delimiter}"', blanks=False)
        self._stage.add(pl.concat([bare, full, self._frame(records)]).sort("row"))

    def finish(self) -> None:
        """No more lines: a record still open was never closed."""
        if self._open:
            raise RefusalError("E_QUOTE", row=self.next_row - len(self._open), found=shown(self._open[0]))

    def _bound(self, line: pl.Series, row: int) -> None:
        sizes = line.str.len_bytes()
        if int(sizes.max() or 0) > self._limits.line_bytes:  # type: ignore[arg-type]
            place = int((sizes > self._limits.line_bytes).arg_max() or 0)
            raise RefusalError("E_LINE_TOO_LONG", row=row + place, found=f"{sizes[place]} bytes")

    def _whole(self, frame: pl.DataFrame, quoted: pl.Series) -> pl.Series:
        """Lines on which every field stands in quotes and every quote is accounted for by that."""
        width = self._stage.width
        line = pl.col("line")
        between = line.str.slice(1).str.head(-1).str.count_matches(f'"{self._delimiter}"', literal=True)
        return (
            quoted
            & frame.select(
                line.str.starts_with('"')
                & line.str.ends_with('"')
                & (line.str.count_matches('"', literal=True) == 2 * width)
                & (between == width - 1)
            ).to_series()
        )

    def _split(self, frame: pl.DataFrame, by: str, *, blanks: bool = True) -> pl.DataFrame:
        """Rows of lines that split at every `by`; blank lines and lines of another length are sent their way."""
        if blanks:
            fields = pl.col("line").str.count_matches(by, literal=True) + 1
            frame = frame.with_columns(fields=fields, blank=pl.col("line").str.contains(self._blank))
            self._stage.blank(int(frame["blank"].sum()))
            odd = frame.filter(~pl.col("blank") & (pl.col("fields") != self._stage.width))
            for line, row in odd.select("line", "row").iter_rows():
                self._misfit(row, line.split(by), line)
            frame = frame.filter(~pl.col("blank") & (pl.col("fields") == self._stage.width))
        if self._stage.width == 1:
            return frame.select("row", pl.col("line").alias("c0"))
        names = self._stage.names
        cells = pl.col("line").str.split_exact(by, len(names) - 1).struct.rename_fields(names)
        return frame.select("row", cells.alias("cells")).unnest("cells")

    def _quoted(self, lines: list[str], row: int, starts: list[int]) -> tuple[list[bool], list[list[str | int]]]:
        """Which lines the csv reader took, and the records of the right length that it made of them."""
        taken = [False] * len(lines)
        records: list[list[str | int]] = []
        feed = _Feed(lines)
        reader = csv.reader(feed, delimiter=self._delimiter, strict=True)
        for start in starts:
            if taken[start]:
                continue
            feed.place = start
            try:
                cells, error = next(reader), None
            except csv.Error as problem:
                cells, error = [], problem
            taken[start : feed.place] = [True] * (feed.place - start)
            text = "".join(lines[start : feed.place])
            if len(text.encode()) > self._limits.record_bytes:
                raise RefusalError("E_QUOTE", row=row + start, found=f"> {self._limits.record_bytes} bytes")
            if feed.dry:
                self._open = lines[start:]
                break
            if error is not None:
                self._stage.reject(row + start, "E_QUOTE", cells, text.rstrip("\r\n"), shown(text[:RAW_CHARS]))
            elif len(cells) == self._stage.width:
                records.append([row + start, *cells])
            else:
                self._misfit(row + start, cells, text.rstrip("\r\n"))
        return taken, records

    def _misfit(self, row: int, cells: list[str], raw: str) -> None:
        self._stage.reject(row, "E_FIELD_COUNT", cells, raw, f"{len(cells)} / {self._stage.width}")

    def _frame(self, records: list[list[str | int]]) -> pl.DataFrame:
        columns = list(zip(*records, strict=True)) or [()] * (self._stage.width + 1)
        schema = {"row": pl.Int32(), **dict.fromkeys(self._stage.names, pl.String())}
        return pl.DataFrame(
            [pl.Series(name, column, dtype=kind) for (name, kind), column in zip(schema.items(), columns, strict=True)]
        )


class _Feed(Iterator[str]):
    """Lines for the csv reader, from wherever the next record begins; `dry` when it asked for more than there are."""

    def __init__(self, lines: list[str]) -> None:
        self.place, self.dry = 0, False
        self._lines = lines

    def __next__(self) -> str:
        if self.place >= len(self._lines):
            self.dry = True
            raise StopIteration
        self.place += 1
        return self._lines[self.place - 1]
