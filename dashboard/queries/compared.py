"""What can honestly be said of areas side by side: chance, the mix of programmes, luck of few cases, and order?

The methods are those of `metrics.honest`; here they meet on one frame, each where the kind of number allows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from casework.card import MetricCard
from casework.statistics.shrinkage import shrunk_rates, shrunk_shares
from metrics.honest.funnel import BOUNDS, Funnel, FunnelKind, funnel
from metrics.honest.ranking import Ranking, discoveries, ranking
from metrics.honest.standard import pooled, standardised

NUMBERS: Final = ("part", "whole", "value", "low", "high")
KINDS: Final[dict[str, FunnelKind]] = {"share": "share", "rate": "rate"}
JUDGED: Final = (*BOUNDS, "adjusted_z", "p", "q", "named", "verdict")
WITHOUT: Final = {
    **dict.fromkeys((*BOUNDS, "adjusted_z"), pl.Float64()),
    "p": pl.Float64(),
    "q": pl.Float64(),
    "named": pl.Boolean(),
    "verdict": pl.String(),
    "shrunk": pl.Float64(),
    "shrunk_low": pl.Float64(),
    "shrunk_high": pl.Float64(),
    "observed": pl.Int64(),
    "expected": pl.Float64(),
    "ratio": pl.Float64(),
    "ratio_low": pl.Float64(),
    "ratio_high": pl.Float64(),
    "unknown_strata": pl.UInt32(),
}
State = Literal["known", "hidden", "unknown"]


@dataclass(frozen=True, slots=True)
class Compared:
    """Areas side by side.

    `frame`: one row an area in the order asked, with the number (`part`, `whole`, `value`, `low`, `high`,
    `suppressed`), `n` (the whole, of the average month where the same people are counted in each), the columns of
    `WITHOUT` (null where the method does not apply), `reason`, `best_rank`, `worst_rank`. `funnel` is None where the
    kind of number has none. `shrunk`, `mixed`: whether there was enough to shrink, and strata to standardise by.
    """

    frame: pl.DataFrame
    funnel: Funnel | None
    ranking: Ranking
    shrunk: bool
    mixed: bool


def compared(
    card: MetricCard,
    codes: Sequence[str],
    numbers: pl.DataFrame,
    repeats: Mapping[str, int],
    strata: pl.DataFrame | None,
    together: float | None = None,
) -> Compared:
    """`numbers`: as counted, some areas may be missing. `repeats`: by area, 1 where not named.

    `together`: the number of all areas, hidden ones too, with which they are compared; without it the shown ones'.

    `strata`: `region_code`, `programme`, `part`, `whole`; None where the number has none.
    """
    areas = _areas(codes, numbers, repeats)
    ranked = ranking(areas, card.minimum, card.better)
    frame, kind = ranked.frame, KINDS.get(card.kind)
    found, shrunk = None, False
    if kind is not None:
        found = funnel(areas, kind, card.per, together)
        frame = _beside(frame, discoveries(found).select(*JUDGED))
        shrunk, less_luck = _shrunk(card, kind, areas)
        frame = _beside(frame, less_luck)
    if strata is not None:
        frame = frame.join(_against_the_mix(strata), on="region_code", how="left", maintain_order="left")
    missing = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in WITHOUT.items() if name not in frame.columns]
    return Compared(frame.with_columns(missing), found, ranked, shrunk, strata is not None)


def _areas(codes: Sequence[str], numbers: pl.DataFrame, repeats: Mapping[str, int]) -> pl.DataFrame:
    """A row for every area asked for, one without a count too."""
    asked = pl.DataFrame({"region_code": [*codes]}, schema={"region_code": pl.String()})
    known = numbers.select("region_code", *NUMBERS, "suppressed")
    over = pl.Series("repeats", [repeats.get(code, 1) for code in codes], dtype=pl.Int64)
    return (
        asked.join(known, on="region_code", how="left", maintain_order="left")
        .with_columns(over, suppressed=pl.col("suppressed").fill_null(value=False))
        .with_columns(n=pl.col("whole") / pl.col("repeats"))
    )


def _beside(frame: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(columns.get_columns())


def _shrunk(card: MetricCard, kind: FunnelKind, areas: pl.DataFrame) -> tuple[bool, pl.DataFrame]:
    """The part of the average month is rounded: the model is one of whole cases."""
    part = (areas["part"] / areas["repeats"]).round().fill_null(float("nan"))
    whole = areas["n"].fill_null(float("nan"))
    answer = shrunk_shares(part, whole) if kind == "share" else shrunk_rates(part, whole, card.per)
    names = {"value": "shrunk", "low": "shrunk_low", "high": "shrunk_high"}
    return answer.prior is not None, answer.frame.select(pl.col(old).alias(new) for old, new in names.items())


def _against_the_mix(strata: pl.DataFrame) -> pl.DataFrame:
    """Observed by expected, were each programme counted here as in all areas together."""
    by = ["programme"]
    local = strata.select(pl.col("region_code").alias("unit"), *by, "part", "whole")
    answer = standardised(local, pooled(local, by), by).frame
    return answer.rename({"unit": "region_code", "low": "ratio_low", "high": "ratio_high"})
