"""Who reads the complaints behind a number, and of which regions?"""

import shutil
from pathlib import Path
from uuid import uuid4

import polars as pl
import pytest

from casework.review.register import Registered, enrol
from casework.tables import COMPLAINT
from casework.workspace import Workspace
from dashboard.queries.owned import complained_of
from tests.screens.conftest import Open, said
from tests.screens.enrolled import TOWNSHIP
from tests.worlds import person_no, world

METRIC = "complaints_per_1000"


def listed(open_page: Open, workspace: Path, role: str = "inspector") -> list[str]:
    page = open_page(workspace, "rows", role=role, metric=METRIC)
    assert not page.exception
    return [number for one in page.dataframe for number in one.value.get("编号", [])]


@pytest.mark.parametrize(("role", "reads"), [("inspector", True), ("supervisor", True), ("leader", False)])
def test_complaints_are_listed_for_those_of_discipline_only(
    open_page: Open, county: Path, role: str, reads: bool
) -> None:
    words = said(open_page(county, "rows", role=role, metric=METRIC))
    assert ("XF00" in words) is reads
    assert ("信访件仅供纪检监察查看" in words) is not reads
    assert ("件/千人·年" in words) is not reads  # the number stands as on the overview


def test_a_complaint_is_not_listed_for_the_official_it_is_about(
    open_page: Open, township: Path, tmp_path: Path
) -> None:
    workspace = Path(shutil.copytree(township, tmp_path / "township"))
    rows = _complaints(workspace)
    everybody = listed(open_page, workspace)
    about = rows.filter(pl.col("complaint_no").is_in(everybody)).drop_nulls("about_official_person_id")
    official = int(about["about_official_person_id"][0])
    enrol(Workspace(workspace).review, "另一管理员", Registered("T-01", "inspector", "", official), key=uuid4().hex)
    left = listed(open_page, workspace)
    own = rows.filter(pl.col("about_official_person_id") == official)["complaint_no"].to_list()
    assert set(own) & set(everybody)
    assert not set(own) & set(left)
    assert left


def _complaints(workspace: Path) -> pl.DataFrame:
    return pl.read_parquet(Workspace(workspace).snapshot / "complaint.parquet")


def test_the_complaints_about_some_are_told_by_their_numbers() -> None:
    one, other = person_no("甲"), person_no("乙")
    data = world(
        complaint=[
            {"complaint_no": number, "received_at": "2024-03-01", "about_official_id_no": about}
            for number, about in (("X1", one), ("X2", other), ("X3", None))
        ],
    )
    known = dict(data.engine.collect(data[COMPLAINT].select("complaint_no", "about_official_person_id")).rows())
    assert complained_of(data, [known["X1"]]) == ["X1"]
    assert complained_of(data, []) == []


def test_of_every_number_a_township_reads_its_own_rows(open_page: Open, county: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(county, tmp_path / "county"))
    rows = _complaints(workspace)
    near = rows.filter(pl.col("region_code").str.starts_with(TOWNSHIP[:9]))["complaint_no"].to_list()
    everybody = listed(open_page, workspace)
    enrol(Workspace(workspace).review, "另一管理员", Registered("T-01", "inspector", TOWNSHIP, None), key=uuid4().hex)
    assert sorted(listed(open_page, workspace)) == sorted(set(near) & set(everybody))
    assert set(near) & set(everybody) < set(everybody)
