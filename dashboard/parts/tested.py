"""What did the statistical questions say of an official? What was not raised is not “nothing”, and not 0."""

import json
from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.text import counted
from dashboard.parts import facts as facts_told
from dashboard.parts import labels, tables
from dashboard.parts.said import sentence
from dashboard.queries import rings
from dashboard.session import Session

SCHEMES: Final = ("kin_excess", "kin_lenience", rings.MUTUAL, rings.CLUSTER)
_BOX: Final = ("observed", "expected", "lift", "low", "high", "p", "q")  # facts of kin_excess that the box shows first
_NAMES: Final = {
    "kin_excess": "ego.kin_excess",
    "kin_lenience": "ego.kin_lenience",
    rings.MUTUAL: "ego.mutual_favor",
    rings.CLUSTER: "ego.favored_cluster",
}


def draw(session: Session, official: int, leads: pl.DataFrame) -> None:
    """Observed and expected where a lead says so; of each other question whether it was asked at all.

    What the reader may not see and what was never raised get the same answer: of nobody's lead is it told whether
    there is one.
    """
    say = session.say
    st.subheader(say("ego.tested"))
    found = {scheme: rings.about(leads, scheme, official) for scheme in SCHEMES}
    for lead in found["kin_excess"].to_dicts():
        _box(session, lead)
    rows = [
        {
            say("ego.question"): _title(session, scheme),
            say("ego.answer"): "\n".join(sentence(session, lead) for lead in mine.to_dicts())
            or _silent(session, scheme),
        }
        for scheme, mine in found.items()
    ]
    answers = [row[say("ego.answer")] for row in rows]
    tables.plain(
        pl.DataFrame(rows),
        alt=say("ego.tested"),
        columns={say("ego.question"): st.column_config.TextColumn(width=330)},
        lines=tables.lines(answers, width=560, least=1 if max(map(len, answers)) < 40 else 3),  # noqa: PLR2004 - signs of one line
    )
    st.caption(say("ego.tested_what"))


def _box(session: Session, lead: Mapping[str, Any]) -> None:
    """The facts of the lead: how many were seen, how many the model expects, how far that may be off."""
    say, card = session.say, session.desk.all_cards.get(lead["scheme"])
    facts = json.loads(lead["facts"] or "{}")
    if card is None:
        return
    said = card.shown(facts, session.language, session.desk.programmes)
    first = [name for name in _BOX if name in facts and name in card.facts]
    with st.container(key="observed", horizontal=True, border=True):
        for name in first:
            fact = card.facts[name]
            st.metric(session.text(fact.label), counted(said[name], fact.unit, session.language))
    if told := facts_told.rows(session, card, facts, but=first):
        with st.expander(say("ego.all_facts")):
            titles = [say("dossier.fact"), say("dossier.value")]
            tables.plain(pl.DataFrame(told, schema=titles, orient="row"), alt=say("dossier.facts_alt"))


def _silent(session: Session, scheme: str) -> str:
    """Why there is no lead to show: the question was never asked, or nothing is found or not for this reader."""
    run = session.desk.runs.get(scheme)
    if run is None or run["status"] == "not_run":
        return session.say("ego.not_tested")
    return session.say("ego.not_raised")


def _title(session: Session, scheme: str) -> str:
    known = scheme in session.desk.all_cards
    return labels.scheme(scheme, session.language, session.desk) if known else session.say(_NAMES[scheme])
