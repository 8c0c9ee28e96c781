"""To which groups does a household or a person belong, asked for one end only: to measure on whom flags fall?

Protected columns are read here to measure (safeguards R15, R21), never to raise; no detector may import this. A
household goes by its head for age and sex; a person by themself. Disability: of a household anybody who lives there.
What the data do not say is null, and is nobody's group.

- `urban_rural`: of the village;
- `age`: whole years on the day of the data, in the bands of the tuning `fairness`;
- `disability`: `yes` where a kind or grade is registered, `no` where the source has the column and says none;
- `sex`;
- `village`: how many households are registered in it;
- `surname`: does more than the tuning's share of the village's heads bear one? `main` bears it, `other` lives in such a
  village under another, `none` lives where there is no such name. By the first sign of the name: of the few
  surnames of two signs the second is not looked at.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows
from casework.means.ages import years
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, HOUSEHOLD, MEMBER, PERSON, REGION

Unit = Literal["household", "person"]
DIMENSIONS: Final = ("urban_rural", "age", "disability", "sex", "village", "surname")
_DAY: Final = "day"
_CASES: Final = (APPLICATION, AWARD)


def grouped(data: Tables, policy: Policy, unit: Unit) -> Frame:
    """Every unit once: `subject`, `region_code`, `known` (has it ever applied or been on aid?), `DIMENSIONS`.

    `subject`: the household's number, or the person's id in decimal, as leads name them. A person of several households
    is of the one with the lowest id; who is in none is left out.
    """
    people = _people(data, policy)
    heads = people.filter(nw.col("relation") == "head").unique("household_id", keep="first", order_by="person_id")
    homes = _homes(data, policy)
    homes = homes.join(_main(homes, heads, float(policy.tuning("fairness", "surname"))), on="region_code", how="left")
    if unit == "person":
        own = people.unique("person_id", keep="first", order_by="household_id")
        return _shaped(own.join(homes, on="household_id", how="inner"), nw.col("person_id").cast(nw.String))
    disabled = people.group_by("household_id").agg(nw.col("disability").max())  # yes where anybody's is
    told = (
        heads.drop("disability")
        .join(disabled, on="household_id", how="full")
        .with_columns(nw.coalesce("household_id", "household_id_right").alias("household_id"))
    )
    return _shaped(homes.join(told, on="household_id", how="left"), nw.col("household_no"))


def _shaped(rows: Frame, subject: nw.Expr) -> Frame:
    own = nw.when(nw.col("initial") == nw.col("main")).then(nw.lit("main")).otherwise(nw.lit("other"))
    placed = nw.when(nw.col("main") == "").then(nw.lit("none")).when(~nw.col("initial").is_null()).then(own)
    return rows.with_columns(subject.alias("subject"), placed.alias("surname")).select(
        "subject", "region_code", "known", *(nw.col(name).cast(nw.String) for name in DIMENSIONS)
    )


def _homes(data: Tables, policy: Policy) -> Frame:
    """Households with `urban_rural` and `village` of theirs, and `known`."""
    rows = first_rows(data[HOUSEHOLD]).select("household_id", "household_no", "region_code")
    sizes = rows.filter(~nw.col("region_code").is_null()).group_by("region_code").agg(nw.len().alias("size"))
    places = data[REGION].select("region_code", "urban_rural", "source_row")
    places = places.unique("region_code", keep="first", order_by="source_row").drop("source_row")
    cases = (data[table].select("household_id").filter(~nw.col("household_id").is_null()) for table in _CASES)
    known = nw.concat([*cases], how="vertical").unique().with_columns(nw.lit(value=True).alias("known"))
    return (
        rows.join(sizes, on="region_code", how="left")
        .join(places, on="region_code", how="left")
        .join(known, on="household_id", how="left")
        .with_columns(
            nw.col("known").fill_null(value=False),
            _band(nw.col("size"), _bounds(policy, "village"), 1).alias("village"),
        )
        .drop("size")
    )


def _people(data: Tables, policy: Policy) -> Frame:
    """Who is registered in which household on the day of the data, with `relation` and what is said of them."""
    stays = (nw.col("joined_on_day") <= data.as_of_day) & (
        nw.col("left_on_day").is_null() | (nw.col("left_on_day") > data.as_of_day)
    )
    there = data[MEMBER].filter(stays).select("household_id", "person_id", "relation")
    there = there.unique(["household_id", "person_id"], keep="first", order_by="relation")
    told = [name for name in ("disability_kind", "disability_grade") if data.has(PERSON, name)]
    sign = nw.col("name").str.slice(0, 1)
    persons = (
        first_rows(data[PERSON])
        .with_columns(nw.lit(data.as_of).cast(nw.Date).alias(_DAY))
        .select(
            "person_id",
            "sex",
            _band(years("born_on", _DAY), _bounds(policy, "ages"), 0).alias("age"),
            _any_said(told).alias("disability"),
            nw.when(sign != "").then(sign).alias("initial"),
        )
    )
    return there.join(persons, on="person_id", how="inner")


def _any_said(columns: Sequence[str]) -> nw.Expr:
    """`yes` or `no`; null where the source has none of the columns."""
    if not columns:
        return nw.lit(None).cast(nw.String)
    said = nw.coalesce(*(nw.col(name).cast(nw.String) for name in columns))
    return nw.when(said.is_null()).then(nw.lit("no")).otherwise(nw.lit("yes"))


def _main(homes: Frame, heads: Frame, least: float) -> Frame:
    """`region_code`, `main`: the initial of more than `least` of the village's heads; "" where there is none such."""
    named = heads.join(homes.select("household_id", "region_code"), on="household_id", how="inner").filter(
        ~nw.col("initial").is_null() & ~nw.col("region_code").is_null()
    )
    each = named.group_by("region_code", "initial").agg(nw.len().cast(nw.Int64).alias("many"))
    whole = each.group_by("region_code").agg(nw.col("many").sum().alias("all"), nw.col("many").max().alias("most"))
    first = each.join(whole, on="region_code", how="inner").filter(nw.col("many") == nw.col("most"))
    first = first.unique("region_code", keep="first", order_by="initial")
    share = nw.col("most").cast(nw.Float64) / nw.col("all").cast(nw.Float64)
    return first.select(
        "region_code", nw.when(share > least).then(nw.col("initial")).otherwise(nw.lit("")).alias("main")
    )


def _bounds(policy: Policy, name: str) -> list[int]:
    value = policy.tuning("fairness", name)
    return [int(bound) for bound in value] if isinstance(value, tuple) else [int(value)]


def _band(number: nw.Expr, bounds: list[int], least: int) -> nw.Expr:
    """Between which bounds a number lies, in words: `18-34`; above the last `80+`. Null stays null."""
    starts = [least, *bounds]
    names = [f"{low}-{high - 1}" for low, high in pairwise(starts)] + [f"{starts[-1]}+"]
    found = nw.lit(names[-1])
    for high, name in reversed([*zip(bounds, names[:-1], strict=True)]):
        found = nw.when(number < high).then(nw.lit(name)).otherwise(found)
    return nw.when(~number.is_null()).then(found)
