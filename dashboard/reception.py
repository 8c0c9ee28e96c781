"""Where do uploaded files wait, out of everyone's sight, until they are imported or forgotten?

A folder of the workspace that only its owner may enter (0700), one for each reader's session: gone with the session,
with the process, or, where that was killed, with the next upload. What lies in it is what the importer gets: the one
file itself, or a folder of several with their meta.toml and local rules.
"""

import re
import shutil
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from casework.errors import CaseworkError, WrongUsageError
from casework.intake.look import Found
from casework.intake.mapping import TableMap, read_mapping
from casework.intake.outcome import Outcome
from casework.intake.written import mapping_text
from casework.text import Text
from dashboard.lodging import LOCK, leave, lodge

Kind = Literal["data", "meta", "policy", "mapping"]
FOLDER: Final = ".uploads"
MAPPING: Final = "mapping.toml"
_TABLES: Final = re.compile(rb"^[ \t]*\[\[[ \t]*table[ \t]*\]\]", re.MULTILINE)
_RULE: Final = re.compile(rb"^[ \t]*id[ \t]*=", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file as it came."""

    name: str
    size: int
    kind: Kind


@dataclass
class Reception:
    """What one reader brought, and how far it came; nothing of it is in the snapshot yet."""

    workspace: Path
    who: str
    folder: Path = field(init=False)
    source: Path | None = None
    mapping: Path | None = None
    arrived: tuple[Arrived, ...] = ()
    brought: tuple[str, ...] = ()  # what tells one upload from the next
    asked: tuple[str, ...] = ()  # what the outcome is an answer to
    outcome: Outcome | None = None
    looked: tuple[Found, ...] | None = None
    matched: dict[tuple[str, str], TableMap] = field(default_factory=dict)  # (source, table) as the reader matched them
    meta: dict[str, Any] = field(default_factory=dict)  # what their mapping says of the data

    def __post_init__(self) -> None:
        """Make the folder; it goes with the session."""
        self.folder, lock = lodge(self.workspace / FOLDER)
        self._end = weakref.finalize(self, leave, self.folder, lock)

    @property
    def report(self) -> Path:
        """Where the importer leaves the faults of the last check."""
        return self.folder / "report"

    def close(self) -> None:
        """Forget everything that was brought."""
        self._end()

    def bring(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Take these files instead of what was there.

        Raises:
            WrongUsageError: two of one name, or two mappings.
            CaseworkError: the folder cannot be written.
        """
        self._empty()
        named = [(_safe(name), content) for name, content in files]
        _alone([name for name, _ in named])
        at = datetime.now(ZoneInfo("Asia/Shanghai"))
        place = self.folder / f"upload-{at:%Y%m%d-%H%M%S}"
        try:
            for name, content in named:
                self._keep(place, name, content)
        except OSError as error:
            raise CaseworkError(
                Text(f"无法存放上传的文件:{error.strerror}", f"the upload cannot be kept: {error.strerror}")
            ) from error
        data = [one for one in self.arrived if one.kind == "data"]
        alone = len(data) == 1 and not any(one.kind in {"meta", "policy"} for one in self.arrived)
        self.source = place / data[0].name if alone else place if data else None

    def point(self, folder: Path) -> None:
        """Take what lies in a folder, or file, of this machine; it is only read."""
        if folder != self.source:
            self._empty()
            self.source = folder

    def match(self, key: tuple[str, str], mapped: TableMap | None) -> None:
        """Keep, or drop, what was said of one table, and use the mapping that comes of it."""
        self.matched.pop(key, None)
        if mapped is not None:
            self.matched[key] = mapped
        if self.matched:
            self.map(self.written)
        else:
            self.mapping = None

    @property
    def written(self) -> bytes:
        """The mapping of all that was matched."""
        return mapping_text(self.matched.values(), self.meta).encode()

    def map(self, content: bytes) -> None:
        """Use this mapping from now on."""
        self.mapping = self.folder / MAPPING
        self.mapping.write_bytes(content)

    def fresh_report(self) -> Path:
        """An empty folder for the next check."""
        shutil.rmtree(self.report, ignore_errors=True)
        self.report.mkdir(mode=0o700)
        return self.report

    def _keep(self, place: Path, name: str, content: bytes) -> None:
        kind = kind_of(name, content)
        if kind == "mapping" and self.mapping is not None:
            raise WrongUsageError(
                Text(f"{name} 是第二个映射文件;请只传一个", f"{name} is a second mapping; upload one")
            )
        self.arrived = (*self.arrived, Arrived(name, len(content), kind))
        if kind == "mapping":
            self.map(content)
            said = read_mapping(self.folder / MAPPING)
            self.matched = {(one.source, one.table.name): one for one in said.tables}
            self.meta = dict(said.meta)
            return
        folder = place / "policy" if kind == "policy" else place
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    def _empty(self) -> None:
        for old in self.folder.iterdir():
            if old.is_dir():
                shutil.rmtree(old, ignore_errors=True)
            elif old.name != LOCK:
                old.unlink()
        self.source = self.mapping = self.outcome = self.looked = None
        self.arrived, self.matched, self.meta, self.asked = (), {}, {}, ()


def kind_of(name: str, content: bytes) -> Kind:
    """What an uploaded file is for, by its name and what it begins to say."""
    if name == "meta.toml":
        return "meta"
    if name == "calendar.csv":
        return "policy"
    if name.lower().endswith(".toml"):
        return "mapping" if _TABLES.search(content) else "policy" if _RULE.search(content) else "mapping"
    return "data"


def _safe(name: str) -> str:
    """The last part of a name from elsewhere, without what no file name should hold."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable()).strip()
    return plain if plain.strip(".") else "_"


def _alone(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise WrongUsageError(
                Text(f"有两个文件都叫“{name}”;请改名或只传一个", f"two files are called “{name}”; rename one of them")
            )
        seen.add(name)
