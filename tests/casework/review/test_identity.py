"""Is what is said of two persons kept once, with its entry, and does “not the same” keep their leads settled?"""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from casework.errors import JournalError
from casework.review import identity
from casework.review.database import Database
from casework.review.identity import pair_of
from casework.review.journal import Journal
from casework.review.schema import JUDGEMENT
from casework.review.standing import Act, HandledError, ReviewError
from casework.review.store import Review

PAIR = (-7, 12)
WHY = "两张证件照片明显不同"


@pytest.fixture
def review(database: Database) -> Review:
    return Review(Journal(database))


def lead(digest: str = "d1", subject: int = 12, related: str = '["-7"]', scheme: str = "same_person") -> dict[str, Any]:
    said = {"scheme": scheme, "subject": str(subject), "related": related, "content_digest": digest, "conduct": False}
    return {"lead": said}


def judged(review: Review, verdict: str, who: str = "甲", key: str = "k", **more: Any) -> None:
    identity.judge(review.database, who, PAIR, verdict, WHY, key=key, **more)


def agreed(review: Review) -> None:
    judged(review, "not_same", key="agreed-1")
    judged(review, "not_same", "乙", key="agreed-2")


def closed_as_unfounded(review: Review) -> None:
    review.act("甲", "take", "L1", lead(), key="1")
    words = {"outcome": "unfounded", "reason": "innocent", "text": WHY}
    review.act("甲", "decide", "L1", lead() | words, key="2")
    review.act("甲", "ask_close", "L1", {}, key="3")
    review.act("乙", "close", "L1", {}, key="4")


@pytest.mark.parametrize(
    ("said", "pair"),
    [
        (lead(), (-7, 12)),
        (lead(subject=-7, related='["12"]'), (-7, 12)),
        (lead(related="[]"), None),
        (lead(related='["12"]'), None),
        (lead(related='["H1"]'), None),
        (lead(related='["-7", "3"]'), None),
        (lead(scheme="multi_account"), None),
        (lead(related='["99010010000120260001"]'), None),  # a number of a household, longer than any person_id
        (lead(related='["--7"]'), None),
        (lead(related='["²"]'), None),
    ],
)
def test_a_pair_is_the_two_persons_of_a_same_person_lead(said: dict[str, Any], pair: tuple[int, int] | None) -> None:
    assert pair_of(said["lead"]) == pair
    assert pair_of(None) is None


def test_a_judgement_its_act_and_its_entry_are_one_and_name_nobody(review: Review) -> None:
    judged(review, "not_same", lead_id="L1")
    (entry,) = review.journal.entries()
    assert (entry.who, entry.what, entry.why, entry.old) == ("甲", "judge", "not_same", "")
    assert entry.subject == identity.subject_of((12, -7))
    assert not {"-7", "12"} & set(entry.subject.removeprefix(identity.PAIRS).split(":"))
    (one,) = identity.about(review.database, {-7, 12, 99})
    assert (one.pair, one.verdict, one.who, one.why, one.lead_id) == (PAIR, "not_same", "甲", WHY, "L1")
    assert (one.seq, one.at, one.stands) == (entry.seq, entry.at, True)
    assert review.problems() == []


@pytest.mark.parametrize(
    "refused",
    [
        lambda place: identity.judge(place, "甲", PAIR, "not_same", "  短 ", key="k"),
        lambda place: identity.judge(place, "甲", PAIR, "perhaps", WHY, key="k"),
        lambda place: identity.judge(place, "甲", (5, 5), "same", WHY, key="k"),
        lambda place: identity.withdraw(place, "甲", PAIR, WHY, key="k"),
    ],
)
def test_what_is_refused_leaves_nothing(review: Review, refused: Callable[[Database], None]) -> None:
    with pytest.raises(ReviewError):
        refused(review.database)
    assert review.journal.entries() == []
    assert identity.about(review.database, PAIR) == []


def test_asked_twice_under_one_key_it_is_said_once(review: Review) -> None:
    judged(review, "unsure")
    judged(review, "unsure")
    assert len(identity.about(review.database, PAIR)) == 1


def test_who_judges_anew_withdraws_the_one_before_and_both_stay(review: Review) -> None:
    judged(review, "not_same")
    judged(review, "same", "乙", key="k2")
    first, second = identity.about(review.database, PAIR)
    assert (first.stands, first.withdrawn_by, first.withdrawn_seq) == (False, "乙", second.seq)
    assert (second.stands, second.verdict) == (True, "same")
    assert identity.settled(review.database) == frozenset()
    assert [one.old for one in review.journal.entries()] == ["", "not_same"]
    assert review.problems() == []


def test_only_not_the_same_said_by_two_settles_and_withdrawing_opens_again(review: Review) -> None:
    for number, verdict in enumerate(("unsure", "same", "not_same")):
        for who in ("甲", "乙"):
            judged(review, verdict, who, key=f"k{number}{who}")
        assert identity.settled(review.database) == ({PAIR} if verdict == "not_same" else frozenset())
    identity.withdraw(review.database, "乙", PAIR, "取得了新的证件", key="w")
    assert identity.settled(review.database) == frozenset()
    last = identity.about(review.database, PAIR)[-1]
    assert (last.withdrawn_by, last.withdrawn_why) == ("乙", "取得了新的证件")
    assert review.problems() == []


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (["甲 not_same"], ("甲",)),
        (["甲 not_same", "甲 not_same"], ("甲",)),  # saying it twice is one name
        (["甲 not_same", "乙 not_same"], ("甲", "乙")),
        (["甲 not_same", "乙 not_same", "乙 not_same"], ("甲", "乙")),
        (["甲 not_same", "丙 unsure", "乙 not_same"], ("乙",)),  # another word in between ends what was agreed
        (["甲 not_same", "乙 same"], ()),
        (["甲 not_same", "甲 withdraws", "乙 not_same"], ("乙",)),
    ],
)
def test_a_pair_is_settled_by_two_names_and_never_by_one(review: Review, said: list[str], names: tuple[str]) -> None:
    for number, (who, verdict) in enumerate(one.split() for one in said):
        if verdict == "withdraws":
            identity.withdraw(review.database, who, PAIR, WHY, key=f"k{number}")
        else:
            judged(review, verdict, who, key=f"k{number}")
    assert identity.agreed(identity.about(review.database, PAIR)) == names
    assert identity.apart(review.database) == ({PAIR: names} if names else {})
    assert identity.settled(review.database) == ({PAIR} if len(names) == 2 else frozenset())


def test_what_one_alone_judged_may_still_be_taken_up(review: Review) -> None:
    judged(review, "not_same")
    assert review.act("丙", "take", "L1", lead(), key="1").assignee == "丙"


def test_the_last_act_on_a_pair_counts_what_was_withdrawn(review: Review) -> None:
    assert identity.last_act([]) == 0
    judged(review, "not_same", expected=0)
    identity.withdraw(review.database, "甲", PAIR, WHY, key="w", expected=1)
    assert identity.last_act(identity.about(review.database, PAIR)) == 2
    with pytest.raises(HandledError, match="甲"):
        judged(review, "same", "乙", key="k2", expected=0)  # who saw neither act is told
    judged(review, "same", "乙", key="k3", expected=2)


def test_no_number_too_long_for_a_person_is_asked_for(review: Review) -> None:
    judged(review, "not_same")
    assert len(identity.about(review.database, {*PAIR, 10**20, -(10**20)})) == 1


def test_the_second_reader_is_told_what_was_said_meanwhile(review: Review) -> None:
    judged(review, "not_same", expected=0)
    with pytest.raises(HandledError, match="甲"):
        judged(review, "same", "乙", key="k2", expected=0)
    (one,) = identity.about(review.database, PAIR)
    judged(review, "same", "乙", key="k3", expected=one.seq)


def test_a_closed_lead_with_other_content_is_taken_up_anew_unless_the_two_are_not_the_same(review: Review) -> None:
    closed_as_unfounded(review)
    agreed(review)
    for kind, words in (("take", {}), ("assign", {"to": "丙"})):
        with pytest.raises(ReviewError, match="不是同一人"):
            review.act("丙", kind, "L1", lead("d2") | words, key=f"5{kind}")
    assert review.take_first("丙", [{"L1": lead("d2")}], key="first") == []
    assert review.act_on_many("丙", "assign", {"L1": lead("d2") | {"to": "丙"}}, key="many")[0] == []
    assert review.standing("L1").returned == 0
    identity.withdraw(review.database, "乙", PAIR, "取得了新的证件", key="w")
    assert review.act("丙", "take", "L1", lead("d2"), key="6").returned == 1


def test_other_pairs_and_other_schemes_are_not_settled_by_it(review: Review) -> None:
    agreed(review)
    review.act("丙", "take", "L2", lead(related='["-8"]'), key="1")
    review.act("丙", "take", "L3", lead(scheme="multi_account"), key="2")
    assert {review.standing(one).assignee for one in ("L2", "L3")} == {"丙"}


def test_a_lead_in_work_goes_on_to_its_outcome(review: Review) -> None:
    review.act("甲", "take", "L1", lead(), key="1")
    agreed(review)
    words = {"outcome": "unfounded", "reason": "innocent", "text": WHY}
    assert review.act("甲", "decide", "L1", lead() | words, key="2").outcome == "unfounded"


@pytest.mark.parametrize(
    "change",
    [
        sa.update(JUDGEMENT).values(verdict="same"),
        sa.update(JUDGEMENT).values(withdrawn_seq=1),
        sa.delete(JUDGEMENT),
    ],
)
def test_a_changed_or_missing_row_is_found(review: Review, change: sa.Executable) -> None:
    judged(review, "not_same")
    with review.database.writing() as connection:
        connection.execute(change)
    assert [one.en for one in review.problems()] == ["judgement 1 on two persons has been changed"]


def test_the_database_itself_keeps_the_order_of_a_pair(review: Review) -> None:
    row = dict(zip(JUDGEMENT.c.keys(), [1, 12, -7, "same", "甲", "", "", ""], strict=False))
    with pytest.raises(Exception, match="pair_judgement_in_order"), review.database.writing() as connection:
        connection.execute(sa.insert(JUDGEMENT).values(row))


def test_the_database_itself_lets_one_judgement_of_a_pair_stand(review: Review) -> None:
    judged(review, "not_same")
    row = dict(zip(JUDGEMENT.c.keys(), [9, *PAIR, "same", "甲", "", "", ""], strict=False))
    with pytest.raises(JournalError, match=r"(?i)unique"), review.database.writing() as connection:
        connection.execute(sa.insert(JUDGEMENT).values(row))
    with review.database.writing() as connection:
        connection.execute(sa.insert(JUDGEMENT).values(row | {"withdrawn_seq": 10}))


@pytest.mark.parametrize(
    "told",
    [
        Act(1, "", "甲", "withdraw", {"text": WHY}),  # nothing was said
        Act(1, "", "甲", "judge", {}),
        Act(1, "", "甲", "judge", {"person_a": 1, "person_b": 2, "verdict": "same", "lead_id": ""}),
    ],
)
def test_acts_that_cannot_be_read_are_told_and_the_other_pairs_still_compared(review: Review, told: Act) -> None:
    judged(review, "not_same")
    with review.database.reading() as connection:
        found = identity.changed_judgements(connection, [[told]])
    assert [one.en for one in found] == [
        "the acts on two persons from number 1 on do not follow one another or lack words",
        "judgement 1 on two persons has been changed",
    ]
