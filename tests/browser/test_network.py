"""Does a reader get from the list to the network around an official, see it drawn, and come back?"""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import polars as pl
import pytest
from playwright.sync_api import Browser

from tests.browser.served import Reader, serving
from tests.browser.test_roads import ROW
from tests.county import COUNTY, imported


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county, in which the head of a family is the only official."""
    folder = tmp_path_factory.mktemp("network")
    source = Path(copytree(COUNTY, folder / "source"))
    rows = pl.read_csv(source / "official.csv", infer_schema=False)
    members = pl.read_csv(source / "member.csv", infer_schema=False)
    families = members.group_by("户编号").len().filter(pl.col("len") > 2)
    heads = members.filter(pl.col("与户主关系") == "户主").join(families, on="户编号", how="semi")
    one = rows.head(1).with_columns(pl.lit(heads.sort("户编号")["身份证号"][0]).alias("身份证号"))
    one.write_csv(source / "official.csv")
    return imported(folder / "workspace", source)


@pytest.fixture
def at_place(browser: Browser, place: Path) -> Iterator[Reader]:
    """A reader of it; whatever went wrong on the way fails the test at its end."""
    with serving(place) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        reader = Reader(context.new_page(), address)
        yield reader
        context.close()
        assert reader.wrong == []


def test_from_the_list_to_a_drawn_network_its_tables_and_back(at_place: Reader, place: Path) -> None:
    reader, lead_id = at_place, pl.read_parquet(place / "leads.parquet")["lead_id"][0]
    reader.open("/network?role=inspector")
    reader.click_row(0, 0, height=ROW)
    reader.page.wait_for_url("**/network**official=**")
    reader.settle()
    reader.open(f"{reader.page.url.removeprefix(reader.address)}&lead={lead_id}")
    assert reader.title() == "关系网络"
    chart = reader.page.locator("[data-testid=stPlotlyChart]")
    chart.locator("svg .scatterlayer .point").first.wait_for(state="attached")
    assert chart.locator("canvas").count() == 0  # SVG, no WebGL
    assert "未检" in reader.words()
    before = chart.locator("svg .scatterlayer .point").count()
    reader.page.get_by_text("以表格查看").click()
    reader.settle()
    rows = reader.table(1)  # after the table of the questions
    assert [row[0] for row in rows] == [str(number) for number in range(len(rows))]
    for shared in ("同一电话", "同一住址", "同一账户"):
        reader.page.get_by_text(shared, exact=True).first.click()
        reader.settle()
    assert "ties=none" in reader.page.url
    assert chart.locator("svg .scatterlayer .point").count() <= before
    reader.open(reader.page.url.removeprefix(reader.address))  # a deep link shows the same
    assert "ties=none" in reader.page.url
    reader.page.get_by_text("← 返回线索").click()
    reader.page.wait_for_url("**/dossier**")
    reader.settle()
    assert lead_id in reader.page.url
