"""What share of emergency aid was decided within its hours?

A decision counts in the month in which it was taken; withdrawn applications do not count. The hours are those of the
urgency where one is set, else of emergency aid; where one of the moments is a bare date, days are compared; a moment
that the source states governs (`casework.emergency`). An urgency without a limit (green) is left out. One decided
before it was accepted, or without hours in force, is undecidable.
"""

import narwhals as nw

from casework.ageing import EMERGENCY
from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.emergency import timed_in_hours
from casework.engine import Frame
from casework.lead import household_region, placed_applications
from casework.policy import Policy
from casework.tables import APPLICATION
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

CARD = MetricCard(
    metric="emergency_on_time_share",
    area="efficiency",
    kind="share",
    title=Text("急难救助及时率", "Emergency aid on time"),
    question=Text("急难型临时救助中,有多少在规定小时内办结?", "What share of emergency aid was decided in its hours?"),
    formula=Text("规定小时内办结件数 ÷ 办结件数", "decided within the hours ÷ decided"),
    numerator=Text("规定小时内办结的急难件数", "emergency decisions within their hours"),
    denominator=Text("能判定的急难办结件数", "emergency decisions that can be judged"),
    exclusions=Text(
        "撤回件、尚未办结的、不限时的绿色件;受理与办结先后颠倒的、时限不明的",
        "withdrawn and undecided applications, green ones, which have no limit; those decided before acceptance or"
        " whose limit is unknown",
    ),
    needs=(needs(APPLICATION, "programme", "accepted_at", "decided_at"),),
    better="higher",
    reading=Text(
        "只有日期而无钟点的按日比较,比按小时宽;尚未办结的在“在办超时率”中",
        "Bare dates are compared by day, which is more lenient than by the hour; undecided ones are in the share of"
        " open cases past their limit",
    ),
    rule="emergency_hours",
    other_rules=("urgency_hours",),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Emergency decisions in time (part) of all that can be judged (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The decided emergencies that have a limit; `in_part`: on time."""
    emergencies = placed_applications(data).filter(
        nw.col("programme") == EMERGENCY,
        ~nw.col("decided_at").is_null(),
        (nw.col("decision") != "withdrawn").fill_null(value=True),
    )
    judged = timed_in_hours(data, policy, emergencies).filter(nw.col("limited"))
    by_hour = nw.col("clock") == "hours"
    in_order = nw.when(by_hour).then(nw.col("elapsed") >= 0).otherwise(nw.col("days") >= 0)
    return counts.every(
        household_region(data, judged, otherwise="region_code").select(
            nw.col("application_no").alias("subject"),
            "region_code",
            counts.month_of("decided_at"),
            "programme",
            nw.when(in_order).then(~nw.col("late")).alias("in_part"),
            "accepted_at",
            "decided_at",
            "decision",
            "urgency",
            "limit",
            "hours",
            "days",
            "due_at",
        )
    )
