"""Does the page on coverage tell each reader what is theirs, hide what is small, and say what is unknown?"""

import json
from pathlib import Path

import pytest

from casework.tables import TABLES
from casework.workspace import Workspace
from dashboard.words import phrases
from tests.screens.conftest import Open, read

PARTS = ("circles", "adequacy", "flows", "funnel", "watched", "hardest", "overlap")
HEADS = {
    "circles": "coverage.circles",
    "adequacy": "coverage.adequacy",
    "flows": "coverage.flows",
    "funnel": "coverage.funnel",
    "watched": "coverage.watched",
    "hardest": "coverage.hardest",
    "overlap": "coverage.overlap",
}
VILLAGE = "990101001001"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("role", ["leader", "inspector", "researcher"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_opens_for_all_who_may_see_counts(
    township: Path, open_page: Open, part: str, role: str, lang: str
) -> None:
    page = open_page(township, "coverage", role=role, part=part, lang=lang)
    assert not page.exception
    heads = [element.value for element in page.get("subheader")]
    assert phrases(lang)[HEADS[part]] in heads  # type: ignore[arg-type]  # one of the two languages


@pytest.mark.parametrize("part", ["circles", "funnel", "overlap", "flows"])
def test_a_chart_has_words_a_table_twin_and_its_data(township: Path, open_page: Open, part: str) -> None:
    page = open_page(township, "coverage", role="leader", part=part)
    charts = page.get("plotly_chart")
    assert charts
    assert all(chart.proto.alt for chart in charts)
    assert phrases("zh")["twin.table"] in [element.proto.label for element in page.get("expander")]
    assert phrases("zh")["twin.download"] in [element.proto.label for element in page.get("download_button")]


@pytest.mark.parametrize("part", PARTS)
def test_no_count_from_one_to_four_reaches_leaders_or_researchers(township: Path, open_page: Open, part: str) -> None:
    for role in ("leader", "researcher"):
        page = open_page(township, "coverage", role=role, part=part)
        cells = [str(cell) for frame in page.dataframe for cell in frame.value.to_numpy().ravel()]
        assert [cell for cell in cells if cell in {"1", "2", "3", "4"}] == []
        drawn = " ".join(chart.proto.spec for chart in page.get("plotly_chart"))
        texts = [text for trace in json.loads(drawn)["data"] for text in _flat(trace.get("text", []))] if drawn else []
        assert [text for text in texts if text.split(" ")[0] in {"1", "2", "3", "4"}] == []


def _flat(texts: object) -> list[str]:
    if isinstance(texts, list):
        return [text for one in texts for text in _flat(one)]
    return [str(texts)]


def test_those_who_open_cases_see_small_counts(township: Path, open_page: Open) -> None:
    leader = read(open_page(township, "coverage", role="leader", part="funnel"))
    inspector = read(open_page(township, "coverage", role="inspector", part="funnel"))
    assert phrases("zh")["coverage.few"] in leader.split()
    assert phrases("zh")["coverage.few"] not in inspector.split()


def test_leaders_read_case_numbers_and_no_household_in_the_lists(township: Path, open_page: Open) -> None:
    households = _column(township, "household", "household_no")
    awards = _column(township, "award", "award_no") | _column(township, "application", "application_no")
    words = _words(read(open_page(township, "coverage", role="leader", part="watched", list="watched")))
    assert words & awards
    assert not words & households


def test_researchers_get_no_list_of_cases(township: Path, open_page: Open) -> None:
    awards = _column(township, "award", "award_no") | _column(township, "application", "application_no")
    for part in ("watched", "hardest"):
        page = open_page(township, "coverage", role="researcher", part=part, list="watched", region=VILLAGE)
        assert not _words(read(page)) & awards


def test_in_a_village_leaders_read_ranks_where_inspectors_read_household_numbers(
    township: Path, open_page: Open
) -> None:
    households = _column(township, "household", "household_no")
    leader = _words(read(open_page(township, "coverage", role="leader", part="hardest", region=VILLAGE)))
    inspector = _words(read(open_page(township, "coverage", role="inspector", part="hardest", region=VILLAGE)))
    assert "户1" in leader
    assert not leader & households
    assert inspector & households


def test_only_those_who_work_on_leads_get_the_leads_of_the_gaps(township: Path, open_page: Open) -> None:
    what = phrases("zh")["coverage.gaps_what"]
    assert what in read(open_page(township, "coverage", role="inspector", part="overlap"))
    for role in ("leader", "researcher"):
        assert what not in read(open_page(township, "coverage", role=role, part="overlap"))


def test_a_place_without_published_consumption_is_unknown_by_name(county: Path, open_page: Open) -> None:
    page = read(open_page(county, "coverage", role="leader", part="adequacy"))
    assert "人均消费支出(" in page  # which figure, in words
    assert phrases("zh")["coverage.adequacy_none"] in page


def test_without_data_the_page_says_how_to_begin(tmp_path: Path, open_page: Open) -> None:
    page = open_page(tmp_path / "workspace", "coverage", role="leader")
    assert phrases("zh")["states.no_data"] in read(page)


def test_those_without_the_right_are_refused(township: Path, open_page: Open) -> None:
    page = open_page(township, "coverage", role="steward")
    assert not page.get("plotly_chart")
    assert phrases("zh")["coverage.circles"] not in read(page)


def _column(workspace: Path, table: str, name: str) -> set[str]:
    tables = Workspace(workspace).tables()
    return set(tables.engine.collect(tables[TABLES[table]].select(name))[name].to_list())


def _words(text: str) -> set[str]:
    return set(text.split())


def test_the_points_of_a_household_are_for_those_who_open_its_case(township: Path, open_page: Open) -> None:
    def columns(role: str) -> set[str]:
        page = open_page(township, "coverage", role=role, part="hardest", region=VILLAGE)
        return {str(name) for frame in page.dataframe for name in frame.value.columns}

    points, rank = phrases("zh")["coverage.points"], phrases("zh")["coverage.rank"]
    assert {points, rank} <= columns("inspector")
    assert rank in columns("leader")
    assert points not in columns("leader")
