"""What belongs on the desk when one lead is opened?"""

from collections.abc import Collection, Mapping
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.tables import APPLICATION, AWARD, BENEFICIARY, COMPLAINT, TABLES, Table
from dashboard.queries.people import Person, people

_KEYS: Final[dict[str, tuple[Table, str]]] = {  # subject kind -> its table and key
    "application": (APPLICATION, "application_no"),
    "award": (AWARD, "award_no"),
    "complaint": (COMPLAINT, "complaint_no"),
}


def subject_row(tables: Tables, lead: Mapping[str, Any]) -> dict[str, Any]:
    """The subject's own row; empty for kinds without one table."""
    if lead["subject_kind"] not in _KEYS:
        return {}
    table, key = _KEYS[lead["subject_kind"]]
    rows = tables.engine.collect(tables[table].filter(nw.col(key) == lead["subject"])).sort("source_file", "source_row")
    return rows.row(0, named=True) if rows.height else {}


def involved(
    tables: Tables,
    lead: Mapping[str, Any],
    row: Mapping[str, Any],
    proof: pl.DataFrame,
    further: Collection[int] = (),
    *,
    reveal: bool = False,
) -> dict[int, Person]:
    """The persons the lead speaks of: its subject, applicant, beneficiaries, and those its evidence names. Masked."""
    ids: set[int] = set(further)
    if lead["subject_kind"] in {"person", "official"} and str(lead["subject"]).lstrip("-").isdigit():
        ids.add(int(lead["subject"]))
    if row.get("applicant_person_id") is not None:
        ids.add(row["applicant_person_id"])
    if row.get("award_id") is not None:
        rows = tables[BENEFICIARY].filter(nw.col("award_id") == row["award_id"]).select("person_id")
        ids |= {one for one in tables.engine.collect(rows)["person_id"].to_list() if one is not None}
    for table, column, value in proof.select("table", "column", "value").iter_rows():
        if names_person(table, column) and value is not None and value.lstrip("-").isdigit():
            ids.add(int(value))
    return people(tables, ids, reveal=reveal)


def names_person(table: str, column: str) -> bool:
    """Does this column of the evidence hold a person's id?"""
    return table in TABLES and any(one.name == column and one.kind == "id_no" for one in TABLES[table].columns)
