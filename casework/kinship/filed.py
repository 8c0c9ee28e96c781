"""Had the tie of an official to a household that applied been filed by the decision?

最低生活保障审核确认办法 art. 11: a filing of that official for that household dated on or before the decision
(undecided: as_of), whatever relation it states.
"""

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.kinship.staff import close_staff
from casework.listed import listed
from casework.policy import Policy
from casework.tables import FILING


def filings_due(data: Tables, policy: Policy) -> Frame:
    """Applications of filing_programmes, the withdrawn apart, with each official who is close (as `close_staff`).

    Adds `has_part` (in a post over the village, or acted in the case), the day a filing was `due` by (with `due_day`;
    unknown where a decision has no day), the first filing there is (`filed_on`, `filed_day`) and `unfiled` (null:
    there is one, and nobody knows by when it was due).
    """
    close = close_staff(data, policy).filter(nw.col("decision").fill_null("") != "withdrawn")
    asked = listed(policy, close, "filing_programmes", on="accepted_at", into="to_file", column="programme")
    return _with_filings(data, asked.filter(nw.col("to_file"))).with_columns(
        (~nw.col("duties").is_null() | (nw.col("acted") > 0)).alias("has_part"),
        (nw.col("filed_day").is_null() | (nw.col("filed_day") > nw.col("due_day"))).alias("unfiled"),
    )


def _with_filings(data: Tables, close: Frame) -> Frame:
    filings = (
        data[FILING]
        .filter(~nw.col("filed_on_day").is_null())
        .group_by("official_person_id", "household_id")
        .agg(nw.col("filed_on").min(), nw.col("filed_on_day").min().alias("filed_day"))
    )
    filings = filings.rename({"official_person_id": "official_id"})
    undecided = nw.col("decision").is_null() & nw.col("decided_at").is_null()
    joined = close.join(filings, on=["official_id", "household_id"], how="left")
    return joined.with_columns(
        nw.when(undecided)
        .then(nw.lit(data.as_of_day))
        .otherwise(nw.col("decided_at_day"))
        .cast(nw.Int32)
        .alias("due_day"),
        nw.when(undecided).then(nw.lit(data.as_of)).otherwise(nw.col("decided_at").cast(nw.Date)).alias("due"),
    )
