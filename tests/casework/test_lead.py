"""Tests of what every question shares: where an application belongs whose office in charge nobody wrote down."""

from pathlib import Path
from types import ModuleType

import pytest

from casework.lead import placed_applications
from casework.policy import Policy
from detectors.delay import late_decision, late_emergency, late_step, open_overdue, short_posting, skipped_step
from tests.detectors.asking import found
from tests.families import household
from tests.worlds import Row, world

CASE: Row = {
    "application_no": "A1",
    "programme": "dibao",
    "household_no": "H1",
    "region_code": None,
    "accepted_at": "2024-03-04",
    "decided_at": "2024-04-30",  # the 40th working day
    "decision": "approved",
    "delegated": "false",
    "extended": "false",
}
TAKEN = ("authorise", "data_check", "home_visit", "preliminary", "confirm")


def steps(no: str = "A1") -> list[Row]:
    """All that is required, the check eight working days after acceptance, the posting of three days."""
    rows = [
        {"application_no": no, "step": step, "started_at": "2024-03-14", "finished_at": "2024-03-14"} for step in TAKEN
    ]
    return [*rows, {"application_no": no, "step": "posting", "started_at": "2024-04-01", "finished_at": "2024-04-04"}]


def test_the_region_in_charge_else_the_village() -> None:
    rows = [
        CASE,
        {**CASE, "application_no": "A2", "region_code": "990102001000"},
        {**CASE, "application_no": "A3", "household_no": "H9"},
    ]
    data = world(application=rows, household=[household(region="990101001001")])
    shown = placed_applications(data).collect("polars").sort("application_no").get_column("region_code").to_list()
    assert shown == ["990101001001", "990102001000", None]


@pytest.mark.parametrize(
    ("module", "cells", "rule", "local"),
    [
        (late_decision, {}, "decision_days", 'programme = "dibao"\nvalue = 60'),
        (open_overdue, {"decided_at": None, "decision": None}, "decision_days", 'programme = "dibao"\nvalue = 300'),
        (short_posting, {}, "posting_days", "value = 3"),
        (late_step, {}, "step_days", 'step = "data_check"\nvalue = 8'),
        (skipped_step, {}, "required_steps", 'programme = "dibao"\nvalue = ["data_check", "confirm"]'),
        (late_emergency, {"programme": "temporary_emergency"}, "emergency_hours", "value = 2400"),
    ],
)
def test_a_countys_own_rule_holds_where_the_office_is_not_named(
    tmp_path: Path, module: ModuleType, cells: Row, rule: str, local: str
) -> None:
    made_up = {"application_no": "A1", "step": "make_up", "started_at": "2024-04-30", "finished_at": "2024-04-30"}
    taken = [row for row in steps() if not (module is skipped_step and row["step"] == "home_visit")]
    data = world(application=[{**CASE, **cells}], household=[household(region="990101001001")], step=[*taken, made_up])
    text = f'id = "{rule}"\n[[value]]\nfrom = 2022-10-20\nregion = "990101"\n{local}\n'
    (tmp_path / "local.toml").write_text(text, encoding="utf-8")
    assert found(module, data) == ["A1"]
    assert found(module, data, Policy.load(tmp_path)) == []
