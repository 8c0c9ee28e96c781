"""How does a sheet of a workbook look, and how does a value stand in a cell?

Numbers and days are typed, words never run, and the unknown stays empty.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from unicodedata import east_asian_width

from dashboard.exports.mark import Mark
from dashboard.exports.plain import cell

OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_LONGEST: Final = 32_767  # signs that a cell may hold
_ACROSS: Final = 255  # signs that a printed head may hold
_LINE: Final = 14  # points
_TALLEST: Final = 400  # a row may not be taller than 409
_FONT: Final = {"font_name": "宋体", "font_size": 10, "valign": "top", "bottom": 4, "bottom_color": "#A6A6A6"}
Value = str | float | date | None
_FORMS: Final[dict[str, dict[str, Any]]] = {
    "head": {"font_name": "黑体", "bold": True, "bg_color": "#EDEDED", "bottom": 1, "text_wrap": True},
    "words": {"text_wrap": True},
    "code": {"font_name": "Consolas", "num_format": "@"},
    "yuan": {"num_format": "#,##0.00"},
    "share": {"num_format": "0.00"},
    "percent": {"num_format": "0.0%", "align": "left", "indent": 1},
    "number": {"num_format": "#,##0.0", "align": "left", "indent": 1},
    "text": {"text_wrap": True, "bottom": 0},
    "title": {"font_name": "黑体", "bold": True, "font_size": 12, "bottom": 0},
    "note": {"font_color": "#595959", "text_wrap": True, "bottom": 0},
    "day": {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
    "count": {"num_format": "#,##0", "align": "left", "indent": 1},
}


def forms(book: Any) -> dict[str, Any]:  # noqa: ANN401 - the library is untyped
    """The faces of cells, by what they hold."""
    return {name: book.add_format(_FONT | own) for name, own in _FORMS.items()}


def height(values: Sequence[Value], widths: Sequence[float]) -> float:
    """How tall a row must be for its longest words; not every program measures that by itself."""
    lines = [
        -(-_wide(value) // (width - 2)) for value, width in zip(values, widths, strict=True) if isinstance(value, str)
    ]
    return min(_LINE * max([1, *lines]), _TALLEST)


def _wide(words: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in words)


def put(sheet: Any, line: int, at: int, value: Value, form: Any) -> None:  # noqa: ANN401 - the library is untyped
    """A number as a number, a day as a day, words as words that cannot run; the unknown stays empty."""
    match value:
        case None:
            sheet.write_blank(line, at, None, form)
        case date():
            sheet.write_datetime(line, at, value, form)
        case int() | float():
            sheet.write_number(line, at, value, form)
        case _:
            sheet.write_string(line, at, cell(value)[:_LONGEST], form)


def page(sheet: Any, marked: Mark, pages: str) -> None:  # noqa: ANN401 - the library is untyped
    """What every printed page carries: & alone would be a command."""
    sheet.set_paper(9)
    sheet.set_margins(top=1.0, bottom=0.8)
    head = " · ".join(filter(None, (marked.synthetic, marked.notice)))
    sheet.set_header(f"&L&8{_literal(head)}"[:_ACROSS])
    sheet.set_footer(f"&L&8{_literal(marked.taken)}&R&8{pages}"[:_ACROSS])


def _literal(words: str) -> str:
    return words.replace("&", "&&")
