"""How much a year would a programme pay whom it has overlooked?

Twelve months of what would be due in the month of `as_of` (contract §4): for a household by its income, for a person
the benefit_amount, less what an award that may only be topped up pays them by head (its newest month). Null where no
amount is in force.
"""

from typing import Final

import narwhals as nw

from casework.covered import heads, paid
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.means.due import with_due
from casework.means.figures import YEAR, whole_number, with_urban_rural
from casework.means.pending import covered_persons
from casework.policy import Policy
from casework.tables import PAYMENT

NO_AWARD: Final = 0  # there is none yet: nobody is covered, nothing is topped up


def owed_to_households(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """Add `month_fen` and `year_fen` to rows of `households_entitled` (all who live there would be covered)."""
    shaped = rows.with_columns(
        nw.lit(NO_AWARD).cast(nw.Int64).alias("award_id"),
        nw.lit(data.as_of_month).cast(nw.Int32).alias("since"),
        nw.lit(None).cast(nw.Int32).alias("ends"),
        nw.lit(value=False).alias("single"),
        nw.col("n").alias("covered"),
        nw.lit(value=False).alias("over"),
        nw.lit(1).cast(nw.Int8).alias("line_state"),
    )
    due = with_due(data, policy, once(shaped))
    return due.with_columns(nw.col("due_fen").alias("month_fen"), (nw.col("due_fen") * YEAR).alias("year_fen"))


def owed_to_persons(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """Add `month_fen` (the full benefit) and `year_fen` (less what tops up) to rows of `persons_entitled`."""
    rows = with_urban_rural(data, rows).with_columns(nw.col("disability_grade").cast(nw.String).alias("grade"))
    rows = rows.with_columns(nw.col("day").alias("on__day"))
    rows = once(whole_number(policy, rows, "benefit_amount", on="on_", into="month_fen"))
    partner = _partners(data, policy, rows.filter(~nw.col("month_fen").is_null()))
    known = rows.join(partner, on=["person_id", "programme"], how="left")
    less = nw.when(nw.col("unpaid").fill_null(0) == 0).then(nw.col("partner_fen").fill_null(0))
    year = nw.col("month_fen") * YEAR - less
    return known.with_columns(nw.when(year > 0).then(year).otherwise(year * 0).cast(nw.Int64).alias("year_fen")).drop(
        "partner_fen", "unpaid", "grade", "month_fen_state"
    )


def _partners(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """What awards that the programme may only top up pay a person in a year: `partner_fen`, `unpaid` ones beside."""
    both = rows.select("person_id", "programme", "region_code").join(covered_persons(data), on="person_id", how="inner")
    named = {"a": "programme", "b": "held"}
    judged = policy.in_force(both, "exclusive", on=data.as_of, into="action", scope=named, field="action")
    topped = once(judged.filter(nw.col("action") == "top_up_only"))
    some = (nw.col("paid_fen") > 0) | nw.col("paid_fen").is_null()  # a month taken back says nothing of the next
    months = paid(data, topped).filter((nw.col("month_index") <= data.as_of_month) & some)
    newest = months.group_by("award_id").agg(nw.col("month_index").max())
    last = once(months.join(newest, on=["award_id", "month_index"], how="inner"))
    by_head = last.join(heads(data, last), on=["award_id", "month_index"], how="inner").select(
        "award_id", (nw.col("paid_fen") * YEAR // nw.col("covered")).alias("a_year")
    )
    each = topped.join(by_head.with_columns(nw.lit(value=True).alias("last_month")), on="award_id", how="left")
    each = each.with_columns(nw.col("last_month").fill_null(value=False))
    unknown = nw.col("a_year").is_null() & (nw.col("last_month") | nw.lit(value=not data.has(PAYMENT)))
    return each.group_by("person_id", "programme").agg(
        nw.col("a_year").sum().cast(nw.Int64).alias("partner_fen"),
        nw.when(unknown).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias("unpaid"),
    )
