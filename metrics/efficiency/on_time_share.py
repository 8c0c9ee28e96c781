"""What share of decisions kept the limit in force?

A decision counts in the month in which it was taken. Withdrawn applications and emergency aid, which has a limit in
hours, are not counted; nor is a programme without a limit, unless the source states the day a case is due. An
application whose limit or working days cannot be told is undecidable: neither part nor whole, but among the rows.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.clock import decisions
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows
from casework.policy import Policy
from casework.tables import APPLICATION
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

CARD = MetricCard(
    metric="on_time_share",
    area="efficiency",
    kind="share",
    title=Text("按时办结率", "Decisions on time"),
    question=Text("办结的申请中,有多少在时限之内?", "What share of decisions kept the limit in force?"),
    formula=Text("时限内办结件数 ÷ 办结件数", "decided within the limit ÷ decided"),
    numerator=Text("时限内办结的件数", "decisions within the limit"),
    denominator=Text("能判定的办结件数", "decisions that can be judged"),
    exclusions=Text(
        "撤回件、急难型临时救助、没有时限的项目;时限或工作日历不明的",
        "withdrawn applications, emergency aid, programmes without a limit; those whose limit or days are unknown",
    ),
    needs=(needs(APPLICATION, "accepted_at", "decided_at"),),
    better="higher",
    reading=Text(
        "只看已办结件;撤回件、急难救助不计;时限或工作日历不明的不计入,列在明细中",
        "Decided cases only; withdrawn ones and emergency aid left out; undecidable ones are listed, not counted",
    ),
    rule="decision_days",
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Decisions on time (part) of all that can be judged (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The decided applications; `in_part`: on time."""
    decided = first_rows(decisions(data, policy)).filter(
        ~nw.col("decided_at").is_null(),
        (nw.col("decision") != "withdrawn").fill_null(value=True),
        (nw.col("programme") != "temporary_emergency").fill_null(value=True),
        (nw.col("governed") == "due_at") | (nw.col("limit_state") != -1),
    )
    return counts.every(
        decided.select(
            nw.col("application_no").alias("subject"),
            "region_code",
            counts.month_of("decided_at"),
            "programme",
            (~nw.col("late")).alias("in_part"),
            "accepted_at",
            "decided_at",
            "decision",
            "days",
            "limit",
            "due_at",
            "governed",
        )
    )
