"""How does every lead stand, in the words of the metrics?"""

import polars as pl

from casework.dataset import Tables
from casework.policy import Policy
from casework.regions import Regions
from casework.review.store import Review, today
from casework.workspace import Workspace
from dashboard.queries import lab, leads
from dashboard.queries.board import UNCOUNTED, Board, board
from metrics import leads as followed_leads


def as_kept(workspace: Workspace, tables: Tables, policy: Policy) -> Tables:
    """The same from a workspace, today; the case tables alone where no detector has run."""
    if not workspace.detected:
        return tables
    regions, run = Regions.of(tables), workspace.leads()
    laid = board(
        tables,
        regions,
        leads.placed(tables, regions, run),
        workspace.review,
        policy,
        seen=workspace.seen(),
        day=today(),
    )
    return beside(tables, laid, workspace.review)


def beside(tables: Tables, laid: Board, review: Review) -> Tables:
    """The case tables with the leads as they stand and the actions that were reported."""
    return followed_leads.beside(tables, _leads(laid), _actions(review))


def _leads(laid: Board) -> pl.DataFrame:
    """Every lead of the board; current: raised by the last run, or by hand, and not one that no figure counts.

    A visit of the control sample is recorded as a lead whatever it found: it counts as none.
    """
    decided = pl.DataFrame(
        [(one.lead_id, one.decided_at[:10] or None) for one in laid.standings.values()],
        schema={"lead_id": pl.String(), "decided_on": pl.String()},
        orient="row",
    ).with_columns(pl.col("decided_on").str.to_date())
    return laid.leads.join(decided, on="lead_id", how="left", maintain_order="left").select(
        *("lead_id", "scheme", "family", "subject_kind", "subject"),
        pl.col("home").alias("region_code"),
        *("programme", "level", "amount_fen"),
        pl.col("first_seen").alias("raised_on"),
        (~pl.col("gone") & ~UNCOUNTED & ~lab.of_sample(laid.leads)).alias("current"),
        *("state", "outcome", "decided_on"),
    )


def _actions(review: Review) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (lead_id, act.content["action"], act.content["on"], act.content.get("amount_fen"))
            for lead_id, acts in review.acts_of_kind("action").items()
            for act in acts
        ],
        schema={"lead_id": pl.String(), "action": pl.String(), "acted_on": pl.String(), "amount_fen": pl.Int64()},
        orient="row",
    ).with_columns(pl.col("acted_on").str.to_date())
