"""Tests of late_complaint: two clocks in calendar days, by date."""

import pytest

from casework.policy import Policy
from detectors.delay import late_complaint
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import world


def complaint(**cells: str | None) -> dict[str, str | None]:
    return {
        "complaint_no": "C1",
        "received_at": "2024-01-10",
        "level": "county",
        "channel": "letter",
        "kind": "petition",
        "region_code": "990101001000",
        "named": "true",
        "told_at": "2024-01-12",
        "closed_at": "2024-02-01",
        "extended": "false",
        "outcome": None,
        **cells,
    }


def raised(as_of: str = "2024-12-31", **cells: str | None) -> bool:
    return found(late_complaint, world(as_of, complaint=[complaint(**cells)])) == ["C1"]


@pytest.mark.parametrize(
    ("cells", "late"),
    [
        ({"told_at": "2024-01-25"}, False),  # the 15th day
        ({"told_at": "2024-01-26"}, True),
        ({"told_at": "2024-01-25 23:59:59", "received_at": "2024-01-10 00:00:01"}, False),  # by date
        ({"told_at": "2024-01-26", "named": "false"}, False),  # unnamed: nobody to tell
        ({"told_at": None, "closed_at": "2024-01-25"}, False),  # the answer itself came within the 15 days
        ({"told_at": None, "closed_at": "2024-01-26"}, True),
        ({"closed_at": "2024-03-10"}, False),  # the 60th day
        ({"closed_at": "2024-03-11"}, True),
        ({"closed_at": "2024-03-11", "named": "false"}, True),
        ({"closed_at": "2024-04-09", "extended": "true"}, False),  # the 90th day
        ({"closed_at": "2024-04-10", "extended": "true"}, True),
    ],
)
def test_told_and_closed_each_have_their_limit(cells: dict[str, str], late: bool) -> None:
    assert raised(**cells) is late


@pytest.mark.parametrize(
    ("as_of", "cells", "late"),
    [
        ("2024-01-25", {"told_at": None, "closed_at": None}, False),
        ("2024-01-26", {"told_at": None, "closed_at": None}, True),
        ("2024-03-10", {"closed_at": None}, False),
        ("2024-03-11", {"closed_at": None}, True),
    ],
)
def test_what_has_not_happened_is_counted_to_the_datas_day(as_of: str, cells: dict[str, None], late: bool) -> None:
    assert raised(as_of, **cells) is late


@pytest.mark.parametrize(("kind", "late"), [("help", True), ("petition", True), ("report", True), ("enquiry", False)])
def test_an_enquiry_has_no_limit(kind: str, late: bool) -> None:
    assert raised(kind=kind, closed_at=None) is late


def test_a_matter_withdrawn_in_the_end_had_its_time_all_the_same() -> None:
    assert not raised(outcome="withdrawn", told_at=None, closed_at="2024-01-25")
    assert raised(outcome="withdrawn", told_at=None, closed_at="2024-01-26")


def test_one_lead_says_both_when_both_are_late() -> None:
    said = facts(late_complaint, world(complaint=[complaint(told_at="2024-02-10", closed_at="2024-04-01")]))
    assert (said["case"], said["told_days"], said["closed_days"]) == ("both", 31, 82)
    assert "31" in late_complaint.CARD.reads(said, "zh")
    assert "82" in late_complaint.CARD.reads(said, "en")


def test_what_has_not_happened_reads_as_not_yet() -> None:
    said = facts(late_complaint, world("2024-06-30", complaint=[complaint(closed_at=None)]))
    assert "尚未" in late_complaint.CARD.reckons(said, "zh")
    assert "not yet" in late_complaint.CARD.reckons(said, "en")


@pytest.mark.parametrize(("named", "ruled_out"), [("true", True), ("false", False)])
def test_only_a_named_complaint_has_somebody_to_tell(named: str, ruled_out: bool) -> None:
    data = world(complaint=[complaint(named=named, told_at=None, closed_at="2024-04-01")])
    (checked,) = asked(late_complaint, data).leads["checked_innocent"]
    unnamed = str(late_complaint.CARD.innocent.index(late_complaint.UNNAMED))
    assert (unnamed in checked) is ruled_out
    said = facts(late_complaint, data)
    assert (said["told_days"], said["told_limit"]) == ((82, 15) if ruled_out else (None, None))
    assert (said["closed_days"], said["closed_limit"]) == (82, 60)


def test_a_countys_own_limit_binds_its_complaints() -> None:
    own = Policy.of(complaint_closed_days=[{"value": 60}, {"region": "990101", "value": 10}])
    assert found(late_complaint, world(complaint=[complaint()]), own) == ["C1"]


def test_a_source_silent_about_telling_is_asked_only_about_closing() -> None:
    cells = {key: value for key, value in complaint().items() if key != "told_at"}
    result = asked(late_complaint, world(complaint=[cells]))
    assert (result.leads.height, status(result)[:2]) == (0, ("partly", "lacks complaint.told_at"))


def test_a_source_silent_about_both_is_not_asked() -> None:
    cells = {key: value for key, value in complaint().items() if key not in {"told_at", "closed_at"}}
    assert status(asked(late_complaint, world(complaint=[cells])))[:2] == (
        "not_run",
        "needs complaint.told_at or complaint.closed_at",
    )
