"""What does a detector answer, and what is a lead once it is kept?

A detector returns `Leads`: lazy rows with the lead's own columns and its facts, and lazy evidence. The runner
(`casework.run`) collects them, gives ids and digests, and writes the tables below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import narwhals as nw
import polars as pl

from casework.card import Card
from casework.dataset import Tables
from casework.tables import HOUSEHOLD, Table

LEAD_SCHEMA: Final = pl.Schema(
    {
        "lead_id": pl.String(),
        "scheme": pl.String(),
        "family": pl.String(),
        "subject_kind": pl.String(),
        "subject": pl.String(),  # business number; persons and officials: person_id in decimal
        "part": pl.String(),
        "related": pl.String(),  # JSON list of other subjects
        "region_code": pl.String(),
        "level": pl.String(),
        "severity": pl.String(),
        "confidence": pl.Float64(),
        "score": pl.Float64(),  # order inside one scheme, never a probability
        "amount_fen": pl.Int64(),  # only the part in doubt, or owed
        "since": pl.Date(),
        "until": pl.Date(),
        "facts": pl.String(),  # JSON object
        "checked_innocent": pl.String(),  # JSON list: positions in the card's `innocent`
        "rule": pl.String(),
        "rule_version": pl.String(),
        "sources": pl.String(),  # JSON object table -> as of
        "content_digest": pl.String(),
        "snapshot": pl.String(),
        "policy": pl.String(),
        "detector": pl.String(),
    }
)
EVIDENCE_SCHEMA: Final = pl.Schema(
    {
        "lead_id": pl.String(),
        "table": pl.String(),
        "key": pl.String(),
        "column": pl.String(),
        "value": pl.String(),
        "source_file": pl.String(),
        "source_row": pl.Int32(),
    }
)
FACT: Final = "fact__"
LEAD_KEY: Final = ("subject", "part")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows of one table behind the leads.

    `rows`: `subject`, `part`, stored columns of the table (its key columns and those worth seeing), `source_file`,
    `source_row`. The runner turns each shown column into one evidence line.
    """

    table: Table
    rows: nw.LazyFrame


@dataclass(frozen=True, slots=True)
class Leads:
    """A detector's answer, still lazy."""

    card: Card
    rows: nw.LazyFrame
    evidence: tuple[Evidence, ...]
    undecidable: nw.LazyFrame | None  # rows the rule could not decide, only counted


def leads(
    card: Card,
    rows: nw.LazyFrame,
    *,
    subject: str,
    facts: Sequence[str],
    score: nw.Expr,
    part: nw.Expr | None = None,
    region: str = "region_code",
    level: nw.Expr | None = None,
    severity: nw.Expr | None = None,
    confidence: nw.Expr | None = None,
    amount_fen: nw.Expr | None = None,
    since: nw.Expr | None = None,
    until: nw.Expr | None = None,
    related: nw.Expr | None = None,
    evidence: Sequence[Evidence] = (),
    undecidable: nw.LazyFrame | None = None,
) -> Leads:
    """Shape found rows as leads: one per (subject, part). `subject` and `region` name columns of `rows`.

    `score` orders leads inside the scheme. `facts` name columns of `rows`; they must be the card's.
    """
    nothing = nw.lit(None)
    return Leads(
        card,
        rows.select(
            nw.col(subject).cast(nw.String).alias("subject"),
            (nw.lit("") if part is None else part.cast(nw.String)).alias("part"),
            (nothing.cast(nw.String) if related is None else related.cast(nw.String)).alias("related"),
            nw.col(region).alias("region_code"),
            (nw.lit(card.level) if level is None else level).alias("level"),
            (nw.lit(card.severity) if severity is None else severity).alias("severity"),
            (nw.lit(card.confidence) if confidence is None else confidence).cast(nw.Float64).alias("confidence"),
            score.cast(nw.Float64).alias("score"),
            (nothing if amount_fen is None else amount_fen).cast(nw.Int64).alias("amount_fen"),
            (nothing if since is None else since).cast(nw.Date).alias("since"),
            (nothing if until is None else until).cast(nw.Date).alias("until"),
            *(nw.col(name).alias(FACT + name) for name in facts),
        ),
        tuple(evidence),
        undecidable,
    )


def evidence(
    data: Tables,
    table: Table,
    found: nw.LazyFrame,
    *,
    on: str,
    show: Sequence[str],
    subject: str | None = None,
    part: str | None = None,
    where: nw.Expr | None = None,
) -> Evidence:
    """Rows of `table` that share the column `on` with the found rows.

    `subject` and `part` name columns of `found` (default: `on`, and no part); `show` names contract columns.
    """
    keys = found.select(
        nw.col(on).alias("on__"),
        nw.col(subject or on).cast(nw.String).alias("subject"),
        (nw.lit("") if part is None else nw.col(part).cast(nw.String)).alias("part"),
    )
    rows = data[table] if where is None else data[table].filter(where)
    shown = dict.fromkeys([*(column.main for column in table.key), *(table[name].main for name in show)])
    moments = [f"{name}_dated" for name in shown if f"{name}_dated" in table.schema]
    joined = keys.join(
        rows.select(
            nw.col(on).alias("on__"), *(nw.col(name) for name in (*shown, *moments)), "source_file", "source_row"
        ),
        on="on__",
        how="inner",
    )
    return Evidence(table, joined.select("subject", "part", *shown, *moments, "source_file", "source_row"))


def household_region(data: Tables, rows: nw.LazyFrame, *, otherwise: str | None = None) -> nw.LazyFrame:
    """Give rows with `household_id` the `region_code` of the household's village; else of the column `otherwise`."""
    homes = data[HOUSEHOLD].select("household_id", nw.col("region_code").alias("village__")).unique("household_id")
    kept = rows.join(homes, on="household_id", how="left")
    fallback = nw.lit(None).cast(nw.String) if otherwise is None else nw.col(otherwise)
    return kept.with_columns(nw.coalesce(nw.col("village__"), fallback).alias("region_code")).drop("village__")


__all__ = [
    "EVIDENCE_SCHEMA",
    "LEAD_SCHEMA",
    "Evidence",
    "Leads",
    "evidence",
    "household_region",
    "leads",
]
