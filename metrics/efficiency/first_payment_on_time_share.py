"""What share of new awards was first paid by the month in which payment was due?

Of monthly programmes, in the month in which the first payment was due: the month of the decision plus
payment_start_months. A month counts once it is over at `as_of`; what is due later is left out. Of several awards of one
application and programme the first paid is judged. One never paid is in the whole, not in the part.

Undecidable is what the payment data cannot tell: a programme of which the county's data hold nothing; a month due after
their last; one never paid and due before their first, or first paid with it together with several others
(`casework.first_payment`); an unknown amount; no value in force. An award ended before it began is none.
"""

from datetime import timedelta

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.first_payment import first_awards, within_data
from casework.lead import household_region
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, PAYMENT
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

CARD = MetricCard(
    metric="first_payment_on_time_share",
    area="efficiency",
    kind="share",
    title=Text("首次发放及时率", "First payments on time"),
    question=Text(
        "应开始发放的新增保障中,有多少按规定月份发放?",
        "What share of new awards was first paid by the month in which payment was due?",
    ),
    formula=Text(
        "首发月份不晚于应发月份(办结月份加规定月数)的件数 ÷ 当月应首发的件数",
        "first paid by the month due (month of the decision plus the months of the rule) ÷ first payment due",
    ),
    numerator=Text("当月应首发、已按期首发的保障数", "awards first due in the month and paid by then"),
    denominator=Text("当月应首发、能判定的保障数", "awards first due in the month that can be judged"),
    exclusions=Text(
        "一次性项目;应发月份未满的;应发月份在发放数据之外的、金额不明的",
        "one-off aid; awards whose month due is not over; those due outside the payment data or of unknown amounts",
    ),
    needs=(
        needs(AWARD, "application_no", "programme"),
        needs(APPLICATION, "decided_at"),
        needs(PAYMENT, "award_no", "month", "amount"),
    ),
    better="higher",
    reading=Text(
        "以发放月份计,不看到账日期;从未发放的计为不及时;发放数据起始前、截止后的月份未知",
        "By the month paid for, not the day the money arrived; never paid is not on time; months before and after the"
        " payment data are unknown",
    ),
    rule="payment_start_months",
    other_rules=("programme", "payment_table"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Awards paid by the month due (part) of those due in the month (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The awards whose first payment was due in a month now over; `in_part`: paid by then."""
    over = (data.as_of + timedelta(days=1)).month != data.as_of.month
    last = data.as_of_month if over else data.as_of_month - 1
    void = (nw.col("to_month_index") < nw.col("from_month_index")).fill_null(value=False)
    due = first_awards(data, policy).filter(nw.col("limit_state") != -1, nw.col("due_index") <= last, ~void)
    late = nw.when(~nw.col("paid_index").is_null()).then(nw.col("paid_index") > nw.col("due_index"))
    placed = within_data(data, policy, _one_each(due).with_columns(late.alias("late")))
    unpaid = nw.col("paid_index").is_null()
    unpaid_by_then = unpaid | (nw.col("paid_index") > nw.col("due_index"))
    outside = nw.col("end_index").is_null() | (nw.col("due_index") > nw.col("end_index"))
    untold = outside | nw.col("before_data") | (unpaid & nw.col("due_before"))
    on_time = (
        nw.when((nw.col("sure_index") <= nw.col("due_index")).fill_null(value=False))
        .then(nw.lit(value=True))
        .when(unpaid_by_then & ~untold)
        .then(nw.lit(value=False))
    )
    return counts.every(
        household_region(data, placed, otherwise="region_code").select(
            nw.col("award_no").alias("subject"),
            "region_code",
            nw.col("due_index").cast(nw.Int32).alias("month_index"),
            "programme",
            on_time.alias("in_part"),
            "decided_at",
            "from_month",
            "limit",
            "first_paid_month",
        )
    )


def _one_each(awards: Frame) -> Frame:
    """Of awards that began together, or none of which was paid, the one of the smallest number."""
    chosen = awards.group_by("application_id", "programme").agg(nw.col("award_no").min().alias("award_no"))
    return awards.join(chosen.select("award_no"), on="award_no", how="semi")
