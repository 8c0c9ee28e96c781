"""How does every lead stand: those of the last run, those recorded by hand, and those that are no longer raised?

One frame for all readers, made anew when an act follows; what a reader may see of it is `mine`'s to say.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from casework.dataset import Tables
from casework.lead import LEAD_SCHEMA
from casework.policy import Policy
from casework.regions import Regions
from casework.review import by_hand, identity
from casework.review.precision import Precision, precision
from casework.review.standing import Standing
from casework.review.store import SCHEMES, Review
from dashboard.queries import leads as queue

# In which tray of the desk a lead lies.
TRAYS: Final = ("open", "returned", "working", "waiting", "snoozed", "done", "settled", "shadow")
_TO_TAKE: Final = ("open", "returned")  # what the stop rule keeps in the shadow stays there
_AGREED: Final = 2  # who must say that two persons are not one
_STANDS: Final = pl.Schema(
    {
        "lead_id": pl.String(),
        "version": pl.Int64(),
        "state": pl.String(),
        "outcome": pl.String(),
        "assignee": pl.String(),
        "pending": pl.String(),
        "asked_by": pl.String(),
        "decided_by": pl.String(),
        "snoozed_until": pl.String(),
        "decided_digest": pl.String(),
        "moved_at": pl.String(),
    }
)
# Leads that no figure counts: of a scheme that was stopped, or on two persons who are not one, unless an outcome says
# more. `apart` counts who says so.
UNCOUNTED: Final = pl.col("tray").is_in(["shadow", "settled"]) | (
    (pl.col("apart") >= _AGREED) & pl.col("outcome").is_null()
)
CONDUCT: Final = (pl.col("subject_kind") == "official") | (pl.col("family") == "favoritism")


@dataclass(frozen=True)
class Board:
    """The leads with how they stand, what came of each scheme, and the standings themselves.

    `leads`: as placed, with `state`, `outcome`, `assignee`, `pending`, `snoozed_until`, `version`, `tray`, `conduct`,
    `gone` (the last run no longer raises it), `first_seen`, `opinion_due` (the day by which an opinion is due) and
    `apart` (how many people say that its two persons are not one; 0 of other leads).
    """

    leads: pl.DataFrame
    named: pl.DataFrame  # `lead_id`, `person_id`: whom the leads that are not in the run named when last taken up
    precision: Mapping[str, Precision]
    standings: Mapping[str, Standing]

    @property
    def shadow(self) -> list[str]:
        """The schemes that the stop rule does not show."""
        return [scheme for scheme, one in self.precision.items() if one.shadow]


def board(
    tables: Tables,
    regions: Regions,
    run: pl.DataFrame,
    review: Review,
    policy: Policy,
    *,
    seen: pl.DataFrame,
    day: date,
) -> Board:
    """Everything on the desk on this day. `run`: the placed leads of the last run; `seen`: when each first came."""
    standings = review.standings()
    restored = {subject.removeprefix(SCHEMES): acts[-1].at for subject, acts in review.acts_of_kind("restore").items()}
    came_of = precision(standings.values(), policy, restored)
    here = set(run["lead_id"])
    rows = review.leads_as_told([lead_id for lead_id in standings if lead_id not in here])
    kept = queue.placed(tables, regions, by_hand.frame(rows)) if rows else run.head(0)
    every = pl.concat(
        [
            run.with_columns(pl.lit(value=False).alias("gone")),
            kept.select(run.columns).with_columns((pl.col("scheme") != by_hand.SCHEME).alias("gone")),
        ]
    )
    stands = pl.DataFrame([_row(one) for one in standings.values()], schema=_STANDS)
    first = pl.coalesce("first_seen", pl.when(pl.col("scheme") == by_hand.SCHEME).then("since"))
    joined = (
        every.join(stands, on="lead_id", how="left", maintain_order="left")
        .join(seen, on=["lead_id", "content_digest"], how="left", maintain_order="left")
        .with_columns(
            pl.col("version").fill_null(0),
            pl.col("state").fill_null("new"),
            CONDUCT.alias("conduct"),
            first.alias("first_seen"),
        )
    )
    joined = joined.join(_due(joined, policy), on="first_seen", how="left", maintain_order="left")
    shown = [scheme for scheme, one in came_of.items() if one.shadow]
    told = [(row["lead_id"], person) for row in rows for person in row.get("named", ())]
    named = pl.DataFrame(told, schema={"lead_id": pl.String(), "person_id": pl.Int64()}, orient="row")
    laid = joined.with_columns(_tray(day, shown).alias("tray"))
    return Board(_settled(laid, identity.apart(review.database)), named, came_of, standings)


def _settled(leads: pl.DataFrame, apart: Mapping[tuple[int, int], Collection[str]]) -> pl.DataFrame:
    """Leads on two persons whom two people judged not to be one lie apart: nobody takes them up anew.

    What only one has said stays open, and says so, until a second person agrees.
    """
    asked = leads.filter(pl.col("scheme") == identity.SCHEME) if apart else leads.head(0)
    said = {
        lead["lead_id"]: len(apart[pair])
        for lead in asked.iter_rows(named=True)
        if (pair := identity.pair_of(lead)) in apart and pair is not None
    }
    counted = pl.DataFrame([*said.items()], schema={"lead_id": pl.String(), "apart": pl.Int64()}, orient="row")
    settled = (pl.col("apart") >= _AGREED) & pl.col("tray").is_in(_TO_TAKE)
    return (
        leads.join(counted, on="lead_id", how="left", maintain_order="left")
        .with_columns(pl.col("apart").fill_null(0))
        .with_columns(pl.when(settled).then(pl.lit("settled")).otherwise("tray").alias("tray"))
    )


def _due(leads: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """`first_seen`, `opinion_due`: each first day once, with the last day by the rule in force on it."""
    days = leads["first_seen"].drop_nulls().unique().sort()
    months = [int(policy.value("lead_opinion_months", on=day)) for day in days]
    offsets = pl.Series([f"{number}mo" for number in months], dtype=pl.String)
    return pl.DataFrame({"first_seen": days, "offset": offsets}).select(
        "first_seen", pl.col("first_seen").dt.offset_by(pl.col("offset")).alias("opinion_due")
    )


def _tray(day: date, shadow: list[str]) -> pl.Expr:
    """Where a lead lies; the first that fits."""
    closed = (pl.col("state") == "closed") & pl.col("pending").is_null()
    back = closed & ~pl.col("gone") & (pl.col("decided_digest") != pl.col("content_digest"))
    # only leads nobody ever touched go to the shadow
    put_off = pl.col("snoozed_until").fill_null("") > day.isoformat()
    return (
        pl.when(back)
        .then(pl.lit("returned"))
        .when(pl.col("pending").is_not_null())
        .then(pl.lit("waiting"))
        .when(closed)
        .then(pl.lit("done"))
        .when(put_off)
        .then(pl.lit("snoozed"))
        .when(pl.col("assignee").is_not_null())
        .then(pl.lit("working"))
        .when(pl.col("scheme").is_in(shadow) & (pl.col("state") == "new"))
        .then(pl.lit("shadow"))
        .otherwise(pl.lit("open"))
    )


def _row(one: Standing) -> dict[str, Any]:
    return {
        "lead_id": one.lead_id,
        "version": one.version,
        "state": one.state,
        "outcome": one.outcome,
        "assignee": one.assignee,
        "pending": one.pending,
        "asked_by": one.asked_by,
        "decided_by": one.decided_by,
        "snoozed_until": one.snoozed_until,
        "decided_digest": one.digest,
        "moved_at": one.last_at,
    }


def content(lead: Mapping[str, Any], named: Collection[int] = (), **words: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """What an act about a lead keeps: the lead as it is now, whom it names (for recusal), and the words of the act."""
    row = {name: lead[name] for name in LEAD_SCHEMA} | {"conduct": bool(lead["conduct"]), "named": sorted(named)}
    return {"lead": json.loads(json.dumps(row, default=str)), **words}


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The facts that a lead says otherwise than when it was decided: name → (then, now)."""
    then, current = (json.loads(str(one.get("facts") or "{}")) for one in (before, now))
    return {
        name: (then.get(name), current.get(name))
        for name in sorted(then.keys() | current.keys())
        if then.get(name) != current.get(name)
    }


__all__ = ["TRAYS", "UNCOUNTED", "Board", "board", "changes", "content"]
