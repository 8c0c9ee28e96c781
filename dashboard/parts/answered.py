"""How far were named senders answered: told, met, and with what outcome in which time?"""

from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import bars, few, states, twin
from dashboard.parts.few import told
from dashboard.queries import heard
from dashboard.session import Session

_STAGES: Final = {
    "asked": "complaints.asked",
    "told": "complaints.told",
    "met": "complaints.met",
    "closed": "complaints.closed",
}
_COLOURS: Final = ("#9aa7ae", "#56B4E9", "#0072B2", "#0b4f6c")


def draw(session: Session, rows: pl.DataFrame, stages: tuple[str, ...]) -> None:
    """A bar a stage, each as a share of those to be answered, and after how many days half had come so far."""
    say = session.say
    st.subheader(say("complaints.answered"))
    st.caption(say("complaints.answered_what"))
    counts = heard.reached(rows, stages)
    if not counts["asked"]:
        states.nothing(say("complaints.none_asked"), say("complaints.none_asked_how"), part="answered")
        return
    seen = few.seen(session, counts, within=[(stage, "asked") for stage in stages])
    days = {stage: _days(session, rows, stage) for stage in stages} if seen["asked"] is not None else {}
    drawn = [
        bars.Bar(
            say(_STAGES[stage]),
            count,
            " · ".join(filter(None, [told(session, count), _share(session, seen, stage), days.get(stage, "")])),
        )
        for stage, count in seen.items()
    ]
    twin.draw(
        session,
        bars.figure(drawn, colours=_COLOURS),
        _table(session, seen, days),
        name="complaints-answered",
        alt=say("complaints.answered_alt"),
        data=pl.DataFrame(
            {"stage": [*seen], "count": [*seen.values()]}, schema={"stage": pl.String(), "count": pl.Int64()}
        ),
    )


def _share(session: Session, counts: dict[str, int | None], stage: str) -> str:
    count, asked = counts[stage], counts["asked"]
    return "" if stage == "asked" else few.share_beside(session, count, asked)


def _days(session: Session, rows: pl.DataFrame, stage: str) -> str:
    """In words; that half have not come so far is an answer, too."""
    half = heard.waited(rows, stage).median.value
    return session.say("complaints.not_half") if half is None else session.say("complaints.half", days=f"{half:,.0f}")


def _table(session: Session, counts: dict[str, int | None], days: dict[str, str]) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("complaints.stage"): say(_STAGES[stage]),
                say("complaints.count"): told(session, count),
                say("complaints.share"): _share(session, counts, stage),
                say("complaints.waited"): days.get(stage, ""),
            }
            for stage, count in counts.items()
        ]
    )
