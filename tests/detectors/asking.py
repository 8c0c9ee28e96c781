"""How does a test ask one question of a small world?"""

import json
from types import ModuleType
from typing import Any

import polars as pl

import detectors
from casework.dataset import Tables
from casework.policy import Policy
from casework.run import Run, run


def asked(module: ModuleType, data: Tables, policy: Policy | None = None) -> Run:
    """The run of one detector."""
    return run(detectors, data, policy or Policy.shipped(), only=[module.CARD.scheme])


def found(module: ModuleType, data: Tables, policy: Policy | None = None) -> list[str]:
    """The subjects it raised."""
    return sorted(asked(module, data, policy).leads["subject"])


def facts(module: ModuleType, data: Tables, policy: Policy | None = None) -> dict[str, Any]:
    """The facts of its only lead."""
    (said,) = asked(module, data, policy).leads["facts"]
    return dict(json.loads(said))


def status(result: Run) -> tuple[str, str, int]:
    """What the only scheme of a run did: status, reason, undecidable."""
    (row,) = result.runs.select("status", "reason", pl.col("undecidable")).rows()
    return row
