"""Which statements may a reader choose from, and for which months?"""

from datetime import date
from typing import Any

import polars as pl

from dashboard.queries.account import stated
from tests.worlds import world

PROOF = pl.DataFrame(
    {
        "table": ["means"] * 2,
        "key": ["H1|2024-06-10|wage"] * 2,
        "column": ["household_no", "as_of"],
        "value": ["H1", "2024-06-10"],
        "source_file": ["means.csv"] * 2,
        "source_row": [3, 3],
    }
)
MONTHS = {"first_month": "2024-05", "last_month": "2024-08"}


def chosen(lead: dict[str, Any], facts: dict[str, Any]) -> list[tuple[str, list[str]]]:
    stated_on = ["2023-01-10", "2024-02-01", "2024-06-10", "2024-12-01"]
    data = world(
        means=[{"household_no": "H1", "as_of": day, "item": "wage", "verified": "100"} for day in stated_on]
        + [{"household_no": "H2", "as_of": "2024-07-15", "item": "wage", "verified": "100"}]
    )
    found = stated(data, PROOF, {"scheme": "over_income", "subject_kind": "award", **lead}, {}, facts)
    return [(str(one.as_of), [f"{day:%Y-%m-%d}" for day in one.days]) for one in found]


def test_each_month_of_a_spell_has_the_statement_before_its_first_day() -> None:
    assert chosen({"since": date(2024, 5, 1), "until": date(2024, 8, 1)}, MONTHS) == [
        ("2024-06-10", ["2024-08-01", "2024-07-01"]),
        ("2024-02-01", ["2024-06-01", "2024-05-01"]),  # in the data, though the evidence names the last alone
    ]


def test_a_statement_of_the_first_of_a_month_governs_the_next() -> None:
    spell = {"first_month": "2024-02", "last_month": "2024-03"}
    assert chosen({"since": date(2024, 2, 1), "until": date(2024, 3, 1)}, spell) == [
        ("2024-02-01", ["2024-03-01"]),
        ("2023-01-10", ["2024-02-01"]),
        ("2024-06-10", []),  # named by the evidence, governs none of them
    ]


def test_a_lead_of_one_day_has_one_statement() -> None:
    lead = {"scheme": "missed_entitlement", "subject_kind": "household", "since": None, "until": None}
    assert chosen(lead, {})[0] == ("2024-12-01", ["2024-12-31"])


def test_without_a_statement_there_is_nothing_to_choose() -> None:
    data = world(means=[{"household_no": "H1", "as_of": "2024-02-01", "item": "wage", "verified": "1"}])
    lead = {"scheme": "over_income", "subject_kind": "award", "since": date(2024, 5, 1), "until": date(2024, 5, 1)}
    assert stated(data, PROOF.clear(), lead, {}, MONTHS) == []
