"""In which month was each award first paid, and in which should it have been?

Due: the month of the decision plus payment_start_months. A county's payment data of a programme may begin long after
the decisions: where several awards due earlier all begin with their first month, what lies before it is unknown, not
unpaid. So is a month of which an amount is unknown.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows, household_region, placed_applications
from casework.policy import Policy
from casework.tables import AWARD, PAYMENT

COUNTY: Final = 6  # leading digits of a division code
NEVER: Final = 1_000_000  # later than any month index


def first_awards(data: Tables, policy: Policy) -> Frame:
    """Awards of monthly programmes that an application led to; of several of one application the first paid.

    Adds the application's `region_code`, `accepted_at_day`, `decided_at`, `decided_at_dated`; what `first_paid` says
    (null: never paid); `limit` and `limit_state`; `decided_index`; `due_index`; and `months` from the decision. Several
    rows where the first paid began together, or none was paid.
    """
    decided = (
        placed_applications(data)
        .filter(~nw.col("decision").fill_null("approved").is_in(["withdrawn", "refused"]))
        .select("application_id", "region_code", "accepted_at_day", "decided_at", "decided_at_dated")
    )
    awards = (
        first_rows(data[AWARD])
        .select(
            "award_id",
            "award_no",
            "application_id",
            "household_id",
            "programme",
            "from_month",
            "from_month_index",
            "to_month_index",
        )
        .join(decided, on="application_id", how="inner")
        .join(first_paid(data), on="award_id", how="left")
        .with_columns(nw.coalesce(nw.col("paid_index"), nw.lit(NEVER)).cast(nw.Int64).alias("place__"))
    )
    earliest = awards.group_by("application_id", "programme").agg(nw.col("place__").min().alias("earliest__"))
    awards = awards.join(earliest, on=["application_id", "programme"], how="inner").filter(
        nw.col("place__") == nw.col("earliest__")
    )
    awards = policy.in_force(
        awards, "programme", on=data.as_of, into="kind", field="kind", scope={"code": "programme"}
    ).filter(nw.col("kind") == "monthly")
    judged = policy.in_force(awards, "payment_start_months", on="accepted_at")
    month = nw.col("decided_at").dt.year().cast(nw.Int64) * 12 + nw.col("decided_at").dt.month().cast(nw.Int64) - 1
    return judged.with_columns(
        month.alias("decided_index"),
        (month + nw.col("limit")).cast(nw.Int64).alias("due_index"),
        (nw.col("paid_index") - month).alias("months"),
    ).drop("place__", "earliest__")


def first_paid(data: Tables) -> Frame:
    """Each paid award: `paid_index`, the first month with money left after reversals or an unknown amount.

    `first_paid_month` is its first day; `sure_index`: the first month with money; `last_index`: the last such month.
    """
    return data.shared("first_paid", lambda: _first_paid(data))


def within_data(data: Tables, policy: Policy, awards: Frame) -> Frame:
    """Add where the county's payment data of the programme lie, to awards of `first_awards` with `late`.

    `begin_index` and `end_index`, their first and last month (null: there are none); `due_before`: payment was due
    before they begin; `before_data`: and the first payment tells of them rather than of the office.
    """
    place = ["county", "programme"]
    every = (
        first_rows(data[AWARD])
        .select("award_id", "household_id", "programme")
        .join(first_paid(data), on="award_id", how="inner")
    )
    known = (
        _in_county(data, every)
        .group_by(*place)
        .agg(nw.col("sure_index").min().alias("begin_index"), nw.col("last_index").max().alias("end_index"))
    )
    placed = _in_county(data, awards).join(known, on=place, how="left")
    before = (nw.col("due_index") < nw.col("begin_index")).fill_null(value=False)
    placed = placed.with_columns(before.alias("due_before"))
    with_data = nw.col("late") & nw.col("due_before") & (nw.col("paid_index") == nw.col("begin_index"))
    begun = placed.group_by(*place).agg(
        nw.when(with_data).then(nw.lit(1)).otherwise(nw.lit(0)).sum().cast(nw.Int64).alias("begun")
    )
    several = nw.col("begun") >= policy.tuning("payment_table", "awards")
    return placed.join(begun, on=place, how="left").with_columns((nw.col("due_before") & several).alias("before_data"))


def _first_paid(data: Tables) -> Frame:
    rows = data[PAYMENT].select("award_id", "month_index", "month", "amount_fen")
    unknown = nw.when(nw.col("amount_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    special = rows.filter((nw.col("amount_fen") < 0) | nw.col("amount_fen").is_null()).select("award_id").unique()
    plain = rows.join(special, on="award_id", how="anti").filter(nw.col("amount_fen") > 0)
    netted = (
        rows.join(special, on="award_id", how="semi")
        .group_by("award_id", "month_index")
        .agg(nw.col("month").min(), nw.col("amount_fen").sum().alias("paid"), unknown.max().alias("unknown"))
        .filter((nw.col("paid") > 0) | (nw.col("unknown") == 1))
    )
    columns = ("award_id", "month_index", "month")
    paid = nw.concat([plain.select(*columns, nw.lit(0).alias("unknown")), netted.select(*columns, "unknown")])
    sure = nw.when(nw.col("unknown") == 0).then(nw.col("month_index"))
    return paid.group_by("award_id").agg(
        nw.col("month_index").min().cast(nw.Int64).alias("paid_index"),
        sure.min().cast(nw.Int64).alias("sure_index"),
        sure.max().cast(nw.Int64).alias("last_index"),
        nw.col("month").min().alias("first_paid_month"),
    )


def _in_county(data: Tables, awards: Frame) -> Frame:
    """Add the `county` of each award's household."""
    county = nw.col("region_code").fill_null("").str.slice(0, COUNTY).alias("county")
    homes = household_region(data, awards.select("award_id", "household_id")).select("award_id", county)
    return awards.join(homes, on="award_id", how="inner")
