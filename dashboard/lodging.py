"""Where does what a reader brought, or asked for, lie out of everyone's sight until it is forgotten?

A folder that only its owner may enter (0700), held by a lock that ends with the process: what a killed process left is
swept away by the next who lodges something beside it.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

LOCK: Final = "lock"


def lodge(parent: Path) -> tuple[Path, int]:
    """A new folder in `parent`, and the lock that holds it until `leave`."""
    parent.mkdir(mode=0o700, exist_ok=True)
    with _alone(parent):  # or another would sweep away what is not locked yet
        _sweep(parent)
        folder = Path(mkdtemp(dir=parent))
        lock = os.open(folder / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def leave(folder: Path, lock: int) -> None:
    """Remove the folder with all that lies in it."""
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """One at a time in that folder, whatever process."""
    held = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _sweep(parent: Path) -> None:
    """Remove the folders whose process is no more: nobody holds their lock."""
    for left in parent.iterdir():
        try:
            lock = os.open(left / LOCK, os.O_WRONLY)
        except OSError:
            shutil.rmtree(left, ignore_errors=True)
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            shutil.rmtree(left, ignore_errors=True)
        finally:
            os.close(lock)
