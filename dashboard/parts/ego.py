"""How is the network around an official drawn, and how is the same said as two tables?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl

from dashboard.parts.charts import INK, base
from dashboard.parts.network import HALO, LINES, SHAPES, STROKES, SYMBOLS
from dashboard.parts.nodes import KINDS, TITLES, said
from dashboard.parts.radial import Place, places, radius
from dashboard.queries.ego import HOMES, KIN, Ego, Home
from dashboard.queries.rings import Arc
from dashboard.queries.ties import TIES, Node, Tie
from dashboard.session import Session

_FEW: Final = 30  # nodes that may all bear their name; of more only the official, kin and colleagues do
_WIDE: Final = 1.7  # the ellipse of a chart that is wider than tall
_HEIGHT: Final = 680
_BEND: Final = 0.16  # of its length: so far an arc leaves the straight line
_STEPS: Final = 24
_ARC: Final = "#6a3d9a"
_FILL: Final = {"now": "#0072B2", "before": "#9fcbe8", "never": "white"}
_MIDDLE, _NEAR, _FURTHER, _OUTSIDE, _COLLEAGUE = "#1b5e7a", "#56B4E9", "#f2f5f6", "#c6ced2", "#cab2d6"
_OF_HOME: Final = {"now": "ego.aid_now", "before": "ego.aid_before", "never": "ego.aid_never"}
_RINGS: Final = ("ego.ring_self", "ego.ring_kin", "ego.ring_home", "ego.ring_thing", "ego.ring_sharer")


@dataclass(frozen=True)
class Drawn:
    """What is drawn, and the words for it. `called`: of every node; `marked`: whom a lead takes to be in a cluster."""

    ego: Ego
    arcs: Sequence[Arc]
    called: Mapping[Node, str]
    marked: frozenset[Node]

    @property
    def colleagues(self) -> list[Node]:
        """The officials of the rings who are not in the network already."""
        every = [Node("person", one) for arc in self.arcs for one in (arc.giver, arc.taker)]
        return [node for node in dict.fromkeys(every) if node not in self.ego.rings]

    @property
    def rings(self) -> dict[Node, int]:
        """Every node with its ring, colleagues first and far enough out for their arcs."""
        return {self.ego.centre: 0} | dict.fromkeys(self.colleagues, HOMES) | dict(self.ego.rings)

    @property
    def numbers(self) -> dict[Node, int]:
        """By which number a node of the picture is found in the table."""
        return {node: number for number, node in enumerate(self.rings)}


def figure(session: Session, drawn: Drawn) -> go.Figure:
    """The rings, drawn as SVG; nodes without room for a name bear their number in the table."""
    ties = [(tie.one, tie.other) for tie in drawn.ego.ties]
    at = places(drawn.ego.centre, drawn.rings, ties, wide=_WIDE)
    chart = base(height=_HEIGHT)
    _circles(chart, max(drawn.rings.values()))
    for kind in TIES:
        if some := [tie for tie in drawn.ego.ties if tie.kind == kind]:
            _lines(chart, session, some, at, drawn.called)
    for arc in drawn.arcs:
        _arc(chart, session, arc, at, drawn.called)
    _marks(chart, drawn, at)
    _nodes(chart, session, drawn, at)
    chart.add_annotation(
        x=0,
        y=0,
        yshift=-24,
        text=escape(drawn.called[drawn.ego.centre]),
        showarrow=False,
        bgcolor="rgba(255,255,255,0.85)",
        font={"size": 13, "color": INK},
    )
    chart.update_layout(margin={"l": 10, "r": 10, "t": 10, "b": 10})
    chart.update_xaxes(visible=False, range=[-1.32 * _WIDE, 1.32 * _WIDE])
    chart.update_yaxes(visible=False, range=[-1.16, 1.16])
    return chart


def _circles(chart: go.Figure, most: int) -> None:
    for ring in range(1, most + 1):
        reach = radius(ring, most)
        line = {"color": "#e8edef", "width": 1}
        chart.add_shape(
            type="circle", x0=-_WIDE * reach, x1=_WIDE * reach, y0=-reach, y1=reach, line=line, layer="below"
        )


def _lines(
    chart: go.Figure, session: Session, ties: Sequence[Tie], at: Mapping[Node, Place], called: Mapping[Node, str]
) -> None:
    across: list[float | None] = []
    up: list[float | None] = []
    for tie in ties:
        (left, low), (right, high) = at[tie.one], at[tie.other]
        across += [left, right, None]
        up += [low, high, None]
    colour, dash = LINES[ties[0].kind]
    line = {"color": colour, "width": 2, "dash": dash}
    chart.add_trace(go.Scatter(x=across, y=up, mode="lines", line=line, hoverinfo="skip"))
    middle = [((at[tie.one][0] + at[tie.other][0]) / 2, (at[tie.one][1] + at[tie.other][1]) / 2) for tie in ties]
    chart.add_trace(
        go.Scatter(
            x=[x for x, _ in middle],
            y=[y for _, y in middle],
            mode="markers",
            marker={"size": 12, "opacity": 0},
            hovertext=[escape(said(session, tie, called)) for tie in ties],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _arc(chart: go.Figure, session: Session, arc: Arc, at: Mapping[Node, Place], called: Mapping[Node, str]) -> None:
    """A bow from who confirmed to whose kin it was for; the two directions bend apart."""
    one, other = Node("person", arc.giver), Node("person", arc.taker)
    (left, low), (right, high) = at[one], at[other]
    bend = (-(high - low) * _BEND, (right - left) * _BEND)
    middle = ((left + right) / 2 + 2 * bend[0], (low + high) / 2 + 2 * bend[1])
    steps = [step / _STEPS for step in range(_STEPS + 1)]
    points = [
        tuple(
            (1 - t) ** 2 * begin + 2 * t * (1 - t) * over + t**2 * end
            for begin, over, end in ((left, middle[0], right), (low, middle[1], high))
        )
        for t in steps
    ]
    line = {"color": _ARC, "width": 2}
    chart.add_trace(
        go.Scatter(x=[x for x, _ in points], y=[y for _, y in points], mode="lines", line=line, hoverinfo="skip")
    )
    near, tip = points[-4], points[-2]
    chart.add_annotation(
        x=tip[0],
        y=tip[1],
        ax=near[0],
        ay=near[1],
        xref="x",
        yref="y",
        axref="x",
        ayref="y",
        showarrow=True,
        arrowhead=2,
        arrowsize=1.3,
        arrowwidth=2,
        arrowcolor=_ARC,
        text="",
    )
    x, y = points[_STEPS // 2]
    words = session.say("ego.arc", one=called[one], other=called[other], count=count_of(session, arc))
    chart.add_trace(
        go.Scatter(
            x=[x],
            y=[y],
            mode="markers+text",
            marker={"size": 20, "color": "white", "line": {"color": _ARC, "width": 1}},
            text=["?" if arc.count is None else str(arc.count)],
            textfont={"size": 12, "color": _ARC},
            hovertext=[escape(words)],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def count_of(session: Session, arc: Arc) -> str:
    """How often, or that the lead does not say."""
    return session.say("ego.not_said") if arc.count is None else str(arc.count)


def _marks(chart: go.Figure, drawn: Drawn, at: Mapping[Node, Place]) -> None:
    """A ring of its own around whom a lead takes to be in a cluster."""
    if marked := [node for node in drawn.rings if node in drawn.marked]:
        chart.add_trace(
            go.Scatter(
                x=[at[node][0] for node in marked],
                y=[at[node][1] for node in marked],
                mode="markers",
                marker={"symbol": "circle-open", "size": 28, "color": "#CC79A7", "line": {"width": 3}},
                hoverinfo="skip",
            )
        )


def _nodes(chart: go.Figure, session: Session, drawn: Drawn, at: Mapping[Node, Place]) -> None:
    rings, numbers = drawn.rings, drawn.numbers
    nodes = [*rings]
    roomy = len(nodes) <= _FEW
    text = [_text(session, drawn, node, roomy=roomy) for node in nodes]
    chart.add_trace(
        go.Scatter(
            x=[at[node][0] for node in nodes],
            y=[at[node][1] for node in nodes],
            mode="markers+text",
            marker={
                "symbol": [_symbol(drawn, node) for node in nodes],
                "size": [22 if rings[node] == 0 else 15 for node in nodes],
                "color": [_colour(drawn, node) for node in nodes],
                "line": {"color": INK, "width": 1.5},
                "opacity": 1,
            },
            text=text,
            textposition=[_beside(at[node], rings[node]) for node in nodes],
            textfont={"size": 12, "shadow": HALO, "color": INK},
            hovertext=[f"{numbers[node]} · {escape(hover(session, drawn, node))}" for node in nodes],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _text(session: Session, drawn: Drawn, node: Node, *, roomy: bool) -> str:
    """A name where there is room, else the number; the official's own is written over the lines."""
    ring = drawn.rings[node]
    if ring == 0:
        return ""
    named = roomy or ring == KIN or node in drawn.colleagues
    return escape(label(session, drawn, node)) if named else str(drawn.numbers[node])


def _beside(place: Place, ring: int) -> str:
    """Away from the middle, so that a name lies over no line of its own node."""
    if ring == 0:
        return "bottom center"
    angle = math.degrees(math.atan2(place[1], place[0] / _WIDE))
    if abs(angle) < 50:  # noqa: PLR2004 - degrees: to the right
        return "middle right"
    if abs(angle) > 130:  # noqa: PLR2004 - degrees: to the left
        return "middle left"
    return "top center" if angle > 0 else "bottom center"


def stands(home: Home | None) -> str:
    """How a household stands with 低保: now, before or never."""
    return "never" if home is None or not (home.now or home.before) else "now" if home.now else "before"


def _symbol(drawn: Drawn, node: Node) -> str:
    if node.kind != "household":
        return "hexagon" if node in drawn.colleagues else SHAPES[node.kind]
    home = drawn.ego.homes.get(node)
    return "square" if home is None or home.stated is None else "square-dot"


def _colour(drawn: Drawn, node: Node) -> str:
    if node in drawn.ego.hidden:
        return _OUTSIDE
    if node in drawn.colleagues:
        return _COLLEAGUE
    if node.kind == "household":
        return _FILL[stands(drawn.ego.homes.get(node))]
    ring = drawn.rings[node]
    return _MIDDLE if ring == 0 else _NEAR if ring == KIN else _FURTHER


def label(session: Session, drawn: Drawn, node: Node) -> str:
    """The name, of kin with the word that the official has for them."""
    word = drawn.ego.called.get(node)
    return drawn.called[node] if word is None else f"{session.text(word)} {drawn.called[node]}"


def hover(session: Session, drawn: Drawn, node: Node) -> str:
    """What a node is, and of a household how it stands."""
    parts = [f"{session.say(KINDS[node.kind])} {label(session, drawn, node)}"]
    if node in drawn.ego.homes:
        parts += [session.say(_OF_HOME[stands(drawn.ego.homes[node])]), stated(session, drawn.ego.homes[node])]
    return " · ".join(parts)


def stated(session: Session, home: Home) -> str:
    """When a household last stated its means."""
    say = session.say
    return say("ego.no_statement") if home.stated is None else say("ego.statement", day=home.stated)


def legend(session: Session, drawn: Drawn) -> str:
    """What of shapes, fills and lines occurs, in words."""
    say, kinds = session.say, {tie.kind for tie in drawn.ego.ties}
    shapes = [say(SYMBOLS[kind]) for kind in KINDS if any(node.kind == kind for node in drawn.rings)]
    fills = [say("ego.fills")] if drawn.ego.homes else []
    arcs = [say("ego.line_arc")] if drawn.arcs else []
    marked = [say("ego.line_cluster")] if drawn.marked & drawn.rings.keys() else []
    hidden = [say("ego.is_hidden")] if drawn.ego.hidden else []
    return " · ".join(
        [*shapes, *fills, *(say(STROKES[kind]) for kind in TIES if kind in kinds), *arcs, *marked, *hidden]
    )


# -- the same as tables ------------------------------------------------------------------------------------------------


def node_table(session: Session, drawn: Drawn) -> pl.DataFrame:
    """Every drawn node by its number."""
    say, ego = session.say, drawn.ego
    rows: list[dict[str, Any]] = []
    for node, number in drawn.numbers.items():
        home = ego.homes.get(node)
        ring = say("ego.ring_colleague") if node in drawn.colleagues else say(_RINGS[drawn.rings[node]])
        rows.append(
            {
                say("ego.number"): number,
                say("network.node"): label(session, drawn, node),
                say("network.node_kind"): say(KINDS[node.kind]),
                say("ego.ring"): ring,
                say("ego.aid"): "" if home is None else say(_OF_HOME[stands(home)]),
                say("ego.stated"): "" if home is None else stated(session, home),
                say("ego.cluster"): say("ego.in_cluster") if node in drawn.marked else "",
            }
        )
    return pl.DataFrame(rows)


def tie_table(session: Session, drawn: Drawn) -> pl.DataFrame:
    """Every drawn tie and arc."""
    say = session.say
    called = {node: f"{number} · {label(session, drawn, node)}" for node, number in drawn.numbers.items()}
    titles = [say("network.one"), say("network.kind"), say("network.label"), say("network.other")]
    rows = [
        (called[tie.one], say(TITLES[tie.kind]), session.text(tie.label), called[tie.other]) for tie in drawn.ego.ties
    ]
    for arc in drawn.arcs:
        one, other = called[Node("person", arc.giver)], called[Node("person", arc.taker)]
        rows.append((one, say("ego.favour"), say("ego.times", count=count_of(session, arc)), other))
    return pl.DataFrame(rows, schema=dict.fromkeys(titles, pl.String()), orient="row")


__all__ = ["Drawn", "figure", "legend", "node_table", "tie_table"]
