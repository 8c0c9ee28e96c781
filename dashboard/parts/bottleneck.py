"""At which step of a place do cases lie, and which step makes the late ones late?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.tables import STEP
from dashboard.parts import counted, shown, twin
from dashboard.parts.charts import BLUE, INK, base
from dashboard.queries import timeliness
from dashboard.session import Session
from metrics.efficiency import bottleneck

_STEPS: Final = {option.code: option.label for option in STEP["step"].options}
_WAITING: Final = "#E69F00"
_ROW: Final = 34  # pixels of a step


def draw(session: Session, cases: pl.DataFrame) -> None:
    """Waiting and handling of each step in the region's order, and what each adds to late cases."""
    say, desk = session.say, session.desk
    st.subheader(say("timeliness.steps"))
    told = timeliness.bottleneck_of(cases, desk.waits.steps, counted.least(session))
    if told.hidden:
        st.caption(say("timeliness.too_few", minimum=desk.counts.minimum))
        return
    if told.rows.is_empty():
        st.caption(say("timeliness.no_steps"))
        return
    st.caption(say("timeliness.steps_what", cases=f"{told.cases:,}"))
    st.text(_said(session, told))
    order = bottleneck.in_order(desk.policy, session.view.region)
    rows = told.rows.sort(pl.col("step").replace_strict({step: at for at, step in enumerate(order)}))
    figure, table = _figure(session, rows), _table(session, rows)
    twin.draw(session, figure, table, name="steps", alt=say("timeliness.steps_alt"), data=rows)


def name(session: Session, step: str) -> str:
    """A step in words; what comes after the last one too."""
    return session.text(_STEPS[step]) if step in _STEPS else session.say("timeliness.to_decision")


def _said(session: Session, told: timeliness.Steps) -> str:
    """The step that weighs most in late cases, in one sentence."""
    say = session.say
    known = told.rows.drop_nulls("excess").sort("excess", descending=True)
    if known.is_empty():
        return say("timeliness.no_excess", minimum=max(counted.least(session), 1))
    worst = known.row(0, named=True)
    return say(
        "timeliness.excess_says",
        late=f"{told.late:,}",
        timely=f"{told.timely:,}",
        total=f"{known['excess'].sum():.1f}",
        step=name(session, worst["step"]),
        days=f"{worst['excess']:.1f}",
    )


def _figure(session: Session, rows: pl.DataFrame) -> go.Figure:
    say = session.say
    drawn = rows.drop_nulls("waiting")
    names = [name(session, step) for step in drawn["step"]]
    figure = base(height=90 + _ROW * max(len(names), 2))
    for column, title, colour in (
        ("waiting", "timeliness.waiting", _WAITING),
        ("handling", "timeliness.handling", BLUE),
    ):
        figure.add_trace(
            go.Bar(
                x=drawn[column].fill_null(0).to_list(),
                y=names,
                orientation="h",
                name=say(title),
                marker={"color": colour},
                hovertemplate=f"%{{y}}: %{{x:.1f}}<extra>{say(title)}</extra>",
            )
        )
    for total, step in zip(drawn["waiting"] + drawn["handling"].fill_null(0), names, strict=True):
        figure.add_annotation(
            x=total, y=step, text=f"{total:.1f}", showarrow=False, xanchor="left", xshift=4, font={"color": INK}
        )
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "traceorder": "normal", "y": 1.0, "yanchor": "bottom", "x": 0},
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category")
    figure.update_xaxes(title={"text": say("timeliness.axis_mean"), "font": {"size": 13}}, rangemode="tozero")
    return figure


def _table(session: Session, rows: pl.DataFrame) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("timeliness.step"): name(session, row["step"]),
                say("timeliness.took"): say("times.few") if row["cases"] is None else f"{row['cases']:,}",
                say("timeliness.waiting"): _days(row["waiting"]),
                say("timeliness.handling"): _days(row["handling"]),
                say("timeliness.excess"): _days(row["excess"]),
            }
            for row in rows.to_dicts()
        ]
    )


def _days(days: float | None) -> str:
    return shown.UNKNOWN if days is None else f"{round(days, 1) + 0:.1f}"  # + 0: no minus before a nought
