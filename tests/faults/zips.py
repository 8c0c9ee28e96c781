"""How does one write a workbook that no honest program would?"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1 << 20
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Part:
    """One part of an archive, with whatever its headers are to claim."""

    name: str
    data: bytes  # deflated already where `deflated`
    size: int | None = None  # claimed; None: the truth
    crc: int | None = None
    flags: int = 0
    deflated: bool = False


def archive(parts: Sequence[Part]) -> bytes:
    """A zip of these parts."""
    body, directory = b"", b""
    for part in parts:
        name = part.name.encode()
        method = 8 if part.deflated else 0
        size = len(part.data) if part.size is None else part.size
        crc = zlib.crc32(part.data) if part.crc is None else part.crc
        rest = struct.pack("<HHHHHIIIHH", 20, part.flags, method, 0, 0, crc, len(part.data), size, len(name), 0)
        directory += b"PK\x01\x02\x14\x00" + rest + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        body += b"PK\x03\x04" + rest + name + part.data
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def repeated(size: int, letter: bytes = b" ", *, head: bytes = b"", tail: bytes = b"") -> bytes:
    """Deflated: `head`, as many mebibytes of one letter, `tail`; made without writing them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(letter * MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * (size // MEBIBYTE) + packer.compress(tail) + packer.flush()


def parts(rows: str, *, name: str = "家庭", dtd: str = "", after: str = "") -> list[Part]:
    """The parts of a one-sheet workbook whose rows are this XML."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    )
    relation = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/%s" Target="%s"/></Relationships>'
    )
    texts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relation % ("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relation % ("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{dtd}{sheet}',
    }
    return [Part(name, text.encode()) for name, text in texts.items()]


def workbook(path: Path, rows: str, *, more: Sequence[Part] = (), dtd: str = "", after: str = "") -> Path:
    """A one-sheet workbook from the XML of its rows, and further parts."""
    path.write_bytes(archive([*parts(rows, dtd=dtd, after=after), *more]))
    return path


def row(number: int, *cells: str) -> str:
    """A row of inline texts; a cell that begins with < is XML as it stands."""
    written = "".join(
        cell if cell.startswith("<") else f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{written}</row>'
