"""Tests of the share of reviews done by the day due, by hand."""

import pytest

import metrics
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    NEXT_VILLAGE,
    POLICY,
    TOWN,
    VILLAGE,
    award,
    households,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "review_on_time_share"
AS_OF = "2024-12-31"


def reviewed(number: str, *days: str) -> list[Row]:
    return [{"award_no": number, "reviewed_on": day, "result": "keep"} for day in days]


def running(
    number: str, since: str, until: str | None = None, category: str | None = "B", household: str = "H1"
) -> Row:
    return {**award(number, household, since, until), "category": category}


# Somebody else's review long ago: reviews are on record since 2020.
RECORD = [running("W0", "2020-01", "2020-02")], reviewed("W0", "2020-01-15")


def due(
    awards: list[Row], reviews: list[Row], *, as_of: str = AS_OF, policy: Policy = POLICY, record: bool = True
) -> list[tuple[str, bool | None]]:
    """Each due day and whether it was kept."""
    more = RECORD if record else ([], [])
    data = world(
        as_of,
        region=regions(),
        household=households(H1=VILLAGE),
        award=awards + more[0],
        review=reviews + more[1],
    )
    behind = rollup.rows(metrics, data, policy, METRIC).sort("due_on")
    assert all(row["month"] == row["due_on"].replace(day=1) for row in behind.to_dicts())
    return [(row["due_on"].isoformat(), row["in_part"]) for row in behind.to_dicts()]


@pytest.mark.parametrize(("day", "in_part"), [("2024-07-01", True), ("2024-07-02", False)])
def test_the_day_due_is_in_time_and_the_next_is_not(day: str, in_part: bool) -> None:
    assert due([running("W1", "2024-01")], reviewed("W1", day)) == [("2024-07-01", in_part)]


@pytest.mark.parametrize(("as_of", "days"), [("2024-07-01", []), ("2024-07-02", [("2024-07-01", False)])])
def test_a_due_day_that_is_as_of_itself_has_not_passed(as_of: str, days: list[object]) -> None:
    assert due([running("W1", "2024-01")], [], as_of=as_of) == days


def test_an_award_that_nobody_reviews_misses_every_due_day() -> None:
    assert due([running("W1", "2023-01")], []) == [
        ("2023-07-01", False),
        ("2024-01-01", False),
        ("2024-07-01", False),
    ]


def test_each_review_begins_a_cycle_and_a_late_one_ends_the_missing() -> None:
    assert due([running("W1", "2023-01")], reviewed("W1", "2023-09-10", "2024-03-10", "2024-05-05")) == [
        ("2023-07-01", False),
        ("2024-01-01", True),  # the second cycle of the first month, kept by the review of September
        ("2024-03-10", True),
        ("2024-09-10", True),
        ("2024-11-05", False),
    ]


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    awards, reviews = [running("W1", "2023-08")], reviewed("W1", "2023-08-31")
    assert due(awards, [*reviews, *reviewed("W1", "2024-02-29")], as_of="2024-03-31") == [
        ("2024-02-01", True),
        ("2024-02-29", True),
    ]
    assert due(awards, [*reviews, *reviewed("W1", "2024-03-01")], as_of="2024-03-31")[1] == ("2024-02-29", False)


def test_category_a_has_a_year_and_without_a_category_there_is_no_due_day() -> None:
    assert due([running("W1", "2023-06", category="A"), running("W2", "2023-06", category=None)], []) == [
        ("2024-06-01", False)
    ]


@pytest.mark.parametrize(("until", "days"), [("2024-06", []), ("2024-07", [("2024-07-01", False)])])
def test_an_award_ended_before_the_month_of_the_due_day_owes_no_review(until: str, days: list[object]) -> None:
    assert due([running("W1", "2024-01", until)], []) == days


def test_reviews_before_the_first_month_or_after_as_of_are_none() -> None:
    assert due([running("W1", "2024-01")], reviewed("W1", "2023-12-31", "2024-06-30"), as_of="2024-06-29") == []
    assert due([running("W1", "2023-12")], reviewed("W1", "2023-11-30"), as_of="2024-06-29") == [("2024-06-01", False)]


def test_due_days_before_the_first_review_on_record_are_unknown() -> None:
    assert due([running("W1", "2023-01")], reviewed("W1", "2024-01-01"), record=False) == [
        ("2023-07-01", None),
        ("2024-01-01", True),
        ("2024-07-01", False),
    ]


def test_the_picture_reaches_three_years_back() -> None:
    days = due([running("W1", "2015-01", category="A")], [])
    assert [day for day, _ in days] == ["2022-01-01", "2023-01-01", "2024-01-01"]


def test_the_cycle_in_force_on_the_day_it_begins_counts() -> None:
    changing = Policy.of(
        review_months=[
            {"from": "2020-01-01", "category": "B", "value": 6},
            {"from": "2024-02-02", "category": "B", "value": 3},
        ]
    )
    awards = [running("W1", "2024-02"), running("W2", "2024-03")]
    assert due(awards, [], policy=changing, as_of="2024-08-31") == [
        ("2024-06-01", False),
        ("2024-08-01", False),
    ]


def test_one_of_two_and_eight_of_eight_make_ninety_percent() -> None:
    data = world(
        AS_OF,
        region=regions(),
        household=households(H1=VILLAGE, H2=NEXT_VILLAGE),
        award=[
            running("W1", "2024-03"),
            running("W2", "2024-03"),
            *(running(f"B{place}", "2024-03", household="H2") for place in range(8)),
        ],
        review=[
            *reviewed("W1", "2024-07-01"),
            *(row for place in range(8) for row in reviewed(f"B{place}", "2024-08-01")),
        ],
    )
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-09") == (1, 2, 0.5)
    assert part_whole(table, TOWN, "2024-09") == (9, 10, 0.9)
    assert part_whole(table, COUNTY, "2024-09") == (9, 10, 0.9)


def test_without_reviews_it_is_not_measured() -> None:
    data = world(AS_OF, region=regions(), household=households(H1=VILLAGE), award=[running("W1", "2024-01")])
    assert rollup.unavailable(metrics, data)[METRIC] == ["review"]
