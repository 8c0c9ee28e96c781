"""Tests of the ledger: what was paid and due for a month, to the fen."""

from typing import Any

import pytest

from casework.means.ledger import months
from casework.policy import Policy
from tests.casework.means.homes import (
    IDS,
    NAMES,
    award,
    covers,
    little,
    member,
    pay,
    person,
    regions,
    rules,
    stated,
    world_of,
)
from tests.worlds import Row


def ledger(policy: Policy | None = None, **tables: list[Row]) -> list[dict[str, Any]]:
    data = little(**tables)
    return data.engine.collect(months(data, policy or rules())).sort("month", "programme").rows(named=True)


def dues(payment: list[Row], policy: Policy | None = None, **tables: list[Row]) -> list[int | None]:
    return [row["due_fen"] for row in ledger(policy, **world_of(payment, **tables))]


def test_the_gap_is_rounded_up_once_to_whole_yuan() -> None:
    """632 x 3 - 1894 = 2, not 3."""
    assert dues([pay("2024-01", "2")]) == [200]
    assert dues([pay("2024-01", "2")], means=stated("2023-12-05", wage="22727.99")) == [300]


def test_of_three_who_live_together_two_are_covered() -> None:
    """2 x 632 - 1894 x 2 / 3 = 1.33: 2 yuan."""
    assert dues([pay("2024-01", "2")], beneficiary=covers(*NAMES[:2])) == [200]


def test_at_the_line_nothing_is_due() -> None:
    (row,) = ledger(**world_of([pay("2024-01", "2")], means=stated("2023-12-05", wage="22752")))
    assert (row["over"], row["due_fen"]) == (True, 0)


def test_a_month_is_paid_what_its_rows_sum_to() -> None:
    rows = [
        pay("2024-01", "600"),
        pay("2024-01", "-200.5", mark="b"),
        pay("2024-02", None),
        pay("2024-02", "1", mark="b"),
    ]
    first, second = ledger(**world_of(rows))
    assert (first["paid_fen"], first["rows"], second["paid_fen"], second["rows"]) == (39950, 2, None, 2)


def test_the_standard_of_the_month_holds() -> None:
    local = rules(
        dibao_standard=[{"value": 632}, {"value": 633, "from": "2024-02-01"}, {"value": 634, "from": "2024-03-02"}]
    )
    assert dues([pay(f"2024-0{n}", "2") for n in (1, 2, 3, 4)], local) == [200, 500, 500, 800]


def test_those_who_live_together_on_the_first_day_count() -> None:
    """The third member leaves: two, with 947 a month each, are above the line."""
    left = [*(member(name) for name in NAMES[:2]), member(NAMES[2], left="2024-02-02")]
    assert [row["n"] for row in ledger(**world_of([pay(f"2024-0{n}", "2") for n in (1, 2, 3)], member=left))] == [
        3,
        3,
        2,
    ]
    left[2] = member(NAMES[2], left="2024-02-01")
    assert [row["over"] for row in ledger(**world_of([pay("2024-01", "2"), pay("2024-02", "2")], member=left))] == [
        False,
        True,
    ]


def test_a_newborn_lowers_the_income_a_head_from_the_next_first_day() -> None:
    """4 x 632 - 1894 = 634 for four, three of them covered: 475.5 up to 476."""
    born = [*(member(name) for name in NAMES[:3]), member(NAMES[3], "2024-02-01")]
    assert dues([pay(f"2024-0{n}", "2") for n in (1, 2)], member=born) == [200, 47600]
    born[3] = member(NAMES[3], "2024-02-02")
    assert dues([pay(f"2024-0{n}", "2") for n in (1, 2, 3)], member=born) == [200, 200, 47600]


def test_the_dead_are_still_covered_but_no_longer_live_together() -> None:
    people = [person(NAMES[0], died_on="2024-01-31"), *(person(name) for name in NAMES[1:])]
    seen = ledger(**world_of([pay("2024-01", "2"), pay("2024-02", "2")], person=people))
    assert [(row["n"], row["covered"]) for row in seen] == [(3, 3), (2, 3)]


def test_the_newest_statement_before_the_first_day_governs() -> None:
    means = [*stated("2023-12-05", wage="22728"), *stated("2024-01-31", wage="0"), *stated("2024-02-01", wage="12")]
    assert dues([pay(f"2024-0{n}", "2") for n in (1, 2, 3)], means=means) == [200, 189600, 189500]


def test_of_two_statements_in_a_month_the_newer_governs() -> None:
    means = [*stated("2023-12-05", wage="0"), *stated("2023-12-20", wage="22728")]
    assert dues([pay("2024-01", "2")], means=means) == [200]


def test_unknown_is_not_judged() -> None:
    paid = [pay("2024-01", "2")]
    for tables in (
        {"means": []},
        {"means": stated("2024-01-01", wage="0")},
        {"means": stated("2023-12-05", wage=None)},
        {"member": [member(NAMES[0], co_living="false")]},
        {"beneficiary": []},
        {"region": regions(None)},
    ):
        (row,) = ledger(**world_of(paid, **tables))
        assert (row["due_fen"], row["due_state"]) == (None, 0)


def test_nobody_covered_any_more_is_due_nothing() -> None:
    rows = [pay("2024-02", "2"), pay("2024-03", "2")]
    assert dues(rows, beneficiary=covers(*NAMES[:3], until="2024-02")) == [200, 0]
    assert dues(rows, award=[award(to_month="2024-02")]) == [200, 0]


@pytest.mark.parametrize("where", ["award", "application"])
def test_single_person_entry_is_not_judged(where: str) -> None:
    basis = {"single_person_basis": "severe_disability"}
    applied = {
        "application_no": "A1",
        "programme": "dibao",
        "household_no": "H1",
        "applicant_id_no": IDS[NAMES[0]],
        "region_code": "990101001001",
        "channel": "window",
        "delegated": "true",
        "accepted_at": "2023-12-10",
        "extended": "false",
    }
    tables = {"award": [award(application_no="A1")], "application": [applied]}
    tables[where] = [{**tables[where][0], **basis}]
    (row,) = ledger(**world_of([pay("2024-01", "632")], **tables))
    assert (row["single"], row["due_fen"], row["due_state"], row["line_fen"]) == (True, None, -1, 94800)


def test_other_programmes_with_a_line_have_no_amount_due() -> None:
    (row,) = ledger(**world_of([pay("2024-01", "2")], award=[award("dibao_edge")]))
    assert (row["line_fen"], row["over"], row["due_fen"], row["due_state"]) == (94800, False, None, -1)
    (row,) = ledger(**world_of([pay("2024-01", "2")], award=[award("destitute")]))
    assert (row["line_fen"], row["over"], row["due_fen"]) == (None, None, None)
    assert ledger(**world_of([pay("2024-01", "2")], award=[award("old_age")])) == []


def test_bands_pay_by_income_a_head() -> None:
    local = rules(
        benefit_mode="bands",
        benefit_bands=[
            {"band": "1", "value": 500, "income_below": 300},
            {"band": "2", "value": 400, "income_below": 631.33},
            {"band": "3", "value": 100},
        ],
    )
    paid = [pay("2024-01", "2")]
    assert dues(paid, local) == [30000]  # 631.333… a head
    assert dues(paid, local, means=stated("2023-12-05", wage="22727.87")) == [120000]
    assert dues(paid, local, means=stated("2023-12-05", wage="10799.99")) == [150000]
    assert dues(paid, local, means=stated("2023-12-05", wage="10800")) == [120000]
    assert dues(paid, local, means=stated("2023-12-05", wage="22752")) == [0]


def test_flat_pays_the_benefit_amount() -> None:
    amount = [{"programme": "dibao", "value": 210.5}, {"programme": "de_facto_orphan", "value": 920}]
    assert dues([pay("2024-01", "2")], rules(benefit_mode="flat", benefit_amount=amount)) == [63150]
    assert dues([pay("2024-01", "2")], rules(benefit_mode="flat")) == [None]


def test_a_fixed_benefit_is_due_by_head() -> None:
    orphans = {"award": [award("de_facto_orphan")], "beneficiary": covers(*NAMES[:2]), "means": []}
    assert dues([pay("2024-01", "2")], **orphans) == [184000]


def test_a_fixed_benefit_may_depend_on_the_grade() -> None:
    by_grade = [
        {"programme": "disability_care", "grade": 1, "value": 150},
        {"programme": "disability_care", "grade": 2, "value": 100},
    ]
    people = [person(NAMES[0], disability_grade="1"), person(NAMES[1], disability_grade="2"), person(NAMES[2])]
    local = rules(benefit_amount=by_grade)
    tables = {"award": [award("disability_care")], "person": people}
    assert dues([pay("2024-01", "2")], local, **tables, beneficiary=covers(*NAMES[:2])) == [25000]
    assert dues([pay("2024-01", "2")], local, **tables, beneficiary=covers(*NAMES[1:3])) == [None]


def child_on_both(dibao: str | None, covered: int = 3) -> list[tuple[int | None, int | None]]:
    tables = world_of(
        [pay("2024-01", dibao), pay("2024-01", "500", "W2"), pay("2024-02", "500", "W2")],
        award=[award(), award("de_facto_orphan", "W2")],
        beneficiary=[*covers(*NAMES[:covered]), *covers(NAMES[0], number="W2")],
    )
    return [(row["due_fen"], row["due_up_fen"]) for row in ledger(**tables) if row["programme"] == "de_facto_orphan"]


def test_of_a_fixed_benefit_what_dibao_pays_the_child_is_taken_off() -> None:
    assert child_on_both("600") == [(72000, 72000), (92000, 92000)]
    assert child_on_both("1000") == [(58666, 58667), (92000, 92000)]  # 920 - 333.33…
    assert child_on_both("9000") == [(0, 0), (92000, 92000)]
    assert child_on_both("-300") == [(92000, 92000), (92000, 92000)]
    assert child_on_both(None) == [(None, None), (92000, 92000)]


def test_topups_by_group_the_greatest_share_of_each_person() -> None:
    shares = [
        {"group": "minor", "value": 0.2},
        {"group": "aged", "value": 0.1},
        {"group": "severe_disability", "value": 0.305},
        {"group": "serious_illness", "value": 0.25},
    ]
    people = [
        person(NAMES[0], born_on="2006-02-01"),  # 18 on the first of February 2024
        person(NAMES[1], born_on="1954-02-02"),  # 70 on the second
        person(NAMES[2], disability_grade="2", health="serious_illness"),
    ]
    rows = ledger(rules(category_topup=shares), **world_of([pay(f"2024-0{n}", "2") for n in (1, 2, 3)], person=people))
    severe, minor, aged = 19276, 12640, 6320
    assert [row["topup_fen"] for row in rows] == [severe + minor, severe, severe + aged]
    assert [row["due_fen"] for row in rows] == [200 + row["topup_fen"] for row in rows]
