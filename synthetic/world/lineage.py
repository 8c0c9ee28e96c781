"""Whose child can somebody be, and which surname runs in a family?

A child bears the father's surname, brothers and sisters share one, in one household or several. Mothers are
18 to 45 at a birth, fathers at least 18; two births of one mother lie ten months apart, or on one day.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Final

from synthetic.kit import Person, Site
from synthetic.kit.rows import Row

YOUNGEST: Final = 18  # at a birth
_OLDEST: Final = {"F": 45, "M": 70}
_BETWEEN: Final = 304  # days between two births of one mother
_YEAR: Final = 365.2425


def fits(site: Site, person: Person, relative: Person, relation: str) -> bool:
    """Could the relative be the person's parent or sibling, by the births of all whom that would make kin?"""
    if relation == "sibling":
        brood = [_with(site, person, "sibling"), _with(site, relative, "sibling")]
        parents = {parent for one in brood[0] + brood[1] for parent in _near(site, one, "parent")}
        others = (brood[0], brood[1])
    else:
        children = _with(site, person, "sibling")
        parents = {relative.id_no, *_near(site, relative.id_no, "spouse"), *_near(site, person.id_no, "parent")}
        others = (children, [one for parent in parents for one in _near(site, parent, "child") if one not in children])
    sexes = Counter(_sex(parent) for parent in parents)
    return (
        max(sexes.values(), default=0) <= 1
        and all(_apart(one, other) for one, other in product(*others))
        and all(_bears(parent, child) for parent in parents for child in (*others[0], *others[1]))
    )


def _with(site: Site, person: Person, relation: str) -> list[str]:
    return [person.id_no, *_near(site, person.id_no, relation)]


def _near(site: Site, id_no: str, relation: str) -> list[str]:
    return [found for found, known in site.ties.near(id_no).items() if known == relation]


def _born(id_no: str) -> date:
    return date(int(id_no[6:10]), int(id_no[10:12]), int(id_no[12:14]))


def _sex(id_no: str) -> str:
    return "M" if int(id_no[16]) % 2 else "F"


def _apart(one: str, other: str) -> bool:
    days = abs((_born(one) - _born(other)).days)
    return days == 0 or days >= _BETWEEN


def _bears(parent: str, child: str) -> bool:
    years = (_born(child) - _born(parent)).days / _YEAR
    return YOUNGEST <= years <= _OLDEST[_sex(parent)]


def name(site: Site) -> None:
    """Give everybody of the township the surname of their lineage: the one most of it bear already.

    An official of the county is named elsewhere; the lineage takes that surname.
    """
    people = {str(row["id_no"]): row for row in site.rows.tables["person"]}
    away = {one.person.id_no: one.person.row for one in site.officials if one.person.id_no not in people}
    groups: dict[str, list[str]] = {id_no: [id_no] for id_no in (*people, *away)}
    for one, other in _agnates(site):
        first, second = groups[one], groups[other]
        if first is not second:
            first += second
            groups.update(dict.fromkeys(second, first))
    done: set[int] = set()
    for group in groups.values():
        if len(group) == 1 or id(group) in done:
            continue
        done.add(id(group))
        borne = Counter(str((people.get(one) or away[one])["name"])[0] for one in group)
        told = next((str(away[one]["name"])[0] for one in group if one in away), None)
        surname = told or max(sorted(borne), key=borne.__getitem__)
        for one in group:
            if one in people:
                people[one]["name"] = surname + str(people[one]["name"])[1:]


def _agnates(site: Site) -> Iterator[tuple[str, str]]:
    """Pairs who bear one surname: father and child, brother and sister."""
    told: set[str] = set()  # whose parents a row names
    for row in site.rows.tables["kin"]:
        person, relative = str(row["id_no"]), str(row["relative_id_no"])
        told.add(person)
        if row["relation"] == "sibling" or (row["relation"] == "parent" and _sex(relative) == "M"):
            yield person, relative
    homes: dict[str, list[Row]] = {}
    for row in site.rows.tables["member"]:
        homes.setdefault(str(row["household_no"]), []).append(row)
    for members in homes.values():
        yield from _at_home(members, told)


def _at_home(members: list[Row], told: set[str]) -> Iterator[tuple[str, str]]:
    by: dict[str, list[str]] = {}
    for row in members:
        by.setdefault(str(row["relation"]), []).append(str(row["id_no"]))
    head, spouse = by.get("head", []), by.get("spouse", [])
    father = next((one for one in (*head, *spouse) if _sex(one) == "M"), None)
    children = [*by.get("child", ()), *(one for one in by.get("grandchild", ()) if one not in told)]
    for child in children:
        yield child, father or children[0]
    for one in head:
        yield from ((one, other) for other in by.get("sibling", ()))
        yield from ((one, other) for other in by.get("parent", ()) if _sex(other) == "M")
    for one in spouse:
        yield from ((one, other) for other in by.get("parent_in_law", ()) if _sex(other) == "M")
