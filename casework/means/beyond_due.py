"""How far beyond the amount due was the aid paid that came of an application?

Of the first paid months of its awards the middle one, so that arrears booked in a single month do not count. A month is
held against the amount due as in `overpaid` and `underpaid` (contract §5): one yuan for each person covered is
tolerated and counts as nothing, and months that are not judged there are left out.
"""

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.means import against_due, ledger
from casework.means.spared import not_spared
from casework.policy import Policy
from casework.tables import AWARD


def beyond_due(data: Tables, policy: Policy, applications: Frame, months: int) -> Frame:
    """`application_id` with `beyond_half_fen`: twice the middle month's fen a month beyond the amount due (below: < 0).

    Only those of `applications` with a month, among the first so many from the award's first, whose amount due is
    known. Twice, because the middle of an even number of months may be half a fen.
    """
    awards = (
        first_rows(data[AWARD])
        .join(applications.select("application_id").unique(), on="application_id", how="semi")
        .select("award_id", "application_id", nw.col("from_month_index").alias("starts__"))
    )
    paid = against_due.judged_months(ledger.months(data, policy))
    early = paid.join(awards, on="award_id", how="inner").filter(nw.col("month_index") < nw.col("starts__") + months)
    tolerated = nw.col("covered") * against_due.TOLERANCE_FEN
    beyond = (
        nw.when(nw.col("paid_fen") - tolerated > nw.col("due_fen"))
        .then(nw.col("paid_fen") - nw.col("due_up_fen"))
        .when(nw.col("paid_fen") + tolerated < nw.col("due_fen"))
        .then(nw.col("paid_fen") - nw.col("due_fen"))
        .otherwise(nw.lit(0))
    )
    known = ~nw.col("paid_fen").is_null() & ~nw.col("due_fen").is_null() & ~nw.col("covered").is_null()
    judged = once(early.filter(known).with_columns(beyond.cast(nw.Int64).alias("beyond_fen")))
    apart = not_spared(data, policy, judged.filter(nw.col("beyond_fen") != 0)).filter(nw.col("sure") == 1)
    kept = nw.concat(
        [
            judged.filter(nw.col("beyond_fen") == 0).select("application_id", "beyond_fen"),
            apart.select("application_id", "beyond_fen"),
        ]
    )
    return (
        kept.group_by("application_id")
        .agg(nw.col("beyond_fen").median().alias("middle"))
        .select("application_id", (nw.col("middle") * 2).cast(nw.Int64).alias("beyond_half_fen"))
    )
