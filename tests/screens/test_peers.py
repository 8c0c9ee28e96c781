"""Is an area shown among its peers so that no other place is known by its order, and no few are told?"""

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.queries import peers
from dashboard.queries.peers import Compared
from tests.screens.conftest import Open, said
from tests.screens.enrolled import put
from tests.screens.handmade import add

OWN, ELSEWHERE = "990101001001", "990101002"
LEAD = {
    "lead_id": "L-quiet",
    "scheme": "never_exit",
    "family": "wrong",
    "subject_kind": "region",
    "subject": OWN,
    "region_code": OWN,
    "level": "info",
}
PEERS = pl.DataFrame(
    [(f"{ELSEWHERE}001", 9, 600), (f"{ELSEWHERE}002", 2, 401), (f"{ELSEWHERE}003", 8, 500), ("990101001002", 3, 450)],
    schema=["area", "part", "whole"],
    orient="row",
)
FOUND = Compared({"area": OWN, "part": 0, "whole": 360, "expected": 3.0, "low": 1.0, "high": 6.0}, PEERS, 0, 1200)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, open_page: Open, county: Path, tmp_path: Path) -> dict[str, Any]:
    """The page of an inspector of the township, and what was asked of the queries."""
    place = tmp_path / "workspace"
    shutil.copytree(county, place)
    add(place, LEAD)
    put(place, "T-01", "inspector", "990101001000")
    asked: list[Any] = []
    monkeypatch.setattr(peers, "compared", lambda *words: asked.append(words[-1]) or FOUND)
    page = open_page(place, "dossier", role="inspector", lead="L-quiet", panel="peers")
    assert not page.exception
    return {"page": page, "asked": asked}


def test_places_elsewhere_stand_by_size_and_of_a_few_nothing_is_told(shown: dict[str, Any]) -> None:
    page = shown["page"]
    (table,) = [one.value for one in page.dataframe if "份数(或份·月)" in one.value.columns]
    assert table["份数(或份·月)"].to_list() == ["360", "450", "少于 5,不显示", "500", "600"]
    assert table["其中"].to_list() == ["0", "3", "少于 5,不显示", "8", "9"]
    assert table["地区"].to_list()[2:] == ["本县其他地区"] * 3
    points = page.get("plotly_chart")[0].proto.spec
    assert "401" not in points
    assert "点" in said(page)


def test_areas_are_computed_once_for_a_desk(shown: dict[str, Any]) -> None:
    assert isinstance(shown["asked"][0], dict)
