"""Do complaints and leads speak of the same areas, and where is neither heard?

Those who see leads see both rates; leaders and researchers a word, never a number of leads (contract §6).
"""

from html import escape
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.parts import counted, numbers, shown, states, tables, twin
from dashboard.parts.charts import BLUE, SOFT, base
from dashboard.queries import places, silence
from dashboard.queries.board import UNCOUNTED
from dashboard.queries.counts import SEES_ALL
from dashboard.rights import may
from dashboard.session import Session

METRIC: Final = "complaints_per_1000"
_WORDS: Final = {
    "silent": "complaints.silent",
    "led": "complaints.led",
    "heard": "complaints.heard",
    "few": "complaints.few",
    "unknown": "complaints.unknown",
}
_ORANGE: Final = "#C75000"
_PER: Final = 1000
_NAMED: Final = 20  # areas whose names have room beside their points


def draw(session: Session) -> None:
    """The areas one tier down, and of them those that are silent."""
    say, desk, view = session.say, session.desk, session.view
    st.subheader(say("complaints.joined"))
    below = [area.code for area in places.below(desk.regions, view.region) if session.scope.covers(area.code)]
    if not below:
        st.caption(say("overview.below_none"))
        return
    areas = _areas(session, below)
    if may(session.role, "queue"):
        _rates(session, areas)
    else:
        _words(session, areas)
    _silent(session, areas)


def _areas(session: Session, below: list[str]) -> pl.DataFrame:
    """The verdict on each area rests on all counts; what is shown of them is each reader's own matter."""
    desk, view = session.desk, session.view
    peers = [code for code in silence.peers(desk.regions, view.region) if session.scope.covers(code)]
    counts = desk.counts.each(METRIC, peers, "", view.period, SEES_ALL)
    known = pl.DataFrame({"region_code": below}).join(counts, on="region_code", how="left")
    leads = silence.by_area(desk.regions, _standing(session), below) if desk.detected else None
    common = silence.rate(counts)
    few = 0 < int(counts["part"].sum()) < counted.least(session)  # a rate of so few complaints would tell them
    return silence.judged(known, None if few else common, leads)


def _standing(session: Session) -> pl.DataFrame:
    """The leads that the reader may see and that stand."""
    return session.leads.filter(~pl.col("gone") & ~UNCOUNTED)


def _rates(session: Session, areas: pl.DataFrame) -> None:
    """Complaints per 1,000 recipients a year beside current leads per 1,000; the table opens the area."""
    say, desk = session.say, session.desk
    st.caption(say("complaints.joined_what"))
    card = desk.metric_cards[METRIC]
    codes = areas["region_code"].to_list()
    rates = _each(session, card, codes)
    months = _months(session, card)
    rows = [_rated(row, rates.get(row["region_code"]), months) for row in areas.to_dicts()]
    drawn = [row for row in rows if row["complaints_per_1000"] is not None and row["leads_per_1000"] is not None]
    if drawn:
        twin.draw(
            session,
            _figure(session, drawn),
            pl.DataFrame([_line(session, row) for row in rows]),
            name="complaints-leads",
            alt=say("complaints.joined_alt"),
            data=pl.DataFrame(rows, infer_schema_length=None),
        )
    st.caption(say("complaints.open_area"))
    picked = tables.picker(
        pl.DataFrame([_line(session, row) for row in rows]), codes, name="voices", alt=say("complaints.joined_alt")
    )
    if picked:
        session.go("complaints", region=picked)


def _months(session: Session, card: MetricCard) -> int:
    """Of how many months the register tells: persons covered are counted in each."""
    return counted.monthly(session, card, programme="")["whole"].drop_nulls().len()


def _rated(row: dict[str, Any], rate: dict[str, Any] | None, months: int) -> dict[str, Any]:
    recipients = row["whole"] / months if row["whole"] and months else None
    return {
        "region_code": row["region_code"],
        "recipients": recipients,
        "complaints": row["part"],
        "complaints_per_1000": None if rate is None else rate["value"],
        "leads": row["leads"],
        "leads_per_1000": row["leads"] / recipients * _PER if recipients and row["leads"] is not None else None,
        "expected": row["expected"],
        "verdict": row["verdict"],
    }


def _line(session: Session, row: dict[str, Any]) -> dict[str, str]:
    say = session.say
    return {
        say("overview.region"): session.place(row["region_code"]),
        say("complaints.recipients"): shown.number(row["recipients"]),
        say("complaints.count"): shown.number(row["complaints"]),
        say("complaints.rate"): shown.number(row["complaints_per_1000"]),
        say("complaints.leads"): shown.number(row["leads"]),
        say("complaints.lead_rate"): shown.number(row["leads_per_1000"]),
        say("complaints.verdict"): say(_WORDS[row["verdict"]]),
    }


def _figure(session: Session, rows: list[dict[str, Any]]) -> go.Figure:
    say, figure = session.say, base(height=380)
    quiet = [row["verdict"] == "silent" for row in rows]
    figure.add_trace(
        go.Scatter(
            x=[row["leads_per_1000"] for row in rows],
            y=[row["complaints_per_1000"] for row in rows],
            mode="markers+text" if len(rows) <= _NAMED else "markers",
            textposition="top center",
            cliponaxis=False,
            marker={"size": 12, "color": [_ORANGE if one else BLUE for one in quiet], "line": {"color": SOFT}},
            text=[escape(session.place(row["region_code"])) for row in rows],
            hovertemplate="%{text}: %{x:.1f} / %{y:.1f}<extra></extra>",
        )
    )
    figure.update_xaxes(title=say("complaints.lead_rate"), rangemode="tozero")
    figure.update_yaxes(title=say("complaints.rate"), rangemode="tozero")
    return figure


def _words(session: Session, areas: pl.DataFrame) -> None:
    """The rate as the reader may see it, and a word on whether anything is heard."""
    say, card = session.say, session.desk.metric_cards[METRIC]
    st.caption(say("complaints.words_what"))
    codes = areas["region_code"].to_list()
    rates = _each(session, card, codes)
    rows = [
        {
            say("overview.region"): session.place(row["region_code"]),
            say("complaints.rate"): numbers.headline(session, card, rates.get(row["region_code"])),
            say("complaints.verdict"): say(_WORDS[row["verdict"]]),
        }
        for row in areas.to_dicts()
    ]
    picked = tables.picker(pl.DataFrame(rows), codes, name="voices", alt=say("complaints.words_what"))
    if picked:
        session.go("complaints", region=picked)


def _each(session: Session, card: MetricCard, codes: list[str]) -> dict[str, dict[str, Any]]:
    """The rate of each area; complaints know no programme."""
    found = counted.each(session, card, codes, programme="")
    return {row["region_code"]: row for row in found.to_dicts()}


def _silent(session: Session, areas: pl.DataFrame) -> None:
    say = session.say
    st.subheader(say("complaints.silence"))
    st.caption(say("complaints.silence_what", chance=f"{silence.CHANCE:.0%}"))
    if not session.desk.detected:
        states.no_run(say, session.desk)
        return
    quiet = areas.filter(pl.col("verdict") == "silent")
    if quiet.is_empty():
        states.nothing(say("complaints.none_silent"), say("complaints.none_silent_how"), part="silence")
        return
    tables.plain(
        pl.DataFrame(
            {
                say("overview.region"): [session.place(code) for code in quiet["region_code"]],
                say("complaints.expected"): [f"{expected:.1f}" for expected in quiet["expected"]],
                say("complaints.received_here"): ["0"] * quiet.height,
                say("complaints.ask"): [say("complaints.ask_how")] * quiet.height,
            }
        ),
        alt=say("complaints.silence"),
    )
