"""Does every page show in both languages, with nothing left untranslated and nobody named?"""

import re
from pathlib import Path

import polars as pl
import pytest

from dashboard.words import phrases
from tests.screens.conftest import Open, said

KEYS = re.compile("|".join(sorted(re.escape(key) for key in phrases("zh"))))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PAGES = [
    ("queue", "inspector", "线索台", "Leads"),
    ("search", "inspector", "查找", "Search"),
    ("times", "inspector", "时限台", "Time board"),
    ("times", "leader", "时限台", "Time board"),
    ("overview", "inspector", "总览", "Overview"),
    ("overview", "leader", "总览", "Overview"),
    ("trends", "leader", "趋势", "Trends"),
    ("trends", "researcher", "趋势", "Trends"),
    ("timeliness", "leader", "办理时效", "Timeliness"),
    ("timeliness", "researcher", "办理时效", "Timeliness"),
    ("reform", "leader", "改革成效", "Reform effect"),
    ("data", "leader", "数据", "Data"),
    ("import", "steward", "导入数据", "Bring data in"),
    ("rules", "researcher", "规则", "Rules"),
    ("lab", "researcher", "规则检验", "Detector lab"),
    ("lab", "supervisor", "规则检验", "Detector lab"),
    ("worlds", "researcher", "合成世界", "Synthetic worlds"),
    ("calendar", "auditor", "工作日历", "Working-day calendar"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("address", "role", "zh", "en"), PAGES)
def test_a_page_speaks_the_readers_language(
    open_page: Open, county: Path, address: str, role: str, zh: str, en: str, language: str
) -> None:
    page = open_page(county, address, role=role, lang=language)
    assert not page.exception
    assert [title.value for title in page.title] == [zh if language == "zh" else en]
    assert not KEYS.findall(said(page))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_dossier_of_the_county_shows(open_page: Open, county: Path, language: str) -> None:
    leads = pl.read_parquet(county / "leads.parquet").unique("scheme", keep="first", maintain_order=True)
    for lead_id in leads["lead_id"]:
        page = open_page(county, "dossier", role="inspector", lang=language, lead=lead_id)
        assert not page.exception
        words = said(page)
        assert not KEYS.findall(words)
        assert ("待核实" if language == "zh" else "to verify") in page.title[0].value
        assert ("怎么算的" if language == "zh" else "The arithmetic") in words


def test_english_labels_hold_no_chinese(open_page: Open, county: Path) -> None:
    page = open_page(county, "queue", role="inspector", lang="en")
    labels = [box.label for box in page.selectbox] + [title.value for title in page.title]
    labels += [str(column) for table in page.dataframe for column in table.value.columns]
    assert not [label for label in labels if CHINESE.search(label)]


def test_no_page_names_a_person_or_tells_a_number(open_page: Open, county: Path) -> None:
    snapshot = county / "snapshots" / (county / "current").read_text().strip()
    persons = pl.read_parquet(snapshot / "person.parquet")["name"].drop_nulls().unique()
    numbers = pl.read_parquet(snapshot / "identity.parquet")["id_no"].drop_nulls().unique()
    pages = [open_page(county, "queue", role="inspector")]
    pages += [open_page(county, "rows", role=role, metric="coverage_per_1000") for role in ("inspector", "leader")]
    leads = pl.read_parquet(county / "leads.parquet").unique("scheme")["lead_id"]
    pages += [open_page(county, "dossier", role="inspector", lead=lead_id) for lead_id in leads]
    for page in pages:
        words = said(page)
        assert not [name for name in persons if name in words]
        assert not [number for number in numbers if number in words]


def test_a_leader_sees_no_person_and_no_household_behind_a_number(open_page: Open, county: Path) -> None:
    page = open_page(county, "rows", role="leader", metric="coverage_per_1000", until="2024-12")
    (table,) = page.dataframe
    assert "保障编号" in table.value.columns
    assert not {"人员", "户编号"} & set(table.value.columns)


def test_the_rows_behind_a_number_add_up_to_it(open_page: Open, county: Path) -> None:
    overview = said(open_page(county, "overview", role="leader"))
    part, whole = re.search(r"依据 (\d+) / (\d+)", overview).groups()  # type: ignore[union-attr]  # the first card is a share
    rows = said(open_page(county, "rows", role="leader", metric="on_time_share"))
    assert f"其中计入分子 {part} 行" in rows
    counted = int(re.search(r"共 ([\d,]+) 行", rows).group(1).replace(",", ""))  # type: ignore[union-attr]
    unknown = int(re.search(r"无法判断 (\d+) 行", rows).group(1))  # type: ignore[union-attr]
    assert counted - unknown == int(whole)


def test_the_leaders_overview_never_counts_leads(open_page: Open, county: Path) -> None:
    words = said(open_page(county, "overview", role="leader"))
    assert "线索" not in words.replace("社会救助监督 · 线索待核实", "")


def test_a_rule_without_a_first_day_does_not_claim_one(open_page: Open, county: Path) -> None:
    leads = pl.read_parquet(county / "leads.parquet").filter(pl.col("scheme") == "exclusive_programmes")
    page = open_page(county, "dossier", role="inspector", lang="zh", lead=leads["lead_id"][0])
    said = "\n".join(str(element.value) for element in page.text)
    assert "起始日未录入" in said
    assert "自 2000-01-01" not in said
    late = pl.read_parquet(county / "leads.parquet").filter(pl.col("scheme") == "late_decision")
    page = open_page(county, "dossier", role="inspector", lang="zh", lead=late["lead_id"][0])
    assert "起施行" in "\n".join(str(element.value) for element in page.text)
