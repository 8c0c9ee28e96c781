"""Of what was planted, how much did each question find; and of what it raised, how much was planted?

Counted by truth row and lead (`metrics.evaluation.pairing`). Unknown is empty, never 0: nothing planted, no recall; no
lead, no precision; a scheme that did not run has found nothing, and missed nothing.
"""

from collections.abc import Collection
from typing import Any, Final

import polars as pl

from casework.errors import CaseworkError
from casework.statistics import poisson_interval, wilson
from casework.text import Text
from metrics.evaluation.pairing import KEY, paired
from metrics.evaluation.ranking import pr_auc, precision_at

EVALUATION_SCHEMA: Final = pl.Schema(
    {
        "scheme": pl.String(),  # "" = all schemes that ran
        "variant": pl.String(),  # "" = all variants
        "ran": pl.Boolean(),
        "planted": pl.Int64(),  # truth rows, each of them one lead
        "found": pl.Int64(),
        "recall": pl.Float64(),
        "recall_low": pl.Float64(),
        "recall_high": pl.Float64(),
        "leads": pl.Int64(),
        "explained": pl.Int64(),
        "unexplained": pl.Int64(),
        "precision": pl.Float64(),
        "precision_low": pl.Float64(),
        "precision_high": pl.Float64(),
        "twins": pl.Int64(),  # subjects
        "twins_raised": pl.Int64(),
        "amounts": pl.Int64(),  # found subjects for which the truth gives an amount
        "amount_exact": pl.Float64(),  # share of them
        "amount_error": pl.Float64(),  # mean absolute error in yuan, where the leads name an amount
        "pr_auc": pl.Float64(),
        "k": pl.Int64(),  # how many leads stand behind precision_at_k
        "precision_at_k": pl.Float64(),
        "alerts_per_10000": pl.Float64(),  # leads a 10 000 persons
        "alerts_low": pl.Float64(),
        "alerts_high": pl.Float64(),
    }
)
PER: Final = 10_000


def evaluate(
    leads: pl.DataFrame,
    truth: pl.DataFrame,
    *,
    ran: Collection[str] | None = None,
    persons: int | None = None,
    visits: int,
) -> pl.DataFrame:
    """One row for all, for each scheme and for each variant, as `EVALUATION_SCHEMA`.

    `leads`: at least `KEY`, `part`, `score`, `amount_fen`; `truth`: `TRUTH_SCHEMA`, persons named alike. `ran`: the
    schemes that ran (None: every one named). `persons`: in the world, for alerts. `visits`: k of precision@k. A truth
    that calls one subject of a scheme planted and a twin is an error.
    """
    _consistent(truth)
    asked = sorted({*truth["scheme"], *leads["scheme"], *(ran or ())})
    running = set(asked) if ran is None else set(ran)
    raised = leads.group_by(KEY).agg(said_fen=pl.col("amount_fen").sum(), silent=_silent())
    planted, leads = paired(leads, truth)
    twins = truth.filter("twin")
    rows = [_all(leads, planted, twins, raised, running, persons)]
    for scheme in asked:
        own = pl.col("scheme") == scheme
        part = [frame.filter(own) for frame in (leads, planted, twins, raised)]
        rows.append(_scheme(scheme, part, persons=persons, visits=visits, ran=scheme in running))
        for variant in sorted({*part[1]["variant"], *part[2]["variant"]}):
            of = pl.col("variant") == variant
            said = _recall(part[1].filter(of), part[3]) | _twins(part[2].filter(of), part[3])
            if scheme not in running:
                said |= {name: None for name in said if name not in {"planted", "twins"}}
            rows.append({"scheme": scheme, "variant": variant, "ran": scheme in running} | said)
    return pl.DataFrame(rows, schema=EVALUATION_SCHEMA)


def _silent() -> pl.Expr:
    """Does some lead of the subject name no amount? Then their sum is not known."""
    return pl.col("amount_fen").is_null().any()


def _consistent(truth: pl.DataFrame) -> None:
    both = truth.group_by(KEY).agg(pl.col("twin").n_unique()).filter(pl.col("twin") > 1)
    if both.height:
        scheme, kind, subject = both.sort(KEY).row(0)[:3]
        raise CaseworkError(
            Text(
                f"真值自相矛盾:{scheme} 的 {kind} {subject} 既是问题又是无辜者",
                f"the truth contradicts itself: {kind} {subject} is planted for {scheme} and a twin of it",
            )
        )


def _all(
    leads: pl.DataFrame,
    planted: pl.DataFrame,
    twins: pl.DataFrame,
    raised: pl.DataFrame,
    running: set[str],
    persons: int | None,
) -> dict[str, Any]:
    """Everything that ran, as one; scores are not compared between schemes."""
    start: dict[str, Any] = {"scheme": "", "variant": "", "ran": bool(running)}
    if not running:
        return start
    asked = pl.col("scheme").is_in(sorted(running))
    sown, alike = planted.filter(asked), twins.filter(asked)
    said = _recall(sown, raised) | _precision(leads) | _twins(alike, raised) | _alerts(leads.height, persons)
    return start | said


def _scheme(scheme: str, parts: list[pl.DataFrame], *, persons: int | None, visits: int, ran: bool) -> dict[str, Any]:
    leads, planted, twins, raised = parts
    start: dict[str, Any] = {"scheme": scheme, "variant": "", "ran": ran}
    if not ran:
        return start | {"planted": planted.height, "twins": _subjects(twins)}
    ranked = list(zip(leads["score"], leads["explained"], strict=True))
    order = {
        "pr_auc": pr_auc(ranked, planted.height),
        "k": min(visits, len(ranked)) or None,
        "precision_at_k": precision_at(ranked, visits),
    }
    found = _recall(planted, raised) | _precision(leads) | _twins(twins, raised)
    return start | found | order | _alerts(leads.height, persons)


def _subjects(rows: pl.DataFrame) -> int:
    return rows.select(KEY).n_unique() if rows.height else 0


def _recall(planted: pl.DataFrame, raised: pl.DataFrame) -> dict[str, Any]:
    """Planted rows found, and how well the amounts of found subjects agree where the truth gives all of them."""
    sown = planted.group_by(KEY).agg(meant_fen=pl.col("amount_fen").sum(), unsaid=pl.col("amount_fen").is_null().any())
    priced = sown.filter(~pl.col("unsaid")).join(raised, on=KEY, how="inner")
    told = priced.filter(~pl.col("silent"))
    exact = told.filter(pl.col("said_fen") == pl.col("meant_fen")).height
    error = told.select((pl.col("said_fen") - pl.col("meant_fen")).abs().mean() / 100).item() if told.height else None
    found = int(planted["found"].sum())
    said = {"planted": planted.height, "found": found} | _share("recall", found, planted.height)
    exactly = exact / priced.height if priced.height else None
    return said | {"amounts": priced.height, "amount_exact": exactly, "amount_error": error}


def _precision(leads: pl.DataFrame) -> dict[str, Any]:
    explained = int(leads["explained"].sum())
    counts = {"leads": leads.height, "explained": explained, "unexplained": leads.height - explained}
    return counts | _share("precision", explained, leads.height)


def _twins(twins: pl.DataFrame, raised: pl.DataFrame) -> dict[str, Any]:
    alike = twins.select(KEY).unique()
    return {"twins": alike.height, "twins_raised": alike.join(raised, on=KEY, how="semi").height}


def _share(name: str, part: int, whole: int) -> dict[str, float | None]:
    if whole == 0:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    low, high = wilson(part, whole)
    return {name: part / whole, f"{name}_low": float(low), f"{name}_high": float(high)}


def _alerts(leads: int, persons: int | None) -> dict[str, float | None]:
    if not persons:
        return {}
    low, high = poisson_interval(leads, persons / PER)
    return {"alerts_per_10000": leads * PER / persons, "alerts_low": float(low), "alerts_high": float(high)}
