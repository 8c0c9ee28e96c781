"""Do all engines give the same leads and the same evidence?"""

import pytest

import detectors
from casework.engine import Engine
from casework.run import run
from tests.detectors import made
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


@pytest.mark.spark
def test_spark_gives_the_same_leads_of_kin_means_and_procedure_in_a_made_up_township(spark: Engine) -> None:
    schemes = [
        *("kin_unfiled", "shared_account", "special_grant", "veto_asset", "over_income", "overpaid"),
        *("late_step", "late_emergency", "late_payment"),
    ]
    there = run(detectors, made.township(spark), made.policy(), only=schemes)
    here = run(detectors, made.township(), made.policy(), only=schemes)
    assert set(here.leads["scheme"]) == set(schemes)
    assert there.leads.rows() == here.leads.rows()
    assert there.evidence.rows() == here.evidence.rows()
    assert there.runs.drop("seconds").rows() == here.runs.drop("seconds").rows()
