"""Is a file that is made at a click still the reader's then, and does the journal know before they have it?"""

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casework.review.attachments import keep
from casework.review.scope import Reader, Scope
from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.entry import ENTERED
from dashboard.parts import download, history
from dashboard.queries.board import content
from dashboard.queries.counts import Period
from dashboard.rights import NotYoursError
from dashboard.screens.manage import intake
from dashboard.session import Session, View
from dashboard.still import still
from tests.screens.conftest import Open, said
from tests.screens.enrolled import TOWNSHIP, put, with_people

NOBODY: dict[Any, Any] = {}


def session(workspace: Path, name: str = "示例甲", *, registered: bool = True, role: Any = "inspector") -> Session:
    opened = Workspace(workspace)
    desk = Desk(opened, opened.policy(), opened.calendar(), opened.tables())
    reader = Reader(name, role, Scope(), registered=registered)
    return Session(desk, reader, "zh", View("", "", Period(date.min, date.min)), NOBODY, None)  # type: ignore[arg-type]  # no page is opened


@pytest.fixture
def staffed(county: Path, tmp_path: Path) -> Path:
    return with_people(county, tmp_path)


CHANGES: dict[str, Callable[[Path], None]] = {
    "retired": lambda place: put(place, "示例甲", "inspector", active=False),
    "moved": lambda place: put(place, "示例甲", "inspector", TOWNSHIP),
    "another role": lambda place: put(place, "示例甲", "leader"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_who_was_retired_or_moved_since_gets_no_byte(staffed: Path, change: str) -> None:
    before, refused = session(staffed), list[str]()
    make = download.deferred(before, lambda _now: b"secret", refused.append)
    assert make() == b"secret"
    CHANGES[change](staffed)
    with pytest.raises(download.WithheldError) as raised:
        make()
    assert "已停用" in refused[0]
    assert not str(raised.value)  # Streamlit logs it
    assert raised.value.__context__ is None


def test_where_nobody_is_registered_the_reader_is_who_they_said(county: Path) -> None:
    before = session(county, registered=False)
    assert still(before) is before


def test_once_people_are_registered_a_name_alone_gets_nothing(staffed: Path) -> None:
    with pytest.raises(NotYoursError):
        still(session(staffed, "不在册", registered=False))


def attached(workspace: Path, lead_id: str) -> str:
    """An attachment to that lead; its hash."""
    opened = Workspace(workspace)
    desk = session(workspace, registered=False).desk
    lead = next(row for row in desk.board.leads.to_dicts() if row["lead_id"] == lead_id)
    opened.review.act("示例甲", "take", lead_id, content(lead), key="one", expected=0)
    kept = keep(workspace / "attachments", "门前.jpg", b"a photo")
    opened.review.act("示例甲", "attach", lead_id, content(lead, what="photo", **kept), key="two", expected=1)
    return str(kept["sha256"])


def test_an_attachment_is_for_the_unmasked_lead_only(open_page: Open, county: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(county, tmp_path / "county"))
    lead_id = Workspace(workspace).leads()["lead_id"][0]
    digest = attached(workspace, lead_id)
    page = open_page(workspace, "dossier", role="inspector", lead=lead_id, panel="history")
    assert digest[:16] in said(page)
    assert "解除遮盖后方可下载" in said(page)
    assert "attachment" not in str([one.proto.id for one in page.get("download_button")])
    page.session_state[ENTERED] = ("示例甲", "inspector")
    page.session_state["unmasked"] = {"示例甲": {lead_id}}
    page.run()
    assert "解除遮盖后方可下载" not in said(page)
    assert "attachment" in str([one.proto.id for one in page.get("download_button")])


def test_an_attachment_leaves_when_the_journal_has_it(county: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(county, tmp_path / "county"))
    lead_id = Workspace(workspace).leads()["lead_id"][0]
    digest = attached(workspace, lead_id)
    before = session(workspace, registered=False)
    assert hashlib.sha256(history.attachment(before, lead_id, digest)).hexdigest() == digest
    entry = before.desk.workspace.journal.entries()[-1]
    assert (entry.who, entry.what, entry.new) == ("示例甲", "export", digest)
    assert lead_id in entry.why
    with pytest.raises(NotYoursError):
        history.attachment(session(workspace, registered=False, role="leader"), lead_id, digest)


def test_rows_turned_back_leave_when_the_journal_has_it(county: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(county, tmp_path / "county"))
    (tmp_path / "rejects.csv").write_text("编号\n=1+1\n", encoding="utf-8")
    steward = session(workspace, registered=False, role="steward")
    taken = intake._taken(steward, tmp_path / "rejects.csv", "来源")
    assert taken.decode("utf-8-sig").split() == ["编号", "'=1+1"]
    entry = steward.desk.workspace.journal.entries()[-1]
    assert (entry.what, entry.why) == ("export", "rejects.csv 来源")
    refused = list[str]()
    (tmp_path / "rejects.csv").unlink()
    make = download.deferred(steward, lambda now: intake._taken(now, tmp_path / "rejects.csv", "来源"), refused.append)
    with pytest.raises(download.WithheldError):
        make()
    assert refused == ["该文件已不在,请重新检查后下载"]
