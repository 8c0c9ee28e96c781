"""Tests of the share of applications that came in online, by hand."""

import metrics
from metrics import rollup
from tests.metrics.county import COUNTY, POLICY, VILLAGE, application, households, numbers, part_whole, regions
from tests.worlds import world

METRIC = "online_share"
HOMES = households(H1=VILLAGE)


def test_only_the_channel_online_is_in_the_part_in_the_month_of_acceptance() -> None:
    data = world(
        region=regions(),
        household=HOMES,
        application=[
            *(
                application(channel, "2024-03-31", "2024-04-20", channel=channel)
                for channel in ("window", "online", "village_agent", "discovery")
            ),
            application("later", "2024-04-01", None, channel="online", programme="destitute"),
        ],
    )
    table = numbers(data, METRIC)
    assert part_whole(table, COUNTY, "2024-03") == (1, 4, 0.25)
    assert part_whole(table, COUNTY, "2024-04", "destitute") == (1, 1, 1.0)


def test_an_unknown_channel_is_undecidable_and_without_the_column_nothing_is_measured() -> None:
    bare = {name: cell for name, cell in application("A1", "2024-03-01", None).items() if name != "channel"}
    data = world(region=regions(), household=HOMES, application=[bare])
    assert rollup.unavailable(metrics, data)[METRIC] == ["application.channel"]
    assert rollup.rows(metrics, data, POLICY, METRIC)["in_part"].to_list() == [None]
