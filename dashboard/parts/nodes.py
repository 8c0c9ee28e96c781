"""What are nodes and ties of a network called, nobody named, and nothing told of what lies outside one's area?"""

from collections.abc import Collection, Mapping
from typing import Final

import narwhals as nw

from casework.lead import first_rows
from casework.tables import HOUSEHOLD
from dashboard.exports.rows import masked
from dashboard.queries.people import people
from dashboard.queries.ties import Kind, Node, Tie, TieKind
from dashboard.session import Session

KINDS: Final[Mapping[Kind, str]] = {
    "person": "network.person",
    "household": "network.household",
    "account": "network.account",
    "phone": "network.phone",
    "address": "network.address",
}
TITLES: Final[dict[TieKind, str]] = {
    "kin": "network.tie_kin",
    "household": "network.tie_household",
    "handled": "network.tie_handled",
    "account": "network.tie_account",
    "phone": "network.tie_phone",
    "address": "network.tie_address",
}
_TAIL: Final = 4  # signs by which a reader tells numbers apart


def names(
    session: Session, nodes: Collection[Node], hidden: Collection[Node], recused: Collection[Node] = ()
) -> dict[Node, str]:
    """A name for each: two persons of one masked name are told apart by the end of their number.

    `recused`: those of the hidden ones who are the reader's own kin.
    """
    say, data = session.say, session.desk.opened
    shown = [node for node in nodes if node not in hidden]
    persons = people(data, [int(node.key) for node in shown if node.kind == "person"])
    homes = [node.key for node in shown if node.kind == "household"]
    rows = (
        first_rows(data[HOUSEHOLD]).filter(nw.col("household_id").is_in(homes)).select("household_id", "household_no")
    )
    numbers = dict(data.engine.collect(rows).iter_rows()) if homes else {}
    found: dict[Node, str] = {}
    for node in nodes:
        if node in hidden:
            found[node] = say("network.recused") if node in recused else say("network.outside")
        elif node.kind == "person":
            person = persons.get(int(node.key))
            found[node] = say("network.unlisted") if person is None else f"{person.name} …{person.number[-_TAIL:]}"
        elif node.kind == "household":
            found[node] = str(numbers.get(node.key, say("network.unlisted")))
        elif node.kind == "account":
            found[node] = masked(str(node.key))
        else:  # a phone by its end, an address not at all
            found[node] = f"…{str(node.key)[-_TAIL:]}" if node.kind == "phone" else say("dossier.hidden")
    return found


def said(session: Session, tie: Tie, called: Mapping[Node, str]) -> str:
    """A tie in words: of kin what the other is to the one, of the rest what joins the two."""
    one, other, label = called[tie.one], called[tie.other], session.text(tie.label)
    if tie.kind == "kin":
        return session.say("network.said_kin", one=one, other=other, relation=label)
    kind = session.say(TITLES[tie.kind])
    return session.say("network.said", one=one, other=other, kind=kind, label=label)
