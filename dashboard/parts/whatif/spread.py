"""On whom and where does it fall: groups with their intervals, and the regions below this one?"""

from typing import Any, Final

import polars as pl
import streamlit as st

from casework.tables import PERSON, REGION
from dashboard import address
from dashboard.parts import tables
from dashboard.parts.whatif import letters, said, sketch
from dashboard.queries import places
from dashboard.session import Session
from metrics.whatif.measure import BY_ID
from metrics.whatif.scenario_file import BASELINE

_MEASURES: Final = ("roll_persons", "exclusion", "inclusion", "coverage_of_poor", "fgt1", "cost", "exclusion_to_best")
_KINDS: Final = {
    "urban_rural": "whatif.by_setting",
    "size": "whatif.by_size",
    "child": "whatif.by_child",
    "aged": "whatif.by_aged",
    "disability": "whatif.by_disability",
    "head_sex": "whatif.by_head",
    "kin": "whatif.by_kin",
}
_ANSWERS: Final = {"yes": "rules.yes", "no": "rules.no"}
_OPTIONS: Final = {"urban_rural": REGION["urban_rural"].options, "head_sex": PERSON["sex"].options}
_MAPPED: Final = ("cost", "roll_households", "roll_persons", "poverty_gap")


def regions(session: Session, frame: pl.DataFrame, names: list[str], letter: str, limits: tuple[int, int]) -> None:
    """The change of a number in each region one tier down, as a map and a table.

    `limits`: the smallest count told, and to what counts are rounded.
    """
    say, region = session.say, session.view.region
    st.subheader(say("whatif.map", name=letters.called(session, letter)))
    below = [one.code for one in places.below(session.desk.regions, region) if session.scope.covers(one.code)]
    asked = address.read("mapped") if address.read("mapped") in _MAPPED else _MAPPED[0]
    key, kept = address.bound("mapped", asked)
    st.selectbox(
        say("whatif.measure"),
        _MAPPED,
        format_func=lambda name: session.text(BY_ID[name].title),
        key=key,
        on_change=kept,
    )
    rows = {code: said.find(frame, said.change(letter), code, asked) for code in below}
    if not any(rows.values()):
        st.text(say("whatif.no_map"))
        return
    picked = sketch.draw(session, rows, letter, asked)
    if picked:
        address.write(region=picked)
        st.rerun()
    told = [
        {
            say("areas.area"): session.place(code),
            **{
                letters.called(session, one): said.number(session, said.find(frame, one, code, asked))
                for one in (BASELINE, *names)
            },
            **{
                say("whatif.change_of", name=letters.called(session, one)): said.number(
                    session, said.find(frame, said.change(one), code, asked), signed=True
                )
                for one in names
            },
        }
        for code in below
    ]
    tables.plain(pl.DataFrame(told), alt=say("whatif.map_table"))
    few, step = limits
    st.caption(say("whatif.map_what" if step > 1 else "whatif.map_hidden", minimum=few, step=step))


def groups(session: Session, frame: pl.DataFrame, names: list[str], region: str) -> None:
    """One measure, group by group, with the interval where it has one."""
    say = session.say
    st.subheader(say("whatif.groups"))
    mine = frame.filter(pl.col("region_code") == region, pl.col("group") != "")
    there = [name for name in _MEASURES if mine.filter(pl.col("measure") == name).height]
    if not there:
        st.text(say("whatif.no_groups"))
        return
    asked = address.read("measure") if address.read("measure") in there else there[0]
    key, kept = address.bound("measure", asked)
    st.selectbox(
        say("whatif.measure"), there, format_func=lambda name: session.text(BY_ID[name].title), key=key, on_change=kept
    )
    measure = BY_ID[asked]
    st.caption(say("whatif.means", what=session.text(measure.definition), source=session.text(measure.source)))
    rows: list[dict[str, Any]] = []
    chosen = mine.filter(pl.col("measure") == asked)
    empty = mine.filter(pl.col("measure") == "households", pl.col("value") == 0, pl.col("scenario") == BASELINE)
    sampled = chosen["low"].null_count() < chosen.height
    for group in chosen["group"].unique(maintain_order=True):
        if group in set(empty["group"]):
            continue
        cells = {say("whatif.group"): _group(session, group)}
        for one in (BASELINE, *names):
            row = said.find(chosen, one, region, asked, group)
            cells[letters.called(session, one)] = said.number(session, row)
            if sampled:
                cells[say("whatif.between", name=letters.called(session, one))] = said.interval(session, row)
        rows.append(cells)
    tables.plain(pl.DataFrame(rows), alt=session.text(measure.title))
    st.caption(say("whatif.groups_what"))


def _group(session: Session, group: str) -> str:
    """A group in words: what it goes by, and which of it."""
    kind, _, label = group.partition(":")
    words = session.say("whatif.not_said") if not label else _label(session, kind, label)
    return session.say("whatif.of_kind", kind=session.say(_KINDS[kind]) if kind in _KINDS else kind, label=words)


def _label(session: Session, kind: str, label: str) -> str:
    if kind == "size":
        return session.say("whatif.of_size", count=label)
    if (option := next((one for one in _OPTIONS.get(kind, ()) if one.code == label), None)) is not None:
        return session.text(option.label)
    return session.say(_ANSWERS[label]) if label in _ANSWERS else label
