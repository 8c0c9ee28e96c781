"""Can a lead be recorded by hand, about something known and within one's regions, and is it then like any other?"""

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from casework.errors import WrongUsageError
from casework.review import by_hand
from casework.review.scope import Reader, Scope
from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.queries import subjects
from tests.screens.conftest import Open, said

WORDS = {
    "key": "k",
    "source": "complaint",
    "number": "XF-1",
    "text": "反映该户在城里有房",
    "family": "wrong",
    "subject_kind": "household",
    "subject": "H1",
    "region_code": "990101001001",
    "amount_fen": None,
    "on": date(2025, 1, 2),
}


@pytest.fixture
def place(county: Path, tmp_path: Path) -> Path:
    shutil.copytree(county, tmp_path / "workspace")
    return tmp_path / "workspace"


def laid(place: Path) -> Desk:
    workspace = Workspace(place)
    return Desk(workspace, workspace.policy(), workspace.calendar(), workspace.tables())


def household(place: Path) -> tuple[str, str]:
    row = pl.read_parquet(Workspace(place).snapshot / "household.parquet").row(0, named=True)
    return row["household_no"], row["region_code"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "gossip"}, "请选择来源"),
        ({"family": "other"}, "请选择类别"),
        ({"subject_kind": "village"}, "请选择对象"),
        ({"subject": " "}, "请填写对象的编号"),
        ({"text": "有房子"}, "请写明反映的内容"),
        ({"amount_fen": -1}, "不能为负"),
    ],
)
def test_what_a_lead_must_say(change: dict[str, object], said: str) -> None:
    with pytest.raises(WrongUsageError, match=said):
        by_hand.lead_row(**(WORDS | change))  # type: ignore[arg-type]


def test_a_recorded_lead_opens_like_any_other_and_counts_for_no_detector(open_page: Open, place: Path) -> None:
    home, region = household(place)
    page = open_page(place, "record", role="inspector")
    page.button(key="keep-record").click().run()
    assert "请选择来源" in said(page)  # nothing is chosen for the reader
    for name, choice in (("source", "complaint"), ("family", "wrong"), ("kind", "household")):
        page.selectbox(key=f"record-{name}").set_value(choice)
    page.text_input(key="record-subject").set_value(home)
    page.text_area(key="record-text").set_value("反映该户在城里有房")
    page.button(key="keep-record").click().run()
    assert not page.exception
    board = laid(place).board
    (lead,) = board.leads.filter(pl.col("scheme") == by_hand.SCHEME).to_dicts()
    assert (lead["subject"], lead["region_code"], lead["tray"], lead["household_no"]) == (home, region, "open", home)
    assert board.precision == {}
    page = open_page(place, "dossier", role="inspector", lead=lead["lead_id"])
    assert not page.exception
    assert "反映该户在城里有房" in said(page)
    assert "待核实" in page.title[0].value


def test_what_is_unknown_or_elsewhere_is_refused_in_the_same_words(place: Path) -> None:
    desk = laid(place)
    home, _ = household(place)
    elsewhere = Reader("甲", "inspector", Scope("110101"))
    with pytest.raises(WrongUsageError, match="在您的辖区内没有找到"):
        subjects.found(desk, elsewhere, "household", home)
    with pytest.raises(WrongUsageError, match="在您的辖区内没有找到"):
        subjects.found(desk, Reader("甲", "inspector"), "household", "H-none")
    assert subjects.found(desk, Reader("甲", "inspector"), "household", home).subject == home


def test_a_person_is_found_by_their_number_and_the_number_is_not_kept(place: Path) -> None:
    desk = laid(place)
    identity = pl.read_parquet(desk.workspace.snapshot / "identity.parquet").row(0, named=True)
    found = subjects.found(desk, Reader("甲", "inspector"), "person", identity["id_no"])
    assert found.subject == str(identity["person_id"])
    with pytest.raises(WrongUsageError, match="须回避"):
        subjects.found(desk, Reader("甲", "inspector", person_id=identity["person_id"]), "person", identity["id_no"])
