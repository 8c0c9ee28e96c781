"""Is what people do kept with its journal entry, once, in order, and is every change behind its back found?"""

from typing import Any

import pytest

from casework.review.database import Database
from casework.review.journal import Journal
from casework.review.standing import HandledError, ReviewError
from casework.review.store import Review
from tests.databases import KINDS
from tests.faults.hand import REFUSED, attack, bare

CASE = {"lead": {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}}
UNFOUNDED = {"outcome": "unfounded", "reason": "innocent", "text": "补发以前月份"}


@pytest.fixture
def review(database: Database) -> Review:
    return Review(Journal(database))


def did(review: Review, who: str, kind: str, lead_id: str = "L1", key: str = "", **content: Any) -> None:
    review.act(who, kind, lead_id, {**CASE, **content}, key=key or f"{who}{kind}{lead_id}")


def found(review: Review) -> str:
    journal = review.journal.verify()
    return " ".join([*(one.en for one in review.problems()), "" if journal.problem is None else journal.problem.en])


def test_an_act_and_its_journal_entry_are_one(review: Review) -> None:
    did(review, "甲", "take")
    did(review, "甲", "decide", **UNFOUNDED)
    entries = review.journal.entries()
    assert [(one.who, one.what, one.subject, one.old, one.why) for one in entries] == [
        ("甲", "take", "L1", "new", ""),
        ("甲", "decide", "L1", "assigned", "innocent"),
    ]
    assert [act.kind for act in review.acts("L1")] == ["take", "decide"]
    assert review.standing("L1").outcome == "unfounded"
    assert found(review).strip() == ""


def test_a_refused_act_leaves_nothing(review: Review) -> None:
    with pytest.raises(ReviewError, match="先有结论"):
        did(review, "甲", "ask_close")
    assert review.journal.entries() == []
    assert review.standings() == {}


def test_the_second_reader_is_told_what_happened_meanwhile(review: Review) -> None:
    did(review, "甲", "take")
    review.act("甲", "decide", "L1", UNFOUNDED, key="k1", expected=1)
    with pytest.raises(HandledError, match=r"已被处理:甲 于 .* 作出结论"):
        review.act("甲", "decide", "L1", UNFOUNDED, key="k2", expected=1)
    assert review.standing("L1").version == 2


def test_an_act_asked_for_twice_is_done_once(review: Review) -> None:
    did(review, "甲", "take")
    for _ in range(2):
        review.act("甲", "visit", "L1", {"on": "2024-12-30", "text": "家中无人"}, key="once", expected=1)
    assert review.standing("L1").visits == 1


def test_take_next_takes_a_household_at_once_and_passes_over_what_others_have(review: Review) -> None:
    groups = [{"L1": CASE, "L2": CASE}, {"L3": CASE}, {"L4": CASE}]
    assert review.take_first("甲", groups, key="a") == ["L1", "L2"]
    assert review.take_first("甲", groups, key="a") == ["L1", "L2"]  # the same click
    assert review.take_first("乙", groups, key="b") == ["L3"]
    did(review, "丙", "take", "L4")
    assert review.take_first("乙", groups, key="c") == []


def test_many_are_assigned_in_one_go_and_the_others_named(review: Review) -> None:
    did(review, "乙", "take", "L2")
    did(review, "丙", "take", "L3")
    did(review, "丙", "decide", "L3", **UNFOUNDED)
    did(review, "丙", "ask_close", "L3")
    did(review, "丁", "close", "L3")
    done, refused = review.act_on_many(
        "负责人", "assign", {lead: {**CASE, "to": "乙"} for lead in ("L1", "L2", "L3")}, key="bulk"
    )
    assert done == ["L1"]
    assert {lead: error.message.zh for lead, error in refused.items()} == {
        "L2": "该线索已在 乙 名下",
        "L3": "该线索已办结;如需再查,请申请重开",
    }


def test_how_leads_stand_is_never_older_than_the_last_act_of_anybody(review: Review) -> None:
    other = Review(Journal(Database(review.database.where)))
    did(review, "甲", "take", "L1")
    did(review, "甲", "take", "L2")
    assert {lead: standing.version for lead, standing in other.standings().items()} == {"L1": 1, "L2": 1}
    did(review, "甲", "decide", "L2", **UNFOUNDED)
    did(review, "乙", "take", "L3")
    assert other.standings() == review.standings() == {lead: review.standing(lead) for lead in ("L1", "L2", "L3")}
    other.standings().clear()  # a caller's own copy
    assert len(other.standings()) == 3
    attack(review.database.where, "DELETE FROM act WHERE seq > 1", "DELETE FROM standing WHERE lead_id <> 'L1'")
    assert other.standings().keys() == {"L1"}


def test_acts_are_counted_by_kind(review: Review) -> None:
    did(review, "甲", "decide", "L1", **UNFOUNDED)
    did(review, "甲", "take", "L2")
    did(review, "甲", "take", "L3")
    assert list(review.counts().items()) == [("take", 2), ("decide", 1)]


def test_who_may_come_in_is_registered_and_can_be_retired(review: Review) -> None:
    review.enrol("管理员", "甲", "inspector", "990101000000", 7, key="1")
    review.enrol("管理员", "甲", "supervisor", "990101000000", 7, key="2")
    review.enrol("管理员", "甲", "supervisor", "990101000000", 7, key="3", active=False)
    assert review.readers() == [
        {"name": "甲", "role": "supervisor", "region_code": "990101000000", "person_id": 7, "active": False}
    ]
    assert found(review).strip() == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE act SET content = replace(content, 'unfounded', 'confirmed') WHERE seq = 2", "act 2 has been changed"),
        ("DELETE FROM act WHERE seq = 2", "act 2 is missing"),
        ("UPDATE act SET subject = 'L2' WHERE seq = 2", "act 2 has been changed"),
        ("UPDATE act SET seq = 9 WHERE seq = 2", "act 2 is missing"),
        ("UPDATE standing SET outcome = 'confirmed'", "the standing of lead L1 is not what was done"),
        ("DELETE FROM standing", "the standing of lead L1 is not what was done"),
        ("UPDATE standing SET content = replace(content, '甲', '乙')", "the standing of lead L1 is not what was done"),
        ("UPDATE reader SET role = 'auditor'", "the registration of 甲 has been changed"),
        ("DELETE FROM reader", "the registration of 甲 has been changed"),
        ("INSERT INTO reader VALUES ('丙', 'auditor', '', NULL, TRUE)", "the registration of 丙 has been changed"),
        ("UPDATE journal SET at = '2024-01-01T00:00:00+08:00' WHERE seq = 2", "entry 2 has been changed"),
    ],
)
def test_tampering_behind_the_triggers_is_found_and_named(review: Review, statement: str, said: str) -> None:
    did(review, "甲", "take")
    did(review, "甲", "decide", **UNFOUNDED)
    review.enrol("管理员", "甲", "inspector", "", None, key="3")
    assert found(review).strip() == ""
    attack(review.database.where, statement)
    assert said in found(review)


ON_EITHER = (
    "UPDATE act SET content = '{}'",
    "DELETE FROM act",
    "INSERT INTO act SELECT seq + 10, key, subject, kind, content FROM act",
    "INSERT INTO act SELECT seq - 1, 'other', subject, kind, content FROM act",
    "INSERT INTO act SELECT seq, key, subject, kind, '' FROM act WHERE TRUE ON CONFLICT (seq) DO UPDATE SET key = '2'",
)
ON_SQLITE = ("REPLACE INTO act SELECT seq, key, subject, kind, '{}' FROM act",)
ON_POSTGRES = ("TRUNCATE act", "TRUNCATE act, journal", "UPDATE act SET content = content WHERE FALSE")


@pytest.mark.parametrize(
    ("where", "statement"),
    [
        *((kind, statement) for kind in KINDS for statement in ON_EITHER),
        *(("sqlite", statement) for statement in ON_SQLITE),
        *(("postgresql", statement) for statement in ON_POSTGRES),
    ],
    indirect=["where"],
)
def test_no_connection_can_change_what_was_done(review: Review, statement: str) -> None:
    did(review, "甲", "take")
    with pytest.raises(REFUSED, match="the journal only grows"), bare(review.database.where) as connection:
        connection.execute(statement)
    assert [act.kind for act in review.acts("L1")] == ["take"]
    assert found(review).strip() == ""


def test_what_was_put_back_or_reopened_is_offered_again(review: Review) -> None:
    did(review, "甲", "take")
    review.act("甲", "visit", "L1", {"on": "2024-12-30", "text": "家中无人"}, key="v")
    assert review.take_first("乙", [{"L1": CASE}], key="a") == []
    review.act("甲", "release", "L1", {}, key="r")
    assert review.take_first("乙", [{"L1": CASE}], key="b") == ["L1"]
