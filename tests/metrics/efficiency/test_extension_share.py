"""Tests of the share of applications extended, by hand."""

import metrics
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    NEXT_VILLAGE,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    applications,
    households,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import world

METRIC = "extension_share"
HOMES = households(H1=VILLAGE, H2=NEXT_VILLAGE)


def test_an_application_counts_in_the_month_of_its_acceptance_at_every_tier() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[
            application("A1", "2024-03-29", "2024-05-20", extended="是", extension_reason="residence_split"),
            application("A2", "2024-03-30", "2024-04-20"),
            application("A3", "2024-04-01", "2024-04-20"),
            *applications("B", 3, "2024-03-05", "2024-03-20", household="H2"),
        ],
    )
    table = numbers(data, METRIC)
    assert part_whole(table, VILLAGE, "2024-03") == (1, 2, 0.5)
    assert part_whole(table, NEXT_VILLAGE, "2024-03") == (0, 3, 0.0)
    assert part_whole(table, TOWN, "2024-03") == (1, 5, 0.2)
    assert part_whole(table, COUNTY, "2024-04") == (0, 1, 0.0)


def test_unlisted_reasons_withdrawn_and_open_applications_count_too() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[
            application("A1", "2024-03-01", None, extended="是", extension_reason="other"),
            application("A2", "2024-03-01", "2024-03-05", decision="withdrawn"),
        ],
    )
    assert part_whole(numbers(data, METRIC), COUNTY, "2024-03") == (1, 2, 0.5)


def test_without_a_record_of_extensions_it_is_not_measured() -> None:
    bare = {name: cell for name, cell in application("A1", "2024-03-01", None).items() if name != "extended"}
    data = world(region=regions(), household=HOMES, application=[bare])
    assert rollup.unavailable(metrics, data)[METRIC] == ["application.extended"]
    assert rollup.rows(metrics, data, POLICY, METRIC)["in_part"].to_list() == [None]
