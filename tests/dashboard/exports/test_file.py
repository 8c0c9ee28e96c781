"""Who gets a file of which leads, and does the journal have its digest before?"""

import hashlib
from pathlib import Path

import pytest

from casework.errors import JournalError, WrongUsageError
from casework.review.scope import Role
from casework.text import Text
from dashboard.exports import file
from dashboard.exports.beside import Beside
from dashboard.exports.file import Form, made
from dashboard.rights import NotYoursError
from tests.dashboard.exports.readers import one_of_each, reading

TOWNSHIP = "990101001000"  # of two


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_the_journal_knows_the_digest_of_the_file_that_was_given(county_workspace: Path, form: Form) -> None:
    reader = reading(county_workspace)
    ids = one_of_each(reader)[:2]
    content = made(reader, ids, form, beside=Beside(narrowed=[("类别", "错保")]), why="移交")
    last = reader.desk.workspace.journal.entries()[-1]
    assert (last.who, last.what, last.subject) == ("张示例", "export", "export")
    assert last.new == hashlib.sha256(content).hexdigest()
    assert last.why == f"{form} {' '.join(ids)}; 类别 错保; 移交"
    assert reader.desk.workspace.journal.verify().whole


def test_a_long_list_is_journalled_by_number_and_digest(
    county_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "_NAMED", 5)
    reader = reading(county_workspace)
    ids = reader.leads["lead_id"].to_list()
    made(reader, ids, "xlsx")
    digest = hashlib.sha256(" ".join(sorted(ids)).encode()).hexdigest()
    assert reader.desk.workspace.journal.entries()[-1].why == f"xlsx {len(ids)} leads, ids sha256 {digest}"


def test_nobody_has_a_byte_of_what_could_not_be_journalled(
    county_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = reading(county_workspace)

    def refused(*_: object, **__: object) -> None:
        raise JournalError(Text("日志不可写", "the journal cannot be written"))

    monkeypatch.setattr(type(reader.desk.workspace.journal), "entry", refused)
    with pytest.raises(JournalError):
        made(reader, one_of_each(reader)[:1], "xlsx")


@pytest.mark.parametrize("role", ["leader", "researcher", "steward", "auditor"])
def test_a_role_that_may_not_export_gets_nothing(county_workspace: Path, role: Role) -> None:
    ids = reading(county_workspace).leads["lead_id"].to_list()[:1]
    before = len(reading(county_workspace).desk.workspace.journal.entries())
    with pytest.raises(NotYoursError):
        made(reading(county_workspace, role), ids, "docx")
    assert len(reading(county_workspace).desk.workspace.journal.entries()) == before


def test_one_foreign_lead_refuses_all_and_is_not_named(county_workspace: Path) -> None:
    whole, part = reading(county_workspace), reading(county_workspace, region=TOWNSHIP)
    mine = part.leads["lead_id"].to_list()
    (foreign, *_) = sorted(set(whole.leads["lead_id"]) - set(mine))
    for stranger in (foreign, "0000000000000000"):
        with pytest.raises(NotYoursError) as refusal:
            made(part, [mine[0], stranger], "xlsx")
        said = f"{refusal.value.message.zh}{refusal.value.message.en}"
        assert stranger not in said
        assert mine[0] not in said
    assert made(part, [mine[0]], "xlsx")


def test_of_nothing_there_is_no_file(county_workspace: Path) -> None:
    with pytest.raises(WrongUsageError):
        made(reading(county_workspace), [], "xlsx")


def test_a_lead_named_twice_stands_in_the_file_once(county_workspace: Path) -> None:
    reader = reading(county_workspace)
    (one, *_) = one_of_each(reader)
    made(reader, [one, one], "xlsx")
    assert reader.desk.workspace.journal.entries()[-1].why == f"xlsx {one}"


def test_every_form_has_its_kind() -> None:
    assert set(file.MIME) == {"docx", "xlsx"}
