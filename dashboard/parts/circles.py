"""How are the four circles of need drawn, with aid and without?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.means.circles import CIRCLES
from dashboard.parts import few, states, twin
from dashboard.parts.charts import BLUE, INK, base
from dashboard.queries.circles import UNKNOWN
from dashboard.session import Session
from metrics.honest.veil import Sum

_WITHOUT: Final = "#E69F00"
_DRAWN: Final = (1, 2, 3, 4)  # what stands outside, or is unknown, is in the table
_INSIDE: Final = -2  # the four circles together
_COUNTED: Final = ("with", "without", "all")
_ORDER: Final = (*_DRAWN, 0)


def draw(session: Session) -> None:
    """Bars of households by circle, and those outside as a table."""
    say = session.say
    st.subheader(say("coverage.circles"))
    st.caption(say("coverage.circles_what"))
    found = session.desk.reach.circles.counted(session.region_codes, session.view.programme)
    if not any(circle != UNKNOWN for circle in found):
        states.nothing(say("coverage.circles_none"), say("coverage.circles_none_how"))
        return
    rows = _veiled(session, found)
    _unknown(session, found.get(UNKNOWN, (0, 0)))
    twin.draw(
        session,
        _figure(session, rows),
        _table(session, rows),
        name="circles",
        alt=say("coverage.circles_alt"),
        data=pl.DataFrame(
            [
                {"circle": circle, **dict(zip(("with_aid", "without_aid", "households"), row, strict=True))}
                for circle, row in rows.items()
            ],
            schema={"circle": pl.Int64(), "with_aid": pl.Int64(), "without_aid": pl.Int64(), "households": pl.Int64()},
        ),
    )


def _veiled(session: Session, found: dict[int, tuple[int, int]]) -> dict[int, tuple[int | None, ...]]:
    """With aid, without, together; None where hidden. All four circles together stand on the metric's card."""
    counts: dict[tuple[int, str], int] = {}
    for circle in _ORDER:
        helped, without = found.get(circle, (0, 0))
        counts |= {(circle, "with"): helped, (circle, "without"): without, (circle, "all"): helped + without}
    sums: list[Sum[tuple[int, str]]] = [((one, "all"), [(one, "with"), (one, "without")]) for one in _ORDER]
    for name in _COUNTED:
        counts[_INSIDE, name] = sum(counts[circle, name] for circle in _DRAWN)
        sums.append(((_INSIDE, name), [(circle, name) for circle in _DRAWN]))
    shown = few.seen(session, counts, sums=sums)
    return {circle: tuple(shown[circle, name] for name in _COUNTED) for circle in _ORDER}


def _unknown(session: Session, counts: tuple[int, int]) -> None:
    """How many nobody can place, said in words: they are not nobody, and not outside."""
    if count := sum(counts):
        told = few.told(session, few.seen(session, {UNKNOWN: count})[UNKNOWN])
        st.text(session.say("coverage.circles_unknown", households=told))


def _figure(session: Session, rows: dict[int, tuple[int | None, ...]]) -> go.Figure:
    figure = base(height=360)
    names = [session.text(CIRCLES[circle]) for circle in _DRAWN]
    for place, colour, title in (
        (0, BLUE, session.say("coverage.with_aid")),
        (1, _WITHOUT, session.say("coverage.without_aid")),
    ):
        counts = [rows[circle][place] for circle in _DRAWN]
        figure.add_trace(
            go.Bar(
                x=names,
                y=[count or 0 for count in counts],
                name=title,
                marker={"color": colour},
                text=[few.told(session, count) for count in counts],
                textposition="outside",
                textfont={"color": INK, "size": 13},
                cliponaxis=False,
                hovertemplate="%{x}<br>" + title + ": %{text}<extra></extra>",
            )
        )
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.14, "x": 0}, barmode="group")
    figure.update_yaxes(rangemode="tozero", showticklabels=False, showgrid=False)
    figure.update_xaxes(tickangle=0, type="category", showgrid=False)
    return figure


def _table(session: Session, rows: dict[int, tuple[int | None, ...]]) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("coverage.circle"): session.text(CIRCLES[circle]),
                say("coverage.with_aid"): few.told(session, helped),
                say("coverage.without_aid"): few.told(session, without),
                say("coverage.households"): few.told(session, together),
                say("coverage.share_with_aid"): few.share(session, helped, together),
            }
            for circle, (helped, without, together) in rows.items()
        ]
    )
