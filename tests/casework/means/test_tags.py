"""Tests of the tags of a household: every part of a tag must hold."""

from casework.dataset import Tables
from casework.means.tags import labels, tags
from casework.policy import Policy
from casework.tables import HOUSEHOLD
from tests.families import household, match, means, member, person
from tests.worlds import Row, world


def borne(data: Tables, policy: Policy | None = None) -> list[str]:
    found = tags(data, policy or Policy.shipped(), data[HOUSEHOLD]).collect("polars")
    return sorted(found.get_column("tag").to_list())


def family(*people: Row, **tables: list[Row]) -> Tables:
    members = [member(str(one["name"]), relation="head" if n == 0 else "other") for n, one in enumerate(people)]
    return world(household=[household()], person=list(people), member=members, **tables)


def test_an_ordinary_household_bears_none() -> None:
    assert borne(family(person("示例甲"), person("示例乙"))) == []


def test_several_disabled_means_two_or_more() -> None:
    one = person("示例甲", disability_grade="4")
    assert borne(family(one, person("示例乙"))) == []
    assert borne(family(one, person("示例乙", disability_grade="1"))) == ["several_disabled"]


def test_aged_and_disabled_together_needs_both() -> None:
    aged, younger = person("示例甲", "1964-12-31"), person("示例甲", "1965-01-01")
    disabled = person("示例乙", disability_grade="3")
    assert borne(family(aged, disabled)) == ["aged_with_disabled"]
    assert borne(family(younger, disabled)) == []
    assert borne(family(aged, person("示例乙"))) == []


def test_aged_and_alone_means_nobody_else_lives_there() -> None:
    assert borne(family(person("示例甲", "1950-01-01"))) == ["aged_alone"]
    assert borne(family(person("示例甲", "1950-01-01"), person("示例乙"))) == []


def test_illness_unemployment_custody_and_expense_are_tags_of_their_own() -> None:
    data = family(
        person("示例甲", health="serious_illness"),
        person("示例乙"),
        match=[
            match("示例甲", "unemployment", "2024-05-01"),
            match("示例乙", "custody", "2024-05-01", detail="prison"),
        ],
        means=[means("30000", "medical_expense")],
    )
    assert borne(data) == ["custody", "medical_burden", "serious_illness", "unemployed"]


def test_three_minors_are_several() -> None:
    parents = person("示例甲")
    children = [person(name, "2015-01-01") for name in ("示例乙", "示例丙", "示例丁")]
    assert borne(family(parents, *children[:2])) == []
    assert borne(family(parents, *children)) == ["several_minors"]


def test_a_county_may_name_its_own_tag_and_drop_the_rest() -> None:
    own = {"tag": "veteran_age", "part": "1", "zh": "示例标签", "en": "Example", "table": "person"}
    policy = Policy.of(household_tag=[{**own, "column": "born_on", "test": "age_at_least", "level": 90.0}])
    assert borne(family(person("示例甲", "1930-01-01")), policy) == ["veteran_age"]
    assert labels(policy)["veteran_age"].zh == "示例标签"
    assert borne(family(person("示例甲", "1930-01-01")), Policy.of(household_tag=None)) == []


def test_every_tag_has_a_name_in_both_languages() -> None:
    assert all(text.zh and text.en for text in labels(Policy.shipped()).values())
