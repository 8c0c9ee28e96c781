"""Did more of an official's near kin come on aid than their strata predict, and would others of no say show the same?

Every official of a county whose kin could tell is tested, and judged beside the others of that county alone.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.kinship.homes import BEFORE, ELSEWHERE, IN_OFFICE
from casework.kinship.strata import STRATUM, courses, kin_on_aid, kin_strata
from casework.lead import first_rows
from casework.policy import Policy
from casework.statistics.exact import mid_p
from casework.statistics.logrank import redrawn
from casework.statistics.marked import Bar, able, standing_out, telling, totals
from casework.tables import HOUSEHOLD

OFFICIAL_OF: Final = ("official_id", "county")
COUNTY: Final = 6  # digits of a county in a region code
CONTROLS: Final = {"before": BEFORE, "elsewhere": ELSEWHERE}
NONE, SMALLER, AS_LARGE = "none", "smaller", "as_large"
_COUNTS: Final = {"observed": pl.Int64(), "expected": pl.Float64(), "lift": pl.Float64()}


def bar(policy: Policy, rule: str) -> Bar:
    """What the tuning asks of one to be named."""
    q, lift, minimum = (policy.tuning(rule, name) for name in ("q", "lift", "minimum"))
    return Bar(float(str(q)), float(str(lift)), int(str(minimum)))


def strata_of(data: Tables, policy: Policy) -> pl.DataFrame:
    """The rows of `kin_strata` with their `county`, in an order that no official's number decides."""
    rows = data.engine.collect(kin_strata(data, policy))
    county = pl.col("region_code").str.slice(0, COUNTY)
    order = ("standing", *STRATUM, "marked", "hits_marked", "whole", "hits", "official_id")
    return rows.with_columns(county=county).sort(order)


def tested(data: Tables, policy: Policy, strata: pl.DataFrame, asked: Bar) -> pl.DataFrame:
    """Every official who could be named, in their county, with what `standing_out` says of them."""
    own = strata.filter(pl.col("standing") == IN_OFFICE)
    candidates = able(own, "official_id", "county", asked).drop("p")
    told = candidates.join(chances(data, policy, candidates), on=list(OFFICIAL_OF))
    return standing_out(told, own, "official_id", "county", asked)


def chances(data: Tables, policy: Policy, officials: pl.DataFrame) -> pl.DataFrame:
    """How likely is so much by chance, for these (`OFFICIAL_OF`): `p`, and of it `more` and `same` for calibration.

    Who is kin is drawn anew among households of one village that were first asked about in the same year, in the same
    need, each with its whole course. A household's tie is that of its first year.
    """
    placed = data.engine.place(officials.select("official_id").unique())
    county = pl.col("region_code").str.slice(0, COUNTY)
    rows = data.engine.collect(courses(data, policy, placed)).with_columns(county=county)
    one = (*OFFICIAL_OF, "household_id")
    share = pl.col("on_aid").sum().over(*OFFICIAL_OF, *STRATUM) / pl.len().over(*OFFICIAL_OF, *STRATUM)
    homes = (
        rows.with_columns(residual=pl.col("on_aid") - share)
        .sort(*OFFICIAL_OF, "year")
        .group_by(one, maintain_order=True)
        .agg(pl.col("residual").sum(), *(pl.col(name).get(0) for name in (*STRATUM, "marked")))
    )
    found = []
    for name, own in homes.group_by(OFFICIAL_OF, maintain_order=True):
        beginning = own.select(pl.struct(STRATUM).rank("dense")).to_series().to_numpy().astype("int64")
        chance, place = redrawn(own["residual"].to_numpy(), own["marked"].to_numpy() == 1, beginning)
        found.append((*name, mid_p(chance, place), float(chance[place + 1 :].sum()), float(chance[place])))
    schema = {name: officials.schema[name] for name in OFFICIAL_OF}
    schema |= dict.fromkeys(("p", "more", "same"), pl.Float64())
    return pl.DataFrame(found, schema=schema, orient="row")


def with_controls(strata: pl.DataFrame, named: pl.DataFrame, asked: Bar) -> pl.DataFrame:
    """Add what the same comparison says of those without a say.

    `before_observed`, `before_expected`, `before_lift`: the same kin before the post. `elsewhere_…`: kin of officials
    without a say there. `control`: AS_LARGE where the lift of either is as large as the official's may be at the least,
    in as many households as are asked of an official; SMALLER where not; NONE where neither tells anything.
    """
    joined = named
    for name, standing in CONTROLS.items():
        own = strata.filter(pl.col("standing") == standing).join(named, on=list(OFFICIAL_OF), how="semi")
        parts = [
            totals(rows, "official_id").with_columns(county=pl.lit(county))
            for (county,), rows in own.group_by(["county"], maintain_order=True)
        ]
        empty = pl.DataFrame(schema={**{one: named.schema[one] for one in OFFICIAL_OF}, **_COUNTS})
        told = pl.concat([empty, *(part.select(empty.columns) for part in parts)])
        renamed = told.rename({one: f"{name}_{one}" for one in _COUNTS})
        joined = joined.join(renamed, on=list(OFFICIAL_OF), how="left", maintain_order="left")
    large = pl.any_horizontal(*(_as_large(name, asked.minimum) for name in CONTROLS))
    known = pl.any_horizontal(*(_known(name) for name in CONTROLS))
    control = pl.when(large).then(pl.lit(AS_LARGE)).when(known).then(pl.lit(SMALLER)).otherwise(pl.lit(NONE))
    return joined.with_columns(
        *(pl.when(_known(name)).then(f"{name}_observed").alias(f"{name}_observed") for name in CONTROLS),
        control=control,
    )


def _known(name: str) -> pl.Expr:
    return pl.col(f"{name}_expected").is_not_null()


def _as_large(name: str, minimum: int) -> pl.Expr:
    """Not clearly less than the official's own excess: at or above the lower bound of its lift."""
    seen, lift = pl.col(f"{name}_observed"), pl.col(f"{name}_lift")
    return ((seen >= minimum) & (lift >= pl.max_horizontal("low", pl.lit(1.0)))).fill_null(value=False)


def written_strata(strata: pl.DataFrame) -> pl.DataFrame:
    """Each official's strata that tell anything, as one fact: village, year, band, kin on aid of kin, others on aid."""
    others = (pl.col("hits") - pl.col("hits_marked"), pl.col("whole") - pl.col("marked"))
    line = pl.format("{} {} {} {}/{} {}/{}", *STRATUM, "hits_marked", "marked", *others)
    known = strata.filter((pl.col("standing") == IN_OFFICE) & telling()).sort(*OFFICIAL_OF, *STRATUM)
    return known.group_by(OFFICIAL_OF, maintain_order=True).agg(line.str.join(";").alias("beside"))


def homes_compared(data: Tables, policy: Policy, strata: pl.DataFrame) -> pl.DataFrame:
    """The kin households, year by year, in strata that tell anything: rows of `kin_on_aid` with `household_no`."""
    rows = kin_on_aid(data, policy).join(
        first_rows(data[HOUSEHOLD]).select("household_id", "household_no"), on="household_id", how="inner"
    )
    known = strata.filter((pl.col("standing") == IN_OFFICE) & telling()).select(*OFFICIAL_OF, *STRATUM)
    there = data.engine.collect(rows.filter(nw.col("standing") == IN_OFFICE))
    return there.join(known, on=["official_id", *STRATUM], how="inner").sort("official_id", "year", "household_no")


def untold(data: Tables, policy: Policy, strata: pl.DataFrame, asked: Bar) -> pl.DataFrame:
    """Officials who might be named were it known what is not: `official_id`.

    Kin on aid whose need is unknown, or whose stratum has nobody to compare them with, would make enough.
    """
    rows = data.engine.collect(kin_on_aid(data, policy)).filter(
        (pl.col("standing") == IN_OFFICE) & (pl.col("on_aid") == 1)
    )
    blank = rows.filter(pl.col("band").is_null() | pl.col("region_code").is_null()).select(
        "official_id", "household_id"
    )
    own = strata.filter(pl.col("standing") == IN_OFFICE)
    alone = own.filter(pl.col("whole") == pl.col("marked")).select("official_id", unknown="hits_marked")
    known = own.filter(telling()).group_by("official_id").agg(pl.col("hits_marked").sum().alias("known"))
    counted = pl.concat([alone, blank.unique().group_by("official_id").agg(pl.len().cast(pl.Int64).alias("unknown"))])
    summed = counted.group_by("official_id").agg(pl.col("unknown").sum())
    joined = summed.join(known, on="official_id", how="left").with_columns(pl.col("known").fill_null(0))
    few, enough = pl.col("known") < asked.minimum, pl.col("known") + pl.col("unknown") >= asked.minimum
    return joined.filter(few & enough).select("official_id").sort("official_id")
