"""Do all engines give the same leads and the same evidence?"""

import pytest

import detectors
from casework.engine import Engine
from casework.run import run
from tests.detectors.county import county, policy


@pytest.mark.spark
@pytest.mark.parametrize(
    "scheme",
    ["late_decision", "open_overdue", "late_complaint", "impossible_timing", "deceased_paid", "exclusive_programmes"],
)
def test_spark_gives_the_same_leads_as_polars(spark: Engine, scheme: str) -> None:
    there = run(detectors, county(spark), policy(), only=[scheme])
    here = run(detectors, county(), policy(), only=[scheme])
    assert here.leads.height
    assert there.leads.rows() == here.leads.rows()
    assert there.evidence.rows() == here.evidence.rows()
    assert there.runs.drop("seconds").rows() == here.runs.drop("seconds").rows()
