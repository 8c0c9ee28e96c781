"""Does the whole road run as a person walks it: files in, leads out, whatever happens on the way?"""

import csv
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from casework.workspace import Workspace
from tests.county import COUNTY, ROOT

PROGRAM = (sys.executable, "-m", "dashboard.cli")
PLANTED = {
    ("late_decision", "SQ00025"),
    ("late_decision", "SQ00042"),
    ("late_decision", "SQ00081"),
    ("late_decision", "SQ00049"),
    ("open_overdue", "SQ00109"),
    ("open_overdue", "SQ00114"),
    ("open_overdue", "SQ00111"),
    ("impossible_timing", "SQ00024"),
    ("impossible_timing", "SQ00035"),
    ("impossible_timing", "SQ00091"),
    *(("impossible_timing", f"SQ000{number}") for number in (57, 58, 59, 60, 69, 70, 71, 72)),
    ("impossible_timing", "SQ00098"),
    ("late_complaint", "XF0019"),
    ("late_complaint", "XF0029"),
    ("late_complaint", "XF0035"),
    ("late_complaint", "XF0071"),
    ("deceased_paid", "BZ00001"),
    ("deceased_paid", "BZ00017"),
    ("deceased_paid", "BZ00033"),
    ("exclusive_programmes", "990101195505051019"),  # E1
    ("exclusive_programmes", "990101195611111011"),  # E2
    ("exclusive_programmes", "990101196907071025"),  # E3, mother
    ("exclusive_programmes", "990101200903211026"),  # E3, daughter
    ("exclusive_programmes", "990101201304041015"),  # E4
    ("underpaid", "BZ00017"),
    ("overpaid", "BZ00017"),
    ("overpaid", "BZ00033"),
    ("overpaid", "BZ00045"),
    ("missed_entitlement", "H13006"),
    ("missed_entitlement", "H22005"),
    ("missed_entitlement", "H32005"),
    ("missed_entitlement", "990101196104221018"),
    ("late_review", "BZ00050"),
    ("late_review", "BZ00090"),
}


def mingcha(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    words = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program


def test_the_county_s_files_become_exactly_the_leads_its_stories_plant(tmp_path: Path) -> None:
    workspace, out = tmp_path / "W", tmp_path / "leads.csv"
    assert mingcha("import", COUNTY, workspace).returncode == 0
    assert mingcha("detect", workspace).returncode == 0
    export = mingcha("export", workspace, "--all", "--format", "csv", "--reveal", "--out", out)
    assert export.returncode == 0, export.stderr
    with out.open(encoding="utf-8", newline="") as file:
        leads = list(csv.DictReader(file))
    assert {(lead["scheme"], lead["subject_source"]) for lead in leads} == PLANTED
    assert len(leads) == len(PLANTED)
    assert mingcha("verify", workspace).returncode == 0


def test_every_story_of_the_readme_is_in_the_files() -> None:
    told = (COUNTY / "README.md").read_text(encoding="utf-8")
    listed = {"impossible_timing", "exclusive_programmes"}  # told there as ranges, or by another of its awards
    planted = {subject for scheme, subject in PLANTED if scheme not in listed}
    assert all(subject in told for subject in planted)


def test_no_word_of_progress_stands_in_a_pipe(tmp_path: Path) -> None:
    said = mingcha("import", COUNTY, tmp_path / "W")
    assert "\x1b" not in said.stdout + said.stderr
    assert "\r" not in said.stdout + said.stderr


def test_a_reader_that_leaves_early_sees_no_trace(county_workspace: Path) -> None:
    command = f"{sys.executable} -m dashboard.cli measure {county_workspace} | head -1"
    said = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603, S607
    assert said.stdout.startswith("metric,")
    assert all(":未统计,缺 " in line for line in said.stderr.splitlines())  # what the source lacks, and no trace


def large(folder: Path) -> Path:
    """The county with so many complaints that its import takes a while."""
    folder.mkdir()
    lines = "".join(f"XF{number:07d},2024-03-05,乡级,热线,求助,990101001000,是,否\n" for number in range(600_000))
    header = "信访编号,收到日期,受理层级,来访渠道,信访类别,区划代码,是否实名,是否延期\n"
    (folder / "complaint.csv").write_text(header + lines, encoding="utf-8")
    return folder


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_ctrl_c_during_an_import_is_one_line_and_stores_nothing(tmp_path: Path, seconds: float) -> None:
    source, workspace = large(tmp_path / "source"), tmp_path / "W"
    words = [*PROGRAM, "import", str(source), str(workspace)]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:  # noqa: S603
        while not list(workspace.glob("snapshots/.stage-*")):
            time.sleep(0.02)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        _, words_said = process.communicate(timeout=60)
    assert (process.returncode, words_said) == (130, "已中断,未存入任何内容 / interrupted; nothing was stored\n")
    left = Workspace(workspace)
    assert left.current is None
    assert left.journal.entries() == []
    assert [path for path in (workspace / "snapshots").iterdir() if not path.name.startswith(".")] == []


def test_the_dashboard_answers_on_the_loopback_and_stops_at_ctrl_c(county_workspace: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [*PROGRAM, "serve", str(county_workspace), "--port", str(port)]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:  # noqa: S603
        assert answered(f"http://127.0.0.1:{port}/") == 200
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert f"http://127.0.0.1:{port}" in said
    assert said.endswith("已停止 / stopped\n")
    assert process.returncode == 0


def answered(address: str) -> int:
    """The first answer of a server that is starting."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own loopback address
                return int(answer.status)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    return 0
