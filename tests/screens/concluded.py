"""How does a test have leads looked into, concluded and acted on in a workspace of its own?"""

from pathlib import Path
from uuid import uuid4

import polars as pl

from casework.workspace import Workspace

DAY = "2025-01-06"


def leads(workspace: Path, scheme: str) -> list[str]:
    """The leads of a scheme, in a lasting order."""
    rows = pl.read_parquet(workspace / "leads.parquet")
    return rows.filter(pl.col("scheme") == scheme)["lead_id"].sort().to_list()


def conclude(workspace: Path, lead_id: str, outcome: str | None, *, visits: int = 1, conduct: bool = False) -> None:
    """One takes it, visits, hears and decides; without an outcome it stays in work."""
    lead = pl.read_parquet(workspace / "leads.parquet").row(by_predicate=pl.col("lead_id") == lead_id, named=True)
    row = {**lead, "since": str(lead["since"]), "until": str(lead["until"]), "conduct": conduct}
    fitting = {"unfounded": "innocent", "data_error": "entry_error", "objective_deviation": "small_slip"}
    steps: list[tuple[str, dict[str, object]]] = [
        ("take", {}),
        *[("visit", {"on": DAY, "present": "示例村干部", "text": "家中有人,已看过"})] * visits,
        ("statement", {"how": "given", "on": DAY, "text": "本人已作说明"}),
    ]
    if outcome is not None:
        reason = fitting.get(outcome, "no_evidence" if outcome == "inconclusive" else "facts_agree")
        steps.append(("decide", {"outcome": outcome, "reason": reason, "text": "依据在案材料"}))
    for kind, words in steps:
        Workspace(workspace).review.act("T-01", kind, lead_id, {"lead": row, **words}, key=uuid4().hex)


def acted(workspace: Path, lead_id: str, action: str, fen: int | None) -> None:
    """The competent office reports what it did."""
    lead = pl.read_parquet(workspace / "leads.parquet").row(by_predicate=pl.col("lead_id") == lead_id, named=True)
    row = {**lead, "since": str(lead["since"]), "until": str(lead["until"]), "conduct": False}
    words = {"action": action, "on": DAY, "office": "示例民政局", "text": "", "amount_fen": fen}
    Workspace(workspace).review.act("T-01", "action", lead_id, {"lead": row, **words}, key=uuid4().hex)
