"""Who is near an official, which of their households are helped, and whom do rings and clusters tie to them?"""

from functools import partial
from typing import Final, cast

import polars as pl
import streamlit as st

from casework.tables import OFFICIAL
from dashboard import address, looks
from dashboard.exports import ego as exported
from dashboard.numerals import whole
from dashboard.parts import download, ego, labels, staff, states, tables, tested
from dashboard.parts.charts import CONFIG
from dashboard.parts.nodes import KINDS, TITLES, names
from dashboard.parts.said import sentence
from dashboard.queries import officials, rings
from dashboard.queries.ego import HUB, MOST, SHARED, Ego
from dashboard.queries.ego import ego as around
from dashboard.queries.officials import Officials
from dashboard.queries.people import people
from dashboard.queries.ties import Node, TieKind
from dashboard.screens.inspect.search import owned
from dashboard.session import Session

_NONE: Final = "none"  # in the address: no tie is switched on, which is not the same as nothing said
_SENTENCE: Final = 560  # pixels


def show(session: Session) -> None:
    """A list of the reader's officials, or the network around the one that the address names."""
    session.demand("network")
    say, desk = session.say, session.desk
    st.title(say("ego.title"))
    if desk.tables is None:
        states.no_data(say, desk)
        return
    mine = officials.mine(desk, session.reader, session.leads)
    if not desk.opened.has(OFFICIAL, "id_no", "duty") and mine.people.is_empty():
        states.nothing(say("ego.no_table"), say("ego.no_table_how"))
        return
    if not address.read("official"):
        with st.container(key="place"):
            st.text(say("ego.what"))
        staff.choose(session, mine, owned(session))
        return
    official = whole(address.read("official"))
    _back(session)
    if official is None or official not in mine:
        states.nothing(say("ego.unknown"), say("ego.unknown_how"))
        return
    _official(session, mine, official)


def _back(session: Session) -> None:
    """To the list, and to the lead from which the reader came."""
    with st.container(horizontal=True):
        session.link("network", session.say("ego.back"))
        if lead := address.read("lead"):
            session.link("dossier", session.say("ego.back_lead"), lead=lead)


def _official(session: Session, mine: Officials, official: int) -> None:
    say, desk = session.say, session.desk
    looks.note(session, looks.called(session, "person", str(official)))
    person = people(desk.opened, [official]).get(official)
    with st.container(key="sentence"):
        st.text(say("network.unlisted") if person is None else f"{person.name} {person.number}")
    st.text("\n".join(staff.duties(session, official)) or say("ego.no_post"))
    ids = mine.named.filter(pl.col("person_id") == official)["lead_id"]
    leads = session.leads.filter(pl.col("lead_id").is_in(ids.implode()))
    tested.draw(session, official, leads)
    st.subheader(say("ego.around"))
    st.caption(say("network.neutral"))
    shared = _switches(session)
    recused = frozenset() if session.reader.person_id is None else desk.circle(session.reader.person_id)
    found = around(desk.opened, desk.policy, session.scope, official, shared=shared, recused=recused)
    _picture(session, found, leads, official)
    _leads(session, leads)


def _switches(session: Session) -> tuple[TieKind, ...]:
    """Which shared things are followed; they stand in the address."""
    asked = address.read("ties")
    chosen = [one for one in SHARED if one in asked.split(",")]
    key = "url-ties"
    st.session_state[key] = chosen if asked else [*SHARED]
    st.pills(
        session.say("ego.shared"),
        [*SHARED],
        format_func=lambda kind: session.say(TITLES[kind]),
        selection_mode="multi",
        key=key,
        on_change=lambda: address.write(ties=",".join(st.session_state[key]) or _NONE),
    )
    return cast("tuple[TieKind, ...]", tuple(st.session_state[key]))


def _picture(session: Session, found: Ego, leads: pl.DataFrame, official: int) -> None:
    """Drawn, in words, and as two tables to take along."""
    say = session.say
    arcs = rings.arcs(leads, official)
    ring = [Node("person", one) for arc in arcs for one in (arc.giver, arc.taker)]
    drawn_here = [*dict.fromkeys([*found.rings, *found.hubs, *ring])]
    called = names(session, drawn_here, found.hidden, found.recused)
    members = rings.members(leads, official)
    marked = frozenset(node for node in found.rings if str(node.key) in members or called[node] in members)
    drawn = ego.Drawn(found, arcs, called, marked)
    if len(found.rings) == 1:
        st.text(say("ego.no_kin"))
    if len(drawn.rings) > 1:
        alt = say("ego.alt", nodes=len(drawn.rings), ties=len(found.ties) + len(arcs))
        st.plotly_chart(ego.figure(session, drawn), config=CONFIG, theme=None, key="chart-ego", alt=alt)
        st.caption(ego.legend(session, drawn))
    _left_out(session, drawn, len(members) - len(marked))
    with st.expander(say("network.twin")):
        _table(session, ego.node_table(session, drawn), official, "network-nodes", say("network.nodes"))
        if drawn.ego.ties or drawn.arcs:
            _table(session, ego.tie_table(session, drawn), official, "network-ties", say("network.ties"))


def _left_out(session: Session, drawn: ego.Drawn, members: int) -> None:
    """What was found and is not in the picture."""
    say, found = session.say, drawn.ego
    for thing, count in found.hubs.items():
        kind = say(KINDS[thing.kind])
        st.text(say("ego.hub", kind=kind, thing=drawn.called[thing], count=count, most=HUB))
    if found.left:
        joint = say("pair.joint")
        said = joint.join(f"{say(KINDS[kind])} {count:,}" for kind, count in sorted(found.left.items()))
        st.text(say("ego.left", most=MOST, left=said))
    if members > 0:
        st.text(say("ego.members_left", count=members))


def _table(session: Session, table: pl.DataFrame, official: int, name: str, title: str) -> None:
    say = session.say
    st.caption(f"{title} · {table.height}")
    tables.plain(table, alt=title)
    if session.can("export"):
        download.draw(
            session,
            partial(exported.taken, table=table, official=official, name=name),
            say("twin.download"),
            name=f"{name}.csv",
            key=f"take-{name}",
            mime="text/csv",
            hint=say("ego.download_hint"),
        )


def _leads(session: Session, leads: pl.DataFrame) -> None:
    """The reader's leads that name the official; a click opens one."""
    say = session.say
    title = say("ego.its_leads", total=leads.height)
    st.subheader(title)
    if leads.is_empty():
        st.text(say("ego.no_leads"))
        return
    rows = pl.DataFrame(
        [
            {
                say("queue.lead"): labels.scheme(lead["scheme"], session.language, session.desk),
                say("queue.sentence"): sentence(session, lead),
            }
            for lead in leads.to_dicts()
        ]
    )
    picked = tables.picker(
        rows,
        leads["lead_id"].to_list(),
        name="ego-leads",
        alt=title,
        columns={
            say("queue.lead"): st.column_config.TextColumn(width=230),
            say("queue.sentence"): st.column_config.TextColumn(width=_SENTENCE),
        },
        lines=tables.lines(rows[say("queue.sentence")], width=_SENTENCE, least=tables.LINES[session.language]),
    )
    if picked:
        session.go("dossier", lead=picked)
