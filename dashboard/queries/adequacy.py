"""How does the standard of a year compare with what people there spent the year before?

Standard x 12 / consumption a head of the year before that of `as_of`, urban and rural apart, beside the band in force
(policy `metric_target`). What a place's reference figures lack stays unknown, by name.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from casework.dataset import Tables
from casework.errors import NothingInForceError
from casework.policy import Entry, Policy
from casework.regions import Regions
from casework.tables import REFERENCE

RULE = "metric_target"
METRIC = "standard_adequacy"
KINDS = ("urban", "rural")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of residents of one place."""

    region: str  # whose standard it is asked for
    kind: str
    year: int  # of the consumption
    standard_fen: int | None  # a person a month
    consumption_fen: int | None  # a person a year
    published: str | None  # the region whose reference figure it is
    target: Entry | None

    @property
    def share(self) -> float | None:
        """The standard of twelve months as a share of the consumption."""
        if self.standard_fen is None or not self.consumption_fen:
            return None
        return self.standard_fen * _MONTHS / self.consumption_fen


def compared(
    policy: Policy, regions: Regions, figures: pl.DataFrame, region: str, on: date, *, places: list[str]
) -> list[Compared]:
    """The place itself; where it has no standard of its own, the places below it that do."""
    own = [_one(policy, regions, figures, region, kind, on) for kind in KINDS]
    if any(one.standard_fen is not None for one in own):
        return own
    below = [_one(policy, regions, figures, code, kind, on) for code in places for kind in KINDS]
    return [one for one in below if one.standard_fen is not None] or own


def figures(tables: Tables) -> pl.DataFrame:
    """`region_code`, `year`, `item`, `fen`: the consumption figures of the reference table, the first of a key."""
    rows = tables.engine.collect(tables[REFERENCE].select("region_code", "year", "item", "value_hundredths"))
    wanted = rows.filter(pl.col("item").is_in([f"consumption_{kind}" for kind in KINDS]))
    return wanted.unique(["region_code", "year", "item"], keep="first", maintain_order=True).rename(
        {"value_hundredths": "fen"}
    )


def _one(policy: Policy, regions: Regions, figures: pl.DataFrame, region: str, kind: str, on: date) -> Compared:
    try:
        value = policy.value("dibao_standard", on=on, region=region, urban_rural=kind)
        standard = None if value is None else round(float(str(value)) * 100)
    except NothingInForceError:
        standard = None
    try:
        target = policy.entry(RULE, on=on, region=region, metric=METRIC, urban_rural=kind)
    except NothingInForceError:
        target = None
    year = on.year - 1
    known = figures.filter(pl.col("year") == year, pl.col("item") == f"consumption_{kind}", pl.col("fen").is_not_null())
    by_region = dict(known.select("region_code", "fen").iter_rows())
    published = next((one.code for one in reversed(regions.path(region)) if one.code in by_region), None)
    consumption = None if published is None else by_region[published]
    return Compared(region, kind, year, standard, consumption, published, target)
