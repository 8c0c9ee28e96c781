"""Does a statistical lead leave only in company?"""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from casework.card import Card
from dashboard.exports.alone import AloneError, alone
from dashboard.exports.file import made
from detectors.delay.late_decision import CARD
from tests.dashboard.exports.readers import reading

CARDS: dict[str, Card] = {"plain": CARD, "rate": replace(CARD, statistical=True)}


def leads(*rows: tuple[str, str, str, str, str | None]) -> pl.DataFrame:
    names = ["lead_id", "scheme", "subject", "related", "household_no"]
    return pl.DataFrame(list(rows), schema=names, orient="row")


RATE = ("R", "rate", "17", "[]", None)  # of official 17


@pytest.mark.parametrize(
    ("beside", "left"),
    [
        ([], ["R"]),
        ([("P", "plain", "SQ1", "[]", "H1")], ["R"]),  # of somebody else
        ([("S", "rate", "17", "[]", None)], ["R", "S"]),  # two rates are no evidence either
        ([("P", "plain", "17", "[]", None)], []),
        ([("P", "plain", "SQ1", '["17"]', "H1")], []),  # on an application, speaking of the official
    ],
)
def test_only_a_lead_with_evidence_about_the_same_subject_is_company(
    beside: list[tuple[str, str, str, str, str | None]], left: list[str]
) -> None:
    assert alone(leads(RATE, *beside), CARDS) == left


def test_a_lead_about_the_same_household_is_company() -> None:
    of_home = ("R", "rate", "BZ1", "[]", "H1")
    assert alone(leads(of_home, ("P", "plain", "SQ1", "[]", "H1")), CARDS) == []
    assert alone(leads(of_home, ("P", "plain", "SQ1", "[]", "H2")), CARDS) == ["R"]


def test_a_file_of_a_statistical_lead_alone_is_refused_and_not_journalled(county_workspace: Path) -> None:
    reader = reading(county_workspace)
    reader.desk.cards["late_decision"] = CARDS["rate"]
    one = reader.leads.filter(pl.col("scheme") == "late_decision")["lead_id"][0]
    before = len(reader.desk.workspace.journal.entries())
    with pytest.raises(AloneError, match="统计类线索"):
        made(reader, [one], "docx")
    assert len(reader.desk.workspace.journal.entries()) == before


def test_in_a_list_they_stay_behind_and_the_file_says_how_many(county_workspace: Path) -> None:
    reader = reading(county_workspace)
    reader.desk.cards["late_decision"] = CARDS["rate"]
    lonely = reader.leads.filter(pl.col("scheme") == "late_decision")
    other = reader.leads.filter(pl.col("scheme") == "deceased_paid")["lead_id"][0]
    content = made(reader, [*lonely["lead_id"], other], "xlsx")
    assert f"未列入的统计类线索 {lonely.height} 条" in reader.desk.workspace.journal.entries()[-1].why
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert other in cells
    assert not cells & set(lonely["lead_id"])
    assert any(cell.startswith(f"{lonely.height} 条") for cell in cells)


def test_what_is_statistical_only_informs(county_workspace: Path) -> None:
    cards = reading(county_workspace).desk.cards.values()
    assert {card.level for card in cards if card.statistical} == {"info"}
