"""Who and what lies around a lead, a few ties away, as far as the reader may see?"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import narwhals as nw
import networkx as nx
import polars as pl

from casework.dataset import Tables
from casework.kinship import kin_of
from casework.lead import first_rows
from casework.policy import Policy
from casework.review.identity import persons_in
from casework.review.scope import Scope
from casework.tables import HOUSEHOLD, MEMBER, PERSON, Table
from casework.text import Text
from dashboard.queries.kinfolk import Relative, along, sexes_and_births
from dashboard.queries.ties import TIES, Node, Tie, TieKind

MOST: Final = 60  # nodes that a drawing still tells apart
_SHARED: Final = ("account", "phone", "address")  # of interest only where they join two others
_AMONG: Final[tuple[TieKind, ...]] = ("kin", "household")  # drawn between the last ones too
_BOTH: Final = 2
SELF: Final = Text("本人", "self")


@dataclass(frozen=True, slots=True)
class Picture:
    """An ego network.

    `hops`: how far each node is from the centre; `hidden`: nodes outside the reader's area, of which only that they
    are there is told; `more`: nodes found and not drawn.
    """

    hops: Mapping[Node, int]
    ties: Sequence[Tie]
    hidden: frozenset[Node]
    more: int

    @property
    def graph(self) -> nx.Graph:
        """The same as a graph."""
        graph = nx.Graph()
        graph.add_nodes_from(self.hops)
        graph.add_edges_from((tie.one, tie.other) for tie in self.ties)
        return graph

    @property
    def persons(self) -> list[Node]:
        """The persons who may be told apart, the nearest first."""
        return [node for node in self.hops if node.kind == "person" and node not in self.hidden]


def centre(tables: Tables, lead: Mapping[str, Any]) -> list[Node]:
    """What the picture is drawn around: the lead's person, account or household, and the officials it names."""
    subject = str(lead["subject"])
    match lead["subject_kind"]:
        case "person" | "official":
            return [Node("person", int(subject))]
        case "account":
            return [Node("account", subject)]
        case "application" | "award" | "household" if lead["household_no"]:
            home = first_rows(tables[HOUSEHOLD]).filter(nw.col("household_no") == lead["household_no"])
            ids = tables.engine.collect(home.select("household_id"))["household_id"].to_list()
            named = json.loads(lead["related"] or "[]") if lead["family"] == "favoritism" else []
            officials = [Node("person", one) for one in sorted(persons_in(map(str, named)))]
            return [*(Node("household", one) for one in ids), *officials]
    return []


def picture(
    tables: Tables,
    policy: Policy,
    scope: Scope,
    starts: Collection[Node],
    *,
    kinds: Collection[TieKind],
    hops: int,
    most: int = MOST,
) -> Picture:
    """Outward from the centre, ring by ring; nothing is asked of what lies outside the reader's area."""
    reached = dict.fromkeys(starts, 0)
    hidden = outside(tables, scope, [*reached])
    found: dict[tuple[Node, Node, TieKind], Tie] = {}
    edge = [node for node in reached if node not in hidden]
    for hop in range(1, hops + 1):
        ties = [tie for kind, gather in TIES.items() if kind in kinds for tie in gather(tables, policy, edge)]
        found |= {(tie.one, tie.other, tie.kind): tie for tie in ties}
        new = [node for tie in ties for node in (tie.one, tie.other) if node not in reached]
        reached |= dict.fromkeys(new, hop)
        hidden |= outside(tables, scope, [*dict.fromkeys(new)])
        room = [*reached][:most]
        edge = [node for node in room if reached[node] == hop and node not in hidden]
    among = [tie for kind in _AMONG if kind in kinds for tie in TIES[kind](tables, policy, edge)]
    found |= {(tie.one, tie.other, tie.kind): tie for tie in among if tie.one in reached and tie.other in reached}
    return _cut(reached, [*found.values()], hidden, most)


def _cut(reached: Mapping[Node, int], ties: list[Tie], hidden: frozenset[Node], most: int) -> Picture:
    """At most so many nodes, the nearest first; what only one holds and nobody shares tells nothing."""
    degrees: dict[Node, set[Node]] = {}
    for tie in ties:
        degrees.setdefault(tie.one, set()).add(tie.other)
        degrees.setdefault(tie.other, set()).add(tie.one)
    told = [
        node
        for node, hop in reached.items()
        if hop == 0 or node.kind not in _SHARED or len(degrees.get(node, ())) >= _BOTH
    ]
    drawn = {node: reached[node] for node in told[:most]}
    kept = [tie for tie in ties if tie.one in drawn and tie.other in drawn]
    return Picture(drawn, kept, hidden & set(drawn), len(told) - len(drawn))


def outside(tables: Tables, scope: Scope, nodes: Sequence[Node]) -> frozenset[Node]:
    """Households outside the reader's area, and persons who neither are registered nor are or were members in it."""
    if not scope.prefix:
        return frozenset()
    homes = [node.key for node in nodes if node.kind == "household"]
    persons = [node.key for node in nodes if node.kind == "person"]
    member = tables[MEMBER].filter(nw.col("person_id").is_in(persons)).select("person_id", "household_id")
    lived = tables.engine.collect(member).drop_nulls()
    inside = _inside(tables, scope, HOUSEHOLD, "household_id", [*homes, *lived["household_id"]])
    here = _inside(tables, scope, PERSON, "person_id", persons)
    here |= set(lived.filter(pl.col("household_id").is_in(list(inside)))["person_id"])
    known = {"household": inside, "person": here}
    return frozenset(node for node in nodes if node.kind in known and node.key not in known[node.kind])


def _inside(tables: Tables, scope: Scope, table: Table, key: str, asked: Collection[int | str]) -> set[int | str]:
    """Of these ids those whose row lies in the reader's area."""
    if not asked:
        return set()
    rows = tables[table].filter(nw.col(key).is_in(list(asked)) & scope.within(nw.col("region_code")))
    return set(tables.engine.collect(rows.select(key))[key])


@dataclass(frozen=True, slots=True)
class Way:
    """How two persons hang together: by kin, with the word for each, else by whatever ties the picture holds."""

    kin: Sequence[Relative] = ()
    nodes: Sequence[Node] = ()
    ties: Sequence[Sequence[Tie]] = ()  # between each node and the next


def way(tables: Tables, policy: Policy, drawn: Picture, one: Node, other: Node) -> Way:
    """From the one to the other; empty where nothing in the picture or the registers joins them."""
    if one == other:
        return Way()
    if relatives := _kin(tables, policy, int(one.key), int(other.key)):
        return Way(kin=relatives)
    graph = drawn.graph
    if one not in graph or other not in graph or not nx.has_path(graph, one, other):
        return Way()
    nodes = nx.shortest_path(graph, one, other)
    pairs = pairwise(nodes)
    return Way(nodes=nodes, ties=[[tie for tie in drawn.ties if {tie.one, tie.other} == {*pair}] for pair in pairs])


def _kin(tables: Tables, policy: Policy, one: int, other: int) -> list[Relative]:
    """The surest known path of kin between two persons, at any time, and what the first calls each on it."""
    asked = tables.engine.place(pl.DataFrame({"person_id": [one]}, schema={"person_id": pl.Int64()}))
    found = tables.engine.collect(kin_of(tables, asked, policy).filter(nw.col("relative_id") == other))
    if found.is_empty():
        return []
    order = ["certainty", "degree", "path", "via_1", "via_2"]
    best = found.sort(order, descending=[True, False, False, False, False]).row(0, named=True)
    persons = [one, *(via for via in (best["via_1"], best["via_2"]) if via is not None), other]
    known = sexes_and_births(tables, persons)
    said = [known.get(person, (None, None)) for person in persons]
    return along(best["path"], persons, [sex for sex, _ in said], [born for _, born in said], SELF)
