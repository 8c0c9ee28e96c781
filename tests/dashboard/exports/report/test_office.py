"""Does LibreOffice open the report, print its charts, and make the PDF?"""

from pathlib import Path

import pytest

from casework.text import Language
from dashboard.exports.report.file import made
from dashboard.exports.report.pdf import pdf_of
from tests.dashboard.exports.readers import reading
from tests.dashboard.exports.report.conftest import COUNTY, MONTH
from tests.dashboard.exports.test_office import pages, pytestmark

__all__ = ["pytestmark"]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_marked_and_the_charts_are_drawn(
    county_workspace: Path, tmp_path: Path, form: str, language: Language
) -> None:
    reader = reading(county_workspace, "leader", language=language)
    printed = pages(made(reader, COUNTY, MONTH, form), form, tmp_path)  # type: ignore[arg-type]  # one of the forms
    assert len(printed) > 2
    for words in printed:
        assert "张示例 20" in words
        assert {"zh": "合成数据", "en": "Synthetic data"}[language] in words
    whole = "\n".join(printed)
    assert "2024-01" in whole  # under a chart
    assert {"zh": "不显示", "en": "Not shown"}[language] in whole


def test_the_pdf_is_one(county_workspace: Path) -> None:
    content = made(reading(county_workspace, "leader"), COUNTY, MONTH, "docx")
    assert pdf_of(content).startswith(b"%PDF-")
