"""How did a number go over the months?"""

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.parts import numbers, twin
from dashboard.parts.charts import BAND, BLUE, base, by_months
from dashboard.session import Session


def draw(session: Session, card: MetricCard, months: pl.DataFrame) -> None:
    """Line and interval band, hidden months named, the same as a table and as a file."""
    say, title = session.say, session.text(card.title)
    unit = session.text(card.unit)
    st.subheader(say("overview.trend", metric=f"{title} ({unit})" if unit else title))
    shown = months.filter(pl.col("value").is_not_null())
    if shown.is_empty():
        st.caption(say("overview.trend_none"))
        return
    period = session.view.period
    if hidden := months["suppressed"].sum():
        st.caption(say("overview.hidden_months", months=hidden))
    twin.draw(
        session,
        _figure(session, card, _whole(months, session)),
        _twin(session, card, months),
        name=card.metric,
        alt=say("overview.trend_alt", metric=title, since=f"{period.since:%Y-%m}", until=f"{period.until:%Y-%m}"),
        data=_data(session, card, months),
    )


def _whole(months: pl.DataFrame, session: Session) -> pl.DataFrame:
    """Every month of the period, so that a gap is a gap and not a straight line."""
    period = session.view.period
    every = pl.DataFrame({"month": pl.date_range(period.since, period.until, "1mo", eager=True)})
    return every.join(months, on="month", how="left").sort("month")


def _figure(session: Session, card: MetricCard, months: pl.DataFrame) -> go.Figure:
    figure = base(height=340)
    scale = 100 if numbers.in_percent(card) else 1
    for run in _runs(months):  # a band has no gaps of its own
        figure.add_trace(
            go.Scatter(
                x=run["month"].to_list() + run["month"].reverse().to_list(),
                y=(run["high"] * scale).to_list() + (run["low"] * scale).reverse().to_list(),
                fill="toself",
                fillcolor=BAND,
                mode="lines",
                line={"width": 0},
                hoverinfo="skip",
            )
        )
    said = [
        f"{row['month']:%Y-%m}: {numbers.value(card, row['value'])}<br>{numbers.basis(session, card, row)}"
        if row["value"] is not None
        else ""
        for row in months.to_dicts()
    ]
    figure.add_trace(
        go.Scatter(
            x=months["month"].to_list(),
            y=(months["value"] * scale).to_list(),
            mode="lines+markers",
            line={"color": BLUE, "width": 2},
            marker={"size": 6},
            connectgaps=False,
            text=said,
            hovertemplate="%{text}<extra></extra>",
        )
    )
    figure.update_yaxes(
        ticksuffix="%" if numbers.in_percent(card) else "", rangemode="normal" if numbers.in_percent(card) else "tozero"
    )
    by_months(figure, months["month"][0], months["month"][-1], most=8)
    return figure


def _runs(months: pl.DataFrame) -> list[pl.DataFrame]:
    known = (pl.col("low").is_not_null() & pl.col("high").is_not_null()).alias("known")
    marked = months.with_columns(known).with_columns(run=pl.col("known").rle_id())
    return [part for part in marked.partition_by("run", maintain_order=True) if part["known"].all()]


def _twin(session: Session, card: MetricCard, months: pl.DataFrame) -> pl.DataFrame:
    say = session.say
    return pl.DataFrame(
        [
            {
                say("overview.trend_month"): f"{row['month']:%Y-%m}",
                say("overview.trend_value"): numbers.headline(session, card, row),
                say("overview.trend_low"): numbers.value(card, row["low"]),
                say("overview.trend_high"): numbers.value(card, row["high"]),
                say("overview.trend_part"): "" if row["part"] is None else f"{row['part']:,}",
                say("overview.trend_whole"): "" if row["whole"] is None else f"{row['whole']:,}",
            }
            for row in months.to_dicts()
        ]
    )


def _data(session: Session, card: MetricCard, months: pl.DataFrame) -> pl.DataFrame:
    """What the chart shows as codes and numbers; hidden months stay empty."""
    view = session.view
    return months.select(
        pl.lit(card.metric).alias("metric"),
        pl.lit(view.programme).alias("programme"),
        pl.lit(view.region).alias("region_code"),
        pl.col("month").dt.strftime("%Y-%m"),
        "part",
        "whole",
        "value",
        "low",
        "high",
        "suppressed",
    )
