"""At which step do cases lie, waiting for it or in its hands, and which step makes the late ones late?

Not a metric of its own. In working days, the stopped clock not taken off: this is where the time went, not what the law
counts.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.calendar import Calendar
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import STEP

DECISION: Final = "decision"  # from the end of the last step to the decision
_ORDER: Final = ("started_at_epoch", "finished_at_epoch", "step")


def steps(data: Tables) -> Frame:
    """The steps with a beginning, as far as `dwelt` reads them."""
    return (
        data[STEP]
        .filter(~nw.col("started_at_day").is_null())
        .select(
            "application_id",
            "step",
            *("started_at_day", "started_at_epoch", "finished_at_day", "finished_at_epoch"),
        )
    )


def dwelt(cases: pl.DataFrame, steps: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """How long did each case wait for each of its steps, and lie in its hands?

    `cases`: decided ones, `application_id`, `accepted_at_day`, `until_day` (the decision's). A row a case and step,
    repeated ones summed: `waiting`, working days from the end of what came before (acceptance, or the latest end of
    the steps begun earlier) to its start; `handling`, from its start to its end, null where no end is known; `held`,
    the days by which it moved the end of the case. Steps may overlap, so waiting and handling need not add up; the
    `held` of a case do, to its working days from acceptance to decision. Steps begun after the decision are left out,
    and so are cases without a step or beyond the calendar.
    """
    known = steps.join(cases, on="application_id").filter(pl.col("started_at_day") <= pl.col("until_day"))
    ended = pl.when(pl.col("finished_at_day") >= pl.col("started_at_day")).then(
        pl.min_horizontal("finished_at_day", "until_day")
    )
    counted = known.with_columns(ended.alias("ended_day"))
    for day in ("accepted_at", "started_at", "ended", "until"):
        counted = counted.join(_ordinals(calendar, day), on=f"{day}_day", how="left")
    counted = counted.drop_nulls(["accepted_at", "started_at", "until"]).filter(
        pl.col("until") >= pl.col("accepted_at")
    )
    return pl.concat([_each(counted), _last(counted)]).sort("application_id", "step")


def bottleneck(cases: pl.DataFrame, dwelt: pl.DataFrame) -> pl.DataFrame:
    """One row a step: `cases` that took it, mean `waiting` and `handling` of these, `known` ends, and `excess`.

    `cases` has `application_id` and `late`. `excess`: the mean days by which the step moved the end of late cases, less
    the same of those in time; a case that did not take it counts 0. Over all steps it adds up to the days that late
    cases took longer. Null where either kind is missing.
    """
    mine = dwelt.join(cases.select("application_id", "late"), on="application_id")
    late, timely = (_spread(mine, late=late) for late in (True, False))
    found = mine.group_by("step").agg(
        pl.len().alias("cases"),
        pl.col("waiting").mean(),
        pl.col("handling").mean(),
        pl.col("handling").count().alias("known"),
    )
    both = found.join(late, on="step", how="left").join(timely, on="step", how="left", suffix="_timely")
    return (
        both.with_columns(excess=pl.col("held").fill_null(0) - pl.col("held_timely").fill_null(0))
        .with_columns(excess=pl.when(_both_kinds(mine)).then(pl.col("excess")))
        .select("step", "cases", "waiting", "handling", "known", "excess")
        .sort("step")
    )


def in_order(policy: Policy, region: str) -> list[str]:
    """Every step in the order of the region's own process; what its rule leaves free stays where it usually comes."""
    usual = [option.code for option in STEP["step"].options]
    own = list(policy.value("process_order", region=region) or ())
    ruled = iter(own)
    return [next(ruled) if step in own else step for step in usual] + [DECISION]


def _each(counted: pl.DataFrame) -> pl.DataFrame:
    """Case by case along its steps: how far the ends so far reached, and what this step adds."""
    reach = pl.coalesce("ended", "started_at")
    before = pl.col("reach").cum_max().shift(1).over("application_id").fill_null(pl.col("accepted_at"))
    along = (
        counted.sort("application_id", *_ORDER, nulls_last=True)
        .with_columns(reach=pl.max_horizontal(reach, "accepted_at"))
        .with_columns(before=before)
    )
    return (
        along.with_columns(
            waiting=pl.max_horizontal(pl.col("started_at") - pl.col("before"), 0),
            handling=pl.col("ended") - pl.col("started_at"),
            held=pl.max_horizontal(pl.col("reach") - pl.col("before"), 0),
        )
        .group_by("application_id", "step")
        .agg(
            pl.col("waiting").sum(),
            pl.when(pl.col("handling").count() > 0).then(pl.col("handling").sum()).alias("handling"),
            pl.col("held").sum(),
        )
    )


def _last(counted: pl.DataFrame) -> pl.DataFrame:
    reach = pl.max_horizontal(pl.coalesce("ended", "started_at").max(), pl.col("accepted_at").max())
    left = (pl.col("until").max() - reach).cast(pl.Int32)
    return counted.group_by("application_id").agg(
        pl.lit(DECISION).alias("step"),
        left.alias("waiting"),
        pl.lit(None, dtype=pl.Int32).alias("handling"),
        left.alias("held"),
    )


def _spread(mine: pl.DataFrame, *, late: bool) -> pl.DataFrame:
    """Over all cases of a kind, those without the step too."""
    kind = mine.filter(pl.col("late") == late)
    return kind.group_by("step").agg(pl.col("held").sum() / kind["application_id"].n_unique())


def _both_kinds(mine: pl.DataFrame) -> bool:
    return set(mine["late"].drop_nulls().unique()) == {True, False}


def _ordinals(calendar: Calendar, day: str) -> pl.DataFrame:
    """Running numbers of working days; the difference of two is the working days between."""
    return calendar.frame.select(pl.col("day").alias(f"{day}_day"), pl.col("ordinal").alias(day))
