"""Are these two one person: what do the data say of each, side by side, and what was judged?"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.kinship.words import RELATIONS
from casework.review import identity
from casework.review.identity import SCHEME
from casework.tables import AWARD, PERSON
from dashboard import judging
from dashboard.exports.rows import masked
from dashboard.parts import judgement, labels, tables, twin
from dashboard.parts.charts import BLUE, INK, base, by_months
from dashboard.parts.opened import Opened
from dashboard.queries import network, pair
from dashboard.queries.pair import FIELDS, Agreement, Compared, Field
from dashboard.queries.people import Person, mask_name, people
from dashboard.queries.ties import Node
from dashboard.session import Session

TITLES: Final[dict[Field, str]] = {
    "name": "pair.name",
    "sex": "pair.sex",
    "born_on": "pair.born",
    "id_state": "pair.state",
    "phone": "pair.phone",
    "account": "pair.account",
    "address": "pair.address",
    "household": "pair.household",
    "kin": "pair.kin",
}
_AGREE: Final[dict[Agreement, str]] = {  # a sign and a word: never colour alone
    "equal": "pair.equal",
    "partly": "pair.partly",
    "differs": "pair.differs",
    "unknown": "pair.unknown",
}
_STATES: Final = {
    "valid": "dossier.number_valid",
    "upgraded15": "dossier.number_upgraded",
    "bad_check": "dossier.number_bad",
}
_MASKS: Final[dict[Field, Callable[[Session, str], str]]] = {  # what is not here is open to every reader of cases
    "name": lambda _, text: mask_name(text),
    "phone": lambda _, text: f"…{text[-_TAIL:]}",
    "account": lambda _, text: masked(text),
    "address": lambda session, _: session.say("dossier.hidden"),
}
_TAIL: Final = 4  # signs by which a reader tells numbers apart
_COLOURS: Final = (BLUE, "#E69F00")
_WIDTH: Final = 200  # pixels of a person's column at 1280


def draw(session: Session, opened: Opened) -> None:
    """The two in columns, their months of aid, and what was judged; nothing before a lead of another kind."""
    say, desk, lead = session.say, session.desk, opened.lead
    if lead["scheme"] != SCHEME:
        return
    st.subheader(say("pair.title"))
    two = judging.pair_of(lead)
    if two is None:
        _rows_of_one(session, opened)
        return
    found = pair.compared(desk.opened, desk.policy, two)
    relatives = {one for person in two for one in found.relations[person]}
    named = people(desk.opened, relatives) | people(desk.opened, two, reveal=opened.reveal)  # kin are never unmasked
    hidden = _hidden(session, {*two, *relatives})
    st.caption(say("pair.what"))
    heads = _heads(session, found, named, hidden)
    rows = _fields(session, found, named, heads, hidden, reveal=opened.reveal)
    _laid(session, rows, heads)
    seen = found.shown([one for one in two if one not in hidden])
    _kin(session, seen, named, heads, hidden)
    if hidden.keys() & {*two}:
        st.caption(say("pair.outside"))
    _aid(session, found, seen, heads)
    judgement.draw(session, lead, two)


def _rows_of_one(session: Session, opened: Opened) -> None:
    """One number under two names: its rows side by side, where they differ; nobody is judged by it."""
    say, desk, subject = session.say, session.desk, identity.persons_in([str(opened.lead["subject"])])
    found = pair.rows_of(desk.opened, subject.pop()) if subject else None
    if found is None:
        st.text(say("pair.one_number"))
        return
    heads = dict(zip(found.pair, "AB", strict=True))
    st.caption(say("pair.one_number_what"))
    _laid(session, _lines(session, found, heads, pair.OF_ROW, {}, reveal=opened.reveal), heads)


def _laid(session: Session, rows: pl.DataFrame, heads: Mapping[int, str]) -> None:
    cells = [cell for head in heads.values() for cell in rows[head]]
    tables.plain(rows, alt=session.say("pair.alt"), lines=tables.lines(cells, width=_WIDTH, least=1))


def _hidden(session: Session, persons: Collection[int]) -> dict[int, str]:
    """Of whom the reader may read nothing, and why: outside their area, or their own kin."""
    outside = network.outside(session.desk.opened, session.scope, [Node("person", one) for one in sorted(persons)])
    reader = session.reader.person_id
    own = frozenset() if reader is None else session.desk.circle(reader)
    return {int(node.key): session.say("network.outside") for node in outside} | dict.fromkeys(
        own & {*persons}, session.say("network.recused")
    )


def _heads(session: Session, found: Compared, named: Mapping[int, Person], hidden: Mapping[int, str]) -> dict[int, str]:
    """What each column is called; the two may be masked alike, so each has its letter."""
    return {
        one: f"{letter} {hidden.get(one) or _name(session, named.get(one))}"
        for letter, one in zip("AB", found.pair, strict=True)
    }


def _name(session: Session, person: Person | None) -> str:
    return session.say("network.unlisted") if person is None else f"{person.name} …{person.number[-_TAIL:]}"


def _fields(
    session: Session,
    found: Compared,
    named: Mapping[int, Person],
    heads: Mapping[int, str],
    hidden: Mapping[int, str],
    *,
    reveal: bool,
) -> pl.DataFrame:
    say = session.say
    number = {
        say("search.field"): say("pair.number"),
        **{heads[one]: hidden.get(one) or (named[one].number if one in named else "") for one in found.pair},
        say("pair.agrees"): say("pair.differs"),  # one number is one person in the data
    }
    return pl.concat([pl.DataFrame([number]), _lines(session, found, heads, FIELDS, hidden, reveal=reveal)])


def _lines(
    session: Session,
    found: Compared,
    heads: Mapping[int, str],
    fields: Sequence[Field],
    hidden: Mapping[int, str],
    *,
    reveal: bool,
) -> pl.DataFrame:
    """A line a field: what is said of each, and whether it agrees."""
    say = session.say
    return pl.DataFrame(
        [
            {
                say("search.field"): say(TITLES[field]),
                **{
                    heads[one]: hidden.get(one) or _said(session, found, one, field, reveal=reveal)
                    for one in found.pair
                },
                say("pair.agrees"): say(_AGREE[found.agreement(field)]),
            }
            for field in fields
        ]
    )


def _said(session: Session, found: Compared, one: int, field: Field, *, reveal: bool) -> str:
    """Every value of a field, masked until the reader has said why not."""
    values, joint = found.values[one][field], session.say("pair.joint")
    if field == "kin":
        return session.say("pair.persons", count=len(values)) if values else session.say("pair.nothing")
    return joint.join(_value(session, field, value, reveal=reveal) for value in values) or session.say("pair.nothing")


def _value(session: Session, field: Field, value: Any, *, reveal: bool) -> str:  # noqa: ANN401 - of any kind
    text = str(value)
    if field == "sex":
        return labels.cell(PERSON.name, "sex", text, session.language, {})
    if field == "id_state":
        return session.say(_STATES.get(text, "dossier.number_unknown"))
    return text if reveal or field not in _MASKS else _MASKS[field](session, text)


def _kin(
    session: Session,
    found: Compared,
    named: Mapping[int, Person],
    heads: Mapping[int, str],
    hidden: Mapping[int, str],
) -> None:
    """Each relative of either with what they are to the one and to the other; those of both first.

    Of a relative whom the reader may not see only that they are there; of the reader's own kin not even that.
    """
    say, (one, other) = session.say, found.pair
    own = say("network.recused")
    every = {who for who in (*found.relations[one], *found.relations[other]) if hidden.get(who) != own}
    if not every:
        return
    both = found.relations[one].keys() & found.relations[other].keys() & every
    rows = [
        {
            say("pair.kin"): ("★ " if relative in both else "")
            + (hidden.get(relative) or _name(session, named.get(relative))),
            **{
                say("pair.kin_of", who=heads[person]): session.text(RELATIONS[found.relations[person][relative]])
                if relative in found.relations[person]
                else ""
                for person in found.pair
            },
        }
        for relative in sorted(every, key=lambda relative: (relative not in both, relative))
    ]
    with st.expander(say("pair.all_kin", count=len(rows), both=len(both))):
        tables.plain(pl.DataFrame(rows), alt=say("pair.kin"))


# -- months of aid -----------------------------------------------------------------------------------------------------


def _aid(session: Session, found: Compared, seen: Compared, heads: Mapping[int, str]) -> None:
    """A bar a spell, the months in common below; the same as a table. `seen`: without whom the reader may not see."""
    say, common = session.say, found.common
    st.subheader(say("pair.aid"))
    if not found.spells:
        st.text(say("pair.no_aid"))
        return
    months = say("pair.common", count=len(common)) if common else say("pair.no_common")
    st.text(months)
    if not seen.spells:
        return
    rows = pl.DataFrame(
        [
            {
                say("pair.who"): heads[spell.person_id],
                labels.column(AWARD.name, "award_no", session.language): spell.award_no,
                labels.column(AWARD.name, "programme", session.language): _programme(session, spell.programme),
                say("household.from_month"): f"{spell.since:%Y-%m}",
                say("household.to_month"): say("household.running") if spell.open_end else f"{spell.until:%Y-%m}",
            }
            for spell in seen.spells
        ]
    )
    twin.draw(
        session, _figure(session, seen, common, heads), rows, name="pair-months", alt=say("pair.aid_alt", said=months)
    )


def _programme(session: Session, code: str) -> str:
    return labels.cell(AWARD.name, "programme", code, session.language, session.desk.programmes)


def _figure(session: Session, found: Compared, common: Sequence[date], heads: Mapping[int, str]) -> go.Figure:
    figure = base(height=190)
    both = session.say("pair.both")
    for colour, one in zip(_COLOURS, found.pair, strict=True):
        across: list[datetime | None] = []
        up: list[str | None] = []
        for spell in (spell for spell in found.spells if spell.person_id == one):
            across += [_moment(spell.since), _moment(_next(spell.until)), None]
            up += [heads[one], heads[one], None]
        line = {"color": colour, "width": 14}
        figure.add_trace(go.Scatter(x=across, y=up, mode="lines", line=line, hoverinfo="skip"))
    marked = [_moment(month) + timedelta(days=14) for month in common]
    marker = {"symbol": "diamond", "size": 9, "color": INK}
    hover = "%{x|%Y-%m}<extra></extra>"
    figure.add_trace(go.Scatter(x=marked, y=[both] * len(marked), mode="markers", marker=marker, hovertemplate=hover))
    order = [both, heads[found.pair[1]], heads[found.pair[0]]]
    figure.update_yaxes(categoryorder="array", categoryarray=order, range=[-0.6, 2.6])
    first, last = min(one.since for one in found.spells), max(one.until for one in found.spells)
    figure.update_xaxes(range=[_moment(first) - timedelta(days=20), _moment(_next(last)) + timedelta(days=20)])
    by_months(figure, first, last, most=10)
    return figure


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min)
