"""How does a test say a family in a few words?"""

import narwhals as nw

from casework.dataset import Tables
from casework.kinship import kin_of
from casework.policy import Policy
from casework.tables import PERSON
from tests.worlds import Row, person_no, world

NAMES = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")
FEMALE = frozenset("乙丁己辛癸")


def number(name: str) -> str:
    return person_no(f"示例{name}", sex="F" if name in FEMALE else "M")


def person(name: str, died: str | None = None) -> Row:
    return {
        "id_no": number(name),
        "name": f"示例{name}",
        "sex": "F" if name in FEMALE else "M",
        "born_on": "1980-01-01",
        "hukou": "rural",
        "region_code": "990101001001",
        "died_on": died,
    }


def kin(one: str, other: str, relation: str, source: str = "hukou", since: str = "", until: str = "") -> Row:
    """`other` is the `relation` of `one`."""
    return {
        "id_no": number(one),
        "relative_id_no": number(other),
        "relation": relation,
        "source": source,
        "from_on": since or None,
        "to_on": until or None,
    }


def member(home: str, name: str, relation: str, joined: str = "2015-01-01", left: str | None = None) -> Row:
    return {
        "household_no": home,
        "id_no": number(name),
        "joined_on": joined,
        "relation": relation,
        "co_living": "true",
        "left_on": left,
    }


def family(
    kin_rows: list[Row] | None = None, members: list[Row] | None = None, dead: dict[str, str] | None = None, **more: str
) -> Tables:
    people = [person(name, (dead or {}).get(name)) for name in NAMES]
    homes = sorted({str(row["household_no"]) for row in members or []})
    tables: dict[str, list[Row]] = {"person": people}
    if kin_rows:
        tables["kin"] = kin_rows
    if members:
        tables["member"] = members
        tables["household"] = [{"household_no": home, "region_code": "990101001001"} for home in homes]
    return world(**more, **tables)  # type: ignore[arg-type]


def relatives(data: Tables, of: str, policy: Policy | None = None) -> list[tuple[str, str, str]]:
    """(relative, relation, path) of one person, in order."""
    return [(row["relative"], row["relation"], row["path"]) for row in rows(data, of, policy)]


def rows(data: Tables, of: str, policy: Policy | None = None) -> list[dict[str, object]]:
    """Every relative of one person, with names."""
    people = data[PERSON].select("person_id", "name").filter(nw.col("name") == f"示例{of}")
    named = dict(data.engine.collect(data[PERSON].select("person_id", "name")).iter_rows())
    found = data.engine.collect(kin_of(data, people.select("person_id"), policy)).to_dicts()
    for row in found:
        row["relative"] = named[row["relative_id"]].removeprefix("示例")
        row["between"] = ">".join(named[int(one)].removeprefix("示例") for one in (row["via"] or "").split(">") if one)
    return sorted(found, key=lambda row: (NAMES.index(row["relative"]), row["relation"], row["from_day"] or 0))
