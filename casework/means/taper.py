"""Since when has a household been at or above the line, and how long may its aid run out?

Contract §5, over_income: statements at or above the line without one below between them form a spell; the taper is the
taper_months months after the month of the spell's first statement. A statement is judged on its own day; one that
cannot be judged ends the spell before it, for half-known is not accused.

Where somebody died or left, a household may be above the line by a statement that was below it, or could not be judged,
on its own day. There is no spell then, and nobody could know: the taper is the months after the first month, paid or
not, in which the household was at or above the line by that statement, with the members and the standard of that month.
Who was below it in between, or perhaps below, begins anew.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.covered import each_month
from casework.dataset import Tables
from casework.engine import Frame, beside, once
from casework.means import ledger
from casework.means.figures import first_day
from casework.means.statement import statements
from casework.means.stretches import living_together, turns
from casework.means.test import ON_EDGE_LINE, tested
from casework.policy import Policy

KEY: Final = ("household_id", "line_of")
STATEMENT: Final = (*KEY, "statement_as_of_day")


def spells(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """For every statement of the households of `rows`, the month in which its spell began.

    `rows`: `household_id`, `region_code`, `programme`, `single`. Answer: `household_id`, `line_of` (the programme whose
    line it was judged by), `statement_as_of_day`, `over` (null: unknown), `first_on` and `first_index`: day and
    month of the first statement of the spell that this one belongs to, or would, were it above the line.
    """
    homes = with_line_of(rows).select(*KEY, "region_code").unique()
    said = statements(data, policy).select(
        "household_id", "as_of_day", "as_of", (nw.col("since_index") - 1).alias("index")
    )
    asked = homes.join(said, on="household_id", how="inner").with_columns(nw.col("line_of").alias("programme"))
    judged = once(
        tested(data, policy, asked, day="as_of_day", statement_day="as_of_day").select(
            *KEY, "as_of_day", "as_of", "index", "over"
        )
    )
    others = judged.select(
        *KEY,
        nw.col("as_of_day").alias("other_day"),
        nw.col("as_of").alias("other_on"),
        nw.col("index").alias("other_index"),
        nw.col("over").alias("other"),
    )
    pairs = once(judged.join(others, on=list(KEY), how="inner").filter(nw.col("other_day") <= nw.col("as_of_day")))
    below = ~nw.col("other").fill_null(value=False) & (nw.col("other_day") < nw.col("as_of_day"))
    ended = pairs.filter(below).group_by(*KEY, "as_of_day").agg(nw.col("other_day").max().alias("ended_day"))
    first = (
        pairs.join(ended, on=[*KEY, "as_of_day"], how="left")
        .filter(nw.col("ended_day").is_null() | (nw.col("other_day") > nw.col("ended_day")))
        .group_by(*KEY, "as_of_day")
        .agg(
            nw.col("other_index").min().cast(nw.Int32).alias("first_index"), nw.col("other_on").min().alias("first_on")
        )
    )
    return judged.join(first, on=[*KEY, "as_of_day"], how="left").select(
        *KEY, nw.col("as_of_day").alias("statement_as_of_day"), "over", "first_on", "first_index"
    )


def with_line_of(rows: Frame) -> Frame:
    """Add `line_of`: dibao_edge for that programme and single-person entry, else the row's own programme."""
    edge = nw.col("single").fill_null(value=False)
    return rows.with_columns(nw.when(edge).then(nw.lit(ON_EDGE_LINE)).otherwise(nw.col("programme")).alias("line_of"))


def over_months(data: Tables, policy: Policy) -> Frame:
    """The paid months (ledger rows) of households at or above the line; where `paid_fen` is null perhaps paid."""
    paid = nw.col("paid_fen").is_null() | (nw.col("paid_fen") > 0)
    return ledger.months(data, policy).filter((nw.col("line_state") >= 0) & nw.col("over") & paid)


def begun(data: Tables, policy: Policy, rows: Frame, over: Frame) -> Frame:
    """Since when are the households of `rows` at or above the line, by each statement that says so?

    `rows` as for `spells`; `over`: all months of these households in `over_months`. Answer: `household_id`, `line_of`,
    `statement_as_of_day`, `first_index` (the month after which the taper runs), `first_on` (a day of it) and `by`:
    whether it is that of a spell's first `statement` or the first `month` above the line by the statement. Of several
    such months a paid month goes by the latest before it.
    """
    own = nw.col("over").fill_null(value=False)
    said = once(spells(data, policy, rows))
    paid = (
        with_line_of(over)
        .group_by(*STATEMENT)
        .agg(nw.col("region_code").min(), nw.col("month_index").max().alias("hi"))
    )
    months = _first_above(data, policy, once(paid.join(said.filter(own), on=list(STATEMENT), how="anti")))
    return (
        said.join(months, on=list(STATEMENT), how="left")
        .select(
            *KEY,
            "statement_as_of_day",
            nw.when(own)
            .then(nw.col("first_index"))
            .otherwise(nw.col("over_index"))
            .cast(nw.Int32)
            .alias("first_index"),
            nw.when(own).then(nw.col("first_on")).otherwise(nw.col("over_on")).alias("first_on"),
            nw.when(own).then(nw.lit("statement")).otherwise(nw.lit("month")).alias("by"),
        )
        .filter(~nw.col("first_index").is_null())
    )


def _first_above(data: Tables, policy: Policy, paid: Frame) -> Frame:
    """Every first month (`over_index`, `over_on`) at or above the line by statements that were not so on their own day.

    `paid`: `STATEMENT`, `region_code`, `hi` (the last month paid above it). Asked are the first month that it governs
    and those in which members or rules change, so that the answer does not hang on which months were paid.
    """
    governs = statements(data, policy).select(
        "household_id", nw.col("as_of_day").alias("statement_as_of_day"), nw.col("since_index").alias("lo")
    )
    terms = once(paid.join(governs, on=["household_id", "statement_as_of_day"], how="inner"))
    living = once(living_together(data, terms.select("household_id").unique()))
    moves = [living.select("household_id", nw.col("from").alias("since"))]
    moves += [living.select("household_id", (nw.col("to") + 1).alias("since"))]
    cuts = [terms.join(nw.concat(moves).unique(), on="household_id", how="inner")]
    cuts.append(terms.with_columns(nw.col("lo").alias("since")))
    if changes := turns(policy):
        small = beside(terms, pl.DataFrame({"since": changes}, schema={"since": pl.Int32()}))
        cuts.append(terms.join(small, how="cross"))
    columns = [*STATEMENT, "region_code", "lo", "hi"]
    every = nw.concat([cut.select(*columns, nw.col("since").cast(nw.Int32)) for cut in cuts]).unique()
    asked = every.filter((nw.col("lo") <= nw.col("since")) & (nw.col("since") <= nw.col("hi")))
    dated = each_month(data, asked.with_columns(nw.col("since").alias("until"))).with_columns(
        nw.col("line_of").alias("programme"), first_day("month_index").alias("day")
    )
    judged = tested(data, policy, dated.rename({"statement_as_of_day": "told"}), statement_day="told")
    above = nw.when(nw.col("over").fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0))
    before = nw.col("above").shift(1).over(*KEY, "told", order_by="month_index").fill_null(0)
    rises = judged.with_columns(above.alias("above")).with_columns(before.alias("before"))
    return rises.filter((nw.col("above") == 1) & (nw.col("before") == 0)).select(
        *KEY,
        nw.col("told").alias("statement_as_of_day"),
        nw.col("month_index").alias("over_index"),
        nw.col("month").alias("over_on"),
    )


def running_taper(data: Tables, policy: Policy, months: Frame) -> Frame:
    """Of paid months (ledger rows, few) those in a taper: `award_id`, `month_index`, `taper_sure` (1; 0: perhaps)."""
    rows = with_line_of(months)
    over = over_months(data, policy).join(months.select("household_id").unique(), on="household_id", how="semi")
    starts = begun(data, policy, months, over).select(*KEY, nw.col("first_index").alias("began"))
    began = once(starts.unique())
    after = rows.join(began, on=list(KEY), how="inner").filter(nw.col("began") < nw.col("month_index"))
    limited = policy.in_force(after, "taper_months", on="month", into="taper")
    unknown = nw.col("taper_state") == 0
    inside = nw.col("month_index") <= nw.col("began") + nw.col("taper").fill_null(0)
    return (
        limited.filter(unknown | inside)
        .with_columns(nw.when(unknown).then(nw.lit(0)).otherwise(nw.lit(1)).alias("sure"))
        .group_by("award_id", "month_index")
        .agg(nw.col("sure").max().cast(nw.Int8).alias("taper_sure"))
    )
