"""Tests of the share of complaints about officials, by hand."""

import metrics
from casework.dataset import Tables
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    POLICY,
    TOWN,
    VILLAGE,
    complaint,
    judged,
    number,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, person_no, world

METRIC = "against_officials_share"
SOMEBODY = person_no("示例干部")


def of(complaints: list[Row]) -> Tables:
    return world("2024-03-31", region=regions(), complaint=complaints)


def test_a_complaint_is_about_an_official_where_the_register_names_one() -> None:
    data = of(
        [
            complaint("C1", "2024-02-01", about_official_id_no=SOMEBODY),
            complaint("C2", "2024-02-29", about_official_id_no=None),
            complaint("C3", "2024-02-29", TOWN, kind="enquiry", about_official_id_no=None),
            complaint("C4", "2024-03-01", about_official_id_no=SOMEBODY, outcome="unsubstantiated"),
        ]
    )
    assert judged(data, METRIC) == {"C1": True, "C2": False, "C3": False, "C4": True}  # whatever came of it
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-02") == (1, 2, 0.5)
    assert part_whole(table, f"{TOWN}/-", "2024-02") == (0, 1, 0.0)
    assert part_whole(table, COUNTY, "2024-02") == (1, 3, 1 / 3)
    assert part_whole(table, COUNTY, "2024-03") == (1, 1, 1.0)
    assert part_whole(numbers(data, METRIC, months=2), COUNTY) == (2, 4, 0.5)


def test_the_rows_do_not_tell_who_is_complained_of() -> None:
    data = of([complaint("C1", "2024-02-01", about_official_id_no=SOMEBODY)])
    behind = rollup.rows(metrics, data, POLICY, METRIC)
    assert not [name for name in behind.columns if "official" in name or "person" in name or "household" in name]


def test_one_number_entered_twice_is_one_complaint_and_one_after_the_datas_month_is_none() -> None:
    twice = [complaint("C1", "2024-02-01", about_official_id_no=SOMEBODY, level=level) for level in ("county", "city")]
    data = of([*twice, complaint("C2", "2024-04-01", about_official_id_no=SOMEBODY)])
    assert judged(data, METRIC) == {"C1": True}
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-02") == (1, 1, 1.0)


def test_a_register_that_never_names_anybody_is_not_measured() -> None:
    data = of([complaint("C1", "2024-02-01")])
    assert rollup.unavailable(metrics, data)[METRIC] == ["complaint.about_official_id_no"]
    assert numbers(data, METRIC).is_empty()


def test_one_complaint_about_an_official_is_hidden() -> None:
    rows = [complaint(f"C{place}", "2024-02-01", about_official_id_no=None) for place in range(9)]
    data = of([*rows, complaint("C9", "2024-02-01", about_official_id_no=SOMEBODY)])
    row = number(numbers(data, METRIC, small_cell=None), COUNTY, "2024-02")
    assert (row["suppressed"], row["part"], row["whole"]) == (True, None, 10)
