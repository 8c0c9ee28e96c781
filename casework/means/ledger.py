"""What was each award paid for each month, and what was it due?

Programmes that are means-tested or have a benefit_amount. Computed once for all questions that read it.
"""

import narwhals as nw
import polars as pl

from casework.covered import PARTS, awards, heads, means_tested, paid, spans
from casework.dataset import Tables
from casework.engine import Frame, beside, once
from casework.lead import first_rows, household_region
from casework.means.due import JUDGED, UNKNOWN, fixed_programmes, with_due
from casework.means.figures import with_urban_rural
from casework.means.stretches import stretches
from casework.means.test import judged, with_line
from casework.policy import Policy
from casework.tables import APPLICATION, BENEFICIARY, PAYMENT


def months(data: Tables, policy: Policy) -> Frame:
    """One row per award and month with payment rows (`award_id`, `month_index`, `month`).

    `programme`, `household_id`, `region_code` (village), `single` (single-person entry); `paid_fen` (reversals netted;
    null: a row's amount is unknown), `rows`; `covered` (persons whose beneficiary row is in force, dead ones too, no
    row beyond its award; null: nobody is listed at all); `n`, `y_fen`, `statement_as_of_day`, `standard_fen`,
    `line_fen`, `line_state`, `over` (see `casework.means.test`); `due_fen` and `due_up_fen` (the amount due, rounded
    down and up to the fen; null: not judged), `topup_fen` (contained in them), `due_by` (gap, bands, flat, fixed),
    `due_state` (1 judged, 0 unknown, -1 outside).
    """
    return data.shared(f"ledger:{policy.digest}", lambda: _months(data, policy))


def _months(data: Tables, policy: Policy) -> Frame:
    programmes = sorted({*means_tested(policy), *fixed_programmes(policy)})
    rows = data.shared(f"paid:{'+'.join(programmes)}", lambda: _paid(data, awards(data, programmes)))
    terms = once(_terms(data, rows, programmes))
    stretched = stretches(data, policy, terms).with_columns(nw.col("since").alias("at__index"))
    lined = judged(with_line(policy, stretched, on="at__index", single="single")).drop("at__index")
    due = once(with_due(data, policy, once(lined)))
    fixed = nw.col("programme").is_in(fixed_programmes(policy))
    whole = _by_month(rows, due.filter(~fixed)).with_columns(nw.col("due_fen").alias("due_up_fen"))
    topped = _less_partners(data, policy, _by_month(rows, due.filter(fixed)))
    return nw.concat([whole, topped.select(*whole.collect_schema().names())])


def _by_month(rows: Frame, due: Frame) -> Frame:
    """Each paid month with what holds in its stretch."""
    return (
        rows.join(due, on="award_id", how="inner")
        .filter((nw.col("since") <= nw.col("month_index")) & (nw.col("month_index") <= nw.col("until")))
        .drop("since", "until", "ends", "urban_rural")
    )


def _paid(data: Tables, of: Frame) -> Frame:
    """Every award and month with payment rows: `paid_fen`, `rows`."""
    return (
        data[PAYMENT]
        .select("award_id", "month", "month_index", "amount_fen")
        .join(of.select("award_id"), on="award_id", how="semi")
        .group_by("award_id", "month_index")
        .agg(
            nw.col("month").min(),
            nw.col("amount_fen").sum().cast(nw.Int64).alias("known"),
            nw.col("amount_fen").count().cast(nw.Int64).alias("filled"),
            nw.len().cast(nw.Int64).alias("rows"),
        )
        .select(
            "award_id",
            "month_index",
            "month",
            nw.when(nw.col("filled") == nw.col("rows")).then(nw.col("known")).alias("paid_fen"),
            "rows",
        )
    )


def _terms(data: Tables, rows: Frame, programmes: list[str]) -> Frame:
    """The awards with payment rows: where, for whom, on which basis, `ends`, `lo` and `hi` (paid months)."""
    bounds = rows.group_by("award_id").agg(
        nw.col("month_index").min().alias("lo"), nw.col("month_index").max().alias("hi")
    )
    applied = first_rows(data[APPLICATION]).select(
        "application_id", nw.col("single_person_basis").alias("applied_basis")
    )
    named = awards(data, programmes).join(bounds, on="award_id", how="inner")
    based = named.join(applied, on="application_id", how="left").with_columns(
        (~nw.coalesce(nw.col("single_person_basis"), nw.col("applied_basis")).is_null()).alias("single")
    )
    placed = with_urban_rural(data, household_region(data, based))
    return placed.select(
        "award_id", "programme", "household_id", "region_code", "urban_rural", "single", "ends", "lo", "hi"
    )


def _less_partners(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """Take off what a top_up_only partner pays the same persons the same month: its payment by head."""
    pairs = _topped_up(policy)
    whole = nw.col("due_fen")
    if not pairs:
        return rows.with_columns(whole.alias("due_up_fen"))
    less = _paid_by_partners(data, policy, pairs)
    known = rows.join(less, on=["award_id", "month_index"], how="left")
    rest = whole * PARTS - nw.col("less_parts").fill_null(0)
    rest = nw.when(nw.col("less_unknown").fill_null(0) == 0).then(nw.when(rest < 0).then(nw.lit(0)).otherwise(rest))
    unknown = nw.col("due_fen").is_null() & (nw.col("due_state") == JUDGED)
    return (
        known.with_columns(
            (rest // PARTS).cast(nw.Int64).alias("due_fen"),
            ((rest + PARTS - 1) // PARTS).cast(nw.Int64).alias("due_up_fen"),
        )
        .with_columns(
            nw.when(unknown).then(nw.lit(UNKNOWN)).otherwise(nw.col("due_state")).cast(nw.Int8).alias("due_state")
        )
        .drop("less_parts", "less_unknown")
    )


def _topped_up(policy: Policy) -> list[tuple[str, str]]:
    """Pairs (partner, programme with a benefit_amount) that somewhere, at some time, are top_up_only."""
    fixed = fixed_programmes(policy)
    rule = policy.rule("exclusive")
    order = [str(entry.scope["code"]) for entry in policy.rule("programme").entries]
    said = [(entry.scope, entry.fields.get("action")) for entry in rule.entries]
    said += [(change.scope, change.set) for change in rule.changes]
    found = set()
    for scope, action in said:
        if action == "top_up_only" and {"a", "b"} <= set(scope):
            pair = sorted((str(scope["a"]), str(scope["b"])), key=lambda code: (code in fixed, _place(order, code)))
            if pair[1] in fixed:
                found.add((pair[0], pair[1]))
    return sorted(found)


def _place(order: list[str], code: str) -> int:
    return order.index(code) if code in order else len(order)


def _paid_by_partners(data: Tables, policy: Policy, pairs: list[tuple[str, str]]) -> Frame:
    """`less_parts` (of a fen, for all persons of an award in a month) and `less_unknown` (> 0: nobody can tell)."""
    topped = awards(data, sorted({fixed for _, fixed in pairs}))
    covered = once(spans(data, topped).join(topped.select("award_id", "programme", "household_id"), on="award_id"))
    small = beside(covered, pl.DataFrame(pairs, schema=["partner", "fixed"], orient="row"))
    fixed = covered.join(small, left_on="programme", right_on="fixed", how="inner").rename({"programme": "fixed"})
    persons = covered.select("person_id").unique()
    theirs = once(data[BENEFICIARY].join(persons, on="person_id", how="semi").select("award_id").unique())
    givers = once(awards(data, sorted({code for code, _ in pairs})).join(theirs, on="award_id", how="semi"))
    partner = (
        spans(data, givers)
        .join(givers.select("award_id", "programme"), on="award_id", how="inner")
        .select(
            "person_id",
            nw.col("programme").alias("partner"),
            nw.col("award_id").alias("partner_award"),
            nw.col("since").alias("partner_since"),
            nw.col("until").alias("partner_until"),
        )
    )
    both = once(household_region(data, fixed.join(partner, on=["person_id", "partner"], how="inner")))
    given = once(paid(data, both.select(nw.col("partner_award").alias("award_id"))))
    by_head = given.join(heads(data, given), on=["award_id", "month_index"], how="inner").select(
        nw.col("award_id").alias("partner_award"), "month_index", "month", "paid_fen", "covered"
    )
    open_end = nw.col("until").is_null() | (nw.col("until") >= nw.col("month_index"))
    partner_open = nw.col("partner_until").is_null() | (nw.col("partner_until") >= nw.col("month_index"))
    each = both.join(by_head, on="partner_award", how="inner").filter(
        (nw.max_horizontal("since", "partner_since") <= nw.col("month_index")) & open_end & partner_open
    )
    each = policy.in_force(
        each, "exclusive", on="month", into="action", field="action", scope={"a": "partner", "b": "fixed"}
    ).filter(nw.col("action") == "top_up_only")
    once_each = each.select("award_id", "month_index", "person_id", "partner_award", "paid_fen", "covered").unique()
    share = nw.col("paid_fen") * PARTS // nw.col("covered")
    return (
        once_each.with_columns(
            nw.when(share > 0).then(share).otherwise(nw.lit(0)).alias("parts"),
            nw.when(nw.col("paid_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("unknown"),
        )
        .group_by("award_id", "month_index")
        .agg(
            nw.col("parts").sum().cast(nw.Int64).alias("less_parts"),
            nw.col("unknown").sum().cast(nw.Int64).alias("less_unknown"),
        )
    )
