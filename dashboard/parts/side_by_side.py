"""How do areas read side by side, each with its interval, what it rests on and what may be said of it?"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.exports import figures
from dashboard.parts import download, judged, numbers, shown, tables
from dashboard.queries.compared import Compared
from dashboard.session import Session

_DATA: Final = (
    "region_code",
    "part",
    "whole",
    "repeats",
    "value",
    "low",
    "high",
    "suppressed",
    "verdict",
    "q",
    "named",
    "shrunk",
    "shrunk_low",
    "shrunk_high",
    "observed",
    "expected",
    "ratio",
    "ratio_low",
    "ratio_high",
    "unknown_strata",
    "reason",
    "best_rank",
    "worst_rank",
)


def draw(
    session: Session, card: MetricCard, found: Compared, apart: Sequence[Mapping[str, Any]], *, opens: str
) -> str | None:
    """One row an area in order of code; the code of the row clicked, else None.

    `apart`: what only the higher tier knows, shown last and compared with nothing. `opens`: what a click does.
    """
    say = session.say
    rows = [*found.frame.to_dicts(), *apart]
    lines = [_line(session, card, found, row) for row in rows]
    picked = tables.picker(
        pl.DataFrame(lines, infer_schema_length=None),
        [row["region_code"] for row in rows],
        name="areas",
        alt=say("areas.table_alt", metric=session.text(card.title)),
    )
    st.caption(opens)
    download.draw(
        session,
        partial(figures.taken, table=found.frame.select(_DATA), name=f"areas-{card.metric}"),
        say("twin.download"),
        name=f"areas-{card.metric}-{session.view.region.replace('/', '_')}.csv",
        key="take-areas",
        mime="text/csv",
        hint=say("twin.download_hint"),
    )
    return picked


def _line(session: Session, card: MetricCard, found: Compared, row: Mapping[str, Any]) -> dict[str, str]:
    """One area in words; columns that the kind of number does not have are left out."""
    say = session.say
    line = {
        say("areas.area"): session.place(row["region_code"]),
        say("areas.value"): judged.value(session, card, row),
        say("areas.interval"): judged.bounds(card, row),
    }
    if _counts(card):
        line[say("areas.n")] = _basis(session, card, row)
    if found.funnel is not None:
        line[say("areas.verdict")] = judged.verdict(session, row) or shown.UNKNOWN
    if found.mixed:
        line[say("areas.mix")] = judged.against_the_mix(card, row)
    if found.shrunk:
        line[say("areas.shrunk")] = numbers.value(card, row["shrunk"])
    if found.ranking.reason is None:
        line[say("areas.rank")] = judged.place(session, card, row)
    return line


def _counts(card: MetricCard) -> bool:
    """Is the whole a number of cases or persons? That of a ratio is money or weights, a sum has none."""
    return card.kind not in ("sum", "ratio")


def _basis(session: Session, card: MetricCard, row: Mapping[str, Any]) -> str:
    """What the number rests on, and whether that is too little to be put in an order."""
    if row["n"] is None:
        return shown.UNKNOWN
    few = session.say("areas.few", minimum=card.minimum) if row["reason"] == "too_few" else ""
    return f"{row['n']:,.0f}{few}"


def reading(session: Session, card: MetricCard, found: Compared) -> None:
    """One line a column: how to read it."""
    say = session.say
    with st.expander(say("areas.how")):
        lines = [say("areas.how_interval"), *([say("areas.how_n")] if _counts(card) else [])]
        if found.funnel is not None:
            lines += [say("areas.how_verdict"), say("areas.how_named")]
        if found.mixed:
            lines.append(say("areas.how_mix"))
        if found.shrunk:
            lines.append(say("areas.how_shrunk"))
        lines += [say("areas.how_order"), session.text(card.reading)]
        st.text("\n".join(f"· {line}" for line in lines))
