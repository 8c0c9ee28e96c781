"""How does a chart stand on a page: with its words for who cannot see it, as a table, and with its data to take?"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.exports import figures
from dashboard.parts import download, tables
from dashboard.parts.charts import CONFIG
from dashboard.session import Session


def draw(
    session: Session,
    figure: go.Figure,
    table: pl.DataFrame,
    *,
    name: str,
    alt: str,
    data: pl.DataFrame | None = None,
    columns: Mapping[str, Any] | None = None,
) -> None:
    """The figure, the same as a table in a fold, and as a file.

    `table`: in the reader's words; `data`: the same as codes and plain numbers for the file, else the table itself.
    `name`: of the chart, in ASCII: the file's name and the keys.
    """
    st.plotly_chart(figure, config=CONFIG, theme=None, key=f"chart-{name}", alt=alt)
    beside(session, table, name=name, data=data, columns=columns)


def beside(
    session: Session,
    table: pl.DataFrame,
    *,
    name: str,
    data: pl.DataFrame | None = None,
    columns: Mapping[str, Any] | None = None,
) -> None:
    """Table and file alone, where the chart is drawn by other means (a map that is clicked)."""
    say = session.say
    with st.expander(say("twin.table")):
        tables.plain(table, alt=say("twin.table"), columns=columns)
        download.draw(
            session,
            partial(figures.taken, table=table if data is None else data, name=name),
            say("twin.download"),
            name=f"{name}-{session.view.region.replace('/', '_')}.csv",
            key=f"take-{name}",
            mime="text/csv",
            hint=say("twin.download_hint"),
        )
