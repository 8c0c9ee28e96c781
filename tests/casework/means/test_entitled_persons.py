"""Tests of a person's entitlement: both sides of each age and term, parents known and unknown, and a county's own."""

from datetime import date

import narwhals as nw
import pytest

from casework.dataset import Tables
from casework.means.entitled_persons import persons_entitled
from casework.means.entitlement import programmes
from casework.policy import Policy
from casework.tables import PERSON
from tests.families import VILLAGE, kin, match, member, no, person
from tests.worlds import Row, world

CHILD, FATHER, MOTHER = "示例童", "示例父", "示例母"
GRADE_1 = {"disability_grade": "1", "disability_kind": "physical"}


def meets(
    data: Tables, name: str, programme: str, day: str = "2024-12-31", policy: Policy | None = None
) -> bool | None:
    """Is the person of that name entitled on that day?"""
    on = date.fromisoformat(day)
    rows = (
        data[PERSON]
        .filter(nw.col("name") == name)
        .select(
            "person_id",
            nw.lit(programme).alias("programme"),
            nw.lit((on - date(1970, 1, 1)).days).cast(nw.Int32).alias("day"),
            nw.lit(on).alias("on"),
            "region_code",
        )
    )
    (found,) = persons_entitled(data, policy or Policy.shipped(), rows).collect("polars").rows(named=True)
    said = found["meets"]
    return said if said is None else bool(said)


def family(father: Row | None = None, mother: Row | None = None, *matches: Row, born: str = "2015-06-01") -> Tables:
    """A child with two parents by the household register."""
    parents = [{**person(FATHER), **(father or {})}, {**person(MOTHER), **(mother or {})}]
    return world(
        person=[person(CHILD, born), *parents],
        kin=[kin(CHILD, FATHER), kin(CHILD, MOTHER)],
        match=list(matches) or [match(FATHER, "none")],
    )


def test_programmes_are_persons_or_households() -> None:
    assert programmes(Policy.shipped()) == (
        ["de_facto_orphan", "disability_care", "disability_living", "old_age", "orphan"],
        ["dibao"],
    )


@pytest.mark.parametrize(("born", "expected"), [("1944-12-31", True), ("1945-01-01", False)])
def test_old_age_begins_on_the_eightieth_birthday(born: str, expected: bool) -> None:
    assert meets(world(person=[person("示例甲", born)]), "示例甲", "old_age") is expected


def test_the_dead_are_entitled_to_nothing() -> None:
    assert meets(world(person=[person("示例甲", "1930-01-01", died_on="2024-12-31")]), "示例甲", "old_age") is False
    assert meets(world(person=[person("示例甲", "1930-01-01", died_on="2025-01-01")]), "示例甲", "old_age") is True
    burnt = world(person=[person("示例甲", "1930-01-01")], match=[match("示例甲", "cremation", "2024-05-01")])
    assert meets(burnt, "示例甲", "old_age") is False


@pytest.mark.parametrize(("grade", "expected"), [("1", True), ("2", True), ("3", False), (None, False)])
def test_care_is_for_grades_one_and_two(grade: str | None, expected: bool) -> None:
    assert meets(world(person=[person("示例甲", disability_grade=grade)]), "示例甲", "disability_care") is expected


def test_a_grade_awarded_later_does_not_entitle_before_and_one_changed_since_is_unknown() -> None:
    people = [person("示例甲", disability_grade="1")]
    first = match("示例甲", "disability_award", "2024-06-01")
    once = world(person=people, match=[first])
    assert meets(once, "示例甲", "disability_care", "2024-05-31") is False
    assert meets(once, "示例甲", "disability_care", "2024-06-01") is True
    twice = world(person=people, match=[first, match("示例甲", "disability_award", "2024-09-01")])
    assert meets(twice, "示例甲", "disability_care", "2024-08-31") is None
    assert meets(twice, "示例甲", "disability_care", "2024-09-01") is True


def test_where_every_grade_entitles_a_change_of_grade_changes_nothing() -> None:
    data = world(
        person=[person("示例甲", disability_grade="4")],
        award=[{"award_no": "W1", "programme": "dibao", "household_no": "H1", "from_month": "2024-01"}],
        beneficiary=[{"award_no": "W1", "id_no": no("示例甲"), "from_month": "2024-01"}],
        household=[{"household_no": "H1", "region_code": VILLAGE}],
        match=[match("示例甲", "disability_award", day) for day in ("2024-06-01", "2024-09-01")],
    )
    assert meets(data, "示例甲", "disability_living", "2024-05-31") is False
    assert meets(data, "示例甲", "disability_living", "2024-08-31") is True
    assert meets(data, "示例甲", "disability_care", "2024-08-31") is None
    assert meets(data, "示例甲", "disability_care", "2024-09-01") is False


@pytest.mark.parametrize(
    ("cells", "before", "after"),
    [
        (GRADE_1, None, True),
        ({"disability_grade": "4", "disability_kind": "physical"}, None, False),  # it may have been 1
        ({"disability_grade": "3", "disability_kind": "mental"}, None, True),
        ({"disability_grade": None, "disability_kind": None}, False, False),
    ],
)
def test_a_parents_grade_changed_since_is_unknown(cells: Row, before: bool | None, *, after: bool) -> None:
    awarded = [match(FATHER, "disability_award", day) for day in ("2024-06-01", "2024-09-01")]
    data = family(cells, GRADE_1, *awarded)
    assert meets(data, CHILD, "de_facto_orphan", "2024-05-31") is False
    assert meets(data, CHILD, "de_facto_orphan", "2024-08-31") is before
    assert meets(data, CHILD, "de_facto_orphan", "2024-09-01") is after


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024-12", None, True),
        ("2024-01", "2024-12", True),
        ("2024-01", "2024-11", False),
        ("2025-01", None, False),
    ],
)
def test_living_allowance_needs_dibao_in_that_month(since: str, until: str | None, expected: bool) -> None:
    data = world(
        person=[person("示例甲", disability_grade="4")],
        award=[{"award_no": "W1", "programme": "dibao", "household_no": "H1", "from_month": since, "to_month": until}],
        beneficiary=[{"award_no": "W1", "id_no": no("示例甲"), "from_month": since}],
        household=[{"household_no": "H1", "region_code": VILLAGE}],
    )
    assert meets(data, "示例甲", "disability_living") is expected


def test_both_parents_of_grade_one_make_a_de_facto_orphan() -> None:
    assert meets(family(GRADE_1, GRADE_1), CHILD, "de_facto_orphan") is True
    assert meets(family(GRADE_1), CHILD, "de_facto_orphan") is False


@pytest.mark.parametrize(("born", "expected"), [("2007-01-01", True), ("2006-12-31", False)])
def test_a_child_is_one_until_the_eighteenth_birthday(born: str, expected: bool) -> None:
    assert meets(family(GRADE_1, GRADE_1, born=born), CHILD, "de_facto_orphan") is expected


@pytest.mark.parametrize(
    ("kind", "grade", "expected"),
    [
        ("physical", "2", True),
        ("physical", "3", False),
        ("intellectual", "3", True),
        ("mental", "3", True),
        ("mental", "4", False),
        (None, "3", None),  # it may be one of the two
    ],
)
def test_grade_three_counts_where_it_is_of_the_mind(kind: str | None, grade: str, expected: bool | None) -> None:
    other = {"disability_grade": grade, "disability_kind": kind}
    assert meets(family(GRADE_1, other), CHILD, "de_facto_orphan") is expected


@pytest.mark.parametrize(
    ("father", "mother", "de_facto", "orphan"),
    [
        ({"died_on": "2024-01-01"}, {"died_on": "2024-02-01"}, False, True),
        ({"died_on": "2024-01-01"}, {"status": "missing"}, False, True),
        ({"status": "missing"}, {"status": "missing"}, False, True),
        ({"died_on": "2024-01-01"}, GRADE_1, True, False),
        ({"status": "missing"}, GRADE_1, True, False),
        ({"died_on": "2024-01-01"}, {}, False, False),
        ({"died_on": "2025-01-01"}, {"died_on": "2024-02-01"}, False, False),
    ],
)
def test_one_dead_or_missing_is_not_both(father: Row, mother: Row, de_facto: bool, orphan: bool) -> None:
    data = family(father, mother)
    assert meets(data, CHILD, "de_facto_orphan") is de_facto
    assert meets(data, CHILD, "orphan") is orphan


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024-06-30", None, True),  # six months to the day, June having thirty
        ("2024-07-01", None, False),
        ("2024-01-01", "2024-12-31", True),
        ("2024-01-01", "2024-12-30", False),  # released yesterday
        (None, None, None),
    ],
)
def test_custody_counts_from_six_months_and_while_it_lasts(
    since: str | None, until: str | None, expected: bool | None
) -> None:
    away = match(FATHER, "custody", since, to_on=until, detail="prison")
    assert meets(family(None, GRADE_1, away), CHILD, "de_facto_orphan") is expected


def test_detention_and_the_prison_after_it_are_one_custody() -> None:
    held = match(FATHER, "custody", "2024-01-10", to_on="2024-09-30", detail="detention")
    prison = match(FATHER, "custody", "2024-10-01", detail="prison")
    assert meets(family(None, GRADE_1, held, prison), CHILD, "de_facto_orphan") is True
    free = match(FATHER, "custody", "2024-10-02", detail="prison")
    assert meets(family(None, GRADE_1, held, free), CHILD, "de_facto_orphan") is False


def test_an_unknown_parent_is_unknown_and_not_lost() -> None:
    data = world(person=[person(CHILD, "2015-06-01"), person(FATHER, **GRADE_1)], kin=[kin(CHILD, FATHER)])
    assert meets(data, CHILD, "de_facto_orphan") is None
    there = world(person=[person(CHILD, "2015-06-01"), person(FATHER)], kin=[kin(CHILD, FATHER)])
    assert meets(there, CHILD, "de_facto_orphan") is False
    nobody = world(person=[person(CHILD, "2015-06-01")])
    assert meets(nobody, CHILD, "orphan") is None


def test_a_parent_named_only_by_number_is_unknown_unless_a_register_knows_of_their_death() -> None:
    people = [person(CHILD, "2015-06-01"), person(FATHER, **GRADE_1)]
    ties = [kin(CHILD, FATHER), kin(CHILD, MOTHER)]
    assert meets(world(person=people, kin=ties), CHILD, "de_facto_orphan") is None
    dead = world(person=people, kin=ties, match=[match(MOTHER, "death", "2020-01-01")])
    assert meets(dead, CHILD, "de_facto_orphan") is True


def test_parents_are_known_from_the_household_too() -> None:
    people = [person(CHILD, "2015-06-01"), person(FATHER, **GRADE_1), person(MOTHER, **GRADE_1)]
    members = [member(FATHER), member(MOTHER, relation="spouse"), member(CHILD, relation="child")]
    home = [{"household_no": "H1", "region_code": VILLAGE}]
    assert meets(world(person=people, member=members, household=home), CHILD, "de_facto_orphan") is True


def test_a_namesakes_custody_is_not_the_fathers() -> None:
    namesake = {**match("示例丙", "custody", "2020-01-01", detail="prison")}
    data = world(
        person=[
            person(CHILD, "2015-06-01"),
            person(FATHER),
            person(MOTHER, **GRADE_1),
            {**person("示例丙"), "name": FATHER},
        ],
        kin=[kin(CHILD, FATHER), kin(CHILD, MOTHER)],
        match=[namesake],
    )
    assert meets(data, CHILD, "de_facto_orphan") is False


def test_a_countys_own_entry_changes_the_answer() -> None:
    own = [
        {"programme": "old_age", "age_from": 80},
        {"programme": "old_age", "age_from": 70, "region": "990101", "from": "2024-07-01"},
        {"programme": "heating", "age_from": 60, "grades": ["1", "2"]},
    ]
    policy = Policy.of(entitlement=own)
    data = world(person=[person("示例甲", "1950-01-01"), person("示例乙", "1950-01-01", disability_grade="2")])
    assert meets(data, "示例甲", "old_age", "2024-07-01", policy) is True
    assert meets(data, "示例甲", "old_age", "2024-06-30", policy) is False
    assert meets(data, "示例乙", "heating", policy=policy) is True
    assert meets(data, "示例甲", "heating", policy=policy) is False
    assert meets(data, "示例甲", "disability_care", policy=policy) is None


def test_a_county_may_shorten_the_custody_that_counts() -> None:
    rows = [{k: v for k, v in row.items() if v is not None} for row in Policy.shipped().rows("entitlement")]
    own = [{**row, "custody_months": 3} for row in rows if row["programme"] == "de_facto_orphan"]
    away = match(FATHER, "custody", "2024-09-30", detail="prison")
    data = family(None, GRADE_1, away)
    assert meets(data, CHILD, "de_facto_orphan") is False
    assert meets(data, CHILD, "de_facto_orphan", policy=Policy.of(entitlement=own)) is True


def test_a_child_asked_about_in_two_villages_has_its_one_known_parent_once() -> None:
    data = world(person=[person(CHILD, "2015-06-01"), person(FATHER, died_on="2020-01-01")], kin=[kin(CHILD, FATHER)])
    child = data[PERSON].filter(nw.col("name") == CHILD)
    day = nw.lit((date(2024, 12, 31) - date(1970, 1, 1)).days).cast(nw.Int32).alias("day")
    asked = [nw.lit("orphan").alias("programme"), day, nw.lit(date(2024, 12, 31)).alias("on")]
    rows = nw.concat(
        [child.select("person_id", *asked, nw.lit(code).alias("region_code")) for code in (VILLAGE, "990101002001")]
    )
    found = persons_entitled(data, Policy.shipped(), rows).collect("polars")
    assert found["meets"].to_list() == [None, None]
