"""How is the path of kin that a lead rests on shown, person by person, with nobody named?"""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from casework.kinship.words import RELATIONS
from dashboard.parts import tables
from dashboard.parts.opened import Opened
from dashboard.queries.people import Person
from dashboard.rights import may
from dashboard.session import Session


def draw(session: Session, opened: Opened) -> None:
    """From the official to the member or holder, with what the official calls each; nothing without a path."""
    kin, persons = opened.kin, opened.persons
    if not kin:
        return
    say = session.say
    st.subheader(say("dossier.kin"))
    link(session, opened, kin[0].person_id)
    last, holds = kin[-1], opened.lead["subject_kind"] == "account"
    person = _who(persons, last.person_id)
    if len(kin) == 1:
        st.text(say("dossier.kin_self_holder" if holds else "dossier.kin_self", person=person))
        return
    term = session.text(last.called)
    st.text(say("dossier.kin_said_holder" if holds else "dossier.kin_said", term=term, person=person))
    tables.plain(
        pl.DataFrame(
            [
                {
                    say("dossier.kin_person"): _who(persons, one.person_id),
                    say("dossier.kin_tie"): session.text(RELATIONS[one.tie]) if one.tie else "",
                    say("dossier.kin_term"): session.text(one.called),
                }
                for one in kin
            ]
        ),
        alt=say("dossier.kin"),
    )


def link(session: Session, opened: Opened, official: int) -> None:
    """To the network around an official, and from there back; for those whom it is open to."""
    if may(session.role, "network"):
        session.link("network", session.say("ego.open"), official=str(official), lead=opened.lead["lead_id"])


def _who(persons: Mapping[int, Person], person_id: int) -> str:
    person = persons.get(person_id)
    return "" if person is None else f"{person.name} {person.number}".strip()
