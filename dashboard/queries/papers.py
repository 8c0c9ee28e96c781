"""Which paper of the checklist is most often missing from the files of approved applications?"""

from collections.abc import Collection
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.policy import Policy
from casework.regions import Regions
from casework.text import Text
from dashboard.queries import in_force
from dashboard.queries.counts import Period, index
from metrics.integrity import document_completeness


@dataclass(frozen=True, slots=True)
class Papers:
    """Counts by `home`, `month_index` decided and `programme`.

    `files`: how many applications whose papers are known; `missing`: with `slot`, how many of them lack that paper.
    """

    files: pl.DataFrame
    missing: pl.DataFrame


def read(tables: Tables, policy: Policy, regions: Regions) -> Papers | None:
    """The files and what is missing, counted by region, month and programme; None where no paper is on record."""
    if tables.lacking(document_completeness.CARD.needs):
        return None
    known = document_completeness.rows(tables, policy).filter(nw.col("counted_as") == "", nw.col("in_part"))
    rows = tables.engine.collect(known.select("region_code", "month_index", "programme", "missing"))
    key = ("home", "month_index", "programme")
    placed = in_force.placed(regions, rows)
    slots = placed.with_columns(slot=pl.col("missing").str.split(";")).explode("slot").filter(pl.col("slot") != "")
    return Papers(
        placed.group_by(key).agg(pl.len().cast(pl.Int64).alias("files")),
        slots.group_by(*key, "slot").agg(pl.len().cast(pl.Int64).alias("missing")),
    )


def missing(papers: Papers, regions: Collection[str], programme: str, period: Period) -> tuple[int, dict[str, int]]:
    """How many files, and how many of them lack each paper, the paper most often missing first."""
    kept = [
        pl.col("home").is_in(list(regions)),
        pl.col("month_index").is_between(index(period.since), index(period.until)),
        *([pl.col("programme") == programme] if programme else []),
    ]
    slots = papers.missing.filter(*kept).group_by("slot").agg(pl.col("missing").sum())
    ordered = slots.sort("missing", "slot", descending=[True, False])
    return int(papers.files.filter(*kept)["files"].sum()), dict(ordered.select("slot", "missing").iter_rows())


def names(policy: Policy) -> dict[str, Text]:
    """What each paper of the checklist is called; of several entries the last."""
    entries = policy.rule("document_checklist").entries
    return {str(one.scope["slot"]): Text(str(one.fields["zh"]), str(one.fields["en"])) for one in entries}


__all__ = ["Papers", "missing", "names", "read"]
