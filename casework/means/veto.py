"""Does something a person owns shut the household out, or call for a look?

Contract §3, veto: a finding of a kind and detail that the rules name, strictly above `over` (in its unit), or `rows`
of them among all owners asked together. Contract §4: it holds on the day from from_on to to_on, even if compared later.
The dead own nothing here. What no entry names (disability and farm vehicles, ruined dwellings) is exempt.

Nobody can tell of a finding without a value whether it is above one, of one without a detail which of its kind it is,
nor of one without a beginning whether it held before the day it was compared: it is a veto for nobody, but may be one.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame, beside, once
from casework.means.members import deaths
from casework.policy import Policy
from casework.policy.rule import Entry
from casework.tables import MATCH
from casework.text import Text

LEVELS: Final = ("exclude", "verify")  # the graver first, also by the alphabet
HUNDREDTHS: Final = 100  # match.value is stored in hundredths of its unit
ITEMS: Final = {
    "vehicle/car": Text("汽车", "a car"),
    "vehicle/truck": Text("货车", "a truck"),
    "vehicle/motorcycle": Text("高价摩托车", "a costly motorcycle"),
    "real_estate/dwelling": Text("住房", "dwellings"),
    "real_estate/shop": Text("商铺", "a shop"),
    "business/active": Text("经营中的市场主体", "an active business"),
    "business/dormant": Text("停业的市场主体", "a dormant business"),
    "deposit": Text("存款", "deposits"),
    "enrolment": Text("高收费学校就读", "a school with high fees"),
    "public_payroll": Text("财政供养", "public payroll"),
    "social_insurance/employee": Text("职工社会保险", "employee insurance"),
    "social_insurance/flexible": Text("灵活就业社会保险", "flexible insurance"),
    "housing_fund": Text("住房公积金", "housing fund"),
}


def vetoes(
    data: Tables, policy: Policy, owners: Frame, *, by: Sequence[str], day: str = "day", until: str | None = None
) -> Frame:
    """The gravest veto of each key that has one: the columns `by`, `level`, `item`, `match_no`, `person_id`.

    `owners`: the columns `by`, `person_id`, `region_code`, the Int32 columns `day` and, where a finding must hold on
    every day of a time, `until` (inclusive). Rules are looked up on `day`. `item`: `kind/detail`; `kind` where the
    rules ask for no detail.
    """
    found = findings(data, policy, owners, by=by, day=day, until=until).filter(nw.col("level") != "unknown")
    order = nw.concat_str("level", "item", "match_no", separator="|")
    least = found.with_columns(order.alias("order__"))
    first = least.group_by(*by).agg(nw.col("order__").min().alias("least__"))
    same = least.join(first, on=list(by), how="inner").filter(nw.col("order__") == nw.col("least__"))
    return same.group_by(*by).agg(
        *(nw.col(name).min() for name in ("level", "item", "match_no")), nw.col("person_id").min()
    )


def findings(
    data: Tables, policy: Policy, owners: Frame, *, by: Sequence[str], day: str = "day", until: str | None = None
) -> Frame:
    """Every finding that is a veto, as `vetoes` says; `level` is "unknown" where what it lacks might make it one.

    A finding has one line a level at most, so one that excludes may call for a look as well.
    """
    owned = _owned(data, policy, owners, day=day, until=until).with_columns(nw.col(day).alias("rule__day"))
    kept = once(owned)
    return nw.concat([_of_level(policy, kept, level, by) for level in LEVELS])


def possible(policy: Policy) -> nw.Expr:
    """Might a row of `match` be a veto somewhere, at some time? For pruning."""
    rule = policy.rule("veto")
    said = [_possible(entry, limited=not rule.changes) for entry in rule.entries]
    return nw.any_horizontal(*said, ignore_nulls=True) if said else nw.lit(value=False)


def excluding(policy: Policy) -> Policy:
    """The same rules with only those vetoes that exclude: what merely calls for a look shuts nobody out."""
    rule = policy.rule("veto")
    entries = tuple(entry for entry in rule.entries if entry.scope.get("level") == "exclude")
    return Policy({**policy.rules, "veto": replace(rule, entries=entries)})


def _possible(entry: Entry, *, limited: bool) -> nw.Expr:
    fits: nw.Expr = nw.lit(value=True)
    for key in ("kind", "detail"):
        if key in entry.scope:
            fits = fits & (nw.col(key) == str(entry.scope[key])).fill_null(value=key == "detail")
    over = entry.fields.get("over")
    if limited and over is not None:
        limit = round(over * HUNDREDTHS)
        fits = fits & (nw.col("value_hundredths").is_null() | (nw.col("value_hundredths") > limit))
    return fits


def _owned(data: Tables, policy: Policy, owners: Frame, *, day: str, until: str | None) -> Frame:
    """Each owner with each finding that holds, or may hold, all the time asked; `guessed`: it may be another's case.

    One without a detail is there once for every detail of its kind that the rules name.
    """
    rule = policy.rule("veto")
    details = sorted({(str(e.scope["kind"]), str(e.scope["detail"])) for e in rule.entries if "detail" in e.scope})
    detailed = sorted({kind for kind, _ in details})
    item = nw.concat_str("kind", "detail", separator="/", ignore_nulls=True)
    known = data[MATCH].filter(possible(policy))
    every = pl.DataFrame(details, schema={"kind": pl.String(), "guess": pl.String()}, orient="row")
    blank = known.filter(nw.col("detail").is_null()).join(beside(known, every), on="kind", how="inner")
    columns = ("person_id", "match_no", "kind", "detail", "value_hundredths", "from_on_day", "to_on_day")
    told = known.select(*columns, "compared_on_day", nw.lit(value=False).alias("guessed"))
    guesses = blank.drop("detail").rename({"guess": "detail"})
    guesses = guesses.select(*columns, "compared_on_day", nw.lit(value=True).alias("guessed"))
    rows = nw.concat([told, guesses]).with_columns(
        nw.when(nw.col("kind").is_in(detailed)).then(item).otherwise(nw.col("kind")).alias("item")
    )
    dead = deaths(data).select("person_id", nw.col("death_day").alias("death__"))
    last = nw.col(until or day)
    began, gone = nw.col("from_on_day"), nw.col("to_on_day")
    holds = (began.is_null() | (began <= nw.col(day))) & (gone.is_null() | (gone >= last))
    alive = nw.col("death__").is_null() | (nw.col("death__") >= nw.col(day))
    perhaps = began.is_null() & (nw.col("compared_on_day") > nw.col(day)).fill_null(value=True)
    return (
        owners.join(rows, on="person_id", how="inner")
        .filter(holds)
        .join(dead, on="person_id", how="left")
        .filter(alive)
        .with_columns((nw.col("guessed") | perhaps).alias("guessed"))
        .drop("from_on_day", "to_on_day", "compared_on_day", "death__")
    )


def _of_level(policy: Policy, owned: Frame, level: str, by: Sequence[str]) -> Frame:
    """The findings that are vetoes of one level."""
    scope = {"level": nw.lit(level)}
    asked = policy.in_force(owned, "veto", on="rule_", into="over", scope=scope, field="over")
    asked = policy.in_force(asked, "veto", on="rule_", into="least", scope=scope, field="rows")
    named = asked.filter(nw.col("over_state") == 1).with_columns(
        (nw.col("over") * HUNDREDTHS).round().cast(nw.Int64).alias("limit")
    )
    above = nw.col("limit").is_null() | (nw.col("value_hundredths") > nw.col("limit")).fill_null(value=False)
    unknown = ~nw.col("limit").is_null() & nw.col("value_hundredths").is_null()
    marked = named.with_columns(
        nw.when(above & ~nw.col("guessed"))
        .then(nw.lit(level))
        .when(above | unknown)
        .then(nw.lit("unknown"))
        .alias("said")
    ).filter(~nw.col("said").is_null())
    key = [*by, "item"]
    found = _counted(marked.filter(nw.col("said") == level), key, into="found")
    counted = marked.join(found, on=key, how="left").join(_counted(marked, key, into="perhaps"), on=key, how="left")

    def enough(number: str) -> nw.Expr:
        return nw.col("least").is_null() | (nw.col(number) >= nw.col("least")).fill_null(value=False)

    surely = enough("found") & (nw.col("said") == level)
    return (
        counted.filter(enough("perhaps"))
        .with_columns(nw.when(surely).then(nw.lit(level)).otherwise(nw.lit("unknown")).alias("level"))
        .select(*by, "level", "item", "match_no", "person_id")
        .unique()
    )


def _counted(rows: Frame, key: Sequence[str], *, into: str) -> Frame:
    return rows.group_by(*key).agg(nw.col("match_no").n_unique().cast(nw.Int64).alias(into))
