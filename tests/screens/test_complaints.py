"""Does the page of complaints count what came, say how far it was answered, and ask where nobody is heard?"""

import shutil
from pathlib import Path

import polars as pl
import pytest

from casework.regions import Region, Regions
from casework.text import Text
from casework.workspace import Workspace
from dashboard.parts import voices
from dashboard.queries import heard, silence
from dashboard.queries.counts import Period
from tests.county import COUNTY, imported
from tests.families import VILLAGE
from tests.screens.conftest import Open, said
from tests.worlds import Row, world


def complaint(number: str, **cells: str | None) -> Row:
    """A named petition received on 1 March 2024."""
    return {
        "complaint_no": number,
        "received_at": "2024-03-01",
        "level": "county",
        "channel": "visit",
        "kind": "petition",
        "region_code": VILLAGE,
        "named": "true",
        "told_at": None,
        "met_at": None,
        "closed_at": None,
        **cells,
    }


def read(*rows: Row) -> heard.Heard:
    data = world(complaint=list(rows), as_of="2024-12-31")
    found = heard.read(data, Regions.of(data))
    assert found is not None
    return found


def test_what_is_no_enquiry_and_has_a_name_is_to_be_answered() -> None:
    found = read(
        complaint("X1", told_at="2024-03-05", met_at="2024-03-11", closed_at="2024-04-10"),
        complaint("X2", closed_at="2024-03-21"),  # never told apart: the answer told
        complaint("X3"),
        complaint("X4", named="false", told_at="2024-03-05"),
        complaint("X5", kind="enquiry", closed_at="2024-03-01"),
    )
    assert heard.reached(found.rows, found.stages) == {"asked": 3, "told": 2, "met": 1, "closed": 2}
    assert heard.counted(found.rows, "kind") == {"enquiry": 1, "help": 0, "petition": 4, "report": 0}


def test_those_who_still_wait_make_the_wait_longer() -> None:
    closed = [complaint(f"X{day}", closed_at=f"2024-03-{day + 1:02d}") for day in (10, 20)]
    waiting = [complaint(f"Y{number}") for number in range(3)]
    assert heard.waited(read(*closed).rows, "closed").median.value == 10
    assert heard.waited(read(*closed, *waiting).rows, "closed").median.value is None  # not yet half of five


def test_a_source_that_never_says_when_it_met_anybody_has_no_such_stage() -> None:
    row = {name: value for name, value in complaint("X1").items() if name != "met_at"}
    assert read(row).stages == ("told", "closed")


def test_no_complaints_in_the_source_is_not_no_complaints() -> None:
    data = world(region=[{"region_code": VILLAGE, "name": "示例村", "tier": "village"}])
    assert heard.read(data, Regions.of(data)) is None


def test_only_the_chosen_months_and_regions_are_counted() -> None:
    rows = read(complaint("X1"), complaint("X2", received_at="2024-05-01")).rows
    march = pl.date(2024, 3, 1)
    month = Period(*[pl.select(march).item()] * 2)
    (home,) = rows["home"].unique()
    assert heard.narrowed(rows, [home], month).height == 1
    assert heard.narrowed(rows, [], month).is_empty()


def test_no_small_count_is_solved_from_the_total_or_from_the_share_of_higher_levels() -> None:
    counts = {
        "level": {"township": 40, "county": 30, "city": 3, "province": 9, "ministry": 0},
        "kind": {"help": 70, "report": 12},
        "channel": {"visit": 82},
    }
    seen = voices.hidden(counts, 82, 5)
    assert seen["level", "city"] is None
    assert seen["level", "province"] is None  # else 12 of higher levels less 9 are the 3
    assert seen["kind", "report"] == 12
    assert voices.hidden(counts, 82, 0)["level", "city"] == 3


TREE = Regions(
    [
        Region("990101000000", Text("县", "county"), "county", None),
        *(Region(f"99010100{n}000", Text(f"镇{n}", f"town {n}"), "township", "990101000000") for n in (1, 2)),
        *(
            Region(f"99010100{n}00{m}", Text("村", "village"), "village", f"99010100{n}000")
            for n in (1, 2)
            for m in (1, 2)
        ),
    ]
)


def test_the_villages_of_a_township_share_the_rate_of_all_villages_of_the_county() -> None:
    assert silence.peers(TREE, "990101001000") == ["990101001001", "990101001002", "990101002001", "990101002002"]
    assert silence.peers(TREE, "990101000000") == ["990101001000", "990101002000"]
    assert silence.peers(TREE, "990101001001") == []


def judged(part: int | None, whole: int | None, leads: int | None) -> str:
    """The verdict on one area, at three complaints for a thousand persons covered a month."""
    counts = pl.DataFrame(
        {"region_code": ["A"], "part": [part], "whole": [whole]},
        schema={"region_code": pl.String(), "part": pl.Int64(), "whole": pl.Int64()},
    )
    found = silence.judged(counts, 0.003, None if leads is None else {"A": leads})
    return str(found["verdict"][0])


@pytest.mark.parametrize(
    ("part", "whole", "leads", "verdict"),
    [
        (0, 999, 0, "silent"),  # 2.997 expected: none at all has a chance of 4.995 %
        (0, 998, 0, "few"),  # 2.994: 5.01 %
        (0, 999, 1, "led"),
        (1, 999, 0, "heard"),
        (0, None, 0, "unknown"),
        (None, 999, 0, "unknown"),
        (0, 999, None, "unknown"),  # no detector has run
    ],
)
def test_silence_is_told_only_where_complaints_were_to_be_expected(
    part: int | None, whole: int | None, leads: int | None, verdict: str
) -> None:
    assert judged(part, whole, leads) == verdict


def test_the_rate_of_areas_is_that_of_all_of_them_together() -> None:
    counts = pl.DataFrame({"part": [1, 0, 5], "whole": [100, 300, None]})
    assert silence.rate(counts) == 1 / 400
    assert silence.rate(counts.clear()) is None


def test_leads_count_in_the_area_they_lie_in() -> None:
    leads = pl.DataFrame({"home": ["990101001001", "990101001000", "990101002002", "990101000000"]})
    assert silence.by_area(TREE, leads, ["990101001000", "990101002000"]) == {"990101001000": 2, "990101002000": 1}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", ["leader", "researcher", "supervisor"])
def test_no_complaint_is_listed_and_nobody_named(open_page: Open, county: Path, role: str, language: str) -> None:
    page = open_page(county, "complaints", role=role, lang=language)
    assert not page.exception
    assert "XF01" not in said(page)


def test_leaders_and_researchers_read_a_word_where_inspectors_read_numbers_of_leads(
    open_page: Open, county: Path
) -> None:
    columns = {
        role: {str(name) for table in open_page(county, "complaints", role=role).dataframe for name in table.value}
        for role in ("leader", "researcher", "inspector")
    }
    assert "现有线索" in columns["inspector"]
    for role in ("leader", "researcher"):
        assert not {name for name in columns[role] if "线索" in name}
        assert "声音" in columns[role]


@pytest.mark.parametrize(("role", "opens"), [("inspector", True), ("leader", False), ("researcher", False)])
def test_the_rows_of_complaints_open_for_discipline_only(open_page: Open, county: Path, role: str, opens: bool) -> None:
    page = open_page(county, "complaints", role=role)
    assert ("看数字背后的记录" in said(page)) is opens


def test_complaints_know_no_programme(open_page: Open, county: Path) -> None:
    every, one = (open_page(county, "complaints", role="leader", programme=name) for name in ("", "dibao"))
    assert [box.value for box in one.metric] == [box.value for box in every.metric]
    assert "不分救助类型" in said(one)


@pytest.mark.parametrize("address", ["complaints", "integrity"])
def test_each_region_shows_however_much_of_the_page_is_empty(open_page: Open, county: Path, address: str) -> None:
    for code in pl.read_parquet(Workspace(county).snapshot / "region.parquet")["region_code"]:
        page = open_page(county, address, role="leader", region=code, since="2024-02", until="2024-02")
        assert not page.exception, code


def test_without_the_table_the_page_says_what_is_missing(open_page: Open, tmp_path: Path) -> None:
    source = Path(shutil.copytree(COUNTY, tmp_path / "source"))
    (source / "complaint.csv").unlink()
    page = open_page(imported(tmp_path / "workspace", source, detected=False), "complaints", role="leader")
    assert not page.exception
    assert "没有信访数据" in said(page)
    assert "complaint" in said(page)


def test_without_a_run_silence_is_not_told(open_page: Open, tmp_path: Path) -> None:
    page = open_page(imported(tmp_path / "workspace", detected=False), "complaints", role="leader")
    assert not page.exception
    assert "还没有运行过线索规则" in said(page)
