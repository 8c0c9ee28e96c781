"""To which group does each household and each person belong, and of whom is nothing said?"""

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from casework.dataset import Tables
from casework.policy import Policy
from casework.regions import Regions
from metrics.evaluation import fairness
from metrics.evaluation.groups import grouped
from tests.families import VILLAGE, household, member, no, person
from tests.worlds import Row, world

POLICY = Policy.shipped()
REGION: Row = {"region_code": VILLAGE, "name": "示例村", "tier": "village", "urban_rural": "rural"}


def asked(tables: Tables, unit: Any = "household", policy: Policy = POLICY) -> dict[str, dict[str, Any]]:
    frame = tables.engine.collect(grouped(tables, policy, unit))
    return {row["subject"]: row for row in frame.to_dicts()}


def family(number: str, name: str, born: str = "1980-01-01", **cells: str | None) -> dict[str, list[Row]]:
    return {
        "household": [household(number)],
        "person": [person(name, born, **cells)],
        "member": [member(name, number)],
    }


def township(*families: Mapping[str, list[Row]], **more: list[Row]) -> Tables:
    tables: dict[str, list[Row]] = {"region": [REGION]}
    for one in (*families, more):
        for name, rows in one.items():
            tables.setdefault(name, []).extend(rows)
    return world("2024-12-31", **tables)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2007-01-01", "0-17"),  # eighteen tomorrow
        ("2006-12-31", "18-34"),  # eighteen today
        ("1990-01-01", "18-34"),
        ("1989-12-31", "35-59"),
        ("1964-12-31", "60-79"),
        ("1944-12-31", "80+"),
    ],
)
def test_a_household_is_as_old_as_its_head_on_the_day_of_the_data(born: str, band: str) -> None:
    found = asked(township(family("H1", "示例甲", born)))
    assert (found["H1"]["age"], found["H1"]["sex"], found["H1"]["urban_rural"]) == (band, "M", "rural")


def test_anybodys_registered_disability_is_the_households() -> None:
    child = {"person": [person("示例乙", disability_grade="4")], "member": [member("示例乙", "H1", "child")]}
    tables = township(
        family("H1", "示例甲", disability_grade=None), child, family("H2", "示例丙", disability_grade=None)
    )
    found = asked(tables)
    assert (found["H1"]["disability"], found["H2"]["disability"]) == ("yes", "no")
    people = asked(tables, "person")
    identity = dict(
        tables.engine.collect(tables.derived("identity", _IDENTITY)).select("id_no", "person_id").iter_rows()
    )
    said = {name: people[str(identity[no(name)])]["disability"] for name in ("示例甲", "示例乙", "示例丙")}
    assert said == {"示例甲": "no", "示例乙": "yes", "示例丙": "no"}


_IDENTITY = pl.Schema({"id_no": pl.String(), "person_id": pl.Int64()})


def test_a_source_that_never_asked_says_nothing_of_disability() -> None:
    assert asked(township(family("H1", "示例甲")))["H1"]["disability"] is None


def test_a_household_without_a_head_has_neither_age_nor_sex() -> None:
    found = asked(township({"household": [household("H1")]}, family("H2", "示例甲")))["H1"]
    assert (found["age"], found["sex"], found["surname"]) == (None, None, None)
    assert found["village"] == "1-299"


def test_who_has_left_is_no_longer_of_the_household() -> None:
    gone = {"person": [person("示例乙", "1930-01-01")], "member": [member("示例乙", "H1", left_on="2024-12-31")]}
    tables = township(family("H1", "示例甲"), gone)
    assert asked(tables)["H1"]["age"] == "35-59"
    assert len(asked(tables, "person")) == 1


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (("甲一", "甲二", "甲三", "乙一"), ("main", "main", "main", "other")),
        (("甲一", "甲二", "乙一", "丙一"), ("none", "none", "none", "none")),  # half is not more than half
    ],
)
def test_a_main_surname_is_that_of_more_than_half_of_the_heads(names: tuple[str, ...], groups: tuple[str, ...]) -> None:
    found = asked(township(*(family(f"H{place}", name) for place, name in enumerate(names))))
    assert tuple(found[f"H{place}"]["surname"] for place in range(len(names))) == groups


def test_the_size_of_a_village_counts_its_households_by_the_tuning() -> None:
    rows = {"region": [REGION], "household": [household(f"H{place}") for place in range(3)]}
    rows |= {"member": [member("示例甲", "H0")], "person": [person("示例甲")]}
    sizes = {"minimum": 30, "ages": [18], "village": [3, 4], "surname": 0.5}
    assert asked(world(**rows), policy=Policy.of(fairness=sizes))["H0"]["village"] == "3-3"


def test_whoever_applied_or_was_on_aid_is_known() -> None:
    award: Row = {"award_no": "W1", "programme": "dibao", "household_no": "H1", "from_month": "2024-01"}
    found = asked(township(family("H1", "示例甲"), family("H2", "示例乙"), award=[award]))
    assert (found["H1"]["known"], found["H2"]["known"]) == (True, False)


def test_the_population_adds_up_in_every_dimension() -> None:
    tables = township(family("H1", "示例甲"), family("H2", "示例乙"), {"household": [household("H3")]})
    counted = fairness.population(tables, grouped(tables, POLICY, "household"), Regions.of(tables))
    assert set(counted.group_by("dimension").agg(pl.col("units").sum())["units"]) == {3}
    assert set(counted["home"]) == {VILLAGE}


def test_flags_find_their_units_and_strangers_none() -> None:
    tables = township(family("H1", "示例甲"), family("H2", "示例乙"))
    flags = pl.DataFrame(
        {"subject": ["H1", "X9"], "reviewed": [True, True], "judged": [False, True], "confirmed": False}
    )
    found = fairness.flagged(tables, grouped(tables, POLICY, "household"), flags, Regions.of(tables))
    assert found.select("subject", "home", "reviewed", "judged").rows() == [("H1", VILLAGE, True, False)]
