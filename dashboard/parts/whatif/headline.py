"""What does each scenario come to, in four numbers?"""

from collections.abc import Callable
from typing import Final

import polars as pl
import streamlit as st

from dashboard.parts import tables
from dashboard.parts.whatif import letters, said
from dashboard.session import Session
from metrics.whatif.measure import BY_ID
from metrics.whatif.scenario_file import BASELINE

_LINES: Final = (  # measure, and whether its change is told beside it
    ("cost", True),
    ("roll_households", True),
    ("roll_persons", True),
    ("poverty_gap", True),
)
_MOVED: Final = ("newly_in_households", "newly_in_persons", "newly_out_households", "newly_out_persons")
_TAPERING: Final = "newly_in_tapering_households"
_APART: Final = 0.02  # of the change of a year's cost from the last month's, in shares of what is
_LOSING: Final = "losing_households"


def draw(session: Session, frame: pl.DataFrame, names: list[str], region: str, below: Callable[[str], None]) -> None:
    """A row of four for each scenario; `below` says what it changes. Without a scenario the rules in force."""
    say = session.say
    for letter in names or [BASELINE]:
        with st.container(border=True, key=f"headline-{letter}"):
            st.subheader(letters.called(session, letter))
            cells = st.columns(4)
            for cell, told in zip(cells, _four(session, frame, letter, region), strict=True):
                label, value, delta = told
                cell.metric(label, value, delta or None, delta_color="off", delta_arrow="off")
            if letter == BASELINE:
                continue
            if words := _after(session, frame, letter, region):
                st.text(words)
            if words := kept_by_taper(session, frame, letter, region):
                st.text(words)
            if warning := _losers(session, frame, letter, region):
                st.warning(warning)
            if untold := _untold(session, frame, letter, region):
                st.warning(untold)
            below(letter)
    st.caption(say("whatif.baseline_what"))


def _four(session: Session, frame: pl.DataFrame, letter: str, region: str) -> list[tuple[str, str, str]]:
    say = session.say

    def row(measure: str, scenario: str = letter) -> said.Row | None:
        return said.find(frame, scenario, region, measure)

    def beside(measure: str) -> str:
        if letter == BASELINE:
            return ""
        moved = row(measure, said.change(letter))
        share = said.percent(session, moved, row(measure, BASELINE))
        return " ".join(filter(None, [said.number(session, moved, signed=True), share]))

    def both(households: str, persons: str, scenario: str) -> str:
        return f"{said.number(session, row(households, scenario))} · {said.number(session, row(persons, scenario))}"

    changed = said.change(letter)
    roll = both("roll_households", "roll_persons", letter)
    moved = say("whatif.baseline_none") if letter == BASELINE else both(*_MOVED[:2], changed)
    out = "" if letter == BASELINE else say("whatif.newly_out", count=both(*_MOVED[2:], changed))
    rolls = [beside(name) for name in ("roll_households", "roll_persons")]
    return [
        (say("whatif.cost_year"), said.number(session, row("cost")), beside("cost")),
        (say("whatif.on_roll"), roll, " · ".join(filter(None, rolls))),
        (say("whatif.gap"), said.number(session, row("poverty_gap")), beside("poverty_gap")),
        (say("whatif.newly_in"), moved, out),
    ]


def _after(session: Session, frame: pl.DataFrame, letter: str, region: str) -> str:
    """What the last month costs, where it moves otherwise than the year: tapers have run out, terms have ended."""
    moved = []
    for measure in ("cost", "month_cost"):
        then, now = (said.find(frame, one, region, measure) for one in (said.change(letter), BASELINE))
        if then is None or now is None or then["value"] is None or not now["value"]:
            return ""
        moved.append(then["value"] / now["value"])
    if abs(moved[1] - moved[0]) < _APART:
        return ""
    row = said.find(frame, letter, region, "month_cost")
    return session.say("whatif.last_month", cost=said.number(session, row), change=f"{moved[1]:+.1%}")


def kept_by_taper(session: Session, frame: pl.DataFrame, letter: str, region: str) -> str:
    """Who is on the roll for a longer taper is not newly eligible; nothing where nobody is, or no number is told."""
    row = said.find(frame, said.change(letter), region, _TAPERING)
    if row is None or not row["value"]:
        return ""
    return session.say("whatif.kept_by_taper", count=said.number(session, row))


def _losers(session: Session, frame: pl.DataFrame, letter: str, region: str) -> str:
    row = said.find(frame, said.change(letter), region, _LOSING)
    if row is None or not (row["value"] or row.get("hidden")):
        return ""
    return session.say("whatif.losers", count=said.number(session, row))


def _untold(session: Session, frame: pl.DataFrame, letter: str, region: str) -> str:
    """Whom only one of the two can judge, and what of the change in cost is theirs; "" where there are none."""
    say = session.say

    def told(measure: str, *, signed: bool = False) -> str:
        return said.number(session, said.find(frame, said.change(letter), region, measure), signed=signed)

    def some(measure: str) -> bool:
        row = said.find(frame, said.change(letter), region, measure)
        return row is not None and bool(row["value"] or row.get("hidden"))

    lines = []
    if some("untold_households"):
        lines.append(say("whatif.untold", count=told("untold_households"), month=told("untold_month_cost")))
    if some("newly_told_households"):
        lines.append(say("whatif.newly_told", count=told("newly_told_households")))
    if lines:
        parts = {name: told(f"{name}_cost", signed=True) for name in ("judged", "untold")}
        lines.append(say("whatif.cost_apart", **parts))
    return "\n\n".join(lines)


def table(session: Session, frame: pl.DataFrame, names: list[str], region: str) -> None:
    """Every measure of the region, its value under each, and what it means by whom."""
    say = session.say
    rows = []
    mine = frame.filter(pl.col("region_code") == region, pl.col("group") == "")
    by = {(row["scenario"], row["measure"]): row for row in mine.iter_rows(named=True)}
    for name, measure in BY_ID.items():
        if (BASELINE, name) not in by and not any((said.change(one), name) in by for one in names):
            continue
        cells = {say("whatif.measure"): session.text(measure.title)}
        if not measure.between:
            cells |= {
                letters.called(session, one): said.number(session, by.get((one, name))) for one in (BASELINE, *names)
            }
        else:
            cells |= {letters.called(session, BASELINE): say("whatif.not_of_one")}
            cells |= {
                letters.called(session, one): said.number(session, by.get((said.change(one), name))) for one in names
            }
        cells |= {
            say("whatif.definition"): session.text(measure.definition),
            say("whatif.by_whom"): session.text(measure.source),
        }
        rows.append(cells)
    wide = {say("whatif.definition"): st.column_config.TextColumn(width=330)}
    tables.plain(pl.DataFrame(rows), alt=say("whatif.all_measures"), columns=wide, lines=3)
