"""What would follow if a standard or a rule were another one? Reckoned by the rules, of nobody in particular."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import states
from dashboard.parts.counted import least
from dashboard.parts.whatif import (
    changed,
    chosen,
    doubts,
    files,
    gainers,
    headline,
    kin,
    letters,
    levers,
    limits,
    raised,
    said,
    spread,
    statement,
    sweep,
)
from dashboard.parts.whatif.waiting import awaited
from dashboard.queries import affordable, places, told
from dashboard.queries.levers import Asked
from dashboard.queries.whatif import LAYERS, Answer, WhatIf
from dashboard.session import Session
from dashboard.whatif import STANDARDS, Layer
from metrics.whatif.measure import line_warning
from metrics.whatif.scenario import Scenario
from metrics.whatif.scenario_file import BASELINE

_LAYERS: Final[dict[Layer, str]] = {"rule_book": "whatif.layer_rules", "delivered": "whatif.layer_delivered"}
_YUAN: Final = 100  # fen
_PARTS_WIDE: Final = 700  # pixels: two even lines in either language, on any screen


@dataclass(frozen=True)
class Seen:
    """What every part of the page draws from: the answer as this reader may see it."""

    house: WhatIf
    scenarios: dict[str, Scenario]
    answer: Answer
    measures: pl.DataFrame  # of the region looked at and those one tier down
    few: int
    layer: Layer
    line_fen: int | None

    @property
    def names(self) -> list[str]:
        """The letters of the scenarios, in order."""
        return [*self.scenarios]

    @property
    def letter(self) -> str:
        """The scenario that parts of one alone show."""
        return letters.shown() if letters.shown() in self.scenarios else self.names[0]


def show(session: Session) -> None:
    """Write scenarios, then read what they come to, part by part."""
    session.demand("whatif")
    say, desk = session.say, session.desk
    st.title(say("whatif.title"))
    st.html(f'<div class="scenario" role="note">{say("whatif.banner")}</div>')
    if desk.tables is None:
        states.no_data(say, desk)
        return
    with st.container(key="place"):
        st.text(say("whatif.what", region=session.place(session.view.region)))
    if not desk.policy.rule("dibao_standard").entries:
        states.nothing(say("whatif.no_standard"), say("whatif.no_standard_how", file=STANDARDS), part="standard")
        return
    house = desk.whatif
    scenarios = chosen.draw(session, house.shipped)
    layer, line_fen = _how(session)
    step = least(session)
    limit = max(told.FEW, step)
    key = f"answer {house.digest} {scenarios!r} {layer} {line_fen} {limit} {step}"
    answer = awaited(session, key, lambda progress: house.answer(scenarios, layer, line_fen, (limit, step), progress))
    if answer is None:
        return
    here = pl.col("region_code").is_in([session.view.region, *_below(session)])
    _results(session, Seen(house, scenarios, answer, answer.measures.filter(here), limit, layer, line_fen))
    st.caption(say("whatif.few", minimum=limit, step=step))


def _below(session: Session) -> list[str]:
    below = places.below(session.desk.regions, session.view.region)
    return [one.code for one in below if session.scope.covers(one.code)]


def _how(session: Session) -> tuple[Layer, int | None]:
    """By the rules or as delivered, and below which line poverty is; both in the link."""
    say = session.say
    left, right = st.columns(2)
    asked: Layer = "delivered" if address.read("layer") == "delivered" else "rule_book"
    with left:
        key, kept = address.bound("layer", asked)
        st.segmented_control(
            say("whatif.layer"),
            LAYERS,
            format_func=lambda name: say(_LAYERS[name]),
            required=True,
            key=key,
            on_change=kept,
            help=say("whatif.layer_what"),
        )
    line = address.number("line", 0) or None
    with right:
        st.session_state["url-line"] = line
        st.number_input(
            say("whatif.poverty_line"),
            min_value=1,
            max_value=1_000_000,
            step=100,
            key="url-line",
            on_change=_line,
            placeholder=say("whatif.poverty_line_hint"),
        )
    return asked, None if line is None else line * _YUAN


def _line() -> None:
    said = st.session_state["url-line"]
    address.write(line=str(int(said)) if said else "")


def _results(session: Session, seen: Seen) -> None:
    answer = seen.answer

    def below(letter: str) -> None:
        changed.told(session, answer.differences[letter], answer.conflicts[letter], answer.notes[letter])

    headline.draw(session, seen.measures, seen.names, session.view.region, below)
    if (warning := line_warning(seen.line_fen)) is not None:
        st.caption(session.text(warning))
    _PARTS[_part(session, seen)][1](session, seen)


def _part(session: Session, seen: Seen) -> str:
    say = session.say
    offered = [name for name in _PARTS if seen.names or name not in _OF_ONE]
    asked = address.read("part") if address.read("part") in offered else offered[0]
    key, kept = address.bound("part", asked)
    st.pills(
        say("whatif.parts"),
        offered,
        format_func=lambda name: say(_PARTS[name][0]),
        required=True,
        label_visibility="collapsed",
        width=_PARTS_WIDE,
        key=key,
        on_change=kept,
    )
    return asked


def _curve(session: Session, seen: Seen) -> None:
    letter = seen.letter if seen.names else BASELINE
    asked = affordable.Asked(seen.scenarios.get(letter), session.view.region, None, seen.layer)
    sweep.draw(session, asked, seen.house, letter, (seen.few, least(session)))


def _gainers(session: Session, seen: Seen) -> None:
    mine = seen.answer.moves.filter(
        pl.col("scenario") == f"{seen.letter}-{BASELINE}", pl.col("region_code") == session.view.region
    )
    gainers.draw(session, mine, seen.letter)


def _spread(session: Session, seen: Seen) -> None:
    spread.regions(session, seen.measures, seen.names, seen.letter, (seen.few, least(session)))


def _groups(session: Session, seen: Seen) -> None:
    if seen.layer == "rule_book":
        st.caption(session.say("whatif.by_construction"))
    spread.groups(session, seen.measures, seen.names, session.view.region)


def _statement(session: Session, seen: Seen) -> None:
    house, letter, region = seen.house, seen.letter, session.view.region
    scenario = seen.scenarios[letter]
    key = f"statement {house.digest} {scenario!r} {region} {seen.few} {letter}"
    found = awaited(session, key, lambda _: house.statements(scenario, letter, region, seen.few))
    if found is not None:
        statement.draw(session, found, letter)


def _doubts(session: Session, seen: Seen) -> None:
    letter = seen.letter if seen.names else BASELINE
    doubts.draw(session, seen.house, seen.scenarios.get(letter), letter, seen.layer)


def _leads(session: Session, seen: Seen) -> None:
    raised.draw(session, seen.house, seen.scenarios[seen.letter], seen.letter, seen.few)


def _measures(session: Session, seen: Seen) -> None:
    headline.table(session, seen.measures, seen.names, session.view.region)


def _limits(session: Session, seen: Seen) -> None:
    limits.draw(session, seen.house, seen.scenarios[seen.letter], seen.letter, seen.few)


def _kin(session: Session, seen: Seen) -> None:
    kin.draw(session, seen.house, seen.few)


def _levers(session: Session, seen: Seen) -> None:
    letter = seen.letter if seen.names else BASELINE
    row = said.find(seen.measures, BASELINE, session.view.region, "roll_households")
    asked = Asked(seen.house, seen.scenarios.get(letter), letter, seen.layer, seen.line_fen, session.view.region)
    levers.draw(session, asked, few=row is None or bool(row["hidden"]))


def _files(session: Session, seen: Seen) -> None:
    how = seen.layer, seen.line_fen
    files.draw(session, seen.house, seen.scenarios, seen.answer, how)


_PARTS: Final[dict[str, tuple[str, Callable[[Session, Seen], None]]]] = {
    "curve": ("whatif.part_curve", _curve),
    "gainers": ("whatif.part_gainers", _gainers),
    "regions": ("whatif.part_regions", _spread),
    "groups": ("whatif.part_groups", _groups),
    "statement": ("whatif.part_statement", _statement),
    "measures": ("whatif.part_measures", _measures),
    "limits": ("whatif.part_limits", _limits),
    "kin": ("whatif.part_kin", _kin),
    "levers": ("whatif.part_levers", _levers),
    "doubts": ("whatif.part_doubts", _doubts),
    "leads": ("whatif.part_leads", _leads),
    "files": ("whatif.part_files", _files),
}
_OF_ONE: Final = frozenset({"gainers", "regions", "statement", "limits", "leads", "files"})  # need a scenario
