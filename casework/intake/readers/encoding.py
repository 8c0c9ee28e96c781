"""In which encoding is a text file written, and what are its lines?"""

import codecs
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from casework.intake.fault import RefusalError
from casework.intake.limits import MIB, Limits

Encoding = Literal["utf-8", "gb18030", "utf-16-le", "utf-16-be"]

_REPLACEMENT: Final = "\ufffd".encode()
_MARKS: Final[tuple[tuple[bytes, Encoding], ...]] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes tells."""

    encoding: Encoding
    mark: int  # bytes of the byte order mark
    sha256: str


def survey(path: Path, limits: Limits) -> Survey:
    """The encoding and the digest; refuses what is no text before anything is split.

    Without a mark it is UTF-8 if every byte fits, else GB18030; a file that is mostly good UTF-8 is not taken for
    GB18030, which would read its damage as other characters. Refused with E_TOO_LARGE, E_TYPE, E_LINE_TOO_LONG,
    E_REPLACEMENT_CHAR, E_ENCODING, E_EMPTY.
    """
    if (size := path.stat().st_size) > limits.text_bytes:
        raise RefusalError("E_TOO_LARGE", found=f"{size // MIB} MiB")
    digest = hashlib.sha256()
    with path.open("rb") as file:
        head = file.read(4)
        if head in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
            raise RefusalError("E_ENCODING", found="UTF-32")
        mark, encoding = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", None))
        digest.update(mark)
        file.seek(len(mark))
        watch = _Watch(encoding, limits)
        while step := file.read(MIB):
            digest.update(step)
            watch.see(step)
    return Survey(watch.finish(), len(mark), digest.hexdigest())


class _Watch:
    """Follows the bytes of one file."""

    def __init__(self, marked: Encoding | None, limits: Limits) -> None:
        self._encoding, self._limits = marked, limits
        self._decoder = codecs.getincrementaldecoder("utf-8")() if marked in (None, "utf-8") else None
        self._marked, self._wide, self._lines, self._tail = marked is not None, 0, 0, b""
        self._written = False

    def see(self, step: bytes) -> None:
        """Look at the next mebibyte."""
        if self._encoding not in ("utf-16-le", "utf-16-be"):
            if (place := step.find(b"\0")) >= 0:
                raise RefusalError("E_TYPE", row=self._row(step[:place]), found="NUL")
            # the exact length is taken line by line later; a whole step without an end needs no later
            if max(step.rfind(b"\n"), step.rfind(b"\r")) < 0 and len(step) > self._limits.line_bytes:
                raise RefusalError("E_LINE_TOO_LONG", row=self._lines + 1, found=f"> {self._limits.line_bytes} bytes")
        self._written = self._written or bool(step.strip())
        if self._decoder:
            self._utf8(step)
        self._lines += step.count(b"\n") or step.count(b"\r")

    def _utf8(self, step: bytes) -> None:
        seen = self._tail + step
        if (place := seen.find(_REPLACEMENT)) >= 0:
            raise RefusalError(
                "E_REPLACEMENT_CHAR", row=self._row(step[: max(0, place - len(self._tail))]), found="U+FFFD"
            )
        self._tail = step[-2:]
        assert self._decoder is not None  # noqa: S101 - the caller asked
        try:
            text = self._decoder.decode(step)
        except UnicodeDecodeError as error:
            self._not_utf8(bytes(error.object), error.start)
        else:
            self._wide += (len(step) - len(text)) // 2  # a Chinese character has three bytes

    def _not_utf8(self, seen: bytes, place: int) -> None:
        """Damaged UTF-8, or another encoding: which characters prevail around the first byte that does not fit?"""
        text = seen.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        wide = self._wide + sum(sign >= "\u0800" for sign in text) - broken
        if self._marked or wide > broken:
            raise RefusalError("E_ENCODING", row=self._row(seen[:place]), found=seen[place : place + 4].hex(" "))
        self._encoding, self._decoder = "gb18030", None

    def _row(self, before: bytes) -> int:
        return self._lines + (before.count(b"\n") or before.count(b"\r")) + 1

    def finish(self) -> Encoding:
        """The encoding, when the last byte was seen."""
        if not self._written:
            raise RefusalError("E_EMPTY")
        if self._decoder:
            try:
                self._decoder.decode(b"", final=True)
            except UnicodeDecodeError as error:
                self._not_utf8(bytes(error.object), error.start)
        return self._encoding or "utf-8"


def blocks(path: Path, found: Survey, limits: Limits) -> Iterator[list[str]]:
    r"""The lines of a file with their ends (\n, \r\n or \r), some mebibytes at a time.

    Refused with E_ENCODING, E_REPLACEMENT_CHAR, E_TYPE (a NUL in UTF-16) and E_LINE_TOO_LONG.
    """
    decoder = codecs.getincrementaldecoder(found.encoding)()
    rest, done = "", 0
    with path.open("rb") as file:
        file.seek(found.mark)
        while True:
            step = file.read(limits.block_bytes)
            try:
                text = rest + decoder.decode(step, final=not step)
            except UnicodeDecodeError as error:
                before = rest.count("\n") + bytes(error.object)[: error.start].count(b"\n")
                row = done + before + 1
                raise RefusalError("E_ENCODING", row=row, found=error.object[error.start :][:4].hex(" ")) from None
            # a \r at the very end may be half of \r\n, so it never ends a block while more can come
            cut = len(text) if not step else text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1
            lines = io.StringIO(text[:cut], newline="").readlines()
            rest = text[cut:]
            if found.encoding != "utf-8":
                _refuse_signs(text[:cut], done)
            if len(rest) > limits.line_bytes:
                raise RefusalError("E_LINE_TOO_LONG", row=done + len(lines) + 1, found=f"> {limits.line_bytes} bytes")
            done += len(lines)
            if lines:
                yield lines
            if not step:
                return


def _refuse_signs(text: str, done: int) -> None:
    for sign, code, name in (("\ufffd", "E_REPLACEMENT_CHAR", "U+FFFD"), ("\0", "E_TYPE", "NUL")):
        if (place := text.find(sign)) >= 0:
            raise RefusalError(code, row=done + text.count("\n", 0, place) + 1, found=name)
