"""Does every command do what contract §8 says, and end as it says?"""

import csv
import hashlib
import io
import json
import re
import shutil
import socket
from pathlib import Path

import polars as pl
import pytest

import detectors
from casework.registry import found
from casework.review.register import registered
from casework.review.scope import ROLES
from casework.workspace import Workspace
from tests.commands import Mingcha
from tests.county import COUNTY, ROOT

COMMANDS = (
    *("template", "demo", "synthesize", "import", "detect", "measure", "whatif", "evaluate", "export"),
    *("report", "verify", "backup", "restore", "user", "serve"),
)
PAGES = [ROOT / "README.md", *(page for page in (ROOT / "docs").glob("*.md") if page.name != "decisions.md")]


def what(workspace: Path) -> list[str]:
    return [entry.what for entry in Workspace(workspace).journal.entries()]


def broken(folder: Path) -> Path:
    """The county with one application whose decision is no word of the list."""
    source = Path(shutil.copytree(COUNTY, folder / "county"))
    path = source / "application.csv"
    text = path.read_text(encoding="utf-8").replace(",同意,", ",同志,", 1)
    path.write_text(text, encoding="utf-8")
    return source


# -- the program -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(mingcha: Mingcha, command: str) -> None:
    said = mingcha(command, "--help")
    assert said.code == 0
    assert said.words == ""
    assert f"mingcha {command}" in said.out
    assert " / " in said.out


def test_without_a_command_the_program_explains_itself(mingcha: Mingcha) -> None:
    said = mingcha()
    assert said.code == 0
    assert all(command in said.out for command in COMMANDS)


def test_every_command_is_on_a_page_for_its_readers(mingcha: Mingcha) -> None:
    listed = re.findall(r"^  (\w+)  ", mingcha("--help").out, flags=re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [command for command in listed if f"mingcha {command} " not in text] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["restore", "F"],
        ["import"],
        ["detect", "W", "--engine", "abacus"],
        ["measure", "W", "--tier", "street"],
        ["export", "W", "--format", "csv"],
        ["export", "W", "--format", "csv", "--all", "--lead", "a"],
        ["export", "W", "--all"],
        ["serve", "W", "--port", "0"],
        ["verify", "W", "--head", "latest"],
    ],
)
def test_wrong_usage_is_one_line_and_2(mingcha: Mingcha, arguments: list[str]) -> None:
    said = mingcha(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.words.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["detect"], ["measure"], ["export", "--all", "--format", "csv"], ["verify"], ["backup"], ["serve"]],
)
def test_a_workspace_that_is_not_there_is_one_line_and_1(
    mingcha: Mingcha, tmp_path: Path, arguments: list[str]
) -> None:
    said = mingcha(arguments[0], tmp_path / "nowhere", *arguments[1:])
    assert (said.code, said.out) == (1, "")
    assert said.words.count("\n") == 1
    assert "mingcha import" in said.words
    assert not (tmp_path / "nowhere").exists()


# -- import ----------------------------------------------------------------------------------------------------------


def test_import_ends_with_one_line_a_table(mingcha: Mingcha, tmp_path: Path) -> None:
    said = mingcha("import", COUNTY, tmp_path / "W")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "region: read 15, taken 15, rejected 0, ignored 0, blank 0"
    assert "application: read 114, taken 114, rejected 0, ignored 0, blank 0" in lines
    assert len(lines) == 17
    assert "数据截至 2024-12-31 / data as of 2024-12-31" in said.words
    assert "application.csv:92 W_ORDER" in said.words
    assert what(tmp_path / "W") == ["import"]


def test_the_same_bytes_again_change_nothing_and_say_so(mingcha: Mingcha, county_workspace: Path) -> None:
    before = Workspace(county_workspace).current
    said = mingcha("import", COUNTY, county_workspace)
    assert said.code == 0
    assert "W_DUP_FILE" in said.words
    assert "nothing new" in said.words
    assert (Workspace(county_workspace).current, what(county_workspace)) == (before, ["import", "detect"])


def test_a_rejected_row_stores_nothing_and_is_told_with_its_place(mingcha: Mingcha, tmp_path: Path) -> None:
    said = mingcha("import", broken(tmp_path), tmp_path / "W")
    assert said.code == 1
    assert "application.csv:2 E_ENUM" in said.words
    assert "rejects.csv" in said.words
    assert "application: read 114, taken 113, rejected 1, ignored 0, blank 0" in said.out
    assert Workspace(tmp_path / "W").current is None
    assert what(tmp_path / "W") == []


def test_keep_valid_stores_the_good_rows(mingcha: Mingcha, tmp_path: Path) -> None:
    said = mingcha("import", broken(tmp_path), tmp_path / "W", "--keep-valid")
    assert said.code == 0
    assert Workspace(tmp_path / "W").manifest()["tables"]["application"]["rows"] == 113


def test_a_dry_run_stores_nothing(mingcha: Mingcha, tmp_path: Path) -> None:
    said = mingcha("import", COUNTY, tmp_path / "W", "--dry-run")
    assert said.code == 0
    assert "checked only, nothing stored" in said.words
    assert Workspace(tmp_path / "W").current is None
    assert (tmp_path / "W" / "faults.csv").exists()


def test_of_many_faults_a_few_of_each_code_are_told_and_all_lie_in_a_file(mingcha: Mingcha, tmp_path: Path) -> None:
    rows = "\n".join(f"H{number},12345" for number in range(25))
    (tmp_path / "household.csv").write_text(f"户编号,区划代码\n{rows}\n", encoding="utf-8")
    said = mingcha("import", tmp_path / "household.csv", tmp_path / "W")
    assert said.code == 1
    assert sum("household.csv:" in told for told in said.words.splitlines()) == 5
    assert "20 more; all of them (E_AREA_LENGTH 25" in said.words


def test_a_source_that_is_not_there_is_refused(mingcha: Mingcha, tmp_path: Path) -> None:
    said = mingcha("import", tmp_path / "nothing", tmp_path / "W")
    assert said.code == 1
    assert "E_PATH" in said.words


# -- detect and measure ----------------------------------------------------------------------------------------------


def test_detect_says_one_line_a_question_and_is_journalled(mingcha: Mingcha, county_workspace: Path) -> None:
    said = mingcha("detect", county_workspace)
    assert said.code == 0
    assert len(said.out.splitlines()) == len(found(detectors))
    assert "late_decision: ran, leads 4, undecidable 0, seconds " in said.out
    assert what(county_workspace) == ["import", "detect", "detect"]


def test_detect_asks_only_what_is_named(mingcha: Mingcha, county_workspace: Path) -> None:
    said = mingcha("detect", county_workspace, "--only", "late_complaint", "open_overdue")
    assert said.code == 0
    assert [told.split(":")[0] for told in said.out.splitlines()] == ["late_complaint", "open_overdue"]
    assert mingcha("detect", county_workspace, "--only", "late_everything").code == 2


def test_a_question_that_cannot_be_asked_says_what_it_needs_and_is_no_error(mingcha: Mingcha, tmp_path: Path) -> None:
    (tmp_path / "household.csv").write_text("户编号,区划代码\nH1,990101001001\n", encoding="utf-8")
    assert mingcha("import", tmp_path / "household.csv", tmp_path / "W").code == 0
    said = mingcha("detect", tmp_path / "W")
    assert said.code == 0
    assert "late_complaint: not_run, leads 0, undecidable 0, seconds 0.000, needs complaint" in said.out
    counted = mingcha("measure", tmp_path / "W")
    assert counted.code == 0
    assert "on_time_share: not measured, needs application" in counted.words


def test_further_local_rules_move_the_leads(mingcha: Mingcha, county_workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "decision_days.toml").write_text(
        'id = "decision_days"\n\n[[value]]\nfrom = 2022-10-20\nregion = "990101"\nprogramme = "dibao"\n'
        'delegated = true\nvalue = 21\nsource = "示范县(虚构)"\n',
        encoding="utf-8",
    )
    said = mingcha("detect", county_workspace, "--policy", tmp_path / "rules", "--only", "late_decision")
    assert "late_decision: ran, leads 3," in said.out  # SQ00025 took 21 days


def test_measure_gives_the_contract_s_columns(mingcha: Mingcha, county_workspace: Path, tmp_path: Path) -> None:
    said = mingcha("measure", county_workspace, "--tier", "county", "--metric", "coverage_per_1000")
    assert said.code == 0
    table = list(csv.DictReader(io.StringIO(said.out)))
    assert list(table[0]) == [
        *("metric", "programme", "tier", "region_code", "month"),
        *("part", "whole", "value", "low", "high", "suppressed"),
    ]
    assert {row["metric"] for row in table} == {"coverage_per_1000"}
    assert {row["region_code"] for row in table} == {"990101000000"}
    assert mingcha("measure", county_workspace, "--out", tmp_path / "all.csv").out == ""
    everything = set(pl.read_csv(tmp_path / "all.csv", infer_schema=False)["metric"])
    assert everything >= {"complaints_per_1000", "coverage_per_1000", "median_working_days", "on_time_share"}
    assert mingcha("measure", county_workspace, "--metric", "happiness").code == 2


# -- export ----------------------------------------------------------------------------------------------------------


def test_an_export_masks_persons_and_is_not_journalled(mingcha: Mingcha, county_workspace: Path) -> None:
    said = mingcha("export", county_workspace, "--all", "--format", "csv")
    assert said.code == 0
    persons = [row for row in csv.DictReader(io.StringIO(said.out)) if row["subject_kind"] == "person"]
    assert len([row for row in persons if row["scheme"] == "exclusive_programmes"]) == 5
    assert all("*" in row["subject_source"] for row in persons)
    assert what(county_workspace) == ["import", "detect"]


def test_a_revealing_export_names_persons_and_is_journalled(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "leads.csv"
    assert mingcha("export", county_workspace, "--all", "--format", "csv", "--reveal", "--out", out).code == 0
    text = out.read_bytes()
    assert b"990101195505051019" in text
    last = Workspace(county_workspace).journal.entries()[-1]
    assert (last.what, last.subject, last.new) == ("reveal", "export", hashlib.sha256(text).hexdigest())
    assert "--all" in last.why


def test_single_leads_are_exported_and_unknown_ones_named(mingcha: Mingcha, county_workspace: Path) -> None:
    ids = Workspace(county_workspace).leads()["lead_id"].to_list()[:2]
    said = mingcha("export", county_workspace, "--lead", *ids, "--format", "json")
    assert sorted(told["lead_id"] for told in json.loads(said.out)) == sorted(ids)
    wrong = mingcha("export", county_workspace, "--lead", "nobody", "--format", "json")
    assert (wrong.code, wrong.out) == (1, "")
    assert "nobody" in wrong.words


def test_a_file_that_cannot_be_written_is_one_line(mingcha: Mingcha, county_workspace: Path, tmp_path: Path) -> None:
    said = mingcha("export", county_workspace, "--all", "--format", "csv", "--out", tmp_path)
    assert said.code == 1
    assert "cannot write" in said.words


# -- verify and serve ------------------------------------------------------------------------------------------------


def test_verify_prints_the_head_and_names_what_was_changed(mingcha: Mingcha, county_workspace: Path) -> None:
    said = mingcha("verify", county_workspace)
    assert said.code == 0
    head = said.out.splitlines()[0].rpartition(" ")[2]
    assert head.startswith("2:")
    assert mingcha("verify", county_workspace, "--head", head).code == 0
    (Workspace(county_workspace).snapshot / "step.parquet").unlink()
    wrong = mingcha("verify", county_workspace)
    assert wrong.code == 1
    assert "step.parquet is missing" in wrong.words


def test_a_cut_tail_is_found_with_the_head_kept_elsewhere(mingcha: Mingcha, county_workspace: Path) -> None:
    head = Workspace(county_workspace).journal.head()
    said = mingcha("verify", county_workspace, "--head", f"{head.seq + 1}:{head.hash}")
    assert said.code == 1
    assert "its tail was cut" in said.words


def test_a_port_that_is_taken_is_one_line(mingcha: Mingcha, county_workspace: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = mingcha("serve", county_workspace, "--port", str(port))
    assert said.code == 1
    assert f"--port {port + 1}" in said.words


# -- report ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("region", ["990101000000", "990101", "示范县"])
def test_a_report_is_written_and_journalled(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path, region: str
) -> None:
    out = tmp_path / "report.docx"
    asked = ("--region", region, "--month", "2024-12", "--format", "docx", "--out", out)
    said = mingcha("report", county_workspace, *asked)
    assert (said.code, said.out) == (0, "")
    last = Workspace(county_workspace).journal.entries()[-1]
    assert (last.what, last.subject, last.why) == ("export", "report", "docx 990101000000 2024-12")
    assert last.new == hashlib.sha256(out.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (("990101009000", "2024-12", "docx"), 2, "did you mean 99010100"),
        (("示范", "2024-12", "docx"), 2, "990101000000 示范县"),
        (("nowhere", "2024-12", "docx"), 2, "all means everywhere"),
        (("all", "2031-01", "docx"), 2, "2022-01 to 2024-12"),
        (("all", "December", "docx"), 2, "2022-01 to 2024-12"),
        (("all", "2024-12", "odt"), 2, "wrong usage"),
        (("all", "2024-12", "pdf"), 1, "LibreOffice is not installed"),
    ],
)
def test_what_cannot_be_reported_is_one_line_and_not_journalled(
    mingcha: Mingcha,
    county_workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: tuple[str, str, str],
    code: int,
    words: str,
) -> None:
    monkeypatch.setattr("dashboard.exports.report.pdf.which", lambda _name: None)
    out = county_workspace / "report"
    region, month, form = asked
    said = mingcha("report", county_workspace, "--region", region, "--month", month, "--format", form, "--out", out)
    assert said.code == code
    assert said.words.count("\n") == 1
    assert words in said.words
    assert not out.exists()
    assert what(county_workspace) == ["import", "detect"]


# -- template and demo -----------------------------------------------------------------------------------------------


def test_the_template_is_imported_without_a_rejected_row(mingcha: Mingcha, tmp_path: Path) -> None:
    said = mingcha("template", tmp_path / "T")
    assert said.code == 0
    path = Path(said.out.strip())
    told = mingcha("import", path, tmp_path / "W", "--dry-run")
    assert told.code == 0
    lines = told.out.splitlines()
    assert len(lines) == 18
    assert all(line.endswith("read 1, taken 1, rejected 0, ignored 0, blank 0") for line in lines)


def test_a_second_demo_finds_its_workspace(mingcha: Mingcha, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.demo.PERSONS", 1000)  # a county of a few families, to be quick
    first = mingcha("demo", tmp_path / "W", "--no-serve")
    assert first.code == 0
    assert "leads to verify" in first.words
    assert "evaluate" in first.words
    snapshot = Workspace(tmp_path / "W").current
    second = mingcha("demo", tmp_path / "W", "--no-serve")
    assert second.code == 0
    assert "not imported again" in second.words
    assert Workspace(tmp_path / "W").current == snapshot
    assert what(tmp_path / "W") == ["import", "detect", *["enrol"] * 7, "detect"]
    people = registered(Workspace(tmp_path / "W").review)
    assert {one.role for one in people.values()} == {*ROLES}
    assert all(name.startswith("演示") for name in people)
    assert {name for name, one in people.items() if one.region_code} == {"演示督查员乙"}


def test_a_demo_does_not_replace_the_data_of_somebody_else(mingcha: Mingcha, tmp_path: Path) -> None:
    assert mingcha("import", COUNTY, tmp_path / "W").code == 0
    before = Workspace(tmp_path / "W").current
    said = mingcha("demo", tmp_path / "W", "--no-serve")
    assert said.code == 2
    assert "holds other data" in said.words
    assert Workspace(tmp_path / "W").current == before
    assert not (tmp_path / "W-source").exists()


# -- synthesize ------------------------------------------------------------------------------------------------------


def test_a_world_is_made_up_and_told_with_its_figures(mingcha: Mingcha, tmp_path: Path) -> None:
    said = mingcha("synthesize", tmp_path / "county", "--scale", "village", "--persons", "1000", "--regime", "clean")
    assert said.code == 0
    assert "person: rows" in said.out
    assert "rural_coverage,7.4,6.6,8.2," in said.out
    assert "counted before anything was planted" in said.out
    assert "too few to judge" in said.out
    persons = len((tmp_path / "county" / "person.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert f": {persons} persons" in said.words
    assert "planted 0" in said.words
    assert (tmp_path / "truth.parquet").is_file()
    assert mingcha("import", tmp_path / "county", tmp_path / "W").code == 0


def test_an_earlier_world_is_replaced_and_nothing_else_is(mingcha: Mingcha, tmp_path: Path) -> None:
    small = ("--scale", "village", "--persons", "1000", "--regime", "clean")
    assert mingcha("synthesize", tmp_path / "a", *small, "--format", "parquet").code == 0
    assert mingcha("synthesize", tmp_path / "a", *small).code == 0
    assert not list((tmp_path / "a").glob("*.parquet"))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "person.csv").write_text("somebody's own", encoding="utf-8")
    said = mingcha("synthesize", tmp_path / "b", *small)
    assert said.code == 2
    assert "holds other files" in said.words
    assert (tmp_path / "b" / "person.csv").read_text(encoding="utf-8") == "somebody's own"


def test_too_few_people_are_wrong_usage(mingcha: Mingcha, tmp_path: Path) -> None:
    said = mingcha("synthesize", tmp_path / "a", "--scale", "province", "--persons", "50")
    assert said.code == 2
    assert "at least 4000 persons" in said.words
