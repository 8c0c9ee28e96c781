"""How long did telling the sender of a complaint and closing the matter take, and how long may they?

Contract §5 (信访工作条例 arts. 22, 23, 34): requests, petitions and reports, an enquiry has no limit; calendar days
counted by date, of what has not happened yet to the day of `as_of`; the limits in force on the day of reception.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import COMPLAINT

KINDS: Final = ("help", "petition", "report")


def timed(data: Tables, policy: Policy, complaints: Frame) -> Frame:
    """Complaints with both clocks: `…_days` so far, `…_limit`, `…_applies`, `…_late` (null: undecidable).

    The limit of closing is `plain_limit`, and `extension` is added where the complaint was extended.
    """
    asked = complaints.filter(nw.col("kind").is_in(KINDS) & ~nw.col("received_at").is_null())
    for rule, into in (
        ("complaint_told_days", "told_limit"),
        ("complaint_closed_days", "plain_limit"),
        ("complaint_extension_days", "extension"),
    ):
        asked = policy.in_force(asked, rule, on="received_at", into=into)
    asked = asked.with_columns(
        # Who was never told has heard by the closing answer at the latest.
        (
            nw.coalesce(nw.col("told_at_day"), nw.col("closed_at_day"), nw.lit(data.as_of_day))
            - nw.col("received_at_day")
        ).alias("told_days"),
        (nw.coalesce(nw.col("closed_at_day"), nw.lit(data.as_of_day)) - nw.col("received_at_day")).alias("closed_days"),
        nw.when(nw.col("extended").fill_null(value=False))
        .then(nw.col("plain_limit") + nw.col("extension"))
        .otherwise(nw.col("plain_limit"))
        .alias("closed_limit"),
        # A source that never says when it told or closed is silent, not late.
        (nw.col("named").fill_null(value=False) & nw.lit(data.has(COMPLAINT, "told_at"))).alias("told_applies"),
        nw.lit(data.has(COMPLAINT, "closed_at")).alias("closed_applies"),
    )
    return asked.with_columns(
        nw.when(nw.col("told_applies"))
        .then(nw.col("told_days") > nw.col("told_limit"))
        .otherwise(nw.lit(value=False))
        .alias("told_late"),
        nw.when(nw.col("closed_applies"))
        .then(nw.col("closed_days") > nw.col("closed_limit"))
        .otherwise(nw.lit(value=False))
        .alias("closed_late"),
    )
