"""Does the comparison of areas say what may be said, hide what must be hidden, and lead to the rows?"""

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.workspace import BOUNDARIES, Workspace
from dashboard.parts import clicked, tables
from tests.county import COUNTY, imported
from tests.screens.conftest import Open, said
from tests.screens.enrolled import TOWNSHIP, put

COUNTY_CODE, VILLAGE = "990101000000", "990101001001"


def _areas(page: AppTest) -> pl.DataFrame:
    """The table of areas: the last of the page, after the twins of the charts."""
    return pl.from_pandas(page.dataframe[-1].value)


def _charts(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]


def _clicking(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """The reader clicks this row of the table, once."""
    clicks = [code]
    monkeypatch.setattr(tables, "picker", lambda *_, **__: clicks.pop() if clicks else None)


def test_every_area_below_has_a_row_in_order_of_code_and_the_total_stands_above(open_page: Open, county: Path) -> None:
    page = open_page(county, "areas", role="leader", metric="on_time_share", region=COUNTY_CODE)
    assert _areas(page)["区域"].to_list() == ["示例甲镇", "示例乙乡", "示例丙镇"]
    (total,) = page.metric
    assert re.fullmatch(r"\d+\.\d%", total.value)
    assert "看数字背后的记录" in said(page)
    assert {"数值", "95% 区间", "基数 n", "与控制限相比"} < set(_areas(page).columns)


def test_the_number_of_the_place_is_that_of_the_overview_and_of_its_rows(open_page: Open, county: Path) -> None:
    asked = {"role": "leader", "metric": "on_time_share", "region": COUNTY_CODE}
    here = re.search(r"依据 (\d+) / (\d+)", said(open_page(county, "areas", **asked)))
    assert here is not None
    assert here.group() in said(open_page(county, "overview", **asked))
    assert f"其中计入分子 {here.group(1)} 行" in said(open_page(county, "rows", **asked))


def test_the_wholes_of_the_areas_and_of_what_is_in_none_add_up_to_the_place(open_page: Open, county: Path) -> None:
    page = open_page(county, "areas", role="inspector", metric="on_time_share", region=COUNTY_CODE)
    wholes = [int(re.sub(r"\(.*|,", "", text)) for text in _areas(page)["基数 n"]]
    found = re.search(r"依据 [\d,]+ / ([\d,]+)", said(page))
    assert found is not None
    assert sum(wholes) == int(found.group(1).replace(",", ""))


def test_a_click_on_a_village_opens_the_rows_of_that_very_village(
    open_page: Open, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _clicking(monkeypatch, VILLAGE)
    page = open_page(county, "areas", role="leader", metric="on_time_share", region=TOWNSHIP)
    assert page.title[0].value == "明细"
    assert page.query_params["region"] in (VILLAGE, [VILLAGE])
    assert "示例松社区" in said(page)


def test_a_click_on_a_township_leads_one_tier_down(
    open_page: Open, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _clicking(monkeypatch, TOWNSHIP)
    page = open_page(county, "areas", role="leader", metric="on_time_share", region=COUNTY_CODE)
    assert page.title[0].value == "区域比较"
    assert page.query_params["region"] in (TOWNSHIP, [TOWNSHIP])
    assert page.query_params["metric"] in ("on_time_share", ["on_time_share"])


def test_a_hidden_number_does_not_open(open_page: Open, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"role": "leader", "metric": "on_time_share", "region": TOWNSHIP, "since": "2024-12", "until": "2024-12"}
    table = _areas(open_page(county, "areas", **asked))
    hidden = table["数值"].to_list().index("不显示")
    _clicking(monkeypatch, f"{TOWNSHIP[:9]}{hidden + 1:03d}")
    page = open_page(county, "areas", **asked)
    assert page.title[0].value == "区域比较"
    assert [toast.value for toast in page.toast] == ["这个数不显示(不足 5,或可由它推知),也不能打开明细。"]


def test_a_researcher_compares_and_opens_nothing(
    open_page: Open, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _clicking(monkeypatch, VILLAGE)
    page = open_page(county, "areas", role="researcher", metric="on_time_share", region=TOWNSHIP)
    assert page.title[0].value == "区域比较"
    assert "看数字背后的记录" not in said(page)
    assert "点击一行打开" not in said(page)


def test_a_chart_hears_only_codes_that_it_drew(open_page: Open, county: Path) -> None:
    assert clicked._code({"customdata": [VILLAGE]}) == clicked._code({"customdata": VILLAGE}) == VILLAGE
    assert clicked._code({"point_index": 3}) == "None"  # a place in the trace is no code
    page = open_page(county, "areas", role="leader", metric="on_time_share", region=COUNTY_CODE)
    drawn = {
        code if isinstance(code, str) else code[0]
        for chart in _charts(page)
        for trace in chart["data"]
        for code in trace.get("customdata", [])
    }
    assert drawn == {TOWNSHIP, "990101002000", "990101003000"}


def test_without_boundaries_the_sketch_says_that_it_shows_no_real_positions(open_page: Open, county: Path) -> None:
    assert "示意图(非实际位置)" in said(open_page(county, "areas", role="leader", region=COUNTY_CODE))


def test_with_boundaries_areas_that_have_none_are_counted(open_page: Open, tmp_path: Path) -> None:
    workspace = imported(tmp_path / "workspace", detected=False)
    square = {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]}
    feature = {"properties": {"region_code": TOWNSHIP}, "geometry": square}
    drawn = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (Workspace(workspace).snapshot / BOUNDARIES).write_text(drawn, encoding="utf-8")
    words = said(open_page(workspace, "areas", role="leader", region=COUNTY_CODE))
    assert "边界来自导入的数据" in words
    assert "有 2 个区域没有边界" in words


def test_a_median_has_no_funnel_and_says_why(open_page: Open, county: Path) -> None:
    page = open_page(county, "areas", role="leader", metric="median_working_days", region=COUNTY_CODE)
    assert "中位数等分位数没有漏斗图" in said(page)
    assert len(_charts(page)) == 1
    assert "与控制限相比" not in _areas(page).columns


def test_areas_that_may_not_be_ranked_bear_the_badge_and_the_reason(open_page: Open, county: Path) -> None:
    words = said(open_page(county, "areas", role="leader", metric="coverage_per_1000", region=COUNTY_CODE))
    assert "不宜排名" in words
    assert "没有高好低坏之分" in words
    assert "名次区间" not in words


def test_only_metrics_made_for_comparing_are_offered_and_another_is_answered(open_page: Open, county: Path) -> None:
    page = open_page(county, "areas", role="leader", metric="no_such_metric", region=COUNTY_CODE)
    assert [warning.value for warning in page.warning] == ["没有这项指标,已改为下面的指标。"]
    (chooser,) = [box for box in page.selectbox if box.label == "比较哪项指标"]
    assert "效率 · 按时办结率" in chooser.options
    assert chooser.value == "on_time_share"


def test_a_metric_that_lacks_a_table_names_it(open_page: Open, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for file in COUNTY.glob("*.*"):
        if file.name not in ("complaint.csv", "README.md"):
            (source / file.name).write_bytes(file.read_bytes())
    workspace = imported(tmp_path / "workspace", source, detected=False)
    words = said(open_page(workspace, "areas", role="leader", metric="complaints_per_1000", region=COUNTY_CODE))
    assert "这项指标无法计算" in words
    assert "信访" in words[words.index("缺少:") :]


def test_a_village_says_that_nothing_lies_below_and_keeps_its_number(open_page: Open, county: Path) -> None:
    page = open_page(county, "areas", role="leader", metric="on_time_share", region=VILLAGE)
    assert "这里没有下一级区域" in said(page)
    assert len(page.metric) == 1


def test_where_every_area_is_hidden_the_page_says_so_and_draws_nothing(open_page: Open, county: Path) -> None:
    asked = {"metric": "on_time_share", "region": COUNTY_CODE, "since": "2024-01", "until": "2024-01"}
    page = open_page(county, "areas", role="leader", **asked)
    assert set(_areas(page)["数值"]) == {"不显示"}
    assert "没有一个区域可以显示" in said(page)
    assert _charts(page) == []


def test_a_workspace_without_data_says_how_to_begin(open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "mingcha import" in said(open_page(tmp_path / "empty", "areas", role="leader"))


def test_the_way_up_ends_where_the_readers_scope_does(open_page: Open, county: Path, tmp_path: Path) -> None:
    everywhere = open_page(county, "areas", role="leader", region=VILLAGE)
    assert [button.label for button in everywhere.button if (button.key or "").startswith("up-")] == [
        "示例省",
        "示例市",
        "示范县",
        "示例甲镇",
    ]
    workspace = imported(tmp_path / "workspace", detected=False)
    put(workspace, "T-01", "leader", TOWNSHIP)
    narrow = open_page(workspace, "areas", role="leader", region=COUNTY_CODE)
    assert [button.label for button in narrow.button if (button.key or "").startswith("up-")] == []
    assert _areas(narrow)["区域"].to_list() == ["示例松社区", "示例柏村", "示例竹村"]


@pytest.mark.parametrize("metric", ["on_time_share", "median_working_days", "coverage_per_1000", "complaints_per_1000"])
def test_in_english_no_label_is_chinese(open_page: Open, county: Path, metric: str) -> None:
    page = open_page(county, "areas", role="leader", lang="en", metric=metric, region=COUNTY_CODE)
    labels = [str(column) for table in page.dataframe for column in table.value.columns]
    labels += [element.value for kind in ("title", "subheader", "caption") for element in page.get(kind)]
    assert not [label for label in labels if re.search(r"[\u4e00-\u9fff]", label)]
