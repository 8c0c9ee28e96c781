"""What is one faulty or hostile source, and how is it put on the list?"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HEADER = "户编号,区划代码,家庭住址,联系电话"
FIRST = "H1,990101001001,示例路1号,"
SECOND = "H2,990101001001,示例路2号,"
GOOD = f"{HEADER}\n{FIRST}\n{SECOND}\n"


@dataclass(frozen=True)
class Hostile:
    """One faulty source and what must be said of it."""

    name: str
    code: str
    kind: Literal["refused", "rejected", "warned", "ignored"]
    build: Callable[[Path], Path]
    reader: bool = True

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"


HOSTILE: list[Hostile] = []
Builder = Callable[[Path], Path]


def refused(code: str) -> Callable[[Builder], Builder]:
    """The import is refused with this code."""
    return _case(code, "refused")


def told(
    code: str, kind: Literal["rejected", "warned", "ignored"] = "warned", *, reader: bool = True
) -> Callable[[Builder], Builder]:
    """The import says this code of a row or a file, and goes on."""
    return _case(code, kind, reader=reader)


def _case(
    code: str, kind: Literal["refused", "rejected", "warned", "ignored"], *, reader: bool = True
) -> Callable[[Builder], Builder]:
    def add(build: Builder) -> Builder:
        HOSTILE.append(Hostile(build.__name__.replace("_", " "), code, kind, build, reader))
        return build

    return add


def put(folder: Path, content: bytes | str, name: str = "household.csv") -> Path:
    """A source folder with this file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
