"""Would cases be late under this scenario's limits, process or staff: how many more, how many fewer?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.tables import STEP
from dashboard import address
from dashboard.parts import shown, states, twin
from dashboard.parts.charts import base
from dashboard.parts.counted import least
from dashboard.parts.whatif import letters
from dashboard.parts.whatif.waiting import awaited
from dashboard.queries import lateness
from dashboard.queries.lateness import ALL, Late
from dashboard.queries.whatif import WhatIf
from dashboard.session import Session
from metrics.whatif.scenario import Scenario
from metrics.whatif.scenario_file import BASELINE
from metrics.whatif.time_limits import notes

_SCOPES: Final = {"decision": "whatif.timed_decision", "emergency": "whatif.timed_emergency"}
_STEP: Final = "step:"
_TICKS: Final = (0, 20, 40, 60, 80, 100)
_ROW: Final = 52  # pixels a programme
_STEPS: Final = {option.code: option.label for option in STEP["step"].options}


def draw(session: Session, house: WhatIf, scenario: Scenario, letter: str, few: int) -> None:
    """Shares past the limit as bars, everything by programme as a table; then what is assumed, in words."""
    say = session.say
    region = session.view.region
    st.subheader(say("whatif.limits", name=letters.called(session, letter)))
    table = awaited(session, f"limits {house.digest} {scenario!r}", lambda _: lateness.lateness(house, scenario))
    if table is None:
        return
    there = lateness.scopes(table, region)
    if not there:
        states.nothing(say("whatif.no_cases"), say("whatif.no_cases_how"), part="limits")
        return
    asked = address.read("timed") if address.read("timed") in there else there[0]
    key, kept = address.bound("timed", asked)
    st.selectbox(say("whatif.timed"), there, format_func=lambda one: _scope(session, one), key=key, on_change=kept)
    if not lateness.moves(table):
        st.text(say("whatif.limits_same"))
    rows = lateness.told(table, asked, region, few, least(session))
    alt = say("whatif.limits_alt", scope=_scope(session, asked))
    twin.draw(
        session,
        _figure(session, rows, letter),
        _table(session, rows),
        name=f"whatif-limits-{letter}",
        alt=alt,
        data=_data(rows),
    )
    st.caption(say("whatif.limits_what", minimum=few))
    for note in notes(scenario.assumptions):
        st.text(session.text(note))


def _scope(session: Session, scope: str) -> str:
    if scope in _SCOPES:
        return session.say(_SCOPES[scope])
    code = scope.removeprefix(_STEP)
    return session.say("whatif.timed_step", step=session.text(_STEPS[code]) if code in _STEPS else code)


def _programme(session: Session, code: str) -> str:
    if code == ALL:
        return session.say("whatif.every_programme")
    names = session.desk.programmes
    return session.text(names[code]) if code in names else session.say("whatif.not_said")


def _figure(session: Session, rows: list[Late], letter: str) -> go.Figure:
    """Two bars a programme, where shares may be told of any."""
    drawn = [row for row in rows if row.shares != (None, None)]
    figure = base(height=110 + _ROW * max(len(drawn), 1))
    names = [_programme(session, row.programme) for row in drawn]
    for place, name in enumerate((BASELINE, letter)):
        shares = [row.shares[place] for row in drawn]
        figure.add_trace(
            go.Bar(
                y=names,
                x=[None if share is None else 100 * share for share in shares],
                orientation="h",
                name=letters.called(session, name),
                marker={"color": letters.COLOURS[name]},
                text=[session.say("overview.hidden") if share is None else shown.percent(share) for share in shares],
                textposition="outside",
                cliponaxis=False,
                hovertemplate="%{y}: %{text}<extra></extra>",
            )
        )
    if not drawn:
        figure.add_annotation(
            text=session.say("whatif.limits_few"), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False
        )
    figure.update_xaxes(range=[0, 112], tickvals=_TICKS, ticktext=[f"{tick}%" for tick in _TICKS])
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_layout(
        barmode="group",
        showlegend=bool(drawn),
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"t": 34},
        bargap=0.3,
    )
    return figure


def _table(session: Session, rows: list[Late]) -> pl.DataFrame:
    say = session.say

    def count(number: int | None) -> str:
        return say("overview.hidden") if number is None else f"{number:,}"

    def two(before: str, after: str) -> str:
        return before if before == after else say("whatif.before_after", before=before, after=after)

    def time(row: Late, number: float | None) -> str:
        if number is None:
            return shown.UNKNOWN
        unit = "whatif.hours" if row.unit == "hours" else "whatif.working_days"
        return say(unit, number=f"{number:,.1f}".removesuffix(".0"))

    return pl.DataFrame(
        [
            {
                say("whatif.programme"): _programme(session, row.programme),
                say("whatif.late_share"): two(*(shown.percent(share) for share in row.shares)),
                say("whatif.late"): two(count(row.before), count(row.after)),
                say("whatif.becomes"): count(row.becomes),
                say("whatif.no_longer"): count(row.no_longer),
                say("whatif.median"): two(*(time(row, number) for number in row.median)),
                say("whatif.nine_in_ten"): two(*(time(row, number) for number in row.p90)),
                say("whatif.judged"): count(row.judged),
                say("whatif.unjudged"): count(row.unknown),
            }
            for row in rows
        ]
    )


def _data(rows: list[Late]) -> pl.DataFrame:
    """The same as codes and plain numbers; null is hidden or unknown."""
    return pl.DataFrame(
        [
            {
                "programme": row.programme,
                "late_share_before": row.shares[0],
                "late_share_after": row.shares[1],
                "late_before": row.before,
                "late_after": row.after,
                "becomes_late": row.becomes,
                "no_longer_late": row.no_longer,
                "median_before": row.median[0],
                "median_after": row.median[1],
                "p90_before": row.p90[0],
                "p90_after": row.p90[1],
                "unit": row.unit,
                "judged": row.judged,
                "unknown": row.unknown,
            }
            for row in rows
        ],
        infer_schema_length=None,
    )
