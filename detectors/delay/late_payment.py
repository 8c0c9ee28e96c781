"""Did the first payment come later than the month in which it is due after the decision?

Contract §5, one lead an award of a monthly programme: its first paid month is later than the month of the decision plus
payment_start_months. Where one application led to several awards, its first paid one is judged. A county's payment data
of a programme may begin long after the decisions: where several awards due earlier all begin with their first month,
what lies before it is unknown, not unpaid. So is a month of which an amount is unknown.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.first_payment import first_awards, within_data
from casework.lead import Leads, evidence, household_region, kept, leads
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, PAYMENT
from casework.text import Text

MONTHS: Final = Text("个月", "months")
BEFORE_DATA: Final = Innocent(
    Text("发放数据起始月之前已在发放", "Paid before the first month of the payment data"),
    (needs(PAYMENT, "month"),),
)

CARD = Card(
    scheme="late_payment",
    family="delay",
    subject="award",
    title=Text("首次发放偏晚(待核实)", "First payment late (to verify)"),
    question=Text("办结后是否按规定月份开始发放?", "Did payment begin in the month required after the decision?"),
    folk=Text("批而不发", "Approved, not paid"),
    rule="payment_start_months",
    other_rules=("programme", "payment_table"),
    needs=(
        needs(AWARD, "application_no", "programme"),
        needs(APPLICATION, "decided_at"),
        needs(PAYMENT, "award_no", "month", "amount"),
    ),
    also_uses=(needs(APPLICATION, "accepted_at", "decision"),),
    level="verify",
    severity="money",
    confidence=0.8,
    reason=Text(
        "疑似首次发放偏晚:{decided_at} 办结,{first_paid_month} 才首次发放,为办结后第 {months} 个月,规定第 {limit} 个月",
        "Possibly paid late: decided {decided_at}, first paid for {first_paid_month}, {months} months after the month"
        " of the decision; {limit} is the rule",
    ),
    facts={
        "programme": Fact(Text("救助类型", "Programme")),
        "decided_at": Fact(Text("办结", "Decided")),
        "first_paid_month": Fact(Text("首次发放月份", "First month paid")),
        "months": Fact(Text("相隔", "Months between"), MONTHS),
        "limit": Fact(Text("规定", "Rule"), MONTHS),
    },
    arithmetic=Text(
        "办结月份({decided_at})至首个发放月份({first_paid_month},冲销后仍有金额)相隔 {months} 个月;"
        "受理当日有效的规定为办结后第 {limit} 个月;{months} > {limit}",
        "From the month of the decision ({decided_at}) to the first month with money left after reversals"
        " ({first_paid_month}): {months} months; the rule in force on acceptance is {limit}; {months} > {limit}",
    ),
    innocent=(
        Innocent(Text("补发以前月份", "Arrears paid for the earlier months"), (needs(PAYMENT, "month"),)),
        BEFORE_DATA,
        Innocent(Text("账户信息有误被银行退回", "The bank sent it back: wrong account details")),
        Innocent(Text("当地按季发放", "The place pays by the quarter")),
    ),
    verify=Text(
        "核对确认文书日期与首笔发放流水,问明空档月份是否已补发",
        "Compare the date of the decision with the first payment; ask whether the months between were made good",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award first paid too late; score grows with the months past the rule."""
    judged = _judged(data, policy)
    late = judged.filter(nw.col("late") & ~nw.col("before_data"))
    return leads(
        CARD,
        household_region(data, late, otherwise="region_code"),
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("months") - nw.col("limit"),
        since=nw.col("decided_at").cast(nw.Date),
        until=nw.col("first_paid_month"),
        keep=("award_id", "application_id", "paid_index"),
        evidence=(
            evidence(data, AWARD, on="award_id", show=("programme", "application_no", "from_month")),
            evidence(data, APPLICATION, on="application_id", show=("accepted_at", "decided_at", "decision")),
            evidence(
                data,
                PAYMENT,
                on="award_id",
                show=("month", "amount", "paid_on"),
                where=nw.col("month_index") <= kept("paid_index"),
            ),
        ),
        undecidable=judged.filter(nw.col("late").is_null() | (nw.col("late") & nw.col("before_data"))).select(
            "award_id"
        ),
        unchecked=[(BEFORE_DATA, nw.col("due_before"))],
    )


def _judged(data: Tables, policy: Policy) -> Frame:
    """The first paid award of each application that is late or undecided (`late` null), with its place in the data."""
    paid = first_awards(data, policy).filter(~nw.col("paid_index").is_null())
    past = nw.col("months") > nw.col("limit")
    certain = nw.col("paid_index") == nw.col("sure_index")  # no earlier month, nor this one, has an unknown amount
    paid_some_day = ~nw.col("sure_index").is_null()  # and no earlier than a month already past the limit
    known = certain | (nw.col("sure_index") <= nw.col("due_index")) | (paid_some_day & past)
    late = nw.when((nw.col("limit_state") == 1) & known).then(past)
    doubtful = paid.with_columns(late.alias("late")).filter(
        (nw.col("limit_state") != -1) & (nw.col("late") | nw.col("late").is_null())
    )
    return once(within_data(data, policy, once(doubtful)))
