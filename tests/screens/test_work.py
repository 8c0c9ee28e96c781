"""Does the queue show each reader their trays, hand out household by household, and remember what was decided?"""

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.review.scope import Reader, Scope
from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.entry import ENTERED
from dashboard.queries import mine, visits
from dashboard.queries.board import Board, changes, content
from tests.screens.conftest import Open, said

UNFOUNDED = {"outcome": "unfounded", "reason": "innocent", "text": "补发以前月份"}


@pytest.fixture
def place(county: Path, tmp_path: Path) -> Path:
    """A county of one's own, to write in."""
    shutil.copytree(county, tmp_path / "workspace")
    return tmp_path / "workspace"


@pytest.fixture
def town(township: Path, tmp_path: Path) -> Path:
    """A township with every scheme, to write in."""
    shutil.copytree(township, tmp_path / "town")
    return tmp_path / "town"


def laid(place: Path) -> Desk:
    workspace = Workspace(place)
    return Desk(workspace, workspace.policy(), workspace.calendar(), workspace.tables())


def entered(open_page: Open, place: Path, who: str, role: str = "inspector", **params: str) -> AppTest:
    page = open_page(place, "queue", role=role, **params)
    page.session_state[ENTERED] = (who, role)
    page.run()
    assert not page.exception
    return page


def decide(place: Path, lead: dict[str, Any], who: str = "甲", *, close: bool = False) -> None:
    review = Workspace(place).review
    review.act(who, "decide", lead["lead_id"], content(lead, **UNFOUNDED), key=f"d{lead['lead_id']}")
    if close:
        review.act(who, "ask_close", lead["lead_id"], {}, key=f"a{lead['lead_id']}")
        review.act("复核人", "close", lead["lead_id"], {}, key=f"c{lead['lead_id']}")


def rewritten(place: Path, change: pl.Expr) -> None:
    """Another run of the detectors, whose leads say something else."""
    workspace = Workspace(place)
    leads = workspace.leads().with_columns(change)
    workspace.keep_run(leads, workspace.evidence(), workspace.runs(), who="测试")


def board(place: Path) -> Board:
    return laid(place).board


def test_take_next_opens_the_first_household_and_takes_all_its_leads(open_page: Open, place: Path) -> None:
    page = entered(open_page, place, "甲")
    page.button(key="take-next").click().run()
    assert not page.exception
    leads = board(place).leads.filter(pl.col("assignee") == "甲")
    assert leads.height >= 1
    assert leads["household_no"].n_unique() == 1
    home = leads["household_no"][0]
    assert board(place).leads.filter((pl.col("household_no") == home) & (pl.col("tray") == "open")).is_empty()
    assert "由 甲 办理" in said(page)


def test_what_one_has_taken_lies_in_their_tray_and_no_longer_in_the_open(open_page: Open, place: Path) -> None:
    before = board(place).leads.filter(pl.col("tray") == "open").height
    entered(open_page, place, "甲").button(key="take-next").click().run()
    taken = board(place).leads.filter(pl.col("tray") == "working").height
    for who, mine_too in (("甲", taken), ("乙", 0)):
        options = entered(open_page, place, who).segmented_control(key="url-tray").options
        assert f"待领取 {before - taken:,}" in options
        assert f"我的 {mine_too}" in options
        assert f"办理中 {taken}" in options


def test_many_are_assigned_at_once_and_taken_back(open_page: Open, place: Path) -> None:
    page = entered(open_page, place, "负责人", "supervisor")
    assert "bulk-on" in [toggle.key for toggle in page.toggle]
    assert not [toggle for toggle in entered(open_page, place, "甲").toggle if toggle.key == "bulk-on"]


def test_a_closed_lead_stays_away_until_its_content_changes(place: Path) -> None:
    lead = board(place).leads.filter(pl.col("scheme") == "deceased_paid").row(0, named=True)
    decide(place, lead, close=True)
    mine_now = board(place).leads.filter(pl.col("lead_id") == lead["lead_id"])
    assert mine_now["tray"].to_list() == ["done"]
    other = (
        pl.when(pl.col("lead_id") == lead["lead_id"])
        .then(pl.col("facts").str.replace(r"\d+", "77"))
        .otherwise(pl.col("facts"))
    )
    digest = pl.when(pl.col("lead_id") == lead["lead_id"]).then(pl.lit("anderer")).otherwise(pl.col("content_digest"))
    rewritten(place, other.alias("facts"))
    assert board(place).leads.filter(pl.col("lead_id") == lead["lead_id"])["tray"].to_list() == ["done"]
    rewritten(place, digest.alias("content_digest"))
    back = board(place).leads.filter(pl.col("lead_id") == lead["lead_id"]).row(0, named=True)
    assert back["tray"] == "returned"
    assert changes(lead, back) == {
        name: (json.loads(lead["facts"])[name], json.loads(back["facts"])[name])
        for name in json.loads(lead["facts"])
        if json.loads(lead["facts"])[name] != json.loads(back["facts"])[name]
    }
    assert changes(lead, back) != {}


def test_a_lead_that_is_no_longer_raised_is_kept_with_what_it_said(place: Path) -> None:
    lead = board(place).leads.filter(pl.col("scheme") == "deceased_paid").row(0, named=True)
    Workspace(place).review.act("甲", "take", lead["lead_id"], content(lead), key="t")
    workspace = Workspace(place)
    left = workspace.leads().filter(pl.col("lead_id") != lead["lead_id"])
    workspace.keep_run(left, workspace.evidence(), workspace.runs(), who="测试")
    kept = board(place).leads.filter(pl.col("lead_id") == lead["lead_id"]).row(0, named=True)
    assert (kept["gone"], kept["tray"], kept["facts"]) == (True, "working", lead["facts"])


def test_a_scheme_that_is_mostly_wrong_moves_to_shadow_and_only_a_supervisor_sees_it(
    open_page: Open, town: Path
) -> None:
    workspace = Workspace(town)
    once = workspace.leads()
    twice = once.with_columns(pl.col("lead_id") + "-2", pl.col("part") + "2")
    workspace.keep_run(pl.concat([once, twice]), workspace.evidence(), workspace.runs(), who="测试")
    scheme = board(town).leads.group_by("scheme").len().sort("len", descending=True)["scheme"][0]
    leads = board(town).leads.filter(pl.col("scheme") == scheme).to_dicts()
    assert len(leads) > 20
    for lead in leads[:19]:
        decide(town, lead)
    assert board(town).shadow == []  # nineteen are too few
    decide(town, leads[19])
    assert board(town).shadow == [scheme]
    rest = board(town).leads.filter((pl.col("scheme") == scheme) & pl.col("state").eq("new"))
    assert set(rest["tray"]) == {"shadow"}
    assert not [
        one for one in entered(open_page, town, "甲").segmented_control(key="url-tray").options if "影子" in one
    ]
    assert [
        one
        for one in entered(open_page, town, "负责人", "supervisor").segmented_control(key="url-tray").options
        if "影子" in one
    ]
    Workspace(town).review.restore("负责人", scheme, "改过规则,重新观察", key="r")
    assert board(town).shadow == []


def test_a_reader_of_a_township_sees_its_leads_only(place: Path) -> None:
    desk = laid(place)
    codes = desk.leads["home"].unique().to_list()
    town = next(code[:9] for code in codes if code[6:9] != "000")
    seen = mine.leads(desk, Reader("甲", "inspector", Scope(town)))
    assert set(seen["lead_id"]) == {
        lead["lead_id"] for lead in desk.leads.to_dicts() if (lead["home"] or "").startswith(town)
    }
    assert 0 < seen.height < desk.leads.height


def test_civil_affairs_see_no_lead_on_conduct_or_complaints(place: Path) -> None:
    desk = laid(place)
    seen = mine.leads(desk, Reader("甲", "leader"))
    assert not set(seen["family"]) & {"favoritism"}
    assert not set(seen["subject_kind"]) & {"official", "complaint"}


def test_nobody_sees_a_lead_that_names_them_or_their_kin(town: Path) -> None:
    desk = laid(town)
    kin = desk.leads.filter(pl.col("scheme") == "kin_unfiled").row(0, named=True)
    official = int(json.loads(kin["related"])[0])
    seen = mine.leads(desk, Reader("甲", "inspector", person_id=official))
    assert kin["lead_id"] not in set(seen["lead_id"])
    assert seen.height < desk.leads.height
    assert kin["lead_id"] in set(mine.leads(desk, Reader("甲", "inspector"))["lead_id"])


def test_whoever_handled_a_case_sees_no_lead_about_it(town: Path) -> None:
    desk = laid(town)
    late = desk.leads.filter(pl.col("scheme") == "late_decision").row(0, named=True)
    steps = pl.read_parquet(desk.workspace.snapshot / "step.parquet").filter(
        pl.col("application_no") == late["subject"]
    )
    handler = steps["actor_person_id"].drop_nulls()[0]
    assert late["lead_id"] not in set(mine.leads(desk, Reader("甲", "inspector", person_id=handler))["lead_id"])


def test_a_lead_that_is_no_longer_raised_still_names_whom_it_named(town: Path) -> None:
    desk = laid(town)
    late = desk.leads.filter(pl.col("scheme") == "late_decision").row(0, named=True)
    handler = desk.names([late["lead_id"]])[late["lead_id"]][0]
    row = desk.board.leads.row(by_predicate=pl.col("lead_id") == late["lead_id"], named=True)
    desk.workspace.review.act("乙", "take", late["lead_id"], content(row, [handler]), key="t")
    workspace = Workspace(town)
    left = workspace.leads().filter(pl.col("lead_id") != late["lead_id"])
    workspace.keep_run(left, workspace.evidence().head(0), workspace.runs(), who="测试")
    later = laid(town)
    assert late["lead_id"] in set(mine.leads(later, Reader("乙", "inspector"))["lead_id"])
    assert late["lead_id"] not in set(mine.leads(later, Reader("甲", "inspector", person_id=handler))["lead_id"])


def test_the_leads_of_a_household_are_one_visit() -> None:
    ordered = pl.DataFrame({"lead_id": ["a", "b", "c", "d"], "household_no": ["H1", None, "H1", "H2"]})
    page = visits.page(ordered, 1)
    assert (page.visits, page.total) == (3, 4)
    assert page.rows.select("lead_id", "visit").rows() == [("a", 0), ("c", 0), ("b", 1), ("d", 2)]


def test_what_visits_will_come_to_is_unknown_where_nobody_has_looked() -> None:
    ordered = pl.DataFrame({"lead_id": ["a", "b", "c"], "household_no": ["H1", "H1", "H2"], "scheme": ["x", "y", "z"]})
    assert visits.expected(ordered, {}) == (2, 0, None)
    assert visits.expected(ordered, {"x": (0.1, 0.25), "y": (0.5, 0.75)}) == (2, 1, (0.25, 0.5))
