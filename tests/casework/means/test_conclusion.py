"""Tests of what follows from a statement: the figures an inspector reads out."""

from datetime import date
from typing import Any

from casework.means.conclusion import conclusion
from casework.policy import Policy
from tests.casework.means.homes import NAMES, home, little, member, person, regions, rules, stated
from tests.worlds import Row

DAY = date(2024, 6, 1)


def said(policy: Policy | None = None, means: list[Row] | None = None, **asked: Any) -> dict[str, dict[str, Any]]:
    data = little(
        region=regions(asked.pop("kind", "rural")),
        household=[home()],
        person=[person(name) for name in NAMES],
        member=[member(name) for name in NAMES[:3]],
        means=stated("2024-01-05", wage="22728") if means is None else means,
    )
    found = conclusion(data, policy or rules(), "H1", asked.pop("day", DAY), **asked)
    return {row["item"]: row for row in found.to_dicts()}


def test_two_yuan_are_due_and_not_three() -> None:
    """632 x 3 - 1894 = 2."""
    lines = said()
    assert list(lines) == ["year", "members", "head", "standard", "line", "answer", "due"]
    assert [lines[item]["fen"] for item in ("year", "head", "standard", "line", "due")] == [
        2272800,
        63133,
        63200,
        63200,
        200,
    ]
    assert (lines["members"]["number"], lines["answer"]["answer"]) == (3, "below")
    assert lines["year"]["since"] == date(2024, 1, 5)


def test_each_rule_with_its_source_and_first_day() -> None:
    entry = {"urban_rural": "rural", "value": 632, "from": date(2024, 1, 1), "source": "示例文件第一条"}
    line = said(rules(dibao_standard=[entry]))["standard"]
    assert (line["rule"], line["source"], line["since"]) == ("dibao_standard", "示例文件第一条", date(2024, 1, 1))
    assert said()["due"]["since"] == date(2021, 7, 1)
    assert said(day=date(2024, 6, 1))["due"]["rule"] == "benefit_mode"


def test_at_the_line_nothing_is_due() -> None:
    lines = said(means=stated("2024-01-05", wage="22752"))
    assert (lines["answer"]["answer"], lines["due"]["fen"]) == ("at_or_above", 0)


def test_fewer_covered_than_live_together() -> None:
    assert said(covered=2)["due"]["fen"] == 200


def test_single_person_entry_shows_the_multiplier_and_no_amount_due() -> None:
    lines = said(single=True)
    assert (lines["times"]["number"], lines["line"]["fen"]) == (1.5, 94800)
    assert lines["times"]["source"] == "最低生活保障审核确认办法(民发〔2021〕57号)第八条"
    assert "due" not in lines
    assert said(programme="dibao_edge")["line"]["fen"] == 94800


def test_unknown_stays_unknown() -> None:
    lines = said(means=[])
    assert [lines[item]["fen"] for item in ("year", "head", "due")] == [None, None, None]
    assert lines["answer"]["answer"] == "unknown"
    nowhere = said(kind=None)
    assert (nowhere["standard"]["fen"], nowhere["standard"]["rule"], nowhere["answer"]["answer"]) == (
        None,
        "dibao_standard",
        "unknown",
    )


def test_a_later_statement_does_not_govern() -> None:
    means = stated("2024-01-05", wage="0") + stated("2024-06-01", wage="12") + stated("2024-06-02", wage="99999")
    assert said(means=means)["year"]["fen"] == 1200


def test_no_such_household() -> None:
    data = little(household=[home()], means=stated("2024-01-05", wage="0"))
    assert conclusion(data, rules(), "H9", DAY).is_empty()
