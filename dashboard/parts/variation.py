"""How does a metric's course read in one sign and a few words: does it vary as always, and does it meet its target?

The signs of "Making Data Count": blue for the better, orange for a concern, purple where neither way is better, grey
for what varies as always. Colour never stands alone: sign and word say the same.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.parts import counted
from dashboard.queries import process
from dashboard.session import Viewing
from metrics.honest.control import Assurance, Chart, Point, Variation

SIGNS: Final[dict[Variation, tuple[str, str, str]]] = {  # sign, colour, word
    "common_cause": ("~", "#5b6b74", "variation.common"),
    "improvement_high": ("▲", "#0072B2", "variation.better"),
    "improvement_low": ("▼", "#0072B2", "variation.better"),
    "concern_high": ("▲", "#C75000", "variation.concern"),
    "concern_low": ("▼", "#C75000", "variation.concern"),
    "neither_high": ("▲", "#7B4B94", "variation.higher"),
    "neither_low": ("▼", "#7B4B94", "variation.lower"),
    "unknown": ("?", "#5b6b74", "variation.unknown"),
}
ASSURED: Final[dict[Assurance, tuple[str, str, str]]] = {
    "always": ("✓", "#0072B2", "variation.always"),
    "never": ("✗", "#C75000", "variation.never"),
    "hit_or_miss": ("±", "#5b6b74", "variation.hit_or_miss"),
    "none": ("", "#5b6b74", "variation.no_target"),
}
POINTS: Final[dict[Point, str]] = {
    "common_cause": "variation.common",
    "special_cause_improvement": "variation.better",
    "special_cause_concern": "variation.concern",
    "special_cause_neither_high": "variation.higher",
    "special_cause_neither_low": "variation.lower",
    "unknown": "variation.unknown",
}


def chart_of(
    viewing: Viewing, card: MetricCard, rebased: Sequence[date] | None = None, months: pl.DataFrame | None = None
) -> Chart:
    """The control chart of the view's months; rebased where the metric's own rules changed, unless told where."""
    desk, view = viewing.desk, viewing.view
    turns = process.turns(desk.policy, card, view.region, view.period.since, view.period.until)
    return process.chart(
        counted.monthly(viewing, card) if months is None else months,
        card.better,
        [turn.month for turn in turns] if rebased is None else rebased,
        bound(viewing, card),
    )


def bound(viewing: Viewing, card: MetricCard) -> float | None:
    """The one target that the chart is held against; None for a band, which a chart of one line cannot judge."""
    found = process.target(viewing.desk.policy, card, viewing.view.region, viewing.desk.as_of)
    return None if found is None or found.high is not None else found.low


def told(viewing: Viewing, found: Chart) -> str:
    """The variation in words."""
    sign, _, word = SIGNS[found.variation]
    return f"{sign} {viewing.say(word)}"


def assured(viewing: Viewing, found: Chart) -> str:
    """The assurance in words."""
    sign, _, word = ASSURED[found.assurance]
    return f"{sign} {viewing.say(word)}".strip()


def badge(viewing: Viewing, found: Chart) -> None:
    """Both on one line; the target only where there is one."""
    say = viewing.say
    sign, colour, word = SIGNS[found.variation]
    parts = [_mark(sign, colour, say(word))]
    if found.assurance != "none":
        sign, colour, word = ASSURED[found.assurance]
        parts.append(_mark(sign, colour, say(word)))
    st.html(f'<div class="variation">{"".join(parts)}</div>')


def _mark(sign: str, colour: str, word: str) -> str:
    return f'<span style="color:{colour}"><b aria-hidden="true">{escape(sign)}</b> {escape(word)}</span>'
