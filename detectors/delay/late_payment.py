"""Did the first payment come later than the month in which it is due after the decision?

Contract §5, one lead an award of a monthly programme: its first paid month is later than the month of the decision plus
payment_start_months. Where one application led to several awards, its first paid one is judged. A payment table may
begin long after the decisions: where several awards due earlier all begin with its first month, what lies before it is
unknown, not unpaid.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, first_rows, household_region, kept, leads, placed_applications
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, PAYMENT
from casework.text import Text

MONTHS: Final = Text("个月", "months")
SEVERAL: Final = 3  # so many late awards that all begin with the table tell of the table, not of the office

CARD = Card(
    scheme="late_payment",
    family="delay",
    subject="award",
    title=Text("首次发放偏晚(待核实)", "First payment late (to verify)"),
    question=Text("办结后是否按规定月份开始发放?", "Did payment begin in the month required after the decision?"),
    folk=Text("批而不发", "Approved, not paid"),
    rule="payment_start_months",
    other_rules=("programme",),
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
        Innocent(
            Text("发放数据起始月之前已在发放", "Paid before the first month of the payment data"),
            (needs(PAYMENT, "month"),),
        ),
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
    late = judged.filter(nw.col("late") & ~nw.col("before_table"))
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
        undecidable=judged.filter(
            nw.col("months").is_null() | (nw.col("limit_state") == 0) | (nw.col("late") & nw.col("before_table"))
        ).select("award_id"),
    )


def _judged(data: Tables, policy: Policy) -> Frame:
    """The first paid award of each application that is late or undecided: `months`, `limit`, `late`, `before_table`."""
    decided = (
        placed_applications(data)
        .filter(~nw.col("decision").fill_null("approved").is_in(["withdrawn", "refused"]))
        .select("application_id", "region_code", "accepted_at_day", "decided_at", "decided_at_dated")
    )
    awards = (
        first_rows(data[AWARD])
        .select("award_id", "award_no", "application_id", "household_id", "programme")
        .join(decided, on="application_id", how="inner")
        .join(_first_paid(data), on="award_id", how="inner")
    )
    first = awards.group_by("application_id", "programme").agg(nw.col("paid_index").min().alias("first_index"))
    awards = awards.join(first, on=["application_id", "programme"], how="inner").filter(
        nw.col("paid_index") == nw.col("first_index")
    )
    awards = policy.in_force(
        awards, "programme", on=data.as_of, into="kind", field="kind", scope={"code": "programme"}
    ).filter(nw.col("kind") == "monthly")
    judged = policy.in_force(awards, "payment_start_months", on="accepted_at")
    month = nw.col("decided_at").dt.year().cast(nw.Int64) * 12 + nw.col("decided_at").dt.month().cast(nw.Int64) - 1
    judged = judged.with_columns((nw.col("paid_index") - month).alias("months")).with_columns(
        ((nw.col("months") > nw.col("limit")) & (nw.col("limit_state") == 1)).alias("late")
    )
    doubtful = once(
        judged.filter(
            (nw.col("limit_state") != -1) & (nw.col("late") | nw.col("months").is_null() | (nw.col("limit_state") == 0))
        )
    )
    return _beyond(data, doubtful)


def _first_paid(data: Tables) -> Frame:
    """The first month of each award with money left after reversals, or of an unknown amount."""
    rows = data[PAYMENT].select("award_id", "month_index", "month", "amount_fen")
    unknown = nw.when(nw.col("amount_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    reversed_ = rows.filter(nw.col("amount_fen") < 0).select("award_id").unique()
    plain = rows.join(reversed_, on="award_id", how="anti").filter(
        (nw.col("amount_fen") > 0) | nw.col("amount_fen").is_null()
    )
    netted = (
        rows.join(reversed_, on="award_id", how="semi")
        .group_by("award_id", "month_index")
        .agg(nw.col("month").min(), nw.col("amount_fen").sum().alias("paid"), unknown.max().alias("unknown"))
        .filter((nw.col("paid") > 0) | (nw.col("unknown") == 1))
    )
    paid = nw.concat([frame.select("award_id", "month_index", "month") for frame in (plain, netted)])
    return paid.group_by("award_id").agg(
        nw.col("month_index").min().cast(nw.Int64).alias("paid_index"), nw.col("month").min().alias("first_paid_month")
    )


def _beyond(data: Tables, doubtful: Frame) -> Frame:
    """Add `before_table`: was payment due in a month that the payment table does not reach back to?"""
    table = data[PAYMENT].select(nw.col("month_index").min().cast(nw.Int64).alias("table_index"))
    placed = doubtful.join(table, how="cross").with_columns(
        (nw.col("paid_index") - nw.col("months") + nw.col("limit") < nw.col("table_index")).alias("due_before")
    )
    with_table = nw.col("due_before") & (nw.col("paid_index") == nw.col("table_index"))
    begun = placed.select(
        nw.when(with_table).then(nw.lit(1)).otherwise(nw.lit(0)).sum().cast(nw.Int64).alias("begun_with_table")
    )
    return placed.join(begun, how="cross").with_columns(
        (nw.col("due_before") & (nw.col("begun_with_table") >= SEVERAL)).fill_null(value=False).alias("before_table")
    )
