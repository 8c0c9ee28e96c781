"""How is the standard drawn beside what people spend, and the band it should lie in?"""

from html import escape
from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.parts import labels, shown, states, twin
from dashboard.parts.charts import BLUE, INK, base
from dashboard.queries import adequacy, places
from dashboard.queries.adequacy import Compared
from dashboard.session import Session

_TARGET: Final = "rgba(0,158,115,0.22)"
_MOST: Final = 24  # places drawn; the table has them all
_KINDS: Final = {"urban": "coverage.urban", "rural": "coverage.rural"}


def draw(session: Session) -> None:
    """A bar a place and kind of residents, its target band behind it; what is unknown by name."""
    say, desk, view = session.say, session.desk, session.view
    st.subheader(say("coverage.adequacy"))
    st.caption(say("coverage.adequacy_what", year=desk.as_of.year - 1))
    below = [region.code for region in places.below(desk.regions, view.region) if session.scope.covers(region.code)]
    rows = adequacy.compared(desk.policy, desk.regions, desk.reach.figures, view.region, desk.as_of, places=below)
    for line in dict.fromkeys(_unknown(session, one) for one in rows if one.share is None):
        st.text(line)
    known = [one for one in rows if one.share is not None]
    if not known:
        states.nothing(say("coverage.adequacy_none"), say("coverage.adequacy_none_how"))
        return
    twin.draw(
        session,
        _figure(session, known[:_MOST]),
        _table(session, rows),
        name="adequacy",
        alt=say("coverage.adequacy_alt"),
        data=_data(rows),
    )
    for source in dict.fromkeys(one.target.source for one in known if one.target is not None):
        st.caption(say("coverage.target_source", source=labels.half(source, session.language)))


def _unknown(session: Session, one: Compared) -> str:
    """What a place lacks, by name."""
    say = session.say
    place, kind = session.place(one.region), say(_KINDS[one.kind])
    if one.standard_fen is None:
        return say("coverage.no_standard", place=place, kind=kind)
    return say(
        "coverage.no_consumption",
        place=place,
        kind=kind,
        year=one.year,
        item=labels.cell("reference", "item", f"consumption_{one.kind}", session.language, {}),
    )


def _name(session: Session, one: Compared) -> str:
    """Imported, and Plotly reads tags."""
    return escape(f"{session.place(one.region)} · {session.say(_KINDS[one.kind])}")


def _figure(session: Session, rows: list[Compared]) -> go.Figure:
    figure = base(height=110 + 46 * len(rows))
    names = [_name(session, one) for one in rows]
    band = [_band(one) for one in rows]
    figure.add_trace(
        go.Bar(
            y=names,
            x=[(high - low) * 100 for low, high in band],
            base=[low * 100 for low, _ in band],
            orientation="h",
            width=0.86,
            marker={"color": _TARGET},
            name=session.say("coverage.target"),
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Bar(
            y=names,
            x=[(one.share or 0) * 100 for one in rows],
            orientation="h",
            width=0.42,
            marker={"color": BLUE},
            name=session.say("coverage.adequacy_share"),
            text=[shown.percent(one.share) for one in rows],
            textposition="outside",
            textfont={"color": INK, "size": 13},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    figure.update_layout(
        barmode="overlay", showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
    )
    figure.update_xaxes(ticksuffix="%", rangemode="tozero")
    figure.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return figure


def _band(one: Compared) -> tuple[float, float]:
    """From where to where the target reaches; nowhere where none is set."""
    fields = {} if one.target is None else one.target.fields
    low, high = fields.get("low"), fields.get("high")
    if not isinstance(low, float) or not isinstance(high, float):
        return 0.0, 0.0
    return low, high


def _table(session: Session, rows: list[Compared]) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("overview.region"): session.place(one.region),
                say("coverage.kind"): say(_KINDS[one.kind]),
                say("coverage.standard"): shown.yuan(one.standard_fen),
                say("coverage.consumption", year=one.year): shown.yuan(one.consumption_fen),
                say("coverage.published"): shown.UNKNOWN if one.published is None else session.place(one.published),
                say("coverage.adequacy_share"): shown.percent(one.share),
                say("coverage.target"): _target(one),
                say("coverage.verdict"): _verdict(session, one),
            }
            for one in rows
        ]
    )


def _target(one: Compared) -> str:
    low, high = _band(one)
    return f"{low:.0%} – {high:.0%}" if high else shown.UNKNOWN


def _verdict(session: Session, one: Compared) -> str:
    low, high = _band(one)
    if one.share is None:
        return session.say("overview.unknown")
    if not high:
        return session.say("coverage.no_target")
    if one.share < low:
        return session.say("coverage.below_band")
    return session.say("coverage.above_band") if one.share > high else session.say("coverage.in_band")


def _data(rows: list[Compared]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "region_code": one.region,
                "urban_rural": one.kind,
                "standard_yuan_month": None if one.standard_fen is None else one.standard_fen / 100,
                "consumption_year": one.year,
                "consumption_yuan": None if one.consumption_fen is None else one.consumption_fen / 100,
                "share": one.share,
                "target_low": _band(one)[0] or None,
                "target_high": _band(one)[1] or None,
            }
            for one in rows
        ],
        infer_schema_length=None,
    )
