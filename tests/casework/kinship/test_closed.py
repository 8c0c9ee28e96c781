"""Is relation(b, a) always the inverse of relation(a, b)? In any small world, with the same interval and certainty."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.kinship import INVERSE, kin_of
from casework.tables import PERSON
from tests.casework.kinship.families import NAMES, family, kin, member
from tests.worlds import Row

FEW = NAMES[:7]
RELATIONS = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild", "parent_in_law", "sibling_in_law")
PRIMITIVE = ("spouse", "parent", "child", "parent", "child", "sibling")
TO_HEAD = (
    "head",
    "spouse",
    "child",
    "child",
    "parent",
    "sibling",
    "parent_in_law",
    "child_in_law",
    "grandchild",
    "other",
)


def days() -> st.SearchStrategy[str]:
    return st.integers(0, 40).map(lambda months: (date(2015, 1, 1) + timedelta(days=45 * months)).isoformat())


@st.composite
def kin_rows(draw: st.DrawFn) -> list[Row]:
    made = []
    for _ in range(draw(st.integers(0, 8))):
        one, other = draw(st.permutations(FEW))[:2]
        since = draw(st.sampled_from(["", "2016-01-01", "2018-01-01"]))
        until = draw(st.sampled_from(["", "", "2017-01-01", "2020-01-01"]))
        source = draw(st.sampled_from(["hukou", "civil_registry", "declared"]))
        made.append(kin(one, other, draw(st.sampled_from((*PRIMITIVE, *RELATIONS))), source, since, until))
    return made


@st.composite
def member_rows(draw: st.DrawFn) -> list[Row]:
    made = []
    for _ in range(draw(st.integers(0, 8))):
        left = draw(st.one_of(st.none(), days()))
        home = draw(st.sampled_from(["H1", "H2"]))
        made.append(member(home, draw(st.sampled_from(FEW)), draw(st.sampled_from(TO_HEAD)), draw(days()), left))
    return made


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(kin_rows=kin_rows(), members=member_rows(), dead=st.dictionaries(st.sampled_from(FEW), days(), max_size=2))
def test_the_kin_of_all_are_closed_under_inversion(
    kin_rows: list[Row], members: list[Row], dead: dict[str, str]
) -> None:
    world = family(kin_rows, members, dead)
    found = world.engine.collect(kin_of(world, world[PERSON].select("person_id"))).to_dicts()
    seen = {shape(row, row["person_id"], row["relative_id"], row["relation"]) for row in found}
    back = {shape(row, row["relative_id"], row["person_id"], INVERSE[row["relation"]]) for row in found}
    assert seen == back
    assert len(seen) == len(found)  # one row a person, relative, relation and interval
    assert all(row["person_id"] != row["relative_id"] for row in found)


def shape(row: dict[str, Any], one: int, other: int, relation: str) -> tuple[object, ...]:
    return one, other, relation, row["from_day"], row["to_day"], row["certainty"], row["degree"], row["blood"]


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(kin_rows=kin_rows(), members=member_rows(), order=st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_who_else_is_asked_about_changes_anything(
    kin_rows: list[Row],
    members: list[Row],
    order: Any,
) -> None:
    world = family(kin_rows, members)
    everyone = world.engine.collect(kin_of(world, world[PERSON].select("person_id")))
    order.shuffle(kin_rows)
    order.shuffle(members)
    other = family(kin_rows, members)
    for place in (0, 3):
        one = other[PERSON].select("person_id").head(place + 1)
        asked = other.engine.collect(one)["person_id"]
        alone = other.engine.collect(kin_of(other, one))
        same = everyone.filter(everyone["person_id"].is_in(asked.implode()))
        assert alone.sort(alone.columns).equals(same.sort(same.columns))


@pytest.mark.parametrize("relation", sorted(INVERSE))
def test_an_inverse_inverted_is_itself(relation: str) -> None:
    assert INVERSE[INVERSE[relation]] == relation
