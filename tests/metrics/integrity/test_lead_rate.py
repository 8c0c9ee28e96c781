"""Tests of leads for a thousand recipients, by hand."""

import metrics
from casework.dataset import Tables
from metrics import rollup
from metrics.integrity import lead_rate
from tests.metrics.county import (
    COUNTY,
    POLICY,
    TOWN,
    VILLAGE,
    award,
    covered,
    households,
    number,
    numbers,
    part_whole,
    regions,
)
from tests.metrics.desk import Told, desk, lead
from tests.worlds import world

METRIC = "lead_rate"


def of(told: list[Told], persons: int = 4) -> Tables:
    data = world(
        "2024-03-31",
        region=regions(),
        household=households(H1=VILLAGE),
        award=[award("W1", "H1", "2024-01")],
        beneficiary=[covered("W1", f"示例{place}", "2024-01") for place in range(persons)],
    )
    return desk(data, told)


def test_current_leads_by_the_recipients_of_the_datas_month() -> None:
    told = [
        lead("L1"),
        lead("L2", "kin_handled", "favoritism", region_code=TOWN, programme=None),
        lead("L3", outcome="unfounded", decided="2024-02-01"),  # refuted, and still raised
        lead("L4", current=False),
    ]
    table = numbers(of(told), METRIC)
    assert table["month"].dt.month().unique().to_list() == [3]
    assert part_whole(table, VILLAGE) == (2, 4, 500.0)
    assert part_whole(table, TOWN) == (3, 4, 750.0)
    assert part_whole(table, COUNTY) == (3, 4, 750.0)
    assert part_whole(table, COUNTY, programme="dibao") == (2, 4, 500.0)
    assert part_whole(table, f"{TOWN}/-") == (1, None, None)


def test_a_programme_whose_recipients_are_not_counted_has_no_rate() -> None:
    table = numbers(of([lead("L1", programme="medical")]), METRIC)
    assert part_whole(table, COUNTY, programme="medical") == (1, None, None)


def test_where_nobody_raised_anything_there_are_none() -> None:
    assert part_whole(numbers(of([]), METRIC), VILLAGE) == (0, 4, 0.0)


def test_few_leads_are_hidden_and_it_is_never_ranked() -> None:
    row = number(numbers(of([lead("L1")], persons=9), METRIC, small_cell=None), COUNTY)
    assert (row["suppressed"], row["part"], row["value"]) == (True, None, None)
    assert not lead_rate.CARD.ranked


def test_the_row_of_a_lead_about_conduct_names_neither_the_lead_nor_its_scheme() -> None:
    told = [
        lead("L1"),
        lead("L2", "kin_handled", "favoritism"),
        lead("L3", "by_hand", "wrong", subject_kind="official"),
    ]
    behind = rollup.rows(metrics, of(told), POLICY, METRIC)
    assert behind.select("subject", "scheme").rows() == [("L1", "overpaid"), (None, None), (None, None)]
    assert "W-L1" not in str(behind.rows())


def test_without_leads_it_is_not_measured() -> None:
    assert "lead" in rollup.unavailable(metrics, world(region=regions()))[METRIC]
