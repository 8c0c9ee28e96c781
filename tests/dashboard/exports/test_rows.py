"""Is a person masked unless revealed, wherever the lead names one?"""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from casework.lead import LEAD_SCHEMA
from casework.workspace import Workspace
from dashboard.exports import json as json_list
from dashboard.exports.rows import masked, renamed, rows, yuan

NUMBER = "990101195505051019"  # the man of story E1 in the county


@pytest.fixture
def person(county_workspace: Path) -> int:
    identity = pl.read_parquet(Workspace(county_workspace).snapshot / "identity.parquet")
    return int(identity.filter(pl.col("id_no") == NUMBER)["person_id"].item())


def lead(workspace: Path, **said: object) -> Workspace:
    """Put one lead in place of all others."""
    plain = dict.fromkeys(LEAD_SCHEMA, "") | {"lead_id": "L1", "related": "[]", "facts": "{}", "sources": "{}"}
    plain |= {"checked_innocent": "[]", "confidence": 0.5, "score": 1.0, "amount_fen": None}
    plain |= {"since": date(2024, 3, 1), "until": None} | said
    pl.DataFrame([plain], schema=LEAD_SCHEMA).write_parquet(workspace / "leads.parquet")
    return Workspace(workspace)


def test_a_person_is_masked_and_revealed_as_in_the_files(county_workspace: Path, person: int) -> None:
    opened = lead(county_workspace, subject_kind="person", subject=str(person))
    assert rows(opened, None, reveal=False)[0]["subject_source"] == "990101********1019"
    assert rows(opened, None, reveal=True)[0]["subject_source"] == NUMBER


def test_persons_in_part_related_and_facts_are_named_the_same_way(county_workspace: Path, person: int) -> None:
    opened = lead(
        county_workspace,
        subject_kind="application",
        subject="SQ00001",
        part=f"{person}+dibao",
        related=json.dumps([str(person), "H11001"]),
        facts=json.dumps({"official": person, "others": [str(person)], "days": 21}),
    )
    hidden, shown = (rows(opened, None, reveal=reveal)[0] for reveal in (False, True))
    assert (hidden["part"], shown["part"]) == ("990101********1019+dibao", f"{NUMBER}+dibao")
    assert json.loads(shown["related"]) == [NUMBER, "H11001"]
    text = json_list.text_of(opened, None, reveal=False)
    assert str(person) not in text
    assert NUMBER not in text
    (told,) = json.loads(json_list.text_of(opened, None, reveal=True))
    assert told["facts"] == {"official": NUMBER, "others": [NUMBER], "days": 21}


def test_an_account_is_masked_too(county_workspace: Path) -> None:
    opened = lead(county_workspace, subject_kind="account", subject="9901010101000004")
    assert rows(opened, None, reveal=False)[0]["subject_source"] == "990101******0004"
    assert rows(opened, None, reveal=True)[0]["subject_source"] == "9901010101000004"


def test_money_is_yuan_and_what_is_unknown_is_empty(county_workspace: Path) -> None:
    (row,) = rows(lead(county_workspace, subject="A", amount_fen=148_005), None, reveal=False)
    assert (row["amount"], row["since"], row["until"]) == ("1480.05", "2024-03-01", "")
    (row,) = rows(lead(county_workspace, subject="A"), None, reveal=False)
    assert row["amount"] == ""


@pytest.mark.parametrize(
    ("fen", "said"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-150, "-1.50"), (10**15, "10000000000000.00")]
)
def test_fen_become_yuan_exactly(fen: int, said: str) -> None:
    assert yuan(fen) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (NUMBER, "990101********1019"),
        ("990101550505101", "990101*****5101"),
        ("12345", "*****"),
        ("1234567890", "*" * 10),
    ],
)
def test_only_area_and_last_four_are_shown(number: str, said: str) -> None:
    assert masked(number) == said


def test_true_is_no_person() -> None:
    assert renamed({"extended": True, "days": 1, "none": None}, lambda words: f"<{words}>") == {
        "extended": True,
        "days": "<1>",
        "none": None,
    }
