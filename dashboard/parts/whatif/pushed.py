"""Which rule moves the numbers most, and what would behaviour add?

Each takes many reckonings: it is asked for by a click and runs beside the page.
"""

from collections.abc import Callable
from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.tables import REGION
from dashboard import address
from dashboard.background import Progress
from dashboard.parts import twin
from dashboard.parts.charts import INK, base
from dashboard.parts.whatif import said
from dashboard.parts.whatif.waiting import Answer, awaited
from dashboard.queries import levers
from dashboard.queries.levers import Asked
from dashboard.session import Session
from metrics.whatif.pushed import BY

_MEASURES: Final = {
    "cost_fen": "whatif.cost_year",
    "households": "whatif.households_on",
    "persons": "whatif.persons_on",
    "exclusion": "whatif.excluded",
    "inclusion": "whatif.included",
}
_WAN_FEN: Final = 1_000_000
_ROW: Final = 40  # pixels a rule


def swings(session: Session, asked: Asked) -> None:
    """Bars from the lower to the higher rule, the widest on top."""
    say = session.say
    st.caption(say("whatif.swings_what"))
    found = _run(session, asked, "swings", lambda progress: levers.swings(asked, progress))
    if found is None:
        return
    mine = found.filter(pl.col("measure") == "cost_fen", pl.col("spread") > 0)
    rows = [(_rule(session, row), row) for row in mine.iter_rows(named=True)]
    figure = base(height=110 + _ROW * max(len(rows), 1))
    for name, words, colour in (("less", "whatif.less_of_it", "#8cc2e0"), ("more", "whatif.more_of_it", "#0072B2")):
        figure.add_trace(
            go.Bar(
                y=[rule for rule, _ in rows],
                base=[row["base"] / _WAN_FEN for _, row in rows],
                x=[(row[name] - row["base"]) / _WAN_FEN for _, row in rows],
                orientation="h",
                name=say(words),
                marker={"color": colour},
                hovertext=[said.money(session, row[name]) for _, row in rows],
                hovertemplate="%{y}: %{hovertext}<extra></extra>",
            )
        )
    if rows:
        figure.add_vline(x=rows[0][1]["base"] / _WAN_FEN, line={"color": INK, "width": 1, "dash": "dot"})
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_xaxes(title=say("whatif.cost_axis"), tickformat=",")
    figure.update_layout(
        barmode="overlay",
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )
    told = [
        {
            say("whatif.rule"): _rule(session, row),
            say("whatif.measure"): say(_MEASURES[row["measure"]]),
            say("whatif.base"): said.rounded(session, row["measure"], row["base"]),
            say("whatif.less_of_it"): said.rounded(session, row["measure"], row["less"]),
            say("whatif.more_of_it"): said.rounded(session, row["measure"], row["more"]),
        }
        for row in found.iter_rows(named=True)
    ]
    twin.draw(session, figure, pl.DataFrame(told), name="whatif-swings", alt=say("whatif.swings_alt"))
    still = found.filter(pl.col("measure") == "cost_fen", pl.col("spread") == 0)
    if still.height:
        names = [_rule(session, row) for row in still.iter_rows(named=True)]
        st.caption(say("whatif.still", rules=say("rules.joint").join(names)))


def _rule(session: Session, row: dict[str, str]) -> str:
    """The rule's name, for whom, and by how much it is moved."""
    label = session.text(session.desk.policy.rule(row["rule"]).label)
    setting = row["scope"].partition("=")[2]
    option = next((one for one in REGION["urban_rural"].options if one.code == setting), None)
    name = label if option is None else session.say("whatif.of_kind", kind=label, label=session.text(option.label))
    step = "±1" if row["step"].startswith("-") else f"±{BY:.0%}"
    return f"{name} {step}"


def responses(session: Session, asked: Asked) -> None:
    """The numbers without and with low, middle and high responses; a range, apart from the headline."""
    say = session.say
    st.caption(say("whatif.responses_what"))
    if asked.scenario is None:
        st.text(say("whatif.responses_none"))
        return
    found = _run(session, asked, "responses", lambda progress: levers.responses(asked, progress))
    if found is None:
        return
    cases = [(say("whatif.arithmetic"), found.base), *((session.text(one.label), one.numbers) for one in found.cases)]
    figure = base(height=300)
    figure.add_trace(
        go.Scatter(
            x=[name for name, _ in cases],
            y=[numbers["cost_fen"] / _WAN_FEN for _, numbers in cases],
            mode="markers",
            marker={"size": 12, "color": ["#5b6b74", *["#0072B2"] * len(found.cases)]},
            hovertext=[said.money(session, numbers["cost_fen"]) for _, numbers in cases],
            hovertemplate="%{x}: %{hovertext}<extra></extra>",
        )
    )
    figure.update_yaxes(title=say("whatif.cost_axis"), tickformat=",")
    rows = [
        {say("whatif.measure"): say(words)}
        | {name: said.rounded(session, measure, numbers[measure]) for name, numbers in cases}
        for measure, words in _MEASURES.items()
    ]
    twin.draw(session, figure, pl.DataFrame(rows), name="whatif-responses", alt=say("whatif.responses_alt"))


def _run(session: Session, asked: Asked, name: str, make: Callable[[Progress], Answer]) -> Answer | None:
    """The answer once it was asked for and is there; what is of everybody is not for who sees a part."""
    say = session.say
    if session.scope.prefix:
        st.text(say("whatif.doubts_scope"))
        return None
    if address.read("run") != name:
        st.button(say("whatif.run"), key=f"run-{name}", on_click=lambda: address.write(run=name))
        return None
    return awaited(session, f"{name} {asked.key}", make)
