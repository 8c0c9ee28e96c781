"""Who reads which rows behind a number, what of them, and of which regions?"""

import re
import shutil
from pathlib import Path
from uuid import uuid4

import polars as pl
import pytest

import metrics
from casework.registry import found
from casework.review.register import Registered, enrol
from casework.tables import COMPLAINT
from casework.workspace import Workspace
from dashboard.queries import followed, masked
from dashboard.queries.owned import complained_of
from metrics import rollup
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


METRICS = [module.CARD.metric for module in found(metrics)]
NEITHER = re.compile(r"\bH\d{9,}|\bXF\d{6,}|\b-?\d{15,}\b")  # a household, a complaint, a person


def behind(workspace: Path, metric: str) -> pl.DataFrame:
    """The rows of a metric over all months; empty where the county cannot tell it."""
    opened = Workspace(workspace)
    tables = followed.as_kept(opened, opened.tables(), opened.policy())
    return rollup.rows(metrics, tables, opened.policy(), metric)


@pytest.mark.parametrize("metric", METRICS)
def test_of_every_metric_a_leader_reads_allowed_columns_only(county: Path, metric: str) -> None:
    rows = behind(county, metric)
    told = masked.masked(rows, metric)
    assert set(told.columns) <= masked.SHOWN
    snapshot = Workspace(county).snapshot
    cases = {
        number
        for name in ("application", "award")
        for number in pl.read_parquet(snapshot / f"{name}.parquet")[f"{name}_no"]
    }
    assert set(told["subject"].drop_nulls()) <= cases
    assert masked.masked(rows.with_columns(tomorrow=pl.lit("?")), metric).columns == told.columns


@pytest.mark.parametrize("metric", METRICS)
def test_a_leader_is_shown_no_person_household_or_complaint(open_page: Open, county: Path, metric: str) -> None:
    page = open_page(county, "rows", role="leader", metric=metric)
    assert not page.exception
    assert not [
        NEITHER.findall(str(one.value.to_dict())) for one in page.dataframe if NEITHER.search(one.value.to_csv())
    ]


@pytest.mark.parametrize("metric", ["filing_share", "county_visit_share"])
def test_households_near_kin_to_an_official_are_listed_for_those_of_discipline_only(
    open_page: Open, township: Path, metric: str
) -> None:
    inspector, leader = (open_page(township, "rows", role=role, metric=metric) for role in ("inspector", "leader"))
    assert [one for one in inspector.dataframe if "编号" in one.value]
    assert not leader.dataframe
    assert "仅供纪检监察查看" in said(leader)


def test_a_leader_reads_amounts_in_yuan_and_neither_lead_nor_scheme(open_page: Open, county: Path) -> None:
    page = open_page(county, "rows", role="leader", metric="amount_in_doubt")
    (rows,) = page.dataframe
    assert set(rows.value.columns) == {"是否计入", "月份", "救助类型", "结论日期", "存疑或应补金额(元)"}
    assert {f"{fen / 100:,.2f}" for fen in behind(county, "amount_in_doubt")["amount_fen"].drop_nulls()} >= {
        cell for cell in rows.value["存疑或应补金额(元)"] if cell
    }


def test_a_researcher_opens_no_rows(open_page: Open, county: Path) -> None:
    page = open_page(county, "rows", role="researcher", metric="on_time_share")
    assert not page.dataframe
    assert "无权" in said(page)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("metric", METRICS)
def test_every_column_of_every_metric_has_words_of_its_own(
    open_page: Open, county: Path, metric: str, language: str
) -> None:
    page = open_page(county, "rows", role="inspector", lang=language, metric=metric)
    assert not page.exception
    titles = [str(name) for one in page.dataframe for name in one.value.columns]
    rows = behind(county, metric)
    shown = [name for name in rows.columns if name not in ("region_code", "in_part", "month", "subject", "programme")]
    assert not set(titles) & set(shown)  # no column goes by its name in code
    if titles:
        named = rows["subject"].null_count() < rows.height
        programme = rows["programme"].null_count() < rows.height
        assert len(set(titles)) == len(shown) + 2 + named + programme  # no two columns have the same words
    wrong = r"[a-z]{3,}" if language == "zh" else r"[\u3400-\u9fff]"
    assert not [title for title in titles if re.search(wrong, title)]
