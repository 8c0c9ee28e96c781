"""What do several seeds of a world say together, and how much do they differ?

A scheme's figures are pooled over the seeds of one regime. Every seed plants the same variants, so cases of one world
are alike and the unit is the seed: Student's t of n - 1 degrees on how far each seed lies from the pooled figure. Where
every seed agrees that says too little, so the interval is never narrower than what the pooled count alone allows
(Wilson for shares, Garwood for rates). It speaks of further seeds, never of further kinds of cases.
"""

from typing import Any, Final

import numpy as np
import polars as pl
import scipy  # its parts load when first used

from casework.statistics import poisson_interval, wilson

SEEDS_SCHEMA: Final = pl.Schema(
    {
        "regime": pl.String(),
        "scheme": pl.String(),
        "seeds": pl.Int64(),
        "persons": pl.Int64(),
        "planted": pl.Int64(),
        "found": pl.Int64(),
        "recall": pl.Float64(),
        "recall_low": pl.Float64(),
        "recall_high": pl.Float64(),
        "leads": pl.Int64(),
        "explained": pl.Int64(),
        "precision": pl.Float64(),
        "precision_low": pl.Float64(),
        "precision_high": pl.Float64(),
        "twins": pl.Int64(),
        "twins_raised": pl.Int64(),
        "amounts": pl.Int64(),  # found subjects for which the truth gives an amount
        "amount_exact": pl.Float64(),  # share of them
        "alerts_per_10000": pl.Float64(),
        "alerts_low": pl.Float64(),
        "alerts_high": pl.Float64(),
        "pr_auc": pl.Float64(),  # mean of the seeds
        "precision_at_k": pl.Float64(),  # mean of the seeds, of k visits or of all leads where there are fewer
    }
)
_LEVEL: Final = 0.95
_PER: Final = 10_000
Figures = np.ndarray[Any, np.dtype[np.float64]]
_COUNTS: Final = ("persons", "planted", "found", "leads", "explained", "twins", "twins_raised", "amounts")


def over_seeds(evaluations: pl.DataFrame) -> pl.DataFrame:
    """One row a regime and scheme, as `SEEDS_SCHEMA`.

    `evaluations`: the rows of `evaluate`, with `regime`, `seed` and `persons` beside them. Seeds in which a scheme did
    not run are left out.
    """
    whole = evaluations.filter((pl.col("variant") == "") & pl.col("ran"))
    groups = whole.sort("regime", "scheme", "seed").group_by("regime", "scheme", maintain_order=True)
    return pl.DataFrame([_pooled(key, rows) for key, rows in groups], schema=SEEDS_SCHEMA)


def _pooled(key: tuple[Any, ...], rows: pl.DataFrame) -> dict[str, Any]:
    totals = {name: int(rows[name].sum()) for name in _COUNTS}
    said: dict[str, Any] = {"regime": key[0], "scheme": key[1], "seeds": rows.height} | totals
    said |= _ratio("recall", rows["found"], rows["planted"])
    said |= _ratio("precision", rows["explained"], rows["leads"])
    said |= _ratio("alerts", rows["leads"], rows["persons"], per=_PER)
    said["alerts_per_10000"] = said.pop("alerts")
    exact = (rows["amount_exact"] * rows["amounts"]).sum()
    said["amount_exact"] = exact / totals["amounts"] if totals["amounts"] else None
    return said | {name: rows[name].mean() for name in ("pr_auc", "precision_at_k")}


def _ratio(name: str, part: pl.Series, whole: pl.Series, *, per: int = 0) -> dict[str, float | None]:
    """The pooled share (or rate a `per`) and the wider of its two intervals."""
    parts, wholes = part.to_numpy().astype(float), whole.to_numpy().astype(float)
    if wholes.sum() == 0:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    scale = per or 1
    pooled = scale * parts.sum() / wholes.sum()
    low, high = poisson_interval(parts.sum(), wholes.sum() / per) if per else wilson(parts.sum(), wholes.sum())
    half = scale * _between(parts, wholes)
    return {
        name: pooled,
        f"{name}_low": min(float(low), max(0.0, pooled - half)),
        f"{name}_high": max(float(high), pooled + half if per else min(1.0, pooled + half)),
    }


def _between(parts: Figures, wholes: Figures) -> float:
    """Half the width of the interval that the seeds' own differences allow; 0 for one seed alone."""
    seeds = np.count_nonzero(wholes)
    if seeds < 2:  # noqa: PLR2004 - one cannot differ
        return 0.0
    off = parts - wholes * parts.sum() / wholes.sum()  # of each seed, in cases
    error = np.sqrt(seeds / (seeds - 1) * (off**2).sum()) / wholes.sum()
    return float(scipy.stats.t.ppf((1 + _LEVEL) / 2, seeds - 1) * error)
