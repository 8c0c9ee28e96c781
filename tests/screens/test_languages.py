"""Does a page hold words of one language only, but for what the data themselves say?"""

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from casework.listed import names
from casework.policy import Policy
from dashboard.words import phrases
from tests.screens.conftest import Open, read, said

CHINESE = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z]{3,}")
NAMES = re.compile(  # that Chinese has no other word for
    r"\{\w+\}|mingcha|rejects\.csv|English|XmR|NHS|'Making Data Count'|Wilson|Poisson|Word|Excel|PDF|LibreOffice"
)
COLUMNS = {
    "stands",
    "level",
    "title",
    "subject",
    "sentence",
    "amount",
    "region",
    "when",
}  # keys of the queue, shown in words
PAGES = [
    ("whatif", "researcher", {"a": "dibao_standard;;urban_rural=rural;;scale;1.1"}),
    ("whatif", "leader", {"a": "taper_months;;;;set;12", "part": "groups"}),
    ("queue", "inspector", {}),
    ("queue", "inspector", {"family": "missed"}),
    ("queue", "inspector", {"family": "favoritism"}),
    ("search", "inspector", {}),
    ("search", "inspector", {"kind": "household", "id": "H0101001000018"}),
    ("times", "inspector", {}),
    ("times", "leader", {"by": "step"}),
    ("overview", "leader", {}),
    ("timeliness", "leader", {}),
    ("timeliness", "inspector", {"unit": "days"}),
    ("reform", "inspector", {"metric": "median_working_days"}),
    ("rows", "leader", {"metric": "on_time_share"}),
    ("rows", "inspector", {"metric": "coverage_per_1000"}),
    ("complaints", "leader", {}),
    ("complaints", "inspector", {}),
    ("integrity", "leader", {}),
    ("integrity", "inspector", {}),
    *(
        ("coverage", "leader", {"part": part})
        for part in ("circles", "adequacy", "flows", "funnel", "watched", "overlap")
    ),
    ("coverage", "inspector", {"part": "hardest", "region": "990101001001"}),
    ("programmes", "leader", {"offer": "dibao"}),
    ("import", "steward", {}),
    ("calendar", "leader", {"a": "2024-02-01", "b": "2024-02-20"}),
]


@cache
def told_by_data(workspace: Path) -> str:
    """Every word of the imported tables and of the rules' sources."""
    snapshot = workspace / "snapshots" / (workspace / "current").read_text().strip()
    words: set[str] = set()
    for file in snapshot.glob("*.parquet"):
        frame = pl.read_parquet(file)
        for name in (name for name, kind in frame.schema.items() if kind == pl.String):
            words |= set(frame[name].drop_nulls().unique().to_list())
    for folder in ((), (workspace / "policy",), (snapshot / "policy",)):
        for rule in Policy.load(*folder).rules.values():
            words |= {rule.source, *(entry.source for entry in rule.entries)}
    return "\n".join(words)


OF_HOMES = set(names(Policy.shipped(), "collective_account", "words"))  # of addresses, which are Chinese


def chinese_of_ours(words: str, workspace: Path) -> set[str]:
    """The Chinese that no table and no source says; a masked name leaves single signs of a name."""
    data = told_by_data(workspace)
    return {run for run in CHINESE.findall(words) if run not in data} - {"明察", "中文"} - OF_HOMES


@pytest.mark.parametrize(("address", "role", "params"), PAGES)
def test_an_english_page_holds_no_chinese_but_data(
    open_page: Open, township: Path, address: str, role: str, params: dict[str, str]
) -> None:
    page = open_page(township, address, role=role, lang="en", **params)
    assert not page.exception
    assert not chinese_of_ours(read(page), township)


@pytest.mark.parametrize(("address", "role", "params"), PAGES)
def test_a_chinese_page_holds_no_english(
    open_page: Open, township: Path, address: str, role: str, params: dict[str, str]
) -> None:
    page = open_page(township, address, role=role, lang="zh", **params)
    assert not page.exception
    assert not set(LATIN.findall(read(page))) - COLUMNS


def test_an_english_dossier_of_every_scheme_holds_no_chinese_but_data(open_page: Open, township: Path) -> None:
    leads = pl.read_parquet(township / "leads.parquet").unique("scheme", keep="first", maintain_order=True)
    for scheme, lead_id in leads.select("scheme", "lead_id").iter_rows():
        words = read(open_page(township, "dossier", role="inspector", lang="en", lead=lead_id))
        assert not chinese_of_ours(words, township), scheme


def test_the_phrases_themselves_are_of_one_language() -> None:
    assert not {key: text for key, text in phrases("en").items() if CHINESE.search(text)}
    filled = {key: NAMES.sub("", text) for key, text in phrases("zh").items()}
    assert not {key: text for key, text in filled.items() if LATIN.search(text)}


def test_the_data_page_speaks_the_readers_language(open_page: Open, county: Path) -> None:
    assert not chinese_of_ours(said(open_page(county, "data", role="leader", lang="en")), county)
