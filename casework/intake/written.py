"""How is a mapping written down, so that reading it gives the same mapping?"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from casework.intake.mapping import Pick, TableMap


def mapping_text(tables: Iterable[TableMap], meta: Mapping[str, Any]) -> str:
    """The TOML of contract §9."""
    parts = ["\n".join(["[meta]", *(f"{name} = {_value(value)}" for name, value in meta.items())])] if meta else []
    for one in tables:
        columns = [f"{pick.column.name} = {_pick(pick)}" for pick in one.picks]
        head = ["[[table]]", f"name = {_value(one.table.name)}", f"source = {_value(one.source)}", "[table.columns]"]
        parts.append("\n".join([*head, *columns]))
    return "\n\n".join(parts) + "\n"


def _pick(pick: Pick) -> str:
    said: dict[str, Any] = {"constant": pick.constant} if pick.header is None else {"column": pick.header}
    if pick.values:
        said["values"] = pick.values
    if pick.otherwise is not None:
        said["otherwise"] = pick.otherwise
    said |= {name: value for name, value in (("format", pick.format), ("unit", pick.unit)) if value}
    return _value(pick.header) if list(said) == ["column"] else _value(said)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case Mapping():
            inside = ", ".join(f"{_key(str(name))} = {_value(one)}" for name, one in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case _:
            return _quoted(str(value))


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else _quoted(name)


def _quoted(text: str) -> str:
    """A basic string; JSON escapes all that TOML does, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
