"""Are days and months written as what they are?"""

from datetime import date
from typing import Any

import pytest

from dashboard.parts.shown import stretch


@pytest.mark.parametrize(
    ("since", "until", "facts", "said"),
    [
        ("2024-08-01", "2025-06-01", {"first_month": "2024-08", "last_month": "2025-06"}, "2024-08 – 2025-06"),
        ("2025-06-01", "2025-06-01", {"first_month": "2025-06", "last_month": "2025-06"}, "2025-06"),
        ("2025-01-01", "2025-12-01", {"first_month": "2025-01", "last_month": "2025-01"}, "2025-01 – 2025-12"),
        ("2025-09-01", None, {"to_month": "2025-09"}, "2025-09"),
        ("2024-12-24", "2025-07-01", {"first_paid_month": "2025-07"}, "2024-12-24 – 2025-07"),
        ("2024-05-01", "2024-06-01", {"accepted_at": "2024-05-01"}, "2024-05-01 – 2024-06-01"),  # days, by chance first
        (None, None, {}, "—"),
    ],
)
def test_months_of_pay_are_months_and_days_are_days(
    since: str | None, until: str | None, facts: dict[str, Any], said: str
) -> None:
    ends = [date.fromisoformat(day) if day else None for day in (since, until)]
    assert stretch(ends[0], ends[1], facts) == said
