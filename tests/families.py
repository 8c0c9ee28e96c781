"""How does a test say one family: its household, its people and who they are to the head?"""

from typing import Any

from tests.worlds import Row, person_no

VILLAGE = "990101001001"


def no(name: str) -> str:
    """The number of a made-up person: the same for the same name, whatever day they were born."""
    return person_no(name)


def person(name: str, born: str = "1980-01-01", **cells: str | None) -> Row:
    """One made-up person of the village."""
    said = {"name": name, "sex": "M", "born_on": born, "hukou": "rural", "region_code": VILLAGE}
    return {"id_no": no(name), **said, **cells}


def member(name: str, household: str = "H1", relation: str = "head", since: str = "2015-01-01", **cells: str) -> Row:
    """One person in one household, living there unless said otherwise."""
    said = {"relation": relation, "joined_on": since, "co_living": "true"}
    return {"household_no": household, "id_no": no(name), **said, **cells}


def household(number: str = "H1", region: str = VILLAGE) -> Row:
    """One household."""
    return {"household_no": number, "region_code": region}


def kin(child: str, parent: str) -> Row:
    """The relative is the person's parent, by the household register."""
    return {"id_no": no(child), "relative_id_no": no(parent), "relation": "parent", "source": "hukou"}


def match(name: str, kind: str, since: str | None = None, **cells: str | None) -> Row:
    """One finding about one person; compared in December 2024 unless said otherwise."""
    said: dict[str, Any] = {"source": "示例", "from_on": since, "compared_on": "2024-12-01"}
    return {"match_no": f"M{name}{kind}{since}", "id_no": no(name), "kind": kind, **said, **cells}


def means(yuan: str, item: str = "wage", as_of: str = "2024-06-30", household: str = "H1") -> Row:
    """One figure of a statement, yuan a year."""
    return {"household_no": household, "as_of": as_of, "item": item, "verified": yuan}
