"""In which row does the header stand, and can its words be trusted?"""

from collections.abc import Sequence
from typing import Final

from casework.intake.fault import Fault, RefusalError, shown
from casework.intake.headers import column_of, known_headers, normalise
from casework.intake.sheet import Job

SEARCHED: Final = 20  # rows from the top in which a header is looked for
_LOST: Final = ("锟斤拷", "ï»¿", "�")
_MISREADINGS: Final = (("latin-1", "utf-8"), ("cp1252", "utf-8"), ("gbk", "utf-8"), ("latin-1", "gbk"))

Row = tuple[int, list[str]]  # 1-based row, its cells


def recognised(cells: Sequence[str], table: str | None) -> int:
    """How many cells name a column of this table (of any table for None)?"""
    if table is None:
        known = known_headers(None)
        return sum(normalise(cell) in known for cell in cells if cell)
    return sum(column_of(table, cell)[0] is not None for cell in cells if cell)


def find(rows: Sequence[Row], table: str | None, *, mapped: bool) -> int | None:
    """The place of the header among the first rows; None where every row is blank.

    It is the first row of which at least half the words are known, else the row with most known words, else the first
    row that is not blank. In a mapped source, whose words nobody knows, it is the first row unless rows of the
    same width fill more than twice as many cells: titles above a table fill one or two.
    """
    filled = [(place, [cell for cell in cells if cell.strip()]) for place, (_, cells) in enumerate(rows)]
    filled = [(place, words) for place, words in filled if words]
    if not filled:
        return None
    if mapped:
        return next(place for place, words in filled if 2 * len(words) >= _fullest(rows, place))
    known = {place: recognised(words, table) for place, words in filled}
    for place, words in filled:
        if known[place] and 2 * known[place] >= len(words):
            return place
    return max(known, key=lambda place: (known[place], -place))


def _fullest(rows: Sequence[Row], place: int) -> int:
    """How many cells does the fullest of the rows of this row's width fill?"""
    width = len(rows[place][1])
    return max(sum(bool(cell.strip()) for cell in cells) for _, cells in rows if len(cells) == width)


def checked(job: Job, table: str | None, rows: Sequence[Row], place: int, sheet: str = "") -> list[Fault]:
    """Warnings about the header row; raises E_MOJIBAKE, E_HEADER or E_DUP_COLUMN."""
    row, cells = rows[place]
    for cell in cells:
        if misread(cell, table):
            raise RefusalError("E_MOJIBAKE", row=row, found=shown(cell))
    if job.sources is None and not recognised(cells, table):
        raise RefusalError("E_HEADER", row=row, found=shown(" ".join(cells)))
    seen: set[str] = set()
    for cell in cells:
        word = normalise(cell)
        if word and word in seen:
            raise RefusalError("E_DUP_COLUMN", row=row, column=shown(cell), found=shown(cell))
        seen.add(word)
    above = [" ".join(filter(None, cells)).strip() for _, cells in rows[:place]]
    if titles := [title for title in above if title]:
        return [Fault(job.file, row, "", "W_HEADER_OFFSET", "warned", shown("; ".join(titles)), sheet=sheet)]
    return []


def misread(cell: str, table: str | None) -> bool:
    """Is this header what remains of a Chinese word read in the wrong encoding?"""
    if any(sign in cell for sign in _LOST):
        return True
    if cell.isascii() or recognised([cell], table):
        return False
    for wrong, right in _MISREADINGS:
        try:
            word = cell.encode(wrong).decode(right)
        except UnicodeError:
            continue
        # bytes that happen to be Chinese in UTF-8 are no accident; in GBK they may be, unless they make a known header
        if (right == "utf-8" and any("\u4e00" <= sign <= "\u9fff" for sign in word)) or recognised([word], None):
            return True
    return False
