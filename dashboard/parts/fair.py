"""On whom do a scheme's flags fall, group by group? Several measures, each with its interval, and no verdict (R15)."""

from html import escape
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.tables import PERSON, REGION
from dashboard import address
from dashboard.parts import few, shown, states, tables, twin
from dashboard.parts.charts import BLUE, LINE, SOFT, base
from dashboard.parts.counted import least
from dashboard.queries import divided, lab
from dashboard.queries.counts import SEES_ALL
from dashboard.session import Session
from metrics.evaluation import fairness
from metrics.evaluation.groups import DIMENSIONS

_TITLES: Final = {
    "urban_rural": "lab.by_urban_rural",
    "age": "lab.by_age",
    "disability": "lab.by_disability",
    "sex": "lab.by_sex",
    "village": "lab.by_village",
    "surname": "lab.by_surname",
}
_MEASURES: Final = {
    "flagged": "lab.rate_flagged",
    "reviewed": "lab.rate_reviewed",
    "confirmed": "lab.rate_confirmed",
}
_WORDS: Final = {
    ("disability", "yes"): "lab.disability_yes",
    ("disability", "no"): "lab.disability_no",
    ("surname", "main"): "lab.surname_main",
    ("surname", "other"): "lab.surname_other",
    ("surname", "none"): "lab.surname_none",
}
_OPTIONS: Final = {"sex": PERSON["sex"].options, "urban_rural": REGION["urban_rural"].options}
_STATUS: Final = {
    "few": "lab.status_few",
    "villages": "lab.status_villages",
    "hidden": "lab.status_hidden",
    "not_said": "lab.status_not_said",
}
_TELLING: Final = 4  # times the step of rounding: a part of so many is at most an eighth off
_ROW: Final = 26  # pixels a group


def draw(session: Session, scheme: str) -> None:
    """The measure chosen as a picture and table; all of them in the file."""
    say, card = session.say, session.desk.cards.get(scheme)
    st.subheader(say("lab.fairness"))
    unit = lab.unit_of(card)
    if unit is None:
        states.nothing(say("lab.no_unit"), say("lab.no_unit_how"), part="fairness")
        return
    if card is not None and lab.closed(card, session.reader):
        st.text(say("lab.closed"))
        return
    leads = lab.raised(session.desk, session.reader, session.region_codes)
    mine = leads.filter(pl.col("scheme") == scheme) if scheme else leads
    known = card is not None and card.family != "missed"
    counts = _seen(session, session.desk.lab.counted(mine, unit, session.region_codes, known=known))
    minimum = max(int(session.desk.policy.tuning("fairness", "minimum")), few.enough(session))
    rates = fairness.rates(counts, minimum, least_part=_TELLING * least(session))
    st.text(say("lab.of_persons") if unit == "person" else say("lab.of_households"))
    st.caption(say("lab.among_known") if known else say("lab.among_all"))
    st.caption(say("lab.fairness_what", minimum=minimum))
    measure = _measure(session)
    _picture(session, scheme, rates.filter(pl.col("measure") == measure), rates, measure)
    _unassessed(session, rates.filter(pl.col("measure") == measure))
    few.explain(session)


def _measure(session: Session) -> str:
    say = session.say
    asked = address.read("rate") if address.read("rate") in _MEASURES else "flagged"
    key, changed = address.bound("rate", asked)
    st.segmented_control(
        say("lab.measure"),
        [*_MEASURES],
        format_func=lambda name: say(_MEASURES[name]),
        required=True,
        label_visibility="collapsed",
        key=key,
        on_change=changed,
    )
    return asked


def _seen(session: Session, counts: pl.DataFrame) -> pl.DataFrame:
    """The counts as the reader may see them."""
    return counts if least(session) == SEES_ALL else divided.seen(counts, least(session))


def _picture(session: Session, scheme: str, rows: pl.DataFrame, rates: pl.DataFrame, measure: str) -> None:
    say = session.say
    told = rows.filter(pl.col("status") == "measured")
    table = pl.DataFrame([_row(session, row) for row in rows.iter_rows(named=True)])
    name = f"fairness-{scheme or 'all'}-{measure}"
    if told.is_empty():
        st.text(say("lab.nothing_assessed"))
        tables.plain(table, alt=say(_MEASURES[measure]))
        return
    figure = _figure(session, told)
    alt = say("lab.fairness_alt", groups=told.height, measure=say(_MEASURES[measure]))
    twin.draw(session, figure, table, name=name, alt=alt, data=rates)


def _figure(session: Session, told: pl.DataFrame) -> go.Figure:
    """A dot a group with its interval, kind by kind from above."""
    figure = base(height=80 + _ROW * told.height)
    rows = told.to_dicts()
    names = [escape(f"{session.say(_TITLES[row['dimension']])} · {group(session, row)}") for row in rows]
    figure.add_trace(
        go.Scatter(
            x=[row["share"] * 100 for row in rows],
            y=names,
            mode="markers",
            marker={"size": 10, "color": BLUE},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [(row["high"] - row["share"]) * 100 for row in rows],
                "arrayminus": [(row["share"] - row["low"]) * 100 for row in rows],
                "color": SOFT,
                "thickness": 1.6,
            },
            hovertext=[f"{name}: {_share(row)}" for name, row in zip(names, rows, strict=True)],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    for place in range(1, len(rows)):
        if rows[place]["dimension"] != rows[place - 1]["dimension"]:
            figure.add_hline(y=place - 0.5, line={"color": LINE, "width": 1})
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(ticksuffix="%", rangemode="tozero")
    figure.update_layout(margin={"t": 12})
    return figure


def group(session: Session, row: dict[str, Any]) -> str:
    """A group in words."""
    say, dimension, code = session.say, row["dimension"], row["group"]
    if code == fairness.NOT_SAID:
        return say("lab.not_said")
    if code == divided.MERGED:
        return say("lab.merged")
    if (dimension, code) in _WORDS:
        return say(_WORDS[dimension, code])
    option = next((one for one in _OPTIONS.get(dimension, ()) if one.code == code), None)
    return code if option is None else session.text(option.label)


def _row(session: Session, row: dict[str, Any]) -> dict[str, str]:
    say = session.say
    measured = row["status"] == "measured"
    part, whole = few.told(session, row["part"]), few.told(session, row["whole"])
    return {
        say("lab.kind"): say(_TITLES[row["dimension"]]),
        say("lab.group"): group(session, row),
        say("lab.counts"): f"{part} / {whole}",
        say("lab.share"): _share(row) if measured else say(_STATUS[row["status"]]),
        say("lab.apart"): _points(row) if measured else shown.UNKNOWN,
        say("lab.times"): _times(row) if measured else shown.UNKNOWN,
    }


def _share(row: dict[str, Any]) -> str:
    return f"{row['share']:.1%} ({row['low']:.1%}–{row['high']:.1%})"


def _points(row: dict[str, Any]) -> str:
    value, low, high = (row[name] * 100 for name in ("difference", "difference_low", "difference_high"))
    return f"{value:+.1f} ({low:+.1f} … {high:+.1f})"


def _times(row: dict[str, Any]) -> str:
    if row["ratio"] is None:
        return shown.UNKNOWN
    return f"{row['ratio']:.2f} ({row['ratio_low']:.2f}–{row['ratio_high']:.2f})"


def _unassessed(session: Session, rows: pl.DataFrame) -> None:
    """Of which kinds nothing at all can be said, and why (R21)."""
    say = session.say
    lines = []
    for dimension in DIMENSIONS:
        states_of = set(rows.filter(pl.col("dimension") == dimension)["status"])
        if "measured" in states_of:
            continue
        why = next((name for name in ("few", "villages", "hidden") if name in states_of), "not_said")
        lines.append(say("lab.unassessed", kind=say(_TITLES[dimension]), why=say(_STATUS[why])))
    if lines:
        st.text("\n".join(lines))
