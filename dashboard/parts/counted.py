"""What number may this reader see of a metric, for the place, programme and months before them?

The one way from a page to the counts: those who open cases see every count, the others not the small ones.
"""

from typing import Any

import polars as pl

from casework.card import MetricCard
from dashboard.queries.counts import BY_POLICY, SEES_ALL, Period
from dashboard.rights import may
from dashboard.session import Viewing


def limit(viewing: Viewing) -> int | None:
    """From which count on the reader sees it."""
    return SEES_ALL if may(viewing.role, "dossier") else BY_POLICY


def least(viewing: Viewing) -> int:
    """From which count on the reader sees it, as a number; 0 where every count is theirs to see."""
    return SEES_ALL if may(viewing.role, "dossier") else viewing.desk.counts.minimum


def total(
    viewing: Viewing,
    card: MetricCard,
    *,
    region: str | None = None,
    programme: str | None = None,
    period: Period | None = None,
) -> dict[str, Any] | None:
    """The number over the period; the view's place, programme and period unless told otherwise."""
    view = viewing.view
    return viewing.desk.counts.total(
        card.metric,
        view.region if region is None else region,
        view.programme if programme is None else programme,
        period or view.period,
        limit(viewing),
    )


def monthly(
    viewing: Viewing, card: MetricCard, *, region: str | None = None, programme: str | None = None
) -> pl.DataFrame:
    """Its months, in order; a month without a count is missing."""
    view = viewing.view
    return viewing.desk.counts.monthly(
        card.metric,
        view.region if region is None else region,
        view.programme if programme is None else programme,
        view.period,
        limit(viewing),
    )


def each(
    viewing: Viewing,
    card: MetricCard,
    regions: list[str],
    period: Period | None = None,
    *,
    programme: str | None = None,
) -> pl.DataFrame:
    """One number for each of these regions, by code; regions outside the reader's scope are left out."""
    view, mine = viewing.view, [code for code in regions if viewing.scope.covers(code)]
    chosen = view.programme if programme is None else programme
    return viewing.desk.counts.each(card.metric, mine, chosen, period or view.period, limit(viewing))


def programmes(viewing: Viewing, card: MetricCard) -> pl.DataFrame:
    """One number for each programme of the view's place and period ("" = all)."""
    view = viewing.view
    return viewing.desk.counts.programmes(card.metric, view.region, view.period, limit(viewing))


def strata(viewing: Viewing, card: MetricCard, regions: list[str]) -> pl.DataFrame | None:
    """Part and whole of each of these regions by programme; None where one is chosen, or they do not add up."""
    view, mine = viewing.view, [code for code in regions if viewing.scope.covers(code)]
    if view.programme or card.kind not in ("share", "rate"):
        return None
    return viewing.desk.counts.strata(card.metric, mine, view.period, limit(viewing))
