"""Who may take which report, and does the journal know before they have it?"""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from casework.review.scope import Role
from casework.workspace import Workspace
from dashboard.exports.report import pdf
from dashboard.exports.report.file import made
from dashboard.exports.report.pdf import NoOfficeError
from dashboard.rights import NotYoursError
from tests.dashboard.exports.readers import reading
from tests.dashboard.exports.report.conftest import COUNTY, MONTH, TOWNSHIP


def whats(workspace: Path) -> list[str]:
    return [entry.what for entry in Workspace(workspace).journal.entries()]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_the_journal_has_the_digest_of_what_was_given(county_workspace: Path, form: str) -> None:
    content = made(reading(county_workspace, "leader"), COUNTY, MONTH, form)  # type: ignore[arg-type]  # one of the forms
    last = Workspace(county_workspace).journal.entries()[-1]
    assert (last.who, last.what, last.subject) == ("张示例", "export", "report")
    assert last.why == f"{form} {COUNTY} 2024-12"
    assert last.new == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("role", ["researcher", "steward", "auditor"])
def test_who_makes_no_reports_gets_none(county_workspace: Path, role: Role) -> None:
    with pytest.raises(NotYoursError):
        made(reading(county_workspace, role), COUNTY, MONTH, "docx")
    assert whats(county_workspace) == ["import", "detect"]


def test_a_place_outside_the_scope_is_refused_and_one_inside_is_not(county_workspace: Path) -> None:
    reader = reading(county_workspace, "leader", region=TOWNSHIP)
    for region in (COUNTY, "990101002000", "990000000000", "nowhere"):
        with pytest.raises(NotYoursError):
            made(reader, region, MONTH, "docx")
    assert whats(county_workspace) == ["import", "detect"]
    assert made(reader, TOWNSHIP, MONTH, "docx").startswith(b"PK")


def test_without_libreoffice_a_pdf_is_refused_with_what_to_do(
    county_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "which", lambda _name: None)
    with pytest.raises(NoOfficeError, match="take docx"):
        made(reading(county_workspace, "leader"), COUNTY, MONTH, "pdf")
    assert whats(county_workspace) == ["import", "detect"]


def test_a_converter_that_fails_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(pdf, "office", lambda: str(broken))
    with pytest.raises(NoOfficeError, match="did not make the PDF"):
        pdf.pdf_of(b"PK")


def test_a_month_not_in_the_data_is_refused(county_workspace: Path) -> None:
    with pytest.raises(Exception, match="2022-01 to 2024-12"):
        made(reading(county_workspace, "leader"), COUNTY, date(2031, 1, 1), "docx")
