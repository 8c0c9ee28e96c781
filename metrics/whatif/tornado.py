"""Which rule moves the numbers most, if each alone were a little less or a little more?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from casework.policy.change import Change

Ask = Callable[[tuple[Change, ...]], Mapping[str, float]]  # the headline numbers under some changes
SCHEMA: Final = pl.Schema(
    {
        "rule": pl.String(),
        "which": pl.String(),
        "scope": pl.String(),
        "step": pl.String(),  # "x0.9 x1.1" or "-1 +1"
        "measure": pl.String(),
        "base": pl.Float64(),
        "less": pl.Float64(),  # where the rule is the lower one
        "more": pl.Float64(),
        "spread": pl.Float64(),  # the furthest apart of the three
    }
)


@dataclass(frozen=True, slots=True)
class Swing:
    """One number of a rule, to be moved by a share of itself, or (`whole`) by one: months come whole."""

    id: str
    which: str = ""
    scope: Mapping[str, str | bool | int] = field(default_factory=dict)
    whole: bool = False


SWINGS: Final = (
    Swing("dibao_standard", scope={"urban_rural": "urban"}),
    Swing("dibao_standard", scope={"urban_rural": "rural"}),
    Swing("labour_coefficient"),
    Swing("work_months", whole=True),
    Swing("land_ratio"),
    Swing("support_rate"),
    Swing("disregard"),
    Swing("job_cost"),
    Swing("deduction_cap"),
    Swing("category_topup"),
    Swing("taper_months", whole=True),
    Swing("aid_term_months", whole=True),
)


def tornado(ask: Ask, by: float, swings: Sequence[Swing] = SWINGS) -> pl.DataFrame:
    """Every rule less and more, a row a rule and measure, the widest spread of the first measure on top.

    `by`: the share of its value by which a rule is moved (0.1: a tenth less, a tenth more). What is nothing now, or
    limits nothing, stays so: its spread is 0. ValueError: `by` is not between 0 and 1.
    """
    if not 0 < by < 1:
        raise ValueError(f"a rule is moved by a share between 0 and 1 of its value, not by {by}")
    base = ask(())
    rows = []
    for swing in swings:
        less, more = (ask((change,)) for change in _changes(swing, by))
        step = "-1 +1" if swing.whole else f"x{1 - by:g} x{1 + by:g}"
        scope = ", ".join(f"{key}={value}" for key, value in sorted(swing.scope.items()))
        for name, value in base.items():
            ends = (value, less[name], more[name])
            rows.append((swing.id, swing.which, scope, step, name, *ends, max(ends) - min(ends)))
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    first = pl.col("spread").filter(pl.col("measure") == next(iter(base), "")).first()
    own = first.over("rule", "which", "scope")
    place = pl.Series([place for _ in swings for place in range(len(base))], dtype=pl.Int64)
    return (
        table.with_columns(_own=own, _place=place)
        .sort("_own", "rule", "which", "scope", "_place", descending=[True, False, False, False, False])
        .drop("_own", "_place")
    )


def _changes(swing: Swing, by: float) -> tuple[Change, Change]:
    if swing.whole:
        return (
            Change(swing.id, which=swing.which, scope=swing.scope, add=-1),
            Change(swing.id, which=swing.which, scope=swing.scope, add=1),
        )
    return (
        Change(swing.id, which=swing.which, scope=swing.scope, scale=1 - by),
        Change(swing.id, which=swing.which, scope=swing.scope, scale=1 + by),
    )
