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
from casework.engine import Frame, beside, following, once
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
    bounds = terms.select("award_id", "household_id", "lo", "hi")
    covered = once(spans(data, terms).rename({"since": "from", "until": "to"}).join(bounds, on="award_id", how="inner"))
    living = once(living_together(data, terms).join(bounds, on="household_id", how="inner"))
    said = once(
        statements(data, policy)
        .select("household_id", "since_index", "until_index", "y_fen", "as_of_day")
        .join(bounds, on="household_id", how="inner")
        .filter(
            (nw.col("since_index") <= nw.col("hi"))
            & (nw.col("until_index").is_null() | (nw.col("until_index") > nw.max_horizontal("since_index", "lo")))
        )
    )
    cuts = [
        covered.select("award_id", nw.col("from").alias("since")),
        covered.select("award_id", (nw.col("to") + 1).alias("since")),
        living.select("award_id", nw.col("from").alias("since")),
        living.select("award_id", (nw.col("to") + 1).alias("since")),
        said.select("award_id", nw.col("since_index").alias("since")),
    ]
    if changes := turns(policy):
        small = beside(terms, pl.DataFrame({"since": changes}, schema={"since": pl.Int32()}))
        cuts.append(terms.select("award_id").join(small, how="cross"))
    if is_used(policy, "category_topup"):
        cuts += _birthdays(data, covered)
    cut = once(_cut(terms, cuts))
    governing = (
        cut.select("award_id", "since")
        .join(said.drop("household_id", "lo", "hi"), on="award_id", how="inner")
        .filter(
            (nw.col("since_index") <= nw.col("since"))
            & (nw.col("until_index").is_null() | (nw.col("until_index") > nw.col("since")))
        )
        .select("award_id", "since", "y_fen", nw.col("as_of_day").alias("statement_as_of_day"))
    )
    counted = _counted(_counted(cut, covered, into="covered"), living, into="n")
    listed = covered.select("award_id", nw.lit(1).alias("listed")).unique()
    joined = counted.join(governing, on=["award_id", "since"], how="left").join(listed, on="award_id", how="left")
    known = nw.when(~nw.col("listed").is_null()).then(nw.col("covered"))
    return joined.with_columns(known.alias("covered")).drop("listed")


def _counted(cut: Frame, persons: Frame, *, into: str) -> Frame:
    """Add how many different persons are there (`from` … `to`, inclusive) in each stretch.

    Most are there in every paid month, and are counted once an award.
    """
    always = (nw.col("from") <= nw.col("lo")) & (nw.col("to").is_null() | (nw.col("to") >= nw.col("hi")))
    steady = persons.filter(always).select("award_id", "person_id")
    passing = persons.filter(~always).join(steady, on=["award_id", "person_id"], how="anti")
    for_ever = steady.group_by("award_id").agg(nw.col("person_id").n_unique().cast(nw.Int64).alias("steady"))
    key = ["award_id", "since"]
    for_now = (
        cut.select(*key)
        .join(passing.select("award_id", "person_id", "from", "to"), on="award_id", how="inner")
        .filter((nw.col("from") <= nw.col("since")) & (nw.col("to").is_null() | (nw.col("to") >= nw.col("since"))))
        .group_by(*key)
        .agg(nw.col("person_id").n_unique().cast(nw.Int64).alias("passing"))
    )
    joined = cut.join(for_ever, on="award_id", how="left").join(for_now, on=key, how="left")
    total = nw.col("steady").fill_null(0) + nw.col("passing").fill_null(0)
    return joined.with_columns(total.cast(nw.Int64).alias(into)).drop("steady", "passing")


def living_together(data: Tables, terms: Frame) -> Frame:
    """Who lives in those households on the first day of which months: `from` … `to` (inclusive; null: open)."""
    rows = data[MEMBER].filter(nw.col("co_living").fill_null(value=False))
    rows = rows.join(terms.select("household_id"), on="household_id", how="semi").select(
        "household_id", "person_id", month_from("joined_on").alias("from"), (month_from("left_on") - 1).alias("left")
    )
    dead = deaths(data).select("person_id", nw.col("death_index").alias("dead"))
    known = rows.join(dead, on="person_id", how="left")
    return known.select(
        "household_id",
        "person_id",
        "from",
        nw.min_horizontal(
            nw.coalesce(nw.col("left"), nw.col("dead")), nw.coalesce(nw.col("dead"), nw.col("left"))
        ).alias("to"),
    )


def turns(policy: Policy) -> list[int]:
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
    last = nw.coalesce(nw.col("next") - 1, nw.col("hi"))
    return (
        following(starts, each="award_id", by="since", of={"next": "since"})
        .join(terms, on="award_id", how="inner")
        .with_columns(last.cast(nw.Int32).alias("until"))
        .drop("next", "lo", "hi")
    )
