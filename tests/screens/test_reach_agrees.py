"""Do the parts of the page on coverage come to the same numbers as its cards?"""

from pathlib import Path

import polars as pl

from casework.regions import Regions
from casework.workspace import Workspace
from dashboard.queries import circles, flows
from dashboard.queries.counts import Period, month
from metrics.coverage import circle_coverage, entry_share, exit_share


def test_circles_entries_and_exits_are_those_of_the_metrics(township: Path) -> None:
    workspace = Workspace(township)
    data, policy = workspace.tables(), workspace.policy()
    regions = Regions.of(data)
    everywhere = regions.descendants(regions.root)

    stands = data.engine.collect(circle_coverage.rows(data, policy)).drop_nulls("in_part")
    inside = [
        found for circle, found in circles.counted(data, policy, regions).counted(everywhere, "").items() if circle > 0
    ]
    assert sum(helped for helped, _ in inside) == stands["in_part"].sum() > 0
    assert sum(helped + without for helped, without in inside) == stands.height

    period = Period(month(data.as_of_month - 23), month(data.as_of_month))
    monthly = flows.counted(data, policy, regions).monthly(everywhere, "", period)
    for name, metric in (("entries", entry_share), ("exits", exit_share)):
        rows = data.engine.collect(metric.rows(data, policy))
        together = pl.lit(value=True) if "counted_as" not in rows.columns else pl.col("counted_as") == ""
        counted = rows.filter(together, pl.col("in_part"), pl.col("month_index") > data.as_of_month - 24)
        assert monthly[name].sum() == counted.height > 0
