"""How does a test say a small world in the contract's own words?

`world(application=[{"application_no": "A1", ...}])` takes cells as files hold them through the very same conversion
and layout as an import, without files: a column that no row names is absent, a table that is not named is absent.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from casework.calendar import Calendar
from casework.dataset import Manifest, Tables
from casework.engine import Engine, engine
from casework.intake.checks import check_repeats
from casework.intake.convert import Manner, convert
from casework.intake.layout import add_tokens, lay_out
from casework.intake.persons import identify, protect
from casework.intake.programmes import programme_words
from casework.intake.values.id_no import check_digit
from casework.intake.work import PLACE
from casework.policy import Policy
from casework.tables import TABLES

KEY = b"a key of tests only"
Row = Mapping[str, str | None]

_calendar = cache(Calendar.load)


@cache
def _manner() -> Manner:
    return Manner(programmes=programme_words(Policy.shipped()))


@cache
def _sequence(name: str, sex: str) -> str:
    """Three digits that belong to a name; odd for a man."""
    number = sum(ord(sign) * 31**place for place, sign in enumerate(name)) % 500
    return f"{2 * number + (sex == 'M'):03d}"[-3:]


def person_no(name: str, born: str = "1980-01-01", sex: str = "M", area: str = "990101") -> str:
    """A valid number of a made-up person: the same for the same words; different names differ but for rare chance."""
    body = area + born.replace("-", "") + _sequence(name, sex)
    return body + check_digit(body)


def world(
    as_of: str = "2024-12-31",
    *,
    on: str | Engine = "polars",
    synthetic: bool = True,
    key: bytes = KEY,
    **tables: list[Row],
) -> Tables:
    """The tables of a small world on an engine; a cell that import would reject fails the test."""
    day = date.fromisoformat(as_of)
    chosen = engine(on) if isinstance(on, str) else on
    works = {name: convert(TABLES[name], _cells(name, rows), _manner()) for name, rows in tables.items()}
    numbers = identify(works, day, key)
    for work in works.values():
        work.frame = add_tokens(work.table, work.frame, key)
        check_repeats(work)
        wrong = work.noted().filter(pl.col("code").str.starts_with("E_"))
        assert not wrong.height, f"{work.table.name}: {wrong.rows(named=True)}"
    placed = {name: chosen.place(lay_out(work.table, work.frame)) for name, work in works.items()}
    protected = protect(works.values(), numbers, key)
    placed |= {"identity": chosen.place(protected.identity), "id_key": chosen.place(protected.id_key)}
    manifest = Manifest(
        digest="",
        as_of=day,
        name="",
        synthetic=synthetic,
        columns={name: work.carried for name, work in works.items()},
        rows={name: work.taken for name, work in works.items()},
    )
    return Tables(Path("/nowhere"), manifest, chosen, _calendar(), placed)


def _cells(table: str, rows: list[Row]) -> pl.DataFrame:
    """Cells as reading gives them; row 1 is the header."""
    names = [column.name for column in TABLES[table].columns if any(column.name in row for row in rows)]
    if strange := {name for row in rows for name in row} - set(names):
        raise KeyError(f"{table} has no {sorted(strange)}")
    cells = {name: [row.get(name) for row in rows] for name in names}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String()))
    return frame.with_row_index(PLACE).with_columns(
        source_file=pl.lit(f"{table}.csv"), source_row=pl.int_range(2, len(rows) + 2, dtype=pl.Int32)
    )
