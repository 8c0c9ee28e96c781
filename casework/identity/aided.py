"""Who was ever covered, from when, who is applying, and in which months were two of them covered at once?

Covered: a beneficiary row of any programme, which does not outlive its award. Applying: the applicant, or a member on
the day of acceptance, of an application neither refused nor withdrawn. In doubt is, month by month, the lower of the
two benefits by head (paid for the month, reversals netted, divided by the persons covered).
"""

import narwhals as nw
import polars as pl

from casework.covered import PARTS, each_month, heads, paid, reversed_months, spans
from casework.dataset import Tables
from casework.engine import Frame
from casework.identity.levels import sided
from casework.lead import first_rows
from casework.means.members import members_on
from casework.tables import APPLICATION, AWARD, BENEFICIARY, PAYMENT

ASIDE = ("refused", "withdrawn")


def aided(data: Tables, few: pl.DataFrame) -> pl.DataFrame:
    """Of some persons (`person_id`) those covered or applying: `first_index` (null: never covered), `household_id`.

    The household is that of the latest award, else of the latest application.
    """
    wanted = data.engine.place(few.select("person_id").unique())
    covered, applying = data.engine.collect_all([_covered(data, wanted), _applying(data, wanted)])
    first = covered.group_by("person_id").agg(pl.col("since").min().alias("first_index"))
    homes = [covered.select("person_id", "household_id", pl.col("since").alias("order"), rank=pl.lit(0))]
    homes.append(applying.select("person_id", "household_id", pl.col("accepted_day").alias("order"), rank=pl.lit(1)))
    latest = pl.concat(homes, how="vertical_relaxed").sort(
        "person_id", "rank", "order", "household_id", descending=[False, False, True, False], nulls_last=True
    )
    home = latest.unique("person_id", keep="first", maintain_order=True).select("person_id", "household_id")
    return home.join(first, on="person_id", how="left")


def both_covered(data: Tables, pairs: pl.DataFrame) -> pl.DataFrame:
    """Months in which both of a pair (`a`, `b`) were covered: `first_month`, `last_month`, `months`, `amount_fen`.

    A pair of one and the same number was covered as two where two households had it. `amount_fen` is null where
    nobody can tell what was paid.
    """
    months = _months(data, sided(pairs))
    two = pairs.filter(pl.col("a") != pl.col("b"))
    one = pairs.filter(pl.col("a") == pl.col("b"))
    sums = months.group_by("person_id", "month").agg(pl.col("parts").sum(), pl.col("known").all())
    met = two.join(sums, left_on="a", right_on="person_id").join(
        sums, left_on=["b", "month"], right_on=["person_id", "month"], suffix="_b"
    )
    lower = met.select(
        "a", "b", "month", pl.min_horizontal("parts", "parts_b"), known=pl.col("known") & pl.col("known_b")
    )
    homes = months.group_by("person_id", "month", "household_id").agg(pl.col("parts").sum(), pl.col("known").all())
    split = homes.group_by("person_id", "month").agg(
        (pl.col("parts").sum() - pl.col("parts").max()).alias("parts"), pl.col("known").all(), pl.len().alias("homes")
    )
    same = one.join(split.filter(pl.col("homes") > 1), left_on="a", right_on="person_id")
    every = pl.concat([lower, same.select("a", "b", "month", "parts", "known")], how="vertical_relaxed")
    return every.group_by("a", "b").agg(
        pl.col("month").min().alias("first_month"),
        pl.col("month").max().alias("last_month"),
        pl.len().cast(pl.Int64).alias("months"),
        pl.when(pl.col("known").all()).then(pl.col("parts").sum() // PARTS).cast(pl.Int64).alias("amount_fen"),
    )


def _covered(data: Tables, wanted: Frame) -> Frame:
    """Their spans of coverage: `person_id`, `award_id`, `household_id`, `since`, `until` (null: open)."""
    rows = data[BENEFICIARY].join(wanted, on="person_id", how="semi").select("award_id").unique()
    terms = first_rows(data[AWARD]).join(rows, on="award_id", how="semi")
    terms = terms.select("award_id", "household_id", nw.col("to_month_index").alias("ends"))
    covered = spans(data, terms).join(wanted, on="person_id", how="semi")
    return covered.join(terms.select("award_id", "household_id"), on="award_id", how="inner")


def _applying(data: Tables, wanted: Frame) -> Frame:
    rows = first_rows(data[APPLICATION]).filter(~nw.col("decision").fill_null("").is_in(ASIDE))
    cases = rows.select("household_id", "applicant_person_id", nw.col("accepted_at_day").alias("accepted_day"))
    applicants = cases.select("household_id", "accepted_day", nw.col("applicant_person_id").alias("person_id"))
    members = members_on(data, cases, day="accepted_day").select("household_id", "accepted_day", "person_id")
    return nw.concat([applicants, members]).join(wanted, on="person_id", how="semi").unique()


def _months(data: Tables, few: pl.DataFrame) -> pl.DataFrame:
    """Each month that an award covered one of them: `person_id`, `household_id`, `month`, `parts` of a fen, `known`.

    Months wholly reversed are left out. Where only payments say when an award ends, an open one covers its first month
    and the months that were paid.
    """
    spent = data.engine.place(data.engine.collect(_covered(data, data.engine.place(few))))
    ended = ~nw.col("until").is_null() | nw.lit(data.has(AWARD, "to_month") or not data.has(PAYMENT))
    until = nw.coalesce(nw.col("until"), nw.lit(data.as_of_month)).cast(nw.Int32)
    laid = each_month(data, spent.with_columns(ended.alias("ended"), until.alias("until")))
    key = ["award_id", "month_index"]
    net = paid(data, laid).select(*key, "paid_fen", nw.lit(1).alias("filed"))
    rows = (
        laid.join(reversed_months(data, laid), on=key, how="anti")
        .join(net, on=key, how="left")
        .join(heads(data, laid), on=key, how="left")
        .select(
            "person_id",
            "household_id",
            "award_id",
            "month",
            "since",
            "month_index",
            "ended",
            "paid_fen",
            "filed",
            "covered",
        )
    )
    found = data.engine.collect(rows).unique(["person_id", "award_id", "month_index"])
    told = (
        pl.col("ended") | (pl.col("month_index") == pl.col("since")) | (pl.col("paid_fen") > 0).fill_null(value=False)
    )
    money = pl.when(pl.col("filed").is_null()).then(0).otherwise(pl.col("paid_fen")).clip(0)
    return found.filter(told).select(
        "person_id",
        "household_id",
        "month",
        (money * PARTS // pl.col("covered")).fill_null(0).alias("parts"),
        (money.is_not_null() & data.has(PAYMENT)).alias("known"),
    )
