"""What does a source say about itself in meta.toml?"""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from casework.intake.fault import Fault, RefusalError, shown
from casework.intake.limits import Limits
from casework.tables import TABLES

NAME = "meta.toml"

Kind = TypeVar("Kind")


def read_meta(path: Path, limits: Limits) -> tuple[dict[str, Any], list[Fault]]:
    """`name` str, `as_of` date, `synthetic` bool, `totals` {table: {column: number}}; whatever else it says is named.

    Refused with E_META, or E_TOO_LARGE.
    """
    if path.stat().st_size > limits.small_file_bytes:
        raise RefusalError("E_TOO_LARGE", found=f"> {limits.small_file_bytes} bytes")
    try:
        said = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusalError("E_META", hint=str(error)[:200]) from error
    meta: dict[str, Any] = {}
    faults = []
    for key, value in said.items():
        match key:
            case "name":
                meta[key] = _of(str, key, value)
            case "synthetic":
                meta[key] = _of(bool, key, value)
            case "as_of":
                meta[key] = _day(value)
            case "totals":
                meta[key] = _totals(_of(dict, key, value))
            case _:
                faults.append(Fault(NAME, None, shown(key), "W_UNKNOWN_COLUMN", "ignored", shown(key)))
    return meta, faults


def _of(kind: type[Kind], key: str, value: object) -> Kind:
    if not isinstance(value, kind):
        raise RefusalError("E_META", column=key, found=shown(str(value)), hint=kind.__name__)
    return value


def _day(value: object) -> dt.date:
    """A day, as a TOML date or its text; a moment is not one."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise RefusalError("E_META", column="as_of", found=shown(str(value)), hint="YYYY-MM-DD")


def _totals(said: dict[str, object]) -> dict[str, dict[str, int | float]]:
    totals: dict[str, dict[str, int | float]] = {}
    for table, columns in said.items():
        if table not in TABLES or not isinstance(columns, dict):
            raise RefusalError("E_META", column=f"totals.{shown(table)}", hint="table.column = n")
        known = {column.name for column in TABLES[table].columns}
        for column, number in columns.items():
            if column not in known or isinstance(number, bool) or not isinstance(number, int | float):
                raise RefusalError("E_META", column=f"totals.{table}.{shown(column)}", found=shown(str(number)))
        totals[table] = dict(columns)
    return totals
