"""Which officials does a reader look after, and how many of the reader's leads name each?

Staff: who has or had a duty in the cases within the reader's regions, and whom one of the reader's own leads on conduct
names. Never the reader themself nor their kin.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.kinship.jurisdiction import DUTIES
from casework.lead import first_rows
from casework.review.scope import Reader, Scope
from casework.tables import OFFICIAL, PERSON
from dashboard.queries.owned import Owned
from dashboard.queries.search import person_ids
from dashboard.queries.terms import PREFIX, Term

if TYPE_CHECKING:
    from dashboard.desk import Desk

POSTS = pl.Schema(
    {
        "person_id": pl.Int64(),
        "duty": pl.String(),
        "region_code": pl.String(),
        "post": pl.String(),
        "from_on": pl.Date(),
        "to_on": pl.Date(),
    }
)
_NAMED = pl.Schema({"lead_id": pl.String(), "person_id": pl.Int64()})


@dataclass(frozen=True, slots=True)
class Officials:
    """The officials of one reader.

    `people`: `person_id`, `leads`, those whom most leads name first; `named`: `lead_id`, `person_id`.
    """

    people: pl.DataFrame
    named: pl.DataFrame

    def __contains__(self, person_id: object) -> bool:
        """Is this one of them?"""
        return not self.people.filter(pl.col("person_id") == person_id).is_empty()


def mine(desk: "Desk", reader: Reader, leads: pl.DataFrame) -> Officials:
    """The officials of this reader, of whom none is kin. `leads`: the reader's."""
    named = naming(leads, desk.posts["person_id"].unique())
    recused = frozenset() if reader.person_id is None else desk.circle(reader.person_id)
    return Officials(listed(desk.posts, named, reader.scope, recused), named)


def posts(tables: Tables) -> pl.DataFrame:
    """Every post of the staff, held or left (`POSTS`); empty where the source lists no officials."""
    if not tables.has(OFFICIAL, "id_no", "duty"):
        return POSTS.to_frame()
    rows = tables[OFFICIAL].filter(nw.col("duty").is_in(DUTIES)).select(list(POSTS))
    return tables.engine.collect(rows).cast(dict(POSTS)).unique().sort(list(POSTS), nulls_last=True)  # type: ignore[arg-type]  # a dict of dtypes


def naming(leads: pl.DataFrame, staff: Collection[int]) -> pl.DataFrame:
    """`lead_id`, `person_id`: the officials whom each lead on conduct is about, or on whose part in a case it rests.

    `staff`: everybody with a post. Whom else a lead relates to (a household, a holder, a member) is no official.
    """
    conduct = leads.filter(pl.col("conduct"))
    if conduct.is_empty():
        return _NAMED.to_frame()
    about = conduct.filter(pl.col("subject_kind") == "official").select("lead_id", person_id="subject")
    related = conduct.select(
        "lead_id", "subject_kind", person_id=pl.col("related").str.json_decode(pl.List(pl.String()))
    ).explode("person_id")
    related = related.with_columns(pl.col("person_id").cast(pl.Int64, strict=False)).drop_nulls("person_id")
    acted = (pl.col("subject_kind") == "application") | pl.col("person_id").is_in(list(staff))
    every = pl.concat(
        [
            about.with_columns(pl.col("person_id").cast(pl.Int64, strict=False)).drop_nulls(),
            related.filter(acted).select("lead_id", "person_id"),
        ]
    )
    return every.unique().sort("lead_id", "person_id")


def listed(known: pl.DataFrame, named: pl.DataFrame, scope: Scope, recused: Collection[int]) -> pl.DataFrame:
    """`person_id`, `leads`: the reader's officials, those whom most of their leads name first."""
    here = known.filter(scope.within(pl.col("region_code"))).select("person_id")
    counted = named.group_by("person_id").agg(pl.len().cast(pl.Int64).alias("leads"))
    every = pl.concat([here, named.select("person_id")]).unique()
    mine = every.filter(~pl.col("person_id").is_in(list(recused)))
    return (
        mine.join(counted, on="person_id", how="left")
        .with_columns(pl.col("leads").fill_null(0))
        .sort("leads", "person_id", descending=[True, False])
    )


def sought(owned: Owned, mine: pl.DataFrame, term: Term, key: bytes) -> pl.DataFrame:
    """Of these officials those whom a term finds: by a number, its last signs, or the first signs of a name."""
    found = set(person_ids(owned, term, key))
    if term.sort != "number":
        name = nw.col("name").str.starts_with(term.text) if len(term.text) >= PREFIX else nw.col("name") == term.text
        asked = nw.col("person_id").is_in(mine["person_id"].to_list())
        rows = first_rows(owned.tables[PERSON]).filter(asked, name).select("person_id")
        found |= set(owned.tables.engine.collect(rows)["person_id"])
    return mine.filter(pl.col("person_id").is_in(list(found)))
