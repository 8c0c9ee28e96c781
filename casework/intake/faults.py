"""How is everything that an import found wrong told, row by row, in both languages?"""

from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from casework.intake.fault import Fault, FaultKind, hidden, shown
from casework.intake.messages import MESSAGES
from casework.intake.work import Work
from casework.tables import TABLES
from casework.text import Text

IGNORED: Final = frozenset({"W_DUP_ROW", "W_UNKNOWN_COLUMN", "W_UNKNOWN_FILE", "W_DUP_FILE"})
UNSPLIT: Final = ("E_FIELD_COUNT", "E_QUOTE")
JOINT: Final = " / "  # between the Chinese and the English half of a message, and nowhere else in it
FAULTS: Final = pl.Schema(
    {
        "file": pl.String(),
        "row": pl.Int32(),
        "column": pl.String(),
        "code": pl.String(),
        "kind": pl.String(),
        "message": pl.String(),
    }
)
TOLD: Final = pl.Schema({**FAULTS, "sheet": pl.String()})  # the same with the sheet by itself
LABELS: Final[Mapping[str, str]] = {
    column.name: column.label.zh for table in TABLES.values() for column in table.columns
}


def kind_of(code: str) -> FaultKind:
    """What follows for a row from a code."""
    if code.startswith("E_"):
        return "rejected"
    return "ignored" if code in IGNORED else "warned"


def sentence(code: str, column: str, found: str = "", hint: str = "", table: str = "", sheet: str = "") -> Text:
    """The whole message of one fault, without its file and row, which stand beside it; in a workbook with its sheet.

    A hint may come in both languages, joined as the message itself will be; what was found never holds that joint.
    """
    found, (hint_zh, hint_en) = _unjoint(shown(found)), _halves(hidden(hint))
    words = MESSAGES.get(code, Text(code, code))
    on = f"[{_unjoint(sheet)}] " if sheet else ""
    label = TABLES[table][column].label if table and column in {c.name for c in TABLES[table].columns} else None
    named_zh = f"{label.zh}({column}):" if label else f"{column}:" if column else ""
    named_en = f"{label.en} ({column}): " if label else f"{column}: " if column else ""
    there_zh = f";得到「{found}」" if found else ""
    there_en = f"; found “{found}”" if found else ""
    more_zh = f";{hint_zh}" if hint_zh else ""
    more_en = f"; {hint_en}" if hint_en else ""
    return Text(f"{on}{named_zh}{words.zh}{there_zh}{more_zh}", f"{on}{named_en}{words.en}{there_en}{more_en}")


def _halves(hint: str) -> tuple[str, str]:
    zh, joint, en = hint.partition(JOINT)
    return (zh, _unjoint(en)) if joint else (hint, hint)


def _unjoint(words: str) -> str:
    return words.replace(JOINT, "/")


def fault_frame(faults: Iterable[Fault], works: Iterable[Work]) -> pl.DataFrame:
    """Every fault of the reading and of every row, by file, row and column; `sheet` is "" outside workbooks."""
    told = [
        {
            "file": fault.file,
            "row": fault.row,
            "column": fault.column,
            "code": fault.code,
            "kind": fault.kind,
            "message": _both(sentence(fault.code, fault.column, fault.found, fault.hint, sheet=fault.sheet)),
            "sheet": fault.sheet,
        }
        for fault in faults
    ]
    # rows that could not be split stand among the rejected, but the reader has told of them, with what it found
    rows = [_row_faults(work).filter(~pl.col("code").is_in(UNSPLIT)) for work in works]
    frames = [pl.DataFrame(told, schema=TOLD), *rows]
    return pl.concat(frames).sort("file", "row", "column", "code", "message", nulls_last=False)


def _row_faults(work: Work) -> pl.DataFrame:
    noted = work.noted().unique()
    if not noted.height or work.places is None:
        return pl.DataFrame(schema=TOLD)
    noted = noted.join(work.places.with_columns(pl.col("sheet").fill_null("")), on="_at")
    said = noted.select("code", "column", "found", "sheet").unique()
    rows = [
        _both(sentence(code, column, found, "", work.table.name, sheet))
        for code, column, found, sheet in said.iter_rows()
    ]
    said = said.with_columns(
        pl.Series("message", rows, pl.String), pl.Series("kind", map(kind_of, said["code"]), pl.String)
    )
    return (
        noted.join(said, on=["code", "column", "found", "sheet"])
        .select("source_file", "source_row", "column", "code", "kind", "message", "sheet")
        .rename({"source_file": "file", "source_row": "row"})
        .cast({"row": pl.Int32})
    )


def _both(text: Text) -> str:
    return f"{text.zh}{JOINT}{text.en}"
