"""What part of the full standard is a recipient of dibao paid on average?

C5: what an award was paid for a month, reversals netted, by the persons it covered x the standard of the month. A month
for which nothing was paid in the end (taken back, or only a recovery booked there) is not a month of payment and does
not count. Where an amount, the persons covered or the standard is unknown, the month is in neither, and among the rows.
"""

from dataclasses import replace

import narwhals as nw

from casework.card import MetricCard, needs
from casework.covered import heads, paid
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, PAYMENT
from casework.text import Text
from metrics import counts, recipients
from metrics.counts import Counts
from metrics.coverage.dibao_standards import PLACE, by_place

CARD = MetricCard(
    metric="payment_ratio",
    area="coverage",
    kind="ratio",
    title=Text("低保实发占标准的比例", "Dibao paid, of the full standard"),
    question=Text(
        "低保对象平均领到全额标准的多少?", "What part of the full standard is a recipient of dibao paid on average?"
    ),
    formula=Text("Σ 实发金额 ÷ Σ(当月保障人数 × 月标准)", "Σ paid ÷ Σ (persons covered × monthly standard)"),
    numerator=Text("当月低保实发金额,冲正后(元)", "paid for the month to awards of dibao, reversals netted (yuan)"),
    denominator=Text(
        "同一保障当月人数 × 当月当地标准(元)", "persons the award covered × the standard of the month (yuan)"
    ),
    exclusions=Text(
        "没有发放或全部冲回的月份;金额、保障人数或标准不明的月份;三年以前的月份",
        "months without a payment or wholly taken back; months whose amount, persons or standard is unknown; months"
        " more than three years back",
    ),
    needs=(
        needs(AWARD, "programme", "household_no"),
        needs(BENEFICIARY, "from_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
    ),
    better="neither",
    reading=Text(
        "补差发放时,家庭收入越高比例越低,低不等于少发(少发见应补金额);分类施保的增发也在实发之内;"
        "2015 年全国城市约 70%、农村约 56%",
        "Where the gap is paid it is the lower the more a household earns: low is not underpaid (see what is owed)."
        " Top-ups are in what was paid. In 2015 about 70 % urban and 56 % rural, nationwide",
    ),
    rule="dibao_standard",
)


def measure(data: Tables, policy: Policy) -> Counts:
    """What was paid (part) and the full standard of those covered (whole), in fen."""
    return replace(counts.ratio(rows(data, policy), "paid_fen", "full_fen"), standing=("behind",))


def rows(data: Tables, policy: Policy) -> Frame:
    """The awards of dibao, a row a month with a payment; `in_part`: something was paid, and all is known."""
    awards = recipients.awards(data).filter(nw.col("programme") == "dibao")
    earliest = data.as_of_month - recipients.MONTHS + 1
    month = nw.col("month_index")
    filed = paid(data, awards).filter(month >= earliest, month <= data.as_of_month)
    placed = filed.drop("month").join(
        awards.select("award_id", "award_no", "programme", "region_code"), on="award_id", how="inner"
    )
    standards = by_place(data, policy, placed).select(*PLACE, "standard_fen")
    known = (
        placed.join(heads(data, filed), on=["award_id", "month_index"], how="left")
        .join(standards, on=list(PLACE), how="left")
        .with_columns((nw.col("covered") * nw.col("standard_fen")).alias("full_fen"))
    )
    nothing = nw.col("paid_fen") <= 0
    told = ~nw.col("paid_fen").is_null() & ~nw.col("full_fen").is_null()
    in_part = nw.when(nothing).then(nw.lit(value=False)).when(told).then(nw.lit(value=True))
    return counts.every(
        known.select(
            nw.col("award_no").alias("subject"),
            "region_code",
            "month_index",
            "programme",
            in_part.alias("in_part"),
            "covered",
            "standard_fen",
            "full_fen",
            "paid_fen",
        )
    )
