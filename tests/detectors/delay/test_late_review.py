"""Tests of late_review: the same day months later, for awards in force with a category."""

from pathlib import Path

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import late_review
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import world


def award(**cells: str | None) -> dict[str, str | None]:
    return {
        "award_no": "W1",
        "programme": "dibao",
        "household_no": "H1",
        "from_month": "2020-01",
        "to_month": None,
        "category": "B",
        **cells,
    }


def small(as_of: str, cells: dict[str, str | None], *reviewed: str) -> Tables:
    reviews = [{"award_no": "W1", "reviewed_on": day, "result": "keep"} for day in reviewed]
    other = {"award_no": "W0", "reviewed_on": "2019-01-01", "result": "keep"}
    homes = [{"household_no": "H1", "region_code": "990101001001"}]
    return world(as_of, award=[cells, award(award_no="W0", category=None)], review=[*reviews, other], household=homes)


@pytest.mark.parametrize(
    ("category", "reviewed", "as_of", "seen"),
    [
        ("A", "2024-03-15", "2025-03-15", []),  # the same day is in time
        ("A", "2024-03-15", "2025-03-16", ["W1"]),
        ("B", "2024-09-15", "2025-03-15", []),
        ("B", "2024-09-15", "2025-03-16", ["W1"]),
        ("C", "2024-09-15", "2025-03-15", []),
        ("C", "2024-09-15", "2025-03-16", ["W1"]),
        ("B", "2023-08-31", "2024-02-29", []),  # no such day: the month's last
        ("B", "2023-08-31", "2024-03-01", ["W1"]),
        (None, "2010-01-01", "2025-03-15", []),
    ],
)
def test_a_review_is_due_the_same_day_months_later(
    category: str | None, reviewed: str, as_of: str, seen: list[str]
) -> None:
    assert found(late_review, small(as_of, award(category=category), reviewed)) == seen


@pytest.mark.parametrize(("as_of", "seen"), [("2024-07-01", []), ("2024-07-02", ["W1"])])
def test_never_reviewed_runs_from_the_first_day_of_the_first_month(as_of: str, seen: list[str]) -> None:
    assert found(late_review, small(as_of, award(from_month="2024-01"))) == seen


def test_the_last_review_counts_and_one_after_the_day_of_the_data_does_not() -> None:
    assert found(late_review, small("2024-12-31", award(), "2023-01-10", "2024-08-10", "2023-05-10")) == []
    assert found(late_review, small("2024-12-31", award(), "2023-01-10", "2025-08-10")) == ["W1"]


@pytest.mark.parametrize(
    ("first", "last", "seen"),
    [
        ("2020-01", "2024-11", []),  # ended
        ("2020-01", "2024-12", ["W1"]),  # paid for the month of as_of
        ("2020-01", "2025-03", ["W1"]),
        ("2025-01", None, []),  # not yet begun
    ],
)
def test_only_awards_in_force_on_the_day_of_the_data_are_asked(first: str, last: str | None, seen: list[str]) -> None:
    assert found(late_review, small("2024-12-31", award(from_month=first, to_month=last))) == seen


def test_says_since_when_and_where() -> None:
    data = small("2024-12-31", award(), "2024-01-10")
    said = facts(late_review, data)
    assert (said["case"], said["reviewed_on"], said["months"], said["limit"]) == ("reviewed", "2024-01-10", 11, 6)
    lead = asked(late_review, data).leads.row(0, named=True)
    assert (lead["region_code"], str(lead["since"]), str(lead["until"])) == ("990101001001", "2024-01-10", "2024-12-31")
    assert "2024-01-10" in late_review.CARD.reckons(said, "zh")
    never = facts(late_review, small("2024-12-31", award()))
    assert (never["case"], never["reviewed_on"], never["from_month"], never["months"]) == ("never", None, "2020-01", 59)


@pytest.mark.parametrize(
    ("reviewed", "seen"),
    [
        ("2024-03-31", "never"),  # of an earlier award, or of the application
        ("2024-04-01", "reviewed"),
    ],
)
def test_a_review_before_the_first_month_is_no_review_of_this_award(reviewed: str, seen: str) -> None:
    said = facts(late_review, small("2025-12-31", award(from_month="2024-04"), reviewed))
    assert said["case"] == seen
    # Begun a month ago: the interval never runs from a day before it.
    assert found(late_review, small("2024-12-31", award(from_month="2024-11"), "2023-10-01")) == []


def test_the_longer_overdue_comes_first() -> None:
    scores = [
        asked(late_review, small("2024-12-31", award(), day)).leads["score"][0] for day in ("2023-01-10", "2024-01-10")
    ]
    assert scores[0] > scores[1]


def test_a_county_may_review_more_often(tmp_path: Path) -> None:
    (tmp_path / "review_months.toml").write_text(
        'id = "review_months"\n[[value]]\nfrom = 2022-01-01\nregion = "990101"\ncategory = "C"\nvalue = 3\n',
        encoding="utf-8",
    )
    data = small("2024-12-31", award(category="C"), "2024-09-30")
    assert found(late_review, data) == []
    assert found(late_review, data, Policy.load(tmp_path)) == ["W1"]


def test_without_any_review_table_nobody_is_late() -> None:
    assert status(asked(late_review, world(award=[award()])))[:2] == ("not_run", "needs review")
