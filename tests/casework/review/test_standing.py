"""Which acts may follow which, and what does a lead come to?"""

from datetime import date
from typing import Any

import pytest

from casework.review.standing import Act, HandledError, ReviewError, Standing, after, has_returned
from casework.review.vocabulary import FITTING, OF_CASES, OF_CONDUCT

CASE = {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}
CONDUCT = {"scheme": "kin_unfiled", "content_digest": "d1", "conduct": True}
VISIT = {"on": "2024-12-30", "text": "家中无人居住"}
PAPER = {"on": "2024-12-30", "text": "死亡证明一份"}
GIVEN = {"how": "given", "on": "2024-12-30", "text": "家属说已报过"}
REFUSED = {"how": "refused", "on": "2024-12-30"}
UNFOUNDED = {"outcome": "unfounded", "reason": "innocent", "text": "补发以前月份"}
CONFIRMED = {"outcome": "confirmed", "reason": "facts_agree", "text": "三个月仍在发放"}


def led(*acts: tuple[str, str, dict[str, Any]], on: str = "2024-12-31") -> Standing:
    """A lead after these acts of (who, kind, content); the first one tells what lead it is."""
    stands = Standing("L1")
    for number, (who, kind, content) in enumerate(acts, start=1):
        lead = {"lead": CASE} if number == 1 and "lead" not in content else {}
        stands = after(stands, Act(number, f"{on}T09:00:00+08:00", who, kind, {**lead, **content}))
    return stands


DECIDED = (("甲", "take", {}), ("甲", "decide", UNFOUNDED))
CLOSED = (*DECIDED, ("甲", "ask_close", {}), ("乙", "close", {}))


def test_the_outcome_starts_unset() -> None:
    assert Standing("L1").outcome is None
    assert led(("甲", "take", {})).outcome is None


def test_a_lead_goes_from_new_to_closed() -> None:
    states = [led(*acts).state for acts in (CLOSED[:1], CLOSED[:2], CLOSED[:3], CLOSED)]
    assert states == ["assigned", "decided", "decided", "closed"]
    assert led(*CLOSED[:3]).pending == "close"
    assert led(*CLOSED).version == 4


def test_a_lead_that_someone_has_cannot_be_taken() -> None:
    with pytest.raises(HandledError, match="已被处理"):
        led(("甲", "take", {}), ("乙", "take", {}))


def test_only_who_has_the_lead_works_on_it() -> None:
    with pytest.raises(ReviewError, match="由 甲 办理"):
        led(("甲", "take", {}), ("乙", "visit", VISIT))


def test_work_on_a_lead_that_nobody_has_takes_it() -> None:
    stands = led(("甲", "visit", VISIT))
    assert (stands.assignee, stands.state, stands.visits) == ("甲", "verifying", 1)


def test_an_assignment_can_be_undone_until_something_follows() -> None:
    given = (("甲", "take", {}), ("丙", "assign", {"to": "乙"}))
    assert led(*given).assignee == "乙"
    assert led(*given, ("丙", "undo", {})).assignee == "甲"
    assert led(("丙", "assign", {"to": "乙"}), ("丙", "undo", {})).state == "new"
    with pytest.raises(ReviewError, match="只能撤销"):
        led(*given, ("乙", "visit", VISIT), ("丙", "undo", {}))
    with pytest.raises(ReviewError, match="由 丙 作出"):
        led(*given, ("丁", "undo", {}))


def test_what_is_put_back_may_be_taken_again() -> None:
    stands = led(("甲", "take", {}), ("甲", "release", {}), ("乙", "take", {}))
    assert (stands.state, stands.assignee) == ("assigned", "乙")


@pytest.mark.parametrize(
    ("before", "missing"),
    [
        ([], "先记录入户或资料"),
        ([("visit", VISIT)], "先记录本人陈述"),
        ([("document", PAPER)], "先记录本人陈述"),
        ([("statement", GIVEN)], "先记录入户或资料"),
        ([("visit", VISIT), ("statement", GIVEN)], ""),
        ([("document", PAPER), ("statement", REFUSED)], ""),
    ],
)
def test_nothing_is_confirmed_unseen_and_unheard(before: list[tuple[str, dict[str, Any]]], missing: str) -> None:
    acts = [("甲", "take", {}), *(("甲", kind, content) for kind, content in before), ("甲", "decide", CONFIRMED)]
    if missing:
        with pytest.raises(ReviewError, match=missing):
            led(*acts)
    else:
        assert led(*acts).outcome == "confirmed"


@pytest.mark.parametrize(("lead", "allowed"), [(CASE, OF_CASES), (CONDUCT, OF_CONDUCT)])
def test_households_and_conduct_have_their_own_outcomes(lead: dict[str, Any], allowed: tuple[str, ...]) -> None:
    for outcome in {*OF_CASES, *OF_CONDUCT}:
        acts = (
            ("甲", "take", {"lead": lead}),
            ("甲", "visit", VISIT),
            ("甲", "statement", GIVEN),
            ("甲", "decide", {"outcome": outcome, "reason": FITTING[outcome][0], "text": "已经核实"}),
        )
        if outcome in allowed:
            assert led(*acts).outcome == outcome
        else:
            with pytest.raises(ReviewError, match="请选择结论"):
                led(*acts)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "请选择结论"),
        ({"outcome": "unfounded"}, "请选择与结论相符的理由"),
        ({"outcome": "unfounded", "reason": "facts_agree", "text": "说明文字"}, "请选择与结论相符的理由"),
        ({"outcome": "unfounded", "reason": "innocent"}, "请写明理由"),
        ({"outcome": "unfounded", "reason": "innocent", "text": " 三个字 "}, "至少 4 个字"),
    ],
)
def test_a_reason_is_always_required(content: dict[str, Any], said: str) -> None:
    with pytest.raises(ReviewError, match=said):
        led(("甲", "take", {}), ("甲", "decide", content))


def test_a_lead_is_put_off_only_once_someone_looked_into_it_and_not_for_ever() -> None:
    def until(day: str, *before: tuple[str, str, dict[str, Any]]) -> Standing:
        return led(("甲", "take", {}), *before, ("甲", "snooze", {"until": day, "text": "等待回函"}))

    looked = ("甲", "visit", VISIT)
    with pytest.raises(ReviewError, match="尚未核实的线索不能暂缓"):
        until("2025-01-31")
    assert until("2025-01-01", looked).snoozed_until == "2025-01-01"
    assert until("2025-06-29", looked).snoozed_until == "2025-06-29"  # 180 days
    for day in ("2024-12-31", "2025-06-30", "下周"):
        with pytest.raises(ReviewError, match="180 天之内"):
            until(day, looked)


def test_closing_waits_for_a_second_name() -> None:
    asked = CLOSED[:3]
    with pytest.raises(ReviewError, match="须由另一人复核"):
        led(*asked, ("甲", "close", {}))
    with pytest.raises(ReviewError, match="没有待复核的申请"):
        led(*DECIDED, ("乙", "close", {}))
    declined = led(*asked, ("乙", "decline", {"text": "请补照片"}))
    assert (declined.state, declined.pending) == ("decided", None)


def test_who_decided_is_not_the_second_name_though_another_asked() -> None:
    acts = (*DECIDED, ("丙", "assign", {"to": "丁"}), ("丁", "ask_close", {}))
    with pytest.raises(ReviewError, match="须由另一人复核"):
        led(*acts, ("甲", "close", {}))
    assert led(*acts, ("乙", "close", {})).state == "closed"


def test_reopening_waits_for_a_second_name_and_unsets_the_outcome() -> None:
    asked = (*CLOSED, ("乙", "ask_reopen", {"text": "有新的举报"}))
    with pytest.raises(ReviewError, match="须由另一人复核"):
        led(*asked, ("乙", "reopen", {}))
    opened = led(*asked, ("丙", "reopen", {}))
    assert (opened.state, opened.outcome, opened.assignee) == ("verifying", None, None)
    assert led(*asked, ("丙", "decline", {"text": "理由不足"})).state == "closed"


def test_a_closed_lead_returns_only_with_other_content() -> None:
    closed = led(*CLOSED)
    assert not has_returned(closed, "d1")
    assert has_returned(closed, "d2")
    with pytest.raises(ReviewError, match="已办结"):
        led(*CLOSED, ("乙", "take", {"lead": CASE}))
    again = led(*CLOSED, ("乙", "take", {"lead": {**CASE, "content_digest": "d2"}}))
    assert (again.state, again.outcome, again.returned, again.digest) == ("assigned", None, 1, "d2")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"action": "recover", "on": "2024-12-31", "office": "镇民政办"}, "请填写金额"),
        ({"action": "recover", "on": "2025-01-01", "office": "镇民政办", "amount_fen": 1}, "不能晚于今天"),
        ({"action": "fine", "on": "2024-12-31", "office": "镇民政办"}, "请选择处理方式"),
        ({"action": "stop", "on": "2024-12-31", "office": ""}, "由哪个机关处理"),
        ({"action": "recover", "on": "2024-12-31", "office": "镇民政办", "amount_fen": 0}, ""),
        ({"action": "stop", "on": "2024-12-31", "office": "镇民政办"}, ""),
    ],
)
def test_an_action_tells_what_which_office_when_and_how_much(content: dict[str, Any], said: str) -> None:
    heard = (("甲", "take", {}), ("甲", "visit", VISIT), ("甲", "statement", GIVEN), ("甲", "decide", CONFIRMED))
    if said:
        with pytest.raises(ReviewError, match=said):
            led(*heard, ("甲", "action", content))
    else:
        assert led(*heard, ("甲", "action", content)).state == "acted"


def test_an_unfounded_lead_has_no_action() -> None:
    with pytest.raises(ReviewError, match="没有处理可记"):
        led(*DECIDED, ("甲", "action", {"action": "stop", "on": "2024-12-31", "office": "镇民政办"}))


def test_nothing_happens_to_a_closed_lead() -> None:
    for kind, content in (("visit", VISIT), ("decide", UNFOUNDED), ("assign", {"to": "丙"}), ("release", {})):
        with pytest.raises(ReviewError):
            led(*CLOSED, ("甲", kind, content))


def test_the_day_of_an_act_is_its_own() -> None:
    assert Act(1, "2024-12-31T23:59:59+08:00", "甲", "take", {}).day == date(2024, 12, 31)


CONFIRMED_BY_A = (("甲", "take", {}), ("甲", "visit", VISIT), ("甲", "statement", GIVEN), ("甲", "decide", CONFIRMED))
STOPPED = {"action": "stop", "on": "2024-12-31", "office": "镇民政办"}


def test_a_confirmed_lead_is_closed_only_after_the_office_did_something() -> None:
    with pytest.raises(ReviewError, match="先记录主管机关的处理"):
        led(*CONFIRMED_BY_A, ("甲", "ask_close", {}))
    assert led(*CONFIRMED_BY_A, ("甲", "action", STOPPED), ("甲", "ask_close", {})).pending == "close"


def test_what_was_wrongly_done_can_be_put_right_after_the_outcome_changed() -> None:
    acts = (*CONFIRMED_BY_A, ("甲", "action", STOPPED), ("甲", "decide", UNFOUNDED))
    again = {"action": "re_admit", "on": "2024-12-31", "office": "镇民政办"}
    assert led(*acts, ("甲", "action", again)).state == "acted"


def test_a_second_person_does_not_close_what_now_says_something_else() -> None:
    other = {"lead": {**CASE, "content_digest": "d2"}}
    with pytest.raises(ReviewError, match="内容在作出结论之后有变"):
        led(*CLOSED[:3], ("乙", "close", other))
    declined = led(*CLOSED[:3], ("乙", "decline", {**other, "text": "内容有变"}))
    assert declined.digest == "d1"
    anew = led(*CLOSED[:3], ("乙", "decline", {**other, "text": "内容有变"}), ("甲", "decide", {**UNFOUNDED, **other}))
    assert anew.digest == "d2"


def test_asking_to_reopen_does_not_hide_that_the_content_changed() -> None:
    other = {"lead": {**CASE, "content_digest": "d2"}}
    acts = (
        *CLOSED,
        ("乙", "ask_reopen", {**other, "text": "有新的举报"}),
        ("丙", "decline", {**other, "text": "理由不足"}),
    )
    assert has_returned(led(*acts), "d2")


@pytest.mark.parametrize("second", ["wang", "Ｗａｎｇ", " Wang "])
def test_a_name_written_otherwise_is_no_second_person(second: str) -> None:
    acts = (("Wang", "take", {}), ("Wang", "decide", UNFOUNDED), ("Wang", "ask_close", {}))
    with pytest.raises(ReviewError, match="须由另一人复核"):
        led(*acts, (second, "close", {}))
    assert led(*acts, ("Wang B", "close", {})).state == "closed"


def test_snoozes_in_a_row_end_after_as_long_as_one_may_last() -> None:
    def again(day: str) -> Standing:
        looked = (("甲", "visit", VISIT), ("甲", "snooze", {"until": "2025-03-01", "text": "等待回函"}))
        first = led(*looked, on="2024-12-31")
        return after(first, Act(9, "2025-03-02T09:00:00+08:00", "甲", "snooze", {"until": day, "text": "仍在等待"}))

    assert again("2025-06-29").snoozed_until == "2025-06-29"  # 180 days after the first
    with pytest.raises(ReviewError, match="接连暂缓"):
        again("2025-06-30")


def test_a_lead_put_off_and_given_to_another_is_in_sight_again() -> None:
    acts = (("甲", "visit", VISIT), ("甲", "snooze", {"until": "2025-03-01", "text": "等待回函"}))
    assert led(*acts, ("丙", "assign", {"to": "乙"})).snoozed_until is None
    assert led(*acts, ("甲", "release", {})).snoozed_until is None


def test_while_closing_waits_nothing_else_is_done() -> None:
    for kind, content in (
        ("visit", VISIT),
        ("snooze", {"until": "2025-01-31", "text": "等待回函"}),
        ("decide", UNFOUNDED),
    ):
        with pytest.raises(ReviewError, match="已在等待复核"):
            led(*CLOSED[:3], ("甲", kind, content))


def test_a_lead_that_came_back_keeps_its_earlier_outcome() -> None:
    again = led(*CLOSED, ("乙", "take", {"lead": {**CASE, "content_digest": "d2"}}))
    assert again.past == (("unfounded", "2024-12-31T09:00:00+08:00"),)
