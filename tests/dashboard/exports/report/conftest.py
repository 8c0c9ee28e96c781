"""What every test of the monthly report stands on: the county of December 2024, a few families in each village."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from casework.review.journal import CHINA
from casework.review.scope import Role
from casework.text import Language
from dashboard.exports.report.asked import viewing
from dashboard.exports.report.content import report
from dashboard.exports.report.shape import Report, Section, Table
from dashboard.session import Viewing
from tests.dashboard.exports.readers import reading

MONTH = date(2024, 12, 1)
COUNTY, TOWNSHIP = "990101000000", "990101001000"
AT = datetime(2025, 1, 3, 9, 30, tzinfo=CHINA)
See = Callable[..., Viewing]


@pytest.fixture(scope="session")
def see(prepared: Path) -> See:
    """`see("inspector", "en", region)`: the view that the report is made of."""

    def seen(role: Role = "leader", language: Language = "zh", region: str = COUNTY, month: date = MONTH) -> Viewing:
        return viewing(reading(prepared, role, language=language), region, month)

    return seen


@pytest.fixture(scope="session")
def county(see: See) -> Report:
    """The report of the county."""
    return report(see(), AT)


def section(of: Report, title: str) -> Section:
    return next(one for one in of.sections if one.title == title)


def tables(of: Report) -> list[Table]:
    return [part for one in of.sections for part in one.parts if isinstance(part, Table)]
