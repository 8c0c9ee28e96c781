"""Who is in two programmes at once, which pairs exclude one another, and who is in none they are entitled to?"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import due, few, rules, states, tables, twin
from dashboard.parts.charts import INK, base
from dashboard.queries.overlap import Of
from dashboard.session import Session

_OF: Final[dict[Of, str]] = {"persons": "coverage.of_persons", "households": "coverage.of_households"}
_SCALE: Final = [[0.0, "#f3f6f7"], [1.0, "#5aa0cf"]]
_MARK: Final = " ⊘"  # a pair that excludes one another
Pair = tuple[str, str]


def draw(session: Session) -> None:
    """A heat table of programme by programme; pairs that the rules exclude are marked."""
    say = session.say
    st.subheader(say("coverage.overlap"))
    st.caption(say("coverage.overlap_what", month=f"{session.desk.as_of:%Y-%m}"))
    of: Of = "households" if address.read("of") == "households" else "persons"
    key, changed = address.bound("of", of)
    st.segmented_control(
        say("coverage.of"),
        [*_OF],
        format_func=lambda name: say(_OF[name]),
        required=True,
        key=key,
        on_change=changed,
    )
    found = session.desk.reach.overlap.counted(of, session.region_codes)
    if not found:
        states.nothing(say("coverage.overlap_none"), say("coverage.overlap_none_how"))
        return
    counts = _veiled(session, found)
    excluded = _excluded(session)
    twin.draw(
        session,
        _figure(session, counts, excluded),
        _table(session, counts, excluded),
        name=f"overlap-{of}",
        alt=say("coverage.overlap_alt"),
        data=pl.DataFrame(
            [{"a": a, "b": b, "count": count, "rule": excluded.get((a, b), "")} for (a, b), count in counts.items()],
            schema={"a": pl.String(), "b": pl.String(), "count": pl.Int64(), "rule": pl.String()},
        ),
    )
    marked = [pair for pair in counts if pair in excluded]
    if marked:
        st.text(say("coverage.overlap_marked"))
        tables.plain(_marked(session, counts, excluded), alt=say("coverage.overlap_marked"))


def _veiled(session: Session, found: dict[Pair, int]) -> dict[Pair, int | None]:
    """Hidden also where those in one programme but not in the other would be few."""
    within = [(pair, (one, one)) for pair in found if pair[0] != pair[1] for one in pair]
    return few.seen(session, found, within=within)


def _excluded(session: Session) -> dict[Pair, str]:
    """The pairs that a rule in force speaks against, and what it says."""
    rows = session.desk.policy.rows("exclusive", on=session.desk.as_of, region=session.view.region)
    said: list[Mapping[str, Any]] = [row for row in rows if row["action"] != "allow"]
    return {(min(row["a"], row["b"]), max(row["a"], row["b"])): str(row["action"]) for row in said}


def _figure(session: Session, counts: dict[Pair, int | None], excluded: dict[Pair, str]) -> go.Figure:
    codes = sorted({one for pair in counts for one in pair})
    names = [escape(due.programme(session, code)) for code in codes]  # Plotly reads tags
    figure = base(height=120 + 40 * len(codes))
    cells = [[_cell(counts, a, b) for b in codes] for a in codes]
    texts = [[_text(session, counts, excluded, a, b) for b in codes] for a in codes]
    figure.add_trace(
        go.Heatmap(
            x=names,
            y=names,
            z=cells,
            text=texts,
            texttemplate="%{text}",
            textfont={"color": INK, "size": 12},
            colorscale=_SCALE,
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y} × %{x}: %{text}<extra></extra>",
        )
    )
    figure.update_xaxes(side="top", type="category", showgrid=False, tickangle=-30)
    figure.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return figure


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


def _cell(counts: dict[Pair, int | None], a: str, b: str) -> float | None:
    """How dark: by the share of the smaller programme; the diagonal says the programme's size and is no overlap."""
    count, sizes = counts.get(_pair(a, b)), [counts.get((one, one)) for one in (a, b)]
    known = [size for size in sizes if size]
    if a == b or not count or len(known) < len(sizes):
        return 0.0
    return count / min(known)


def _text(session: Session, counts: dict[Pair, int | None], excluded: dict[Pair, str], a: str, b: str) -> str:
    pair = _pair(a, b)
    mark = _MARK if pair in excluded else ""
    return (few.told(session, counts[pair]) if pair in counts else "0") + mark


def _table(session: Session, counts: dict[Pair, int | None], excluded: dict[Pair, str]) -> pl.DataFrame:
    codes = sorted({one for pair in counts for one in pair})
    return pl.DataFrame(
        [
            {
                session.say("coverage.programme"): due.programme(session, a),
                **{due.programme(session, b): _text(session, counts, excluded, a, b) for b in codes},
            }
            for a in codes
        ]
    )


def _marked(session: Session, counts: dict[Pair, int | None], excluded: dict[Pair, str]) -> pl.DataFrame:
    """The excluded pairs that somebody is in: to be checked, not judged."""
    say = session.say
    return pl.DataFrame(
        [
            {
                say("coverage.programme"): f"{due.programme(session, a)} × {due.programme(session, b)}",
                say("coverage.in_both"): few.told(session, counts[a, b]),
                say("coverage.rule_says"): rules.word(session, excluded[a, b]),
                say("coverage.state"): say("coverage.to_check"),
            }
            for a, b in counts
            if (a, b) in excluded
        ]
    )
