"""How many of the pairs are one person, which duplicates were found, and who was mistaken for another?"""

from typing import Any

import polars as pl

from benchmarks.linkage.records import KINDS

PAIR = ("record_a", "record_b")


def true_pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Every duplicate with its original: `record_a` < `record_b`, `kind`, `linkable` (some field tells them)."""
    one = rows.filter(pl.col("kind") == "").select("truth", *(pl.col(name).alias(f"{name}_1") for name in _SHARED))
    other = rows.filter(pl.col("kind").is_in(KINDS))
    shared = pl.any_horizontal(pl.col(name) == pl.col(f"{name}_1") for name in ("phone", "account_no"))
    place = _figures("address") == _figures("address_1")
    numbered = ~pl.col("kind").str.starts_with("second")
    return other.join(one, on="truth").select(
        pl.min_horizontal("record", "record_1").alias("record_a"),
        pl.max_horizontal("record", "record_1").alias("record_b"),
        "kind",
        (numbered | shared.fill_null(value=False) | place).alias("linkable"),
    )


_SHARED = ("record", "phone", "account_no", "address")


def _figures(column: str) -> pl.Expr:
    found = pl.col(column)
    for number, word in enumerate("一二三四五六七八九", start=1):
        found = found.str.replace(f"{word}组", f"{number}组")
    return found.str.replace("十组", "10组")


def scored(found: pl.DataFrame, rows: pl.DataFrame, *, cut: float | None = None) -> dict[str, Any]:
    """Precision, recall and F1 at `cut`, or at the cut that is best for this way; recall by kind; whom it mistook.

    `found`: `record_a` < `record_b`, `score`. A way that is given its own best cut is flattered: ours is not.
    """
    truth = true_pairs(rows)
    ranked = found.join(truth, on=PAIR, how="left").sort("score", descending=True, maintain_order=True)
    hits = ranked["kind"].is_not_null().cum_sum()
    count = pl.Series(range(1, ranked.height + 1))
    f1 = 2 * hits / (count + truth.height)
    last = ranked["score"] != ranked["score"].shift(-1, fill_value=float("-inf"))  # equal scores stand or fall together
    if cut is None:
        best = f1.to_frame("f1").with_row_index().filter(last).sort("f1", descending=True).row(0)
        raised = ranked.head(best[0] + 1)
    else:
        raised = ranked.filter(pl.col("score") >= cut)
    right = raised.filter(pl.col("kind").is_not_null())
    precision, recall = right.height / max(1, raised.height), right.height / truth.height
    linkable = truth.filter("linkable")
    reached = right.filter("linkable").height / linkable.height
    average = float((ranked["kind"].is_not_null() * hits / count).sum()) / truth.height
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if right.height else 0.0,
        "average_precision": average,
        "recall_linkable": reached,
        "f1_linkable": 2 * precision * reached / (precision + reached) if right.height else 0.0,
        "raised": raised.height,
        **{f"recall_{kind}": _share(right, truth, kind) for kind in KINDS},
        **_mistaken(raised.filter(pl.col("kind").is_null()), rows, raised.height),
    }


def _share(right: pl.DataFrame, truth: pl.DataFrame, kind: str) -> float:
    of = pl.col("kind") == kind
    return right.filter(of).height / truth.filter(of).height


def _mistaken(wrong: pl.DataFrame, rows: pl.DataFrame, raised: int) -> dict[str, Any]:
    """Wrong pairs by what they are; `twin_share` of all raised."""
    who = rows.select("record", "household", alike="kind")
    both = wrong.join(who, left_on="record_a", right_on="record").join(
        who, left_on="record_b", right_on="record", suffix="_b"
    )

    def some(kind: str) -> pl.Expr:
        return (pl.col("alike") == kind) | (pl.col("alike_b") == kind)

    kind = (
        pl.when(some("twin"))
        .then(pl.lit("twin"))
        .when(some("namesake"))
        .then(pl.lit("namesake"))
        .when(some("brother"))
        .then(pl.lit("brother"))
        .when(pl.col("household") == pl.col("household_b"))
        .then(pl.lit("household"))
        .otherwise(pl.lit("other"))
    )
    counts = dict(both.select(kind.alias("of")).group_by("of").len().iter_rows())
    found = {f"wrong_{name}": counts.get(name, 0) for name in ("twin", "namesake", "brother", "household", "other")}
    return {**found, "twin_share": found["wrong_twin"] / max(1, raised)}
