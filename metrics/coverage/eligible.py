"""Which households do their statements make eligible for dibao on `as_of`, and which of them have it?

A stock of one day, in the month of `as_of`. Eligible: the newest statement lies below the line and no finding excludes
(policy `entitlement`); unknown (null) where anything of it is. A household that single-person entry covers is judged by
the edge line. Covered: an award of the household, or of somebody who lives there, in force in the month.

Whoever is above the line is still lawfully covered while a taper runs: from the month of the first statement above it,
or the first month in which those who live there were above it. Where nobody could see it before this month, it begins
now.
"""

from dataclasses import replace
from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows, household_region
from casework.means.entitled_households import households_entitled
from casework.means.standing import held_by_households
from casework.means.statement import statements
from casework.means.taper import KEY, begun, with_line_of
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, HOUSEHOLD
from metrics import counts
from metrics.counts import Alike, Counts

DIBAO: Final = "dibao"
FACTS: Final = ("statement_on", "y_fen", "n", "line_fen")


def households(data: Tables, policy: Policy) -> Frame:
    """One row for every household with a statement, or with an award of dibao in force.

    `household_id`, `household_no`, `region_code`, `month_index`, `programme`; `own` (an award of its own), `single` (by
    single-person entry), `covered`; `fits` (eligible, whatever else covers it) and `meets` (and nothing does that
    excludes dibao); `taper` (above the line, and the taper runs; null: unknown); `over` (at or above the line) and
    `began` (the month since which an award of its own is; null: it is not, or nobody saw it); `statement_on`, `y_fen`
    (a year), `n`, `line_fen` (a person a month).
    """
    return data.shared(f"eligible:{policy.digest}", lambda: _households(data, policy))


def pool(data: Tables, policy: Policy) -> Frame:
    """The eligible households with or without dibao, and those of which nobody can tell: `eligible` (true or null).

    What excludes dibao shuts out those who have none. Single-person entry is left out.
    """
    eligible = nw.when(nw.col("covered")).then(nw.col("fits")).otherwise(nw.col("meets"))
    every = households(data, policy).with_columns(eligible.alias("eligible"))
    return every.filter(~nw.col("single"), nw.col("eligible").fill_null(value=True))


def shown(rows: Frame, in_part: nw.Expr) -> Frame:
    """The rows as a metric shows them: the subject is the household."""
    return rows.select(
        nw.col("household_no").alias("subject"),
        "household_no",
        "region_code",
        "month_index",
        "programme",
        in_part.alias("in_part"),
        *FACTS,
    )


def both_ways(counted: Counts) -> Counts:
    """Take-up or undercoverage, hidden where the other is: who of the whole is not in the one is in the other."""
    rest = counts.column(counted.frame, nw.col("whole") - nw.col("part"))
    return replace(counted, alike=(Alike(rest, "part"),))


def _households(data: Tables, policy: Policy) -> Frame:
    own = once(_own(data))
    asked = once(_asked(data, policy, own))
    judged = once(households_entitled(data, policy, asked))
    held = held_by_households(data, asked).filter(nw.col("held") == DIBAO).select("household_id").unique()
    told = statements(data, policy).select(
        "household_id", nw.col("as_of_day").alias("statement_as_of_day"), nw.col("as_of").alias("statement_on")
    )
    known = once(
        judged.join(own.select("household_id", nw.lit(value=True).alias("own")), on="household_id", how="left")
        .join(held.with_columns(nw.lit(value=True).alias("covered")), on="household_id", how="left")
        .join(told, on=["household_id", "statement_as_of_day"], how="left")
        .with_columns(nw.col("own").fill_null(value=False), nw.col("covered").fill_null(value=False))
    )
    above = nw.col("own") & nw.col("over").fill_null(value=False)
    taper = _tapers(data, policy, known.filter(above))
    names = first_rows(data[HOUSEHOLD]).select("household_id", "household_no")
    return (
        known.join(taper, on="household_id", how="left")
        .with_columns(nw.when(above).then(nw.col("taper")).otherwise(nw.lit(value=False)).alias("taper"))
        .join(names, on="household_id", how="inner")
        .select(
            *("household_id", "household_no", "region_code"),
            _month(data),
            *("programme", "own", "single", "covered", "fits", "meets", "taper", "over", "began", *FACTS),
        )
    )


def _own(data: Tables) -> Frame:
    """Households with an award of dibao in the month of `as_of`: `single`, whether any is a single-person entry."""
    applied = first_rows(data[APPLICATION]).select("application_id", nw.col("single_person_basis").alias("applied"))
    month = data.as_of_month
    in_force = (nw.col("from_month_index") <= month) & (
        nw.col("to_month_index").is_null() | (nw.col("to_month_index") >= month)
    )
    basis = nw.coalesce("single_person_basis", "applied")
    return (
        first_rows(data[AWARD])
        .filter(nw.col("programme") == DIBAO, in_force)
        .join(applied, on="application_id", how="left")
        .with_columns(nw.when(basis.is_null()).then(nw.lit(0)).otherwise(nw.lit(1)).alias("basis"))
        .group_by("household_id")
        .agg(nw.col("basis").max())
        .select("household_id", (nw.col("basis") == 1).alias("single"))
    )


def _asked(data: Tables, policy: Policy, own: Frame) -> Frame:
    """The households of `households`, as `households_entitled` wants them."""
    stated = statements(data, policy).filter(nw.col("as_of_day") <= data.as_of_day).select("household_id")
    every = nw.concat([stated, own.select("household_id")]).unique()
    today = nw.lit(data.as_of_day).cast(nw.Int32)
    return household_region(data, every.join(own, on="household_id", how="left")).select(
        "household_id",
        nw.lit(DIBAO).alias("programme"),
        today.alias("day"),
        nw.lit(data.as_of).alias("on"),
        today.alias("statement_day"),
        nw.col("single").fill_null(value=False),
        "region_code",
    )


def _tapers(data: Tables, policy: Policy, above: Frame) -> Frame:
    """Of the covered at or above the line: `taper`, whether it runs; null where no term is in force."""
    dated = once(above.with_columns(_month(data), nw.lit(data.as_of.replace(day=1)).alias("month")))
    since = begun(data, policy, dated, dated).group_by(*KEY).agg(nw.col("first_index").max().alias("began"))
    limited = policy.in_force(with_line_of(dated), "taper_months", on="month", into="months")
    runs = nw.col("month_index") <= nw.col("began") + nw.col("months")
    new = nw.col("began").is_null() | (nw.col("began") >= nw.col("month_index"))
    return limited.join(since, on=list(KEY), how="left").select(
        "household_id", "began", nw.when(new).then(nw.lit(value=True)).otherwise(runs).alias("taper")
    )


def _month(data: Tables) -> nw.Expr:
    return nw.lit(data.as_of_month).cast(nw.Int32).alias("month_index")
