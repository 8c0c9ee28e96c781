"""How does a test say a household with a standard, members and statements in one line each?"""

from typing import Any

from casework.dataset import Tables
from casework.policy import Policy
from tests.worlds import Row, person_no, world

VILLAGE, TOWN = "990101001001", "990101001002"
NAMES = ("示例甲", "示例乙", "示例丙", "示例丁")
IDS = {name: person_no(name) for name in NAMES}

POLICY = Policy.of(
    dibao_standard=[
        {"urban_rural": "rural", "value": 632},
        {"urban_rural": "rural", "value": 700, "from": "2025-01-01"},
        {"urban_rural": "urban", "value": 800},
    ]
)


def rules(**values: Any) -> Policy:
    """The rules of these tests, some replaced."""
    rural = [{"urban_rural": "rural", "value": 632}, {"urban_rural": "urban", "value": 800}]
    return Policy.of(**{"dibao_standard": rural, **values})


def regions(urban_rural: str | None = "rural") -> list[Row]:
    """The village and its town."""
    return [
        {"region_code": VILLAGE, "name": "示例村", "tier": "village", "urban_rural": urban_rural},
        {"region_code": TOWN, "name": "示例社区", "tier": "village", "urban_rural": "urban"},
    ]


def person(name: str, **cells: str | None) -> Row:
    """A person of forty with nothing special."""
    plain = {"id_no": IDS[name], "name": name, "sex": "M", "born_on": "1980-01-01", "hukou": "rural"}
    return {**plain, "region_code": VILLAGE, **cells}


def little(as_of: str = "2024-12-31", **tables: list[Row]) -> Tables:
    """A world of the tables that have rows."""
    return world(as_of, **{name: rows for name, rows in tables.items() if rows})


def home(region: str | None = VILLAGE, number: str = "H1") -> Row:
    """A household in the village."""
    return {"household_no": number, "region_code": region}


def member(name: str, joined: str = "2015-01-01", left: str | None = None, **cells: str | None) -> Row:
    """One who lives in H1."""
    plain = {"household_no": "H1", "id_no": IDS[name], "relation": "other", "co_living": "true"}
    return {**plain, "joined_on": joined, "left_on": left, **cells}


def stated(as_of: str, number: str = "H1", **items: str | None) -> list[Row]:
    """One statement: item = verified yuan a year."""
    return [
        {"household_no": number, "as_of": as_of, "item": item, "declared": None, "verified": yuan}
        for item, yuan in items.items()
    ]
