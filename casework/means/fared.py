"""What did an applicant's figures say on the acceptance day, and how did the application fare?

For questions that compare like cases: in which band of need the household was, whether its own figures shut it out, how
many working days the decision took, and how far beyond the amount due was paid.
"""

import narwhals as nw

from casework.clock import timed
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import placed_applications
from casework.means.acceptance import ineligible, on_acceptance
from casework.means.band import banded
from casework.means.beyond_due import beyond_due
from casework.means.test import WITH_LINE
from casework.policy import Policy

DECIDED = ("approved", "refused")


def fared(data: Tables, policy: Policy, among: Frame, months: int) -> Frame:
    """Decided applications of programmes with an income line, of `among` (`application_id`), one row each.

    `application_id`, `household_id`, `programme`, `region_code` (household's village; else the application's),
    `delegated`, `extended`, `urgency`, `decision`, `decided_on`, `year` of the decision, `month` of the
    acceptance (year x 100 + month); `band` of need (`casework.means.band`), `ineligible`, `days` (working days taken),
    `beyond_half_fen` (`casework.means.beyond_due`, of so many months).
    Null: unknown; `beyond_half_fen` too where nothing was paid or is judged.
    """
    rows = placed_applications(data).filter(
        nw.col("programme").is_in(WITH_LINE)
        & nw.col("decision").is_in(DECIDED)
        & ~nw.col("accepted_at_day").is_null()
        & ~nw.col("decided_at_day").is_null()
    )
    decided = once(timed(data, policy, rows.join(among, on="application_id", how="semi")))
    known, _ = on_acceptance(data, policy, decided.select(*_ASKED))
    paid = beyond_due(data, policy, decided.filter(nw.col("decision") == "approved"), months)
    decided_on, accepted_on = (nw.col(name).cast(nw.Date) for name in ("decided_at", "accepted_at"))
    month = accepted_on.dt.year().cast(nw.Int32) * 100 + accepted_on.dt.month().cast(nw.Int32)
    return (
        banded(policy, known)
        .join(paid, on="application_id", how="left")
        .select(
            *(
                "application_id",
                "household_id",
                "programme",
                "region_code",
                "delegated",
                "extended",
                "urgency",
                "decision",
            ),
            decided_on.alias("decided_on"),
            decided_on.dt.year().cast(nw.Int32).alias("year"),
            month.alias("month"),
            "band",
            ineligible().alias("ineligible"),
            nw.when(nw.col("days") >= 0).then(nw.col("days")).cast(nw.Int64).alias("days"),
            "beyond_half_fen",
        )
    )


_ASKED = (
    *("application_id", "household_id", "programme", "region_code", "single_person_basis", "accepted_at_day"),
    *("delegated", "extended", "urgency", "decision", "accepted_at", "decided_at", "days"),
)
