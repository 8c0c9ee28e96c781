"""What do all the questions of a package find in one snapshot?

The same snapshot, policy, version and refuted leads give the same rows, whatever the thread count, hash seed, row order
or engine, and whichever other questions are chosen: one that reads leads is given those of all others, kept or not.
"""

import hashlib
import json
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

import narwhals as nw
import polars as pl

from casework import written
from casework.card import Card
from casework.dataset import Tables
from casework.errors import CaseworkError, WrongUsageError
from casework.lead import EVIDENCE_SCHEMA, FACT, KEPT, LEAD_KEY, LEAD_SCHEMA, UNCHECKED, Evidence, Leads
from casework.policy import Policy
from casework.registry import found
from casework.tables import LEAD
from casework.text import Text

RUNS_SCHEMA: Final = pl.Schema(
    {
        "scheme": pl.String(),
        "status": pl.String(),  # ran, partly, not_run
        "reason": pl.String(),
        "leads": pl.Int64(),
        "undecidable": pl.Int64(),
        "seconds": pl.Float64(),
    }
)
Progress = Callable[[str, int, int], None]  # scheme, its place, how many there are


@dataclass(frozen=True, slots=True)
class Run:
    """The leads of one run, their evidence, and what each scheme did."""

    leads: pl.DataFrame
    evidence: pl.DataFrame
    runs: pl.DataFrame


def run(
    package: ModuleType,
    data: Tables,
    policy: Policy,
    *,
    only: Collection[str] | None = None,
    refuted: Collection[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Run:
    """Ask every question of the package, or `only` those schemes.

    A question that fails ends the run with an error that names it: leads that silently lack a scheme would read as
    "nothing found". What an earlier run found stays as it was. Questions that read leads come last and see the leads of
    all the others but the `refuted` ones (lead_id and content_digest: once it says something else, it is another lead;
    without a digest: whatever it says).

    Raises:
        WrongUsageError: `only` names an unknown scheme.
        CaseworkError: a question failed.
    """
    modules = found(package)
    chosen = _chosen(modules, only)
    asked = _in_turn(modules, chosen, data)
    leads, proofs, runs = [pl.DataFrame(schema=LEAD_SCHEMA)], [pl.DataFrame(schema=EVIDENCE_SCHEMA)], []
    raised = leads[0]
    for place, module in enumerate(asked):
        card: Card = module.CARD
        if progress is not None:
            progress(card.scheme, place, len(asked))
        begun = time.perf_counter()
        if lacking := _lacking(card, data):
            runs.append((card.scheme, "not_run", f"needs {lacking}", 0, 0, 0.0))
            continue
        try:
            seen = data.beside({LEAD: _unrefuted(raised, refuted)}) if card.reads_leads else data
            rows, proof, undecidable = _ask(module, seen, policy)
        except CaseworkError as error:
            raise CaseworkError(
                Text(f"{card.scheme}:{error.message.zh}", f"{card.scheme}: {error.message.en}")
            ) from error
        except Exception as error:
            raise CaseworkError(
                Text(f"{card.scheme} 未能运行:{error}", f"{card.scheme} could not run: {error}")
            ) from error
        missed = data.lacking((*card.either, *card.also_uses))
        status, reason = ("partly", f"lacks {', '.join(missed)}") if missed else ("ran", "")
        runs.append((card.scheme, status, reason, rows.height, undecidable, round(time.perf_counter() - begun, 3)))
        if not card.reads_leads:
            raised = pl.concat([raised, rows])
        leads.append(rows)
        proofs.append(proof)
    kept = pl.col("scheme").is_in([module.CARD.scheme for module in chosen])
    shown = pl.concat(leads).filter(kept).sort("lead_id")
    return Run(
        shown,
        pl.concat(proofs).join(shown, on="lead_id", how="semi").sort(EVIDENCE_SCHEMA.names()),
        pl.DataFrame(runs, schema=RUNS_SCHEMA, orient="row").filter(kept),
    )


def lead_id(scheme: str, subject: str, part: str = "") -> str:
    """The same over runs, snapshots and row order."""
    return hashlib.blake2b(f"{scheme}|{subject}|{part}".encode(), digest_size=8).hexdigest()


def _chosen(modules: list[ModuleType], only: Collection[str] | None) -> list[ModuleType]:
    if only is None:
        return modules
    known = {module.CARD.scheme for module in modules}
    if unknown := sorted(set(only) - known):
        raise WrongUsageError(
            Text(
                f"没有名为 {'、'.join(unknown)} 的规则;可用:{'、'.join(sorted(known))}",
                f"no scheme named {', '.join(unknown)}; there are {', '.join(sorted(known))}",
            )
        )
    return [module for module in modules if module.CARD.scheme in only]


def _in_turn(modules: list[ModuleType], chosen: list[ModuleType], data: Tables) -> list[ModuleType]:
    """The chosen questions, those that read leads last; and where one of them can be asked, all others before it.

    What a lead says must not depend on which other questions somebody chose to see.
    """
    readers = [module for module in chosen if module.CARD.reads_leads]
    heard = any(not _lacking(module.CARD, data) for module in readers)
    return [*(module for module in (modules if heard else chosen) if not module.CARD.reads_leads), *readers]


def _unrefuted(raised: pl.DataFrame, refuted: Collection[tuple[str, str]]) -> pl.DataFrame:
    """The leads that nobody found untrue as they are now; without a digest, whatever they say."""
    said = pl.DataFrame(sorted(refuted), schema=dict.fromkeys(("lead_id", "content_digest"), pl.String()), orient="row")
    always = said.filter(pl.col("content_digest") == "")
    left = raised.join(said, on=["lead_id", "content_digest"], how="anti").join(always, on="lead_id", how="anti")
    left = left.sort("lead_id")
    return left.select(name for name in LEAD_SCHEMA if name in LEAD.schema)


def _lacking(card: Card, data: Tables) -> str:
    """What the question cannot do without and the source does not have; "" if it can be asked."""
    missed = data.lacking(card.needs)
    if card.either and not any(data.meets(need) for need in card.either):
        missed.append(" or ".join(str(need) for need in card.either))
    return ", ".join(missed)


def _ask(module: ModuleType, data: Tables, policy: Policy) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """One question's leads and evidence as they are kept, and how many rows it could not decide."""
    answer: Leads = module.detect(data, policy)
    wanted = [answer.rows, *([] if answer.undecidable is None else [answer.undecidable.select(_count())])]
    rows, *counts = data.engine.collect_all(wanted)
    rows = _one_each(rows, answer.card)
    proof = _evidence(answer.evidence, rows, data)
    return _kept(rows, proof, module, data, policy), proof, int(counts[0].item()) if counts else 0


def _count() -> nw.Expr:
    return nw.len().alias("rows")


def _one_each(rows: pl.DataFrame, card: Card) -> pl.DataFrame:
    """One row for each subject and part, its facts as JSON; a subject filed twice keeps its worst row."""
    facts = [_fact(rows, name, many=fact.many).alias(name) for name, fact in sorted(card.facts.items())]
    shown = rows.with_columns(
        pl.struct(facts).struct.json_encode().alias("facts") if facts else pl.lit("{}").alias("facts"),
        pl.col("score").round(6),
        pl.col("related").fill_null("").str.split(";").list.eval(pl.element().filter(pl.element() != "")),
    ).drop(name for name in rows.columns if name.startswith(FACT))
    order = ["score", "amount_fen", "facts", "region_code"]
    worst = shown.sort(*LEAD_KEY, *order, descending=[False, False, True, True, False, False], nulls_last=True)
    single = worst.unique(LEAD_KEY, keep="first", maintain_order=True)
    ids = [lead_id(card.scheme, *key) for key in single.select(LEAD_KEY).iter_rows()]
    return single.with_columns(lead_id=pl.Series(ids, dtype=pl.String()))


def _fact(rows: pl.DataFrame, name: str, *, many: bool) -> pl.Expr:
    value, dtype = pl.col(FACT + name), rows.schema[FACT + name]
    if many:
        return value.str.split(";").list.eval(pl.element().filter(pl.element() != ""))
    if dtype == pl.Date:
        return written.month(value) if name.endswith("_month") else written.day(value)
    if isinstance(dtype, pl.Datetime):
        return written.moment(value, pl.col(f"{FACT}{name}_dated"))
    if dtype.is_float():
        return value.round(6)
    return value.cast(pl.Int64) if dtype.is_integer() else value


def _evidence(wanted: tuple[Evidence, ...], rows: pl.DataFrame, data: Tables) -> pl.DataFrame:
    """Every piece of evidence as lines of table, key, column and value."""
    lines = [pl.DataFrame(schema=EVIDENCE_SCHEMA)]
    if wanted and rows.height:
        small = rows.select(*LEAD_KEY, *(name for name in rows.columns if name.startswith(KEPT)))
        place = data.engine.place(small)
        ids = rows.select(*LEAD_KEY, "lead_id")
        for piece, seen in zip(wanted, data.engine.collect_all([one.gather(place) for one in wanted]), strict=True):
            columns = {column.name: column for column in piece.table.key}
            columns |= {name: piece.table[name] for name in piece.show}
            texts = seen.join(ids, on=LEAD_KEY).select(
                "lead_id",
                "source_file",
                pl.col("source_row").cast(pl.Int32),
                written.key(piece.table).alias("key"),
                *(written.column(column).alias(f"={name}") for name, column in columns.items()),
            )
            lines.extend(
                texts.select(
                    "lead_id",
                    pl.lit(piece.table.name).alias("table"),
                    "key",
                    pl.lit(name).alias("column"),
                    pl.col(f"={name}").alias("value"),
                    "source_file",
                    "source_row",
                )
                for name in columns
            )
    return pl.concat(lines).unique()


def _kept(rows: pl.DataFrame, proof: pl.DataFrame, module: ModuleType, data: Tables, policy: Policy) -> pl.DataFrame:
    """The rows with everything a kept lead says of its origin."""
    card: Card = module.CARD
    checked = [
        place for place, innocent in enumerate(card.innocent) if innocent.checked and not data.lacking(innocent.checked)
    ]
    ruled_out = [
        json.dumps([place for place in checked if str(place) not in said.split(";")]) for said in rows[UNCHECKED]
    ]
    used = {need.table.name for need in (*card.needs, *card.either, *card.also_uses) if data.has(need.table)}
    return (
        rows.with_columns(pl.Series("checked_innocent", ruled_out, dtype=pl.String()))
        .join(_digests(rows, proof), on="lead_id", how="left")
        .with_columns(
            pl.struct("related").struct.json_encode().str.strip_prefix('{"related":').str.strip_suffix("}"),
            scheme=pl.lit(card.scheme),
            family=pl.lit(card.family),
            rule=pl.lit(card.rule),
            rule_version=pl.lit(policy.rule(card.rule).digest[:12]),
            sources=pl.lit(json.dumps(dict.fromkeys(sorted(used), data.as_of.isoformat()))),
            snapshot=pl.lit(data.digest),
            policy=pl.lit(policy.digest),
            detector=pl.lit(_source_digest(module)),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in LEAD_SCHEMA.items())
    )


def _digests(rows: pl.DataFrame, proof: pl.DataFrame) -> pl.DataFrame:
    """What each lead says, so that equal content is known again wherever its rows were read from."""
    lines = (
        proof.select("lead_id", pl.concat_str("table", "key", "column", "value", separator="|", ignore_nulls=True))
        .unique()
        .sort("lead_id", "table")
        .group_by("lead_id", maintain_order=True)
        .agg(pl.col("table").str.join("\n").alias("lines"))
    )
    said = rows.join(lines, on="lead_id", how="left").select(
        "lead_id",
        pl.concat_str(
            "level",
            "severity",
            pl.col("amount_fen").cast(pl.String),
            written.day(pl.col("since")),
            written.day(pl.col("until")),
            "facts",
            "lines",
            separator="\n",
            ignore_nulls=True,
        ).alias("said"),
    )
    digests = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in said["said"]]
    return said.select("lead_id", pl.Series("content_digest", digests, dtype=pl.String()))


def _source_digest(module: ModuleType) -> str:
    return hashlib.sha256(Path(str(module.__file__)).read_bytes()).hexdigest()
