"""Does a researcher order a made-up world, see how it comes on, and learn what was planted, and nobody else?"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from casework.review.scope import Role
from casework.workspace import Workspace
from dashboard import making
from dashboard.making import Making
from dashboard.order import Order
from dashboard.rights import may
from tests.screens.conftest import Open, read, said

PATIENCE = 60  # seconds, on a busy machine
SMALL = {"scale": "village", "persons": "1000", "form": "parquet"}


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The machine's temporary files, here."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    for one in list(making._all):
        one.close()


def worlds(open_page: Open, workspace: Path, role: str = "researcher", **params: str) -> AppTest:
    page = open_page(workspace, "worlds", role=role, **params)
    assert not page.exception
    return page


def making_of(page: AppTest) -> Making:
    held = page.session_state["making"]
    assert isinstance(held, Making)
    return held


def made(page: AppTest) -> AppTest:
    """The page once the world that was ordered is there."""
    page = page.button(key="make").click().run()
    held, until = making_of(page), time.monotonic() + PATIENCE
    while held.running:
        assert time.monotonic() < until
        time.sleep(0.05)
    page = page.run()
    assert not page.exception
    return page


def test_only_researchers_have_it() -> None:
    assert {role for role in get_args(Role) if may(role, "worlds")} == {"researcher"}


@pytest.mark.parametrize("role", ["inspector", "supervisor", "leader", "steward", "auditor"])
def test_others_are_refused(open_page: Open, county: Path, role: str) -> None:
    page = open_page(county, "worlds", role=role)
    assert "您的身份无权查看" in said(page)
    assert not [button for button in page.button if button.key == "make"]


@pytest.mark.parametrize(("language", "title"), [("zh", "合成世界"), ("en", "Synthetic worlds")])
def test_what_comes_is_said_before_anything_is_made(open_page: Open, tmp_path: Path, language: str, title: str) -> None:
    page = worlds(open_page, tmp_path / "empty", lang=language)
    words = said(page)
    assert title in words
    assert "61,000" in words
    assert "--scale county --persons 60000 --seed 1 --regime capture --format csv" in words
    assert "100,000" in words
    assert ("合成数据" if language == "zh" else "Synthetic data") in words
    assert all(page.radio[0].proto.captions)
    assert "making" not in page.session_state


def test_a_smaller_scale_has_its_own_number_of_residents(open_page: Open, tmp_path: Path) -> None:
    page = worlds(open_page, tmp_path / "empty", persons="70000", regime="clean", seed="5")
    assert page.number_input[0].value == 70_000
    page = page.selectbox(key="url-scale").set_value("township").run()
    assert page.number_input[0].value == 5_000
    assert "--scale township --persons 5000 --seed 5 --regime clean" in said(page)


def test_what_the_address_asks_in_vain_is_said_and_made_usual(open_page: Open, tmp_path: Path) -> None:
    page = worlds(open_page, tmp_path / "empty", scale="province", persons="999", seed="x", regime="capture")
    (warning,) = page.warning
    assert "规模、居民人数、随机种子" in warning.value
    assert "--scale county --persons 60000 --seed 1" in said(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_world_is_made_and_what_was_planted_is_counted(open_page: Open, tmp_path: Path, language: str) -> None:
    page = made(worlds(open_page, tmp_path / "empty", lang=language, **SMALL))
    table, variants, rows = (element.value for element in page.dataframe)
    held = making_of(page)
    assert held.order == Order("village", 1_000, 1, "capture", "parquet")
    scheme, planted, twins = table.columns
    assert table[planted][0] == table[planted][1:].sum() == variants[planted].sum() > 0
    assert table[twins][0] == variants[twins].sum() > 0
    assert ("办结(待核实)" if language == "zh" else "(to verify)") in "".join(table[scheme])
    assert len(rows) == len(held.found.filter(kind="rows"))
    words = read(page)
    assert ("真值不得用于调参" if language == "zh" else "The truth is never for tuning") in words
    (button,) = page.get("download_button")
    assert button.proto.label == (
        f"下载 ZIP({held.size / 2**20:.1f} MiB)"
        if language == "zh"
        else f"Download the ZIP ({held.size / 2**20:.1f} MiB)"
    )


def test_nothing_of_the_workspace_is_written(open_page: Open, county: Path) -> None:
    page = worlds(open_page, county, **SMALL)
    before = (Workspace(county).journal.entries(), sorted(county.rglob("*")))
    made(page)
    assert (Workspace(county).journal.entries(), sorted(county.rglob("*"))) == before


def test_while_it_is_made_the_page_tells_how_far_and_it_can_be_cancelled(
    open_page: Open, tmp_path: Path, temporary: Path
) -> None:
    page = worlds(open_page, tmp_path / "empty", form="xlsx").button(key="make").click().run()
    assert "正在生成:一个县,居民 60,000 人" in said(page)
    assert page.button(key="make").disabled
    held = making_of(page)
    page = page.button(key="cancel").click().run()
    assert held.gone
    assert "making" not in page.session_state
    assert not page.button(key="make").disabled
    assert [path for parent in temporary.glob("mingcha-worlds-*") for path in parent.iterdir()] == []


def test_two_readers_never_have_each_others(open_page: Open, tmp_path: Path) -> None:
    one, other = (worlds(open_page, tmp_path / "empty", **SMALL) for _ in range(2))
    one = made(one)
    assert "making" not in other.run().session_state
    assert making_of(made(other)).folder != making_of(one).folder


def test_another_who_comes_in_at_the_same_window_finds_none(open_page: Open, tmp_path: Path) -> None:
    page = made(worlds(open_page, tmp_path / "empty", **SMALL))
    held = making_of(page)
    page.session_state["entered"] = ("T-02", "researcher")
    page = page.run()
    assert held.gone
    assert not page.get("download_button")


def test_removed_or_left_too_long_it_is_no_more(open_page: Open, tmp_path: Path) -> None:
    page = made(worlds(open_page, tmp_path / "empty", **SMALL))
    making_of(page).close()  # as its clock does
    assert "只保留 30 分钟" in said(page.run())
    page = made(page)
    held = making_of(page)
    page = page.button(key="remove").click().run()
    assert held.gone
    assert not page.get("download_button")


def test_too_many_are_refused_in_one_line(open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 0)
    page = worlds(open_page, tmp_path / "empty", **SMALL).button(key="make").click().run()
    assert "正在生成,请稍候再试" in said(page)
    assert not page.exception
