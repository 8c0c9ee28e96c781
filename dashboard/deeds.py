"""What does a click on the review do, in whose name, and what is the reader told?

A click runs before the page is made anew, with the version of the lead that the reader saw: who acts on a lead that
somebody else has moved meanwhile is told so, and keeps what they wrote. One click is done once, however often it
arrives.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

import polars as pl
import streamlit as st

from casework.errors import CaseworkError
from casework.review.scope import Reader, Scope
from casework.review.standing import ReviewError, Standing
from casework.text import Text
from dashboard.queries import mine
from dashboard.queries.board import content
from dashboard.queries.visits import VISIT
from dashboard.rights import Deed, NotYoursError
from dashboard.session import Session

SECOND: Final = frozenset({"close", "reopen", "decline"})
_AT_A_TIME: Final = 50  # visits
_TOLD: Final = "came-of-it"
_GONE: Final = Text("该线索不存在,或不在您可查看的范围内", "there is no such lead, or it is not one that you may see")


def lead_of(session: Session, lead_id: str) -> dict[str, Any]:
    """A lead that the reader may see; one they may not is as if it were not there.

    Raises:
        NotYoursError: there is none for this reader.
    """
    found = session.leads.filter(pl.col("lead_id") == lead_id)
    if found.is_empty():
        raise NotYoursError(_GONE)
    return found.row(0, named=True)


def do(session: Session, kind: str, lead_id: str, version: int, **words: Any) -> Standing:  # noqa: ANN401 - JSON
    """One act on one lead, by this reader, who saw it at this version: two clicks on what was seen once are one act."""
    deed: Deed = "second" if kind in SECOND else "assign" if kind == "assign" else "decide"
    session.demand(deed)
    lead = lead_of(session, lead_id)
    if kind == "assign":
        _may_have(session, str(words.get("to") or ""), [lead_id])
    if kind == "decide":
        words["evidence"] = session.desk.workspace.evidence(lead_id).to_dicts()
    review = session.desk.workspace.review
    named = session.desk.names([lead_id]).get(lead_id, [])
    key = f"{session.who}:{kind}:{lead_id}:{version}"
    return review.act(session.who, kind, lead_id, content(lead, named, **words), key=key, expected=version)


def take_next(session: Session, ordered: pl.DataFrame, key: str) -> list[str]:
    """Take the first household of the queue that nobody has, all its leads; which they are."""
    session.demand("decide")
    free = ordered.filter(pl.col("tray").is_in(["open", "returned"])).select(VISIT.alias("visit"))
    visits = free["visit"].unique(maintain_order=True)
    return session.desk.workspace.review.take_first(session.who, _groups(session, visits), key=key)


def _groups(session: Session, visits: pl.Series) -> Iterator[dict[str, dict[str, Any]]]:
    """The leads of each visit in turn, a few visits at a time.

    What the filters leave out belongs to the same visit; so does what somebody already works on.
    """
    lying = pl.col("tray").is_in(["open", "returned", "working"])
    whole = session.leads.filter(lying).with_columns(VISIT.alias("visit"))
    for first in range(0, visits.len(), _AT_A_TIME):
        some = visits.slice(first, _AT_A_TIME)
        groups: dict[str, dict[str, dict[str, Any]]] = {visit: {} for visit in some}
        lying_there = whole.filter(pl.col("visit").is_in(some.implode()))
        named = session.desk.names(lying_there["lead_id"].to_list())
        for lead in lying_there.iter_rows(named=True):
            groups[lead["visit"]][lead["lead_id"]] = content(lead, named.get(lead["lead_id"], []))
        yield from groups.values()


def assign(session: Session, seen: Mapping[str, int], to: str, key: str) -> tuple[list[str], dict[str, ReviewError]]:
    """Give several leads to someone: which were given, and why the others were not. `seen`: lead_id → version."""
    lead_ids = [*seen]
    session.demand("assign")
    barred = _may_have(session, to, lead_ids)
    asked = session.leads.filter(pl.col("lead_id").is_in(lead_ids))
    known = {lead["lead_id"]: lead for lead in asked.iter_rows(named=True)}
    named = session.desk.names(lead_ids)
    done, refused = session.desk.workspace.review.act_on_many(
        session.who,
        "assign",
        {
            lead_id: content(lead, named.get(lead_id, []), to=to)
            for lead_id, lead in known.items()
            if lead_id not in barred
        },
        key=key,
        expected=seen,
    )
    return done, refused | barred


def _may_have(session: Session, to: str, lead_ids: Sequence[str]) -> dict[str, ReviewError]:
    """Why leads may not go to someone: none about themself or their kin, none outside their regions.

    Raises:
        ReviewError: the only lead asked for may not, or nobody of that name works on leads.
    """
    registered = {one["name"]: one for one in session.desk.workspace.review.readers() if one["active"]}
    if not registered:
        return {}
    one = registered.get(to)
    if one is None or one["role"] not in {"inspector", "supervisor"}:
        raise ReviewError(Text(f"没有名为“{to}”的在用检查人员", f"nobody called “{to}” works on leads here"))
    reader = Reader(to, one["role"], Scope.of(one["region_code"]), one["person_id"], registered=True)
    theirs = set(mine.leads(session.desk, reader)["lead_id"])
    said = ReviewError(
        Text(f"不能分派给 {to}:不在其辖区,或须回避", f"not for {to}: outside their regions, or they must recuse")
    )
    barred = {lead_id: said for lead_id in lead_ids if lead_id not in theirs}
    if barred and len(lead_ids) == 1:
        raise said
    return barred


# -- clicks ------------------------------------------------------------------------------------------------------------


def token(name: str) -> str:
    """The key under which the next click of this name is done once."""
    return str(st.session_state.setdefault(f"token-{name}", uuid4().hex))


def renew(name: str) -> None:
    """Let the next click of this name be another one."""
    st.session_state.pop(f"token-{name}", None)


def clicked(name: str, session: Session, done: Callable[[str], str], *, once: bool = False) -> None:
    """Run a click: `done` acts under a key and says what came of it; an error is kept to be shown.

    `once`: the key stays until it is renewed, so that a second click in a hurry is the same one.
    """
    try:
        said = done(token(name))
    except CaseworkError as error:
        st.session_state[_TOLD] = ("error", error.say(session.language))
    else:
        if not once:
            renew(name)
        st.session_state[_TOLD] = ("success", said)


def tell(kind: str, said: str) -> None:
    """Keep a line for the top of the next page."""
    st.session_state[_TOLD] = (kind, said)


def told() -> None:
    """Show what came of the last click, once."""
    kind, said = st.session_state.pop(_TOLD, ("", ""))
    if said:
        with st.container(key=f"told-{kind}", border=True):
            st.text(("✓ " if kind == "success" else "! ") + said)


__all__ = ["assign", "clicked", "do", "lead_of", "renew", "take_next", "tell", "token", "told"]
