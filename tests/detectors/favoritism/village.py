"""How does a test say a household, its kin in office, and what became of its application?"""

from casework.dataset import Tables
from casework.engine import Engine
from casework.tables import PERSON
from tests.worlds import Row, person_no, world

NAMES = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
VILLAGE, OTHER_VILLAGE = "990101001001", "990101001002"
TOWNSHIP, OTHER_TOWNSHIP = "990101001000", "990101002000"
COUNTY, PROVINCE = "990101000000", "990000000000"
IDS = {name: person_no(f"示例{name}") for name in NAMES}


def kin(one: str, other: str, relation: str, source: str = "hukou", since: str = "", until: str = "") -> Row:
    """`other` is the `relation` of `one`."""
    cells = {"id_no": IDS[one], "relative_id_no": IDS[other], "relation": relation, "source": source}
    return {**cells, "from_on": since or None, "to_on": until or None}


def member(name: str, relation: str = "head", home: str = "H1", **cells: str | None) -> Row:
    row = {"household_no": home, "id_no": IDS[name], "joined_on": "2015-01-01", "relation": relation}
    return {**row, "co_living": "true", "left_on": None, **cells}


def official(name: str, duty: str = "handler", region: str = TOWNSHIP, **cells: str | None) -> Row:
    row = {"id_no": IDS[name], "duty": duty, "region_code": region, "from_on": "2018-01-01", "to_on": None}
    return {**row, "post": "示例职务", **cells}


def filing(name: str, day: str, home: str = "H1", relation: str | None = "兄弟姐妹") -> Row:
    return {"official_id_no": IDS[name], "household_no": home, "relation": relation, "filed_on": day}


def application(**cells: str | None) -> Row:
    row = {"application_no": "A1", "programme": "dibao", "household_no": "H1", "region_code": TOWNSHIP}
    dates = {"accepted_at": "2024-03-04", "decided_at": "2024-03-28", "decision": "approved"}
    return {**row, **dates, **cells}


def step(
    name: str, day: str = "2024-03-10", actor: str | None = None, second: str | None = None, **cells: str | None
) -> Row:
    row = {"application_no": "A1", "step": name, "started_at": day, "finished_at": day}
    actors = {"actor_id_no": IDS[actor] if actor else None, "second_actor_id_no": IDS[second] if second else None}
    return {**row, **actors, **cells}


def small(
    *,
    kin: list[Row] | None = None,
    members: list[Row] | None = None,
    officials: list[Row] | None = None,
    filings: list[Row] | None = None,
    steps: list[Row] | None = None,
    home: str | None = VILLAGE,
    as_of: str = "2024-12-31",
    on: str | Engine = "polars",
    more: dict[str, list[Row]] | None = None,
    **cells: str | None,
) -> Tables:
    """甲 heads household H1, which applied; tables of no rows are there, empty."""
    said = members or [member("甲")]
    homes = sorted({str(row["household_no"]) for row in said})
    nobody = {"official_id_no": IDS["辛"], "household_no": "H9", "relation": None, "filed_on": "2001-01-01"}
    tables: dict[str, list[Row]] = {
        "person": [
            {
                "id_no": IDS[name],
                "name": f"示例{name}",
                "sex": "M",
                "born_on": "1980-01-01",
                "hukou": "rural",
                "region_code": VILLAGE,
            }
            for name in NAMES
        ],
        "household": [{"household_no": one, "region_code": home} for one in homes],
        "member": said,
        "kin": kin or [_stranger()],
        "official": officials or [official("辛", "public_payroll")],
        "filing": filings or [nobody],
        "application": [application(**cells)],
        "step": steps or [step("data_check")],
        **(more or {}),
    }
    return world(as_of, on=on, **tables)


def _stranger() -> Row:
    return kin("庚", "辛", "other")


def person_id(data: Tables, name: str) -> str:
    people = dict(data.engine.collect(data[PERSON].select("name", "person_id")).iter_rows())
    return str(people[f"示例{name}"])
