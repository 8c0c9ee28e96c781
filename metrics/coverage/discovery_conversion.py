"""What share of the households found and registered was helped?

A household counts in the month in which it was registered; the result is the one that stands at `as_of`. Helped is
only what is written down as such (沙坪坝: of 409 registered 275 had the benefit of a policy, 67.2 %): who has applied
or was sent on to somebody else is not helped yet. Registered and without a result is undecidable.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import household_region
from casework.policy import Policy
from casework.tables import OUTREACH
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

CARD = MetricCard(
    metric="discovery_conversion",
    area="coverage",
    kind="share",
    title=Text("主动发现建档后得到帮扶的比例", "Found, registered and helped"),
    question=Text(
        "主动发现并建档的家庭中,有多少得到帮扶?", "What share of the households found and registered was helped?"
    ),
    formula=Text("已帮扶件数 ÷ 已建档且有结果的件数", "helped ÷ registered with a result"),
    numerator=Text("其中结果为已帮扶的件数", "of these, those whose result is helped"),
    denominator=Text("当月建档、已有处理结果的件数", "registered in the month, with a result"),
    exclusions=Text("未建档的;建档而没有结果的", "those not registered; those registered without a result"),
    needs=(needs(OUTREACH, "registered_at", "result"),),
    better="neither",
    reading=Text(
        "已申请、已转介还不算帮扶,无需救助也在分母;结果是数据截止日的,近几个月会偏低;"
        "高低须看发现了谁:只登记能帮的人,比例也高",
        "Applied and referred are not helped yet, and no need is in the denominator; results are those of the day of"
        " the data, so the last months are low. It is high too where only those are registered who can be helped",
    ),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Helped (part) of those registered with a result (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule says who was helped
    """The registered; `in_part`: helped."""
    registered = household_region(data, data[OUTREACH].filter(~nw.col("registered_at").is_null()))
    return registered.select(
        nw.lit("").alias("counted_as"),
        nw.col("outreach_no").alias("subject"),
        "region_code",
        counts.month_of("registered_at"),
        nw.lit(None).cast(nw.String).alias("programme"),
        (nw.col("result") == "helped").alias("in_part"),
        "channel",
        "cause",
        "found_at",
        "visited_at",
        "registered_at",
        "result",
    )
