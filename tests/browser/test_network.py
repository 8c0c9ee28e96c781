"""Does a reader get from a lead to the network around its official, see it drawn, and come back?"""

from pathlib import Path

import polars as pl

from tests.browser.served import Reader


def test_from_a_path_of_kin_to_the_drawn_network_and_back(reader: Reader, county: Path) -> None:
    leads = pl.read_parquet(county / "leads.parquet")
    lead_id = leads.filter(pl.col("facts").str.json_path_match("$.path").is_not_null())["lead_id"][0]
    reader.open(f"/dossier?role=inspector&lead={lead_id}")
    reader.page.get_by_text("看这名干部的关系网络").click()
    reader.page.wait_for_url("**/network**official=**")
    reader.settle()
    assert reader.title() == "关系网络"
    chart = reader.page.locator("[data-testid=stPlotlyChart]")
    chart.locator("svg .scatterlayer .point").first.wait_for(state="attached")
    assert chart.locator("canvas").count() == 0  # SVG, no WebGL
    assert "近亲属" in reader.words()
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
    reader.page.reload()  # a deep link shows the same
    reader.settle()
    assert "ties=none" in reader.page.url
    reader.page.get_by_text("← 返回线索").click()
    reader.page.wait_for_url("**/dossier**")
    reader.settle()
    assert lead_id in reader.page.url
