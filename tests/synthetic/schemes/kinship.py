"""Who is near kin to whom by the rows alone, worked out apart from what the planting remembers?"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import cast

from synthetic.kit import Site
from synthetic.kit.rows import Row

Ties = dict[object, set[object]]


def in_force(row: Row, on: date, first: str, last: str, *, inclusive: bool = True) -> bool:
    since, until = cast("date | None", row.get(first)), cast("date | None", row.get(last))
    return (since is None or since <= on) and (until is None or on < until or (inclusive and on == until))


class Kin:
    """Near kin on a day, from the rows of kin and member (contract §4)."""

    def __init__(self, site: Site, on: date) -> None:
        self.tables = site.rows.tables
        self.parents: Ties = defaultdict(set)
        self.others: Ties = defaultdict(set)  # spouses, told siblings and grandparents, both ways
        self.siblings: Ties = defaultdict(set)
        for row in self.tables["kin"]:
            if in_force(row, on, "from_on", "to_on"):
                self._tie(row["id_no"], row["relative_id_no"], str(row["relation"]))
        homes: dict[object, list[Row]] = defaultdict(list)
        for row in self.tables["member"]:
            homes[row["household_no"]].append(row)
        for rows in homes.values():
            self._home(rows, on)
        self.children: Ties = defaultdict(set)
        for child, parents in self.parents.items():
            for parent in parents:
                self.children[parent].add(child)

    def _tie(self, person: object, relative: object, relation: str) -> None:
        match relation:
            case "parent":
                self.parents[person].add(relative)
            case "child":
                self.parents[relative].add(person)
            case "sibling":
                self.siblings[person].add(relative)
                self.siblings[relative].add(person)
            case "spouse" | "grandparent" | "grandchild":
                self.others[person].add(relative)
                self.others[relative].add(person)
            case _:
                pass

    def _home(self, rows: list[Row], on: date) -> None:
        head = next(row["id_no"] for row in rows if row["relation"] == "head")
        spouses = [row["id_no"] for row in rows if row["relation"] == "spouse"]
        for row in rows:
            if row["relation"] != "spouse" or in_force(row, on, "joined_on", "left_on", inclusive=False):
                self._tie(head, row["id_no"], str(row["relation"]))
            if row["relation"] == "child":
                self.parents[row["id_no"]].update(spouses)

    def near(self, person: object) -> set[object]:
        """Spouse, parents, children, siblings, grandparents and grandchildren."""
        parents, children = self.parents[person], self.children[person]
        siblings = _all(self.children, parents) | self.siblings[person]
        second = _all(self.parents, parents) | _all(self.children, children)
        return (parents | children | siblings | second | self.others[person]) - {person}

    def house(self, household: object, on: date) -> set[object]:
        """The members and their near kin."""
        rows = [row for row in self.tables["member"] if row["household_no"] == household]
        members = {row["id_no"] for row in rows if in_force(row, on, "joined_on", "left_on", inclusive=False)}
        return members.union(*(self.near(member) for member in members))


def _all(ties: Ties, persons: Iterable[object]) -> set[object]:
    found: set[object] = set()
    for person in persons:
        found |= ties[person]
    return found
