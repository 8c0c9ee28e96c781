"""Does a reader get from the first page to the row and the lead they came for?"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.served import Reader

ROW, TALL_ROW = 35, 92  # pixels of a row in a plain table and in the queue
MEGABYTE = 1_000_000


def _asked(reader: Reader) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(reader.page.url).query).items()}


def test_from_the_door_to_the_rows_behind_a_number(reader: Reader) -> None:
    reader.open("/")
    reader.page.get_by_text("民政领导").click()
    reader.page.get_by_label("姓名或工号").fill("示例领导")
    reader.page.get_by_role("button", name="进入").click()
    reader.page.wait_for_url("**/overview**")
    reader.settle()
    assert reader.title() == "总览"
    assert "示例领导 · 民政领导" in reader.words()
    part, whole = re.search(r"依据 (\d+) / (\d+)", reader.words()).groups()  # type: ignore[union-attr]
    reader.page.get_by_text("看数字背后的记录").first.click()
    reader.page.wait_for_url("**/rows**")
    reader.settle()
    assert f"计入分子 {part} 行" in reader.words()
    assert int(whole) >= int(part)


def test_a_click_on_a_region_leads_one_tier_down_and_back_up(reader: Reader) -> None:
    reader.open("/overview?role=leader")
    first = reader.table()[0][0]
    reader.click_row(0, 0, height=ROW)
    reader.page.wait_for_url("**region=990101001000**")
    reader.settle()
    assert f"› {first}" in reader.words()
    reader.page.get_by_text("上一级").click()
    reader.page.wait_for_url("**region=990101000000**")
    reader.settle()
    assert f"› {first}" not in reader.words()


@pytest.mark.parametrize(("language", "title"), [("zh", "待核实"), ("en", "to verify")])
def test_from_the_queue_to_the_dossier_of_the_very_row(reader: Reader, language: str, title: str) -> None:
    reader.open(f"/queue?role=inspector&lang={language}&scheme=late_decision")
    rows = reader.table()
    reader.click_row(0, 1, height=TALL_ROW)
    reader.page.wait_for_url("**/dossier**")
    reader.settle()
    assert title in reader.title()
    assert rows[1][3] in reader.words()  # the sentence of the second row
    assert rows[1][1] in reader.words()  # and its number
    assert _asked(reader)["scheme"] == "late_decision"


def test_the_way_back_keeps_the_filters(reader: Reader) -> None:
    reader.open("/queue?role=inspector&scheme=late_decision&sort=recent")
    reader.click_row(0, 0, height=TALL_ROW)
    reader.page.wait_for_url("**/dossier**")
    reader.settle()
    reader.page.get_by_text("返回线索台").click()
    reader.page.wait_for_url("**/queue**")
    reader.settle()
    assert _asked(reader) | {"scheme": "late_decision", "sort": "recent", "role": "inspector"} == _asked(reader)
    assert {row[0] for row in reader.table()} == {"超时办结(待核实)"}


def test_one_click_changes_the_language_and_nothing_else(reader: Reader) -> None:
    reader.open("/queue?role=inspector&scheme=late_decision")
    before = len(reader.table())
    reader.page.get_by_text("English").click()
    reader.page.wait_for_url("**lang=en**")
    reader.settle()
    assert reader.title() == "Leads"
    assert _asked(reader)["scheme"] == "late_decision"
    assert len(reader.table()) == before


def test_a_filter_writes_itself_into_the_link(reader: Reader) -> None:
    reader.open("/queue?role=inspector")
    reader.page.locator(".st-key-url-scheme input").click()
    reader.page.get_by_role("option").filter(has_text="超时办结").click()
    reader.page.wait_for_url("**scheme=late_decision**")
    reader.settle()
    assert {row[0] for row in reader.table()} == {"超时办结(待核实)"}


@pytest.mark.parametrize(
    "path",
    [
        "/overview?role=leader",
        "/queue?role=inspector",
        "/data?role=leader",
        "/search?role=inspector",
        "/times?role=leader",
        "/timeliness?role=leader",
        "/reform?role=leader&region=990101001000",
        "/rows?role=leader&metric=coverage_per_1000",
    ],
)
def test_a_page_is_light_flat_and_fits_the_screen(reader: Reader, path: str) -> None:
    reader.open(path)
    assert max(reader.counted) < MEGABYTE
    assert reader.page.locator(".gl-canvas").count() <= 4  # a browser loses the oldest of too many WebGL drawings
    main = reader.page.locator("[data-testid=stMain]")
    for width in (1280, 1920):
        reader.page.set_viewport_size({"width": width, "height": 1000})
        reader.page.wait_for_timeout(200)
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def test_the_parts_of_a_dossier_open_one_at_a_time_and_stand_in_the_link(reader: Reader) -> None:
    reader.open("/queue?role=inspector&scheme=late_decision")
    reader.click_row(0, 0, height=TALL_ROW)
    reader.page.wait_for_url("**/dossier**")
    reader.settle()
    sentence = reader.page.locator(".st-key-sentence").inner_text()
    for name, panel, mark in (
        ("时间线", "timeline", "灰色:周末"),
        ("家庭与资金", "household", "部门核对结果"),
        ("关系网络", "network", "两人之间"),
        ("依据与算账", "grounds", "怎么算的"),
    ):
        reader.page.locator(".st-key-url-panel").get_by_text(name).click()
        reader.page.wait_for_url(f"**panel={panel}**")
        reader.settle()
        assert mark in reader.words()
        assert reader.page.locator(".st-key-sentence").inner_text() == sentence
        assert max(reader.counted) < MEGABYTE
    reader.open("/dossier" + reader.page.url.split("/dossier")[1].replace("panel=grounds", "panel=network"))
    reader.page.locator(".st-key-url-ties").get_by_text("同户").click()  # switched off
    reader.page.wait_for_url("**ties=**")
    reader.settle()
    assert "household" not in _asked(reader)["ties"].split(",")
    assert "灰实线" not in reader.words()
    main = reader.page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
