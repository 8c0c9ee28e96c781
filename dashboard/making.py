"""How is a made-up world made for a reader, in a process of its own, and how long does it lie ready?

What another process does cannot hold up the page or anybody else's. A world lies in a folder of the machine's temporary
files that is gone when the reader orders another, leaves, or has let it lie; never in the workspace. A making belongs
to the session that holds it: nothing names it to another.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from casework.errors import CaseworkError
from casework.text import Text
from dashboard.lodging import leave, lodge
from dashboard.order import Order

AT_ONCE: Final = 2  # that are being made, on a machine that also answers readers
READY: Final = 8  # that lie there, being made or made: about 20 MiB each
KEPT: Final = 1_800.0  # seconds from the order on
SAID, FOUND, FAULT, FILE = "stages", "found.parquet", "fault.json", "world.zip"
_ROOT: Final = Path(__file__).parents[1]  # from where our modules are found
_ORDERING: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a making is: so many steps of about so many, and what is being made."""

    step: int
    of: int
    name: str


@dataclass(eq=False)
class Making:
    """One world on order, for one reader."""

    order: Order
    who: str
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        """Begin.

        Raises:
            CaseworkError: too many are being made, or lie ready, or there is no place for it.
        """
        with _ORDERING:
            _refuse()
            self.folder, lock = lodge(_parent())
            with (self.folder / SAID).open("wb") as said:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    [sys.executable, "-m", "dashboard.maker", str(self.folder), self.order.text],
                    cwd=_ROOT,
                    stdin=subprocess.PIPE,  # which ends when we do, and with it the maker
                    stdout=said,
                )
            self._end = weakref.finalize(self, _forget, self.folder, lock, self._process)
            _all.add(self)
        clock = threading.Timer(KEPT, self._end)
        clock.daemon = True
        clock.start()

    @property
    def running(self) -> bool:
        """Is it being made?"""
        return self._end.alive and self._process.poll() is None

    @property
    def ready(self) -> bool:
        """Does it lie there, whole?"""
        return self._end.alive and self._process.poll() == 0 and (self.folder / FILE).exists()

    @property
    def gone(self) -> bool:
        """Was it taken away: cancelled, or left lying too long?"""
        return not self._end.alive

    @property
    def stage(self) -> Stage | None:
        """How far it is; None before it has begun, and after it is gone."""
        try:
            lines = (self.folder / SAID).read_text(encoding="utf-8").split("\n")[:-1]
        except OSError:
            return None
        return Stage(**json.loads(lines[-1])) if lines else None

    @property
    def fault(self) -> Text:
        """Why it failed."""
        try:
            return Text(**json.loads((self.folder / FAULT).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return Text(
                "生成未能完成,请重试;若再次失败,请联系管理员", "it could not be made; try again, or tell the steward"
            )

    @property
    def found(self) -> pl.DataFrame:
        """What it holds, counted: kind (rows, planted), name (of a table, a scheme), variant, count, twins.

        Raises:
            CaseworkError: it is gone.
        """
        try:
            return pl.read_parquet(self.folder / FOUND)
        except OSError as error:
            raise _GONE from error

    @property
    def size(self) -> int:
        """Bytes of the file; 0 where there is none."""
        try:
            return (self.folder / FILE).stat().st_size
        except OSError:
            return 0

    def content(self) -> bytes:
        """The file.

        Raises:
            CaseworkError: it is gone.
        """
        try:
            return (self.folder / FILE).read_bytes()
        except OSError as error:
            raise _GONE from error

    def close(self) -> None:
        """Stop making it, and take it away."""
        self._end()


_all: Final[weakref.WeakSet[Making]] = weakref.WeakSet()
_GONE: Final = CaseworkError(
    Text("这个世界已过保留时间并删除,请重新生成", "this world was kept its time and is gone; make it again")
)


def _refuse() -> None:
    """Keep the machine for those who read.

    Raises:
        CaseworkError: too many worlds.
    """
    there = [one for one in _all if not one.gone]
    if sum(one.running for one in there) >= AT_ONCE:
        raise CaseworkError(
            Text(
                f"已有 {AT_ONCE} 个合成世界正在生成,请稍候再试",
                f"{AT_ONCE} worlds are being made already; try again in a while",
            )
        )
    if len(there) >= READY:
        raise CaseworkError(
            Text(
                f"已有 {READY} 个合成世界待下载,半小时内会陆续清除;请稍候再试,或用命令行生成",
                f"{READY} worlds lie ready and go within half an hour; try again later, or use the command line",
            )
        )


def _parent() -> Path:
    """Where worlds lie: a folder of this user's among the temporary files, and no link that another laid there.

    Raises:
        CaseworkError: it is another's.
    """
    parent = Path(tempfile.gettempdir()) / f"mingcha-worlds-{os.getuid()}"
    parent.mkdir(mode=0o700, exist_ok=True)
    if parent.is_symlink() or parent.stat().st_uid != os.getuid():
        raise CaseworkError(Text("临时文件夹不可用,请联系管理员", "the temporary folder is not ours; tell the steward"))
    return parent


def _forget(folder: Path, lock: int, process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()
    leave(folder, lock)
