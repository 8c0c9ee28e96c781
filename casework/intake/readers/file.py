"""What does one file of a source hold, whatever its kind?"""

import dataclasses
import errno
import hashlib
from pathlib import Path
from typing import Any, Final

from casework.intake import preflight
from casework.intake.fault import Fault, RefusalError
from casework.intake.limits import Limits
from casework.intake.readers import delimited, parquet, workbook
from casework.intake.sheet import Job, Sheet

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)  # it is our own disk that fails
_BYTES: Final = {"text": "other", "workbook": "zip", "parquet": "parquet"}  # what a file of each kind begins with


def read_file(said: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Sheets, faults and digest of the file of one `Job`, both ways as JSON carries them."""
    sources = None if said["sources"] is None else frozenset(said["sources"])
    job = Job(**{**said, "path": Path(said["path"]), "stage": Path(said["stage"]), "sources": sources})
    sheets: list[Sheet] = []
    digest = ""
    try:
        sheets, faults, digest = _read(job, limits)
    except RefusalError as refusal:
        faults = [refusal.fault(job.file)]
    except OSError as error:
        code = "E_STORAGE" if error.errno in _FULL else "E_PATH"
        faults = [RefusalError(code, hint=error.strerror or type(error).__name__).fault(job.file)]
    return {
        "sheets": [dataclasses.asdict(sheet) for sheet in sheets],
        "faults": [dataclasses.asdict(fault) for fault in faults],
        "sha256": digest,
    }


def _read(job: Job, limits: Limits) -> tuple[list[Sheet], list[Fault], str]:
    if job.path.stat().st_size == 0:
        raise RefusalError("E_EMPTY")
    kind = preflight.kind_of(job.path)
    if kind == "compound" and job.kind == "workbook":
        raise RefusalError(preflight.compound_code(job.path))
    if kind != _BYTES[job.kind]:
        raise RefusalError("E_TYPE", found=kind if kind != "other" else "")
    if job.kind == "text":
        return delimited.read(job, limits)
    sheets, faults = workbook.read(job, limits) if job.kind == "workbook" else parquet.read(job, limits)
    with job.path.open("rb") as file:
        return sheets, faults, hashlib.file_digest(file, "sha256").hexdigest()
