"""Does LibreOffice open what we write, and does every printed page say what it must?"""

import subprocess
from collections import Counter
from pathlib import Path
from shutil import which

import pytest

from casework.text import Language
from dashboard.exports.file import Form, made
from tests.dashboard.exports.readers import one_of_each, reading

OFFICE, TEXT, DRAW = which("soffice"), which("pdftotext"), which("pdftoppm")
pytestmark = [
    pytest.mark.office,
    pytest.mark.xdist_group("office"),
    pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine (make office)"),
    pytest.mark.skipif(TEXT is None or DRAW is None, reason="no poppler on this machine (make office)"),
]


def pages(content: bytes, form: Form, folder: Path) -> list[str]:
    """The words of each page as LibreOffice prints it."""
    (folder / f"file.{form}").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), f"file.{form}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own file
    said = subprocess.run(  # noqa: S603 - the same
        [str(TEXT), "-layout", str(folder / "file.pdf"), "-"], check=True, capture_output=True, timeout=60
    )
    return said.stdout.decode().rstrip("\f").split("\f")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_the_sheets_is_marked_and_numbered(everything: Path, tmp_path: Path, language: Language) -> None:
    reader = reading(everything, language=language)
    printed = pages(made(reader, one_of_each(reader)[:4], "docx"), "docx", tmp_path)
    assert len(printed) >= 4
    notice = {"zh": "线索，待核实；不得作为停发、追缴依据", "en": "A lead, to be verified"}[language]
    for place, words in enumerate(printed, 1):
        assert notice in words
        assert "张示例 20" in words
        assert {"zh": "合成数据", "en": "Synthetic data"}[language] in words
        number = {"zh": f"第 {place} 页 共 {len(printed)} 页", "en": f"Page {place} of {len(printed)}"}[language]
        assert "".join(number.split()) in "".join(words.split())


def test_every_page_of_the_list_is_marked_and_numbered(everything: Path, tmp_path: Path) -> None:
    reader = reading(everything)
    printed = pages(made(reader, reader.leads["lead_id"].to_list(), "xlsx"), "xlsx", tmp_path)
    for place, words in enumerate(printed, 1):
        assert "待核实" in words
        assert "张示例 20" in words
        assert f"第{place}页共{len(printed)}页" in "".join(words.split())
    assert "不是概率" in printed[-1]


def test_the_watermark_is_seen_on_every_page(everything: Path, tmp_path: Path) -> None:
    reader = reading(everything)
    printed = pages(made(reader, one_of_each(reader)[:1], "docx"), "docx", tmp_path)
    for place in range(1, len(printed) + 1):
        tones = Counter(_drawn(tmp_path / "file.pdf", place))
        pale = max(tones[tone] for tone in range(225, 241))  # paler than any letter, darker than a label's ground
        assert pale > 0.003 * tones.total()


def _drawn(pdf: Path, page: int) -> bytes:
    """The grey of every point of a page."""
    command = [str(DRAW), "-gray", "-r", "50", "-f", str(page), "-l", str(page), str(pdf)]
    drawn = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout  # noqa: S603 - our own file
    return drawn.split(b"\n", 3)[3]
