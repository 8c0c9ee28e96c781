"""Beside one or two others: is it this official who is odd, or are the others?

Whoever confirmed all a village's cases with one colleague is lenient beside a strict one, and normal. How all others of
the county decide on the ineligible of the same need band, year and programme, wherever they live, settles it.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from casework.statistics import rate_ratio, ratio_bounds

ALIKE: Final = 1  # times the rate of others: no difference
STRATUM: Final = ("county", "year", "band", "programme")


def odd_in_county(
    officials: pl.Series, cases: pl.DataFrame, confirmed: pl.DataFrame, limits: Mapping[str, float]
) -> pl.DataFrame:
    """Who of these is as lenient beside the whole county as `limits` ask: `official_id`, `county`.

    `cases`: one row an application with `approved` (1 or 0, of the ineligible; else null) and what makes a stratum;
    `confirmed`: `application_id`, `official_id`. Asked: the `lift` of approvals, none below it being none at all
    (lower bound above 1), and `confirmers` others who had such cases to confirm.
    """
    asked = cases.filter(pl.col("approved").is_not_null()).with_columns(
        pl.col("region_code").str.slice(0, 6).alias("county")
    )
    by_whom = asked.join(confirmed.select("application_id", "official_id").unique(), on="application_id")
    everyone = by_whom.unique("application_id")
    all_of_them = everyone.group_by(STRATUM).agg(whole=pl.len(), hits=pl.col("approved").sum())
    own = (
        by_whom.join(officials.alias("official_id").unique().to_frame(), on="official_id", how="semi")
        .group_by("official_id", *STRATUM)
        .agg(marked=pl.len(), hits_marked=pl.col("approved").sum())
        .join(all_of_them, on=STRATUM)
        .filter(pl.col("marked") < pl.col("whole"), pl.col("hits") > 0, pl.col("hits") < pl.col("whole"))
        .sort("official_id", *STRATUM)
    )
    others = dict(by_whom.group_by("county").agg(pl.col("official_id").n_unique() - 1).rows())
    found = []
    for (official, county), table in own.group_by("official_id", "county", maintain_order=True):
        a, k, m, n = (table[name].to_numpy() for name in ("hits_marked", "hits", "marked", "whole"))
        enough = others[county] >= limits["confirmers"] and rate_ratio(a, k, m, n) >= limits["lift"]
        if enough and ratio_bounds(a, k, m, n)[0] > ALIKE:
            found.append((official, county))
    schema = {"official_id": pl.Int64(), "county": pl.String()}
    return pl.DataFrame(found, schema=schema, orient="row")
