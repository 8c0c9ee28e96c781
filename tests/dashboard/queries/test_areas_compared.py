"""Tests of whom an area is shown beside: the peers of its lead, by the same figures."""

from typing import Any

import polars as pl

from casework.policy import Policy
from dashboard.queries.peers import compared
from detectors.missed import mass_exit
from detectors.wrong import never_exit, split_village
from tests.detectors.asking import asked, facts
from tests.detectors.counties import with_mass_exit, with_quiet_village, with_split_village

POLICY = Policy.shipped()


def lead(module: Any, data: Any) -> dict[str, Any]:
    return asked(module, data).leads.row(0, named=True)


def test_a_village_without_ends_stands_beside_the_villages_it_was_compared_with() -> None:
    data = with_quiet_village().data(with_quiet_village(code="990102"))
    both = asked(never_exit, data).leads.sort("subject")
    found = compared(data, POLICY, both.row(0, named=True))
    assert found is not None
    assert found.peers["area"].to_list() == [f"990101001{number:03d}" for number in range(2, 13)]
    assert (found.own["part"], found.own["whole"], found.times) == (0, 360, 1200)


def test_a_split_village_is_shown_with_the_figures_of_its_lead() -> None:
    data = with_split_village().data()
    found = compared(data, POLICY, lead(split_village, data))
    said = facts(split_village, data)
    assert found is not None
    assert (found.own["part"], found.own["whole"]) == (said["observed"], said["larger"])
    assert found.peers.height == said["peers"]


def test_a_mass_exit_stands_beside_other_times_of_all_townships() -> None:
    data = with_mass_exit().data()
    found = compared(data, POLICY, lead(mass_exit, data))
    assert found is not None
    assert found.own["month"] == "2024-06"
    assert found.peers.height == facts(mass_exit, data)["peers"]
    assert "2024-06" not in found.peers["month"].to_list()


def test_other_leads_and_areas_that_are_gone_are_compared_with_nothing() -> None:
    data = with_quiet_village().data()
    known = lead(never_exit, data)
    assert compared(data, POLICY, {**known, "scheme": "late_decision"}) is None
    assert compared(data, POLICY, {**known, "subject": "990101001999"}) is None


def test_what_was_computed_is_not_computed_again() -> None:
    data = with_quiet_village().data()
    known, asked_of = dict[tuple[str, str], pl.DataFrame](), lead(never_exit, data)
    first = compared(data, POLICY, asked_of, known)
    (key,) = known
    assert key == ("never_exit", POLICY.digest)
    known[key] = known[key].clear()
    assert first is not None
    assert compared(data, POLICY, asked_of, known) is None
