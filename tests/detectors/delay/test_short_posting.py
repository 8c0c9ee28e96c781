"""Tests of short_posting: days between dates, the longest posting, children who may not be posted."""

from pathlib import Path

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import short_posting
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import world


def case(no: str = "A1", **cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": no,
        "programme": "dibao",
        "household_no": f"H-{no}",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04 09:00:00",
        "decided_at": "2024-03-20 09:00:00",
        "decision": "approved",
        **cells,
    }


def posting(started: str, finished: str | None, name: str = "posting") -> dict[str, str | None]:
    return {"application_no": "A1", "step": name, "started_at": started, "finished_at": finished}


def small(cells: dict[str, str | None], *steps: dict[str, str | None]) -> Tables:
    return world(application=[cells], step=[*steps, posting("2024-03-04", "2024-03-04", "accept")])


@pytest.mark.parametrize(
    ("started", "finished", "seen"),
    [
        ("2024-03-06", "2024-03-13", []),
        ("2024-03-06", "2024-03-12", ["A1"]),
        ("2024-03-06 23:59:00", "2024-03-13 00:01:00", []),  # dates are compared, not hours
        ("2024-03-06 00:01:00", "2024-03-12 23:59:00", ["A1"]),
        ("2024-09-30", "2024-10-07", []),  # a holiday is seven calendar days too
        ("2024-03-06", "2024-03-06", ["A1"]),
        ("2024-03-06", None, []),
    ],
)
def test_a_notice_hangs_seven_calendar_days(started: str, finished: str | None, seen: list[str]) -> None:
    assert found(short_posting, small(case(), posting(started, finished))) == seen


def test_the_longest_posting_counts() -> None:
    short, long = posting("2024-03-05", "2024-03-08"), posting("2024-03-08", "2024-03-15")
    assert found(short_posting, small(case(), short, long)) == []
    data = small(case(), short, posting("2024-03-08", "2024-03-14"))
    said = facts(short_posting, data)
    assert (said["days"], said["limit"], said["postings"], said["started_at"]) == (6, 7, 2, "2024-03-08")
    assert "6 天" in short_posting.CARD.reads(said, "zh")
    assert asked(short_posting, data).evidence.filter(table="step", column="finished_at").height == 2


def test_while_one_posting_has_no_end_the_longest_is_unknown() -> None:
    open_end = posting("2024-03-08", None)
    result = asked(short_posting, small(case(), posting("2024-03-05", "2024-03-08"), open_end))
    assert (result.leads.height, status(result)[2]) == (0, 1)
    result = asked(short_posting, small(case(), posting("2024-03-01", "2024-03-08"), open_end))
    assert (result.leads.height, status(result)[2]) == (0, 0)  # one was long enough


@pytest.mark.parametrize("programme", ["orphan", "de_facto_orphan"])
@pytest.mark.parametrize("finished", ["2024-03-20", "2024-03-06", None])
def test_a_childs_programme_is_not_posted_at_all(programme: str, finished: str | None) -> None:
    data = small(case(programme=programme), posting("2024-03-06", finished))
    said = facts(short_posting, data)
    assert (said["case"], said["limit"], said["finished_at"]) == ("barred", None, finished)
    names = {programme: short_posting.CARD.title}
    assert "不得公示" in short_posting.CARD.reads(said, "zh", names)
    assert status(asked(short_posting, data))[2] == 0
    assert found(short_posting, small(case(programme=programme))) == []


def test_a_refused_or_open_case_is_asked_and_a_withdrawn_one_is_not() -> None:
    short = posting("2024-03-06", "2024-03-08")
    assert found(short_posting, small(case(decision="refused"), short)) == ["A1"]
    assert found(short_posting, small(case(decision=None, decided_at=None), short)) == ["A1"]
    assert found(short_posting, small(case(decision="withdrawn"), short)) == []
    assert found(short_posting, small(case(decision="withdrawn", programme="orphan"), short)) == []


def test_emergency_aid_without_posting_is_fine() -> None:
    assert found(short_posting, small(case(programme="temporary_emergency"))) == []


def test_a_county_may_post_for_five_days(tmp_path: Path) -> None:
    (tmp_path / "posting_days.toml").write_text(
        'id = "posting_days"\n[[value]]\nfrom = 2022-01-01\nregion = "990102"\nprogramme = "dibao"\nvalue = 5\n',
        encoding="utf-8",
    )
    policy, five = Policy.load(tmp_path), posting("2024-03-06", "2024-03-11")
    assert found(short_posting, small(case(region_code="990102001000"), five), policy) == []
    assert found(short_posting, small(case(), five), policy) == ["A1"]


def test_a_source_without_ends_is_judged_for_children_only() -> None:
    bare = {name: cell for name, cell in posting("2024-03-06", None).items() if name != "finished_at"}
    result = asked(short_posting, world(application=[case()], step=[bare]))
    assert (result.leads.height, status(result)) == (0, ("partly", "lacks step.finished_at", 1))
    assert found(short_posting, world(application=[case(programme="orphan")], step=[bare])) == ["A1"]


def test_before_any_rule_was_in_force_the_posting_is_undecided() -> None:
    result = asked(short_posting, small(case(accepted_at="1999-12-01"), posting("1999-12-02", "1999-12-03")))
    assert (result.leads.height, status(result)[2]) == (0, 1)
