"""How is an act written with its journal entry, once, and what proves later that it is still the same?"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from casework.review.journal import append
from casework.review.schema import ACT

# built once: an act holds the only writer's place, and building its statements would take half of its time
_OF_KEY: Final = sa.select(ACT.c.seq).where(ACT.c.key == sa.bindparam("asked"))
_NEW_ACT: Final = sa.insert(ACT)


def canonical(value: object) -> str:
    """One spelling of a value as JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def act_digest(subject: str, kind: str, key: str, content: str) -> str:
    """What the journal keeps of an act."""
    return hashlib.sha256(canonical([subject, kind, key, content]).encode()).hexdigest()


def done(connection: sa.Connection, key: str) -> bool:
    """Was an act asked for under this key done already?"""
    return connection.execute(_OF_KEY, {"asked": key}).first() is not None


def write(
    connection: sa.Connection,
    who: str,
    kind: str,
    subject: str,
    content: Mapping[str, Any],
    *,
    key: str,
    why: str,
    old: str,
    at: str = "",
) -> int:
    """The act and its journal entry in the connection's transaction; their number."""
    words = canonical(dict(content))
    entry = append(
        connection,
        who,
        kind,
        why=why,
        subject=subject,
        old=old,
        new=act_digest(subject, kind, key, words),
        at=at,
    )
    connection.execute(_NEW_ACT, {"seq": entry.seq, "key": key, "subject": subject, "kind": kind, "content": words})
    return entry.seq


__all__ = ["act_digest", "canonical", "done", "write"]
