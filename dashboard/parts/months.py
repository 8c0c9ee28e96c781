"""How are the payments of an award drawn month by month?"""

from datetime import datetime, time, timedelta

import plotly.graph_objects as go
import streamlit as st

from dashboard.parts import shown
from dashboard.parts.charts import CONFIG, base, by_months, upright
from dashboard.parts.lanes import COLOURS, twin
from dashboard.queries.course import Course
from dashboard.session import Session


def draw(session: Session, course: Course) -> None:
    """A bar a month, the days that matter, and the same as a table."""
    say = session.say
    months = [bar.month for bar in course.bars]
    half = timedelta(days=20)
    first, last = (datetime.combine(day, time.min) for day in (months[0] - half, months[-1] + half))
    if course.lines:
        first = min(first, *(line.on - half for line in course.lines))
        last = max(last, *(line.on + half for line in course.lines))
    figure = base(height=280)
    figure.add_trace(
        go.Bar(
            x=months,
            y=[bar.amount_fen / 100 for bar in course.bars],
            marker={"color": [COLOURS[bar.tone] for bar in course.bars]},
            hovertemplate="%{x|%Y-%m}: %{y:,.2f}<extra></extra>",
            width=20 * 86_400_000,  # plotly counts dates in milliseconds
        )
    )
    named = [(line.on, f"{session.text(line.label)} {line.on:%Y-%m-%d}", COLOURS[line.tone]) for line in course.lines]
    upright(figure, named, first, last)
    figure.update_yaxes(rangemode="tozero")
    figure.update_xaxes(range=[first, last])
    by_months(figure, months[0], last.date(), most=8)
    st.caption(say("timeline.paid"))
    alt = say("timeline.alt_months", since=f"{months[0]:%Y-%m}", until=f"{months[-1]:%Y-%m}")
    st.plotly_chart(figure, config=CONFIG, theme=None, alt=alt)
    doubt = say("timeline.doubt")
    if any(bar.tone == "doubt" for bar in course.bars):
        st.caption(doubt)
    titles = [say("timeline.month"), say("timeline.paid"), say("timeline.note")]
    rows = [
        (f"{bar.month:%Y-%m}", shown.yuan(bar.amount_fen), doubt if bar.tone == "doubt" else "") for bar in course.bars
    ]
    twin(session, [dict(zip(titles, row, strict=True)) for row in rows])
