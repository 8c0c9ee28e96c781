"""Who is near kin to whom, so that a lawful case is filed and visited, and handled by strangers?

Deliberately generous: whatever could be read as spouse, parent, child, sibling, grandparent or grandchild counts
(half-siblings, step-children, the spouse of a parent). In-laws never do. To file once too often breaks no rule.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from synthetic.kit.people import Household, Relation

_INVERSE: Final = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
}
_COMPOSED: Final[tuple[tuple[Relation, Relation, str], ...]] = (  # of two members by what each is to the head
    ("child", "spouse", "parent"),
    ("child", "child", "sibling"),
    ("sibling", "parent", "parent"),
    ("spouse", "parent_in_law", "parent"),
)
_Set = dict[str, None]  # an ordered set: what is written must not hang on the order of hashes


class Ties:
    """Every tie a world has told, by citizen number."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, _Set]] = {name: defaultdict(dict) for name in _INVERSE}
        self._near: dict[str, Mapping[str, str]] = {}  # what was worked out since the last tie was told

    def tie(self, person: str, relative: str, relation: str) -> None:
        """The relative is the person's `relation`; the inverse is kept too, in-laws and others are not."""
        if relation in _INVERSE:
            self._near.clear()
            self._of[relation][person][relative] = None
            self._of[_INVERSE[relation]][relative][person] = None

    def join(self, household: Household) -> None:
        """The ties that membership tells (contract §4)."""
        head = household.head.id_no
        by: dict[Relation, list[str]] = defaultdict(list)
        for member in household.members:
            if member.relation != "head":
                by[member.relation].append(member.person.id_no)
                self.tie(head, member.person.id_no, member.relation)
        for one, other, relation in _COMPOSED:
            for person in by[one]:
                for relative in by[other]:
                    if relative != person:
                        self.tie(person, relative, relation)

    def tied(self, person: str, relative: str) -> bool:
        """Is any tie between the two told already?"""
        return any(relative in known.get(person, ()) for known in self._of.values())

    def parents(self, person: str) -> list[str]:
        """The parents somebody is known to have."""
        return list(self._of["parent"].get(person, ()))

    def near(self, person: str) -> Mapping[str, str]:
        """Near kin by citizen number, with what each is to the person."""
        if person not in self._near:
            self._near[person] = self._worked_out(person)
        return self._near[person]

    def _worked_out(self, person: str) -> dict[str, str]:
        of = {name: self._of[name].get(person, {}) for name in _INVERSE}
        parents = dict(of["parent"])
        for found in [*self._each("spouse", parents), *self._each("parent", of["sibling"])]:
            parents[found] = None
        siblings = dict(of["sibling"])
        for found in [*self._each("child", parents), *self._each("sibling", siblings)]:
            siblings[found] = None
        children = dict(of["child"])
        for found in [*self._each("child", of["spouse"]), *self._each("sibling", children)]:
            children[found] = None
        grandparents = dict.fromkeys([*of["grandparent"], *self._each("parent", parents)])
        grandparents |= dict.fromkeys(self._each("spouse", grandparents))
        grandchildren = dict.fromkeys([*of["grandchild"], *self._each("child", children)])
        found_as: dict[str, str] = {}
        for relation, group in (
            ("grandchild", grandchildren),
            ("grandparent", grandparents),
            ("sibling", siblings),
            ("child", children),
            ("parent", parents),
            ("spouse", of["spouse"]),
        ):
            found_as |= dict.fromkeys(group, relation)
        found_as.pop(person, None)
        return found_as

    def _each(self, relation: str, persons: _Set) -> list[str]:
        known = self._of[relation]
        return [found for person in persons if person in known for found in known[person]]
