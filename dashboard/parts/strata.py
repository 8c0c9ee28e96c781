"""Beside whom is a figure out of line: stratum by stratum, how many of the marked and of all others were hit?

Drawn for every question whose fact `beside` lists its strata, a line each: village, year, band, hits by number of the
marked, hits by number of the others. What a hit is, each question says in its own words.
"""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.means.band import edges
from dashboard.parts import tables
from dashboard.session import Reading, Session

FACT: Final = "beside"
_WHAT: Final = {"kin_excess": "strata.what", "kin_lenience": "strata.what_fared"}  # by scheme
_MARKED: Final = {"kin_excess": "strata.kin_on_aid", "kin_lenience": "strata.marked_better"}
_OTHERS: Final = {"kin_excess": "strata.others_on_aid", "kin_lenience": "strata.others_better"}
_HUNDRED: Final = 10  # thousandths of the standard in a per cent


def draw(session: Session, lead: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """A table under its own heading; nothing where the question compares no strata."""
    if not (told := lines(lead, facts)):
        return
    st.subheader(session.say("strata.title", total=len(told)))
    st.caption(session.say(_WHAT[lead["scheme"]]))
    tables.plain(table(session, lead["scheme"], told), alt=session.say("strata.title", total=len(told)))


def lines(lead: Mapping[str, Any], facts: Mapping[str, Any]) -> list[str]:
    """The strata that a lead lists; none where its question compares none."""
    return list(facts.get(FACT) or []) if lead["scheme"] in _MARKED else []


def table(reading: Reading, scheme: str, told: list[str]) -> pl.DataFrame:
    """One row a stratum, in words."""
    say, regions = reading.say, reading.desk.regions
    rows = []
    for line in told:
        place, year, band, marked, others = line.split(" ")
        rows.append(
            {
                say("strata.village"): reading.text(regions[place].name) if place in regions else place,
                say("strata.year"): year,
                say("strata.band"): _band(reading, int(band)),
                say(_MARKED[scheme]): marked.replace("/", " / "),
                say(_OTHERS[scheme]): others.replace("/", " / "),
            }
        )
    return pl.DataFrame(rows)


def _band(reading: Reading, band: int) -> str:
    """Income a head in per cent of the standard; the last band is of whom a veto shuts out."""
    limits = [f"{edge / _HUNDRED:g}" for edge in edges(reading.desk.policy)]
    if band > len(limits):
        return reading.say("strata.barred")
    if band == 0:
        return reading.say("strata.below", limit=limits[0])
    if band == len(limits):
        return reading.say("strata.from", limit=limits[-1])
    return reading.say("strata.between", low=limits[band - 1], high=limits[band])
