"""What does a detector answer, and what is a lead once it is kept?

A detector returns `Leads`: lazy rows with the lead's own columns and its facts, and how to fetch the evidence for the
rows that were found. The runner (`casework.run`) collects them, gives ids and digests, and writes the tables below.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import narwhals as nw
import polars as pl

from casework.card import Card, Innocent
from casework.dataset import Tables
from casework.engine import Frame
from casework.tables import APPLICATION, HOUSEHOLD, Table

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
FACT: Final = "fact__"  # a fact's column in `Leads.rows`
UNCHECKED: Final = "unchecked"  # what one lead could not rule out: positions in the card's `innocent`, `;`-separated
KEPT: Final = "kept__"  # a column kept in `Leads.rows` only to find the evidence
LEAD_KEY: Final = ("subject", "part")
DIGITS: Final = (2, 4, 6, 9, 12)  # province, city, county, township, village


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows of one table behind the leads.

    `gather` turns the found rows (`subject`, `part`, kept columns, placed back on the engine) into `subject`, `part`,
    stored columns of the table (its key and those worth seeing), `source_file`, `source_row`. The runner makes one
    evidence line of each shown column.
    """

    table: Table
    show: tuple[str, ...]  # contract columns beside the key
    gather: Callable[[Frame], Frame]


@dataclass(frozen=True, slots=True)
class Leads:
    """A detector's answer, still lazy."""

    card: Card
    rows: Frame
    evidence: tuple[Evidence, ...]
    undecidable: Frame | None  # rows the rule could not decide, only counted


def leads(
    card: Card,
    rows: Frame,
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
    kind: nw.Expr | None = None,
    keep: Sequence[str] = (),
    evidence: Sequence[Evidence] = (),
    undecidable: Frame | None = None,
    unchecked: Sequence[tuple[Innocent, nw.Expr]] = (),
) -> Leads:
    """Shape found rows as leads: one per (subject, part). `subject` and `region` name columns of `rows`.

    `score` orders leads inside the scheme. `facts` name columns of `rows`; they must be the card's; a moment takes its
    `_dated` along. `related`: several subjects separated by `;`. `kind`: what each row's subject is, if not
    always the card's. `keep` names columns that the evidence joins on. `unchecked`: rows for which one of the card's
    innocent explanations could not be ruled out, though the data it asks for is there.
    """
    open_ones = [nw.when(still).then(nw.lit(str(card.innocent.index(one)))) for one, still in unchecked]
    nothing = nw.lit(None)
    there = rows.collect_schema().names()
    dated = [f"{name}_dated" for name in facts if f"{name}_dated" in there]
    return Leads(
        card,
        rows.select(
            nw.col(subject).cast(nw.String).alias("subject"),
            (nw.lit(card.subject) if kind is None else kind).alias("subject_kind"),
            (nw.lit("") if part is None else part.cast(nw.String)).alias("part"),
            (nothing if related is None else related).cast(nw.String).alias("related"),
            nw.col(region).alias("region_code"),
            (nw.lit(card.level) if level is None else level).alias("level"),
            (nw.lit(card.severity) if severity is None else severity).alias("severity"),
            (nw.lit(card.confidence) if confidence is None else confidence).cast(nw.Float64).alias("confidence"),
            score.cast(nw.Float64).alias("score"),
            (nothing if amount_fen is None else amount_fen).cast(nw.Int64).alias("amount_fen"),
            (nothing if since is None else since).cast(nw.Date).alias("since"),
            (nothing if until is None else until).cast(nw.Date).alias("until"),
            nw.concat_str(nw.lit(""), *open_ones, separator=";", ignore_nulls=True).alias(UNCHECKED),
            *(nw.col(name).alias(FACT + name) for name in (*facts, *dated)),
            *(nw.col(name).alias(KEPT + name) for name in keep),
        ),
        tuple(evidence),
        undecidable,
    )


def evidence(
    data: Tables,
    table: Table,
    *,
    on: str,
    show: Sequence[str],
    key: str | None = None,
    where: nw.Expr | None = None,
) -> Evidence:
    """Rows of `table` whose stored column `on` equals the kept column `key` (default: of the same name).

    `where` chooses among them, over the table's stored columns and the kept ones (`kept(name)`); `show` names contract
    columns.
    """

    def gather(found: Frame) -> Frame:
        names = [*(column.main for column in table.key), *(table[name].main for name in show)]
        names += [f"{name}_dated" for name in names if f"{name}_dated" in table.schema]
        joined = data[table].join(found, left_on=on, right_on=KEPT + (key or on), how="inner")
        chosen = joined if where is None else joined.filter(where)
        return chosen.select("subject", "part", *dict.fromkeys(names), "source_file", "source_row")

    return Evidence(table, tuple(show), gather)


def kept(name: str) -> nw.Expr:
    """A column of the found rows, in the `where` of their evidence."""
    return nw.col(KEPT + name)


def open_cases(found: Frame, *unknown: Frame, on: str = "award_id") -> Frame:
    """Each subject once that some frame of `unknown` names and no found row raises, for `undecidable`."""
    named = nw.concat([rows.select(on) for rows in unknown]).unique()
    return named.join(found.select(on), on=on, how="anti")


def first_rows(rows: Frame) -> Frame:
    """Of several rows of one key the first, to which its children refer (contract §9)."""
    return rows.filter(nw.col("repeat").fill_null(0) == 0)


def placed_applications(data: Tables) -> Frame:
    """The first row of each application; where nobody wrote down the region in charge, it is the household's village.

    For every look-up of a rule: a place's own rules hold for its cases, whether the office is named or not.
    """
    rows = first_rows(data[APPLICATION])
    if data.all_in_charge:  # the usual case, spared the join
        return rows
    unsaid = household_region(data, rows.with_columns(nw.col("region_code").alias("in_charge__")))
    return unsaid.with_columns(nw.coalesce("in_charge__", "region_code").alias("region_code")).drop("in_charge__")


def household_region(data: Tables, rows: Frame, *, otherwise: str | None = None) -> Frame:
    """Give rows with `household_id` the `region_code` of the household's village; else of the column `otherwise`."""
    homes = first_rows(data[HOUSEHOLD]).select("household_id", nw.col("region_code").alias("village__"))
    joined = rows.join(homes, on="household_id", how="left")
    fallback = nw.lit(None).cast(nw.String) if otherwise is None else nw.col(otherwise)
    return joined.with_columns(nw.coalesce(nw.col("village__"), fallback).alias("region_code")).drop("village__")


def common_region(low: str, high: str) -> nw.Expr:
    """The smallest region that holds both codes: the village, its township, county, city or province."""
    one, other = nw.col(low), nw.col(high)
    found: nw.Expr = nw.lit(None).cast(nw.String)
    for digits in DIGITS:
        alike = one.str.slice(0, digits) == other.str.slice(0, digits)
        above = nw.concat_str([one.str.slice(0, digits), nw.lit("0" * (12 - digits))])
        found = nw.when(alike).then(above).otherwise(found)
    return found


__all__ = [
    "EVIDENCE_SCHEMA",
    "FACT",
    "KEPT",
    "LEAD_KEY",
    "LEAD_SCHEMA",
    "UNCHECKED",
    "Evidence",
    "Leads",
    "common_region",
    "evidence",
    "first_rows",
    "household_region",
    "kept",
    "leads",
    "open_cases",
    "placed_applications",
]
