"""Who sees a button to take leads out, and is nothing made before it is clicked?"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from casework.workspace import Workspace
from tests.screens.conftest import Open


def labels(page: AppTest) -> list[str]:
    return [button.proto.label for button in page.get("download_button")]


@pytest.mark.parametrize(("language", "label"), [("zh", "下载清单"), ("en", "Download list")])
def test_an_inspector_may_take_the_list_and_looking_makes_no_file(
    open_page: Open, county: Path, language: str, label: str
) -> None:
    before = len(Workspace(county).journal.entries())
    page = open_page(county, "queue", role="inspector", lang=language, family="delay")
    assert not page.exception
    assert labels(page) == [label]
    assert len(Workspace(county).journal.entries()) == before


def test_of_nothing_there_is_no_list(open_page: Open, county: Path) -> None:
    page = open_page(county, "queue", role="inspector", scheme="late_decision", severity="person")
    assert not page.exception
    assert labels(page) == []


PARTS = """
from pathlib import Path

from casework.review.scope import Reader
from dashboard.desk import desk
from dashboard.parts import handover
from dashboard.queries.leads import Asked, ordered
from dashboard.session import Session, view

laid = desk(Path({workspace!r}))
reader = Reader("T-01", {role!r})
session = Session(laid, reader, "zh", view(laid, reader.scope), {{}}, None)
handover.button_sheet(session, laid.leads["lead_id"][0])
asked = Asked(family="delay")
handover.button_list(session, ordered(session.leads, session.region_codes, asked), asked)
"""


@pytest.mark.parametrize(
    ("role", "wanted"), [("inspector", ["下载移交单", "下载清单"]), ("leader", []), ("steward", [])]
)
def test_the_buttons_are_for_those_who_may_export(county: Path, role: str, wanted: list[str]) -> None:
    page = AppTest.from_string(PARTS.format(workspace=str(county), role=role), default_timeout=60).run()
    assert not page.exception
    assert labels(page) == wanted
