"""How does an area lie among its peers, as a picture?"""

from html import escape
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.parts import twin
from dashboard.parts.charts import INK, SOFT, base
from dashboard.parts.opened import Opened
from dashboard.queries import peers
from dashboard.queries.peers import Compared
from dashboard.session import Session

_HEIGHT: Final = 400
_OWN, _PEER, _PREDICTED = "#D55E00", "#7a8a93", "#0072B2"
_BELOW: Final = 0.07  # of the height: room for a mark at nothing
_EDGE: Final = 0.6  # of the width: from there on a name is written to the left


def draw(session: Session, opened: Opened) -> None:
    """Each peer a point, the area's own beside what its peers predict; the same as a table."""
    say, desk, lead = session.say, session.desk, opened.lead
    found = peers.compared(desk.opened, desk.policy, lead, desk.areas)
    if found is None:
        st.text(say("peers.nothing"))
        return
    st.subheader(say("peers.title"))
    st.text(_sentence(session, found, lead))
    figure = _figure(session, found, lead)
    alt = say("peers.alt", place=session.place(lead["subject"]), peers=found.peers.height)
    twin.draw(session, figure, _table(session, found), name=f"peers-{lead['scheme']}", alt=alt)
    st.caption(say("peers.reading") + (say("peers.odd", odd=found.odd) if found.odd else ""))


def _sentence(session: Session, found: Compared, lead: dict[str, Any]) -> str:
    own = found.own
    low, high = (f"{_share(own[side], own['whole'], found.times):.1f}" for side in ("low", "high"))
    return session.say(
        "peers.sentence",
        place=session.place(own["area"]),
        what=session.say(_SHARES[lead["scheme"]]),
        own=f"{_share(own['part'], own['whole'], found.times):.1f}",
        expected=f"{_share(own['expected'], own['whole'], found.times):.1f}",
        low=low,
        high=high,
        peers=found.peers.height,
    )


def _share(part: float, whole: int, times: int) -> float:
    return times * part / whole


def _figure(session: Session, found: Compared, lead: dict[str, Any]) -> go.Figure:
    say, own = session.say, found.own
    figure = base(height=_HEIGHT)
    told = [row for row in found.peers.to_dicts() if not _hidden(session, row)]
    sizes = [row["whole"] for row in told]
    figure.add_trace(
        go.Scatter(
            x=sizes,
            y=[_share(row["part"], row["whole"], found.times) for row in told],
            mode="markers",
            marker={"size": 9, "color": _PEER, "opacity": 0.6, "line": {"width": 1, "color": "white"}},
            hoverinfo="skip",
        )
    )
    low, middle, high = (_share(own[name], own["whole"], found.times) for name in ("low", "expected", "high"))
    figure.add_trace(
        go.Scatter(
            x=[own["whole"]],
            y=[middle],
            mode="markers",
            marker={"size": 14, "color": _PREDICTED, "symbol": "line-ew", "line": {"width": 3, "color": _PREDICTED}},
            error_y={
                "array": [high - middle],
                "arrayminus": [middle - low],
                "color": _PREDICTED,
                "thickness": 2.5,
                "width": 9,
            },
            hoverinfo="skip",
        )
    )
    right = own["whole"] > _EDGE * max([*sizes, own["whole"]])
    figure.add_trace(
        go.Scatter(
            x=[own["whole"]],
            y=[_share(own["part"], own["whole"], found.times)],
            mode="markers+text",
            marker={"size": 14, "color": _OWN, "symbol": "diamond", "line": {"width": 1, "color": "white"}},
            text=[escape(session.place(own["area"]))],
            textposition="middle left" if right else "middle right",
            textfont={"size": 13, "color": INK},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(title={"text": say(_SIZES[lead["scheme"]]), "font": {"color": SOFT}}, tickformat=",")
    top = max([high, *(_share(row["part"], row["whole"], found.times) for row in (own, *told))])
    figure.update_yaxes(title={"text": say(_SHARES[lead["scheme"]]), "font": {"color": SOFT}})
    figure.update_yaxes(range=[-_BELOW * top, (1 + _BELOW) * top])
    figure.update_layout(margin={"t": 16})
    return figure


def _hidden(session: Session, row: dict[str, Any]) -> bool:
    """Would this peer, outside the reader's regions, tell of a few?"""
    limit = session.desk.counts.minimum
    few = any(0 < count < limit for count in (row["part"], row["whole"], row["whole"] - row["part"]))
    return few and not session.scope.covers(row["area"])


def _table(session: Session, found: Compared) -> pl.DataFrame:
    """The area first, then those of the reader's regions; others without a name, by size, of a few without a figure."""
    by_area = found.peers.sort("area", *({"first"} & {*found.peers.columns})).to_dicts()
    named = [row for row in by_area if session.scope.covers(row["area"])]
    others = sorted((row for row in by_area if row not in named), key=lambda row: (row["whole"], row["part"]))
    return pl.DataFrame([_row(session, row, found) for row in (found.own, *named, *others)])


def _row(session: Session, row: dict[str, Any], found: Compared) -> dict[str, str]:
    say, few = session.say, session.desk.counts.minimum
    mine = row["area"] == found.own["area"]
    hidden = not mine and _hidden(session, row)
    named = mine or session.scope.covers(row["area"])
    return {
        say("peers.place"): session.place(row["area"]) if named else say("peers.elsewhere"),
        **({say("peers.month"): row["month"]} if "month" in row else {}),
        say("peers.whole"): say("peers.hidden", least=few) if hidden else f"{row['whole']:,}",
        say("peers.part"): say("peers.hidden", least=few) if hidden else f"{row['part']:,}",
        say("peers.share"): "" if hidden else f"{_share(row['part'], row['whole'], found.times):.1f}",
    }


_SIZES: Final = {
    "never_exit": "peers.size_never_exit",
    "split_village": "peers.size_split_village",
    "mass_exit": "peers.size_mass_exit",
}
_SHARES: Final = {
    "never_exit": "peers.share_never_exit",
    "split_village": "peers.share_split_village",
    "mass_exit": "peers.share_mass_exit",
}
