"""How many working days did each decision take?

Shared by the quantiles of it. Withdrawn applications are not among the rows. A case decided on a day before it was
accepted, or beyond the working calendar, is undecidable.
"""

import narwhals as nw

from casework.clock import decisions
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows
from casework.policy import Policy
from metrics import counts


def decided(data: Tables, policy: Policy) -> Frame:
    """The decided applications in the month of their decision; `in_part`: its working days, `days`, are known."""
    rows = first_rows(decisions(data, policy)).filter(
        ~nw.col("decided_at").is_null(), (nw.col("decision") != "withdrawn").fill_null(value=True)
    )
    in_order = (nw.col("decided_at_day") >= nw.col("accepted_at_day")) & (nw.col("days") >= 0)
    known = nw.when(in_order.fill_null(value=False)).then(nw.lit(value=True))
    return counts.every(
        rows.select(
            nw.col("application_no").alias("subject"),
            "region_code",
            counts.month_of("decided_at"),
            "programme",
            known.alias("in_part"),
            "days",
            "accepted_at",
            "decided_at",
            "decision",
        )
    )
