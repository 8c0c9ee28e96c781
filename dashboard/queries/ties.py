"""Which ties lead on from these persons, households, accounts, phones and addresses?

One function a kind of tie, each asked outward from what is known already and by key. A tie says only that the data hold
it: none of them weighs anything.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, Literal, NamedTuple

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.kinship import direct_ties
from casework.kinship.words import RELATIONS
from casework.lead import first_rows
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, HOUSEHOLD, MEMBER, OFFICIAL, PAYMENT, PERSON, STEP, Table
from casework.text import Text

Kind = Literal["person", "household", "account", "phone", "address"]
TieKind = Literal["kin", "household", "handled", "account", "phone", "address"]
APART: Final = "authorise"  # who only takes the household's consent handles nothing
ACTORS: Final = ("actor_person_id", "second_actor_person_id")
_OF_MEMBER: Final = {option.code: option.label for option in MEMBER["relation"].options}
_STEPS: Final = {option.code: option.label for option in STEP["step"].options}


class Node(NamedTuple):
    """One end of a tie: a person or household by its id, an account, phone or address by what it is."""

    kind: Kind
    key: int | str


class Tie(NamedTuple):
    """What holds between two nodes. `label` says what the other is to the one."""

    one: Node
    other: Node
    kind: TieKind
    label: Text
    relation: str = ""  # of kin: the code


def kin(tables: Tables, policy: Policy, nodes: Collection[Node]) -> list[Tie]:
    """Primitive ties of kin, stated by a register or by membership; each pair once, by its surest source."""
    asked = _ids(nodes, "person")
    if not asked:
        return []
    persons = tables.engine.place(pl.DataFrame({"person_id": asked}, schema={"person_id": pl.Int64()}))
    rows = tables.engine.collect(direct_ties(tables, persons, policy))
    best = rows.sort("certainty", "relation", descending=[True, False]).unique(
        ["person_id", "relative_id"], keep="first", maintain_order=True
    )
    found: dict[frozenset[int], Tie] = {}
    for row in best.sort("person_id", "relative_id").to_dicts():
        one, other = Node("person", row["person_id"]), Node("person", row["relative_id"])
        tie = Tie(one, other, "kin", RELATIONS[row["relation"]], row["relation"])
        found.setdefault(frozenset((row["person_id"], row["relative_id"])), tie)
    return list(found.values())


def household(tables: Tables, _policy: Policy, nodes: Collection[Node]) -> list[Tie]:
    """Persons and the households they are or were members of."""
    rows = [*_by(tables, MEMBER, "person_id", _ids(nodes, "person"))]
    rows += _by(tables, MEMBER, "household_id", _ids(nodes, "household"))
    found: dict[tuple[int, int], Tie] = {}
    for row in sorted(rows, key=lambda row: (row["left_on"] is not None, str(row["joined_on"]))):
        if row["household_id"] is None or row["person_id"] is None:
            continue
        said = _OF_MEMBER.get(row["relation"], Text("成员", "member"))
        left = row["left_on"]
        label = said if left is None else Text(f"{said.zh},{left} 离开", f"{said.en}, left on {left}")
        ends = Node("household", row["household_id"]), Node("person", row["person_id"])
        found.setdefault((row["household_id"], row["person_id"]), Tie(*ends, "household", label))
    return list(found.values())


def handled(tables: Tables, _policy: Policy, nodes: Collection[Node]) -> list[Tie]:
    """Households and those who acted in a step of their applications; only the staff is asked for further cases."""
    homes, persons = _ids(nodes, "household"), _ids(nodes, "person")
    staff = sorted({row["person_id"] for row in _by(tables, OFFICIAL, "person_id", persons)})
    applications = first_rows(tables[APPLICATION]).select("application_id", "household_id")
    of_homes = tables.engine.collect(applications.filter(nw.col("household_id").is_in(homes))) if homes else None
    steps = tables[STEP].filter(nw.col("step") != APART).select("application_id", "step", *ACTORS)
    found: list[pl.DataFrame] = []
    if of_homes is not None and of_homes.height:
        mine = steps.filter(nw.col("application_id").is_in(of_homes["application_id"].to_list()))
        found.append(tables.engine.collect(mine).join(of_homes, on="application_id"))
    if staff:
        theirs = tables.engine.collect(steps.filter(nw.col(ACTORS[0]).is_in(staff) | nw.col(ACTORS[1]).is_in(staff)))
        cases = nw.col("application_id").is_in(theirs["application_id"].unique().to_list())
        found.append(theirs.join(tables.engine.collect(applications.filter(cases)), on="application_id"))
    kept, ties = {*homes}, []
    for rows in found:
        acted = pl.concat([rows.select("household_id", "step", person_id=name) for name in ACTORS]).drop_nulls()
        asked = acted.filter(pl.col("household_id").is_in(kept) | pl.col("person_id").is_in(staff))
        steps_of = asked.group_by("household_id", "person_id").agg(pl.col("step").unique())
        for home, person, named in steps_of.sort("household_id", "person_id").iter_rows():
            ties.append(Tie(Node("household", home), Node("person", person), "handled", _acted(named)))
    return list({(tie.one, tie.other): tie for tie in ties}.values())


def _acted(steps: Collection[str]) -> Text:
    said = [label for step, label in _STEPS.items() if step in steps]
    return Text("、".join(one.zh for one in said), ", ".join(one.en.lower() for one in said))


def account(tables: Tables, _policy: Policy, nodes: Collection[Node]) -> list[Tie]:
    """Accounts, the households they were paid for and the persons who hold them."""
    homes, accounts, holders = (_ids(nodes, kind) for kind in ("household", "account", "person"))
    awards = first_rows(tables[AWARD]).select("award_id", "household_id")
    of_homes = tables.engine.collect(awards.filter(nw.col("household_id").is_in(homes)))["award_id"].to_list()
    where = [
        nw.col(name).is_in(asked)
        for name, asked in (
            ("award_id", of_homes),
            ("account_no", accounts),
            ("account_holder_person_id", holders),
        )
        if asked
    ]
    if not where:
        return []
    paid = (
        tables[PAYMENT]
        .filter(~nw.col("account_no").is_null())
        .select("award_id", "account_no", "account_holder_person_id")
    )
    rows = pl.concat([tables.engine.collect(paid.filter(one).unique()) for one in where]).unique()
    known = nw.col("award_id").is_in(rows["award_id"].drop_nulls().unique().to_list())
    joined = rows.join(tables.engine.collect(awards.filter(known)), on="award_id", how="left")
    paid_to, holder = Text("发放账户", "paid to"), Text("开户人", "holder")
    pairs = joined.select("household_id", "account_no", "account_holder_person_id").unique().sort(pl.all())
    ties = []
    for home, number, person in pairs.iter_rows():
        if home is not None:
            ties.append(Tie(Node("household", home), Node("account", number), "account", paid_to))
        if person is not None:
            ties.append(Tie(Node("account", number), Node("person", person), "account", holder))
    return [*dict.fromkeys(ties)]


def phone(tables: Tables, _policy: Policy, nodes: Collection[Node]) -> list[Tie]:
    """Phone numbers, and the households and persons who gave them."""
    label = Text("联系电话", "phone")
    homes = _sharing(tables, HOUSEHOLD, "phone", _ids(nodes, "household"), _ids(nodes, "phone"), label)
    return homes + _sharing(tables, PERSON, "phone", _ids(nodes, "person"), _ids(nodes, "phone"), label)


def address(tables: Tables, _policy: Policy, nodes: Collection[Node]) -> list[Tie]:
    """Addresses, and the households that live there."""
    label = Text("家庭住址", "address")
    return _sharing(tables, HOUSEHOLD, "address", _ids(nodes, "household"), _ids(nodes, "address"), label)


def _sharing(
    tables: Tables, table: Table, column: Literal["phone", "address"], asked: list[Any], values: list[Any], label: Text
) -> list[Tie]:
    kind: Kind = "household" if table is HOUSEHOLD else "person"
    key = f"{kind}_id"
    rows = [*_by(tables, table, key, asked), *_by(tables, table, column, values)]
    pairs = sorted({(row[key], row[column]) for row in rows if row[column]})
    return [Tie(Node(kind, one), Node(column, value), column, label) for one, value in pairs]


def _by(tables: Tables, table: Table, column: str, values: Collection[Any]) -> list[dict[str, Any]]:
    """The rows of a table that hold one of these values, in the order of the files."""
    if not values:
        return []
    rows = tables.engine.collect(tables[table].filter(nw.col(column).is_in(list(values))))
    return rows.sort("source_file", "source_row").to_dicts()


def _ids(nodes: Collection[Node], kind: Kind) -> list[Any]:
    return sorted(node.key for node in nodes if node.kind == kind)


TIES: Final[Mapping[TieKind, Callable[[Tables, Policy, Collection[Node]], list[Tie]]]] = {
    "kin": kin,
    "household": household,
    "handled": handled,
    "account": account,
    "phone": phone,
    "address": address,
}
