"""Tests of near, wider and parents_of."""

from datetime import date

import narwhals as nw
import pytest

from casework.dataset import Tables
from casework.kinship import kin_of, near, parents_of, wider
from casework.policy import Policy
from casework.tables import PERSON
from tests.casework.kinship.families import family, kin, member

ALL = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")
FURTHER = ("parent_in_law", "child_in_law", "sibling_in_law", "parent_sibling", "sibling_child")
WORLD = [
    kin("甲", "乙", "spouse"),
    kin("甲", "丙", "child"),
    kin("甲", "庚", "parent"),
    kin("甲", "辛", "sibling"),
    kin("甲", "壬", "grandparent"),
    kin("甲", "戊", "grandchild"),
    kin("甲", "癸", "parent_in_law"),
    kin("甲", "己", "child_in_law"),
    kin("辛", "丁", "child"),
]


def relations(world: Tables, keep: str, policy: Policy, on: date = date(2024, 1, 1)) -> set[str]:
    people = world[PERSON].filter(nw.col("name") == "示例甲").select("person_id")
    dated = kin_of(world, people).with_columns(nw.lit((on - date(1970, 1, 1)).days).alias("on_day"))
    chosen = {"near": near, "wider": wider}[keep](policy, dated, on="on")
    return set(world.engine.collect(chosen)["relation"])


def test_near_kin_are_the_six_of_the_civil_code_and_no_in_law_is() -> None:
    assert relations(family(WORLD), "near", Policy.shipped()) == set(ALL)


def test_wider_kin_are_these_and_in_laws_uncles_and_nephews() -> None:
    seen = relations(family(WORLD), "wider", Policy.shipped())
    assert seen == {*ALL, "parent_in_law", "child_in_law", "sibling_child"}


@pytest.mark.parametrize(("on", "expected"), [(date(2022, 12, 31), set(ALL)), (date(2023, 1, 1), {"spouse"})])
def test_the_list_in_force_on_the_day_counts(on: date, expected: set[str]) -> None:
    own = Policy.of(
        near_kin=[{"from": date(2000, 1, 1), "value": list(ALL)}, {"from": date(2023, 1, 1), "value": ["spouse"]}]
    )
    assert relations(family(WORLD), "near", own, on) == expected


def test_how_sure_a_source_is_is_a_tuning() -> None:
    world = family([kin("甲", "乙", "spouse", "declared")])
    people = world[PERSON].select("person_id")
    own = Policy.of(kin_certainty={"civil_registry": 0.9, "hukou": 0.8, "member": 0.6, "declared": 0.5})
    assert set(world.engine.collect(kin_of(world, people, own))["certainty"]) == {0.5}


def test_parents_of_children_are_those_of_register_and_household_with_their_days() -> None:
    home = [member("H1", "甲", "head"), member("H1", "乙", "spouse"), member("H1", "丙", "child")]
    world = family([kin("庚", "丁", "child", since="2001-01-01"), kin("甲", "丙", "child")], home, {"甲": "2016-01-01"})
    names = dict(world.engine.collect(world[PERSON].select("person_id", "name")).iter_rows())
    found = world.engine.collect(parents_of(world, world[PERSON].select("person_id")))
    said = {
        (names[row["person_id"]][-1], names[row["parent_id"]][-1], row["source"], row["from_day"])
        for row in found.to_dicts()
    }
    born = (date(2001, 1, 1) - date(1970, 1, 1)).days
    assert said == {("丙", "甲", "hukou", None), ("丙", "乙", "member", None), ("丁", "庚", "hukou", born)}


def test_a_parent_by_membership_stays_one_whatever_a_surer_source_says_else() -> None:
    home = [member("H1", "甲", "head"), member("H1", "乙", "spouse"), member("H1", "丙", "child")]
    closed = kin("丙", "乙", "parent", "civil_registry", until="2023-05-05")
    world = family([kin("丙", "甲", "grandparent"), closed], home)
    names = dict(world.engine.collect(world[PERSON].select("person_id", "name")).iter_rows())
    child = world[PERSON].filter(nw.col("name") == "示例丙").select("person_id")
    found = world.engine.collect(parents_of(world, child)).to_dicts()
    until = (date(2023, 5, 5) - date(1970, 1, 1)).days
    assert {(names[row["parent_id"]][-1], row["source"], row["to_day"]) for row in found} == {
        ("甲", "member", None),
        ("乙", "member", None),
        ("乙", "civil_registry", until),
    }
