"""Is the dossier one header and one panel, and does it say of kin what the queue says?"""

from pathlib import Path

import polars as pl
import pytest

from dashboard.parts import tables
from dashboard.screens.inspect.dossier import PANELS
from tests.screens.conftest import Open, read, said
from tests.screens.test_languages import chinese_of_ours

SCHEMES = ["late_decision", "overpaid", "two_places", "missed_entitlement", "shared_account", "late_complaint"]
MARKS = {
    "grounds": "怎么算的",
    "timeline": "橙色:待核实月份",
    "household": "未见死亡记录",
    "network": "本身都不是问题",
    "others": "线索",
}


def first(workspace: Path, scheme: str) -> str:
    return str(pl.read_parquet(workspace / "leads.parquet").filter(pl.col("scheme") == scheme)["lead_id"][0])


@pytest.mark.parametrize("panel", [*PANELS])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_panel_of_every_kind_of_subject_shows_in_both_languages(
    open_page: Open, township: Path, scheme: str, panel: str
) -> None:
    asked = {"role": "inspector", "lead": first(township, scheme), "panel": panel}
    page = open_page(township, "dossier", **asked, lang="en")
    assert not page.exception
    assert not chinese_of_ours(read(page), township)
    page = open_page(township, "dossier", **asked)
    assert not page.exception
    assert "身份:" in read(page)


@pytest.mark.parametrize("panel", [name for name in PANELS if name != "peers"])  # an area's alone
def test_only_the_chosen_panel_is_there(open_page: Open, township: Path, panel: str) -> None:
    words = said(open_page(township, "dossier", role="inspector", lead=first(township, "overpaid"), panel=panel))
    marks = {name: mark for name, mark in MARKS.items() if name != "others"}
    assert {name for name, mark in marks.items() if mark in words} == {panel} & set(marks)


def test_a_panel_that_nothing_is_called_is_the_first(open_page: Open, township: Path) -> None:
    page = open_page(township, "dossier", role="inspector", lead=first(township, "overpaid"), panel="luck")
    assert MARKS["grounds"] in said(page)


def test_the_header_says_it_all_in_one_sentence(open_page: Open, township: Path) -> None:
    leads = pl.read_parquet(township / "leads.parquet").filter(pl.col("scheme") == "custody_member")
    (lead,) = leads.head(1).to_dicts()
    page = open_page(township, "dossier", role="inspector", lead=lead["lead_id"], panel="others")
    (sentence, *_) = [text.value for text in page.text if text.value.startswith("保障 ")]
    assert lead["subject"] in sentence
    assert f"{lead['amount_fen'] / 100:,.2f}" in sentence
    assert "依据“" in sentence
    assert sentence.count("。") == 1


def test_the_queue_calls_a_relative_as_the_dossier_does(open_page: Open, township: Path) -> None:
    mine = pl.read_parquet(township / "leads.parquet").filter(pl.col("scheme") == "kin_unfiled")
    parents = mine.filter(pl.col("facts").str.json_path_match("$.path") == "parent")
    assert parents.height
    words = read(open_page(township, "queue", role="inspector", scheme="kin_unfiled"))
    assert "“父母”" not in words
    assert words.count("“父亲”") + words.count("“母亲”") >= parents.height


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", 1),
        ("二十个汉字正好占满一行不多也不少一个字", 1),
        ("二十二个汉字就比一行长出一点要占两行这里还多", 2),
        ("短 " + "长" * 21, 2),  # a word that does not fit begins the next line
        ("a " * 60, 2 + 1),
    ],
)
def test_a_row_is_as_high_as_its_longest_sentence(text: str, taken: int) -> None:
    assert tables.lines([text, "x"], width=320, least=1) == taken
    assert tables.lines([text], width=320, least=9) == 9
