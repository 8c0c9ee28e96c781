"""Is unmasking asked for with a reason, journalled, and limited a day?"""

from pathlib import Path

import pytest

from casework.review.database import Database
from casework.review.journal import Journal
from casework.review.standing import ReviewError
from casework.review.unmasking import unmask


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(Database(tmp_path / "mingcha.sqlite"))


def test_an_unmasking_is_in_the_journal_with_its_reason(journal: Journal) -> None:
    assert unmask(journal, "甲", "L1", reason="visit", text="明日入户", limit=50) == 49
    (entry,) = journal.entries()
    assert (entry.who, entry.what, entry.subject, entry.why) == ("甲", "unmask", "L1", "visit 明日入户")


@pytest.mark.parametrize(("reason", "text"), [("", "明日入户"), ("curious", "想看看"), ("other", ""), ("other", "无")])
def test_without_a_reason_nothing_is_unmasked(journal: Journal, reason: str, text: str) -> None:
    with pytest.raises(ReviewError, match="请选择理由"):
        unmask(journal, "甲", "L1", reason=reason, text=text, limit=50)
    assert journal.entries() == []


def test_one_more_than_the_limit_is_refused_to_this_person_only(journal: Journal) -> None:
    for left in (1, 0):
        assert unmask(journal, "甲", "L1", reason="visit", text="", limit=2) == left
    with pytest.raises(ReviewError, match="已达 2 次上限"):
        unmask(journal, "甲", "L2", reason="visit", text="", limit=2)
    assert unmask(journal, "乙", "L2", reason="visit", text="", limit=2) == 1


def test_yesterday_does_not_count(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as clock:
        clock.setattr("casework.review.journal.now", lambda: "2020-01-01T23:59:59.000000+08:00")
        unmask(journal, "甲", "L1", reason="visit", text="", limit=1)
    assert journal.entries()[0].at.startswith("2020-01-01")
    assert unmask(journal, "甲", "L1", reason="visit", text="", limit=1) == 0


def test_a_citizen_number_in_the_further_words_is_masked_before_it_is_written(journal: Journal) -> None:
    unmask(journal, "甲", "L1", reason="other", text="核对 990101195505051019", limit=50)
    unmask(journal, "甲", "L1", reason="other", text="复核 990101550505101 与 2024 年 12 月工单", limit=50)
    first, second = journal.entries()
    assert first.why == "other 核对 990101********1019"
    assert "990101550505101" not in second.why
    assert "2024 年 12 月工单" in second.why
