"""Does a researcher raise a standard, read what follows, find the largest one for a budget, and take it along?"""

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from casework.workspace import Workspace
from dashboard.cli import app
from dashboard.terminal import ended
from tests.browser.served import Reader, serving
from tests.county import imported

PATIENCE = 60_000  # milliseconds for what runs beside the page
PARTS = (
    *("curve", "gainers", "regions", "groups", "statement"),
    *("measures", "limits", "kin", "levers", "files"),
)
RAISED = "dibao_standard;;urban_rural=rural;;scale;1.1"


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up township."""
    place = tmp_path_factory.mktemp("whatif")
    assert ended(app, ["synthesize", str(place / "source"), "--persons", "1200", "--seed", "7"]) == 0
    return imported(place / "workspace", place / "source")


@pytest.fixture(scope="module")
def pages(township: Path) -> Iterator[str]:
    with serving(township) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, pages: str) -> Iterator[Reader]:
    """A researcher whose page did nothing that it should not."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    there = Reader(context.new_page(), pages)
    yield there
    context.close()
    assert there.wrong == []


def choose(reader: Reader, box: str, option: str) -> None:
    reader.page.locator(f".st-key-{box} input").click()
    reader.page.get_by_role("option", name=option, exact=True).click()
    reader.settle()


def part(reader: Reader, name: str) -> None:
    reader.page.get_by_role("radio", name=name, exact=True).click()
    reader.page.wait_for_timeout(300)
    reader.settle()


def metric(reader: Reader, label: str) -> str:
    return reader.page.locator("[data-testid=stMetric]").filter(has_text=label).first.inner_text()


def asked(reader: Reader, name: str) -> str:
    return parse_qs(urlsplit(reader.page.url).query).get(name, [""])[0]


def taken(reader: Reader, label: str) -> str:
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name=label).click()
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_a_rural_standard_a_tenth_higher_from_the_form_to_the_files(reader: Reader, township: Path) -> None:
    reader.open("/whatif?role=researcher")
    assert "情景测算:按规则测算,不是认定" in reader.words()

    # write it: the rule, for whom and how stand ready; what it comes to is said before it is added
    choose(reader, "scope-dibao_standard-urban_rural-a", "农村")
    assert re.search(r"农村:(\d+) 元/人·月 → \d+", reader.words())
    reader.page.get_by_role("button", name="加入情景甲").click()
    reader.page.wait_for_url("**a=dibao_standard**")
    reader.settle()
    assert asked(reader, "a") == RAISED
    assert "最低生活保障标准(农村):乘以 1.1" in reader.words()  # for whom, else two changes of one rule read alike

    # read cost and newly in
    assert re.search(r"\+[\d.]+ 万元 \(\+[\d.]+%\)", metric(reader, "一年支出"))
    assert "退出 0 户" in metric(reader, "新进户")
    assert re.search(r"最低生活保障标准\(.*农村\):\d+ → \d+", reader.words())

    # the largest standard within a budget
    reader.page.locator(".st-key-url-budget input").fill("300")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**budget=300**")
    reader.settle()
    assert re.search(r"农村 \d+ 元/人·月", metric(reader, "预算 300 万元内的最高标准"))
    assert [row[0] for row in reader.table()] == ["该情景现在", "最后一个不超预算的", "第一个超预算的"]
    assert re.search(r"曲线上,预算 300 万元恰好用完时为现值的 [\d.]+ 倍", reader.words())
    assert reader.page.locator(".js-plotly-plot").count() == 1

    # take it along
    part(reader, "下载")
    scenario = tomllib.loads(taken(reader, "情景甲(TOML)"))
    assert scenario["change"] == [{"id": "dibao_standard", "urban_rural": "rural", "scale": 1.1}]
    rows = list(csv.DictReader(taken(reader, "全部指标(CSV)").splitlines()))
    assert {"a", "baseline", "a-baseline"} <= {row["scenario"] for row in rows}
    changes = list(csv.DictReader(taken(reader, "情景甲改了什么(CSV)").splitlines()))
    assert {row["id"] for row in changes} == {"dibao_standard"}
    moves = list(csv.DictReader(taken(reader, "进退与得失(CSV)").splitlines()))
    assert {"newly_in", "gain_more", "same"} <= {row["class"] for row in moves}
    manifest = json.loads(taken(reader, "测算说明(JSON)"))
    assert manifest["snapshot"] == Workspace(township).tables().digest
    assert "--scenario scenario_1.toml" in manifest["command"]
    last = Workspace(township).journal.entries()[-1]
    assert (last.who, last.what, last.subject) == ("T-01", "export", "figures")


def test_the_way_back_undoes_the_last_change_and_a_link_shows_the_same_in_english(reader: Reader) -> None:
    reader.open(f"/whatif?role=researcher&lang=en&a={RAISED}")
    before = metric(reader, "Cost a year")
    assert "yuan" in before
    reader.page.get_by_role("button", name="Take out").click()
    reader.page.wait_for_function("!location.search.includes('a=dibao')")
    reader.settle()
    assert metric(reader, "Cost a year") != before
    reader.page.go_back()
    reader.page.wait_for_url("**a=dibao_standard**")
    reader.settle()
    assert metric(reader, "Cost a year") == before


def test_every_part_is_drawn_in_both_languages(reader: Reader) -> None:
    for language in ("zh", "en"):
        reader.open(f"/whatif?role=researcher&lang={language}&a={RAISED}&b=@taper_12|dibao_standard;;;;add;-30")
        for name in (
            "curve",
            "gainers",
            "regions",
            "groups",
            "statement",
            "measures",
            "limits",
            "kin",
            "levers",
            "files",
        ):
            reader.open(
                f"/whatif?role=researcher&lang={language}&part={name}&a={RAISED}&b=@taper_12|dibao_standard;;;;add;-30"
            )
            assert reader.page.locator(".st-key-refusal").count() == 0


def test_what_takes_long_runs_beside_the_page_and_shows_by_itself(reader: Reader) -> None:
    reader.open(f"/whatif?role=researcher&part=leads&a={RAISED}")
    reader.page.get_by_role("button", name="开始检测比较").click()
    reader.page.wait_for_url("**run=leads**")
    reader.page.get_by_role("button", name="开始检测比较").wait_for(state="detached", timeout=PATIENCE)
    reader.grid().wait_for(timeout=PATIENCE)
    reader.settle()
    assert any("(待核实)" in row[0] for row in reader.table())


def test_the_parts_stand_on_two_lines_in_either_language(reader: Reader) -> None:
    for language in ("zh", "en"):
        reader.open(f"/whatif?role=researcher&lang={language}&a={RAISED}")
        parts = reader.page.locator(".st-key-url-part").get_by_role("radio")
        assert parts.count() == len(PARTS) + 2  # leads and doubts are asked for by a click
        tops = [box["y"] for box in (one.bounding_box() for one in parts.all()) if box is not None]
        assert len(set(tops)) == 2
        assert min(tops.count(top) for top in set(tops)) >= 4


def test_an_empty_workspace_says_how_to_begin(at_empty: Reader) -> None:
    at_empty.open("/whatif?role=researcher")
    assert "mingcha demo" in at_empty.words()
