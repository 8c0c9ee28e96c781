"""What does a list of leads look like for another program?"""

import json
from collections.abc import Collection
from typing import Any

from casework.workspace import Workspace
from dashboard.exports.rows import chosen, namer, renamed, rows
from dashboard.masking import masked_facts

_FURTHER = ("lead_id", "family", "rule", "rule_version", "snapshot", "policy", "detector")


def text_of(workspace: Workspace, lead_ids: Collection[str] | None, *, reveal: bool) -> str:
    """A list of objects: the columns of the CSV with amount as text, and ids, facts, rule, sources and digests."""
    leads = chosen(workspace, lead_ids)
    named = namer(workspace, leads, reveal=reveal)
    objects: list[dict[str, Any]] = []
    for row, lead in zip(rows(workspace, lead_ids, reveal=reveal), leads.iter_rows(named=True), strict=True):
        objects.append(
            {name: value if value != "" else None for name, value in row.items()}
            | {"part": row["part"], "related": json.loads(row["related"])}
            | {name: lead[name] for name in _FURTHER}
            | {
                "facts": renamed(_facts(json.loads(lead["facts"]), reveal=reveal), named),
                "checked_innocent": json.loads(lead["checked_innocent"]),
                "sources": json.loads(lead["sources"]),
            }
        )
    return json.dumps(objects, ensure_ascii=False, indent=1) + "\n"


def _facts(facts: dict[str, Any], *, reveal: bool) -> dict[str, Any]:
    return facts if reveal else masked_facts(facts, "masked")
