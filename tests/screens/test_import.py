"""Can a clerk without a shell find every fault, mend it, and bring the data in?"""

import tomllib
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.workspace import Workspace
from dashboard.entry import ENTERED
from dashboard.reception import FOLDER
from tests.books import JIA, YI, households, ledger
from tests.county import COUNTY, imported
from tests.screens.conftest import Open, said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(page: AppTest, *files: Path) -> AppTest:
    """Put these files into the uploader."""
    return page.file_uploader[0].set_value([(file.name, file.read_bytes(), XLSX) for file in files]).run()


def press(page: AppTest, key: str) -> AppTest:
    """Press a button."""
    page = page.button(key=key).click().run()
    assert not page.exception
    return page


def lines(page: AppTest, header: str) -> list[dict[str, object]]:
    """The rows of the first table with such a column."""
    frame = next(one.value for one in page.dataframe if header in one.value.columns)
    return frame.to_dict("records")  # type: ignore[no-any-return]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A workspace without data."""
    return Workspace(tmp_path / "workspace", create=True).path


def test_only_a_steward_brings_data_in(open_page: Open, county: Path) -> None:
    for role in ("inspector", "supervisor", "leader", "researcher", "auditor"):
        page = open_page(county, "import", role=role)
        assert not page.file_uploader
        assert "您的身份无权" in said(page)


def test_faults_stand_in_the_rows_of_their_sheets_and_nothing_is_stored(
    open_page: Open, empty: Path, tmp_path: Path
) -> None:
    page = upload(open_page(empty, "import", role="steward"), households(tmp_path / "bad.xlsx", faulty=True))
    page = press(page, "check")
    assert "有行被退回,未存入任何内容" in said(page)
    counts = [tuple(row.values()) for row in lines(page, "读入")]
    assert counts == [("人员", 2, 1, 1, 0, 0), ("家庭", 2, 1, 1, 0, 0), ("保障记录", 4, 1, 3, 0, 0)]
    told = {(row["代码"], row["行号"]) for table in page.dataframe if "行号" in table.value.columns
            for row in table.value.to_dict("records") if row["处理"] == "退回"}  # fmt: skip
    assert told == {
        ("E_REQUIRED", 4), ("E_ID_MASKED", 3), ("E_DATE_INVALID", 3), ("E_ENUM", 4), ("E_ORPHAN", 5),
    }  # fmt: skip
    award = lines(page, "保障编号")
    assert [(row["保障编号"], row["起始月份"], row["类别"]) for row in award] == [
        ("W2", "【2024-13】", "A"),
        ("W3", "2024-06", "【甲类】"),
        ("W4", "2024-06", "C"),
    ]
    assert "bad.xlsx [保障记录]" in said(page)
    assert Workspace(empty).current is None
    assert page.button(key="import").disabled


def test_a_fault_is_told_in_the_readers_language(open_page: Open, empty: Path, tmp_path: Path) -> None:
    page = open_page(empty, "import", role="steward", lang="en")
    page = press(upload(page, households(tmp_path / "bad.xlsx", faulty=True)), "check")
    (masked,) = [row for row in lines(page, "公民身份号码") if row["Code"] == "E_ID_MASKED"]
    assert str(masked["Message"]).startswith("Citizen number (id_no): the number is masked")


def test_persons_stay_masked_beside_their_faults(open_page: Open, empty: Path, tmp_path: Path) -> None:
    page = upload(open_page(empty, "import", role="steward"), households(tmp_path / "bad.xlsx", faulty=True))
    words = said(press(page, "check"))
    assert not [whole for whole in (JIA, YI, "示例甲", "示例乙", "示例村 2 号") if whole in words]
    assert "示*乙" in words


def test_the_mended_workbook_is_stored_under_the_clerks_name(open_page: Open, empty: Path, tmp_path: Path) -> None:
    page = upload(open_page(empty, "import", role="steward"), households(tmp_path / "good.xlsx", faulty=False))
    page = press(page, "check")
    assert "检查通过" in said(page)
    assert Workspace(empty).current is None
    page = press(page, "import")
    assert "已入库" in said(page)
    workspace = Workspace(empty)
    assert workspace.manifest()["name"] == "good"
    assert pl.read_parquet(workspace.snapshot / "award.parquet").height == 4
    assert [(entry.who, entry.what) for entry in workspace.journal.entries()] == [("T-01", "import")]
    page = press(page, "run")
    assert "线索规则已在这份数据上运行过" in said(page)
    assert [(entry.who, entry.what) for entry in workspace.journal.entries()][1:] == [("T-01", "detect")]


def test_the_other_rows_are_stored_only_on_a_tick(open_page: Open, empty: Path, tmp_path: Path) -> None:
    page = upload(open_page(empty, "import", role="steward"), households(tmp_path / "bad.xlsx", faulty=True))
    page = press(page, "check")
    page = page.checkbox(key="keep-valid").check().run()
    page = press(page, "check")
    assert page.button(key="import").disabled  # what is found anew wants a tick of its own
    page = page.checkbox(key="keep-valid").check().run()
    page = press(page, "import")
    assert "已入库" in said(page)
    assert pl.read_parquet(Workspace(empty).snapshot / "award.parquet")["award_no"].to_list() == ["W1"]


def test_the_same_file_again_says_nothing_new(open_page: Open, empty: Path, tmp_path: Path) -> None:
    good = households(tmp_path / "good.xlsx", faulty=False)
    for words in ("已入库", "没有新内容"):
        page = upload(open_page(empty, "import", role="steward"), good)
        page = press(press(page, "check"), "import")
        assert words in said(page)


def test_joining_keeps_what_is_there_and_replacing_puts_it_aside(open_page: Open, tmp_path: Path) -> None:
    workspace = imported(tmp_path / "county", detected=False)
    before = pl.read_parquet(Workspace(workspace).snapshot / "award.parquet").height
    good = households(tmp_path / "good.xlsx", faulty=False)
    page = upload(open_page(workspace, "import", role="steward", join="add"), good)
    press(press(page, "check"), "import")
    assert pl.read_parquet(Workspace(workspace).snapshot / "award.parquet").height == before + 4
    page = upload(open_page(workspace, "import", role="steward"), good)
    assert "现有数据" in said(page)
    press(press(page, "check"), "import")
    assert pl.read_parquet(Workspace(workspace).snapshot / "award.parquet").height == 4


def test_a_second_import_under_way_is_said(open_page: Open, empty: Path, tmp_path: Path) -> None:
    page = upload(open_page(empty, "import", role="steward"), households(tmp_path / "good.xlsx", faulty=False))
    with Workspace(empty).stage():
        page = press(page, "check")
    assert "正在进行另一次导入" in said(page)
    assert "good.xlsx" in said(page)  # nothing brought is lost
    assert "检查通过" in said(press(page, "check"))


def test_a_refused_file_says_why_and_offers_no_import(open_page: Open, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0old")
    page = press(upload(open_page(empty, "import", role="steward"), tmp_path / "old.xls"), "check")
    assert "旧式 .xls 不予读取" in said(page)
    assert "import" not in {button.key for button in page.button}


def test_a_folder_of_this_machine_is_read_where_it_lies(open_page: Open, empty: Path) -> None:
    page = open_page(empty, "import", role="steward", **{"from": "folder"})
    page = page.text_input(key="folder-path").set_value(str(COUNTY)).run()
    page = press(page, "check")
    assert "检查通过" in said(page) or "有行被退回" in said(page)
    page = page.text_input(key="folder-path").set_value("no/such/place").run()
    assert "这台机器上没有" in said(page)


def test_several_files_go_together_with_their_notes_and_rules(open_page: Open, empty: Path) -> None:
    files = [*sorted(COUNTY.glob("*.csv")), COUNTY / "meta.toml", *sorted((COUNTY / "policy").glob("*"))]
    page = upload(open_page(empty, "import", role="steward"), *files)
    kinds = {row["文件"]: row["当作"] for row in lines(page, "当作")}
    assert (kinds["meta.toml"], kinds["application.csv"]) == ("数据说明", "数据")
    assert {kinds[file.name] for file in (COUNTY / "policy").glob("*")} == {"本地规则或日历"}
    press(press(page, "check"), "import")
    told = Workspace(imported(empty.parent / "told", detected=False))
    assert Workspace(empty).manifest()["tables"] == told.manifest()["tables"]
    assert Workspace(empty).policy().digest == told.policy().digest


def test_an_upload_is_private_and_gone_when_cleared_or_left(open_page: Open, empty: Path, tmp_path: Path) -> None:
    page = upload(open_page(empty, "import", role="steward"), households(tmp_path / "good.xlsx", faulty=False))
    (kept,) = (empty / FOLDER).iterdir()
    assert kept.stat().st_mode & 0o777 == 0o700
    page.session_state[ENTERED] = ("T-02", "steward")
    assert "good.xlsx" not in said(page.run())
    assert not kept.exists()


def test_a_file_of_faults_is_neither_made_nor_journalled_before_it_is_asked_for(
    open_page: Open, empty: Path, tmp_path: Path
) -> None:
    page = upload(open_page(empty, "import", role="steward"), households(tmp_path / "bad.xlsx", faulty=True))
    page = press(page, "check")
    assert not page.download_button(key="take-rejects.csv").proto.url  # nothing lies ready
    assert not Workspace(empty).journal.entries()  # test_download: it is, before the bytes are given


def test_a_foreign_ledger_is_matched_column_by_column_and_imported(
    open_page: Open, empty: Path, tmp_path: Path
) -> None:
    page = upload(open_page(empty, "import", role="steward"), ledger(tmp_path / "台账.xlsx"))
    page = press(page, "check")
    assert "不认识的文件" in said(page)
    page = page.toggle(key="matching").set_value(True).run()
    start = "match-台账.xlsx-2024年台账-application"
    assert page.selectbox(key="match-table-台账.xlsx-2024年台账").value == "application"
    assert page.selectbox(key=f"{start}-accepted_at").value == 2
    page = page.selectbox(key=f"{start}-application_no").set_value(0).run()
    page = page.selectbox(key=f"{start}-programme").set_value(1).run()
    page = page.selectbox(key=f"{start}-programme-word-城镇保障金").set_value("dibao").run()
    page = page.selectbox(key=f"{start}-programme-word-乡村保障金").set_value("dibao").run()
    page = page.selectbox(key=f"{start}-accepted_at-format").set_value("%d/%m/%Y").run()
    assert "“04/03/2024”读作 2024-03-04" in said(page)
    page = page.selectbox(key=f"{start}-decision").set_value(4).run()
    page = page.selectbox(key=f"{start}-decision-word-准予").set_value("approved").run()
    page = page.selectbox(key=f"{start}-decision-otherwise").set_value("refused").run()
    page = page.selectbox(key=f"{start}-monthly").set_value(3).run()
    page = page.selectbox(key=f"{start}-monthly-unit").set_value("万元").run()
    page = press(page, "match-keep")
    columns = tomllib.loads(page.code[0].value)["table"][0]["columns"]
    assert columns["decision"] == {"column": "审核结论", "values": {"准予": "approved"}, "otherwise": "refused"}
    page = press(press(page, "check"), "import")
    stored = pl.read_parquet(Workspace(empty).snapshot / "application.parquet").sort("application_no")
    rows = stored.select(
        "application_no", "programme", pl.col("accepted_at").dt.date().cast(pl.String), "decision", "monthly_fen"
    )
    assert rows.rows() == [
        ("S1", "dibao", "2024-03-04", "approved", 56000),
        ("S2", "dibao", "2024-03-13", "refused", 48000),
    ]
