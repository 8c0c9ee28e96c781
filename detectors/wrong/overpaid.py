"""Was a month paid more than the amount due?

Contract §5, dibao and programmes with a benefit_amount; one lead an award. A month counts where what was paid,
reversals netted, exceeds the amount due (contract §4) by more than one yuan for each person covered. Not judged: the
taper, the months of grace after a covered member's death, single-person entry, Y at or above the line, a month paid
twice. In doubt is only what exceeds the amount due, less what was taken back from then on.

Without a statement, a standard or a benefit in force for all covered the amount due is unknown: undecidable.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import once
from casework.lead import Leads, leads, open_cases
from casework.means import against_due, ledger
from casework.means.doubt import by_award
from casework.means.spared import not_spared
from casework.policy import Policy
from casework.tables import AWARD, MEANS, PAYMENT, PERSON
from casework.text import Text

CARD = Card(
    scheme="overpaid",
    family="wrong",
    subject="award",
    title=Text("发放高于应发金额(待核实)", "Paid more than due (to verify)"),
    question=Text("当月发放是否高于应发金额?", "Was a month paid more than the amount due?"),
    folk=Text("多发", "Overpaid"),
    rule="dibao_standard",
    other_rules=against_due.OTHER_RULES,
    needs=against_due.NEEDS,
    also_uses=against_due.ALSO_USES,
    protected={"person.disability_grade": "entitles", "person.health": "entitles"},
    level="verify",
    severity="money",
    confidence=0.8,
    reason=Text(
        "疑似多发:{first_month} 至 {last_month} 有 {months} 个月发放高于应发,末月实发 {paid_fen} 元、应发 {due_fen} 元,"
        "存疑 {amount_fen} 元",
        "Possibly overpaid: {months} months from {first_month} to {last_month} were paid more than due, the last of"
        " them {paid_fen} yuan instead of {due_fen}; {amount_fen} yuan are in doubt",
    ),
    facts={
        "case": against_due.CASE,
        "first_month": Fact(Text("存疑首月", "First month in doubt")),
        "last_month": Fact(Text("存疑末月", "Last month in doubt")),
        "months": Fact(Text("存疑月数", "Months in doubt"), against_due.MONTHS),
        **against_due.RECKONED,
        **against_due.PAID,
        "excess_fen": Fact(Text("各月超出合计", "Beyond the amount due, all months"), against_due.YUAN),
        "recovered_fen": Fact(Text("此后追回", "Taken back later"), against_due.YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), against_due.YUAN),
    },
    arithmetic=Text(
        "末月应发 = 保障 {covered} 人 × 标准 {standard_fen} − 年收入 {y_fen} × {covered} ÷ (12 × {n} 人),"
        "不足一元进一元,为 {due_fen} 元,实发 {paid_fen} 元;{months} 个月共超出 {excess_fen} 元,"
        "减去追回 {recovered_fen} 元,存疑 {amount_fen} 元",
        "Due in the last month = {covered} covered × standard {standard_fen} − income {y_fen} × {covered} ÷ (12 × {n}"
        " persons), rounded up to whole yuan: {due_fen}; paid {paid_fen}. {months} months exceed it by {excess_fen}"
        " yuan, less {recovered_fen} taken back: {amount_fen} yuan in doubt",
    ),
    cases={
        "fixed": Wording(
            Text(
                "疑似多发:{first_month} 至 {last_month} 有 {months} 个月高于定额,末月 {covered} 人实发 {paid_fen} 元、"
                "应发 {due_fen} 元,存疑 {amount_fen} 元",
                "Possibly overpaid: {months} months from {first_month} to {last_month} exceed the fixed benefit, the"
                " last of them {paid_fen} yuan for {covered} persons instead of {due_fen}; {amount_fen} yuan are in"
                " doubt",
            ),
            Text(
                "应发 = 定额 × 保障人数,减去同月低保等按人计已发的部分;末月应发 {due_fen} 元,实发 {paid_fen} 元;"
                "{months} 个月共超出 {excess_fen} 元,减去追回 {recovered_fen} 元,存疑 {amount_fen} 元",
                "Due = fixed benefit × persons covered, less what dibao or the like paid the same persons by head; in"
                " the last month {due_fen} yuan, paid {paid_fen}. {months} months exceed it by {excess_fen} yuan, less"
                " {recovered_fen} taken back: {amount_fen} yuan in doubt",
            ),
        )
    },
    innocent=(
        Innocent(Text("渐退期内按原额发放", "The taper is running"), (needs(MEANS),)),
        Innocent(
            Text("成员身故未久,尚在调整期限内", "A member died lately: still within the time to adjust"),
            (needs(PERSON, "died_on"),),
        ),
        Innocent(
            Text("单人纳入保障,按本人核算", "Single-person entry, computed for that person"),
            (needs(AWARD, "single_person_basis"),),
        ),
        Innocent(Text("已冲正追回", "Reversed and recovered"), (needs(PAYMENT, "amount"),)),
        Innocent(Text("应予增发的对象", "A top-up was due to someone covered"), (needs(PERSON, "disability_grade"),)),
        Innocent(Text("补发以前月份而记在本月", "Arrears of earlier months booked in this one")),
        Innocent(Text("节日慰问或电价补贴等并入同一笔", "A holiday gift or another subsidy was paid in one sum")),
    ),
    verify=Text(
        "核对该月保障金计算表、人口变动与收入核定,查明多出部分的项目与依据",
        "Check the month's computation, changes of members and the statement; ask what the surplus was paid for",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award with months paid beyond the amount due, ordered by the amount."""
    paid = ledger.months(data, policy)
    asked = against_due.judged_months(paid.filter(nw.col("paid_fen") > 0))
    more = asked.filter(nw.col("paid_fen") - nw.col("covered") * against_due.TOLERANCE_FEN > nw.col("due_fen"))
    judged = once(not_spared(data, policy, more))
    excess = nw.col("paid_fen") - nw.col("due_up_fen")
    summed = by_award(
        data, once(judged.filter(nw.col("sure") == 1)), sums={"excess_fen": excess}, last=against_due.AT_LAST
    )
    named = summed.with_columns(
        (nw.col("excess_fen") - nw.col("recovered_fen")).alias("amount_fen"),
        against_due.case(),
    ).filter(nw.col("amount_fen") > 0)
    return leads(
        CARD,
        named,
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen") / 100,
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=against_due.KEEP,
        evidence=against_due.proof(data),
        undecidable=open_cases(named, against_due.unknown_due(asked), judged.filter(nw.col("sure") == 0)),
    )
