"""Did the county itself visit the household of an official's near kin before it was approved?

最低生活保障审核确认办法 art. 20: filed or not, a county_visit finished (without a finish: started) by the decision.
"""

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.kinship.staff import close_staff
from casework.listed import listed
from casework.policy import Policy
from casework.tables import FILING, STEP


def visits_due(data: Tables, policy: Policy) -> Frame:
    """Approved applications where the county must visit, with each official who is close (as `close_staff`).

    Adds `has_part` (in a post over the village, or acted in the case), the first filing there is (`filed_on`), the
    number of `visits`, the first of them (`visited_at`) and `unseen`: none was made by the decision (null: there is
    one, and the decision has no day).
    """
    return _with_visits(data, _approved(data, policy)).with_columns(
        (~nw.col("duties").is_null() | (nw.col("acted") > 0)).alias("has_part"),
        ((nw.col("visits") == 0) | (nw.col("in_time") == 0)).alias("unseen"),
    )


def _approved(data: Tables, policy: Policy) -> Frame:
    close = close_staff(data, policy).filter(nw.col("decision") == "approved")
    close = listed(policy, close, "filing_programmes", on="accepted_at", into="to_file", column="programme")
    close = policy.in_force(close, "county_visit_required", on="accepted_at", into="to_visit")
    filings = data[FILING].group_by("official_person_id", "household_id").agg(nw.col("filed_on").min())
    filings = filings.rename({"official_person_id": "official_id"})
    asked = close.filter(nw.col("to_file") & nw.col("to_visit").fill_null(value=False))
    return asked.join(filings, on=["official_id", "household_id"], how="left")


def _with_visits(data: Tables, asked: Frame) -> Frame:
    """Add the number of `visits`, whether one was made `in_time` (1 or 0), the first visit."""
    decided = asked.select("application_id", "decided_at", "decided_at_dated", "decided_at_day").unique()
    rows = data[STEP].filter(nw.col("step") == "county_visit").join(decided, on="application_id", how="inner")
    finished = ~nw.col("finished_at").is_null()
    rows = rows.with_columns(
        *(
            nw.when(finished)
            .then(nw.col(f"finished_at{tail}"))
            .otherwise(nw.col(f"started_at{tail}"))
            .alias(f"visited_at{tail}")
            for tail in ("", "_dated", "_day")
        )
    )
    by_day = nw.col("visited_at_dated") | nw.col("decided_at_dated")
    made = (
        nw.when(by_day)
        .then(nw.col("visited_at_day") <= nw.col("decided_at_day"))
        .otherwise(nw.col("visited_at") <= nw.col("decided_at"))
    )
    visits = (
        rows.with_columns(
            nw.when(made).then(nw.lit(1)).when(~made).then(nw.lit(0)).alias("made"),
        )
        .group_by("application_id")
        .agg(
            nw.len().cast(nw.Int64).alias("visits"),
            nw.col("made").max().alias("in_time"),
            nw.col("visited_at").min().cast(nw.Date).alias("visited_at"),
        )
    )
    return asked.join(visits, on="application_id", how="left").with_columns(nw.col("visits").fill_null(0))
