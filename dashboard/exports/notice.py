"""What does an office's overdue notice (超时通报) look like on paper and in a spreadsheet?

It names cases by number only: no person, no household.
"""

from collections.abc import Sequence
from html import escape

import polars as pl

from casework.text import Language
from dashboard.exports.csv import table_text

_STYLE = """
body { font-family: 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; color: #1c2b33;
  margin: 2rem; }
h1 { font-size: 1.4rem; text-align: center; }
p { margin: .25rem 0; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .85rem; }
th, td { border: 1px solid #8a979e; padding: .3rem .45rem; text-align: left; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.sign { margin-top: 2.5rem; display: flex; justify-content: space-between; }
@page { size: A4 landscape; margin: 15mm; }
"""


def sheet(cases: pl.DataFrame) -> bytes:
    """The cases as CSV that no spreadsheet can be made to run (UTF-8 with its mark, for Excel)."""
    return table_text(cases).encode("utf-8-sig")


def page(language: Language, title: str, lines: Sequence[str], cases: pl.DataFrame, signed: Sequence[str]) -> bytes:
    """The notice as a page to print, whole in itself: nothing is fetched, nothing runs."""
    head = "".join(f"<th>{escape(name)}</th>" for name in cases.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in cases.iter_rows()
    )
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    signs = "".join(f"<span>{escape(one)}</span>" for one in signed)
    tongue = "zh-CN" if language == "zh" else "en"
    return (
        f'<!DOCTYPE html><html lang="{tongue}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{said}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f'<div class="sign">{signs}</div></body></html>'
    ).encode()
