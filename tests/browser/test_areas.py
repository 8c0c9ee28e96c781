"""Does a leader get from a county to the rows of a village by clicking what they see?"""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.served import Reader, serving
from tests.county import COUNTY, imported

COUNTY_CODE, ROW, MEGABYTE = "990101000000", 35, 1_000_000


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example county with a map: its villages side by side in strips, the second with a hole."""
    place = tmp_path_factory.mktemp("mapped")
    source = place / "source"
    source.mkdir()
    for file in COUNTY.glob("*.csv"):
        (source / file.name).write_bytes(file.read_bytes())
    (source / "meta.toml").write_bytes((COUNTY / "meta.toml").read_bytes())
    codes = [line.split(",")[0] for line in (source / "region.csv").read_text(encoding="utf-8").splitlines()[1:]]
    features = [
        {
            "properties": {"region_code": code},
            "geometry": {"type": "Polygon", "coordinates": [[[at, 0], [at + 1, 0], [at + 1, 3], [at, 3], [at, 0]]]},
        }
        for at, code in enumerate(codes)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    (source / "boundaries.geojson").write_text(json.dumps(collection), encoding="utf-8")
    with serving(imported(place / "workspace", source, detected=False)) as address:
        yield address


@pytest.fixture
def leader(browser: Browser, mapped: str) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    reader = Reader(context.new_page(), mapped)
    yield reader
    context.close()
    assert reader.wrong == []


def _asked(reader: Reader) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(reader.page.url).query).items()}


def _click_point(reader: Reader, chart: str, code: str) -> None:
    """Click where a chart has drawn the first point of a region."""
    plot = reader.page.locator(f".st-key-areas-{chart} .js-plotly-plot")
    plot.scroll_into_view_if_needed()
    at = plot.evaluate(
        """(plot, code) => {
            const trace = plot._fullData.find(one => one.customdata);
            const place = trace.customdata.findIndex(one => String(one) === code);
            const box = plot._fullLayout._plots.xy.plot.node().ownerSVGElement.getBoundingClientRect();
            const {xaxis, yaxis} = plot._fullLayout;
            return {x: box.x + xaxis._offset + xaxis.d2p(trace.x[place]),
                    y: box.y + yaxis._offset + yaxis.d2p(trace.y[place])};
        }""",
        code,
    )
    reader.page.mouse.move(at["x"], at["y"])
    reader.page.wait_for_timeout(200)
    reader.page.mouse.click(at["x"], at["y"])


def test_from_the_county_to_the_rows_of_a_village_in_four_clicks(leader: Reader) -> None:
    leader.open("/overview?role=leader&region=" + COUNTY_CODE)
    leader.page.get_by_role("link", name="区域比较").click()  # 1
    leader.page.wait_for_url("**/areas**")
    leader.settle()
    _click_point(leader, "funnel", "990101001000")  # 2
    leader.page.wait_for_url("**region=990101001000**")
    leader.settle()
    first = leader.table()[0][0]
    leader.click_row(0, 0, height=ROW)  # 3: one fewer than allowed
    leader.page.wait_for_url("**/rows**")
    leader.settle()
    assert _asked(leader)["region"] == "990101001001"
    assert first in leader.words()


def test_a_click_on_the_map_is_heard_once_so_that_the_way_back_leads_back(leader: Reader) -> None:
    leader.open("/areas?role=leader&metric=on_time_share&region=" + COUNTY_CODE)
    assert "示意图,边界来自导入的数据" in leader.words()
    _click_point(leader, "map", "990101002000")
    leader.page.wait_for_url("**region=990101002000**")
    leader.settle()
    leader.page.locator(".st-key-path button", has_text="示范县").click()
    leader.page.wait_for_url(f"**region={COUNTY_CODE}**")
    leader.settle()
    leader.page.wait_for_timeout(500)
    assert _asked(leader)["region"] == COUNTY_CODE
    assert _asked(leader)["metric"] == "on_time_share"


def test_a_hidden_cell_does_not_open(leader: Reader) -> None:
    leader.open("/areas?role=leader&metric=on_time_share&region=990101001000&since=2024-12&until=2024-12")
    hidden = next(place for place, row in enumerate(leader.table()) if row[1] == "不显示")
    leader.click_row(0, hidden, height=ROW)
    leader.page.get_by_text("也不能打开明细").wait_for()
    assert urlsplit(leader.page.url).path == "/areas"


@pytest.mark.parametrize("width", [1280, 1920])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_is_small_and_no_word_of_a_chart_is_cut_off(leader: Reader, language: str, width: int) -> None:
    leader.page.set_viewport_size({"width": width, "height": 1000})
    leader.open(f"/areas?role=leader&lang={language}&metric=coverage_per_1000&region={COUNTY_CODE}")
    assert max(leader.counted) < MEGABYTE
    outside = leader.page.locator(".js-plotly-plot").evaluate_all(
        """plots => plots.flatMap(plot => {
            const frame = plot.getBoundingClientRect();
            return [...plot.querySelectorAll('text')].filter(text => {
                const box = text.getBoundingClientRect();
                return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
            }).map(text => text.textContent);
        })"""
    )
    assert outside == []


def test_imported_names_are_words_and_nothing_else(at_hostile: Reader) -> None:
    at_hostile.open("/areas?role=leader&metric=on_time_share&region=990101001001")
    assert at_hostile.page.locator(".st-key-path button", has_text="**粗** [链接]").count() == 1
    assert at_hostile.page.locator(".st-key-path img, .st-key-path a, .st-key-path strong").count() == 0
    at_hostile.page.locator(".st-key-path button").last.click()
    at_hostile.page.wait_for_url("**region=990101001000**")
    at_hostile.settle()
    assert at_hostile.page.locator(".js-plotly-plot").count() == 2
    assert at_hostile.page.locator(".js-plotly-plot img, .js-plotly-plot a[href*=example]").count() == 0
