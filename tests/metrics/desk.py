"""How does a test say leads as they stand, and what was done about them?"""

from datetime import date
from typing import Any

import polars as pl

from casework.dataset import Tables
from metrics import leads
from tests.metrics.county import VILLAGE

Told = dict[str, Any]


def lead(number: str, scheme: str = "overpaid", family: str = "wrong", **more: Any) -> Told:
    """An undecided lead that the last run raises."""
    decided = more.pop("decided", None)
    return {
        "lead_id": number,
        "scheme": scheme,
        "family": family,
        "subject_kind": "award",
        "subject": f"W-{number}",
        "region_code": VILLAGE,
        "programme": "dibao",
        "level": "verify",
        "amount_fen": None,
        "current": True,
        "state": "new" if decided is None else "decided",
        "outcome": None,
        "decided_on": None if decided is None else date.fromisoformat(decided),
        **more,
    }


def action(number: str, done: str, on: str, amount_fen: int | None) -> Told:
    return {"lead_id": number, "action": done, "acted_on": date.fromisoformat(on), "amount_fen": amount_fen}


def desk(data: Tables, told: list[Told], done: list[Told] | None = None) -> Tables:
    """The case tables with these leads and actions beside them."""
    both = (
        pl.DataFrame(told, schema={name: leads.LEAD.schema[name] for name in lead("")}),
        pl.DataFrame(
            done or [], schema={name: leads.ACTION.schema[name] for name in action("", "", "2024-01-01", None)}
        ),
    )
    return leads.beside(data, *both)
