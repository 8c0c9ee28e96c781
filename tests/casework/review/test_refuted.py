"""Which leads were found untrue, and what did they say then?"""

import pytest

from casework.review import identity
from casework.review.database import Database
from casework.review.journal import Journal
from casework.review.refuted import refuted
from casework.review.store import Review
from casework.run import lead_id

OUTCOMES = [
    ("unfounded", "innocent", True),
    ("data_error", "entry_error", True),
    ("inconclusive", "not_reachable", False),
    ("objective_deviation", "small_slip", False),
]


@pytest.mark.parametrize(("outcome", "reason", "out"), OUTCOMES)
def test_a_lead_is_refuted_as_what_it_said_when_it_was_decided(
    database: Database, outcome: str, reason: str, *, out: bool
) -> None:
    review = Review(Journal(database))
    lead = {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}
    review.act("甲", "take", "L1", {"lead": lead}, key="1")
    assert refuted(review) == frozenset()
    review.act("甲", "decide", "L1", {"lead": lead, "outcome": outcome, "reason": reason, "text": "说明文字"}, key="2")
    assert refuted(review) == ({("L1", "d1")} if out else frozenset())


@pytest.mark.parametrize("verdict", ["same", "unsure", "not_same"])
def test_two_persons_whom_two_people_judged_not_to_be_one_are_refuted_whatever_is_found(
    database: Database, verdict: str
) -> None:
    review = Review(Journal(database))
    identity.judge(database, "甲", (3, 7), verdict, "当面核对过两人", key="1")
    assert refuted(review) == frozenset()  # one name alone refutes nothing
    identity.judge(database, "乙", (3, 7), verdict, "当面核对过两人", key="1b")
    ids = {(lead_id("same_person", one, other), "") for one, other in (("3", "7"), ("7", "3"))}
    assert refuted(review) == (ids if verdict == "not_same" else frozenset())
    identity.withdraw(database, "甲", (3, 7), "说明文字写错", key="2")
    assert refuted(review) == frozenset()
