"""Tests of kin_of: who is what to whom, by which path, how surely and how long."""

from datetime import date

import pytest

from casework.dataset import Tables
from tests.casework.kinship.families import family, kin, member, number, person, relatives, rows
from tests.worlds import Row, world


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("relation", "inverse"),
    [
        ("spouse", "spouse"),
        ("parent", "child"),
        ("child", "parent"),
        ("sibling", "sibling"),
        ("grandparent", "grandchild"),
        ("grandchild", "grandparent"),
        ("parent_in_law", "child_in_law"),
        ("child_in_law", "parent_in_law"),
        ("sibling_in_law", "sibling_in_law"),
    ],
)
def test_every_row_implies_its_inverse(relation: str, inverse: str) -> None:
    world = family([kin("甲", "乙", relation)])
    assert relatives(world, "甲") == [("乙", relation, relation)]
    assert relatives(world, "乙") == [("甲", inverse, inverse)]


def test_a_relation_without_a_name_in_the_contract_is_no_tie() -> None:
    assert relatives(family([kin("甲", "乙", "other")]), "甲") == []


# 甲 and 乙 are married; 丙 and 丁 are 甲's children; 戊 is the child of 丙; 己 is married to 丙; 庚 is a parent of 甲,
# 辛 another child of 庚; 壬 a child of 辛; 癸 a parent of 乙.
FAMILY = [
    kin("甲", "乙", "spouse"),
    kin("甲", "丙", "child"),
    kin("甲", "丁", "child"),
    kin("丙", "戊", "child"),
    kin("丙", "己", "spouse"),
    kin("甲", "庚", "parent"),
    kin("庚", "辛", "child"),
    kin("辛", "壬", "child"),
    kin("乙", "癸", "parent"),
]


@pytest.mark.parametrize(
    ("one", "other", "relation", "path"),
    [
        ("戊", "甲", "grandparent", "parent>parent"),
        ("甲", "戊", "grandchild", "child>child"),
        ("丙", "丁", "sibling", "parent>child"),
        ("丁", "戊", "sibling_child", "parent>child>child"),
        ("戊", "丁", "parent_sibling", "parent>parent>child"),
        ("丁", "己", "sibling_in_law", "parent>child>spouse"),
        ("己", "丁", "sibling_in_law", "spouse>parent>child"),
        ("己", "甲", "parent_in_law", "spouse>parent"),
        ("甲", "己", "child_in_law", "child>spouse"),
        ("甲", "癸", "parent_in_law", "spouse>parent"),
        ("丙", "辛", "parent_sibling", "parent>parent>child"),
        ("乙", "辛", "sibling_in_law", "spouse>parent>child"),
        ("丙", "庚", "grandparent", "parent>parent"),
    ],
)
def test_ties_in_a_row_make_the_relations_of_a_family(one: str, other: str, relation: str, path: str) -> None:
    assert (other, relation, path) in relatives(family(FAMILY), one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("乙", "丙"),  # the spouse's child, of another bed perhaps
        ("丙", "壬"),  # a cousin
        ("戊", "庚"),  # a great-grandparent
        ("戊", "乙"),  # the grandfather's wife
    ],
)
def test_what_would_be_a_guess_is_unknown(one: str, other: str) -> None:
    assert other not in [relative for relative, *_ in relatives(family(FAMILY), one)]


def test_one_shared_parent_makes_siblings_dead_or_alive() -> None:
    half = [kin("丙", "甲", "parent"), kin("丁", "甲", "parent"), kin("丙", "乙", "parent"), kin("丁", "癸", "parent")]
    assert ("丁", "sibling", "parent>child") in relatives(family(half, dead={"甲": "1990-01-01"}), "丙")


def test_a_siblings_sibling_and_parent_may_be_of_another_bed() -> None:
    world = family([kin("甲", "丙", "sibling"), kin("甲", "庚", "sibling"), kin("丙", "乙", "parent")])
    assert relatives(world, "庚") == [("甲", "sibling", "sibling")]
    assert relatives(world, "甲") == [("丙", "sibling", "sibling"), ("庚", "sibling", "sibling")]


def test_an_asserted_sibling_composes_like_a_found_one() -> None:
    world = family([kin("甲", "丙", "sibling"), kin("丙", "乙", "spouse"), kin("丙", "戊", "child")])
    assert relatives(world, "甲") == [
        ("乙", "sibling_in_law", "sibling>spouse"),
        ("丙", "sibling", "sibling"),
        ("戊", "sibling_child", "sibling>child"),
    ]
    assert relatives(world, "戊") == [("甲", "parent_sibling", "parent>sibling"), ("丙", "parent", "parent")]
    assert ("甲", "sibling_in_law", "spouse>sibling") in relatives(world, "乙")


def test_a_tie_holds_from_its_first_to_its_last_day_and_a_path_as_long_as_all_its_ties() -> None:
    world = family(
        [
            kin("甲", "乙", "spouse", since="2000-05-01", until="2019-12-31"),
            kin("乙", "癸", "parent", since="1980-01-01"),
        ]
    )
    seen = {row["relation"]: (row["from_day"], row["to_day"]) for row in rows(world, "甲")}
    assert seen == {
        "spouse": (day("2000-05-01"), day("2019-12-31")),
        "parent_in_law": (day("2000-05-01"), day("2019-12-31")),  # in-law ties end with the marriage
    }


def test_ties_that_never_held_together_compose_nothing() -> None:
    world = family([kin("甲", "乙", "spouse", until="2009-12-31"), kin("乙", "丙", "sibling", since="2010-01-01")])
    assert [relative for relative, *_ in relatives(world, "甲")] == ["乙"]


def test_a_path_is_as_sure_as_its_weakest_tie_and_names_those_between() -> None:
    world = family([kin("丙", "甲", "parent"), kin("甲", "庚", "parent", "declared"), kin("庚", "辛", "child")])
    (row,) = [row for row in rows(world, "丙") if row["relative"] == "辛"]
    assert (row["certainty"], row["weakest"], row["between"], row["degree"], row["blood"]) == (
        0.7,
        "declared",
        "甲>庚",
        3,
        True,
    )


def ties(world: Tables, of: str = "甲") -> set[tuple[object, ...]]:
    columns = ("relative", "relation", "from_day", "to_day", "certainty", "weakest")
    return {tuple(row[column] for column in columns) for row in rows(world, of)}


def test_two_relations_of_a_pair_stand_side_by_side_whoever_is_surer() -> None:
    world = family([kin("甲", "乙", "sibling", "declared"), kin("乙", "甲", "sibling_in_law", "hukou")])
    assert ties(world) == {
        ("乙", "sibling", None, None, 0.7, "declared"),
        ("乙", "sibling_in_law", None, None, 0.95, "hukou"),
    }


def test_a_register_of_an_earlier_marriage_leaves_the_declared_one_of_today() -> None:
    before = kin("甲", "乙", "spouse", "civil_registry", "2005-01-01", "2020-01-01")
    assert ties(family([before, kin("乙", "甲", "spouse", "declared", "2022-01-01")])) == {
        ("乙", "spouse", day("2005-01-01"), day("2020-01-01"), 0.97, "civil_registry"),
        ("乙", "spouse", day("2022-01-01"), None, 0.7, "declared"),
    }


def test_a_surer_tie_of_later_leaves_the_weaker_one_of_always() -> None:
    world = family([kin("甲", "乙", "child"), kin("乙", "甲", "parent", "civil_registry", "2024-06-01")])
    assert ties(world) == {
        ("乙", "child", None, None, 0.95, "hukou"),
        ("乙", "child", day("2024-06-01"), None, 0.97, "civil_registry"),
    }


def test_of_one_relation_and_interval_the_surest_source_counts_whichever_way_it_is_written() -> None:
    said = [kin("甲", "乙", "child", source, "1990-01-01") for source in ("declared", "hukou")]
    said.append(kin("乙", "甲", "parent", "civil_registry", "1990-01-01"))
    for order in (said, said[::-1]):
        assert ties(family(order)) == {("乙", "child", day("1990-01-01"), None, 0.97, "civil_registry")}


@pytest.mark.parametrize("relation", ["grandparent", "sibling_in_law", "sibling"])
def test_a_kin_row_of_another_relation_leaves_the_ties_of_members(relation: str) -> None:
    home = [member("H1", "甲", "head"), member("H1", "乙", "spouse"), member("H1", "丙", "child")]
    world = family([kin("丙", "甲", relation), kin("甲", "乙", relation)], home)
    assert ("甲", "parent", None, None, 0.85, "member") in ties(world, "丙")
    assert ("乙", "spouse", day("2015-01-01"), None, 0.85, "member") in ties(world)
    assert ("乙", relation, None, None, 0.95, "hukou") in ties(world)


def test_a_kin_row_that_has_ended_leaves_the_tie_of_blood_of_members() -> None:
    home = [member("H1", "甲", "head"), member("H1", "丙", "child")]
    assert ties(family([kin("丙", "甲", "parent", "civil_registry", until="2023-05-05")], home)) == {
        ("丙", "child", None, None, 0.85, "member"),
        ("丙", "child", None, day("2023-05-05"), 0.97, "civil_registry"),
    }


def test_the_surest_of_several_paths_is_shown() -> None:
    both = [kin("丙", "甲", "parent", "declared"), kin("丁", "甲", "parent"), kin("丙", "乙", "parent")]
    world = family([*both, kin("丁", "乙", "parent")])
    (row,) = [row for row in rows(world, "丙") if row["relative"] == "丁"]
    assert (row["between"], row["certainty"]) == ("乙", 0.95)


def test_both_directions_and_duplicates_are_one_tie() -> None:
    world = family([kin("甲", "丙", "child"), kin("丙", "甲", "parent"), kin("丙", "甲", "parent", "civil_registry")])
    assert [(row["relation"], row["certainty"]) for row in rows(world, "甲")] == [("child", 0.97)]


# --- households -------------------------------------------------------------------------------------------------------


def test_members_relations_are_ties_and_the_heads_spouse_is_parent_of_the_heads_child() -> None:
    world = family(members=[member("H1", "甲", "head"), member("H1", "乙", "spouse"), member("H1", "丙", "child")])
    assert relatives(world, "丙") == [("甲", "parent", "parent"), ("乙", "parent", "parent")]
    assert ("乙", "spouse", "spouse") in relatives(world, "甲")
    assert [row["weakest"] for row in rows(world, "丙")] == ["member", "member"]


def test_a_tie_of_blood_outlives_membership_a_marriage_by_membership_does_not() -> None:
    left = [
        member("H1", "甲", "head"),
        member("H1", "乙", "spouse", left="2020-03-01"),
        member("H1", "丙", "child", left="2018-01-01"),
    ]
    seen = {
        (row["relative"], row["relation"]): (row["from_day"], row["to_day"]) for row in rows(family(members=left), "甲")
    }
    assert seen == {
        ("乙", "spouse"): (day("2015-01-01"), day("2020-02-29")),  # left_on is exclusive
        ("丙", "child"): (None, None),
    }


def test_a_kin_row_says_otherwise_of_a_marriage_told_by_membership() -> None:
    home = [member("H1", "甲", "head"), member("H1", "乙", "spouse", left="2020-03-01")]
    lasting = family([kin("甲", "乙", "spouse", "declared", since="2001-01-01")], home)
    assert [(row["from_day"], row["to_day"]) for row in rows(lasting, "甲")] == [(day("2001-01-01"), None)]
    ended = family([kin("乙", "甲", "spouse", "declared", until="2017-06-30")], home)
    assert [(row["from_day"], row["to_day"]) for row in rows(ended, "甲")] == [(None, day("2017-06-30"))]


def test_what_two_members_are_to_each_other_goes_through_the_head() -> None:
    home = [
        member("H1", "甲", "head"),
        member("H1", "丙", "child"),
        member("H1", "丁", "child"),
        member("H1", "庚", "parent"),
        member("H1", "辛", "sibling"),
    ]
    world = family(members=home)
    assert relatives(world, "丙") == [
        ("甲", "parent", "parent"),
        ("丁", "sibling", "parent>child"),
        ("庚", "grandparent", "parent>parent"),
        ("辛", "parent_sibling", "parent>sibling"),
    ]


def test_child_and_grandchild_child_and_child_in_law_of_one_head_are_unknown() -> None:
    home = [
        member("H1", "甲", "head"),
        member("H1", "丙", "child"),
        member("H1", "己", "child_in_law"),
        member("H1", "戊", "grandchild"),
    ]
    world = family(members=home)
    assert relatives(world, "丙") == [("甲", "parent", "parent")]
    assert relatives(world, "戊") == [("甲", "grandparent", "grandparent")]
    assert relatives(world, "己") == [("甲", "parent_in_law", "parent_in_law")]


def test_whose_parent_the_heads_parent_in_law_is_nobody_says() -> None:
    home = [member("H1", "甲", "head"), member("H1", "乙", "spouse"), member("H1", "癸", "parent_in_law")]
    assert relatives(family(members=home), "乙") == [("甲", "spouse", "spouse")]


@pytest.mark.parametrize(("closed", "siblings"), [("2017-03-01", False), ("2017-03-02", True), ("2017-04-30", True)])
def test_a_tie_of_blood_closed_at_a_death_holds_on_one_closed_before_does_not(closed: str, *, siblings: bool) -> None:
    kin_rows = [{**kin("丙", "甲", "parent"), "to_on": closed}, kin("丁", "甲", "parent")]
    world = family(kin_rows, dead={"甲": "2017-03-02"})
    told = [row for row in rows(world, "丙") if row["relation"] == "sibling"]
    assert [row["to_day"] for row in told] == [None if siblings else day("2017-03-01")]
    married = [{**kin("丙", "甲", "spouse"), "to_on": closed}]
    assert rows(family(married, dead={"甲": "2017-03-02"}), "丙")[0]["to_day"] == day(closed)


@pytest.mark.parametrize(("closed", "siblings"), [("2017-03-01", False), ("2017-03-02", True)])
def test_a_death_known_to_the_funeral_home_alone_is_a_death(closed: str, *, siblings: bool) -> None:
    kin_rows = [{**kin("丙", "甲", "parent"), "to_on": closed}, kin("丁", "甲", "parent")]
    told = {"match_no": "M1", "id_no": number("甲"), "kind": "cremation", "source": "示例", "from_on": "2017-03-02"}
    people = [person(name) for name in "甲丙丁"]
    data = world(person=people, kin=kin_rows, match=[{**told, "compared_on": "2024-12-01"}])
    seen = [row for row in rows(data, "丙") if row["relation"] == "sibling"]
    assert [row["to_day"] for row in seen] == [None if siblings else day("2017-03-01")]


def test_who_never_lived_there_together_is_not_taken_for_parent_and_child() -> None:
    again = [
        member("H1", "甲", "head"),
        member("H1", "乙", "spouse", left="2017-01-01"),
        member("H1", "丙", "child", joined="2019-05-01"),
        member("H1", "丁", "spouse", joined="2018-01-01"),
    ]
    assert [one for one, relation, _ in relatives(family(members=again), "丙") if relation == "parent"] == ["甲", "丁"]


def parents(home: list[Row], dead: dict[str, str] | None = None, of: str = "丙") -> list[str]:
    world = family(members=home, dead=dead)
    return [one for one, relation, _ in relatives(world, of) if relation == "parent"]


@pytest.mark.parametrize("died", ["2009-05-05", "2015-01-01", "2019-04-30", "2019-05-01", None])
@pytest.mark.parametrize("left", [None, "2016-01-01"])
def test_a_parent_dead_or_gone_before_the_child_was_registered_is_a_parent(died: str | None, left: str | None) -> None:
    dead = {"乙": died} if died else None
    spouse = [
        member("H1", "甲", "head"),
        member("H1", "乙", "spouse", left=left),
        member("H1", "丙", "child", joined="2019-05-01"),
    ]
    assert parents(spouse, dead) == ["甲", "乙"]
    head = [
        member("H1", "乙", "head", left=left),
        member("H1", "甲", "spouse"),
        member("H1", "丙", "child", joined="2019-05-01"),
        member("H1", "丁", "child", joined="2019-05-01"),
    ]
    assert parents(head, dead) == ["甲", "乙"]
    assert ("丁", "sibling", "parent>child") in relatives(family(members=head, dead=dead), "丙")


def test_of_several_spouses_those_are_parents_who_were_members_with_the_child_even_if_dead() -> None:
    home = [
        member("H1", "甲", "head"),
        member("H1", "乙", "spouse", left="2019-05-02"),
        member("H1", "丙", "child", joined="2019-05-01"),
        member("H1", "丁", "spouse", joined="2020-01-01"),
    ]
    assert parents(home, {"乙": "2017-01-01"}) == ["甲", "乙", "丁"]
    home[1]["left_on"] = "2019-05-01"
    assert parents(home, {"乙": "2017-01-01"}) == ["甲", "丁"]


def test_of_several_heads_one_who_was_dead_is_the_parent_where_no_other_headed_the_household() -> None:
    home = [
        member("H1", "甲", "head", left="2018-01-01"),
        member("H1", "丙", "child", joined="2016-01-01"),
        member("H1", "辛", "head", joined="2018-01-01"),
    ]
    assert parents(home, {"甲": "2015-06-01"}) == ["甲"]
    home[0]["left_on"] = "2016-01-01"  # out before the child came: the only head of the time after
    assert parents(home, {"甲": "2015-06-01"}) == ["辛"]


def test_a_head_who_was_something_else_there_had_a_head_before_them() -> None:
    home = [
        member("H1", "甲", "child", left="2018-01-01"),
        member("H1", "甲", "head", joined="2018-01-01"),
        member("H1", "丙", "child", left="2017-01-01"),
    ]
    assert parents(home) == []  # of the head before, whom nobody names
    home[2]["left_on"] = "2018-01-02"
    assert parents(home) == ["甲"]


def test_a_member_of_no_day_is_none() -> None:
    home = [member("H1", "甲", "head"), member("H1", "丙", "child", joined="2019-05-01", left="2019-05-01")]
    assert parents(home) == []


def test_a_relation_is_to_the_head_of_the_day_of_joining() -> None:
    home = [
        member("H1", "甲", "head", left="2018-06-01"),
        member("H1", "丙", "child", left="2018-06-01"),
        member("H1", "丙", "head", joined="2018-06-01"),
        member("H1", "戊", "child", joined="2019-01-01"),
        member("H1", "丁", "child"),
    ]
    world = family(members=home)
    assert relatives(world, "戊") == [
        ("甲", "grandparent", "parent>parent"),
        ("丙", "parent", "parent"),
        ("丁", "parent_sibling", "parent>parent>child"),
    ]


def test_a_dead_head_whose_row_was_never_closed_is_no_head_any_more() -> None:
    home = [
        member("H1", "甲", "head"),
        member("H1", "丙", "head", joined="2018-06-01"),
        member("H1", "戊", "child", joined="2019-01-01"),
    ]
    assert [one for one, *_ in relatives(family(members=home, dead={"甲": "2018-05-01"}), "戊")] == ["丙"]
    assert relatives(family(members=home), "戊") == []  # two heads at once: whose child is unknown


def test_who_joined_before_any_head_relates_to_the_only_one() -> None:
    early = [member("H1", "丙", "child", joined="2014-01-01"), member("H1", "甲", "head")]
    assert relatives(family(members=early), "丙") == [("甲", "parent", "parent")]
    two = [*early, member("H1", "庚", "head", joined="2016-01-01")]
    assert relatives(family(members=two), "丙") == []


def test_relations_through_several_households_join() -> None:
    homes = [
        member("H1", "庚", "head"),
        member("H1", "甲", "child", left="2016-01-01"),
        member("H1", "辛", "child"),
        member("H2", "甲", "head", joined="2016-01-01"),
        member("H2", "丙", "child", joined="2017-01-01"),
    ]
    world = family(members=homes)
    assert relatives(world, "丙") == [
        ("甲", "parent", "parent"),
        ("庚", "grandparent", "parent>parent"),
        ("辛", "parent_sibling", "parent>parent>child"),
    ]
