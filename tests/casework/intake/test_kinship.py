"""Tests of what an import reads and doubts in ties of kin: the standard's codes, ages, parents, spouses."""

from pathlib import Path

import pytest

from casework.intake.values.codes import spellings
from casework.tables import KIN, MEMBER
from tests.casework.intake.sources import Row, imported, told
from tests.worlds import person_no

CHILD = person_no("子", "2000-06-15")
OTHERS = [person_no(name, "1960-01-01") for name in ("甲", "乙", "丙")]


def tie(one: str, other: str, relation: str, since: str | None = None, until: str | None = None) -> Row:
    cells = {"id_no": one, "relative_id_no": other, "relation": relation, "source": "hukou"}
    return {**cells, "from_on": since, "to_on": until}


def doubts(tmp_path: Path, *rows: Row) -> list[tuple[int | None, str]]:
    outcome, _ = imported(tmp_path, kin=list(rows))
    assert outcome.ok
    return [(row, code) for _, row, _, code in told(outcome) if code.startswith("W_KIN")]


@pytest.mark.parametrize(
    ("cell", "member", "kin"),
    [
        ("01", "head", "other"),
        ("02", "head", "other"),
        ("户主", "head", "other"),
        ("10", "spouse", "spouse"),
        ("妻", "spouse", "spouse"),
        ("21", "child", "child"),
        ("独生子", "child", "child"),
        ("27", "child", "child"),
        ("28", "child_in_law", "child_in_law"),  # 女婿 stands among the sons
        ("女婿", "child_in_law", "child_in_law"),
        ("37", "child", "child"),
        ("38", "child_in_law", "child_in_law"),  # 儿媳 among the daughters
        ("儿媳", "child_in_law", "child_in_law"),
        ("44", "grandchild", "grandchild"),
        ("45", "other", "other"),
        ("47", "other", "other"),
        ("51", "parent", "parent"),
        ("53", "parent_in_law", "parent_in_law"),
        ("岳母", "parent_in_law", "parent_in_law"),
        ("58", "parent", "parent"),
        ("64", "grandparent", "grandparent"),
        ("66", "other", "other"),
        ("71", "sibling", "sibling"),
        ("72", "other", "sibling_in_law"),  # the contract has no such member
        ("妹夫", "other", "sibling_in_law"),
        ("81", "other", "other"),
        ("93", "other", "other"),
        ("99", "other", "other"),
        ("非亲属", "other", "other"),
        ("1", None, None),  # 01 typed as a number, or the one-digit code of the spouse?
        ("2", None, None),
        ("00", None, None),
    ],
)
def test_codes_and_words_of_the_standard_are_read(cell: str, member: str | None, kin: str | None) -> None:
    assert spellings(MEMBER["relation"].options).get(cell) == member
    assert spellings(KIN["relation"].options).get(cell) == kin


@pytest.mark.parametrize(
    ("parent", "wrong"),
    [("1988-06-15", False), ("1988-06-16", True), ("2005-01-01", True)],  # twelve years to the day are enough
)
@pytest.mark.parametrize("relation", ["parent", "child"])
def test_a_parent_less_than_twelve_years_older_is_doubted(
    tmp_path: Path, relation: str, parent: str, *, wrong: bool
) -> None:
    elder = person_no("甲", parent)
    row = tie(CHILD, elder, "parent") if relation == "parent" else tie(elder, CHILD, "child")
    assert doubts(tmp_path, row) == ([(2, "W_KIN_AGE")] if wrong else [])


def test_a_third_parent_is_doubted_in_either_direction(tmp_path: Path) -> None:
    two = [tie(CHILD, OTHERS[0], "parent"), tie(OTHERS[1], CHILD, "child"), tie(OTHERS[0], CHILD, "child")]
    assert doubts(tmp_path / "two", *two) == []
    three = [*two, tie(CHILD, OTHERS[2], "parent")]
    assert doubts(tmp_path / "three", *three) == [(row, "W_KIN_PARENTS") for row in (2, 3, 4, 5)]


@pytest.mark.parametrize(("until", "wrong"), [("2010-04-30", False), ("2010-05-01", True), (None, True)])
def test_a_second_spouse_before_the_first_marriage_ended_is_doubted(
    tmp_path: Path, until: str | None, *, wrong: bool
) -> None:
    rows = [tie(OTHERS[0], OTHERS[1], "spouse", "1985-01-01", until), tie(OTHERS[2], OTHERS[0], "spouse", "2010-05-01")]
    assert doubts(tmp_path, *rows) == ([(3, "W_KIN_SPOUSE")] if wrong else [])


def test_one_marriage_written_from_both_sides_is_one(tmp_path: Path) -> None:
    assert doubts(tmp_path, tie(OTHERS[0], OTHERS[1], "spouse"), tie(OTHERS[1], OTHERS[0], "spouse")) == []


def test_ties_of_the_snapshot_joined_count_along(tmp_path: Path) -> None:
    first = [tie(CHILD, OTHERS[0], "parent"), tie(CHILD, OTHERS[1], "parent")]
    outcome, _ = imported(tmp_path, kin=first)
    assert outcome.ok
    added, _ = imported(tmp_path, add=True, kin=[tie(CHILD, OTHERS[2], "parent")])
    assert [code for *_, code in told(added) if code.startswith("W_KIN")] == ["W_KIN_PARENTS"]
