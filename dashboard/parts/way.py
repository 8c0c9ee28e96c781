"""How do two persons of the picture hang together?"""

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from casework.kinship.words import RELATIONS
from dashboard import address
from dashboard.parts import tables
from dashboard.parts.nodes import names, said
from dashboard.queries import network
from dashboard.queries.kinfolk import Relative
from dashboard.queries.network import Picture, Way
from dashboard.queries.ties import Node
from dashboard.session import Session


def draw(session: Session, drawn: Picture, called: Mapping[Node, str]) -> None:
    """Two pickers and the way from the one to the other: by kin with its words (称谓), else by whatever joins them."""
    say, desk = session.say, session.desk
    persons = {str(node.key): node for node in drawn.persons}
    if len(persons) < 2:  # noqa: PLR2004 - a way has two ends
        return
    st.subheader(say("way.title"))
    left, right = st.columns(2)
    with left:
        one = _picked(session, "one", say("way.one"), persons, called)
    with right:
        other = _picked(session, "other", say("way.other"), persons, called)
    if one is None or other is None:
        st.caption(say("way.choose"))
        return
    if one == other:
        st.text(say("way.same"))
        return
    found = network.way(desk.opened, desk.policy, drawn, one, other)
    if found.kin:
        _kin(session, found.kin)
    elif found.ties:
        _ties(session, found, called)
    else:
        st.text(say("way.none"))


def _picked(
    session: Session, name: str, label: str, persons: Mapping[str, Node], called: Mapping[Node, str]
) -> Node | None:
    asked = address.read(name)
    key, changed = address.bound(name, asked if asked in persons else "")
    st.selectbox(
        label,
        ["", *persons],
        format_func=lambda one: called[persons[one]] if one else session.say("way.nobody"),
        key=key,
        on_change=changed,
    )
    return persons.get(st.session_state[key])


def _kin(session: Session, kin: Sequence[Relative]) -> None:
    """Who is on the way may lie outside the picture, and outside the reader's area."""
    say = session.say
    nodes = [Node("person", one.person_id) for one in kin]
    called = names(session, nodes, network.outside(session.desk.opened, session.scope, nodes))
    first, last = called[nodes[0]], called[nodes[-1]]
    st.text(say("way.called", one=first, other=last, term=session.text(kin[-1].called)))
    rows = [
        {
            say("way.person"): called[node],
            say("dossier.kin_tie"): session.text(RELATIONS[one.tie]) if one.tie else "",
            say("way.term", one=first): session.text(one.called),
        }
        for node, one in zip(nodes, kin, strict=True)
    ]
    tables.plain(pl.DataFrame(rows), alt=say("way.title"))


def _ties(session: Session, found: Way, called: Mapping[Node, str]) -> None:
    say = session.say
    st.text(say("way.no_kin"))
    joint = say("rules.and")
    steps = [joint.join(said(session, tie, called) for tie in ties) for ties in found.ties]
    st.text("\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1)))
