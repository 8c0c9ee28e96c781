"""Is this file what its name says, and is it safe to hand to a parser?

Headers lie, so nothing here trusts a declared size: a workbook's parts are unpacked once, in steps, and counted.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal
from xml.parsers import expat

from casework.intake.fault import RefusalError
from casework.intake.limits import MIB, Limits

Kind = Literal["zip", "compound", "parquet", "other"]

_ENCRYPTED_FLAG: Final = 0x1
_STEP: Final = MIB
_OVERLAP: Final = 16  # longer than any word looked for, so that none hides across two steps
_END_RECORD: Final = 22
_LOCAL_HEADER: Final = 30
_END_SEARCH: Final = 65_557  # the end record and the longest comment after it
_XML: Final = (".xml", ".rels", ".vml")
_WELL_FORMED: Final = (".xml", ".rels")  # Excel's own .vml is not
_MACRO_PARTS: Final = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets/)", re.IGNORECASE)


def kind_of(path: Path) -> Kind:
    """What do the first and last bytes say it is?"""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "compound"
    return "parquet" if head.startswith(b"PAR1") else "other"


def compound_code(path: Path) -> str:
    """An old container under a workbook's name: an encrypted workbook, or a legacy one?"""
    word = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as file:
        tail = b""
        while step := file.read(_STEP):
            if word in tail + step:
                return "E_ENCRYPTED"
            tail = step[-len(word) :]
    return "E_LEGACY_XLS"


def workbook(path: Path, limits: Limits) -> list[str]:
    """The names of a workbook's parts, after every one was unpacked, counted and looked through.

    Refused with E_TOO_LARGE, E_BOMB, E_CORRUPT_ZIP, E_ENCRYPTED, E_MACRO, E_PATH, E_XML_DTD, E_ENCODING or E_TYPE.
    """
    size = path.stat().st_size
    if size > limits.packed_bytes:
        raise RefusalError("E_TOO_LARGE", found=f"{size // MIB} MiB")
    with path.open("rb") as file:
        parts = _contents(file, size, limits)
        _names(parts, limits)
        declared = sum(part.file_size for part in parts)
        if declared > limits.inflated_bytes or (declared > 64 * MIB and declared > limits.inflation * size):
            _too_much(declared, size, limits)
        total = 0
        for part in parts:
            total += _unpack(file, part, limits)
            if total > limits.inflated_bytes:
                _too_much(total, size, limits)
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise RefusalError("E_TYPE", found="zip")
    return names


def _too_much(unpacked: int, packed: int, limits: Limits) -> None:
    code = "E_BOMB" if unpacked > limits.inflation * packed else "E_TOO_LARGE"
    raise RefusalError(code, found=f"{packed} -> {unpacked} bytes")


def _contents(file: BinaryIO, size: int, limits: Limits) -> list[zipfile.ZipInfo]:
    """The table of contents; its own length is bounded before it is read."""
    file.seek(max(0, size - _END_SEARCH))
    end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) - place < _END_RECORD:
        raise RefusalError("E_CORRUPT_ZIP", found="EOCD")
    count, length = struct.unpack("<HI", end[place + 10 : place + 16])
    if count > limits.parts or length > limits.directory_bytes:
        raise RefusalError("E_BOMB", found=f"{count} parts")
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise RefusalError("E_CORRUPT_ZIP", found=type(error).__name__) from error


def _names(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise RefusalError("E_BOMB", found=f"{len(parts)} parts")
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) < len(names):
        raise RefusalError("E_CORRUPT_ZIP", found="2 x 1")
    for part in parts:
        name = part.filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\0" in part.orig_filename:
            raise RefusalError("E_PATH", found=name[:80])
        if part.flag_bits & _ENCRYPTED_FLAG:
            raise RefusalError("E_ENCRYPTED")
        if _MACRO_PARTS.search(name):
            raise RefusalError("E_MACRO", found=name[:80])
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusalError("E_CORRUPT_ZIP", found=f"compression {part.compress_type}")


def _unpack(file: BinaryIO, part: zipfile.ZipInfo, limits: Limits) -> int:
    """Bytes really in a part; refuses more than it declares, a document type or entity in its XML, and broken XML.

    The workbook parser would take XML that breaks off for a sheet that ends there.
    """
    size, crc, tail = 0, 0, b""
    is_xml = part.filename.lower().endswith(_XML)
    parser = expat.ParserCreate() if part.filename.lower().endswith(_WELL_FORMED) else None
    for step in inflate(file, part):
        if not size and is_xml and step[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
            raise RefusalError("E_ENCODING", found=f"UTF-16: {part.filename[:80]}")
        size += len(step)
        crc = zlib.crc32(step, crc)
        if size > part.file_size or size > limits.inflated_bytes:
            raise RefusalError("E_BOMB", found=f"{part.filename[:80]}: > {part.file_size} bytes")
        if is_xml:
            seen = tail + step
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise RefusalError("E_XML_DTD", found=part.filename[:80])
            tail = step[-_OVERLAP:]
            if parser:
                _parse(parser, part.filename, step)
            if part.filename == "[Content_Types].xml" and b"macroEnabled" in seen:
                raise RefusalError("E_MACRO", found="macroEnabled")
    if size != part.file_size or crc != part.CRC:
        raise RefusalError("E_CORRUPT_ZIP", found=part.filename[:80])
    if parser:
        _parse(parser, part.filename, None)
    return size


def _parse(parser: expat.XMLParserType, name: str, step: bytes | None) -> None:
    """Is the XML whole so far (or, at None, to its end)?"""
    try:
        parser.Parse(step or b"", step is None)
    except expat.ExpatError as error:
        raise RefusalError("E_CORRUPT_ZIP", found=f"{name[:80]}: {error}") from error


def inflate(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's bytes in steps of at most a mebibyte, as they are and not as the header says."""
    file.seek(part.header_offset)
    head = file.read(_LOCAL_HEADER)
    if len(head) < _LOCAL_HEADER or not head.startswith(b"PK\x03\x04"):
        raise RefusalError("E_CORRUPT_ZIP", found=part.filename[:80])
    name, extra = struct.unpack("<HH", head[26:30])
    file.seek(name + extra, 1)
    left = part.compress_size
    if part.compress_type == zipfile.ZIP_STORED:
        while left and (step := file.read(min(left, _STEP))):
            left -= len(step)
            yield step
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting = b""
    try:
        while not unpacker.eof:
            if not waiting:
                waiting = file.read(min(left, 64 * 1024))
                left -= len(waiting)
                if not waiting:
                    break
            if step := unpacker.decompress(waiting, _STEP):
                yield step
            waiting = unpacker.unconsumed_tail
    except zlib.error as error:
        raise RefusalError("E_CORRUPT_ZIP", found=part.filename[:80]) from error
    if rest := unpacker.flush(_STEP):
        yield rest
