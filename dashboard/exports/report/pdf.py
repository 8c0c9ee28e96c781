"""How does a document become a PDF? LibreOffice converts it, where it is there.

Each conversion has a profile of its own, so that two at once and the office open on the same machine do not meet.
"""

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Final

from casework.errors import CaseworkError
from casework.text import Text

_LONGEST: Final = 120  # seconds


class NoOfficeError(CaseworkError):
    """LibreOffice is not there, or did not make the file."""


def office() -> str | None:
    """The program that converts; None where it is not installed."""
    return which("soffice") or which("libreoffice")


def pdf_of(document: bytes) -> bytes:
    """The document as a PDF.

    Raises:
        NoOfficeError: no LibreOffice on this machine, or it failed or took too long.
    """
    program = office()
    if program is None:
        raise NoOfficeError(
            Text(
                "本机没有安装 LibreOffice,不能生成 PDF;请改用 docx,或安装 LibreOffice 后重试",
                "LibreOffice is not installed on this machine, so there is no PDF; take docx, or install it",
            )
        )
    with TemporaryDirectory(prefix="mingcha-report-") as name:
        folder = Path(name)
        (folder / "printed.docx").write_bytes(document)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), "printed.docx"]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_LONGEST)  # noqa: S603 - a fixed command
            return (folder / "printed.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise NoOfficeError(
                Text(
                    f"LibreOffice 未能在 {_LONGEST} 秒内生成 PDF;请稍后重试,或改用 docx",
                    f"LibreOffice did not make the PDF within {_LONGEST} seconds; try again, or take docx",
                )
            ) from error
