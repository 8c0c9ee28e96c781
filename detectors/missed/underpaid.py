"""Was a month paid less than the amount due?

Contract §5, dibao and programmes with a benefit_amount; one lead an award, ordered by hardship. A month counts where
what was paid, reversals netted, falls short of the amount due (contract §4) by more than one yuan for each person
covered, or by a whole top-up that was due. Not judged: a month without payment rows or with recoveries only, the taper,
the grace after a death, single-person entry, Y at or above the line, a month paid twice; nor a month that still covers
a dead person, to whom nothing is owed. Owed is what falls short.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import once
from casework.lead import Leads, leads, open_cases
from casework.means import against_due, ledger
from casework.means.doubt import by_award
from casework.means.hardship import with_hardship
from casework.means.spared import not_spared
from casework.policy import Policy
from casework.tables import AWARD, MEANS, PAYMENT, PERSON
from casework.text import Text

CARD = Card(
    scheme="underpaid",
    family="missed",
    subject="award",
    title=Text("发放低于应发金额(待核实)", "Paid less than due (to verify)"),
    question=Text("当月发放是否低于应发金额?", "Was a month paid less than the amount due?"),
    folk=Text("少发", "Underpaid"),
    rule="dibao_standard",
    other_rules=(*against_due.OTHER_RULES, "hardship_weight"),
    needs=against_due.NEEDS,
    also_uses=against_due.ALSO_USES,
    protected={
        "person.disability_grade": "entitles",
        "person.health": "entitles",
        "person.status": "entitles",  # only in the order of hardship
    },
    level="verify",
    severity="person",
    confidence=0.8,
    reason=Text(
        "疑似少发:{first_month} 至 {last_month} 有 {months} 个月发放低于应发,末月实发 {paid_fen} 元、应发 {due_fen} 元,"
        "少发 {amount_fen} 元",
        "Possibly underpaid: {months} months from {first_month} to {last_month} were paid less than due, the last of"
        " them {paid_fen} yuan instead of {due_fen}; {amount_fen} yuan are owed",
    ),
    facts={
        "case": against_due.CASE,
        "first_month": Fact(Text("少发首月", "First month short")),
        "last_month": Fact(Text("少发末月", "Last month short")),
        "months": Fact(Text("少发月数", "Months short"), against_due.MONTHS),
        **against_due.RECKONED,
        "topup_fen": Fact(Text("末月应增发", "Top-up due, last month"), against_due.YUAN),
        **against_due.PAID,
        "amount_fen": Fact(Text("少发金额", "Owed"), against_due.YUAN),
        "points": Fact(Text("困难指数", "Hardship"), Text("分", "points")),
    },
    arithmetic=Text(
        "末月应发 = 保障 {covered} 人 × 标准 {standard_fen} − 年收入 {y_fen} × {covered} ÷ (12 × {n} 人),"
        "不足一元进一元,加增发 {topup_fen} 元,为 {due_fen} 元,实发 {paid_fen} 元;{months} 个月共少发 {amount_fen} 元",
        "Due in the last month = {covered} covered × standard {standard_fen} − income {y_fen} × {covered} ÷ (12 × {n}"
        " persons), rounded up to whole yuan, + top-ups {topup_fen}: {due_fen}; paid {paid_fen}. {months} months fall"
        " short by {amount_fen} yuan",
    ),
    cases={
        "fixed": Wording(
            Text(
                "疑似少发:{first_month} 至 {last_month} 有 {months} 个月低于定额,末月 {covered} 人实发 {paid_fen} 元、"
                "应发 {due_fen} 元,少发 {amount_fen} 元",
                "Possibly underpaid: {months} months from {first_month} to {last_month} fall short of the fixed"
                " benefit, the last of them {paid_fen} yuan for {covered} persons instead of {due_fen}; {amount_fen}"
                " yuan are owed",
            ),
            Text(
                "应发 = 定额 × 保障人数,减去同月低保等按人计已发的部分;末月应发 {due_fen} 元,实发 {paid_fen} 元;"
                "{months} 个月共少发 {amount_fen} 元",
                "Due = fixed benefit × persons covered, less what dibao or the like paid the same persons by head; in"
                " the last month {due_fen} yuan, paid {paid_fen}. {months} months fall short by {amount_fen} yuan",
            ),
        )
    },
    innocent=(
        Innocent(Text("渐退期内逐步减发", "The taper is running"), (needs(MEANS),)),
        Innocent(Text("成员身故后已核减", "Reduced after a member's death"), (needs(PERSON, "died_on"),)),
        Innocent(
            Text("单人纳入保障,按本人核算", "Single-person entry, computed for that person"),
            (needs(AWARD, "single_person_basis"),),
        ),
        Innocent(
            Text("该月整月未发放,不在此核查", "The month was not paid at all, which is not judged here"),
            (needs(PAYMENT, "month"),),
        ),
        Innocent(Text("差额已补发而记在他月", "The difference was paid and booked in another month")),
        Innocent(Text("从本月扣回以前多发的部分", "An earlier overpayment was taken off this month")),
    ),
    verify=Text(
        "核对该月保障金计算表与增发对象,确有少发的,由主管部门补发",
        "Check the month's computation and who was due a top-up; what is missing should be paid",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award with months paid below the amount due, ordered by hardship."""
    paid = ledger.months(data, policy)
    asked = against_due.judged_months(paid.filter(nw.col("paid_fen") >= 0))
    short = nw.col("due_up_fen") - nw.col("paid_fen")
    clearly = short > nw.col("covered") * against_due.TOLERANCE_FEN
    without_topup = (nw.col("topup_fen") > 0) & (short >= nw.col("topup_fen"))
    judged = once(not_spared(data, policy, asked.filter(clearly | without_topup), owed=True))
    owed = {"amount_fen": nw.col("due_fen") - nw.col("paid_fen")}
    summed = by_award(data, once(judged.filter(nw.col("sure") == 1)), sums=owed, last=against_due.AT_LAST)
    found = once(summed.filter(nw.col("amount_fen") > 0))
    named = with_hardship(data, policy, found.with_columns(against_due.case()))
    return leads(
        CARD,
        named,
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("points"),
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=against_due.KEEP,
        evidence=against_due.proof(data),
        undecidable=open_cases(found, against_due.unknown_due(asked), judged.filter(nw.col("sure") == 0)),
    )
