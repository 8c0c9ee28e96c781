"""Which files of a source are read, and which are listed and left alone?

Only regular files in the folder itself and in its `policy/`; a link is never followed.
"""

import hashlib
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from casework.intake.boundaries import checked
from casework.intake.fault import Fault, RefusalError, shown
from casework.intake.limits import MIB, Limits
from casework.intake.meta import NAME, read_meta
from casework.intake.names import table_of
from casework.intake.sheet import EVERY, Job
from casework.workspace import BOUNDARIES

KINDS: Final = {".csv": "text", ".xlsx": "workbook", ".parquet": "parquet"}
MAPPED_KINDS: Final = {**KINDS, ".txt": "text", ".tsv": "text"}  # a mapping names the very file
_REFUSED: Final = {".xls": "E_LEGACY_XLS", ".xlsm": "E_MACRO", ".xltm": "E_MACRO"}


@dataclass(slots=True)
class Source:
    """What lies in a source."""

    jobs: list[Job] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    policy: list[Path] = field(default_factory=list)
    boundaries: Path | None = None  # as checked, in the staging folder
    hashes: dict[str, str] = field(default_factory=dict)  # of the small files; a table's is taken while it is read


def discover(source: Path, staging: Path, sources: Collection[str] | None, limits: Limits) -> Source:
    """Every file of a folder, or the one file, sorted into read, refused and ignored."""
    found = Source()
    search = _Search(source, staging, frozenset(sources) if sources is not None else None, limits, found)
    try:
        search.run()
    except RefusalError as refusal:
        found.faults.append(refusal.fault(source.name))
    except OSError as error:
        found.faults.append(RefusalError("E_PATH", hint=error.strerror or "").fault(source.name))
    return found


@dataclass(frozen=True, slots=True)
class _Search:
    source: Path
    staging: Path
    sources: frozenset[str] | None
    limits: Limits
    found: Source

    def run(self) -> None:
        for name in sorted(self.sources or ()):
            if name in ("", ".", "..") or re.search(r"[\\/\0]", name):
                self._refuse(shown(name), "E_PATH")
        if self.source.is_symlink() and not self.source.is_dir():
            raise RefusalError("E_PATH", hint="链接 / a link")
        if self.source.is_dir():
            for entry in _entries(self.source):
                self._entry(entry)
        elif self.source.is_file():
            self._single()
        else:
            raise RefusalError("E_PATH", hint="不存在 / does not exist")

    def _single(self) -> None:
        name, suffix = self.source.name, self.source.suffix.lower()
        kind = self._kinds().get(suffix)
        if self._wanted(name) or kind == "workbook":
            self._job(self.source, name, single=True)
        elif kind is None:
            self._refuse(name, _REFUSED.get(suffix, "E_TYPE"))
        else:
            self._ignore(name)

    def _entry(self, entry: os.DirEntry[str]) -> None:
        """One entry of the folder."""
        name, path = entry.name, Path(entry.path)
        if name == "policy":
            self._policy(entry)
        elif name not in (NAME, BOUNDARIES) and not self._wanted(name):
            self._ignore(name)
        elif entry.is_symlink() or not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)):
            self._refuse(name, "E_PATH")
        elif entry.is_dir(follow_symlinks=False):
            self._refuse(name, "E_TYPE")
        elif name == NAME:
            self._meta(path)
        elif name == BOUNDARIES:
            self._boundaries(path)
        else:
            self._job(path, name, single=False)

    def _wanted(self, name: str) -> bool:
        """Is it named, or a workbook that may hold a sheet that is?"""
        if self.sources is None:
            return table_of(Path(name).stem) is not None
        suffix = Path(name).suffix.lower()
        if self.sources == EVERY:
            return suffix in MAPPED_KINDS or suffix in _REFUSED
        sheets = any(Path(source).suffix.lower() not in MAPPED_KINDS for source in self.sources)
        return name in self.sources or (sheets and suffix == ".xlsx")

    def _kinds(self) -> dict[str, str]:
        return KINDS if self.sources is None else MAPPED_KINDS

    def _job(self, path: Path, name: str, *, single: bool) -> None:
        suffix = path.suffix.lower()
        kind = self._kinds().get(suffix)
        if kind is None:
            self._refuse(name, _REFUSED.get(suffix, "E_TYPE"))
            return
        table = None if self.sources is not None else table_of(path.stem)
        stage = self.staging / f"read-{len(self.found.jobs):03d}"
        self.found.jobs.append(Job(path, name, kind, path.stem, table, self.sources, stage, single))

    def _meta(self, path: Path) -> None:
        try:
            self.found.meta, faults = read_meta(path, self.limits)
        except RefusalError as refusal:
            self.found.faults.append(refusal.fault(NAME))
            return
        self.found.faults += faults
        self.found.hashes[NAME] = _digest(path)

    def _boundaries(self, path: Path) -> None:
        """What of the map can be drawn, as a file of ours."""
        content, faults = checked(path, self.limits)
        self.found.faults += faults
        self.found.hashes[BOUNDARIES] = _digest(path)
        if content is not None:
            self.found.boundaries = self.staging / BOUNDARIES
            self.found.boundaries.write_bytes(content)

    def _policy(self, folder: os.DirEntry[str]) -> None:
        """Local rules and the local calendar."""
        if folder.is_symlink() or not folder.is_dir():
            self._refuse(folder.name, "E_PATH")
            return
        for entry in _entries(Path(folder.path)):
            name = f"policy/{entry.name}"
            if not (entry.name.endswith(".toml") or entry.name == "calendar.csv"):
                self._ignore(name)
            elif not entry.is_file(follow_symlinks=False):
                self._refuse(name, "E_PATH")
            else:
                self.found.policy.append(Path(entry.path))
                self.found.hashes[name] = _digest(Path(entry.path))

    def _refuse(self, name: str, code: str) -> None:
        self.found.faults.append(RefusalError(code, found=shown(name)).fault(name))

    def _ignore(self, name: str) -> None:
        self.found.faults.append(Fault(name, None, "", "W_UNKNOWN_FILE", "ignored", shown(name)))


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from sorted(entries, key=lambda entry: entry.name)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while step := file.read(MIB):
            digest.update(step)
    return digest.hexdigest()
