"""Does the network show what the data hold, no more than a reader may see, and no more than a reader can?"""

from pathlib import Path

import polars as pl
import pytest

from casework.dataset import Tables
from casework.policy import Policy
from casework.review.scope import Scope
from casework.tables import HOUSEHOLD, PERSON
from dashboard.queries import network
from dashboard.queries.network import Picture
from dashboard.queries.ties import TIES, Node
from tests.families import VILLAGE, household, kin, member, no, person
from tests.screens.conftest import Open, said
from tests.worlds import Row, world

POLICY = Policy.shipped()
FAR = "990202002002"
PEOPLE = [
    person("示例祖", "1930-01-01", sex="F"),
    person("示例母", "1955-01-01", sex="F"),
    person("示例甲", "1980-01-01"),
    person("示例子", "2010-01-01"),
    person("示例干部", "1975-01-01"),
    person("示例远", "1976-01-01", region_code=FAR),
]


def village(**tables: list[Row]) -> Tables:
    """甲 heads H1, with a child; their mother heads H2; the official handled both; 远 is her child elsewhere."""
    return world(
        **{
            "household": [household(), household("H2"), household("H3", FAR)],
            "person": PEOPLE,
            "member": [
                member("示例甲"),
                member("示例子", relation="child"),
                member("示例母", "H2"),
                member("示例远", "H3"),
            ],
            "kin": [kin("示例甲", "示例母"), kin("示例母", "示例祖"), kin("示例远", "示例母")],
            "official": [{"id_no": no("示例干部"), "duty": "handler", "region_code": VILLAGE, "from_on": "2018-01-01"}],
            "application": [
                {"application_no": f"A{n}", "programme": "dibao", "household_no": f"H{n}", "accepted_at": "2024-03-04"}
                for n in (1, 2)
            ],
            "step": [
                {
                    "application_no": f"A{n}",
                    "step": step,
                    "started_at": "2024-03-05",
                    "actor_id_no": no("示例干部" if step == "home_visit" else "示例子"),
                }
                for n in (1, 2)
                for step in ("home_visit", "authorise")
            ],
            **tables,
        }
    )


def named(data: Tables) -> dict[Node, str]:
    """The data's own words for persons and households."""
    persons = data.engine.collect(data[PERSON].select("person_id", "name"))
    homes = data.engine.collect(data[HOUSEHOLD].select("household_id", "household_no"))
    found = {Node("person", key): name.removeprefix("示例") for key, name in persons.iter_rows()}
    return found | {Node("household", key): number for key, number in homes.iter_rows()}


def node(data: Tables, name: str) -> Node:
    return next(one for one, word in named(data).items() if word == name)


def around(data: Tables, *names: str, kinds: list[str] | None = None, hops: int = 1, **more: object) -> Picture:
    chosen = [one for one in TIES if kinds is None or one in kinds]
    starts = [node(data, name) for name in names]
    scope = more.pop("scope", Scope())
    return network.picture(data, POLICY, scope, starts, kinds=chosen, hops=hops, **more)  # type: ignore[arg-type]  # what a test says


def told(data: Tables, drawn: Picture) -> set[str]:
    words = named(data)
    return {words.get(one, str(one.key)) for one in drawn.hops}


@pytest.mark.parametrize(
    ("kinds", "hops", "there"),
    [
        (["household"], 1, {"H1", "甲", "子"}),
        (["household", "kin"], 1, {"H1", "甲", "子"}),  # nobody is kin to a household
        (["household", "kin"], 2, {"H1", "甲", "子", "母"}),
        (["handled"], 1, {"H1", "干部"}),  # who only took the consent handled nothing
        (["handled"], 2, {"H1", "干部", "H2"}),
        (["phone"], 2, {"H1"}),
    ],
)
def test_only_the_chosen_ties_are_followed_and_only_so_far(kinds: list[str], hops: int, there: set[str]) -> None:
    data = village()
    assert told(data, around(data, "H1", kinds=kinds, hops=hops)) == there


def test_kin_among_the_last_ones_are_drawn_too() -> None:
    data = village()
    drawn = around(data, "H1", kinds=["household", "kin"])
    (tie,) = [tie for tie in drawn.ties if tie.kind == "kin"]
    assert {named(data)[tie.one], named(data)[tie.other]} == {"甲", "子"}


def test_a_phone_of_one_alone_is_no_tie_and_a_shared_one_is() -> None:
    homes = [{**household(), "phone": "13900000001"}, {**household("H2"), "phone": "13900000002"}]
    data = village(household=homes)
    assert told(data, around(data, "H1", kinds=["phone"], hops=2)) == {"H1"}
    homes = [{**one, "phone": "13900000001"} for one in homes]
    data = village(household=homes)
    assert told(data, around(data, "H1", kinds=["phone"], hops=2)) == {"H1", "13900000001", "H2"}


def test_an_account_leads_to_whom_it_was_paid_for_and_to_its_holder() -> None:
    awards = [
        {"award_no": f"W{n}", "programme": "dibao", "household_no": f"H{n}", "from_month": "2024-01"} for n in (1, 2)
    ]
    paid = [
        {
            "payment_no": f"P{n}",
            "award_no": f"W{n}",
            "month": "2024-02",
            "amount": "1",
            "account_no": "990000000001",
            "account_holder_id_no": no("示例祖"),
        }
        for n in (1, 2)
    ]
    data = village(award=awards, payment=paid)
    assert told(data, around(data, "H1", kinds=["account"], hops=2)) == {"H1", "990000000001", "H2", "祖"}
    drawn = network.picture(data, POLICY, Scope(), [Node("account", "990000000001")], kinds=["account"], hops=1)
    assert told(data, drawn) == {"990000000001", "H1", "H2", "祖"}


@pytest.mark.parametrize(("most", "drawn", "more"), [(4, 4, 0), (3, 3, 1), (2, 2, 2)])
def test_the_cap_keeps_the_nearest_and_says_how_many_more(most: int, drawn: int, more: int) -> None:
    data = village()
    found = around(data, "H1", kinds=["household", "kin"], hops=2, most=most)
    assert (len(found.hops), found.more) == (drawn, more)
    assert [*found.hops.values()] == sorted(found.hops.values())
    assert all(tie.one in found.hops and tie.other in found.hops for tie in found.ties)


def test_outside_the_area_only_that_somebody_is_there_is_told_and_nothing_is_asked_of_them() -> None:
    data = village()
    all_of_it = around(data, "母", kinds=["kin", "household"], hops=2)
    assert {"远", "H3"} <= told(data, all_of_it)
    assert all_of_it.hidden == frozenset()
    own = around(data, "母", kinds=["kin", "household"], hops=2, scope=Scope("990101"))
    assert [named(data)[one] for one in own.hidden] == ["远"]
    assert "H3" not in told(data, own)  # the way does not go on through them
    assert node(data, "远") not in own.persons


def test_who_lives_in_the_area_is_in_it_wherever_registered() -> None:
    moved = village(member=[member("示例甲"), member("示例远", relation="sibling")])
    drawn = around(moved, "H1", kinds=["household"], scope=Scope("990101"))
    assert drawn.hidden == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "called"),
    [("甲", "祖", ["本人", "母亲", "外祖母"]), ("子", "甲", ["本人", "父亲"]), ("甲", "远", ["本人", "母亲", "哥哥"])],
)
def test_between_two_persons_each_has_a_word(one: str, other: str, called: list[str]) -> None:
    data = village()
    found = network.way(data, POLICY, around(data, "H1"), node(data, one), node(data, other))
    assert [relative.called.zh for relative in found.kin] == called


def test_without_kin_the_way_goes_by_what_the_picture_holds() -> None:
    data = village()
    drawn = around(data, "H1", kinds=["household", "handled"])
    found = network.way(data, POLICY, drawn, node(data, "甲"), node(data, "干部"))
    assert [named(data)[one] for one in found.nodes] == ["甲", "H1", "干部"]
    assert [[tie.kind for tie in ties] for ties in found.ties] == [["household"], ["handled"]]


def test_where_nothing_joins_two_persons_there_is_no_way() -> None:
    data = village()
    drawn = around(data, "甲", "干部", kinds=["kin"])
    assert network.way(data, POLICY, drawn, node(data, "甲"), node(data, "干部")) == network.Way()
    assert network.way(data, POLICY, drawn, node(data, "甲"), node(data, "甲")) == network.Way()


def test_the_page_names_nobody_and_has_a_table_for_its_picture(open_page: Open, township: Path) -> None:
    mine = pl.read_parquet(township / "leads.parquet").filter(pl.col("scheme") == "kin_unfiled")
    asked = {"role": "inspector", "lead": mine["lead_id"][0], "panel": "network"}
    page = open_page(township, "dossier", **asked, hops="2")
    assert not page.exception
    words = said(page)
    assert "本身都不是问题" in words
    assert "另有" in words  # more than a picture holds
    ties, nodes = (table.value for table in page.dataframe)
    assert set(ties["关系"]) <= {"亲属", "同户", "经办", "同一账户"}
    assert len(nodes) == network.MOST
    snapshot = township / "snapshots" / (township / "current").read_text().strip()
    persons = pl.read_parquet(snapshot / "person.parquet")["name"].drop_nulls().unique()
    assert not [name for name in persons if len(name) > 1 and name in words]


def test_switches_and_the_two_persons_stand_in_the_address(open_page: Open, township: Path) -> None:
    mine = pl.read_parquet(township / "leads.parquet").filter(
        (pl.col("scheme") == "kin_unfiled") & (pl.col("facts").str.json_path_match("$.path") == "parent")
    )
    lead_id, official = mine["lead_id"][0], mine["related"].str.json_decode(pl.List(pl.String))[0][0]
    proof = pl.read_parquet(township / "evidence.parquet").filter(
        (pl.col("lead_id") == lead_id) & (pl.col("table") == "member") & (pl.col("column") == "id_no")
    )
    asked = {"role": "inspector", "lead": lead_id, "panel": "network", "ties": "household,kin"}
    page = open_page(township, "dossier", **asked, one=official, other=proof["value"][0])
    assert not page.exception
    *_, (ties, _) = [[table.value for table in page.dataframe][-2:]]
    assert set(ties["关系"]) == {"亲属", "同户"}
    assert "为:父亲" in said(page) or "为:母亲" in said(page)
