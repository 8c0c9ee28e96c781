"""Is what lies on someone's desk counted once, under what it waits for?"""

from pathlib import Path
from typing import Any

from casework.review.database import Database
from casework.review.journal import Journal
from casework.review.store import Review
from casework.review.workload import Workload, workloads

LEAD = {"lead": {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}}
UNFOUNDED = {"outcome": "unfounded", "reason": "innocent", "text": "补发以前月份"}


def did(review: Review, who: str, kind: str, lead_id: str, **content: Any) -> None:
    review.act(who, kind, lead_id, {**LEAD, **content}, key=f"{who}{kind}{lead_id}")


def test_each_lead_counts_once_and_a_closed_one_no_more(tmp_path: Path) -> None:
    review = Review(Journal(Database(tmp_path / "mingcha.sqlite")))
    for lead_id in ("L1", "L2", "L3", "L4", "L5"):
        did(review, "甲", "take", lead_id)
    did(review, "甲", "plan", "L2", step="visit")
    for lead_id in ("L3", "L4", "L5"):
        did(review, "甲", "decide", lead_id, **UNFOUNDED)
    did(review, "甲", "ask_close", "L4")
    did(review, "甲", "ask_close", "L5")
    did(review, "乙", "close", "L5")
    did(review, "乙", "take", "L6")
    assert workloads(review.database) == {"甲": Workload(1, 1, 1, 1), "乙": Workload(assigned=1)}
    assert workloads(review.database)["甲"].open == 4


def test_a_closed_lead_that_is_asked_to_be_reopened_lies_on_nobody_s_desk(tmp_path: Path) -> None:
    review = Review(Journal(Database(tmp_path / "mingcha.sqlite")))
    did(review, "甲", "take", "L1")
    did(review, "甲", "decide", "L1", **UNFOUNDED)
    did(review, "甲", "ask_close", "L1")
    did(review, "乙", "close", "L1")
    did(review, "丙", "ask_reopen", "L1", text="有新的材料")
    assert workloads(review.database) == {}
