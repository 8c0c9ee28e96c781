"""How does a count of people read that may be too small to be shown?

The metrics' own counts are hidden so that no two regions, programmes or windows of months tell a small one by their
difference. The counts here are cut from lists by any region and months, one page at a time: those who open no case
read them rounded, else a township less its villages would tell what one of the villages hides.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeVar

import streamlit as st

from dashboard.parts import shown
from dashboard.parts.counted import least
from dashboard.queries.counts import SEES_ALL
from dashboard.queries.timeliness import rounded
from dashboard.session import Session
from metrics.honest.veil import Sum, veiled

Key = TypeVar("Key", bound=Hashable)
_ENOUGH: Final = 20  # times the limit: of rounded counts so large a share is at most four points off


def seen(
    session: Session,
    counts: Mapping[Key, int],
    *,
    sums: Iterable[Sum[Key]] = (),
    within: Iterable[tuple[Key, Key]] = (),
) -> dict[Key, int | None]:
    """The counts of one table as the reader may see them: None where hidden (`veiled`), the others `rough`."""
    return rough(session, veiled(counts, least(session), sums=sums, within=within))


def rough(session: Session, counts: Mapping[Key, int | None]) -> dict[Key, int | None]:
    """Counts of which the small ones are hidden already, rounded for those who open no case."""
    limit = least(session)
    return {name: None if count is None else rounded(count, limit) for name, count in counts.items()}


def told(session: Session, count: int | None) -> str:
    """The count, or that it is hidden."""
    return session.say("coverage.few") if count is None else f"{count:,}"


def share(session: Session, part: int | None, whole: int | None) -> str:
    """A share of two counts; a dash where one is hidden, there is nothing to share, or rounding would tell another."""
    if part is None or not whole or whole < enough(session):
        return shown.UNKNOWN
    return shown.percent(part / whole)


def share_beside(session: Session, part: int | None, whole: int | None) -> str:
    """The same to stand beside its count; empty where none is told."""
    said = share(session, part, whole)
    return "" if said == shown.UNKNOWN else said


def enough(session: Session) -> int:
    """Of how many a share is told; 0 where counts are not rounded."""
    return _ENOUGH * least(session)


def explain(session: Session) -> None:
    """Why some counts are hidden and the others rounded, to those for whom they are."""
    if least(session) != SEES_ALL:
        st.caption(session.say("coverage.few_what", minimum=session.desk.counts.minimum))
        rounding(session)


def rounding(session: Session) -> None:
    """That counts are rounded, to those for whom they are."""
    if least(session) != SEES_ALL:
        st.caption(session.say("coverage.rounded", minimum=session.desk.counts.minimum, enough=enough(session)))
