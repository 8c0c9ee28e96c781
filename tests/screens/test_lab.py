"""Does the detector lab tell researchers how good a question is, and never of whom it speaks?"""

import re
import shutil
from pathlib import Path
from typing import get_args

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.calibration.table import COLUMNS
from casework.regions import Regions
from casework.review.scope import Role
from casework.workspace import Workspace
from dashboard import calibrated
from dashboard.rights import can, may
from tests.screens.conftest import Open, read, said
from tests.screens.enrolled import put

PARTS = ("card", "measured", "visits", "fairness", "sample", "truth")
KINDS = ("", "late_decision", "missed_entitlement", "kin_handled", "late_complaint", "overpaid")
COUNTED = (
    "线索",
    "需要核实",
    "明显不符",
    "提示信息",
    "合计",
    "计数",
    "入户次数",
    "其中已有结论",
    "可抽的户数",
    "抽取户数",
)
PARQUET = "application/octet-stream"
NUMBERS = re.compile(r"(?<![\w.,])([1-4])(?![\w.,%])")


def snapshot(workspace: Path) -> Path:
    return workspace / "snapshots" / (workspace / "current").read_text().strip()


def lab(open_page: Open, workspace: Path, part: str, role: str = "researcher", **params: str) -> AppTest:
    page = open_page(workspace, "lab", role=role, part=part, **params)
    assert not page.exception
    return page


def test_researchers_and_heads_of_inspection_read_it_and_only_researchers_bring_a_truth() -> None:
    roles = get_args(Role)
    assert {role for role in roles if may(role, "lab")} == {"researcher", "supervisor"}
    assert {role for role in roles if can(role, "evaluate")} == {"researcher"}


@pytest.mark.parametrize("role", ["inspector", "leader", "steward", "auditor"])
def test_others_are_refused(open_page: Open, county: Path, role: str) -> None:
    words = said(open_page(county, "lab", role=role))
    assert "您的身份无权查看" in words
    assert "规则检验" not in read(open_page(county, "lab", role=role))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_shows_for_every_kind_of_question(open_page: Open, township: Path, part: str, language: str) -> None:
    for scheme in (*KINDS, "shared_account"):
        words = read(lab(open_page, township, part, scheme=scheme, lang=language))
        assert ("规则检验" if language == "zh" else "Detector lab") in words
        assert not re.search(r"\{\w+\}", words), scheme


@pytest.fixture(scope="module")
def telling(township: Path) -> set[str]:
    """What would tell of whom a lead is, or name anybody."""
    leads, there = pl.read_parquet(township / "leads.parquet"), snapshot(township)
    found = set(leads.filter(pl.col("subject_kind") != "region")["subject"]) | set(leads["lead_id"])
    for table, column in (("household", "household_no"), ("person", "name"), ("identity", "id_no")):
        found |= set(pl.read_parquet(there / f"{table}.parquet")[column].drop_nulls())
    return {one for one in found if len(one) > 1}


@pytest.mark.parametrize("part", PARTS)
def test_a_researcher_sees_no_subject_of_any_lead_anywhere(
    open_page: Open, township: Path, telling: set[str], part: str
) -> None:
    for scheme in KINDS:
        words = read(lab(open_page, township, part, scheme=scheme))
        assert not [one for one in telling if one in words], scheme


@pytest.mark.parametrize("part", ["card", "visits", "fairness", "sample"])
def test_a_researcher_reads_no_count_from_one_to_four(open_page: Open, township: Path, part: str) -> None:
    for scheme in KINDS:
        for table in lab(open_page, township, part, scheme=scheme).dataframe:
            counted = [name for name in table.value.columns if name in COUNTED]
            cells = [str(cell) for name in counted for cell in table.value[name]]
            assert not [cell for cell in cells if NUMBERS.search(cell)], scheme


def test_leads_on_staff_are_counted_for_discipline_alone(open_page: Open, township: Path) -> None:
    for part in ("card", "visits", "fairness"):
        words = read(lab(open_page, township, part, scheme="kin_handled"))
        assert "只供监察人员" in words
        assert "只供监察人员" not in read(lab(open_page, township, part, role="supervisor", scheme="kin_handled"))
    everything = lab(open_page, township, "card").dataframe[0].value
    of = dict(zip(everything["规则"], everything["线索"], strict=True))
    assert of["经手本人或近亲属的申请(待核实)"] == "仅监察人员"


def test_the_card_says_purpose_inputs_formula_thresholds_and_innocent_causes(open_page: Open, township: Path) -> None:
    words = read(lab(open_page, township, "card", scheme="late_decision"))
    for told in (
        "这件申请是否在规定时限内办结?",
        "自 〔受理〕 次日数至 〔办结〕 当日",
        "办结时限(decision_days):30 个工作日",
        "救助申请·审批日期 (application.decided_at)",
        "✓ 公示有异议,调查期间停钟",
        "不读取性别、残疾、健康、姓名等受保护的信息。",
        "还没有人查过这条规则的线索:未知。",
    ):
        assert told in words
    assert "残疾等级: 只用于认定应得的救助" in read(lab(open_page, township, "card", scheme="missed_entitlement"))


def test_measured_figures_come_with_n_and_interval_and_the_unmeasured_says_so(open_page: Open, township: Path) -> None:
    (table,) = lab(open_page, township, "measured", scheme="late_decision").dataframe
    row = dict(zip(table.value["世界"], table.value["查全率"], strict=True))
    assert re.fullmatch(r"\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\] n=\d+", row["优亲"])
    assert row["干净"] == "—"
    assert "不作统计检验" in read(lab(open_page, township, "measured", scheme="late_decision"))


@pytest.mark.parametrize("scheme", ["", "kin_excess"])
def test_worlds_without_an_effect_and_power_are_two_tables(
    monkeypatch: pytest.MonkeyPatch, open_page: Open, township: Path, scheme: str
) -> None:
    none, planted = dict.fromkeys(COLUMNS, ""), dict.fromkeys(COLUMNS, "")
    none |= {"scheme": "kin_excess", "method": "pooled_fisher", "kind": "clan", "worlds": "33", "false_share": "0.9"}
    planted |= {"scheme": "kin_excess", "method": "mingcha", "kind": "planted", "size": "12.0", "effect": "3.0"}
    monkeypatch.setattr(calibrated, "_rows", lambda _: [none, planted | {"power": "0.75"}])
    page = lab(open_page, township, "measured", scheme=scheme)
    tables = [one.value for one in page.dataframe if "方法" in one.value.columns]
    assert (tables[0]["方法"][0], tables[0]["误报份额"][0]) == ("合并 Fisher 检验", "0.900")
    assert (tables[1]["世界"][0], tables[1]["检出率"][0]) == ("植入效应", "0.750")
    assert len(page.get("plotly_chart")) == bool(scheme)


def test_visits_nobody_judged_cost_money_and_promise_nothing(open_page: Open, township: Path) -> None:
    words = read(lab(open_page, township, "visits", role="supervisor", scheme="late_decision"))
    assert "能查实多少、打扰多少无辜家庭,未知" in words
    assert "分值不是概率" in words


def test_fairness_says_what_cannot_be_assessed(open_page: Open, township: Path) -> None:
    words = read(lab(open_page, township, "fairness", role="supervisor"))
    assert "每组与同类其余各组合计相比" in words
    assert "不能评估" in words
    assert "不能评估" in read(lab(open_page, township, "fairness", scheme="shared_account", role="supervisor"))


def test_an_unknown_scheme_part_or_rate_is_widened_and_said(open_page: Open, township: Path) -> None:
    page = lab(open_page, township, "nonsense", scheme="nothing_such", rate="x")
    assert "没有名为“nothing_such”的规则" in read(page)


# -- the control sample ----------------------------------------------------------------------------------------------


def test_a_researcher_reads_how_many_and_cannot_take_the_list(open_page: Open, township: Path) -> None:
    page = lab(open_page, township, "sample")
    assert not page.get("download_button")
    words = read(page)
    assert "只由监察负责人下载" in words
    assert "20 户" in words
    assert not page.dataframe  # a pool less the leads would tell how many have a lead on conduct


def test_a_head_of_inspection_may_take_it(open_page: Open, township: Path) -> None:
    page = lab(open_page, township, "sample", role="supervisor")
    assert "抽取户数" in read(page)
    assert [button.proto.label for button in page.get("download_button")] == ["下载抽样名单(CSV)"]


def test_the_sample_is_of_the_heads_whole_region_whatever_they_look_at(open_page: Open, township: Path) -> None:
    village = Regions.of(Workspace(township).tables()).codes[-1]
    everywhere, narrowed = (
        lab(open_page, township, "sample", role="supervisor", **view).dataframe[0].value
        for view in ({}, {"region": village})
    )
    assert narrowed.equals(everywhere)


# -- a truth ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def truth(township: Path) -> Path:
    """The answers of the township's world."""
    return township.parent / "truth.parquet"


def bring(page: AppTest, file: Path, name: str = "truth.parquet") -> AppTest:
    return page.file_uploader[0].set_value((name, file.read_bytes(), PARQUET)).run()


def test_a_truth_is_compared_as_the_command_does_and_used_for_the_visits(
    open_page: Open, township: Path, truth: Path
) -> None:
    page = bring(lab(open_page, township, "truth"), truth)
    assert not page.exception
    table = page.dataframe[0].value
    of = dict(zip(table["规则"], table["查全率"], strict=True))
    assert of["全部规则"].startswith("1.000 [")
    before = len(Workspace(township).journal.entries())
    page.query_params["scheme"], page.query_params["part"] = "late_decision", "visits"
    words = read(page.run())
    assert "依据您上传的真值" in words
    assert "白跑 0 户" in words
    page.query_params["part"] = "truth"
    page = page.run().button(key="forget-truth").click().run()
    assert page.file_uploader
    assert len(Workspace(township).journal.entries()) == before  # nothing was read of anybody


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"nothing", "truth.parquet", "无法读取真值文件"),
        (b"scheme,subject_kind\n", "truth.csv", "缺少列"),
        (b"", "truth.csv", "空的"),
        (
            b"scheme,subject_kind,subject,twin,variant\nlate_decision,application,NOBODY,false,x\n",
            "truth.csv",
            "不在当前数据中",
        ),
    ],
)
def test_a_file_that_is_no_truth_of_this_world_is_refused_in_one_line(
    open_page: Open, township: Path, tmp_path: Path, content: bytes, name: str, told: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    page = bring(lab(open_page, township, "truth"), file, name)
    words = read(page)
    assert not page.exception
    assert told in words
    assert "/tmp" not in words  # noqa: S108 - where it was read is nobody's business


def test_who_has_a_part_of_the_regions_brings_no_truth(open_page: Open, township: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(township, tmp_path / "workspace"))
    village = Regions.of(Workspace(place).tables()).codes[-1]
    put(place, "T-01", "researcher", village)
    page = lab(open_page, place, "truth")
    assert not page.file_uploader
    assert "不能使用" in read(page)


def test_a_head_of_inspection_is_offered_no_truth(open_page: Open, township: Path) -> None:
    page = lab(open_page, township, "truth", role="supervisor")
    assert not page.file_uploader
