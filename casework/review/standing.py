"""How does a lead stand after each act, and which acts may follow?

A pure function of the acts in their order: what is stored beside them can always be computed anew. Nothing here knows
a database or a clock; the day of an act comes with it.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Literal

from casework.errors import CaseworkError
from casework.review.vocabulary import (
    ACTIONS,
    ATTACHED,
    CONFIRMED,
    FITTING,
    OF_CASES,
    OF_CONDUCT,
    STATED,
    STEPS,
    Outcome,
    State,
)
from casework.text import Text

LONGEST_SNOOZE: Final = 180  # days (safeguards, idea 4)
SHORTEST_REASON: Final = 4  # signs that say something
_OPEN: Final = frozenset({"new", "assigned", "verifying"})
_LOOKS: Final = frozenset({"take", "assign", "record", "decide"})
_ALWAYS: Final = frozenset({"re_admit", "rectify"})  # what puts an earlier action right


class ReviewError(CaseworkError):
    """An act that may not follow; the message says why and what to do first."""


class HandledError(ReviewError):
    """Someone else acted on the lead since the reader looked at it."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what about a lead, when, with which words. `content` is JSON."""

    seq: int
    at: str  # ISO moment, Asia/Shanghai
    who: str
    kind: str
    content: Mapping[str, Any]

    @property
    def day(self) -> date:
        """The day it was done."""
        return date.fromisoformat(self.at[:10])


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one lead stands."""

    lead_id: str
    version: int = 0
    state: State = "new"
    outcome: Outcome | None = None
    assignee: str | None = None
    pending: Literal["close", "reopen"] | None = None
    snoozed_until: str | None = None
    scheme: str = ""
    conduct: bool = False  # of an official's conduct
    by_hand: bool = False
    digest: str = ""  # content_digest of the lead as it was last taken up or decided
    returned: int = 0  # how often it came back with changed content
    visits: int = 0
    all_visits: int = 0  # over every round
    past: tuple[tuple[str, str], ...] = ()  # outcome and moment of rounds before the content changed
    snoozed_from: str = ""  # the day of the first of several snoozes in a row
    documents: int = 0
    stated: str = ""  # given, refused, not_reached
    decided_by: str = ""
    decided_at: str = ""
    reason: str = ""
    asked_by: str = ""  # for the second name
    before: tuple[State, str | None] | None = None  # how it stood before the last assignment, while that can be undone
    assigned_by: str = ""
    last_who: str = ""
    last_kind: str = ""
    last_at: str = ""

    @property
    def reviewed(self) -> bool:
        """Has anyone looked into it: a visit, a paper, a statement or a decision?"""
        return bool(self.visits or self.documents or self.stated or self.decided_by)


def after(standing: Standing, act: Act) -> Standing:
    """How the lead stands after one more act.

    Raises:
        ReviewError: the act may not follow.
    """
    step = _STEPS.get(act.kind)
    if step is None:
        raise ReviewError(Text(f"没有“{act.kind}”这种操作", f"there is no act “{act.kind}”"))
    changed = step(_taken_up(standing, act), act)
    return replace(changed, version=standing.version + 1, last_who=act.who, last_kind=act.kind, last_at=act.at)


def _taken_up(standing: Standing, act: Act) -> Standing:
    """What the first act says of the lead; and a closed lead whose content has changed begins anew."""
    lead = act.content.get("lead")
    if lead is None:
        return standing
    known = replace(
        standing,
        scheme=str(lead.get("scheme", standing.scheme)),
        conduct=bool(lead.get("conduct", standing.conduct)),
    )
    if act.kind in _LOOKS or not standing.version:  # the content that somebody took up or decided, no later one
        known = replace(known, digest=str(lead.get("content_digest", standing.digest)))
    if act.kind in {"take", "assign"} and has_returned(standing, known.digest):
        past = (*standing.past, (standing.outcome or "", standing.decided_at))
        return Standing(
            standing.lead_id,
            standing.version,
            scheme=known.scheme,
            conduct=known.conduct,
            by_hand=standing.by_hand,
            digest=known.digest,
            returned=standing.returned + 1,
            all_visits=standing.all_visits,
            past=past,
        )
    return known


def has_returned(standing: Standing, digest: str) -> bool:
    """Was the lead closed, and does it now say something else than it did then?"""
    return standing.state == "closed" and standing.pending is None and bool(digest) and digest != standing.digest


# -- who works on it ---------------------------------------------------------------------------------------------------


def _record(standing: Standing, act: Act) -> Standing:
    if standing.version:
        raise ReviewError(Text("该编号的线索已登记", "a lead of this number is already recorded"))
    _said(act.content.get("text"), Text("请写明线索内容", "say what the lead is about"))
    return replace(standing, by_hand=True)


def _take(standing: Standing, act: Act) -> Standing:
    if standing.assignee == act.who:
        raise ReviewError(Text("该线索已由您领取", "you have already taken this lead"))
    _unowned(standing)
    return _given(standing, act, act.who)


def _assign(standing: Standing, act: Act) -> Standing:
    to = str(act.content.get("to") or "")
    if not to:
        raise ReviewError(Text("请选择分派给谁", "choose whom to assign it to"))
    _not_closed(standing)
    if standing.assignee == to:
        raise ReviewError(Text(f"该线索已在 {to} 名下", f"the lead is already with {to}"))
    return _given(standing, act, to)


def _given(standing: Standing, act: Act, to: str) -> Standing:
    state: State = "assigned" if standing.state in {"new", "assigned"} else standing.state
    return replace(
        standing,
        state=state,
        assignee=to,
        before=(standing.state, standing.assignee),
        assigned_by=act.who,
        snoozed_until=None,
        snoozed_from="",
    )


def _undo(standing: Standing, act: Act) -> Standing:
    if standing.before is None or standing.last_kind not in {"take", "assign"}:
        raise ReviewError(
            Text("只能撤销最近一次、其后尚无操作的分派", "only an assignment that nothing has followed can be undone")
        )
    if act.who not in {standing.assigned_by, standing.assignee}:
        raise ReviewError(
            Text(f"该分派由 {standing.assigned_by} 作出,请由其撤销", f"{standing.assigned_by} made it and may undo it")
        )
    state, assignee = standing.before
    return replace(standing, state=state, assignee=assignee, before=None, assigned_by="")


def _release(standing: Standing, act: Act) -> Standing:
    _own(standing, act)
    _not_closed(standing)
    state: State = "new" if standing.state == "assigned" else standing.state
    return replace(
        standing, state=state, assignee=None, before=None, assigned_by="", snoozed_until=None, snoozed_from=""
    )


# -- looking into it ---------------------------------------------------------------------------------------------------


def _verifying(standing: Standing, act: Act) -> Standing:
    """Work on the lead: whoever works on one that nobody has takes it."""
    _not_closed(standing)
    _nothing_pending(standing)
    if standing.assignee is None:
        standing = replace(standing, assignee=act.who)
    _own(standing, act)
    state: State = "verifying" if standing.state in _OPEN else standing.state
    return replace(standing, state=state, before=None)


def _plan(standing: Standing, act: Act) -> Standing:
    _known(act.content.get("step"), STEPS, Text("请选择下一步", "choose the next step"))
    return _verifying(standing, act)


def _visit(standing: Standing, act: Act) -> Standing:
    _past(act, "on")
    _said(act.content.get("text"), Text("请写明看到了什么", "say what was seen"))
    worked = _verifying(standing, act)
    return replace(worked, visits=worked.visits + 1, all_visits=worked.all_visits + 1)


def _document(standing: Standing, act: Act) -> Standing:
    _past(act, "on")
    _said(act.content.get("text"), Text("请写明是什么资料、载明什么", "say which paper it is and what it says"))
    worked = _verifying(standing, act)
    return replace(worked, documents=worked.documents + 1)


def _statement(standing: Standing, act: Act) -> Standing:
    how = str(act.content.get("how") or "")
    _known(how, STATED, Text("请选择本人是否陈述", "say whether the person gave a statement"))
    _past(act, "on")
    if how == "given":
        _said(act.content.get("text"), Text("请写下本人的陈述", "write down what the person stated"))
    return replace(_verifying(standing, act), stated=how)


def _attach(standing: Standing, act: Act) -> Standing:
    _known(act.content.get("what"), ATTACHED, Text("请选择附件种类", "choose what the attachment is"))
    return _verifying(standing, act)


def _snooze(standing: Standing, act: Act) -> Standing:
    _not_closed(standing)
    _nothing_pending(standing)
    _own(standing, act)
    if not standing.reviewed:
        raise ReviewError(
            Text(
                "尚未核实的线索不能暂缓;请先记录入户、资料或陈述",
                "a lead nobody has looked into cannot be put off; record a visit, a paper or a statement first",
            )
        )
    _said(act.content.get("text"), Text("请写明暂缓原因", "say why it is put off"))
    until, since = _day(act.content.get("until")), _day(standing.snoozed_from) or act.day
    if until is None or not act.day < until <= since + timedelta(days=LONGEST_SNOOZE):
        raise ReviewError(
            Text(
                f"暂缓须到明天至 {LONGEST_SNOOZE} 天之内的某日,接连暂缓合计也不能超过",
                f"put it off to a day from tomorrow up to {LONGEST_SNOOZE} days after it was first put off",
            )
        )
    return replace(standing, snoozed_until=until.isoformat(), snoozed_from=since.isoformat(), before=None)


def _wake(standing: Standing, act: Act) -> Standing:
    _own(standing, act)
    if standing.snoozed_until is None:
        raise ReviewError(Text("该线索没有暂缓", "the lead is not put off"))
    return replace(standing, snoozed_until=None)


# -- deciding ----------------------------------------------------------------------------------------------------------


def _decide(standing: Standing, act: Act) -> Standing:
    worked = _verifying(standing, act)
    outcome, reason = act.content.get("outcome"), act.content.get("reason")
    if outcome not in (OF_CONDUCT if worked.conduct else OF_CASES):
        raise ReviewError(Text("请选择结论", "choose an outcome"))
    if reason not in FITTING[outcome]:
        raise ReviewError(Text("请选择与结论相符的理由", "choose a reason that fits the outcome"))
    _said(act.content.get("text"), Text("请写明理由", "say why in your own words"))
    if outcome in CONFIRMED:
        _heard(worked)
    return replace(
        worked,
        state="decided",
        outcome=outcome,
        reason=str(reason),
        decided_by=act.who,
        decided_at=act.at,
        snoozed_until=None,
        snoozed_from="",
    )


def _heard(standing: Standing) -> None:
    """Nobody is found at fault unseen and unheard (safeguards R19)."""
    if not standing.visits and not standing.documents:
        raise ReviewError(
            Text("认定属实前须先记录入户或资料", "record a visit or a paper before anything is confirmed")
        )
    if not standing.stated:
        raise ReviewError(
            Text(
                "认定属实前须先记录本人陈述(或拒绝、未能联系到)",
                "record the person's own statement (or refused, not reached) before anything is confirmed",
            )
        )


def _action(standing: Standing, act: Act) -> Standing:
    if standing.state not in {"decided", "acted"}:
        raise ReviewError(Text("先有结论,才能记录处理", "an action is recorded after an outcome"))
    _known(act.content.get("action"), ACTIONS, Text("请选择处理方式", "choose what was done"))
    if standing.outcome in {"unfounded", "inconclusive"} and act.content["action"] not in _ALWAYS:
        raise ReviewError(Text("该结论之下没有处理可记", "this outcome has no action to record"))
    _past(act, "on")
    _said(act.content.get("office"), Text("请写明由哪个机关处理", "name the office that did it"), shortest=2)
    amount = act.content.get("amount_fen")
    if amount is not None and (not isinstance(amount, int) or amount < 0):
        raise ReviewError(Text("金额应为不小于 0 的数", "the amount is a number not below 0"))
    if amount is None and act.content["action"] in {"adjust", "recover"}:
        raise ReviewError(Text("请填写金额", "give the amount"))
    return replace(_verifying(standing, act), state="acted")


def _ask_close(standing: Standing, act: Act) -> Standing:
    if standing.state not in {"decided", "acted"}:
        raise ReviewError(Text("先有结论,才能申请办结", "a lead is closed after an outcome"))
    _nothing_pending(standing)
    _own(standing, act)
    if standing.outcome in CONFIRMED and standing.state != "acted":
        raise ReviewError(
            Text(
                "属实的线索,先记录主管机关的处理或移交",
                "of a confirmed lead record what the office did, or the hand-over",
            )
        )
    return replace(standing, pending="close", asked_by=act.who, before=None)


def _close(standing: Standing, act: Act) -> Standing:
    _second(standing, act, "close")
    if (act.content.get("lead") or {}).get("content_digest", standing.digest) != standing.digest:
        raise ReviewError(
            Text(
                "线索内容在作出结论之后有变,请退回,由办理人按新内容重新作出结论",
                "the lead says something else than when it was decided; decline it, to be decided anew",
            )
        )
    return replace(standing, state="closed", pending=None, asked_by="", snoozed_until=None)


def _ask_reopen(standing: Standing, act: Act) -> Standing:
    if standing.state != "closed":
        raise ReviewError(Text("该线索尚未办结", "the lead is not closed"))
    _nothing_pending(standing)
    _said(act.content.get("text"), Text("请写明重开理由", "say why it should be reopened"))
    return replace(standing, pending="reopen", asked_by=act.who)


def _reopen(standing: Standing, act: Act) -> Standing:
    _second(standing, act, "reopen")
    return replace(
        standing,
        state="verifying",
        outcome=None,
        reason="",
        assignee=None,
        pending=None,
        asked_by="",
        decided_by="",
        decided_at="",
    )


def _decline(standing: Standing, act: Act) -> Standing:
    if standing.pending is None:
        raise ReviewError(Text("没有待复核的申请", "nothing waits for a second person"))
    _said(act.content.get("text"), Text("请写明退回理由", "say why it is declined"))
    return replace(standing, pending=None, asked_by="")


# -- what every act asks -----------------------------------------------------------------------------------------------


def _own(standing: Standing, act: Act) -> None:
    if standing.assignee is not None and standing.assignee != act.who:
        raise ReviewError(
            Text(
                f"该线索由 {standing.assignee} 办理;如需接办,请先转派",
                f"{standing.assignee} works on this lead; have it reassigned first",
            )
        )


def _unowned(standing: Standing) -> None:
    _not_closed(standing)
    if standing.assignee is not None:
        raise HandledError(
            Text(f"已被处理:{standing.assignee} 已领取", f"already handled: {standing.assignee} has taken it")
        )


def _not_closed(standing: Standing) -> None:
    if standing.state == "closed":
        raise ReviewError(
            Text("该线索已办结;如需再查,请申请重开", "the lead is closed; ask for it to be reopened first")
        )


def _nothing_pending(standing: Standing) -> None:
    if standing.pending is not None:
        raise ReviewError(Text("已在等待复核", "it already waits for a second person"))


def _second(standing: Standing, act: Act, what: Literal["close", "reopen"]) -> None:
    """Four eyes: neither who asked nor who decided may be the second name."""
    if standing.pending != what:
        raise ReviewError(Text("没有待复核的申请", "nothing of the kind waits for a second person"))
    if _alike(act.who) in {_alike(standing.asked_by), _alike(standing.decided_by)}:
        raise ReviewError(
            Text(
                "须由另一人复核;您是申请人或作出结论的人", "a second person must do it; you asked for it or decided it"
            )
        )


def _alike(name: str) -> str:
    """A name as the eye reads it: width, capitals and spaces make no second person."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _known(word: object, words: Mapping[Any, Text], otherwise: Text) -> None:
    if word not in words:
        raise ReviewError(otherwise)


def _said(words: object, otherwise: Text, *, shortest: int = SHORTEST_REASON) -> None:
    if not isinstance(words, str) or len(words.strip()) < shortest:
        raise ReviewError(Text(f"{otherwise.zh}(至少 {shortest} 个字)", f"{otherwise.en} (at least {shortest} signs)"))


def _past(act: Act, name: str) -> None:
    on = _day(act.content.get(name))
    if on is None:
        raise ReviewError(Text("请填写日期", "give the day"))
    if on > act.day:
        raise ReviewError(Text("日期不能晚于今天", "the day cannot lie ahead"))


def _day(word: object) -> date | None:
    try:
        return date.fromisoformat(str(word))
    except ValueError:
        return None


_STEPS: Final[dict[str, Callable[[Standing, Act], Standing]]] = {
    "record": _record,
    "take": _take,
    "assign": _assign,
    "undo": _undo,
    "release": _release,
    "plan": _plan,
    "visit": _visit,
    "document": _document,
    "statement": _statement,
    "attach": _attach,
    "snooze": _snooze,
    "wake": _wake,
    "decide": _decide,
    "action": _action,
    "ask_close": _ask_close,
    "close": _close,
    "ask_reopen": _ask_reopen,
    "reopen": _reopen,
    "decline": _decline,
}

__all__ = [
    "LONGEST_SNOOZE",
    "SHORTEST_REASON",
    "Act",
    "HandledError",
    "ReviewError",
    "Standing",
    "after",
    "has_returned",
]
