"""Does an inspector decide on record, step by step, and does nobody see or do what is not theirs?"""

import shutil
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.workspace import Workspace
from dashboard.entry import ENTERED
from tests.screens.conftest import Open, said


@pytest.fixture
def desk(county: Path, tmp_path: Path) -> Path:
    """A county of one's own, to write in."""
    shutil.copytree(county, tmp_path / "workspace")
    return tmp_path / "workspace"


def first(desk: Path, scheme: str) -> str:
    leads = pl.read_parquet(desk / "leads.parquet")
    return str(leads.filter(pl.col("scheme") == scheme)["lead_id"][0])


def opened(open_page: Open, desk: Path, lead_id: str, who: str = "甲", role: str = "inspector") -> AppTest:
    page = open_page(desk, "dossier", role=role, lead=lead_id)
    page.session_state[ENTERED] = (who, role)
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def record(page: AppTest, lead_id: str, tab: str, kind: str, **words: object) -> AppTest:
    """Choose a tab and an act, fill its form, send it."""
    page.segmented_control(key=f"tab-{lead_id}").set_value(tab).run()
    page.radio(key=f"kind-{tab}-{lead_id}").set_value(kind).run()
    for name, value in words.items():
        key = f"{kind}-{name}-{lead_id}"
        for widget in (
            *page.text_area,
            *page.text_input,
            *page.selectbox,
            *page.date_input,
            *page.number_input,
            *page.radio,
        ):
            if widget.key == key:
                widget.set_value(value)
        if name == "outcome":
            page.run()
    page.button(key=f"submit-{kind}-{lead_id}").click().run()
    assert not page.exception
    return page


def test_a_lead_is_taken_verified_decided_and_closed_by_another(open_page: Open, desk: Path) -> None:
    lead_id = first(desk, "deceased_paid")
    page = press(opened(open_page, desk, lead_id), f"do-take-{lead_id}")
    assert "由 甲 办理" in said(page)
    page = record(page, lead_id, "verify", "visit", on="2025-01-02", text="家中无人居住")
    page = record(page, lead_id, "verify", "statement", how="given", on="2025-01-02", text="家属说已上报")
    page = record(
        page,
        lead_id,
        "conclude",
        "decide",
        outcome="confirmed",
        **{"reason-confirmed": "facts_agree"},
        text="三个月仍在发放",
    )
    assert "属实" in said(page)
    page = record(page, lead_id, "conclude", "ask_close", text="")
    assert "先记录主管机关的处理" in said(page)
    page = record(page, lead_id, "conclude", "action", action="hand_over", on="2025-01-03", office="镇纪委", text="")
    page = record(page, lead_id, "conclude", "ask_close", text="")
    assert "须由另一人复核" in said(page)
    page = press(opened(open_page, desk, lead_id, "乙"), f"do-close-{lead_id}")
    assert "已办结" in said(page)
    review = Workspace(desk).review
    assert [act.kind for act in review.acts(lead_id)] == [
        "take",
        "visit",
        "statement",
        "decide",
        "action",
        "ask_close",
        "close",
    ]
    assert review.acts(lead_id)[3].content["evidence"]
    assert review.problems() == []


def test_what_may_not_follow_is_said_and_what_was_written_stays(open_page: Open, desk: Path) -> None:
    lead_id = first(desk, "deceased_paid")
    page = press(opened(open_page, desk, lead_id), f"do-take-{lead_id}")
    page = record(
        page,
        lead_id,
        "conclude",
        "decide",
        outcome="confirmed",
        **{"reason-confirmed": "facts_agree"},
        text="三个月仍在发放",
    )
    assert "先记录入户或资料" in said(page)
    assert page.text_area(key=f"decide-text-{lead_id}").value == "三个月仍在发放"
    assert Workspace(desk).review.standing(lead_id).outcome is None


def test_who_comes_second_is_told_and_loses_nothing(open_page: Open, desk: Path) -> None:
    lead_id = first(desk, "deceased_paid")
    page = press(opened(open_page, desk, lead_id), f"do-take-{lead_id}")
    page.segmented_control(key=f"tab-{lead_id}").set_value("conclude").run()
    page.radio(key=f"kind-conclude-{lead_id}").set_value("decide").run()
    page.radio(key=f"decide-outcome-{lead_id}").set_value("unfounded").run()
    review = Workspace(desk).review
    review.act("甲", "visit", lead_id, {"on": "2025-01-02", "text": "另一窗口记录"}, key="elsewhere")
    page.selectbox(key=f"decide-reason-unfounded-{lead_id}").set_value("innocent")
    page.text_area(key=f"decide-text-{lead_id}").set_value("补发以前月份")
    page.button(key=f"submit-decide-{lead_id}").click().run()
    assert "已被处理" in said(page)
    assert page.text_area(key=f"decide-text-{lead_id}").value == "补发以前月份"
    page.button(key=f"submit-decide-{lead_id}").click().run()
    assert review.standing(lead_id).outcome == "unfounded"


def test_a_lead_of_another_is_only_read(open_page: Open, desk: Path) -> None:
    lead_id = first(desk, "deceased_paid")
    press(opened(open_page, desk, lead_id), f"do-take-{lead_id}")
    page = opened(open_page, desk, lead_id, "乙")
    assert "由 甲 办理" in said(page)
    assert not [one for one in page.button if str(one.key).startswith(("submit-", "do-"))]
