"""Who did what about which lead, and how does it stand now?

Each act is one row of a table that only grows, written in the same transaction as its journal entry, whose `new` is the
act's digest: a changed, exchanged or missing act shows. `standing` is what the acts come to; it is kept so that a queue
need not replay them, and `problems` computes it anew.

Two readers who act on one lead at once: the one who comes second holds an old version and is told 已被处理; what they
wrote stays with them. An act asked for twice under one key is done once.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa

from casework.review.database import Database
from casework.review.identity import PAIRS, changed_judgements, not_the_same, refuse_settled
from casework.review.journal import IN_PARTS, Journal, now
from casework.review.schema import ACT, JOURNAL, READER, STANDING
from casework.review.scope import Role
from casework.review.standing import SHORTEST_REASON, Act, HandledError, ReviewError, Standing, after, has_returned
from casework.review.vocabulary import KINDS
from casework.review.written import act_digest, canonical, done, write
from casework.text import Text

READERS: Final = "reader:"  # what the acts about people and schemes are called
SCHEMES: Final = "scheme:"
_AT_ONCE: Final = 500  # subjects asked for in one statement
_COLUMNS: Final = ("lead_id", "version", "state", "outcome", "assignee", "pending", "snoozed_until")
_REST: Final = {field.name: field.default for field in fields(Standing) if field.name not in _COLUMNS}
_STANDING: Final = [STANDING.c[name] for name in (*_COLUMNS, "content")]
# built once: an act holds the only writer's place, and building its statements would take half of its time
_OF_LEAD: Final = sa.select(*_STANDING).where(STANDING.c.lead_id == sa.bindparam("id"))
_NEW_STANDING: Final = sa.insert(STANDING)
_NEXT_STANDING: Final = (
    sa.update(STANDING)
    .where(STANDING.c.lead_id == sa.bindparam("id"))
    .values({column.name: sa.bindparam(f"next_{column.name}") for column in STANDING.c})
)
_LAST: Final = sa.select(sa.func.coalesce(sa.func.max(ACT.c.seq), 0))


class Review:
    """What people did about the leads of one workspace."""

    def __init__(self, journal: Journal) -> None:
        """The review that lies in the journal's database."""
        self.journal = journal
        self._known: tuple[int, dict[str, Standing]] = (0, {})  # how every lead stood after an act of this number

    @property
    def database(self) -> Database:
        """Where it lies."""
        return self.journal.database

    # -- writing -----------------------------------------------------------------------------------------------------

    def act(
        self,
        who: str,
        kind: str,
        lead_id: str,
        content: Mapping[str, Any],
        *,
        key: str,
        expected: int | None = None,
    ) -> Standing:
        """Do one thing about one lead.

        `expected`: the version the reader saw; another one raises HandledError. `key`: made once by who asks; asked
        again under the same key it is not done again.

        Raises:
            ReviewError: it may not follow what was done before.
            HandledError: someone else acted since.
        """
        with self.database.writing() as connection:
            if done(connection, key):
                return _standing(connection, lead_id)
            return _do(connection, who, kind, lead_id, content, key=key, expected=expected)

    def act_on_many(
        self,
        who: str,
        kind: str,
        leads: Mapping[str, Mapping[str, Any]],
        *,
        key: str,
        expected: Mapping[str, int] | None = None,
    ) -> tuple[list[str], dict[str, ReviewError]]:
        """The same thing about several leads, all in one transaction: which were done, and why the others were not.

        `expected`: the versions that the reader saw.
        """
        given: list[str] = []
        refused: dict[str, ReviewError] = {}
        with self.database.writing() as connection:
            for lead_id, content in leads.items():
                if done(connection, f"{key}:{lead_id}"):
                    given.append(lead_id)
                    continue
                try:
                    _do(
                        connection,
                        who,
                        kind,
                        lead_id,
                        content,
                        key=f"{key}:{lead_id}",
                        expected=None if expected is None else expected.get(lead_id),
                    )
                    given.append(lead_id)
                except ReviewError as error:
                    refused[lead_id] = error
        return given, refused

    def take_first(self, who: str, groups: Iterable[Mapping[str, Mapping[str, Any]]], *, key: str) -> list[str]:
        """Take the first group of leads that nobody has: all of them, for it is one visit. Empty: none was left.

        `groups`: lead_id → content of the act, in the order of the queue. Of a group only what is free is taken; one
        of which somebody else already has a part is left to them.
        """
        with self.database.writing() as connection:
            if mine := _taken_under(connection, key):
                return mine
            for group in groups:
                free = [
                    lead_id
                    for lead_id, content in group.items()
                    if is_free(_standing(connection, lead_id), str(content.get("lead", {}).get("content_digest", "")))
                    and not not_the_same(connection, content.get("lead"))
                ]
                if len(free) < len(group) and any(
                    _standing(connection, lead_id).assignee not in {None, who}
                    for lead_id in group
                    if lead_id not in free
                ):
                    continue
                for lead_id in free:
                    _do(connection, who, "take", lead_id, group[lead_id], key=f"{key}:{lead_id}", expected=None)
                if free:
                    return free
        return []

    def enrol(
        self,
        who: str,
        name: str,
        role: Role,
        region_code: str,
        person_id: int | None,
        *,
        key: str,
        active: bool = True,
        wanted: Callable[[list[dict[str, Any]]], bool] = lambda _readers: True,
    ) -> None:
        """Register someone, or register them anew with another role or region; `active` false lets them in no more.

        `wanted` is asked, in the one transaction, whether that is still to be done where these are registered now; what
        it raises undoes everything.
        """
        content = {"name": name, "role": role, "region_code": region_code, "person_id": person_id, "active": active}
        with self.database.writing() as connection:
            if not wanted(_readers(connection)) or done(connection, key):
                return
            subject, kind = READERS + name, "enrol" if active else "retire"
            write(connection, who, kind, subject, content, key=key, why=role, old="")
            connection.execute(sa.delete(READER).where(READER.c.name == name))
            connection.execute(sa.insert(READER).values(content))

    def restore(self, who: str, scheme: str, text: str, *, key: str) -> None:
        """Show a scheme again that the stop rule had moved to shadow; its precision counts from here.

        Raises:
            ReviewError: no reason is given.
        """
        if len(text.strip()) < SHORTEST_REASON:
            raise ReviewError(Text("请写明恢复理由", "say why it is shown again"))
        with self.database.writing() as connection:
            if not done(connection, key):
                write(connection, who, "restore", SCHEMES + scheme, {"text": text}, key=key, why="", old="")

    # -- reading -----------------------------------------------------------------------------------------------------

    def standing(self, lead_id: str) -> Standing:
        """How one lead stands; a new one where nobody did anything."""
        with self.database.reading() as connection:
            return _standing(connection, lead_id)

    def standings(self) -> dict[str, Standing]:
        """How every lead stands that anybody did anything about; what has not changed since is not read again."""
        seq, known = self._known
        with self.database.reading() as connection:
            last = _last(connection)
            if last == seq:
                return dict(known)
            query = sa.select(*_STANDING)
            if 0 < seq < last:
                query = query.where(STANDING.c.lead_id.in_(sa.select(ACT.c.subject).where(ACT.c.seq > seq)))
            else:
                known = {}
            known = known | {standing.lead_id: standing for standing in _loaded(connection.execute(query))}
        self._known = (last, known)
        return dict(known)

    def acts(self, subject: str) -> list[Act]:
        """Everything done about a lead, a reader or a scheme, the first one first."""
        with self.database.reading() as connection:
            return _acts(connection, ACT.c.subject == subject).get(subject, [])

    def leads_as_told(self, lead_ids: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of these leads as they were when an act last kept one."""
        found: dict[str, dict[str, Any]] = {}
        with self.database.reading() as connection:
            for first in range(0, len(lead_ids), _AT_ONCE):
                some = lead_ids[first : first + _AT_ONCE]
                query = sa.select(ACT.c.subject, ACT.c.content).where(ACT.c.subject.in_(some)).order_by(ACT.c.seq)
                for subject, content in connection.execute(query):
                    if (lead := json.loads(content).get("lead")) is not None:
                        found[subject] = lead
        return [*found.values()]

    def acts_of_kind(self, *kinds: str) -> dict[str, list[Act]]:
        """Every act of these kinds by its subject."""
        with self.database.reading() as connection:
            return _acts(connection, ACT.c.kind.in_(kinds))

    def last_seq(self) -> int:
        """The number of the newest act: as long as it is the same, nothing has changed."""
        with self.database.reading() as connection:
            return _last(connection)

    def counts(self) -> dict[str, int]:
        """How many acts there are of each kind, in the order of `KINDS`."""
        query = sa.select(ACT.c.kind, sa.func.count()).group_by(ACT.c.kind)
        with self.database.reading() as connection:
            counted = {str(kind): int(number) for kind, number in connection.execute(query)}
        return {kind: counted[kind] for kind in (*KINDS, *sorted(counted.keys() - KINDS)) if kind in counted}

    def readers(self) -> list[dict[str, Any]]:
        """Everybody ever registered, by name: name, role, region_code, person_id, active."""
        with self.database.reading() as connection:
            return _readers(connection)

    # -- proof -------------------------------------------------------------------------------------------------------

    def problems(self) -> list[Text]:
        """What of acts, standings, readers and judgements is not what the journal says was done."""
        with self.database.reading() as connection:
            judged = _acts(connection, ACT.c.subject.startswith(PAIRS))
            return [
                *_changed_acts(connection),
                *_changed_standings(connection),
                *_changed_readers(connection),
                *changed_judgements(connection, judged.values()),
            ]


def is_free(standing: Standing, digest: str) -> bool:
    """May anybody take it: nobody has it, or it was closed and came again with other content?"""
    unowned = standing.assignee is None and standing.state != "closed" and standing.pending is None
    return unowned or has_returned(standing, digest)


# -- one act -----------------------------------------------------------------------------------------------------------


def _do(
    connection: sa.Connection,
    who: str,
    kind: str,
    lead_id: str,
    content: Mapping[str, Any],
    *,
    key: str,
    expected: int | None,
) -> Standing:
    stood = _standing(connection, lead_id)
    if expected is not None and stood.version != expected:
        raise _handled(stood)
    at = now()
    if kind in {"take", "assign"}:
        refuse_settled(connection, content.get("lead"))
    stands = after(stood, Act(0, at, who, kind, content))  # refused before anything is written
    old = stood.state if stood.outcome is None else f"{stood.state}:{stood.outcome}"
    why = str(content.get("reason") or "")
    write(connection, who, kind, lead_id, content, key=key, why=why, old=old, at=at)
    row = _row(stands)
    if stood.version:
        connection.execute(_NEXT_STANDING, {"id": lead_id, **{f"next_{name}": value for name, value in row.items()}})
    else:
        connection.execute(_NEW_STANDING, row)
    return stands


def _handled(stood: Standing) -> HandledError:
    kind = KINDS.get(stood.last_kind, Text(stood.last_kind, stood.last_kind))
    at = stood.last_at[:16].replace("T", " ")
    return HandledError(
        Text(
            f"已被处理:{stood.last_who} 于 {at} {kind.zh}。您填写的内容仍在,请看过最新情况后再提交。",
            f"already handled: {stood.last_who}, {at}: {kind.en}. What you wrote is still here;"
            " look at what has changed, then submit again.",
        )
    )


def _taken_under(connection: sa.Connection, key: str) -> list[str]:
    """The leads taken under `key:…`; a range, for which either database has an index."""
    under = sa.select(ACT.c.subject).where(ACT.c.key > f"{key}:", ACT.c.key < f"{key};").order_by(ACT.c.seq)
    return [subject for (subject,) in connection.execute(under)]


def _last(connection: sa.Connection) -> int:
    return int(connection.execute(_LAST).scalar_one())


# -- rows --------------------------------------------------------------------------------------------------------------


def _readers(connection: sa.Connection) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(sa.select(READER).order_by(READER.c.name))]  # noqa: SLF001 - SQLAlchemy's public name


def _standing(connection: sa.Connection, lead_id: str) -> Standing:
    found = _loaded(connection.execute(_OF_LEAD, {"id": lead_id}))
    return found[0] if found else Standing(lead_id)


def _row(standing: Standing) -> dict[str, Any]:
    """Its columns; `content` holds of the other fields what is not as in a new standing."""
    values = {name: getattr(standing, name) for name in _COLUMNS}
    rest = {name: value for name, new in _REST.items() if (value := getattr(standing, name)) != new}
    return {**values, "content": canonical(rest)}


def _loaded(rows: Iterable[sa.Row[Any]]) -> list[Standing]:
    """Standings as they are stored; all their JSON is read in one go, which takes a third of the time of each alone."""
    found = list(rows)
    contents = json.loads("[" + ",".join([row[-1] for row in found]) + "]")
    return [Standing(*row[:-1], **_fields(content)) for row, content in zip(found, contents, strict=True)]


def _fields(content: dict[str, Any]) -> dict[str, Any]:
    """What is known of the other fields; another version may have stored more of them."""
    if not content.keys() <= _REST.keys():
        content = {name: content[name] for name in _REST.keys() & content.keys()}
    if content.get("before"):
        content["before"] = tuple(content["before"])
    content["past"] = tuple((outcome, at) for outcome, at in content.get("past", ()))
    return content


def _acts(connection: sa.Connection, which: sa.ColumnElement[bool]) -> dict[str, list[Act]]:
    """Acts by subject, in the order of each subject's first one."""
    query = _told().where(which).order_by(ACT.c.seq)
    found: dict[str, list[Act]] = {}
    for subject, *words in connection.execute(query):
        found.setdefault(subject, []).append(_act(*words))
    return found


def _by_subject(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Iterator[tuple[str, list[Act]]]:
    """The same, one subject at a time in memory."""
    query = _told().where(which).order_by(ACT.c.subject, ACT.c.seq)
    with connection.execute(query, execution_options=IN_PARTS) as rows:
        for subject, group in groupby(rows, itemgetter(0)):
            yield subject, [_act(*words) for _, *words in group]


def _told() -> sa.Select[Any]:
    return sa.select(ACT.c.subject, ACT.c.seq, JOURNAL.c.at, JOURNAL.c.who, ACT.c.kind, ACT.c.content).join(
        JOURNAL, JOURNAL.c.seq == ACT.c.seq
    )


def _act(seq: int, at: str, who: str, kind: str, content: str) -> Act:
    return Act(seq, at, who, kind, json.loads(content))


# -- proof -------------------------------------------------------------------------------------------------------------


def _changed_acts(connection: sa.Connection) -> Iterator[Text]:
    """Does every act have its journal entry, and every entry that tells of an act its act?"""
    query = (
        sa.select(ACT, JOURNAL.c.new, JOURNAL.c.subject.label("told"), JOURNAL.c.what)
        .outerjoin(JOURNAL, JOURNAL.c.seq == ACT.c.seq)
        .order_by(ACT.c.seq)
    )
    with connection.execute(query, execution_options=IN_PARTS) as rows:
        for seq, key, subject, kind, content, new, told, what in rows:
            digest = act_digest(str(subject), str(kind), str(key), str(content))
            if (told, what, new) != (subject, kind, digest):
                yield Text(f"第 {seq} 条操作的内容被改动", f"act {seq} has been changed")
    query = (
        sa.select(JOURNAL.c.seq)
        .outerjoin(ACT, JOURNAL.c.seq == ACT.c.seq)
        .where(JOURNAL.c.what.in_(KINDS), ACT.c.seq.is_(None))
        .order_by(JOURNAL.c.seq)
    )
    for (seq,) in connection.execute(query):
        yield Text(f"第 {seq} 条操作缺失", f"act {seq} is missing")


def _changed_standings(connection: sa.Connection) -> list[Text]:
    """Is every standing what its acts come to?"""
    kept = {standing.lead_id: standing for standing in _loaded(connection.execute(sa.select(*_STANDING)))}
    of_leads = sa.not_(sa.or_(*(ACT.c.subject.startswith(other) for other in (READERS, SCHEMES, PAIRS))))
    wrong = [lead_id for lead_id, acts in _by_subject(connection, of_leads) if not _agrees(kept, lead_id, acts)]
    return [
        Text(f"线索 {lead_id} 的办理状态与操作记录不符", f"the standing of lead {lead_id} is not what was done")
        for lead_id in sorted([*wrong, *kept])
    ]


def _agrees(kept: dict[str, Standing], lead_id: str, acts: list[Act]) -> bool:
    """Is the standing what the acts come to? It is taken out of those kept, so that what no act tells of is left."""
    return kept.pop(lead_id, None) == replayed(lead_id, acts)


def replayed(lead_id: str, acts: Sequence[Act]) -> Standing | None:
    """How a lead must stand after these acts; None where they cannot have followed one another."""
    stands = Standing(lead_id)
    try:
        for act in acts:
            stands = after(stands, act)
    except ReviewError:
        return None
    return stands if acts else None


def _changed_readers(connection: sa.Connection) -> list[Text]:
    """Is everybody who may come in who the journal says?"""
    there = {row.name: dict(row._mapping) for row in connection.execute(sa.select(READER))}  # noqa: SLF001 - SQLAlchemy's public name
    acted = _acts(connection, ACT.c.subject.startswith(READERS))
    told = {acts[-1].content["name"]: dict(acts[-1].content) for acts in acted.values()}
    return [
        Text(f"人员 {name} 的登记被改动", f"the registration of {name} has been changed")
        for name in sorted(there.keys() | told.keys())
        if there.get(name) != told.get(name)
    ]


def today() -> date:
    """The day of the office's clock."""
    return date.fromisoformat(now()[:10])


__all__ = ["READERS", "SCHEMES", "Review", "act_digest", "canonical", "is_free", "replayed", "today"]
