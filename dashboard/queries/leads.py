"""Which leads are in the queue, in which order, and what did each scheme of the run do?"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import narwhals as nw
import polars as pl

from casework.card import LEVELS, SEVERITIES
from casework.dataset import Tables
from casework.engine import beside
from casework.regions import Regions
from casework.tables import APPLICATION, AWARD, COMPLAINT, MEMBER, Table

PAGE_SIZE: Final = 25
FACETS: Final = ("family", "scheme", "level", "severity", "kind")
_COLUMN: Final = {"kind": "subject_kind"}
_ORDER: Final[dict[str, list[str]]] = {"level": [*LEVELS], "severity": [*reversed(SEVERITIES)]}
SORTS: Final = {
    # Who may have been missed is ordered by hardship, everything else by the amount in doubt.
    "hardship": (("hardship", True), ("level_rank", False), ("severity_rank", False), ("amount_fen", True)),
    "grave": (("level_rank", False), ("severity_rank", False), ("hardship", True), ("amount_fen", True)),
    "amount": (("amount_fen", True), ("level_rank", False)),
    "recent": (("until", True), ("level_rank", False)),
    "degree": (("scheme", False), ("score", True)),  # a score orders leads inside one scheme only
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader narrowed the queue to; empty means any."""

    family: str = ""
    scheme: str = ""
    level: str = ""
    severity: str = ""
    kind: str = ""
    programme: str = ""
    sort: str = "grave"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the queue."""

    rows: pl.DataFrame
    number: int
    pages: int
    total: int


def placed(tables: Tables, regions: Regions, leads: pl.DataFrame) -> pl.DataFrame:
    """The leads with `household_no` and `programme` of their subject, their `home` in the tree, and ranks to sort by.

    A person of several households gets the one joined last; where nothing is known both are empty. `hardship` is the
    score of what may have been missed; `together` and `together_fen` are how many such leads with an amount the
    household has, and their sum.
    """
    homes = pl.concat(
        [
            _of(tables, leads, "application", APPLICATION, "application_no", "programme"),
            _of(tables, leads, "award", AWARD, "award_no", "programme"),
            _of(tables, leads, "complaint", COMPLAINT, "complaint_no", None, household="about_household_no"),
            _of_person(tables, leads),
            leads.filter(pl.col("subject_kind") == "household").select(
                "lead_id", household_no="subject", programme=pl.lit(None, pl.String())
            ),
        ]
    ).unique("lead_id", keep="first", maintain_order=True)
    codes = leads["region_code"].unique().to_list()
    missed = pl.col("family") == "missed"
    owed = pl.when(missed & pl.col("household_no").is_not_null()).then(pl.col("amount_fen"))
    return leads.join(homes, on="lead_id", how="left", maintain_order="left").with_columns(
        pl.when(missed).then(pl.col("score")).alias("hardship"),
        pl.when(missed).then(owed.count().over("household_no")).otherwise(0).alias("together"),
        pl.when(missed).then(owed.sum().over("household_no")).alias("together_fen"),
        pl.col("region_code")
        .replace_strict(codes, [regions.home(code) for code in codes], return_dtype=pl.String())
        .alias("home"),
        *(
            pl.col(name).replace_strict({code: at for at, code in enumerate(codes)}, default=9).alias(f"{name}_rank")
            for name, codes in _ORDER.items()
        ),
    )


def _of(
    tables: Tables,
    leads: pl.DataFrame,
    kind: str,
    table: Table,
    key: str,
    programme: str | None,
    *,
    household: str = "household_no",
) -> pl.DataFrame:
    wanted = leads.filter(pl.col("subject_kind") == kind).select("lead_id", pl.col("subject").alias(key))
    if wanted.is_empty():
        return _no_homes()
    rows = tables[table]
    said = nw.lit(None).cast(nw.String) if programme is None else nw.col(programme)
    joined = rows.join(beside(rows, wanted), on=key, how="inner").select(
        "lead_id", nw.col(household).alias("household_no"), said.alias("programme")
    )
    return tables.engine.collect(joined).sort("lead_id", "household_no", nulls_last=True)


def _of_person(tables: Tables, leads: pl.DataFrame) -> pl.DataFrame:
    persons = leads.filter(pl.col("subject_kind").is_in(["person", "official"])).select(
        "lead_id", person_id=pl.col("subject").cast(pl.Int64, strict=False)
    )
    if persons.is_empty():
        return _no_homes()
    members = tables[MEMBER]
    joined = members.join(beside(members, persons), on="person_id", how="inner").select(
        "lead_id", "household_no", nw.lit(None).cast(nw.String).alias("programme"), "joined_on"
    )
    return (
        tables.engine.collect(joined)
        .sort("lead_id", "joined_on", "household_no", descending=[False, True, False])
        .drop("joined_on")
    )


def _no_homes() -> pl.DataFrame:
    return pl.DataFrame(schema={"lead_id": pl.String(), "household_no": pl.String(), "programme": pl.String()})


def narrowed(leads: pl.DataFrame, regions: Collection[str], asked: Asked, *, but: str = "") -> pl.DataFrame:
    """The leads of these regions that fit; `but` leaves one facet open, to count its choices."""
    kept = [pl.col("home").is_in(list(regions))]
    for name in FACETS:
        value = getattr(asked, name)
        if value and name != but:
            kept.append(pl.col(_COLUMN.get(name, name)) == value)
    if asked.programme:
        kept.append(
            (pl.col("programme") == asked.programme) | pl.col("part").str.contains(asked.programme, literal=True)
        )
    return leads.filter(kept) if kept else leads


def choices(leads: pl.DataFrame, regions: Collection[str], asked: Asked, facet: str) -> dict[str, int]:
    """How many leads each choice of a facet would leave, the other facets as they are."""
    column = _COLUMN.get(facet, facet)
    counted = (
        narrowed(leads, regions, asked, but=facet).group_by(column).len().sort("len", column, descending=[True, False])
    )
    return dict(counted.iter_rows())


def page(leads: pl.DataFrame, regions: Collection[str], asked: Asked, number: int) -> Page:
    """One page of the queue; a page past the end is the last one."""
    found = narrowed(leads, regions, asked)
    pages = max(1, -(-found.height // PAGE_SIZE))
    number = min(max(1, number), pages)
    return Page(ordered(found, asked.sort).slice((number - 1) * PAGE_SIZE, PAGE_SIZE), number, pages, found.height)


def ordered(found: pl.DataFrame, sort: str) -> pl.DataFrame:
    """The leads in the order the reader asked for."""
    keys = SORTS.get(sort, SORTS["grave"])
    falling = [*(falls for _, falls in keys), False]
    return found.sort(*(name for name, _ in keys), "lead_id", descending=falling, nulls_last=True)


def facts_of(lead: dict[str, object]) -> dict[str, object]:
    """The facts of one lead."""
    content: dict[str, object] = json.loads(str(lead["facts"] or "{}"))
    return content
