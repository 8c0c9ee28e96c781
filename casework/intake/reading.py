"""What does a whole source hold, read so that no file can harm the reader?

Files are read by a few child processes. A child that dies takes only the file it was reading with it: that file is read
once more alone, and refused with E_PARSER_DIED if it kills its child again.
"""

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import casework
from casework.intake.child import seconds_for
from casework.intake.fault import Fault, RefusalError
from casework.intake.limits import MIB, Limits
from casework.intake.names import table_of
from casework.intake.sheet import Job, Sheet
from casework.intake.source import Source, discover
from casework.tables import TABLES

__all__ = ["Limits", "Reading", "Sheet", "read"]

_ROOT: Final = Path(casework.__file__).parent.parent
_GRACE: Final = 10.0  # seconds beyond a child's own clock
_PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "TMPDIR", "POLARS_MAX_THREADS", "PYTHONHASHSEED")
_ONE_CHILD: Final = 2 * MIB  # a second process costs more than reading this


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a source holds, staged, and everything that was wrong with its files."""

    sheets: tuple[Sheet, ...]
    faults: tuple[Fault, ...]
    meta: dict[str, Any]
    policy: tuple[Path, ...]
    boundaries: Path | None
    hashes: dict[str, str]  # file -> SHA-256 of its bytes, for every file that was taken
    refused: bool


def read(
    source: Path, staging: Path, *, sources: Collection[str] | None = None, limits: Limits | None = None
) -> Reading:
    """Read a folder, a file or a workbook into `staging` (a folder of the caller's, who removes it).

    `sources` names the files (or sheets) a mapping refers to, then only those are taken; None takes what bears a
    table's name. One refused file refuses the whole, but the faults of every file are told.
    """
    limits = limits or Limits()
    staging.mkdir(parents=True, exist_ok=True)
    found = discover(source, staging, sources, limits)
    answers = _Children(staging, limits).run(found.jobs)
    faults, sheets, hashes = list(found.faults), [], dict(found.hashes)
    for job, answer in zip(found.jobs, answers, strict=True):
        sheets += [_sheet(said) for said in answer["sheets"]]
        faults += [Fault(**said) for said in answer["faults"]]
        if answer["sha256"]:
            hashes[job.file] = answer["sha256"]
    if sources is None:
        faults += _doubles(found, sheets)
    if not sheets and not any(fault.kind == "refused" for fault in faults):
        faults.append(RefusalError("E_EMPTY").fault(source.name))
    return Reading(
        sheets=tuple(sheets),
        faults=tuple(faults),
        meta=found.meta,
        policy=tuple(found.policy),
        boundaries=found.boundaries,
        hashes=hashes,
        refused=any(fault.kind == "refused" for fault in faults),
    )


def _sheet(said: dict[str, Any]) -> Sheet:
    return Sheet(**{**said, "header": tuple(said["header"]), "cells": Path(said["cells"])})


def _doubles(found: Source, sheets: list[Sheet]) -> list[Fault]:
    """Tables that two files or sheets claim to be, files that could not be read included."""
    owners: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for sheet in sheets:
        owners[table_of(sheet.name) or ""].add((sheet.file, sheet.sheet or ""))
    for job in found.jobs:
        if job.table and not any(sheet.file == job.file for sheet in sheets):
            owners[job.table].add((job.file, ""))
    return [
        Fault(file, None, "", "E_DUP_TABLE", "refused", f"{TABLES[table].label.zh} {table}", sheet=sheet)
        for table, places in owners.items()
        if len(places) > 1
        for file, sheet in sorted(places)
    ]


@dataclass(slots=True)
class _Child:
    """One running process and what it was asked."""

    process: subprocess.Popen[bytes]
    batch: list[int]
    answer: Path
    until: float


@dataclass(slots=True)
class _Children:
    """Reads jobs in child processes, a few at a time."""

    staging: Path
    limits: Limits
    jobs: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    started: int = 0

    def run(self, jobs: list[Job]) -> list[dict[str, Any]]:
        """One answer a job, in order."""
        self.jobs = [_as_json(job) for job in jobs]
        waiting = self._batches()
        running: list[_Child] = []
        with ExitStack() as stack:
            while waiting or running:
                while waiting and len(running) < self.limits.children:
                    running.append(self._start(waiting.pop(), stack))
                time.sleep(0.002)
                for child in list(running):
                    if child.process.poll() is None and time.monotonic() < child.until:
                        continue
                    running.remove(child)
                    waiting += self._collect(child)
        return [self.answers[place] for place in range(len(jobs))]

    def _batches(self) -> list[list[int]]:
        """The files shared out by size, the large first; small sources go to one child."""
        sizes = {place: _size(job) for place, job in enumerate(self.jobs)}
        count = 1 if sum(sizes.values()) < _ONE_CHILD else self.limits.children
        batches: list[list[int]] = [[] for _ in range(count)]
        for place in sorted(sizes, key=lambda place: -sizes[place]):
            min(batches, key=lambda batch: sum(sizes[other] for other in batch)).append(place)
        return [batch for batch in batches if batch]

    def _start(self, batch: list[int], stack: ExitStack) -> _Child:
        self.started += 1
        asked, answer, log = (
            self.staging / f"{name}-{self.started:03d}" for name in ("request.json", "answer.jsonl", "child.log")
        )
        jobs = [self.jobs[place] for place in batch]
        limits = dataclasses.asdict(self.limits)
        request = {"parent": os.getpid(), "answer": str(answer), "limits": limits, "jobs": jobs}
        asked.write_text(json.dumps(request), "utf-8")
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        with log.open("wb") as errors:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, "-P", "-m", "casework.intake.child", str(asked)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env={**environment, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=True,
            )
        stack.callback(_end, process)
        until = time.monotonic() + _GRACE + sum(seconds_for(job, self.limits) for job in jobs)
        return _Child(process, batch, answer, until)

    def _collect(self, child: _Child) -> list[list[int]]:
        """Take what a child answered; what it left is read by others, its last file alone."""
        _end(child.process)
        said = child.answer.read_text("utf-8").splitlines(keepends=True) if child.answer.exists() else []
        whole = [json.loads(line) for line in said if line.endswith("\n")]
        for place, answer in zip(child.batch, whole, strict=False):
            self.answers[place] = answer
        left = child.batch[len(whole) :]
        if not left:
            return []
        if whole:  # it may have died of what came before: once more, alone
            return [batch for batch in (left[1:], left[:1]) if batch]
        refusal = RefusalError("E_PARSER_DIED", hint=f"exit {child.process.returncode}")
        fault = refusal.fault(self.jobs[left[0]]["file"])
        self.answers[left[0]] = {"sheets": [], "faults": [dataclasses.asdict(fault)], "sha256": ""}
        return [left[1:]] if left[1:] else []


def _as_json(job: Job) -> dict[str, Any]:
    said = dataclasses.asdict(job)
    sources = None if job.sources is None else sorted(job.sources)
    return {**said, "path": str(job.path.absolute()), "stage": str(job.stage.absolute()), "sources": sources}


def _size(job: dict[str, Any]) -> int:
    path = Path(job["path"])
    return path.stat().st_size if path.exists() else 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """Make sure of it, and leave no zombie."""
    if process.poll() is None:
        process.kill()
    process.wait()
