"""How are rows of a contract table shown: in words, persons and what is sensitive masked?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any

import polars as pl

from casework.tables import Table
from casework.tables.schema import Column
from dashboard.parts import labels, shown
from dashboard.queries.people import Person, mask_name, people
from dashboard.session import Session


def frame(session: Session, table: Table, rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """These columns of the rows under their titles; one that says nothing in any row is left out."""
    told = rows.to_dicts()
    persons = named(session, table, told)
    titles = {name: labels.column(table.name, name, session.language) for name in columns}
    found = pl.DataFrame(
        [{titles[name]: cell(session, table, name, row, persons) for name in columns} for row in told],
        schema=dict.fromkeys(titles.values(), pl.String()),
    )
    return found.drop([title for title in found.columns if found.height and not (found[title] != "").any()])


def named(session: Session, table: Table, rows: Iterable[Mapping[str, Any]]) -> dict[int, Person]:
    """Everyone that the rows name, masked."""
    columns = [column.main for column in table.columns if column.kind == "id_no"]
    ids = {row[name] for row in rows for name in columns if row.get(name) is not None}
    return people(session.desk.opened, ids)


def cell(session: Session, table: Table, name: str, row: Mapping[str, Any], persons: Mapping[int, Person]) -> str:
    """One value in the reader's words; empty where there is none."""
    column = table[name]
    value = row.get(column.main)
    if value is None:
        return ""
    if column.kind == "id_no":
        person = persons.get(value)
        return session.say("search.not_in_person") if person is None else f"{person.name} {person.number}".strip()
    if column.sensitivity == "sensitive":
        return session.say("dossier.hidden")
    return mask_name(str(value)) if column.name == "name" else _written(session, table, column, value)


def _written(session: Session, table: Table, column: Column, value: Any) -> str:  # noqa: ANN401 - of any kind
    """What is open to every reader of cases."""
    match column.kind:
        case "region":
            return session.place(value)
        case "money":
            return shown.yuan(value)
        case "month":
            return f"{value:%Y-%m}"
        case "moment":
            return f"{value:%Y-%m-%d}" if value.time() == time.min else f"{value:%Y-%m-%d %H:%M}"
        case "boolean":
            said = str(value).lower()
        case _:
            said = str(value)
    return labels.cell(table.name, column.name, said, session.language, session.desk.programmes)
