"""Is it said where two leads are about the same money?"""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from casework.workspace import Workspace
from dashboard.queries import money

LEADS = pl.DataFrame(
    [  # lead, household, family, scheme, amount
        ("both", "H1", "duplicate", "exclusive_programmes", 100),
        ("over", "H1", "wrong", "overpaid", 100),
        ("car", "H1", "wrong", "veto_asset", 300),
        ("late", "H1", "delay", "late_payment", None),
        ("owed", "H1", "missed", "underpaid", 50),
        ("one", None, "favoritism", "shared_account", 900),
        ("far", "H2", "wrong", "veto_asset", 20),
    ],
    schema=["lead_id", "household_no", "family", "scheme", "amount_fen"],
    orient="row",
)
PAID = {
    "both": ["P1", "P2"],
    "over": ["P2"],
    "car": ["P3"],
    "late": ["P1"],
    "owed": ["P1"],
    "one": ["P1"],
    "far": ["P9"],
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    rows = [(lead, "payment", paid) for lead, many in PAID.items() for paid in many]
    rows += [(lead, "member", "P1") for lead in PAID]  # a key of another table is no payment
    pl.DataFrame(rows, schema=["lead_id", "table", "key"], orient="row").write_parquet(tmp_path / "evidence.parquet")
    return Workspace(tmp_path, create=True)


def lead(name: str) -> dict[str, Any]:
    return LEADS.filter(pl.col("lead_id") == name).row(0, named=True)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("both", {"over", "one"}),  # also of an account, which has no household
        ("over", {"both"}),
        ("car", set()),  # another payment of the same household
        ("late", set()),  # no sum
        ("owed", set()),  # what is owed is no payment made
    ],
)
def test_the_same_payment_makes_the_same_money(workspace: Workspace, name: str, same: set[str]) -> None:
    assert money.same_money(workspace, LEADS, lead(name)) == same


def test_other_money_in_doubt_adds_up_and_what_is_owed_does_not(workspace: Workspace) -> None:
    one = lead("both")
    found = money.related(LEADS, one, money.same_money(workspace, LEADS, one))
    assert dict(found.select("lead_id", "adds").iter_rows()) == {
        "one": False,
        "over": False,
        "car": True,
        "late": None,
        "owed": None,
    }


def test_two_owed_to_one_household_add_up(workspace: Workspace) -> None:
    children = pl.DataFrame(
        {
            "lead_id": ["a", "b"],
            "household_no": ["H1", "H1"],
            "family": ["missed", "missed"],
            "scheme": ["missed_entitlement"] * 2,
            "amount_fen": [11_040_00, 11_040_00],
        }
    )
    first = children.row(0, named=True)
    assert money.same_money(workspace, children, first) == set()
    assert money.related(children, first, set())["adds"].to_list() == [True]
