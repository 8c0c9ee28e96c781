"""What was measured of a question on made-up worlds with known answers, and does chance alone make it speak?"""

from collections.abc import Mapping
from typing import Final

import polars as pl
import streamlit as st

from dashboard import calibrated, measured
from dashboard.parts import labels, power, shown, states, tables
from dashboard.session import Session

_WORLDS: Final = {
    "capture": "lab.world_capture",
    "clean": "lab.world_clean",
    "needy_kin": "lab.world_needy_kin",
    "one_surname": "lab.world_one_surname",
}


def draw(session: Session, scheme: str) -> None:
    """The figures by world, then the null calibration of a statistical question."""
    say, card = session.say, session.desk.cards.get(scheme)
    if card is None:
        _every(session)
        return
    st.subheader(say("lab.measured"))
    st.caption(say("lab.measured_what"))
    _figures(session, scheme)
    st.subheader(say("lab.calibrated"))
    if not card.statistical:
        st.text(say("lab.needs_none"))
        return
    st.caption(say("lab.calibrated_what"))
    _calibrated(session, scheme)


def _figures(session: Session, scheme: str) -> None:
    say = session.say
    rows = [_row(session, row) for row in measured.rows(scheme)]
    if not rows:
        states.nothing(say("lab.unmeasured"), say("lab.unmeasured_how"), part="measured")
        return
    tables.plain(pl.DataFrame(rows), alt=say("lab.measured"))


def _calibrated(session: Session, scheme: str) -> None:
    """Worlds in which nothing is to be found, then what is found of planted effects."""
    say = session.say
    clean, planted = calibrated.unplanted(scheme), calibrated.powers(scheme)
    if not clean and not planted:
        states.nothing(say("lab.uncalibrated"), say("lab.uncalibrated_how"), part="calibrated")
        return
    if clean:
        tables.plain(_table(calibrated.in_words(clean, session.language)), alt=say("lab.calibrated"))
    if planted:
        st.subheader(say("lab.power"))
        st.caption(say("lab.power_what"))
        power.draw(session, scheme, planted)


def _every(session: Session) -> None:
    """The calibration of every statistical scheme that has one, and which have none."""
    say, cards = session.say, session.desk.cards
    statistical = [name for name in sorted(cards) if cards[name].statistical]
    clean = {name: calibrated.unplanted(name) for name in statistical}
    planted = {name: calibrated.powers(name) for name in statistical}
    st.subheader(say("lab.calibrated"))
    st.caption(say("lab.calibrated_what"))
    _together(session, clean, alt=say("lab.calibrated"))
    if any(planted.values()):
        st.subheader(say("lab.power"))
        st.caption(say("lab.power_what"))
        _together(session, planted, alt=say("lab.power"))
    lacking = [
        labels.scheme(name, session.language, session.desk)
        for name in statistical
        if not clean[name] and not planted[name]
    ]
    if lacking:
        st.text(say("lab.uncalibrated_list", schemes=say("rules.joint").join(lacking)))
    st.text(say("lab.choose_measured"))


def _together(session: Session, found: Mapping[str, list[calibrated.Row]], *, alt: str) -> None:
    """One table of all schemes."""
    names = [labels.scheme(name, session.language, session.desk) for name, rows in found.items() for _ in rows]
    told = calibrated.in_words([row for rows in found.values() for row in rows], session.language)
    title = session.say("lab.scheme")
    if told:
        tables.plain(_table([{title: name, **row} for name, row in zip(names, told, strict=True)]), alt=alt)


def _table(rows: list[dict[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)


def _row(session: Session, row: Mapping[str, str]) -> dict[str, str]:
    """One regime; a column that the file lacks is not measured."""
    say = session.say
    world = row.get("regime", "")
    return {
        say("lab.world"): say(_WORLDS[world]) if world in _WORLDS else world,
        say("lab.seeds"): row.get("seeds") or shown.UNKNOWN,
        say("lab.recall"): _bounded(row, "recall", "planted"),
        say("lab.precision"): _bounded(row, "precision", "leads"),
        say("lab.twins"): f"{row.get('twins_raised') or shown.UNKNOWN} / {row.get('twins') or shown.UNKNOWN}",
        say("lab.pr_auc"): _number(row.get("pr_auc")),
        say("lab.at_k"): _number(row.get("precision_at_k")),
        say("lab.alerts"): _bounded(row, "alerts_per_10000", "", name="alerts"),
    }


def _bounded(row: Mapping[str, str], value: str, n: str, *, name: str = "") -> str:
    low, high = (row.get(f"{name or value}_{side}") for side in ("low", "high"))
    if not row.get(value):
        return shown.UNKNOWN
    size = f" n={row[n]}" if row.get(n) else ""
    interval = f" [{_number(low)}, {_number(high)}]" if low and high else ""
    return f"{_number(row[value])}{interval}{size}"


def _number(value: str | None) -> str:
    return f"{float(value):.3f}" if value else shown.UNKNOWN
