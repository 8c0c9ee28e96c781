"""Do imported names stand as they are written in charts, where Plotly would read tags and make links of them?"""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import due
from dashboard.session import Reading, Session
from tests.screens.conftest import Open

EVIL = '<a href="https://example.org">名</a>'
PAGES = {
    "areas": {},
    "reform": {"region": "990101001000"},
    "complaints": {},
    "coverage": {"part": "overlap"},
}


def drawn(page: AppTest) -> list[str]:
    """The charts, their signs as the browser reads them."""
    return [json.dumps(json.loads(chart.proto.spec), ensure_ascii=False) for chart in page.get("plotly_chart")]


@pytest.mark.parametrize("address", [*PAGES])
def test_no_imported_name_is_read_as_a_tag(
    county: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(Reading, "place", lambda _session, code: f"{EVIL}{code}")
    monkeypatch.setattr(due, "programme", lambda _session, code: f"{EVIL}{code}")
    page = open_page(county, address, role="inspector", **PAGES[address])
    assert not page.exception
    charts = drawn(page)
    assert any("&lt;a href" in spec for spec in charts)
    assert [spec for spec in charts if "<a href" in spec] == []


def test_nor_in_the_chart_of_standards(township: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "place", lambda _session, code: f"{EVIL}{code}")
    page = open_page(township, "coverage", role="leader", part="adequacy")
    charts = drawn(page)
    assert any("&lt;a href" in spec for spec in charts)
    assert [spec for spec in charts if "<a href" in spec] == []
