"""What of the rows behind a number may those read who open no cases?

Leaders: case number, programme, dates, limit and amount (safeguards R10, contract §6); every other column is left out,
also one that a metric will first have tomorrow. Whom a complaint is about, and which household is near kin to an
official, are read by those whose work is discipline: such rows open for nobody else, for their number alone would say
it. A lead has no number here either: without its scheme and its subject it is a day and an amount.
"""

from typing import Final

import polars as pl

from casework.card import MetricCard
from casework.review.scope import DISCIPLINE, Role
from dashboard.rights import may

CONDUCT: Final = frozenset({"filing_share", "county_visit_share"})  # every row is a household near kin to an official
FLAGS: Final = frozenset({"lead_rate"})  # many of them may mean good inspection
CASES: Final = frozenset(  # metrics whose subject is the number of an application or award
    {
        *("on_time_share", "median_working_days", "p90_working_days", "open_overdue_share", "extension_share"),
        *("return_share", "emergency_on_time_share", "first_payment_on_time_share", "review_on_time_share"),
        *("cases_per_staff", "online_share", "discovery_share", "net_flow", "entry_share", "exit_share"),
        *("payment_ratio", "document_completeness", "posting_compliance"),
    }
)
OURS: Final = ("region_code", "month", "in_part", "subject", "programme")
NUMBERS: Final = ("application_no", "award_no")
DATES: Final = (
    *("accepted_at", "decided_at", "due_at", "due_on", "since", "from_month", "to_month", "began_on", "ended_on"),
    *("first_paid_month", "reviewed_on", "returned_at", "statement_on", "compared_on", "decided_on"),
)
LIMITS: Final = (
    *("days", "hours", "limit", "governed", "unit", "used", "left", "stopped", "posted_days", "posting_limit"),
)
AMOUNTS: Final = (
    *("amount_fen", "recovered_fen", "repaid_fen", "paid_fen", "full_fen", "standard_fen", "line_fen"),
    *("standard_year_fen", "consumption_fen", "rural_fen", "urban_fen"),
)
SHOWN: Final = frozenset({*OURS, *NUMBERS, *DATES, *LIMITS, *AMOUNTS})


def seen(role: Role, card: MetricCard) -> bool:
    """May the reader see this metric at all? How many leads were raised is for those who work on them (R22, R23)."""
    return card.metric not in FLAGS or may(role, "queue")


def closed(role: Role, card: MetricCard) -> bool:
    """Are the rows of this metric read by those of discipline only, and is the reader none of them?"""
    return role not in DISCIPLINE and (card.area == "complaints" or card.metric in CONDUCT)


def masked(found: pl.DataFrame, metric: str) -> pl.DataFrame:
    """The rows as those see them who open no cases; a subject that is no case number is empty."""
    kept = found.select([name for name in found.columns if name in SHOWN])
    return kept if metric in CASES else kept.with_columns(pl.lit(None, dtype=pl.String()).alias("subject"))


__all__ = ["closed", "masked", "seen"]
