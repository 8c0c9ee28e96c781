"""What came of the leads: concluded how and when, what was paid back, how many visits did it take?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.review.by_hand import SCHEME as BY_HAND
from casework.review.standing import Standing
from casework.statistics import wilson
from dashboard.queries.counts import Period, index
from metrics.leads import ACTION, CONFIRMED, LEAD, REFUTED

OUTCOMES: Final = ("confirmed", "refuted", "deviation", "inconclusive")  # together: concluded
GROUPS: Final = {
    **dict.fromkeys(CONFIRMED, "confirmed"),
    **dict.fromkeys(REFUTED, "refuted"),
    "objective_deviation": "deviation",
    "inconclusive": "inconclusive",
}
CONDUCT: Final = "conduct"  # the schemes on the conduct of staff, taken together for those who may not tell them apart
REPAID: Final = ("re_admit", "adjust")  # what mends the leads of those who were paid too little


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Every lead as it stands, and every action reported.

    `leads`: `lead_id`, `scheme`, `family`, `home`, `programme`, `conduct`, `current`, `state`, `decided_on`,
    `month_index` of it, `group` (one of `OUTCOMES`, null: no conclusion), `days` from being raised to the conclusion
    (null: unknown), `visits`. `actions`: `lead_id`, `action`, `month_index`, `amount_fen`, and the lead's `family`,
    `home`, `programme`.
    """

    leads: pl.DataFrame
    actions: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Share:
    """A share and its 95 % interval, 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Money:
    """What some actions came to: how many there were, the fen that they say, and how many say none."""

    actions: int
    fen: int
    unsaid: int


def read(tables: Tables, standings: Mapping[str, Standing]) -> Outcomes:
    """As the tables have them beside the cases; visits as they were recorded."""
    leads = tables.engine.collect(
        tables[LEAD].select(
            *("lead_id", "scheme", "family", "subject_kind", "programme", "current", "state", "outcome"),
            *("raised_on", "decided_on"),
            nw.col("region_code").alias("home"),
        )
    )
    visits = pl.DataFrame(
        [(one.lead_id, one.all_visits) for one in standings.values()],
        schema={"lead_id": pl.String(), "visits": pl.Int64()},
        orient="row",
    )
    days = (pl.col("decided_on") - pl.col("raised_on")).dt.total_days()
    told = leads.join(visits, on="lead_id", how="left").with_columns(
        pl.col("visits").fill_null(0),
        pl.col("outcome").replace_strict(GROUPS, default=None, return_dtype=pl.String()).alias("group"),
        _month("decided_on"),
        pl.when(days >= 0).then(days).alias("days"),
        conduct=(pl.col("subject_kind") == "official") | (pl.col("family") == "favoritism"),
    )
    actions = tables.engine.collect(tables[ACTION].select("lead_id", "action", "acted_on", "amount_fen"))
    placed = actions.join(told.select("lead_id", "family", "home", "programme"), on="lead_id", how="inner")
    return Outcomes(
        told.drop("raised_on", "outcome", "subject_kind"), placed.with_columns(_month("acted_on")).drop("acted_on")
    )


def _month(day: str) -> pl.Expr:
    return (pl.col(day).dt.year() * 12 + pl.col(day).dt.month() - 1).cast(pl.Int32).alias("month_index")


def narrowed(told: Outcomes, regions: Collection[str], programme: str, only: Collection[str] | None) -> Outcomes:
    """Those of these regions and this programme; `only`: the leads that the reader may see, None where all count."""
    kept = [pl.col("home").is_in(list(regions))]
    kept += [pl.col("programme") == programme] if programme else []
    kept += [] if only is None else [pl.col("lead_id").is_in(list(only))]
    return Outcomes(told.leads.filter(*kept), told.actions.filter(*kept))


def concluded(leads: pl.DataFrame, period: Period) -> pl.DataFrame:
    """The leads with a conclusion of these months."""
    return leads.filter(pl.col("group").is_not_null(), _during(period))


def _during(period: Period) -> pl.Expr:
    return pl.col("month_index").is_between(index(period.since), index(period.until))


def money(actions: pl.DataFrame, kinds: Collection[str], families: Collection[str], period: Period) -> Money:
    """What these kinds of action on leads of these families came to in these months."""
    done = actions.filter(pl.col("action").is_in(list(kinds)), pl.col("family").is_in(list(families)), _during(period))
    return Money(done.height, int(done["amount_fen"].sum()), done["amount_fen"].null_count())


def by_scheme(leads: pl.DataFrame, period: Period, *, together: bool) -> dict[str, dict[str, int]]:
    """Of each scheme the conclusions of these months by group, and `pending`: taken up now, without a conclusion.

    `together`: the schemes on the conduct of staff make one row. Schemes that nobody has taken up are left out.
    """
    named = pl.when(pl.col("conduct") & pl.lit(together)).then(pl.lit(CONDUCT)).otherwise(pl.col("scheme"))
    pending = pl.col("group").is_null() & (pl.col("state") != "new")
    group = pl.when(pending).then(pl.lit("pending")).when(_during(period)).then(pl.col("group"))
    counts = leads.select(named.alias("scheme"), group.alias("group")).drop_nulls().group_by("scheme", "group").len()
    rows: dict[str, dict[str, int]] = {}
    for scheme, kind, count in counts.sort("scheme", "group").iter_rows():
        rows.setdefault(scheme, dict.fromkeys((*OUTCOMES, "pending"), 0))[kind] = count
    return rows


def share(confirmed: int | None, looked: int | None) -> Share | None:
    """How many of those confirmed or refuted were confirmed; None where nobody looked, or a count is hidden."""
    if confirmed is None or not looked:
        return None
    low, high = wilson(confirmed, looked)
    return Share(confirmed / looked, float(low), float(high))


def visits_for_each(leads: pl.DataFrame, period: Period) -> tuple[int, int]:
    """Visits made for the leads confirmed or refuted in these months, and how many of them were confirmed."""
    looked = concluded(leads, period).filter(
        pl.col("group").is_in(["confirmed", "refuted"]), pl.col("scheme") != BY_HAND
    )
    return int(looked["visits"].sum()), looked.filter(pl.col("group") == "confirmed").height


def median_days(leads: pl.DataFrame) -> float | None:
    """Days from being raised to the conclusion, of leads that have one; None where unknown."""
    days: Any = leads["days"].median()
    return None if days is None else float(days)


__all__ = [
    "BY_HAND",
    "CONDUCT",
    "GROUPS",
    "OUTCOMES",
    "REPAID",
    "Money",
    "Outcomes",
    "Share",
    "by_scheme",
    "concluded",
    "median_days",
    "money",
    "narrowed",
    "read",
    "share",
    "visits_for_each",
]
