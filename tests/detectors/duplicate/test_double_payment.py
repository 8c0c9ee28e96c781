"""Tests of double_payment: parts, repeats and reversals; which month, how much."""

import pytest

from casework.policy import Policy
from detectors.duplicate import double_payment
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

ID = person_no("示例甲")
RULES = Policy.of(dibao_standard=632)


def pay(month: str, *yuan: str | None) -> list[Row]:
    return [
        {"payment_no": f"P{month}{place}", "award_no": "W1", "month": month, "amount": amount}
        for place, amount in enumerate(yuan)
    ]


def small(
    payments: list[Row], wage: str | None = "384", programme: str = "dibao", **changed: list[Row]
) -> dict[str, list[Row]]:
    """One person on one award; by the gap 600 yuan are due a month (632 less 384 a year)."""
    tables: dict[str, list[Row]] = {
        "person": [{"id_no": ID, "name": "示例甲", "sex": "F", "born_on": "1980-01-01"}],
        "household": [{"household_no": "H1", "region_code": "990101001001"}],
        "member": [
            {"household_no": "H1", "id_no": ID, "joined_on": "2010-01-01", "relation": "head", "co_living": "true"}
        ],
        "award": [{"award_no": "W1", "programme": programme, "household_no": "H1", "from_month": "2024-01"}],
        "beneficiary": [{"award_no": "W1", "id_no": ID, "from_month": "2024-01"}],
        "payment": payments,
        **changed,
    }
    if wage is not None:
        tables["means"] = [{"household_no": "H1", "as_of": "2023-12-05", "item": "wage", "declared": wage}]
    return tables


def raised(tables: dict[str, list[Row]]) -> list[tuple[str, int]]:
    leads = asked(double_payment, world(**tables), RULES).leads
    assert set(leads["level"]) <= {"exclude"}
    return sorted(leads.select("part", "amount_fen").rows())


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        (("600",), None),
        (("900",), None),  # too much, but once
        (("600", "600"), 60000),
        (("300", "300"), None),  # equal parts
        (("400", "200"), None),
        (("600", "0.01"), 1),
        (("599.99", "599.99"), None),  # neither meets it alone
        (("600", "600", "-600"), None),
        (("600", "-600", "600"), None),
        (("600", "600", "-500"), 10000),
    ],
)
def test_one_payment_meets_the_amount_due_and_the_sum_exceeds_it(yuan: tuple[str, ...], expected: int | None) -> None:
    assert raised(small(pay("2024-03", *yuan))) == ([("2024-03", expected)] if expected else [])


@pytest.mark.parametrize(("programme", "wage"), [("dibao", None), ("destitute", "384"), ("old_age", "384")])
def test_without_an_amount_due_only_equal_payments_count(programme: str, wage: str | None) -> None:
    assert raised(small(pay("2024-03", "300", "300"), wage, programme)) == [("2024-03", 30000)]
    assert raised(small(pay("2024-03", "300", "200"), wage, programme)) == []
    assert raised(small(pay("2024-03", "300", "300", "-300"), wage, programme)) == []


def test_each_month_is_a_lead_of_its_own() -> None:
    rows = [*pay("2024-03", "600", "600"), *pay("2024-11", "600", "600"), *pay("2024-12", "600")]
    assert raised(small(rows)) == [("2024-03", 60000), ("2024-11", 60000)]


def test_arrears_of_another_month_are_that_months() -> None:
    late = [{**row, "paid_on": "2024-04-10"} for row in [*pay("2024-03", "600"), *pay("2024-04", "600")]]
    assert raised(small(late)) == []


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("-100", [("2024-03", 50000), ("2024-05", 60000)]),
        ("-600", [("2024-05", 60000)]),
        ("-1000", [("2024-05", 20000)]),
        ("-1200", []),
    ],
)
def test_what_was_taken_back_later_settles_the_earliest_months_first(
    back: str, expected: list[tuple[str, int]]
) -> None:
    rows = [*pay("2024-03", "600", "600"), *pay("2024-05", "600", "600"), *pay("2024-06", back)]
    assert raised(small(rows)) == expected


def test_what_was_taken_back_before_settles_nothing() -> None:
    assert raised(small([*pay("2024-02", "-600"), *pay("2024-03", "600", "600")])) == [("2024-03", 60000)]


def test_a_row_of_unknown_amount_makes_the_month_undecidable() -> None:
    result = asked(double_payment, world(**small(pay("2024-03", "600", "600", None))), RULES)
    assert (result.leads.height, status(result)[2]) == (0, 1)
    alone = asked(double_payment, world(**small(pay("2024-03", None))), RULES)
    assert (alone.leads.height, status(alone)[2]) == (0, 0)


def test_without_payments_it_is_not_run() -> None:
    tables = small([])
    del tables["payment"]
    assert status(asked(double_payment, world(**tables), RULES))[:2] == ("not_run", "needs payment")


def test_evidence_holds_the_payments_of_the_month() -> None:
    seen = asked(
        double_payment, world(**small([*pay("2024-03", "600", "600"), *pay("2024-04", "600")])), RULES
    ).evidence
    assert seen.filter(seen["column"] == "amount")["value"].to_list() == ["600.00", "600.00"]
    assert set(seen["table"]) == {"award", "payment"}


def test_says_why_in_both_languages() -> None:
    card = double_payment.CARD
    said = facts(double_payment, world(**small(pay("2024-03", "600", "600"))), RULES)
    assert said == {
        "case": "due",
        "programme": "dibao",
        "paid_month": "2024-03",
        "rows": 2,
        "sum_fen": 120000,
        "largest_fen": 60000,
        "due_fen": 60000,
        "recovered_fen": 0,
        "amount_fen": 60000,
    }
    assert card.reads(said, "zh").startswith("疑似重复发放:2024-03 冲正相抵后仍有 2 笔,合计 1,200.00 元")
    assert "alone meets the 600.00 due" in card.reads(said, "en")
    equal = facts(double_payment, world(**small(pay("2024-03", "600", "600"), None)), RULES)
    assert "some of them equal; 600.00 yuan are in doubt" in card.reads(equal, "en")


def test_parts_were_looked_for_only_where_an_amount_is_due() -> None:
    def checked(tables: dict[str, list[Row]]) -> list[str]:
        return asked(double_payment, world(**tables), RULES).leads["checked_innocent"].to_list()

    assert checked(small(pay("2024-03", "600", "600"))) == ["[0, 1, 2]"]
    assert checked(small(pay("2024-03", "300", "300"), None)) == ["[1, 2]"]
