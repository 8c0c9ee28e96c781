"""Does the dossier show what speaks for two identities being one, and no name in clear?"""

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.workspace import Workspace
from tests.county import imported
from tests.detectors.duplicate.test_same_person import FIRST, PHONE, SECOND, both, covered, person
from tests.screens.conftest import Open, said


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two identities that share a phone, both covered, and one number under two names."""
    place = tmp_path_factory.mktemp("doubled")
    tables = both(
        person(FIRST, phone=PHONE),
        person(SECOND, "王健国", "1971-03-05", phone=PHONE),
        covered(FIRST, "W1"),
        covered(SECOND, "W2", "2024-03", None),
        {"person": [person(FIRST, "李四喜")]},
    )
    (place / "source").mkdir()
    (place / "source" / "meta.toml").write_text("as_of = 2024-12-31\nsynthetic = true\n", encoding="utf-8")
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (place / "source" / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return imported(place / "workspace", place / "source")


def dossier(open_page: Open, workspace: Path, case: str, lang: str = "zh") -> AppTest:
    leads = Workspace(workspace).leads().filter(pl.col("scheme") == "same_person")
    (lead,) = (row["lead_id"] for row in leads.rows(named=True) if json.loads(row["facts"])["case"] == case)
    page = open_page(workspace, "dossier", role="inspector", lead=lead, lang=lang)
    assert not page.exception
    return page


def waterfalls(page: AppTest) -> list[dict[str, Any]]:
    drawn = [json.loads(chart.proto.spec)["data"][0] for chart in page.get("plotly_chart")]
    return [one for one in drawn if one["type"] == "waterfall"]


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("证据逐项", "姓名同音")), ("en", ("field by field", "same phone"))]
)
def test_two_numbers_have_a_waterfall_and_its_table(
    open_page: Open, doubled: Path, lang: str, words: tuple[str, ...]
) -> None:
    page = dossier(open_page, doubled, "pair", lang)
    (spec,) = waterfalls(page)
    assert len(spec["measure"]) == 7  # the start, five fields and the sum
    assert all(word in said(page) for word in words)


def test_one_number_has_none(open_page: Open, doubled: Path) -> None:
    assert waterfalls(dossier(open_page, doubled, "number")) == []


def test_names_are_masked_among_the_evidence(open_page: Open, doubled: Path) -> None:
    for case in ("pair", "number"):
        words = said(dossier(open_page, doubled, case))
        assert "王*国" in words
        assert not any(name in words for name in ("王建国", "王健国", "李四喜"))
