"""Does the network around an official hold near kin, their households and what is really shared, and nothing else?"""

from collections.abc import Collection

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from casework.review.scope import Scope
from casework.tables import HOUSEHOLD, PERSON
from dashboard.queries import ego
from dashboard.queries.ego import HOMES, HUB, KIN, SHARED, SHARERS, THINGS, Ego, Home
from dashboard.queries.ties import Node
from tests.families import VILLAGE, household, kin, means, member, no, person
from tests.worlds import Row, world

POLICY = Policy.shipped()
FAR = "990202002002"
PHONE = "13900000001"
AWARD = {"award_no": "W1", "programme": "dibao", "household_no": "H1", "from_month": "2024-01", "to_month": None}


def village(**tables: list[Row]) -> Tables:
    """The official heads H0, their mother H1, their brother H2; H9 is nobody's kin."""
    return world(
        **{
            "household": [household("H0"), household("H1"), household("H2"), household("H9")],
            "person": [
                person("示例干部"),
                person("示例母", "1955-01-01", sex="F"),
                person("示例弟", "1985-01-01"),
                person("示例外人"),
                person("示例祖", "1930-01-01"),
            ],
            "member": [
                member("示例干部", "H0"),
                member("示例母", "H1"),
                member("示例弟", "H2"),
                member("示例外人", "H9"),
            ],
            "kin": [kin("示例干部", "示例母"), kin("示例弟", "示例母")],
            "official": [{"id_no": no("示例干部"), "duty": "handler", "region_code": VILLAGE, "from_on": "2018-01-01"}],
            **tables,
        }
    )


def words(data: Tables) -> dict[Node, str]:
    persons = data.engine.collect(data[PERSON].select("person_id", "name"))
    homes = data.engine.collect(data[HOUSEHOLD].select("household_id", "household_no"))
    found = {Node("person", key): name.removeprefix("示例") for key, name in persons.iter_rows()}
    return found | {Node("household", key): number for key, number in homes.iter_rows()}


def node(data: Tables, word: str) -> Node:
    return next(one for one, said in words(data).items() if said == word)


def around(
    data: Tables,
    *,
    shared: Collection[str] = SHARED,
    scope: Scope = Scope(),  # noqa: B008 - frozen
    recused: Collection[str] = (),
    most: int = ego.MOST,
) -> Ego:
    own = [int(node(data, one).key) for one in recused]
    official = int(node(data, "干部").key)
    return ego.ego(data, POLICY, scope, official, shared=shared, recused=own, most=most)  # type: ignore[arg-type]  # what a test says


def told(data: Tables, found: Ego, ring: int) -> set[str]:
    known = words(data)
    return {known.get(one, str(one.key)) for one in found.of(ring)}


def test_near_kin_stand_around_the_official_and_their_households_around_them() -> None:
    data = village()
    found = around(data)
    assert told(data, found, 0) == {"干部"}
    assert told(data, found, KIN) == {"母", "弟"}
    assert told(data, found, HOMES) == {"H0", "H1", "H2"}
    assert {words(data)[one]: word.zh for one, word in found.called.items()} == {"母": "母亲", "弟": "弟弟"}


def test_an_official_without_known_kin_or_household_stands_alone() -> None:
    data = village(member=[member("示例外人", "H9")], kin=[kin("示例外人", "示例祖")])
    assert [*around(data).rings] == [node(data, "干部")]


@pytest.mark.parametrize(
    ("award", "stands"),
    [
        ({}, Home(now=True)),
        ({"to_month": "2024-12"}, Home(now=True)),  # the month in which the data end
        ({"to_month": "2024-11"}, Home(before=True)),
        ({"programme": "tekun"}, Home()),
    ],
)
def test_on_dibao_is_now_before_or_never(award: dict[str, str], stands: Home) -> None:
    data = village(award=[{**AWARD, **award}])
    assert around(data).homes[node(data, "H1")] == stands


def test_a_statement_is_the_newest_there_is_and_none_is_none() -> None:
    data = village(means=[means("1000", as_of="2023-06-30", household="H1"), means("1", household="H1")])
    homes = around(data).homes
    assert str(homes[node(data, "H1")].stated) == "2024-06-30"
    assert homes[node(data, "H2")].stated is None


def phones(*numbers: str, phone: str = PHONE) -> list[Row]:
    every = ["H0", "H1", "H2", "H9", *numbers]
    return [{**household(one), "phone": phone if one in {"H1", *numbers} else None} for one in every]


def test_a_phone_of_one_family_is_no_tie_and_one_that_another_family_gives_leads_on() -> None:
    people = [person(f"示例{one}", phone=PHONE if one == "母" else None) for one in ("干部", "母", "弟", "外人", "祖")]
    data = village(household=phones(), person=people)
    assert around(data).of(THINGS) == []  # the mother and her own household
    shared = [{**one, "phone": PHONE} if one["household_no"] == "H9" else one for one in phones()]
    data = village(household=shared)
    found = around(data)
    assert (told(data, found, THINGS), told(data, found, SHARERS)) == ({PHONE}, {"H9"})
    assert around(data, shared=["address", "account"]).of(THINGS) == []


@pytest.mark.parametrize(("others", "followed"), [(HUB, True), (HUB + 1, False)])
def test_what_more_than_so_many_others_give_is_told_and_not_followed(others: int, followed: bool) -> None:
    data = village(household=phones(*(f"X{number}" for number in range(others))))
    found = around(data)
    assert (len(found.of(SHARERS)) == others) is followed
    assert dict(found.hubs) == ({} if followed else {Node("phone", PHONE): others + 1})


def test_outside_the_area_only_that_somebody_is_there_is_told_and_nothing_is_asked_of_them() -> None:
    people = [
        person(f"示例{one}", region_code=FAR if one == "弟" else VILLAGE) for one in ("干部", "母", "弟", "外人", "祖")
    ]
    homes = [household(one, FAR if one == "H2" else VILLAGE) for one in ("H0", "H1", "H2", "H9")]
    data = village(person=people, household=homes)
    found = around(data, scope=Scope("990101"))
    assert [words(data)[one] for one in found.hidden] == ["弟"]
    assert told(data, found, HOMES) == {"H0", "H1"}
    assert around(data).hidden == frozenset()


def test_the_readers_own_kin_are_hidden_like_strangers() -> None:
    data = village()
    found = around(data, recused=["母"])
    assert [words(data)[one] for one in found.hidden] == ["母"]
    assert "H1" not in told(data, found, HOMES)
    assert found.recused == found.hidden
    assert "母" not in {words(data)[one] for one in found.called}
    assert {tie.label.zh for tie in found.ties if found.hidden & {tie.one, tie.other}} == {"不显示"}


def test_a_household_with_one_of_the_readers_own_kin_is_hidden_and_how_it_stands_is_not_told() -> None:
    homes = [{**one, "phone": PHONE} if one["household_no"] == "H9" else one for one in phones()]
    data = village(household=homes, award=[{**AWARD, "household_no": "H9"}])
    shown, found = around(data), around(data, recused=["外人"])
    home = node(data, "H9")
    assert home in shown.homes
    assert home in found.recused
    assert home not in found.homes
    assert found.recused <= found.hidden


@pytest.mark.parametrize(("most", "left"), [(6, {}), (5, {"household": 1}), (2, {"person": 1, "household": 3})])
def test_the_cap_keeps_the_nearest_and_counts_what_is_left_out(most: int, left: dict[str, int]) -> None:
    found = around(village(), most=most)
    assert len(found.rings) == most
    assert dict(found.left) == left
    assert all(tie.one in found.rings and tie.other in found.rings for tie in found.ties)


def test_the_order_of_rows_changes_nothing() -> None:
    data = village(household=phones("X1", "X2"))
    turned = village(household=phones("X1", "X2")[::-1], kin=[kin("示例弟", "示例母"), kin("示例干部", "示例母")])
    assert around(data) == around(turned)
    assert [*around(data).rings] == [*around(turned).rings]
