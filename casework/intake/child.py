"""The one place where a parser meets a file: `python -m casework.intake.child request.json`.

A process of its own with bounds on memory, processor time and wall clock, so that no file can take the program along.
It reads the files of its request in order and appends one line a file to the answer; its death tells the parent which
file it was reading.
"""

import ctypes
import json
import math
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, Final

from casework.intake.limits import MIB, Limits

_PR_SET_PDEATHSIG: Final = 1  # prctl(2)


def main(request: Path) -> None:
    """Bound this process, then read."""
    asked = json.loads(request.read_text("utf-8"))
    end_with(asked["parent"])
    limits = Limits(**asked["limits"])
    seconds = [seconds_for(job, limits) for job in asked["jobs"]]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.address_space, limits.address_space))
    spent = math.ceil(4 * sum(seconds))  # several threads spend several seconds a second
    resource.setrlimit(resource.RLIMIT_CPU, (spent, spent + 1))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel ends the process, whatever a parser is busy with

    from casework.intake.readers.file import read_file  # noqa: PLC0415 - the parsers load inside the bounds

    with Path(asked["answer"]).open("a", encoding="utf-8") as answer:
        for job, allowed in zip(asked["jobs"], seconds, strict=True):
            signal.setitimer(signal.ITIMER_REAL, allowed)
            print(json.dumps(read_file(job, limits), default=str), file=answer, flush=True)
    signal.setitimer(signal.ITIMER_REAL, 0)


def end_with(parent: int) -> None:
    """Let this process end in the moment its parent does, so that a killed import leaves nobody writing to its folder.

    Linux only; elsewhere the alarm ends it a little later.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before it could be asked
            sys.exit(1)


def seconds_for(job: dict[str, Any], limits: Limits) -> float:
    """The wall clock that a file of this kind and size may take."""
    path = Path(job["path"])
    size = path.stat().st_size / MIB if path.exists() else 0
    return limits.seconds + size * (limits.seconds_per_mib if job["kind"] == "text" else limits.packed_seconds_per_mib)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
