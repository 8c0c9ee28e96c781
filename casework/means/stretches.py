"""Over which stretches of months does nothing change that an award's due amount depends on?

Who is covered, who lives together, which statement governs and which standard is in force change seldom; each award's
paid months are cut where any of them does, so that everything is worked out once a stretch instead of once a month.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import narwhals as nw
import polars as pl

from casework.covered import spans
from casework.dataset import Tables
from casework.engine import Frame, beside, once
from casework.means.figures import YEAR, is_used, month_from
from casework.means.members import deaths
from casework.means.statement import statements
from casework.policy import Policy
from casework.tables import MEMBER, PERSON

RULES: Final = (
    "dibao_standard",
    "edge_multiplier",
    "benefit_mode",
    "benefit_bands",
    "benefit_amount",
    "category_topup",
)
GROWN, AGED = 18, 70  # years: `minor` and `aged` of category_topup


def stretches(data: Tables, policy: Policy, terms: Frame) -> Frame:
    """The stretches of each award's paid months.

    `terms`: `award_id`, `household_id`, `ends`, `lo` and `hi` (first and last paid month). Adds `since` and `until`
    (inclusive), `covered` (null: no beneficiary is listed at all), `n`, `y_fen`, `statement_as_of_day`.
    """
    covered = once(spans(data, terms).rename({"since": "from", "until": "to"}))
    living = once(_living_together(data, terms))
    said = once(
        statements(data, policy)
        .select("household_id", "since_index", "until_index", "y_fen", "as_of_day")
        .join(terms.select("household_id"), on="household_id", how="semi")
        .filter(nw.col("until_index").is_null() | (nw.col("until_index") > nw.col("since_index")))
    )
    homes = terms.select("award_id", "household_id")
    cuts = [
        covered.select("award_id", nw.col("from").alias("since")),
        covered.select("award_id", (nw.col("to") + 1).alias("since")),
        living.join(homes, on="household_id", how="inner").select("award_id", nw.col("from").alias("since")),
        living.join(homes, on="household_id", how="inner").select("award_id", nw.col("to").alias("since")),
        said.join(homes, on="household_id", how="inner").select("award_id", nw.col("since_index").alias("since")),
    ]
    if turns := _turns(policy):
        small = beside(terms, pl.DataFrame({"since": turns}, schema={"since": pl.Int32()}))
        cuts.append(terms.select("award_id").join(small, how="cross"))
    if is_used(policy, "category_topup"):
        cuts += _birthdays(data, covered)
    cut = once(_cut(terms, cuts))
    return _counted(cut, covered, living, said)


def _living_together(data: Tables, terms: Frame) -> Frame:
    """Who lives in the awards' households on the first day of which months: `from` … `to` (exclusive; null: open)."""
    rows = data[MEMBER].filter(nw.col("co_living").fill_null(value=False))
    rows = rows.join(terms.select("household_id"), on="household_id", how="semi").select(
        "household_id", "person_id", month_from("joined_on").alias("from"), month_from("left_on").alias("left")
    )
    dead = deaths(data).select("person_id", (nw.col("death_index") + 1).alias("dead"))
    known = rows.join(dead, on="person_id", how="left")
    return known.select(
        "household_id",
        "person_id",
        "from",
        nw.min_horizontal(
            nw.coalesce(nw.col("left"), nw.col("dead")), nw.coalesce(nw.col("dead"), nw.col("left"))
        ).alias("to"),
    )


def _turns(policy: Policy) -> list[int]:
    """The first months, year x 12 + month - 1, in which a value of the rules may be another."""
    days: set[date] = set()
    for rule in (policy.rule(rule_id) for rule_id in RULES):
        days |= {entry.from_ for entry in rule.entries}
        days |= {change.from_ for change in rule.changes if change.from_ is not None}
        lasts = [*(entry.to for entry in rule.entries), *(change.to for change in rule.changes)]
        days |= {last + timedelta(days=1) for last in lasts if last is not None and last != date.max}
    return sorted({day.year * YEAR + day.month - 1 + (day.day > 1) for day in days})


def _birthdays(data: Tables, covered: Frame) -> list[Frame]:
    persons = data[PERSON].select("person_id", month_from("born_on").alias("born"))
    born = covered.select("award_id", "person_id").join(persons, on="person_id", how="inner")
    return [born.select("award_id", (nw.col("born") + years * YEAR).alias("since")) for years in (GROWN, AGED)]


def _cut(terms: Frame, cuts: Iterable[Frame]) -> Frame:
    """Each award's paid months cut at every month of `cuts` among them."""
    inner = nw.concat([cut.select("award_id", nw.col("since").cast(nw.Int32)) for cut in cuts])
    ends = terms.select("award_id", "lo", "hi")
    within_term = (
        inner.join(ends, on="award_id", how="inner")
        .filter((nw.col("lo") < nw.col("since")) & (nw.col("since") <= nw.col("hi")))
        .select("award_id", "since")
    )
    starts = nw.concat([within_term, terms.select("award_id", nw.col("lo").cast(nw.Int32).alias("since"))]).unique()
    following = nw.col("since").shift(-1).over("award_id", order_by="since") - 1
    return (
        starts.with_columns(following.alias("next"))
        .join(terms, on="award_id", how="inner")
        .with_columns(nw.coalesce(nw.col("next"), nw.col("hi")).cast(nw.Int32).alias("until"))
        .drop("next", "lo", "hi")
    )


def _counted(cut: Frame, covered: Frame, living: Frame, said: Frame) -> Frame:
    """What holds on the first month of each stretch, and so in all of it."""
    key = ["award_id", "since"]
    short = cut.select(*key, "household_id")
    on_aid = (
        short.join(covered, on="award_id", how="inner")
        .filter(_holds("from", "to", nw.col("to") >= nw.col("since")))
        .group_by(*key)
        .agg(nw.col("person_id").n_unique().cast(nw.Int64).alias("covered"))
    )
    together = (
        short.join(living, on="household_id", how="inner")
        .filter(_holds("from", "to", nw.col("to") > nw.col("since")))
        .group_by(*key)
        .agg(nw.col("person_id").n_unique().cast(nw.Int64).alias("n"))
    )
    governing = (
        short.join(said, on="household_id", how="inner")
        .filter(_holds("since_index", "until_index", nw.col("until_index") > nw.col("since")))
        .select(*key, "y_fen", nw.col("as_of_day").alias("statement_as_of_day"))
    )
    listed = covered.select("award_id", nw.lit(0).cast(nw.Int64).alias("none")).unique()
    for part, on in ((on_aid, key), (together, key), (governing, key), (listed, ["award_id"])):
        cut = cut.join(part, on=on, how="left")
    nobody = nw.coalesce(nw.col("covered"), nw.col("none"))
    return cut.with_columns(nobody.alias("covered"), nw.col("n").fill_null(0)).drop("none")


def _holds(first: str, last: str, not_over: nw.Expr) -> nw.Expr:
    return (nw.col(first) <= nw.col("since")) & (nw.col(last).is_null() | not_over)
