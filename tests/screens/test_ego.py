"""Does the page around an official show what is there, say what is not known, and open only to those it may?"""

import json
import shutil
from pathlib import Path
from uuid import uuid4

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.review import register
from casework.review.register import Registered
from casework.review.scope import Reader
from casework.tables import HOUSEHOLD, KIN, PERSON
from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.entry import ENTERED
from dashboard.exports import ego as exported
from dashboard.parts import tested
from dashboard.queries import officials
from dashboard.rights import GRANTED, NotYoursError
from dashboard.session import Session, View
from tests.county import COUNTY, imported
from tests.screens.conftest import Open, read, said
from tests.screens.handmade import add, card, known

FACTS = {"observed": 5, "expected": 1.6, "low": 0.7, "high": 3.1, "p": 0.004, "q": 0.03}


@pytest.fixture
def town(township: Path, tmp_path: Path) -> Path:
    """A township with every scheme, to write in."""
    return Path(shutil.copytree(township, tmp_path / "town"))


def desk_of(town: Path) -> Desk:
    kept = Workspace(town)
    return Desk(kept, kept.policy(), kept.calendar(), kept.tables())


def with_kin(town: Path) -> int:
    """An official of whom a lead knows near kin."""
    mine = pl.read_parquet(town / "leads.parquet").filter(pl.col("scheme") == "kin_unfiled")
    return int(json.loads(mine["related"][0])[0])


def colleague(town: Path, official: int) -> int:
    posts = officials.posts(Workspace(town).tables())
    return int(posts.filter(pl.col("person_id") != official)["person_id"][0])


def opened(open_page: Open, town: Path, official: int, **more: str) -> AppTest:
    page = open_page(town, "network", role="inspector", official=str(official), **more)
    assert not page.exception
    return page


def nodes(page: AppTest) -> pl.DataFrame:
    return next(pl.from_pandas(one.value) for one in page.dataframe if "图中号" in one.value.columns)


def about(town: Path, scheme: str, official: int, **more: object) -> None:
    lead = {"scheme": scheme, "family": "favoritism", "subject_kind": "official", "subject": str(official)}
    add(town, {"lead_id": f"L-{scheme}", "level": "info", **lead, **more})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_comes_first_and_nobody_is_named(open_page: Open, town: Path, language: str) -> None:
    page = open_page(town, "network", role="inspector", lang=language)
    assert not page.exception
    assert [one.value for one in page.title] == ["关系网络" if language == "zh" else "Network"]
    (table,) = page.dataframe
    counts = [int(one or 0) for one in table.value["leads"]]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    nobody_named(town, page)


def nobody_named(town: Path, page: AppTest) -> None:
    tables = Workspace(town).tables()
    names = tables.engine.collect(tables[PERSON].select("name"))["name"].drop_nulls().unique()
    assert not [name for name in names if len(name) > 1 and name in said(page)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_network_of_an_official_is_drawn_and_stands_as_tables(open_page: Open, town: Path, language: str) -> None:
    page = opened(open_page, town, with_kin(town), lang=language)
    (chart,) = page.get("plotly_chart")
    figure = json.loads(chart.proto.spec)
    assert {trace["type"] for trace in figure["data"]} == {"scatter"}  # SVG
    nobody_named(town, page)
    if language == "zh":
        table = nodes(page)
        assert table["图中号"].to_list() == [*range(table.height)]
        assert {"干部本人", "近亲属", "所在家庭"} <= set(table["与干部的关系圈"])
        assert [one.label for one in page.get("download_button")] == ["下载数据(CSV)"] * 2


def test_where_no_lead_exists_the_page_says_not_raised_or_not_tested_and_never_0(open_page: Open, town: Path) -> None:
    page = opened(open_page, town, with_kin(town))
    table = next(one.value for one in page.dataframe if "检验" in one.value.columns)
    ran = {row["scheme"] for row in Workspace(town).runs().to_dicts()}
    assert table["结果"].tolist() == ["未检出,或不予显示" if scheme in ran else "未检验" for scheme in tested.SCHEMES]
    assert [*page.metric] == []


def test_a_lead_that_is_hidden_from_a_reader_gets_the_same_answer_as_none(
    open_page: Open, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers() -> list[str]:
        page = opened(open_page, town, official)
        table = next(one.value for one in page.dataframe if "检验" in one.value.columns)
        return [str(one) for one in table["结果"]]

    known(monkeypatch, card("mutual_favor"))
    official = with_kin(town)
    before = answers()
    about(town, "mutual_favor", official, related=[str(colleague(town, official))])
    assert answers() != before
    monkeypatch.setattr(Desk, "recused", lambda *_: frozenset({"L-mutual_favor"}))
    assert answers() == before


def test_observed_and_expected_stand_in_the_box_as_the_lead_says_them(
    open_page: Open, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, card("kin_excess", facts=tuple(FACTS)))
    about(town, "kin_excess", official := with_kin(town), facts=FACTS)
    page = opened(open_page, town, official)
    assert {one.label: one.value for one in page.metric} == {name: str(value) for name, value in FACTS.items()}


def test_rings_are_drawn_as_arcs_with_their_counts_and_clusters_are_marked(open_page: Open, town: Path) -> None:
    official = with_kin(town)
    other = colleague(town, official)
    pair = {"part": f"{official}+{other}", "related": [str(other)]}
    about(town, "mutual_favor", official, facts={"given": 3, "received": 2}, **pair)
    tables = Workspace(town).tables()
    every = tables.engine.collect(tables[HOUSEHOLD].select("household_no"))["household_no"].to_list()
    about(town, "favored_cluster", official, related=[*every, "H-elsewhere"])
    page = opened(open_page, town, official)
    ties = next(pl.from_pandas(one.value) for one in page.dataframe if "另一端是一端的" in one.value.columns)
    assert ties.filter(pl.col("关系") == "互相照顾(待核实)")["另一端是一端的"].to_list() == ["批准次数:3", "批准次数:2"]
    marked = nodes(page).filter(pl.col("聚集") != "")
    assert set(marked["种类"]) == {"家庭"}
    assert "个不在图中的对象" in said(page)


def test_switches_stand_in_the_address_and_none_is_none(open_page: Open, town: Path) -> None:
    official = with_kin(town)
    every, none = opened(open_page, town, official), opened(open_page, town, official, ties="none")
    assert not {"电话", "住址", "账户"} & set(nodes(none)["种类"])
    assert nodes(none).height <= nodes(every).height
    assert none.get("button_group")[0].value == []


def test_an_official_without_kin_is_said_to_have_none_in_the_data(open_page: Open, town: Path) -> None:
    data = Workspace(town).snapshot
    official = with_kin(town)
    for table, column in ((KIN, "person_id"), (KIN, "relative_person_id")):
        file = data / f"{table.name}.parquet"
        pl.read_parquet(file).filter(pl.col(column) != official).write_parquet(file)
    file = data / "member.parquet"
    pl.read_parquet(file).filter(pl.col("person_id") != official).write_parquet(file)
    page = opened(open_page, town, official)
    assert "这不等于没有" in said(page)
    assert page.get("plotly_chart") == []


@pytest.mark.parametrize("official", ["1", "abc", "999999999999999999999999"])
def test_an_unknown_official_is_one_line(open_page: Open, town: Path, official: str) -> None:
    page = open_page(town, "network", role="inspector", official=official)
    assert not page.exception
    assert "没有这名干部" in said(page)


def test_without_officials_in_the_data_the_page_says_what_is_missing(open_page: Open, tmp_path: Path) -> None:
    source = Path(shutil.copytree(COUNTY, tmp_path / "source"))
    for name in ("official", "kin", "filing"):
        (source / f"{name}.csv").unlink(missing_ok=True)
    place = imported(tmp_path / "workspace", source, detected=False)
    page = open_page(place, "network", role="inspector")
    assert not page.exception
    assert "数据中没有干部名册" in said(page)


def test_the_page_is_for_those_of_discipline_only(open_page: Open, town: Path) -> None:
    assert {role for role, acts in GRANTED.items() if "network" in acts} == {"inspector", "supervisor"}
    for role in ("leader", "researcher", "steward", "auditor"):
        page = open_page(town, "network", role=role, official=str(with_kin(town)))
        assert "无权查看或办理此项" in said(page)


def test_nobody_sees_the_network_of_their_own_kin(town: Path) -> None:
    official = with_kin(town)
    desk = desk_of(town)
    relative = next(one for one in desk.circle(official) if one != official)
    for me, theirs in ((None, True), (official, False), (relative, False)):
        mine = officials.mine(desk, Reader("甲", "inspector", person_id=me), desk.board.leads)
        assert (official in mine) is theirs


def test_a_reader_of_an_area_without_officials_is_told_so(open_page: Open, town: Path) -> None:
    kept = Workspace(town)
    village = max(code for code in desk_of(town).regions.codes if code)
    register.enrol(kept.review, "管理员", Registered("示例甲", "inspector", village, None), key=uuid4().hex)
    file = kept.snapshot / "official.parquet"
    pl.read_parquet(file).filter(~pl.col("region_code").str.starts_with(village)).write_parquet(file)
    kept.keep_run(kept.leads().head(0), kept.evidence().head(0), kept.runs(), who="测试")
    page = open_page(town, "network")
    page.session_state[ENTERED] = ("示例甲", "inspector")
    page.run()
    assert not page.exception
    assert "没有找到干部" in said(page)


def test_a_name_or_the_end_of_a_number_finds_an_official_and_a_stranger_is_not_found(
    open_page: Open, town: Path
) -> None:
    official = with_kin(town)
    name = pl.read_parquet(Workspace(town).snapshot / "person.parquet").filter(pl.col("person_id") == official)["name"][
        0
    ]
    page = open_page(town, "network", role="inspector")
    (box,) = page.text_input
    every = page.dataframe[0].value.shape[0]
    box.set_value(name).run()
    assert 1 <= page.dataframe[0].value.shape[0] < every
    page.text_input[0].set_value("不存在的人").run()
    assert "没有找到干部" in said(page)


def test_the_way_leads_from_a_path_of_kin_to_the_network_and_back(open_page: Open, town: Path) -> None:
    lead_id = pl.read_parquet(town / "leads.parquet").filter(pl.col("scheme") == "kin_unfiled")["lead_id"][0]
    dossier = open_page(town, "dossier", role="inspector", lead=lead_id)
    assert "看这名干部的关系网络" in said(dossier)
    page = opened(open_page, town, with_kin(town), lead=lead_id)
    assert "← 返回线索" in said(page)
    assert "提到这名干部的线索" in read(page)


def test_what_is_taken_along_is_journalled_and_only_given_to_whom_it_may(town: Path) -> None:
    official = with_kin(town)
    desk = desk_of(town)
    kept = desk.workspace

    def session(person_id: int | None) -> Session:
        reader = Reader("甲", "inspector", person_id=person_id)
        return Session(desk, reader, "zh", View("", "", desk.counts.period(None, None)), {}, None)  # type: ignore[arg-type]  # no page is asked

    table = pl.DataFrame({"一": ["=1+1"]})
    content = exported.taken(session(None), table, official, "network-nodes").decode("utf-8-sig")
    assert "\n=1" not in content
    (entry,) = [one for one in kept.journal.entries() if one.what == "export"]
    assert (entry.who, entry.why) == ("甲", "csv network-nodes")
    assert entry.subject.startswith("person:")
    assert str(official) not in entry.subject
    with pytest.raises(NotYoursError):
        exported.taken(session(official), table, official, "network-nodes")
    assert len([one for one in kept.journal.entries() if one.what == "export"]) == 1
