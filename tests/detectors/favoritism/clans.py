"""How does a test say households in need, some of them kin of their village's official, and who of them is on dibao?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.dataset import Tables
from casework.policy import Policy
from casework.tables import OFFICIAL
from tests.worlds import Row, person_no, world

STANDARD = 500
VILLAGE, OTHER = "990101001001", "990101001002"
POLICY = Policy.of(dibao_standard=STANDARD)


@dataclass(frozen=True)
class Homes:
    """So many households alike, of one village, need and year, and how many of them are on dibao.

    `kin` of whom (an official's name; none: of nobody). `need`: income a head by the standard; none: no statement.
    `stated`: the years of a statement; `since`: the month aid began.
    """

    of: int
    on_aid: int
    kin: str | None = None
    village: str = VILLAGE
    need: float | None = 0.55
    stated: Sequence[int] = (2023,)
    since: str = "2023-04"
    relation: str = "sibling"
    car: bool = False


def post(name: str = "甲", village: str = VILLAGE, duty: str = "village_committee", **cells: str | None) -> Row:
    """A post from 2018 on, unless said otherwise."""
    row = {"id_no": person_no(name), "duty": duty, "region_code": village, "from_on": "2018-01-01", "to_on": None}
    return {**row, "post": "示例职务", **cells}


def county(*homes: Homes, posts: Sequence[Row] = (), surname: str = "示", area: str = "990101") -> Tables:
    """The households one after another; each lives alone. `surname`: of everybody; `area`: of everybody's number."""
    tables: dict[str, list[Row]] = {name: [] for name in ("household", "person", "member", "means", "award", "kin")}
    matches: list[Row] = [_match(person_no("某"), "deposit")]
    for place, group in enumerate(homes):
        for number in range(group.of):
            born = (date(1950, 1, 1) + timedelta(days=100 * place + number)).isoformat()
            id_no, home = person_no("示例", born, area=area), f"H{group.village[:6]}{place}-{number:02d}"
            _household(tables, group, {"id_no": id_no, "name": f"{surname}例", "born_on": born}, home)
            if number < group.on_aid:
                cells = {"programme": "dibao", "household_no": home, "from_month": group.since, "to_month": None}
                tables["award"].append({"award_no": f"D{home}", **cells})
            if group.car:
                matches.append(_match(id_no, "vehicle"))
    posted = list(posts) or [post()]
    tables["kin"] += [_tie(person_no("某"), person_no("某某"))]
    return world("2024-12-31", **tables, official=posted, match=matches)


def _household(tables: dict[str, list[Row]], group: Homes, who: Row, home: str) -> None:
    tables["household"].append({"household_no": home, "region_code": group.village})
    tables["person"].append({**who, "sex": "M", "hukou": "rural", "region_code": group.village})
    lives = {"relation": "head", "joined_on": "2015-01-01", "co_living": "true"}
    tables["member"].append({"household_no": home, "id_no": who["id_no"], **lives})
    for year in group.stated if group.need is not None else ():
        said = {"as_of": f"{year}-03-01", "item": "wage", "verified": f"{group.need * STANDARD * 12:.2f}"}
        tables["means"].append({"household_no": home, **said})
    if group.kin:
        tables["kin"].append(_tie(person_no(group.kin), str(who["id_no"]), group.relation))


def _tie(one: str, other: str, relation: str = "sibling") -> Row:
    return {"id_no": one, "relative_id_no": other, "relation": relation, "source": "hukou"}


def _match(id_no: str, kind: str) -> Row:
    said = {"source": "示例", "detail": "car" if kind == "vehicle" else None, "value": "90000", "from_on": "2020-01-01"}
    return {"match_no": f"M{id_no}", "id_no": id_no, "kind": kind, **said, "compared_on": "2024-12-01"}


def number_of(data: Tables, place: int = 0) -> str:
    """The person_id of the official of that row."""
    rows = data.engine.collect(data[OFFICIAL].select("person_id", "source_row")).sort("source_row")
    return str(rows["person_id"][place])
