"""What share of the approved applications was posted as the rules say?

Programmes whose required_steps hold the posting: the longest one lasted posting_days, by date, as `short_posting` asks;
none at all is too short. Programmes of posting_barred (children): not posted at all. In the month of the decision.
While one posting has no end, and no other was long enough, nobody knows which was the longest: undecidable.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import household_region, placed_applications
from casework.listed import listed, objected
from casework.policy import Policy
from casework.tables import APPLICATION, STEP
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

CARD = MetricCard(
    metric="posting_compliance",
    area="integrity",
    kind="share",
    title=Text("公示合规率", "Posted as the rules say"),
    question=Text(
        "获批的申请,应公示的是否公示满期?不得公示的是否未公示?",
        "Were approved applications posted long enough, and children's not at all?",
    ),
    formula=Text(
        "按规定公示或不公示的申请 ÷ 能判定的获批申请", "posted, or not posted, as ruled ÷ approvals that can be judged"
    ),
    numerator=Text(
        "最长一次公示满规定天数的申请,以及不得公示而未公示的申请",
        "applications whose longest posting was long enough, and those that may not be posted and were not",
    ),
    denominator=Text("应公示或不得公示、能判定的获批申请", "approved applications that must or may not be posted"),
    exclusions=Text(
        "未获批的;不要求公示的项目;公示没有结束日期、无法判断的",
        "those not approved; programmes without a posting; those whose posting has no end on record",
    ),
    needs=(needs(APPLICATION, "programme", "accepted_at", "decided_at", "decision"), needs(STEP, "finished_at")),
    better="higher",
    reading=Text(
        "按自然日、以日期相减;没有公示记录的计为不合规,实际已贴而未录入的也在其中;儿童项目公示一次即不合规",
        "Calendar days between two dates. No posting on record counts as not as ruled, also where it hung and was not"
        " entered; for children one posting is one too many",
    ),
    rule="posting_days",
    other_rules=("posting_barred", "required_steps"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """As ruled (part) of the approvals that can be judged (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The approved applications that must or may not be posted; `in_part`: as ruled."""
    approved = placed_applications(data).filter(nw.col("decision") == "approved", ~nw.col("decided_at").is_null())
    asked = listed(policy, approved, "posting_barred", on="accepted_at", into="barred", column="programme")
    asked = objected(data, asked)
    asked = policy.in_force(asked, "required_steps", on="accepted_at", into="to_post", holding="posting")
    asked = policy.in_force(asked, "posting_days", on="accepted_at", into="posting_limit")
    unclear = nw.col("to_post_state") == 0
    asked = asked.filter(nw.col("barred") | nw.col("to_post").fill_null(value=False) | unclear)
    judged = household_region(data, asked, otherwise="region_code").join(
        _postings(data), on="application_id", how="left"
    )
    judged = judged.with_columns(nw.col("postings").fill_null(0), nw.col("open_end").fill_null(0))
    return counts.every(
        judged.select(
            nw.col("application_no").alias("subject"),
            "region_code",
            counts.month_of("decided_at"),
            "programme",
            _as_ruled().alias("in_part"),
            *("accepted_at", "decided_at", "decision", "postings", "posted_days"),
            nw.when(~nw.col("barred")).then(nw.col("posting_limit")).alias("posting_limit"),
        )
    )


def _as_ruled() -> nw.Expr:
    """True, false, or null: undecidable."""
    limited, posted = ~nw.col("posting_limit").is_null(), nw.col("postings") > 0
    enough = posted & (~limited | (nw.col("posted_days") >= nw.col("posting_limit")).fill_null(value=False))
    known = (nw.col("to_post_state") == 1) & (nw.col("posting_limit_state") != 0)
    return (
        nw.when(nw.col("barred"))
        .then(~posted)
        .when(known & enough)
        .then(nw.lit(value=True))
        .when(known & (nw.col("open_end") == 0))
        .then(nw.lit(value=False))
    )


def _postings(data: Tables) -> Frame:
    """Of each application: its `postings`, the days of the longest, and whether one has an `open_end`."""
    shown = data[STEP].filter(nw.col("step") == "posting")
    days = (nw.col("finished_at_day") - nw.col("started_at_day")).cast(nw.Int64)
    unended = nw.when(nw.col("finished_at_day").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        shown.with_columns(days.alias("posted_days"), unended.alias("open_end"))
        .group_by("application_id")
        .agg(nw.len().cast(nw.Int64).alias("postings"), nw.col("posted_days").max(), nw.col("open_end").max())
    )
