"""How is it said in words whether an area stands out, and whether areas may be put in an order?"""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from casework.card import MetricCard
from dashboard.parts import numbers, shown
from dashboard.queries.compared import Compared
from dashboard.session import Session
from metrics.honest.funnel import LEAST_AREAS

_VERDICTS: Final = {
    "inside": "areas.inside",
    "above95": "areas.above_near",
    "below95": "areas.below_near",
    "above998": "areas.above_far",
    "below998": "areas.below_far",
    "unknown": "areas.unknown",
}
_NO_ORDER: Final = {
    "no_direction": "areas.no_direction",
    "too_few_areas": "areas.too_few_areas",
    "overlap": "areas.overlap",
}
_NO_FUNNEL: Final = {
    "quantile": "areas.no_funnel_quantile",
    "sum": "areas.no_funnel_sum",
    "ratio": "areas.no_funnel_ratio",
}


def verdict(session: Session, row: Mapping[str, Any]) -> str:
    """Where the area lies in the funnel, and whether it still stands out among so many; empty without a funnel."""
    if row["verdict"] is None:
        return ""
    if row["suppressed"]:
        return session.say("areas.hidden")
    said = session.say(_VERDICTS[row["verdict"]])
    return session.say("areas.still_out", verdict=said) if row["named"] else said


def value(session: Session, card: MetricCard, row: Mapping[str, Any]) -> str:
    """The value, or shortly that it is hidden or unknown: a cell of a table has little room."""
    if row["suppressed"]:
        return session.say("areas.hidden")
    return session.say("areas.unknown") if row["value"] is None else numbers.value(card, row["value"])


def place(session: Session, card: MetricCard, row: Mapping[str, Any]) -> str:
    """Between which ranks an area lies, or why it has none."""
    if row["reason"] == "too_few":
        return session.say("areas.too_few", minimum=card.minimum)
    if row["best_rank"] is None:
        return shown.UNKNOWN
    best, worst = row["best_rank"], row["worst_rank"]
    return str(best) if best == worst else f"{best}–{worst}"


def order(session: Session, found: Compared) -> None:
    """The badge 不宜排名 with its reason, or what the ranks mean."""
    say, reason = session.say, found.ranking.reason
    if reason is None:
        st.caption(say("areas.ranks"))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(say("areas.unranked"), color="orange")
        st.caption(say(_NO_ORDER[reason], share=shown.percent(found.ranking.overlapping)))


def why_no_funnel(session: Session, card: MetricCard) -> None:
    """Of a number that is no share and no rate chance alone cannot be drawn."""
    st.caption(session.say(_NO_FUNNEL[card.kind]))


def spread(session: Session, found: Compared) -> None:
    """What the limits of the funnel hold: chance, and the usual spread between areas where enough areas tell it."""
    say = session.say
    if found.funnel is None or found.funnel.centre is None:
        return
    st.caption(
        say("areas.by_chance", least=LEAST_AREAS)
        if found.funnel.tau2 is None
        else say("areas.by_spread")
        if found.funnel.tau2 > 0
        else say("areas.no_spread")
    )


def against_the_mix(card: MetricCard, row: Mapping[str, Any]) -> str:
    """Observed by expected with its interval; a dash where there is none."""
    if card.kind not in ("share", "rate") or row["ratio"] is None:
        return shown.UNKNOWN
    return f"{row['ratio']:.2f} ({row['ratio_low']:.2f}–{row['ratio_high']:.2f})"


def bounds(card: MetricCard, row: Mapping[str, Any]) -> str:
    """The interval as two values; a dash where there is none."""
    if row["low"] is None or row["high"] is None:
        return shown.UNKNOWN
    return f"{numbers.value(card, row['low'])} – {numbers.value(card, row['high'])}"
