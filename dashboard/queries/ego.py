"""Who is near an official: near kin, their households, and who shares a phone, an address or an account with them?

Ring by ring, each asked by key: the official, their near kin, the households of both, what these give as a phone,
address or account, and who else gives the same. What more than `HUB` others give is a public thing (a village's
office, a home for the aged, a shop that fills in forms): it is told and not followed.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.kinship import kin_of, near
from casework.kinship.policy import named
from casework.policy import Policy
from casework.review.scope import Scope
from casework.tables import AWARD, MEANS, MEMBER
from casework.text import Text
from dashboard.queries import network
from dashboard.queries.kinfolk import OFFICIAL_SELF, along, sexes_and_births
from dashboard.queries.ties import TIES, Kind, Node, Tie, TieKind

MOST: Final = 200  # nodes that a drawing with numbers still tells apart
HUB: Final = 8  # others who give the same: more is a public thing
SHARED: Final[tuple[TieKind, ...]] = ("phone", "address", "account")
KIN, HOMES, THINGS, SHARERS = 1, 2, 3, 4  # rings; 0 is the official
_EPOCH: Final = date(1970, 1, 1)
_BOTH: Final = 2
_MINIMUM: Final = "dibao"
_NOT_SHOWN: Final = Text("不显示", "not shown")


@dataclass(frozen=True, slots=True)
class Home:
    """How a household stands.

    `now`, `before`: on 低保 at the end of the data, or only earlier; `stated`: the day of its newest statement of
    means, None where there is none.
    """

    now: bool = False
    before: bool = False
    stated: date | None = None


@dataclass(frozen=True, slots=True)
class Ego:
    """The network around one official.

    `rings`: each drawn node and its ring; `called`: what the official calls their kin; `ended`: the day a tie of kin
    ended; `homes`: how each household stands; `hubs`: public things, with how many give them; `hidden`: nodes outside
    the reader's area or of their own kin, of which only that they are there is told; `recused`: of these the own kin
    and every household with one of them; `left`: how many of each kind are not drawn.
    """

    centre: Node
    rings: Mapping[Node, int]
    ties: Sequence[Tie]
    called: Mapping[Node, Text] = field(default_factory=dict)
    homes: Mapping[Node, Home] = field(default_factory=dict)
    hubs: Mapping[Node, int] = field(default_factory=dict)
    hidden: frozenset[Node] = frozenset()
    recused: frozenset[Node] = frozenset()
    left: Mapping[Kind, int] = field(default_factory=dict)

    def of(self, ring: int) -> list[Node]:
        """The drawn nodes of a ring."""
        return [node for node, at in self.rings.items() if at == ring]


def ego(
    tables: Tables,
    policy: Policy,
    scope: Scope,
    official: int,
    *,
    shared: Collection[TieKind],
    recused: Collection[int] = (),
    most: int = MOST,
) -> Ego:
    """Everything around the official that the reader may see; of what is hidden nothing further is asked."""
    centre = Node("person", official)
    ties, called = _near_kin(tables, policy, official)
    own = _own(tables, recused)
    hidden = _hidden(tables, scope, [tie.other for tie in ties], own)
    inner = [centre, *(tie.other for tie in ties if tie.other not in hidden)]
    housed = TIES["household"](tables, policy, inner)
    homes = [*dict.fromkeys(tie.one for tie in housed)]
    hidden |= _hidden(tables, scope, homes, own)
    seen = [home for home in homes if home not in hidden]
    chosen = [kind for kind in SHARED if kind in shared]
    further, hubs = _sharing(tables, policy, [*inner, *seen], _group(tables, policy, housed, seen), chosen)
    rings = {centre: 0} | dict.fromkeys((tie.other for tie in ties), KIN) | dict.fromkeys(homes, HOMES)
    things = {node for tie in further for node in (tie.one, tie.other) if node.kind in SHARED}
    rings |= dict.fromkeys(sorted(things, key=_order), THINGS)
    others = {node for tie in further for node in (tie.one, tie.other)} - rings.keys()
    rings |= dict.fromkeys(sorted(others, key=_order), SHARERS)
    hidden |= _hidden(tables, scope, [*others], own)
    drawn = dict([*rings.items()][:most])
    kept = [
        tie._replace(label=_NOT_SHOWN, relation="") if tie.one in hidden or tie.other in hidden else tie
        for tie in (*ties, *housed, *further)
        if tie.one in drawn and tie.other in drawn
    ]
    words = {node: word for node, word in called.items() if node not in hidden}
    stand = _standing(tables, [node for node in drawn if node.kind == "household" and node not in hidden])
    left = Counter(node.kind for node in [*rings][most:])
    unseen = hidden & set(drawn)
    return Ego(centre, drawn, kept, words, stand, hubs, unseen, unseen & own, left)


def _near_kin(tables: Tables, policy: Policy, official: int) -> tuple[list[Tie], dict[Node, Text]]:
    """A tie to each near relative, the surest known, and what the official calls them."""
    asked = tables.engine.place(pl.DataFrame({"person_id": [official]}, schema={"person_id": pl.Int64()}))
    today = nw.lit(tables.as_of), nw.lit(tables.as_of_day).cast(nw.Int32)
    kin = kin_of(tables, asked, policy, relations=named(policy, "near_kin")).with_columns(
        today[0].alias("on"), today[1].alias("on_day")
    )
    rows = tables.engine.collect(near(policy, kin, on="on"))
    order = ["to_day", "certainty", "degree", "path", "via_1", "via_2"]
    best = rows.sort(order, descending=[True, True, False, False, False, False], nulls_last=False)
    best = best.unique("relative_id", keep="first", maintain_order=True).sort("degree", "relation", "relative_id")
    paths = [
        [one for one in (official, row["via_1"], row["via_2"], row["relative_id"]) if one is not None]
        for row in best.to_dicts()
    ]
    known = sexes_and_births(tables, sorted({one for path in paths for one in path}))
    ties, called = [], {}
    for row, persons in zip(best.to_dicts(), paths, strict=True):
        said = [known.get(person, (None, None)) for person in persons]
        word = along(row["path"], persons, [sex for sex, _ in said], [born for _, born in said], OFFICIAL_SELF)[-1]
        other = Node("person", row["relative_id"])
        called[other] = word.called
        ties.append(Tie(Node("person", official), other, "kin", _until(word.called, row["to_day"], tables.as_of)))
    return ties, called


def _until(word: Text, to_day: int | None, as_of: date) -> Text:
    """The word, with the day where the tie has ended."""
    if to_day is None or to_day >= (as_of - _EPOCH).days:
        return word
    day = _EPOCH + timedelta(days=to_day)
    return Text(f"{word.zh}(至 {day})", f"{word.en} (until {day})")


def _group(tables: Tables, policy: Policy, housed: Sequence[Tie], homes: Sequence[Node]) -> dict[Node, frozenset[Node]]:
    """The households that each person of these households belongs to or did: one family gives one phone."""
    belongs: dict[Node, set[Node]] = {home: {home} for home in homes}
    for tie in (*housed, *TIES["household"](tables, policy, homes)):
        belongs.setdefault(tie.other, set()).add(tie.one)
    return {node: frozenset(of) for node, of in belongs.items()}


def _sharing(
    tables: Tables,
    policy: Policy,
    inner: Sequence[Node],
    belongs: Mapping[Node, frozenset[Node]],
    kinds: Collection[TieKind],
) -> tuple[list[Tie], dict[Node, int]]:
    """The ties to what two families or more share, and the public things among it with how many give them."""
    ties: list[Tie] = []
    hubs: dict[Node, int] = {}
    for kind in kinds:
        own = {node for tie in TIES[kind](tables, policy, inner) for node in (tie.one, tie.other) if node.kind == kind}
        every = TIES[kind](tables, policy, sorted(own, key=_order))
        for thing in sorted(own, key=_order):
            of_thing = [tie for tie in every if thing in (tie.one, tie.other)]
            holders = [tie.other if tie.one == thing else tie.one for tie in of_thing]
            families = _families(holders, belongs)
            if families > HUB + 1:
                hubs[thing] = len(set(holders))
            elif families >= _BOTH:
                ties += of_thing
    return sorted(set(ties), key=lambda tie: (tie.kind, _order(tie.one), _order(tie.other))), hubs


def _families(holders: Collection[Node], belongs: Mapping[Node, frozenset[Node]]) -> int:
    """Into how many families these fall: who belongs to one household, and the household, are one."""
    groups: list[set[Node]] = []
    for holder in holders:
        mine = {holder, *belongs.get(holder, frozenset())}
        joined = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine] + [mine.union(*joined)]
    return len(groups)


def _own(tables: Tables, recused: Collection[int]) -> frozenset[Node]:
    """The reader's own kin, and every household to which one of them belongs or did."""
    if not recused:
        return frozenset()
    mine = tables[MEMBER].filter(nw.col("person_id").is_in(sorted(recused))).select("household_id").unique()
    homes = tables.engine.collect(mine)["household_id"].drop_nulls()
    return frozenset({*(Node("person", one) for one in recused), *(Node("household", one) for one in homes)})


def _hidden(tables: Tables, scope: Scope, nodes: Sequence[Node], own: frozenset[Node]) -> frozenset[Node]:
    """Outside the reader's area, or the reader's own kin and their households."""
    return network.outside(tables, scope, nodes) | (own & {*nodes})


def _standing(tables: Tables, homes: Sequence[Node]) -> dict[Node, Home]:
    """On 低保 at the end of the data, or earlier; and when the household last stated its means."""
    ids = [node.key for node in homes]
    mine = nw.col("household_id").is_in(ids)
    held = (
        tables[AWARD].filter(mine & (nw.col("programme") == _MINIMUM)).select("household_id", "from_month", "to_month")
    )
    said = tables[MEANS].filter(mine).select("household_id", "as_of").unique()
    awards, statements = tables.engine.collect_all([held, said]) if ids else (pl.DataFrame(), pl.DataFrame())
    month = tables.as_of.replace(day=1)
    running: dict[Any, bool] = {}
    for home, since, until in awards.iter_rows():
        if since is not None and since <= month:
            running[home] = running.get(home, False) or until is None or until >= month
    newest: dict[Any, date] = {}
    for home, day in statements.iter_rows():
        if day is not None and day <= tables.as_of:
            newest[home] = max(newest.get(home, day), day)
    return {
        node: Home(running.get(node.key, False), node.key in running and not running[node.key], newest.get(node.key))
        for node in homes
    }


def _order(node: Node) -> tuple[str, str]:
    return node.kind, str(node.key)
