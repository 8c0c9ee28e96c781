"""Tests of the process that reads: it never outlives the one that asked."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

READER = """
import time
from casework.intake.child import end_with
end_with({parent})
print("reading", flush=True)
time.sleep(60)
"""
ASKER = f"""
import os, subprocess, sys
code = {READER!r}.format(parent=os.getpid())
reader = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
reader.stdout.readline()
print(reader.pid, flush=True)
reader.wait()
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")


@linux
def test_a_reader_ends_when_the_import_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", ASKER], stdout=subprocess.PIPE, text=True) as asker:  # noqa: S603 - our own interpreter
        assert asker.stdout is not None
        reader = int(asker.stdout.readline())
        assert running(reader)
        asker.send_signal(signal.SIGKILL)
    patience = time.monotonic() + 10
    while running(reader) and time.monotonic() < patience:
        time.sleep(0.01)
    assert not running(reader)


@linux
def test_a_reader_whose_import_is_gone_already_reads_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", READER.format(parent=1)], capture_output=True, timeout=30, check=False)  # noqa: S603 - our own interpreter
    assert (done.returncode, done.stdout) == (1, b"")


def running(process: int) -> bool:
    """Is it there, and not merely waiting to be reaped?"""
    try:
        said = Path(f"/proc/{process}/stat").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return said.rsplit(")", 1)[1].split()[0] != "Z"
