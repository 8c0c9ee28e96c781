"""Where do a photo, a form or a slip lie, and are they still what was attached?

Under `attachments/` in the workspace, each named by the SHA-256 of its bytes; the act that attached it keeps the hash.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any, Final

from casework.disk import settle
from casework.review.standing import ReviewError
from casework.text import Text

LARGEST: Final = 20 * 1024 * 1024
SUFFIXES: Final = ("jpg", "jpeg", "png", "pdf", "docx", "xlsx", "txt")
_NAME: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]")


def keep(folder: Path, name: str, data: bytes) -> dict[str, Any]:
    """Store the bytes under their hash; returns what the act keeps of them: name, size, sha256.

    Raises:
        ReviewError: empty, too large, or not a kind of file that can be attached.
    """
    clean = _NAME.sub("_", name.strip())[-100:]
    if clean.rpartition(".")[2].lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        raise ReviewError(Text(f"“{clean}”不能作附件;可用:{kinds}", f"“{clean}” cannot be attached; use {kinds}"))
    if not 0 < len(data) <= LARGEST:
        limit = LARGEST // 1024 // 1024
        raise ReviewError(Text(f"“{clean}”为空或超过 {limit} MB", f"“{clean}” is empty or larger than {limit} MB"))
    digest = hashlib.sha256(data).hexdigest()
    target = folder / digest
    if not target.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        handle, staged = tempfile.mkstemp(prefix=".", dir=folder)  # 0600, renamed when whole
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(staged).replace(target)
        settle(folder)
    return {"name": clean, "size": len(data), "sha256": digest}


def read(folder: Path, sha256: str) -> bytes:
    """The bytes of an attachment.

    Raises:
        ReviewError: missing, or no longer what was attached.
    """
    path = folder / sha256
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReviewError(Text("附件文件缺失", "the attachment's file is missing")) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ReviewError(Text("附件内容已被改动", "the attachment has been changed"))
    return data


__all__ = ["LARGEST", "SUFFIXES", "keep", "read"]
