"""How is the network around a lead drawn, and what does a reader switch on and off?"""

import math
from collections.abc import Mapping
from html import escape
from typing import Any, Final, cast

import networkx as nx
import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import tables, way
from dashboard.parts.charts import CONFIG, INK, base
from dashboard.parts.nodes import KINDS, TITLES, names, said
from dashboard.parts.opened import Opened
from dashboard.queries import network
from dashboard.queries.network import Picture
from dashboard.queries.ties import TIES, Kind, Node, Tie, TieKind
from dashboard.session import Session

FIRST: Final[tuple[TieKind, ...]] = ("kin", "household", "handled", "account")  # switched on at first
LINES: Final[dict[TieKind, tuple[str, str]]] = {  # colour and stroke: neither alone tells them apart
    "kin": ("#D55E00", "solid"),
    "household": ("#8a979e", "solid"),
    "handled": ("#0072B2", "dash"),
    "account": ("#009E73", "dot"),
    "phone": ("#CC79A7", "dashdot"),
    "address": ("#E69F00", "longdash"),
}
SHAPES: Final[dict[Kind, str]] = {
    "person": "circle",
    "household": "square",
    "account": "diamond",
    "phone": "triangle-up",
    "address": "pentagon",
}
STROKES: Final[dict[TieKind, str]] = {
    "kin": "network.line_kin",
    "household": "network.line_household",
    "handled": "network.line_handled",
    "account": "network.line_account",
    "phone": "network.line_phone",
    "address": "network.line_address",
}
SYMBOLS: Final[dict[Kind, str]] = {
    "person": "network.shape_person",
    "household": "network.shape_household",
    "account": "network.shape_account",
    "phone": "network.shape_phone",
    "address": "network.shape_address",
}
_HOPS: Final = ("1", "2")
_FEW: Final = 26  # nodes that may all bear their name; of more only the nearest do
_SEED: Final = 7
HALO: Final = ", ".join(f"{x}px {y}px 2px white" for x in (-1, 1) for y in (-1, 1))  # names stay legible over lines
_MIDDLE, _RING, _OUTSIDE = "#1b5e7a", "#56B4E9", "#c6ced2"


def draw(session: Session, opened: Opened) -> None:
    """The switches, the picture, the way between two persons, and the same as two tables."""
    say, desk = session.say, session.desk
    starts = network.centre(desk.opened, opened.lead)
    if not starts:
        st.text(say("network.nothing"))
        return
    kinds, hops = _switches(session)
    st.caption(say("network.neutral"))
    drawn = network.picture(desk.opened, desk.policy, session.scope, starts, kinds=kinds, hops=hops)
    called = names(session, drawn.hops, drawn.hidden)
    alt = say("network.alt", nodes=len(drawn.hops), ties=len(drawn.ties))
    st.plotly_chart(_figure(session, drawn, called), config=CONFIG, theme=None, alt=alt)
    st.caption(_legend(session, drawn))
    if drawn.more:
        st.text(say("network.more", more=f"{drawn.more:,}", most=network.MOST))
    way.draw(session, drawn, called)
    with st.expander(say("network.twin")):
        tables.plain(_tie_rows(session, drawn, called), alt=say("network.ties"))
        tables.plain(_node_rows(session, drawn, called), alt=say("network.nodes"))


def _switches(session: Session) -> tuple[tuple[TieKind, ...], int]:
    """Which ties, and how far; both stand in the URL."""
    say = session.say
    asked = tuple(one for one in address.read("ties").split(",") if one in TIES)
    key = "url-ties"
    st.session_state[key] = list(asked or FIRST)
    left, right = st.columns([4, 1])
    with left:
        st.pills(
            say("network.which"),
            [*TIES],
            format_func=lambda kind: say(TITLES[kind]),
            selection_mode="multi",
            key=key,
            on_change=lambda: address.write(ties=",".join(st.session_state[key])),
        )
    with right:
        hops = address.read("hops") if address.read("hops") in _HOPS else _HOPS[0]
        name, changed = address.bound("hops", hops)
        st.segmented_control(say("network.hops"), _HOPS, required=True, key=name, on_change=changed)
    return cast("tuple[TieKind, ...]", tuple(st.session_state[key])), int(hops)


def _figure(session: Session, drawn: Picture, called: Mapping[Node, str]) -> go.Figure:
    places = _places(drawn)
    figure = base(height=560)
    for kind in TIES:
        if ties := [tie for tie in drawn.ties if tie.kind == kind]:
            _lines(figure, session, ties, places, called)
    for shape in KINDS:
        if nodes := [node for node in drawn.hops if node.kind == shape]:
            _nodes(figure, session, nodes, drawn, places, called)
    figure.update_layout(margin={"l": 10, "r": 10, "t": 10, "b": 10})
    figure.update_xaxes(visible=False, range=[-1.25, 1.25])
    figure.update_yaxes(visible=False, range=[-1.15, 1.15])
    return figure


def _places(drawn: Picture) -> dict[Node, tuple[float, float]]:
    """Where each node stands: the same at every look, the centre in the middle."""
    graph, count = drawn.graph, len(drawn.hops)
    if count == 1:
        return dict.fromkeys(drawn.hops, (0.0, 0.0))
    inner = [node for node, hop in drawn.hops.items() if hop == 0]
    rings = [[node for node, hop in drawn.hops.items() if hop == ring] for ring in range(max(drawn.hops.values()) + 1)]
    start = nx.shell_layout(graph, [ring for ring in rings if ring])
    placed = nx.spring_layout(
        graph, pos=start, k=1.6 / math.sqrt(count), iterations=120, seed=_SEED, fixed=inner if len(inner) == 1 else None
    )
    wide, tall = (max(abs(place[axis]) for place in placed.values()) or 1.0 for axis in (0, 1))
    return {node: (float(x / wide), float(y / tall)) for node, (x, y) in placed.items()}


def _lines(
    figure: go.Figure,
    session: Session,
    ties: list[Tie],
    places: Mapping[Node, tuple[float, float]],
    called: Mapping[Node, str],
) -> None:
    """One trace a kind of tie; what each says is told over its middle."""
    across: list[float | None] = []
    up: list[float | None] = []
    middles: list[tuple[float, float]] = []
    for tie in ties:
        (left, low), (right, high) = places[tie.one], places[tie.other]
        across += [left, right, None]
        up += [low, high, None]
        middles.append(((left + right) / 2, (low + high) / 2))
    colour, dash = LINES[ties[0].kind]
    line = {"color": colour, "width": 2, "dash": dash}
    figure.add_trace(go.Scatter(x=across, y=up, mode="lines", line=line, hoverinfo="skip"))
    figure.add_trace(
        go.Scatter(
            x=[x for x, _ in middles],
            y=[y for _, y in middles],
            mode="markers",
            marker={"size": 12, "opacity": 0},
            hovertext=[escape(said(session, tie, called)) for tie in ties],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _nodes(
    figure: go.Figure,
    session: Session,
    nodes: list[Node],
    drawn: Picture,
    places: Mapping[Node, tuple[float, float]],
    called: Mapping[Node, str],
) -> None:
    kind = nodes[0].kind
    bears = [len(drawn.hops) <= _FEW or drawn.hops[node] == 0 for node in nodes]
    colours = [_OUTSIDE if node in drawn.hidden else _RING if drawn.hops[node] else _MIDDLE for node in nodes]
    figure.add_trace(
        go.Scatter(
            x=[places[node][0] for node in nodes],
            y=[places[node][1] for node in nodes],
            mode="markers+text",
            marker={
                "symbol": SHAPES[kind],
                "size": [18 if drawn.hops[node] == 0 else 13 for node in nodes],
                "color": colours,
                "line": {"color": INK, "width": 1},
                "opacity": 1,
            },
            text=[escape(called[node]) if shown else "" for node, shown in zip(nodes, bears, strict=True)],
            textposition="bottom center",
            textfont={"size": 11, "shadow": HALO},
            hovertext=[escape(f"{session.say(KINDS[kind])} {called[node]}") for node in nodes],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _legend(session: Session, drawn: Picture) -> str:
    """What of shapes and lines occurs, in words."""
    say = session.say
    lines = [say(STROKES[kind]) for kind in TIES if any(tie.kind == kind for tie in drawn.ties)]
    shapes = [say(SYMBOLS[kind]) for kind in KINDS if any(node.kind == kind for node in drawn.hops)]
    return " · ".join([*shapes, *lines, *([say("network.is_outside")] if drawn.hidden else [])])


def _tie_rows(session: Session, drawn: Picture, called: Mapping[Node, str]) -> pl.DataFrame:
    say = session.say
    titles = [say("network.one"), say("network.kind"), say("network.label"), say("network.other")]
    rows = [(called[tie.one], say(TITLES[tie.kind]), session.text(tie.label), called[tie.other]) for tie in drawn.ties]
    return pl.DataFrame([dict(zip(titles, row, strict=True)) for row in rows], schema=titles)


def _node_rows(session: Session, drawn: Picture, called: Mapping[Node, str]) -> pl.DataFrame:
    say = session.say
    count: dict[Node, int] = {}
    for tie in drawn.ties:
        for node in (tie.one, tie.other):
            count[node] = count.get(node, 0) + 1
    rows: list[dict[str, Any]] = [
        {
            say("network.node"): called[node],
            say("network.node_kind"): say(KINDS[node.kind]),
            say("network.distance"): hop,
            say("network.count"): count.get(node, 0),
        }
        for node, hop in drawn.hops.items()
    ]
    return pl.DataFrame(rows)
