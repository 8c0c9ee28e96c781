"""How much of the money confirmed as wrongly paid was recovered?

Recovered ÷ the amounts of the confirmed leads of wrong and duplicate assistance, in the month of the conclusion,
whenever the money came back. A confirmed lead without a recovery on record has recovered nothing yet. Beside them, not
counted, stand the confirmed leads of those who were paid too little, with what was repaid to them.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.integrity.standing import IN_DOUBT, OWED, behind
from metrics.leads import ACTION, CONFIRMED, LEAD

CARD = MetricCard(
    metric="recovered_share",
    area="integrity",
    kind="ratio",
    title=Text("追回率", "Money recovered"),
    question=Text(
        "查实错发、重复发放的金额,追回了多少?", "How much of the money confirmed as wrongly paid was recovered?"
    ),
    formula=Text("已追回金额 ÷ 查实金额", "recovered ÷ amounts confirmed"),
    numerator=Text("主管部门报告的追回金额", "money that the competent offices report as recovered"),
    denominator=Text(
        "查实的错保、重复救助线索的金额", "amounts of the confirmed leads of wrong and duplicate assistance"
    ),
    exclusions=Text(
        "未查实的;金额不明的(列在明细中);少发、漏发的补发列在旁边,不计入",
        "leads not confirmed; those whose amount is unknown, which are listed; what was repaid to the under-paid stands"
        " beside it, not counted",
    ),
    needs=(needs(LEAD, "scheme", "family", "outcome", "decided_on", "amount"), needs(ACTION, "amount")),
    better="neither",
    reading=Text(
        "按结论月份计,追回可能在其后;困难家庭依规免予追回、分期退还的,低不等于不力;补发给少发户的金额见明细",
        "By month of the conclusion; money may come back later. Poor households may lawfully be spared or pay in parts,"
        " so low is not slack; what was repaid to the under-paid is among the rows",
    ),
    ranked=False,
    money=True,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Fen recovered (part) of the fen confirmed (whole)."""
    return counts.ratio(rows(data, policy), "recovered_fen", "amount_fen")


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - what was done is on record, no rule decides it
    """The confirmed leads of money; `in_part`: of money wrongly paid (null: an amount is unknown; false: owed)."""
    confirmed = data[LEAD].filter(nw.col("outcome").fill_null("").is_in(CONFIRMED), ~nw.col("decided_on").is_null())
    paid, owed = nw.col("family").is_in(IN_DOUBT), nw.col("scheme").is_in(OWED)
    back, again = _reported(data, ("recover",), "recovered"), _reported(data, ("adjust", "re_admit"), "repaid")
    told = (
        confirmed.filter(paid | owed)
        .join(back, on="lead_id", how="left")
        .join(again, on="lead_id", how="left")
        .with_columns(
            counts.month_of("decided_on"),
            nw.when(paid).then(_known("recovered")).alias("recovered_fen"),
            nw.when(owed).then(_known("repaid")).alias("repaid_fen"),
        )
    )
    complete = ~nw.col("amount_fen").is_null() & ~nw.col("recovered_fen").is_null()
    counted = nw.when(owed).then(nw.lit(value=False)).when(complete).then(nw.lit(value=True))
    return behind(told, counted, "amount_fen", "recovered_fen", "repaid_fen")


def _reported(data: Tables, actions: tuple[str, ...], name: str) -> Frame:
    """What these actions came to for each lead, and how many of them say no amount."""
    unknown = nw.when(nw.col("amount_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    done = data[ACTION].filter(nw.col("action").is_in(actions)).with_columns(unknown.alias("unknown"))
    return done.group_by("lead_id").agg(
        nw.col("amount_fen").sum().cast(nw.Int64).alias(name), nw.col("unknown").max().alias(f"{name}_unknown")
    )


def _known(name: str) -> nw.Expr:
    """The sum, nothing where no such action was reported; null where one says no amount."""
    return nw.when(nw.col(f"{name}_unknown").fill_null(0) == 0).then(nw.col(name).fill_null(0))
