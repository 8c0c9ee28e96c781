"""Which leads name these persons, so that none of them nor their kin may read or decide it?

A lead names its subject, its part and the others it relates to, every member there ever was of a household it is about
or that was paid into its account, the applicant, the official, household or application of a complaint, who handled the
application (both actors of every step), and every person in its evidence.
"""

import json
from collections.abc import Collection
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import beside
from casework.kinship import kin_of
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, COMPLAINT, MEMBER, PAYMENT, STEP, TABLES, Table

_NAMED: Final = pl.Schema({"lead_id": pl.String(), "person_id": pl.Int64()})
_ACTORS: Final = ("actor_person_id", "second_actor_person_id")
_PERSONS: Final = [
    (table.name, column.name) for table in TABLES.values() for column in table.columns if column.kind == "id_no"
]


def circle(tables: Tables, policy: Policy, person_id: int) -> frozenset[int]:
    """The person and all their known kin, near and wider, of whatever time."""
    asked = tables.engine.place(pl.DataFrame({"person_id": [person_id]}, schema={"person_id": pl.Int64()}))
    kin = tables.engine.collect(kin_of(tables, asked, policy).select("relative_id"))
    return frozenset({person_id, *kin["relative_id"].drop_nulls().to_list()})


def named(tables: Tables, leads: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    """`lead_id`, `person_id`: everybody whom each lead names. `leads` as placed, with `household_no`."""
    if leads.is_empty():
        return pl.DataFrame(schema=_NAMED)
    said = leads.select("lead_id", "subject_kind", "subject", "part", "related", "household_no")
    spoken = pl.concat(
        [
            said.filter(pl.col("subject_kind").is_in(["person", "official"])).select("lead_id", word="subject"),
            said.select("lead_id", word=pl.col("part").str.split("+")).explode("word"),
            said.select(
                "lead_id", word=pl.col("related").map_elements(_listed, return_dtype=pl.List(pl.String()))
            ).explode("word"),
        ]
    ).drop_nulls()
    cases = pl.concat(
        [
            _of(said, "application"),
            _words(tables, _of(said, "award"), AWARD, "award_no", "application_no"),
            _words(tables, _of(said, "complaint"), COMPLAINT, "complaint_no", "about_application_no"),
        ]
    )
    awards = _words(tables, _of(said, "account"), PAYMENT, "account_no", "award_no")
    homes = pl.concat(
        [
            said.select("lead_id", word="household_no"),
            spoken,
            _words(tables, cases, APPLICATION, "application_no", "household_no"),
            _words(tables, awards, AWARD, "award_no", "household_no"),
        ]
    )
    return pl.concat(
        [
            _numbers(spoken),
            _numbers(_in_evidence(evidence)),
            _joined(tables, homes.drop_nulls().unique(), MEMBER, "household_no", "person_id"),
            _joined(tables, cases, APPLICATION, "application_no", "applicant_person_id"),
            *(_joined(tables, cases, STEP, "application_no", actor) for actor in _ACTORS),
            _joined(tables, _of(said, "account"), PAYMENT, "account_no", "account_holder_person_id"),
            _joined(tables, _of(said, "complaint"), COMPLAINT, "complaint_no", "about_official_person_id"),
        ]
    ).unique()


def naming(named_in: pl.DataFrame, persons: Collection[int]) -> frozenset[str]:
    """The leads that name any of these persons."""
    return frozenset(named_in.filter(pl.col("person_id").is_in(list(persons)))["lead_id"].to_list())


def _listed(words: str) -> list[str]:
    return [str(one) for one in json.loads(words or "[]")]


def _of(said: pl.DataFrame, kind: str) -> pl.DataFrame:
    return said.filter(pl.col("subject_kind") == kind).select("lead_id", word="subject")


def _words(tables: Tables, words: pl.DataFrame, table: Table, key: str, column: str) -> pl.DataFrame:
    """`lead_id`, `word`: what a column of the rows says whose key is among the words."""
    rows = tables[table]
    if words.is_empty() or not {key, column} <= set(rows.collect_schema().names()):
        return words.head(0)
    wanted = words.rename({"word": key})
    found = rows.join(beside(rows, wanted), on=key, how="inner").select("lead_id", nw.col(column).alias("word"))
    return tables.engine.collect(found).drop_nulls().unique()


def _numbers(words: pl.DataFrame) -> pl.DataFrame:
    """The words that are a person_id in decimal."""
    return words.select("lead_id", person_id=pl.col("word").cast(pl.Int64, strict=False)).drop_nulls()


def _in_evidence(evidence: pl.DataFrame) -> pl.DataFrame:
    persons = pl.DataFrame(_PERSONS, schema=["table", "column"], orient="row")
    return evidence.join(persons, on=["table", "column"], how="semi").select("lead_id", word="value").drop_nulls()


def _joined(tables: Tables, words: pl.DataFrame, table: Table, key: str, person: str) -> pl.DataFrame:
    """The persons that rows of a table name, by a key among the words."""
    rows = tables[table]
    if words.is_empty() or not {key, person} <= set(rows.collect_schema().names()):
        return pl.DataFrame(schema=_NAMED)
    wanted = words.rename({"word": key})
    found = rows.join(beside(rows, wanted), on=key, how="inner").select("lead_id", nw.col(person).alias("person_id"))
    return tables.engine.collect(found).drop_nulls()
