"""Which complaints came in, how far was each dealt with, and how long did that take?

Counts only: no number, no name, no word of a complaint is read here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import narwhals as nw
import polars as pl

from casework.complaints import KINDS
from casework.dataset import Tables
from casework.regions import Regions
from casework.tables import COMPLAINT
from dashboard.queries import in_force
from dashboard.queries.counts import Period, index
from metrics.complaints.received import received
from metrics.honest.survival import Survival, survival

BY: Final = ("level", "kind", "channel")
STAGES: Final = ("told", "met", "closed")
UNKNOWN: Final = "?"  # of a complaint for which the source names none
_MOMENTS: Final = {"told": ("told_at_day", "closed_at_day"), "met": ("met_at_day",), "closed": ("closed_at_day",)}


@dataclass(frozen=True, slots=True)
class Heard:
    """A row a complaint, and the stages of which the source says anything.

    `rows`: `home`, `month_index` received, `level`, `kind`, `channel`; `asked`: named, and no enquiry, so that its
    sender is to be told, met and answered; of each stage `<stage>` (has it happened?) and `<stage>_days` from reception
    to it, else to the day of the data.
    """

    rows: pl.DataFrame
    stages: tuple[str, ...]


def read(tables: Tables, regions: Regions) -> Heard | None:
    """Every complaint up to the day of the data; None where the source has no complaints at all.

    Who was never told has heard by the closing answer at the latest.
    """
    if not tables.has(COMPLAINT, "received_at"):
        return None
    asked = nw.col("kind").is_in(KINDS) & nw.col("named").fill_null(value=False)
    moments = {stage: nw.coalesce(*map(nw.col, days)) for stage, days in _MOMENTS.items()}
    watched = nw.lit(tables.as_of_day)
    rows = received(tables).select(
        "region_code",
        "month_index",
        *BY,
        asked.alias("asked"),
        *((~moment.is_null()).alias(stage) for stage, moment in moments.items()),
        *(
            (nw.coalesce(moment, watched) - nw.col("received_at_day")).alias(f"{stage}_days")
            for stage, moment in moments.items()
        ),
    )
    found = in_force.placed(regions, tables.engine.collect(rows)).drop("region_code")
    return Heard(found, tuple(stage for stage in STAGES if tables.has(COMPLAINT, f"{stage}_at")))


def narrowed(rows: pl.DataFrame, regions: Collection[str], period: Period) -> pl.DataFrame:
    """The complaints of these regions that came in in these months."""
    months = pl.col("month_index").is_between(index(period.since), index(period.until))
    return rows.filter(pl.col("home").is_in(list(regions)), months)


def counted(rows: pl.DataFrame, by: str) -> dict[str, int]:
    """How many of each level, kind or channel, in the order of the contract; none is 0."""
    found: dict[str, int] = dict(rows.select(pl.col(by).fill_null(UNKNOWN)).group_by(by).len().iter_rows())
    order = [option.code for option in COMPLAINT[by].options]
    unknown = {UNKNOWN: found[UNKNOWN]} if UNKNOWN in found else {}
    return {code: found.get(code, 0) for code in order} | unknown


def reached(rows: pl.DataFrame, stages: Collection[str]) -> dict[str, int]:
    """How many were to be answered (`asked`), and of them how many reached each stage."""
    asked = rows.filter(pl.col("asked"))
    return {"asked": asked.height} | {stage: int(asked[stage].sum()) for stage in stages}


def waited(rows: pl.DataFrame, stage: str) -> Survival:
    """How long until that stage, those counted in who still wait; what came before its reception tells no time."""
    asked = rows.filter(pl.col("asked"), pl.col(f"{stage}_days") >= 0)
    return survival(asked[f"{stage}_days"].to_numpy(), asked[stage].to_numpy())


__all__ = ["BY", "STAGES", "UNKNOWN", "Heard", "counted", "narrowed", "reached", "read", "waited"]
