"""What share of the reviews of running awards was done by the day due?

A cycle begins with the first day of an award's first month and with each review since. It ends review_months later on
the same day (in a shorter month on its last), by the value in force on the day it began. Done by then: the next review
is that day or earlier. Otherwise the next cycle begins there, and so on until the review comes: an award that nobody
reviews misses every due day. As in `late_review`, a due day that is `as_of` itself has not passed.

Counted in the month of the due day: awards with a category that are in force in that month, over 36 months. Due days
before the first review on record anywhere are undecidable: earlier reviews may have been left on paper.
"""

from datetime import date, timedelta
from typing import Final

import narwhals as nw
import polars as pl

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame, beside, following
from casework.lead import first_rows, household_region
from casework.policy import Policy
from casework.tables import AWARD, REVIEW
from casework.text import Text
from metrics import counts
from metrics.counts import Counts

MONTHS: Final = 36  # how far back a monthly picture reaches
LONGEST: Final = 31  # days of a month

CARD = MetricCard(
    metric="review_on_time_share",
    area="efficiency",
    kind="share",
    title=Text("复核及时率", "Reviews on time"),
    question=Text("到期应复核的保障中,有多少按期复核?", "What share of reviews was done by the day due?"),
    formula=Text("到期日前(含当日)已复核的次数 ÷ 当月到期的次数", "reviews done by the day due ÷ reviews due"),
    numerator=Text("当月到期、已按期复核的次数", "reviews due in the month and done by the day due"),
    denominator=Text("当月到期的复核次数", "reviews due in the month"),
    exclusions=Text(
        "未定类别的、到期时已停保的、到期日未过的;首条复核记录之前到期的",
        "awards without a category or ended before the due day; due days not past; those before the first review on"
        " record",
    ),
    needs=(needs(AWARD, "from_month", "category"), needs(REVIEW, "reviewed_on")),
    better="higher",
    reading=Text(
        "每个到期日计一次:一直不复核的保障每个周期都计为未按期;类别以现在的为准",
        "Each due day counts: an award that is never reviewed misses every cycle; the category is today's",
    ),
    rule="review_months",
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Reviews done by the day due (part) of all due in the month (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:
    """The due days that have passed; `in_part`: reviewed by then."""
    awards = household_region(data, first_rows(data[AWARD]).filter(~nw.col("category").is_null()))
    cycles = _cycles(data, policy, awards)
    due = cycles.join(beside(cycles, _days(data)), on="day_of_month", how="inner")
    gone = nw.col("month_index") - nw.col("since_index")
    before = nw.col("month_index") - nw.col("length")  # the month of the due day before, or of the beginning
    unreviewed = (
        nw.col("reviewed_on").is_null()
        | (nw.col("next_index") > before)
        | ((nw.col("next_index") == before) & (nw.col("next_of_month") > nw.col("day_of_month")))
    )
    passed = due.filter(
        gone > 0,
        gone % nw.col("length") == 0,
        unreviewed,
        nw.col("to_month_index").is_null() | (nw.col("to_month_index") >= nw.col("month_index")),
    )
    return counts.every(_judged(data, passed))


def _judged(data: Tables, due: Frame) -> Frame:
    opened = data[REVIEW].select(nw.col("reviewed_on").min().alias("opened"))
    told = due.join(opened, how="cross")
    by_then = (nw.col("reviewed_on") <= nw.col("due_on")).fill_null(value=False)
    return told.select(
        nw.col("award_no").alias("subject"),
        "region_code",
        nw.col("month_index").cast(nw.Int32).alias("month_index"),
        "programme",
        nw.when(nw.col("due_on") >= nw.col("opened")).then(by_then).alias("in_part"),
        "category",
        "from_month",
        "since",
        nw.col("length").alias("limit"),
        "due_on",
        "reviewed_on",
    )


def _cycles(data: Tables, policy: Policy, awards: Frame) -> Frame:
    """Each day from which a cycle runs: `since`, its `length` in months, and the review that follows (null: none)."""
    known = awards.select(
        *("award_id", "award_no", "programme", "category", "region_code", "from_month", "from_month_index"),
        "to_month_index",
    )
    reviews = (
        data[REVIEW]
        .select("award_id", "reviewed_on", "reviewed_on_day")
        .filter(nw.col("reviewed_on_day") <= data.as_of_day)
        .join(known, on="award_id", how="inner")
        .filter(nw.col("reviewed_on") >= nw.col("from_month"))
    )
    begun = policy.in_force(known, "review_months", on="from_month")
    reviewed = policy.in_force(reviews, "review_months", on="reviewed_on")
    length = nw.col("limit").cast(nw.Int64)
    days = nw.concat(
        [_from(begun, "from_month"), _from(reviewed, "reviewed_on")],
        how="vertical",
    ).unique()
    days = following(days, each="award_id", by="since", of={"reviewed_on": "since"})
    return (
        days.filter(nw.col("limit_state") == 1)
        .join(known.drop("from_month_index"), on="award_id", how="inner")
        .with_columns(
            nw.when(length > 0).then(length).otherwise(nw.lit(1)).alias("length"),
            _index("since").alias("since_index"),
            _index("reviewed_on").alias("next_index"),
            nw.col("since").dt.day().cast(nw.Int64).alias("day_of_month"),
            nw.col("reviewed_on").dt.day().cast(nw.Int64).alias("next_of_month"),
        )
    )


def _from(judged: Frame, day: str) -> Frame:
    return judged.filter(~nw.col(day).is_null()).select("award_id", nw.col(day).alias("since"), "limit", "limit_state")


def _index(day: str) -> nw.Expr:
    return nw.col(day).dt.year().cast(nw.Int64) * 12 + nw.col(day).dt.month().cast(nw.Int64) - 1


def _days(data: Tables) -> pl.DataFrame:
    """`month_index`, `day_of_month`, `due_on` for the days before `as_of`, 36 months back.

    A day that a month lacks is its last.
    """
    last = data.as_of_month
    rows = []
    for index in range(last - MONTHS + 1, last + 1):
        following_month = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
        end = (following_month - timedelta(days=1)).day
        rows += [(index, day, date(index // 12, index % 12 + 1, min(day, end))) for day in range(1, LONGEST + 1)]
    table = pl.DataFrame(
        rows, schema={"month_index": pl.Int64(), "day_of_month": pl.Int64(), "due_on": pl.Date()}, orient="row"
    )
    return table.filter(pl.col("due_on") < data.as_of)
