"""Are two persons one: who judged so, why, is it still said, and which leads does it settle?

One judgement of a pair stands at a time: who judges anew withdraws the one before in the same act. Nothing is ever
taken out; `pair_judgement` is what the acts come to, and `mingcha verify` computes it anew.

A judgement is not the outcome of a lead. It says who two persons are, of whatever lead; an outcome says what came of
one lead. `not_same`, once a second person has said it too, keeps every same_person lead of the pair from being taken
up anew, also with other content, until it is withdrawn; one name alone settles nothing. `unsure` and `same` leave the
leads open, for neither says that anything is wrong or right.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa

from casework.review.database import Database
from casework.review.journal import now
from casework.review.schema import JUDGEMENT
from casework.review.standing import SHORTEST_REASON, Act, HandledError, ReviewError
from casework.review.vocabulary import IDENTITIES, Identity
from casework.review.written import canonical, done, write
from casework.text import Text

PAIRS: Final = "pair:"  # what the acts about two persons are called: a digest, for the journal names nobody
SCHEME: Final = "same_person"
_ALL: Final = sa.select(JUDGEMENT).order_by(JUDGEMENT.c.seq)
_STANDS: Final = JUDGEMENT.c.withdrawn_seq.is_(None)
_NOT_SAME: Final[Identity] = "not_same"
_NAMES: Final = 2  # who must say so before leads are settled by it
_LARGEST: Final = 2**63 - 1  # a person_id has 64 bits


@dataclass(frozen=True, slots=True)
class Judgement:
    """What someone said of two persons; withdrawn where the last fields say so."""

    seq: int
    person_a: int
    person_b: int
    verdict: Identity
    who: str
    at: str
    why: str
    lead_id: str  # the lead before which it was said
    withdrawn_seq: int | None = None
    withdrawn_by: str | None = None
    withdrawn_at: str | None = None
    withdrawn_why: str | None = None

    @property
    def pair(self) -> tuple[int, int]:
        """The two, the smaller id first."""
        return self.person_a, self.person_b

    @property
    def stands(self) -> bool:
        """Is it still said?"""
        return self.withdrawn_seq is None


def pair_of(lead: Mapping[str, Any] | None) -> tuple[int, int] | None:
    """The two persons of a same_person lead, the smaller id first; None of any other lead."""
    if lead is None or lead.get("scheme") != SCHEME:
        return None
    related = lead.get("related") or "[]"
    others = json.loads(related) if isinstance(related, str) else related
    persons = sorted(persons_in([str(lead.get("subject")), *map(str, others)]))
    return (persons[0], persons[1]) if len(persons) == 2 else None  # noqa: PLR2004 - a pair


def persons_in(words: Iterable[str]) -> set[int]:
    """The person_ids among these words: whole numbers of 64 bits, written as a lead writes them."""
    numbers = {int(word) for word in words if word.isascii() and word.removeprefix("-").isdigit()}
    return {number for number in numbers if -_LARGEST <= number <= _LARGEST}


def last_act(said: Iterable[Judgement]) -> int:
    """The number of the last act on a pair, of what was said of it; 0 where nobody said anything."""
    return max((max(one.seq, one.withdrawn_seq or 0) for one in said), default=0)


def agreed(said: Sequence[Judgement]) -> tuple[str, ...]:
    """Who says that the two of a pair are not one, each name once, the first one first; nobody where it is not said.

    Who judges `not_same` after another has said so agrees with them; any other word in between ends that.
    """
    now = next((one for one in said if one.stands), None)
    names: list[str] = []
    while now is not None and now.verdict == _NOT_SAME:
        names.append(now.who)
        seq = now.seq
        now = next((one for one in said if one.withdrawn_seq == seq), None)
    return tuple(dict.fromkeys(reversed(names)))


def subject_of(pair: tuple[int, int]) -> str:
    """What acts and journal call the two."""
    return PAIRS + hashlib.sha256(canonical(sorted(pair)).encode()).hexdigest()


# -- writing -----------------------------------------------------------------------------------------------------------


def judge(
    database: Database,
    who: str,
    pair: tuple[int, int],
    verdict: str,
    why: str,
    *,
    key: str,
    lead_id: str = "",
    expected: int | None = None,
) -> None:
    """Say whether two persons are one. `expected`: number of the last act on the pair the reader saw, 0 for none.

    Raises:
        ReviewError: no such verdict, no reason, or not two persons.
        HandledError: someone else judged since.
    """
    one, other = sorted(pair)
    if one == other:
        raise ReviewError(Text("须是两个不同的人员编号", "it takes two persons"))
    if verdict not in IDENTITIES:
        raise ReviewError(Text("请选择判断", "choose a judgement"))
    _said(why)
    words = {"person_a": one, "person_b": other, "verdict": verdict, "text": why.strip(), "lead_id": lead_id}
    _act(database, who, "judge", words, key=key, expected=expected)


def withdraw(
    database: Database, who: str, pair: tuple[int, int], why: str, *, key: str, expected: int | None = None
) -> None:
    """Take back what is said of two persons: their leads are open again.

    Raises:
        ReviewError: nothing is said, or no reason.
        HandledError: someone else judged since.
    """
    one, other = sorted(pair)
    _said(why)
    words = {"person_a": one, "person_b": other, "text": why.strip()}
    _act(database, who, "withdraw", words, key=key, expected=expected)


def _act(database: Database, who: str, kind: str, words: Mapping[str, Any], *, key: str, expected: int | None) -> None:
    """The act, its journal entry and the rows, in one transaction."""
    pair = (words["person_a"], words["person_b"])
    with database.writing() as connection:
        if done(connection, key):
            return
        said = _of_pair(connection, pair)
        if expected is not None and expected != last_act(said):
            raise _handled(said)
        before = [one for one in said if one.stands]
        at, old = now(), before[-1].verdict if before else ""
        after(before, Act(0, at, who, kind, words))  # refused before anything is written
        why = str(words.get("verdict", ""))
        seq = write(connection, who, kind, subject_of(pair), words, key=key, why=why, old=old, at=at)
        known = {one.seq for one in before}
        for one in after(before, Act(seq, at, who, kind, words)):
            row = _row(one)
            if one.seq in known:
                connection.execute(sa.update(JUDGEMENT).where(JUDGEMENT.c.seq == one.seq).values(row))
            else:
                connection.execute(sa.insert(JUDGEMENT).values(row))


def after(said: Sequence[Judgement], act: Act) -> list[Judgement]:
    """What is said of a pair after one more act about it.

    Raises:
        ReviewError: the act may not follow.
    """
    words = act.content
    if act.kind == "withdraw" and not any(one.stands for one in said):
        raise ReviewError(Text("没有可以撤回的判断", "nothing is said that could be withdrawn"))
    back = str(words["text"]) if act.kind == "withdraw" else ""
    found = [
        replace(one, withdrawn_seq=act.seq, withdrawn_by=act.who, withdrawn_at=act.at, withdrawn_why=back)
        if one.stands
        else one
        for one in said
    ]
    if act.kind == "judge":
        told = (words["person_a"], words["person_b"], words["verdict"], act.who, act.at, words["text"])
        found.append(Judgement(act.seq, *told, str(words["lead_id"])))
    return found


def _said(why: str) -> None:
    if len(why.strip()) < SHORTEST_REASON:
        raise ReviewError(
            Text(f"请写明理由(至少 {SHORTEST_REASON} 个字)", f"say why (at least {SHORTEST_REASON} signs)")
        )


def _handled(said: Sequence[Judgement]) -> HandledError:
    last = max(said, key=lambda one: max(one.seq, one.withdrawn_seq or 0))
    who, at = (last.who, last.at) if last.stands else (last.withdrawn_by, str(last.withdrawn_at))
    when = at[:16].replace("T", " ")
    return HandledError(
        Text(
            f"已被处理:{who} 于 {when} 改动了对这两人的判断。您填写的内容仍在,请看过最新情况后再提交。",
            f"already handled: {who} changed what is said of these two on {when}. What you wrote is still here;"
            " look at it, then submit again.",
        )
    )


# -- reading -----------------------------------------------------------------------------------------------------------


def about(database: Database, persons: Collection[int]) -> list[Judgement]:
    """Everything ever said of two of these persons, the first one first."""
    asked = sorted(one for one in persons if -_LARGEST <= one <= _LARGEST)
    among = [JUDGEMENT.c[name].in_(asked) for name in ("person_a", "person_b")]
    with database.reading() as connection:
        return [_judgement(row) for row in connection.execute(_ALL.where(*among))]


def settled(database: Database) -> frozenset[tuple[int, int]]:
    """The pairs of whom two people say that they are not one."""
    return frozenset(pair for pair, names in apart(database).items() if len(names) >= _NAMES)


def apart(database: Database) -> dict[tuple[int, int], tuple[str, ...]]:
    """Each pair of whom it is said that they are not one, and who says so; one name alone settles nothing."""
    with database.reading() as connection:
        rows = [_judgement(row) for row in connection.execute(_ALL)]
    of_pairs: dict[tuple[int, int], list[Judgement]] = {}
    for one in rows:
        of_pairs.setdefault(one.pair, []).append(one)
    return {pair: names for pair, said in of_pairs.items() if (names := agreed(said))}


def not_the_same(connection: sa.Connection, lead: Mapping[str, Any] | None) -> bool:
    """Is the lead about two persons of whom two people say that they are not one?"""
    pair = pair_of(lead)
    return pair is not None and len(agreed(_of_pair(connection, pair))) >= _NAMES


def refuse_settled(connection: sa.Connection, lead: Mapping[str, Any] | None) -> None:
    """Let nobody take up anew what is settled.

    Raises:
        ReviewError: the two are not one, as two people have said.
    """
    if not_the_same(connection, lead):
        raise ReviewError(
            Text(
                "这两人已由两人判断为不是同一人,线索不再重开;如有异议,请先在并列比对中撤回判断",
                "two people judged that these two are not one, and the lead is not opened anew; if you disagree,"
                " withdraw the judgement in the comparison first",
            )
        )


def changed_judgements(connection: sa.Connection, acts: Iterable[Sequence[Act]]) -> list[Text]:
    """Is every judgement what its acts come to? `acts`: those of each pair, in their order."""
    there = {row.seq: _judgement(row) for row in connection.execute(_ALL)}
    told: dict[int, Judgement] = {}
    unreadable: list[Text] = []
    for of_pair in acts:
        said: list[Judgement] = []
        try:
            for act in of_pair:
                said = after(said, act)
        except (ReviewError, KeyError, TypeError, ValueError):  # no such act could have been written
            first = of_pair[0].seq
            unreadable.append(
                Text(
                    f"从第 {first} 条起对两人的判断不成次序或内容残缺",
                    f"the acts on two persons from number {first} on do not follow one another or lack words",
                )
            )
        told |= {one.seq: one for one in said}
    return unreadable + [
        Text(f"第 {seq} 条判断(是否同一人)被改动", f"judgement {seq} on two persons has been changed")
        for seq in sorted(there.keys() | told.keys())
        if there.get(seq) != told.get(seq)
    ]


def _of_pair(connection: sa.Connection, pair: tuple[int, int]) -> list[Judgement]:
    mine = _ALL.where(JUDGEMENT.c.person_a == pair[0], JUDGEMENT.c.person_b == pair[1])
    return [_judgement(row) for row in connection.execute(mine)]


def _judgement(row: sa.Row[Any]) -> Judgement:
    return Judgement(*tuple(row))


def _row(one: Judgement) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Judgement.__slots__}


__all__ = [
    "PAIRS",
    "SCHEME",
    "Judgement",
    "about",
    "after",
    "agreed",
    "apart",
    "changed_judgements",
    "judge",
    "last_act",
    "not_the_same",
    "pair_of",
    "persons_in",
    "refuse_settled",
    "settled",
    "subject_of",
    "withdraw",
]
