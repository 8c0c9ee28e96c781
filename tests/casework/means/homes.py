"""How does a test say a household with a standard, members and statements in one line each?"""

from typing import Any

from casework.dataset import Tables
from casework.policy import Policy
from tests.worlds import Row, person_no, world

VILLAGE, TOWN = "990101001001", "990101001002"
NAMES = ("示例甲", "示例乙", "示例丙", "示例丁")
IDS = {name: person_no(name) for name in NAMES}


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


def award(programme: str = "dibao", number: str = "W1", **cells: str | None) -> Row:
    """An award of H1 from January 2024."""
    plain = {"award_no": number, "programme": programme, "household_no": "H1", "from_month": "2024-01"}
    return {**plain, "to_month": None, **cells}


def covers(*names: str, number: str = "W1", since: str = "2024-01", until: str | None = None) -> list[Row]:
    """These persons are covered."""
    return [{"award_no": number, "id_no": IDS[name], "from_month": since, "to_month": until} for name in names]


def pay(month: str, yuan: str | None, number: str = "W1", mark: str = "") -> Row:
    """One payment for a month."""
    return {"payment_no": f"{number}{month}{mark}", "award_no": number, "month": month, "amount": yuan}


def world_of(payment: list[Row], **tables: list[Row]) -> dict[str, list[Row]]:
    """Three persons, all covered, with 1 894 yuan a month between them and a line of 632; these payments."""
    plain: dict[str, list[Row]] = {
        "region": regions(),
        "household": [home()],
        "person": [person(name) for name in NAMES],
        "member": [member(name) for name in NAMES[:3]],
        "means": stated("2023-12-05", wage="22728"),  # 1 894 a month
        "award": [award()],
        "beneficiary": covers(*NAMES[:3]),
        "payment": payment,
    }
    return {**plain, **tables}
