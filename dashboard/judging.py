"""What does a click on two persons do: are they one, in whose name is it said, and may this reader say it?"""

import json
from collections.abc import Mapping
from typing import Any, Final

from casework.review import identity
from casework.review.identity import Judgement
from casework.text import Text
from dashboard import deeds
from dashboard.rights import NotYoursError
from dashboard.session import Session

_NO_PAIR: Final = Text("这条线索不是关于两个人的", "the lead is not about two persons")
_RELATING_PERSONS: Final = frozenset(  # whose leads relate to person_ids; of others the words may be any number
    {
        *("same_person", "mutual_favor", "kin_handled", "kin_without_county_visit", "kin_unfiled"),
        *("wrong_exit", "wrong_refusal"),
    }
)
UNFOUNDED: Final[Mapping[str, str]] = {"outcome": "unfounded", "reason": "innocent"}  # what “not the same” offers


def pair_of(lead: Mapping[str, Any]) -> tuple[int, int] | None:
    """The two persons of a lead, its subject first."""
    pair = identity.pair_of(lead)
    return pair if pair is None or str(pair[0]) == lead["subject"] else (pair[1], pair[0])


def related(lead: Mapping[str, Any]) -> set[int]:
    """The persons a lead relates to; nobody where its scheme relates to other things."""
    if lead["scheme"] not in _RELATING_PERSONS:
        return set()
    return identity.persons_in(str(one) for one in json.loads(lead["related"] or "[]"))


def said(session: Session, persons: set[int]) -> list[Judgement]:
    """Everything ever said of two of these persons."""
    return identity.about(session.desk.workspace.database, persons) if len(persons) > 1 else []


def judge(session: Session, lead_id: str, verdict: str, why: str, *, seen: int) -> None:
    """Say it, before a lead that the reader may see. `seen`: number of the last act on the pair that the screen shows.

    Raises:
        NotYoursError: the reader may not see the lead, or it is not about two persons.
        ReviewError: no verdict, no reason, or someone else judged since.
    """
    pair = _mine(session, lead_id)
    key = f"{session.who}:judge:{verdict}:{identity.subject_of(pair)}:{seen}"
    database = session.desk.workspace.database
    identity.judge(database, session.who, pair, verdict, why, key=key, lead_id=lead_id, expected=seen)


def withdraw(session: Session, lead_id: str, why: str, *, seen: int) -> None:
    """Take it back; raises as `judge`."""
    pair = _mine(session, lead_id)
    key = f"{session.who}:withdraw:{identity.subject_of(pair)}:{seen}"
    identity.withdraw(session.desk.workspace.database, session.who, pair, why, key=key, expected=seen)


def _mine(session: Session, lead_id: str) -> tuple[int, int]:
    session.demand("decide")
    pair = identity.pair_of(deeds.lead_of(session, lead_id))
    if pair is None:
        raise NotYoursError(_NO_PAIR)
    return pair


__all__ = ["UNFOUNDED", "judge", "pair_of", "related", "said", "withdraw"]
