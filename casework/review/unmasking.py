"""May someone see who a lead is about, unmasked, and how often a day?

An act of its own (safeguards; reliability T19): a reason is required, it goes into the journal, and it is limited a day
by the office's clock. The count and the entry are one transaction, so that two windows do not share the last one.
"""

from typing import Final

from casework.intake.fault import hidden
from casework.review.journal import Journal, append, counted, now
from casework.review.standing import SHORTEST_REASON, ReviewError
from casework.text import Text

REASONS: Final[dict[str, Text]] = {
    "visit": Text("准备入户", "To prepare a visit"),
    "identity": Text("核对身份", "To make sure who it is"),
    "contact": Text("联系当事人", "To reach the person"),
    "hand_over": Text("准备移交", "To prepare the hand-over"),
    "other": Text("其他(请写明)", "Other (say which)"),
}


def unmask(journal: Journal, who: str, lead_id: str, *, reason: str, text: str, limit: int) -> int:
    """Record that `who` now sees the persons of a lead; returns how many are left to them today.

    Raises:
        ReviewError: no reason, or the day's limit is reached.
    """
    if reason not in REASONS or (reason == "other" and len(text.strip()) < SHORTEST_REASON):
        raise ReviewError(Text("请选择理由;选“其他”须写明", "choose a reason; “other” says which"))
    with journal.database.writing() as connection:
        used = counted(connection, who, "unmask", since=now()[:10])
        if used >= limit:
            raise ReviewError(
                Text(
                    f"今日解除遮盖已达 {limit} 次上限;如确有需要,请联系监察负责人",
                    f"the limit of {limit} unmaskings a day is reached; ask the head of inspection",
                )
            )
        append(connection, who, "unmask", why=f"{reason} {hidden(text.strip())}".strip(), subject=lead_id)
    return limit - used - 1


__all__ = ["REASONS", "unmask"]
