"""Does a reader find a person, and the office that should be told, in a real browser?"""

from pathlib import Path

from casework.workspace import Workspace
from tests.browser.served import Reader
from tests.browser.test_roads import ROW

NAME = "示例"  # how every name of the county begins


def test_from_a_name_to_the_household_and_back_without_a_trace_in_the_address(reader: Reader, county: Path) -> None:
    before = len(Workspace(county).journal.entries())
    reader.open("/search?role=inspector")
    reader.page.locator("[data-testid=stForm] input").fill(NAME)
    reader.page.locator("[data-testid=stForm] input").press("Enter")
    reader.settle()
    rows = reader.table()
    assert all("*" in row[0] for row in rows)
    reader.click_row(0, 1, height=ROW)
    reader.page.wait_for_url("**kind=person**")
    reader.settle()
    assert rows[1][0] in reader.words()  # the very person of the second row
    assert "示例" not in reader.page.url
    assert "%E7%A4%BA" not in reader.page.url
    reader.page.get_by_text("返回查找").click()
    reader.page.wait_for_function("!location.search.includes('kind=')")
    reader.settle()
    assert reader.table() == rows  # the term is kept by the session
    kept = Workspace(county).journal.entries()[before:]
    sought, looked = [entry for entry in kept if entry.what != "enter"]
    assert (sought.what, sought.why) == ("search", "name or address")
    assert looked.what == "look"
    assert looked.subject.startswith("person:")


def test_an_office_is_told_of_its_cases_on_paper_and_the_journal_knows(reader: Reader, county: Path) -> None:
    reader.open("/times?role=inspector")
    office = reader.page.locator(".st-key-url-office input")
    office.scroll_into_view_if_needed()  # a list that opens while the page still scrolls closes again
    reader.settle()
    office.click()
    reader.page.get_by_role("option").filter(has_text="示例甲镇").click()
    reader.page.wait_for_url("**office=99**")
    reader.settle()
    number = reader.table(1)[0][1]
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name="下载超时通报(可打印)").click()
    paper = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert number in paper
    assert "超时通报:" in paper
    last = Workspace(county).journal.entries()[-1]
    assert (last.what, last.why) == ("notice", "html")
    reader.open(reader.page.url.removeprefix(reader.address))  # the link reproduces the view
    reader.click_row(1, 0, height=72)
    reader.page.wait_for_url("**/dossier**")
    reader.settle()
    assert "逾期未办结(待核实)" in reader.title()
    assert number in reader.words()
