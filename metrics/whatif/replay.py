"""How long would a case have taken, had a step been left out, done beside another, or had there been more staff?

The file is played once more in the order in which it went. A step began some time after the latest of the steps that
had ended by then (acceptance, where none had): that is its waiting, and it is kept. A step left out therefore takes
with it all from the end of what came before it to its own end, not only from its start to its end: nobody would have
waited for it either. Steps that overlapped did not wait for one another, so nothing is taken off twice; over a file
without overlaps the gain is what `metrics.efficiency.bottleneck` calls `held`. Steps done beside one another all begin
after what came before the first of them; whatever followed waits for the longest.

More staff shorten waiting and handling alike, as the load falls: half the work each, half the time. A posting lasts as
long as the law says, and so does whatever stops the clock: their own days are not shortened.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

_Ticks: TypeAlias = npt.NDArray[np.float64]
_Flag: TypeAlias = npt.NDArray[np.bool_]
_AT_ONCE: Final = 50_000  # cases laid out beside one another: some 100 MB
_DIGITS: Final = 6  # of a tick, before a part of one counts as a whole
PLAYED_SCHEMA: Final = pl.Schema({"application_id": pl.Int64(), "before": pl.Int64(), "after": pl.Int64()})


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is done otherwise: steps left out, steps beside one another, times as many staff."""

    removed: frozenset[str]
    parallel: frozenset[str]
    staff: float
    fixed: frozenset[str]  # steps whose own time no staff shortens

    @classmethod
    def of(
        cls, removed: Collection[str], parallel: Collection[str], staff: float, fixed: Collection[str]
    ) -> "Otherwise":
        """From lists of steps; a step left out is not done beside another."""
        return cls(frozenset(removed), frozenset(parallel) - frozenset(removed), staff, frozenset(fixed))

    @property
    def asks(self) -> bool:
        """Is anything done otherwise?"""
        return bool(self.removed) or len(self.parallel) > 1 or self.staff != 1

    @property
    def needed(self) -> frozenset[str]:
        """Steps whose end must be known."""
        return self.removed | self.parallel | (self.fixed if self.staff != 1 else frozenset())


def replayed(cases: pl.DataFrame, steps: pl.DataFrame, otherwise: Otherwise) -> pl.DataFrame:
    """The ticks from acceptance to decision (undecided: to the day of the data) as it was, `before`, and `after`.

    Ticks are working days, calendar days or seconds, as the caller counts. `cases`: `application_id`, `accepted`,
    `until`, `decided`; `steps`: `application_id`, `step`, `started`, `finished` (null: no end). Only cases that can be
    told, as `PLAYED_SCHEMA`; left out, so unknown: those without a step begun by the decision, with a step whose start
    is unknown, or where a step that is done otherwise has no end though the case is decided. A part of a tick counts
    as a whole one. Steps begun after the decision change nothing.
    """
    known = cases.filter(pl.col("until") >= pl.col("accepted"))
    rows = steps.join(known, on="application_id")
    ended = pl.when(pl.col("finished") >= pl.col("started")).then(pl.col("finished"))
    rows = rows.with_columns(ended=pl.when(ended.is_not_null() | pl.col("decided")).then(ended).otherwise("until"))
    lacking = pl.col("ended").is_null() & pl.col("step").is_in(sorted(otherwise.needed))
    untold = rows.filter(pl.col("started").is_null() | lacking).filter(
        pl.col("started").is_null() | (pl.col("started") <= pl.col("until"))
    )
    told = rows.filter(pl.col("started") <= pl.col("until")).join(untold, on="application_id", how="anti")
    within = [pl.col(name).clip(pl.col("accepted"), pl.col("until")) for name in ("started", "ended")]
    told = told.with_columns(within).with_columns(ended=pl.coalesce("ended", "started"))
    told = told.sort("application_id", "started", "ended", "step")
    order = told.select(pl.col("application_id").unique(maintain_order=True)).with_row_index("case")
    told = told.join(order, on="application_id", maintain_order="left").with_columns(
        slot=pl.int_range(pl.len()).over("application_id")
    )
    parts = [pl.DataFrame(schema=PLAYED_SCHEMA)]
    for first in range(0, order.height, _AT_ONCE):
        batch = told.filter(pl.col("case").is_between(first, first + _AT_ONCE, closed="left"))
        parts.append(_played(batch.with_columns(pl.col("case") - first), otherwise))
    return pl.concat(parts)


def _played(rows: pl.DataFrame, otherwise: Otherwise) -> pl.DataFrame:
    """Cases side by side, one slot of all of them at a time."""
    heads = rows.unique("case", keep="first", maintain_order=True).sort("case")
    accepted, until = (heads[name].to_numpy().astype(np.float64) for name in ("accepted", "until"))
    size = (heads.height, int(rows["slot"].max() or 0) + 1)  # type: ignore[arg-type]
    place = (rows["case"].to_numpy(), rows["slot"].to_numpy())

    def laid(values: pl.Series, nothing: float) -> _Ticks:
        table = np.full(size, nothing)
        table[place] = values.to_numpy()
        return table

    began, ended = laid(rows["started"], np.inf), laid(rows["ended"], np.inf)
    removed, beside, fixed = (
        laid(rows["step"].is_in(sorted(names)), 0).astype(np.bool_)
        for names in (otherwise.removed, otherwise.parallel, otherwise.fixed)
    )
    codes = {step: code for code, step in enumerate(rows["step"].unique().sort())}
    step = laid(rows["step"].replace_strict(codes, return_dtype=pl.Float64), -1)
    first = np.min(np.where(beside, began, np.inf), axis=1)  # the first of those done beside one another
    moved = np.full(size, -np.inf)  # where each step ends now; nowhere, if left out
    with np.errstate(invalid="ignore"):  # slots that a case does not have
        for slot in range(size[1]):
            here = began[:, slot] < np.inf
            earlier = ended[:, :slot] <= began[:, slot, None]
            waited = began[:, slot] - _latest(ended[:, :slot], earlier, accepted)
            free = ~beside[:, :slot] & (ended[:, :slot] <= first[:, None])
            again = earlier & (step[:, :slot] == step[:, slot, None])
            awaited = np.where(beside[:, slot, None], free | again, earlier)
            start = _latest(moved[:, :slot], awaited, accepted)
            handled = ended[:, slot] - began[:, slot]
            lasts = waited / otherwise.staff + np.where(fixed[:, slot], handled, handled / otherwise.staff)
            moved[:, slot] = np.where(here & ~removed[:, slot], start + lasts, -np.inf)
    left = until - _latest(ended, ended < np.inf, accepted)
    after = _latest(moved, moved > -np.inf, accepted) + left / otherwise.staff - accepted
    whole = np.ceil(np.round(after, _DIGITS)).astype(np.int64)
    return pl.DataFrame(
        {"application_id": heads["application_id"], "before": (until - accepted).astype(np.int64), "after": whole},
        schema=PLAYED_SCHEMA,
    )


def _latest(ends: _Ticks, counted: _Flag, otherwise: _Ticks) -> _Ticks:
    """The latest of the ends that count, a row a case; where none does, that of `otherwise`."""
    if not ends.shape[1]:
        return otherwise
    latest: _Ticks = np.maximum(np.max(np.where(counted, ends, -np.inf), axis=1), otherwise)
    return latest
