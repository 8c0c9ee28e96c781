"""What did the facts say on the day an application was accepted?

Contract §4: the governing statement is the newest on or before the acceptance day, n and the standard are those of that
day; single_person_basis is the award's, else the application's. Vetoes: the owners are those whom the award that came
of it covered from its first month, without such an award all who live together that day. A programme to which facts
entitle whatever one owns (old age, disability, lost parents) knows no veto.
"""

from typing import Final

import narwhals as nw

from casework.card import Fact
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import KEPT, Evidence, first_rows, household_region
from casework.means.members import members_on
from casework.means.statement import statements
from casework.means.test import tested
from casework.means.veto import ITEMS, excluding, findings
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, MATCH
from casework.text import Text

KEY: Final = ("application_id",)
UNMATCHED: Final = "not_compared"
ITEM_FACT: Final = Fact(
    Text("一票否决事项", "Veto item"),
    words={**ITEMS, UNMATCHED: Text("财产未核对", "property not compared")},
    absent=Text("无", "none"),
)


def on_acceptance(data: Tables, policy: Policy, applications: Frame) -> tuple[Frame, Evidence]:
    """Add to applications (few, of one row each) what was known on their `accepted_at_day`.

    Rows have `application_id`, `programme`, `household_id`, `region_code`, `single_person_basis`. `region_code` becomes
    the household's village where it is known. Adds `single`, `y_fen`, `n`, `standard_fen`, `line_fen`, `line_state`,
    `over` (null: unknown, or no line), `statement_as_of_day` and `as_of`; of exclude vetoes the first `item`, how
    many were `found` (null, and `item` UNMATCHED: the source has no matches), `veto_state`: 1 held, 0 unknown, -1 none.

    With them comes their evidence: all of these findings, where `application_id` is kept.
    """
    based = once(_with_basis(data, household_region(data, applications, otherwise="region_code")))
    judged = once(tested(data, policy, based, day="accepted_at_day", statement_day="accepted_at_day", single="single"))
    held = once(_held(data, policy, judged.filter(~nw.col("programme").is_in(without_veto(policy)))))
    said = statements(data, policy).select("household_id", nw.col("as_of_day").alias("statement_as_of_day"), "as_of")
    known = (
        judged.join(said, on=["household_id", "statement_as_of_day"], how="left")
        .join(_vetoed(held), on="application_id", how="left")
        .with_columns(nw.col("veto_state").fill_null(-1).cast(nw.Int8), nw.col("found").fill_null(0))
    )
    if not data.has(MATCH, "id_no", "kind"):  # what nobody compared is unknown, not nothing
        nothing = nw.lit(None).cast(nw.Int64)
        known = known.with_columns(nw.lit(UNMATCHED).alias("item"), nothing.alias("found"))
    return known, _proof(data, held)


def without_veto(policy: Policy) -> list[str]:
    """Programmes whose entitlement names neither income nor veto, at any time and anywhere."""
    entries = policy.rule("entitlement").entries
    asking = [entry for entry in entries if entry.fields.get("veto") or entry.fields.get("income")]
    if any("programme" not in entry.scope for entry in asking):  # it speaks of every programme
        return []
    named = {entry.scope["programme"] for entry in entries if "programme" in entry.scope}
    return sorted(str(programme) for programme in named - {entry.scope["programme"] for entry in asking})


def ineligible() -> nw.Expr:
    """At or above the line, or an exclude veto held; null: unknown."""
    barred = nw.col("veto_state") == 1
    unknown = (nw.col("veto_state") == 0) | ((nw.col("line_state") >= 0) & nw.col("over").is_null())
    return (
        nw.when(nw.col("over").fill_null(value=False) | barred)
        .then(nw.lit(value=True))
        .when(~unknown)
        .then(nw.lit(value=False))
    )


def _with_basis(data: Tables, rows: Frame) -> Frame:
    """Add `single`: single-person entry by the award that came of the application, else by the application."""
    granted = (
        first_rows(data[AWARD])
        .filter(~nw.col("application_id").is_null())
        .group_by("application_id")
        .agg(nw.col("single_person_basis").max().alias("granted__"))
    )
    basis = nw.coalesce(nw.col("granted__"), nw.col("single_person_basis"))
    joined = rows.join(granted, on="application_id", how="left")
    return joined.with_columns((~basis.is_null()).alias("single")).drop("granted__")


def _held(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """The findings that exclude these applications' owners on the day, or might: see `casework.means.veto`."""
    asked = once(rows.select("application_id", "household_id", "region_code", nw.col("accepted_at_day").alias("day")))
    starts = first_rows(data[AWARD]).select("award_id", "application_id", nw.col("from_month_index").alias("starts"))
    covered = (
        data[BENEFICIARY]
        .join(starts, on="award_id", how="inner")
        .filter(nw.col("from_month_index") <= nw.col("starts"))
        .select("application_id", "person_id")
        .join(asked.drop("household_id"), on="application_id", how="inner")
    )
    granted = once(covered.select("application_id", "person_id", "region_code", "day").unique())
    at_home = members_on(data, asked.join(granted.select("application_id"), on="application_id", how="anti"))
    together = at_home.filter(nw.col("co_living").fill_null(value=False)).select(
        "application_id", "person_id", "region_code", "day"
    )
    return findings(data, excluding(policy), nw.concat([granted, together.unique()]), by=KEY)


def _vetoed(held: Frame) -> Frame:
    """One row per application with a finding that excludes, or might: `item`, `found`, `veto_state`."""
    sure = nw.col("level") == "exclude"
    found = nw.when(sure).then(nw.lit(1)).otherwise(nw.lit(0))
    each = held.group_by(*KEY, "match_no").agg(
        found.max().alias("sure"), nw.when(sure).then(nw.col("item")).min().alias("item")
    )
    return each.group_by(*KEY).agg(
        nw.col("item").min(),
        nw.col("sure").sum().cast(nw.Int64).alias("found"),
        nw.col("sure").max().cast(nw.Int8).alias("veto_state"),
    )


def _proof(data: Tables, held: Frame) -> Evidence:
    """The findings that excluded, of each application."""
    show = ("id_no", "kind", "source", "from_on", "to_on", "value", "detail")

    def gather(found: Frame) -> Frame:
        sure = held.filter(nw.col("level") == "exclude").select(*KEY, "match_no").unique()
        asked = found.select("subject", "part", nw.col(f"{KEPT}application_id").alias("application_id"))
        named = asked.join(sure, on=list(KEY), how="inner").select("subject", "part", "match_no").unique()
        columns = dict.fromkeys([*(part.main for part in MATCH.key), *(MATCH[name].main for name in show)])
        rows = data[MATCH].join(named, on="match_no", how="inner")
        return rows.select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(MATCH, show, gather)
