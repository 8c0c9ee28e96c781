"""Is nothing small told by the difference of two regions, or of two pages, that each show no small count?"""

from pathlib import Path

import polars as pl
import pytest

from casework.regions import Regions
from casework.workspace import Workspace
from dashboard.parts import few
from dashboard.words import phrases
from tests.screens.conftest import Open, read

LIMIT = 5
COUNTED = {  # the part of the page, and the column of the table that is looked at
    "circles": "coverage.households",
    "flows": "coverage.exits",
    "watched": "coverage.watched_all",
    "overlap": "",  # every one
}


def counts(open_page: Open, workspace: Path, part: str, region: str, role: str) -> list[int]:
    """Every count that the tables of this part show of a region."""
    page = open_page(workspace, "coverage", role=role, part=part, region=region)
    column = phrases("zh").get(COUNTED[part], "")
    cells = [
        str(cell)
        for frame in (pl.from_pandas(one.value) for one in page.dataframe)
        for name in frame.columns
        if name == column or (not column and frame.columns.index(name))
        for cell in frame[name]
    ]
    return [int(cell.replace(",", "")) for cell in cells if cell.replace(",", "").isdigit()]


@pytest.mark.parametrize("part", [*COUNTED])
@pytest.mark.parametrize("role", ["leader", "researcher"])
def test_counts_cut_by_any_region_are_rounded_for_those_who_open_no_case(
    township: Path, open_page: Open, part: str, role: str
) -> None:
    regions = Regions.of(Workspace(township).tables())
    shown = [
        count
        for region in [regions.root, *regions.descendants(regions.root)][:4]
        for count in counts(open_page, township, part, region, role)
    ]
    assert [count for count in shown if count % LIMIT] == []
    assert any(shown)


@pytest.mark.parametrize(("part", "whole", "share"), [(10, 15, "—"), (10, 95, "—"), (25, 100, "25.0%")])
def test_a_share_that_rounding_would_make_another_is_not_told(
    monkeypatch: pytest.MonkeyPatch, part: int, whole: int, share: str
) -> None:
    monkeypatch.setattr(few, "least", lambda _session: LIMIT)  # 12 of 13 are no 67 %
    assert few.share(None, part, whole) == share  # type: ignore[arg-type]  # asked for the limit alone
    monkeypatch.setattr(few, "least", lambda _session: 0)
    assert few.share(None, 12, 13) == "92.3%"  # type: ignore[arg-type]


def test_those_who_open_cases_read_them_as_they_are(township: Path, open_page: Open) -> None:
    root = Regions.of(Workspace(township).tables()).root
    assert [count for count in counts(open_page, township, "circles", root, "inspector") if count % LIMIT]


@pytest.mark.parametrize("address", ["complaints", "programmes", "coverage"])
def test_it_is_said_that_counts_are_rounded(township: Path, open_page: Open, address: str) -> None:
    said = phrases("zh")["coverage.rounded"].format(minimum=LIMIT, enough=20 * LIMIT)
    assert said in read(open_page(township, address, role="leader"))
    assert said not in read(open_page(township, address, role="inspector"))
