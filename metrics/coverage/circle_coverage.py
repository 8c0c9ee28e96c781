"""What share of the households in the four circles of need has any aid?

A stock of one day: it is counted in the month of `as_of` alone. The circles (`casework.means.circles`) go by income
only. Any programme counts, the household's own or that of somebody who lives there, in force in the month: what fits
whom is not asked here.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows, household_region
from casework.means.circles import circles
from casework.means.standing import held_by_households
from casework.means.statement import statements
from casework.policy import Policy
from casework.tables import AWARD, HOUSEHOLD, MEANS, MEMBER
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

CARD = MetricCard(
    metric="circle_coverage",
    area="coverage",
    kind="share",
    title=Text("信息圈内家庭享受救助的比例", "Households in the four circles with any aid"),
    question=Text(
        "一至四级信息圈内的家庭,有多少享受任何一项救助?",
        "What share of the households in the four circles of need has any aid?",
    ),
    formula=Text("圈内且有在享救助的户数 ÷ 圈内户数", "in a circle with any aid in force ÷ in a circle, households"),
    numerator=Text(
        "其中本户或共同生活成员当月享受任何一项救助的户数",
        "of these, households with any aid in force in the month, their own or a member's",
    ),
    denominator=Text(
        "数据截止日按最近一次申报收入处于一至四级圈内的户数",
        "households in circles 1 to 4 by the income of the newest statement on the day of the data",
    ),
    exclusions=Text(
        "没有申报的家庭;收入、人口或标准不明的",
        "households without a statement; those whose income, members or line is unknown",
    ),
    needs=(needs(AWARD, "programme", "household_no", "from_month"), needs(MEANS, "item", "as_of"), needs(MEMBER)),
    better="higher",
    reading=Text(
        "分圈只看收入,不看财产;任何一项救助都算,不等于享受了相应的那一项;外圈未必都应享受;"
        "只含有过申报的家庭,只有数据截止当月一个数",
        "Circles go by income, not property; any aid counts, not the one that fits; not everyone in the outer circles"
        " is entitled; only households that once made a statement; one figure, for the month of the data",
    ),
    rule="circle_multiplier",
    other_rules=("dibao_standard", "edge_multiplier", "deduction_cap", "disregard", "job_cost"),
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Households with any aid (part) of those in a circle (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The households in a circle, and those whose circle is unknown; `in_part`: any aid is in force."""
    told = statements(data, policy).filter(nw.col("as_of_day") <= data.as_of_day)
    standing = once(circles(data, policy, told))
    inside = once(standing.filter((nw.col("circle") != 0).fill_null(value=True)))
    dates = told.select("household_id", nw.col("as_of_day").alias("statement_as_of_day"), "as_of")
    names = first_rows(data[HOUSEHOLD]).select("household_id", "household_no")
    placed = (
        household_region(data, inside)
        .join(names, on="household_id", how="inner")
        .join(dates, on=["household_id", "statement_as_of_day"], how="left")
        .join(_aided(data, inside), on="household_id", how="left")
    )
    known = nw.when(~nw.col("circle").is_null()).then(nw.col("aided").fill_null(value=False))
    return placed.select(
        nw.lit("").alias("counted_as"),
        nw.col("household_no").alias("subject"),
        "household_no",
        "region_code",
        nw.lit(data.as_of_month).cast(nw.Int32).alias("month_index"),
        nw.lit(None).cast(nw.String).alias("programme"),
        known.alias("in_part"),
        nw.col("as_of").alias("statement_on"),
        "circle",
        "y_fen",
        "n",
        "standard_fen",
    )


def _aided(data: Tables, homes: Frame) -> Frame:
    today = homes.select(
        "household_id", nw.lit(data.as_of_day).cast(nw.Int32).alias("day"), nw.lit(data.as_of).alias("on")
    )
    held = held_by_households(data, today).select("household_id").unique()
    return held.with_columns(nw.lit(value=True).alias("aided"))
