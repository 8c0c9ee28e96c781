"""Tests of the share of complaints closed on time, by hand."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import late_complaint
from tests.detectors.asking import found
from tests.metrics.county import COUNTY, NEXT_VILLAGE, TOWN, VILLAGE, complaint, judged, numbers, part_whole, regions
from tests.worlds import Row, world

METRIC = "closed_on_time_share"
RECEIVED = "2024-01-10"


def of(complaints: list[Row], as_of: str = "2024-12-31") -> Tables:
    return world(as_of, region=regions(), complaint=complaints)


def one(as_of: str = "2024-12-31", **more: str | None) -> dict[str, bool | None]:
    return judged(of([complaint("C1", RECEIVED, **{"closed_at": None, **more})], as_of), METRIC)


@pytest.mark.parametrize(
    ("closed", "extended", "kept"),
    [
        ("2024-03-10", "否", True),  # the 60th day
        ("2024-03-11", "否", False),
        ("2024-04-09", "是", True),  # the 90th
        ("2024-04-10", "是", False),
        ("2024-01-09", "否", None),  # closed before it came in
    ],
)
def test_sixty_days_and_thirty_more_where_extended(closed: str, extended: str, kept: bool | None) -> None:
    assert one(closed_at=closed, extended=extended) == {"C1": kept}


@pytest.mark.parametrize(("as_of", "kept"), [("2024-03-10", None), ("2024-03-11", False)])
def test_open_past_the_limit_is_late_and_before_it_unknown(as_of: str, kept: bool | None) -> None:
    assert one(as_of) == {"C1": kept}


@pytest.mark.parametrize(("as_of", "kept"), [("2024-03-10", (None, None)), ("2024-03-11", (True, False))])
def test_while_the_limit_runs_neither_the_closed_nor_the_open_are_counted(
    as_of: str, kept: tuple[bool | None, bool | None]
) -> None:
    """Counting the closed alone, the youngest months would always be perfect."""
    rows = [complaint("C1", RECEIVED, closed_at="2024-01-20"), complaint("C2", RECEIVED, closed_at=None)]
    assert judged(of(rows, as_of), METRIC) == dict(zip(("C1", "C2"), kept, strict=True))


@pytest.mark.parametrize(("closed", "kept"), [("2024-03-10", True), ("2024-03-11", None), ("2024-04-10", False)])
def test_where_extensions_are_not_on_record_the_thirty_days_are_undecidable(closed: str, kept: bool | None) -> None:
    row = {**complaint("C1", RECEIVED, closed_at=closed)}
    del row["extended"]
    assert judged(of([row]), METRIC) == {"C1": kept}


def test_an_enquiry_has_no_limit_an_unnamed_or_withdrawn_matter_has() -> None:
    assert one(kind="enquiry") == {}
    assert one(named="否", closed_at="2024-03-11") == {"C1": False}
    assert one(outcome="withdrawn", closed_at="2024-03-10") == {"C1": True}
    assert one(outcome="withdrawn", closed_at="2024-03-11") == {"C1": False}


def test_the_limits_are_those_of_the_day_of_reception() -> None:
    changed = Policy.of(complaint_closed_days=[{"value": 90}, {"from": "2022-05-01", "value": 60}])
    rows = [
        complaint("C1", "2022-04-30", closed_at="2022-07-20"),
        complaint("C2", "2022-05-01", closed_at="2022-07-20"),
    ]
    assert judged(of(rows), METRIC, changed) == {"C1": True, "C2": False}


def test_one_of_two_and_eight_of_eight_make_nine_of_ten() -> None:
    late = complaint("C0", RECEIVED, VILLAGE, closed_at="2024-06-01")
    good = [
        complaint(f"C{place}", RECEIVED, VILLAGE if place == 1 else NEXT_VILLAGE, closed_at="2024-02-01")
        for place in range(1, 10)
    ]
    table = numbers(of([late, *good]), METRIC)
    assert part_whole(table, VILLAGE, "2024-01") == (1, 2, 0.5)
    assert part_whole(table, NEXT_VILLAGE, "2024-01") == (8, 8, 1.0)
    assert part_whole(table, TOWN, "2024-01") == (9, 10, 0.9)
    assert part_whole(table, COUNTY, "2024-01") == (9, 10, 0.9)


def test_what_is_not_on_time_is_what_the_detector_raises() -> None:
    days = ["2024-02-01", "2024-03-10", "2024-03-11", None]
    rows = [complaint(f"C{place}", RECEIVED, closed_at=day) for place, day in enumerate(days)]
    late = sorted(subject for subject, kept in judged(of(rows), METRIC).items() if kept is False)
    assert late == found(late_complaint, of(rows)) == ["C2", "C3"]
