"""Tests of late_payment: the month after the decision, reversals, arrears, and a table that begins later."""

import json
from pathlib import Path

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.delay import late_payment
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import world


def case(no: str = "A1", **cells: str | None) -> dict[str, str | None]:
    return {
        "application_no": no,
        "programme": "dibao",
        "household_no": "H1",
        "region_code": "990101001000",
        "accepted_at": "2024-03-04",
        "decided_at": "2024-03-20",
        "decision": "approved",
        **cells,
    }


def award(no: str = "W1", **cells: str | None) -> dict[str, str | None]:
    base = {"award_no": no, "application_no": "A1", "programme": "dibao", "household_no": "H1"}
    return {**base, "from_month": "2024-04", **cells}


def paid(month: str, amount: str | None = "300", no: str = "W1") -> dict[str, str | None]:
    return {"payment_no": f"{no}-{month}-{amount}", "award_no": no, "month": month, "amount": amount}


def small(*payments: dict[str, str | None], **tables: list[dict[str, str | None]]) -> Tables:
    earlier = paid("2019-01", no="W0")  # the payment table reaches back
    said = {"application": [case()], "award": [award(), award("W0", application_no=None)], **tables}
    return world(payment=[*payments, earlier], **said)


@pytest.mark.parametrize(
    ("decided", "first", "seen"),
    [
        ("2024-03-20", "2024-04", []),
        ("2024-03-20", "2024-05", ["W1"]),
        ("2024-03-31 23:59:00", "2024-04", []),
        ("2024-03-31 23:59:00", "2024-05", ["W1"]),
        ("2024-04-01", "2024-05", []),
        ("2024-12-02", "2025-01", []),
        ("2024-12-02", "2025-02", ["W1"]),
        ("2024-03-20", "2024-03", []),
        ("2024-03-20", "2024-01", []),  # arrears for months before
    ],
)
def test_payment_begins_in_the_month_after_the_decision(decided: str, first: str, seen: list[str]) -> None:
    data = small(paid(first), paid("2025-03"), application=[case(decided_at=decided)])
    assert found(late_payment, data) == seen


def test_a_payment_wholly_reversed_is_none() -> None:
    reversed_ = [paid("2024-04"), paid("2024-04", "-300"), paid("2024-05")]
    said = facts(late_payment, small(*reversed_))
    assert (said["first_paid_month"], said["months"], said["limit"]) == ("2024-05", 2, 1)
    assert found(late_payment, small(paid("2024-04"), paid("2024-04", "-100"), paid("2024-05"))) == []


@pytest.mark.parametrize(
    ("payments", "leads", "unknown"),
    [
        ([paid("2024-04", None), paid("2024-05")], 0, 1),  # perhaps paid in time
        ([paid("2024-04", None)], 0, 1),
        ([paid("2024-06", None)], 0, 1),  # perhaps never paid
        ([paid("2024-05", None), paid("2024-06")], 1, 0),  # too late, whichever was the first
        ([paid("2024-04"), paid("2024-05", None)], 0, 0),
        ([paid("2024-05"), paid("2024-06", None)], 1, 0),
        ([paid("2024-05"), paid("2024-05", None)], 0, 1),  # a reversal, or more
    ],
)
def test_a_month_with_an_unknown_amount_is_neither_paid_nor_unpaid(
    payments: list[dict[str, str | None]], leads: int, unknown: int
) -> None:
    result = asked(late_payment, small(*payments))
    assert (result.leads.height, status(result)[2]) == (leads, unknown)


def test_never_paid_is_another_question() -> None:
    assert found(late_payment, small()) == []


@pytest.mark.parametrize("programme", ["temporary_expenditure", "medical", "示例项目"])
def test_only_monthly_programmes_are_asked(programme: str) -> None:
    late = [paid("2024-07")]
    assert found(late_payment, small(*late, award=[award(programme=programme), award("W0")])) == []
    assert found(late_payment, small(*late, award=[award(programme="de_facto_orphan"), award("W0")])) == ["W1"]


def test_withdrawn_and_refused_applications_start_no_payment() -> None:
    for decision in ("withdrawn", "refused"):
        assert found(late_payment, small(paid("2024-07"), application=[case(decision=decision)])) == []


def test_an_award_without_application_is_not_asked() -> None:
    assert found(late_payment, small(paid("2024-07"), award=[award(application_no=None), award("W0")])) == []


def test_of_several_awards_of_one_application_the_first_paid_is_judged() -> None:
    later = award("W2", from_month="2024-10")
    awards = [award(), later, award("W0", application_no=None)]
    assert found(late_payment, small(paid("2024-04"), paid("2024-10", no="W2"), award=awards)) == []
    assert found(late_payment, small(paid("2024-06"), paid("2024-10", no="W2"), award=awards)) == ["W1"]


def test_a_decision_without_its_day_is_undecided() -> None:
    result = asked(late_payment, small(paid("2024-07"), application=[case(decided_at=None)]))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def begun_together(awards: int, earlier: dict[str, str | None] | None = None, amount: str | None = "300") -> Tables:
    """So many awards due in April, all first paid in July, beside an earlier one paid in January."""
    names = [f"{number}" for number in range(1, awards + 1)]
    before = [award("W0", application_no=None, **earlier)] if earlier is not None else []
    return world(
        application=[case(f"A{name}") for name in names],
        award=[*(award(f"W{name}", application_no=f"A{name}") for name in names), *before],
        payment=[*(paid("2024-07", no=f"W{name}") for name in names), *(paid("2024-01", amount, "W0") for _ in before)],
        household=[
            {"household_no": "H1", "region_code": "990101001001"},
            {"household_no": "H2", "region_code": "990101002001"},
            {"household_no": "H8", "region_code": "990201001001"},
        ],
    )


@pytest.mark.parametrize(("awards", "leads", "unknown"), [(2, 2, 0), (3, 0, 3)])
def test_several_awards_that_begin_with_the_payment_data_tell_of_the_data(
    awards: int, leads: int, unknown: int
) -> None:
    result = asked(late_payment, begun_together(awards))
    assert (result.leads.height, status(result)[2]) == (leads, unknown)


@pytest.mark.parametrize(
    ("earlier", "amount", "leads"),
    [
        ({"household_no": "H2"}, "300", 3),  # the county paid this programme before
        ({"household_no": "H8"}, "300", 0),  # another county did
        ({"household_no": "H2", "programme": "old_age"}, "300", 0),  # of another programme
        ({"household_no": "H2"}, "-300", 0),  # money taken back
        ({"household_no": "H2"}, None, 0),
    ],
)
def test_an_earlier_row_of_another_county_or_programme_says_nothing_of_where_the_data_begin(
    earlier: dict[str, str | None], amount: str | None, leads: int
) -> None:
    assert asked(late_payment, begun_together(3, earlier, amount)).leads.height == leads


def test_how_many_awards_tell_of_the_data_is_a_judgement() -> None:
    assert asked(late_payment, begun_together(3), Policy.of(payment_table={"awards": 4})).leads.height == 3


def test_payment_before_the_data_is_ruled_out_only_where_they_reach_back() -> None:
    words = [one.text.en for one in late_payment.CARD.innocent]
    before = words.index("Paid before the first month of the payment data")
    for data, ruled_out in ((begun_together(1), False), (begun_together(1, {}), True)):
        (checked,) = asked(late_payment, data).leads["checked_innocent"]
        assert (before in json.loads(checked)) is ruled_out


def test_evidence_is_the_decision_and_the_payments_up_to_the_first() -> None:
    data = small(paid("2024-04"), paid("2024-04", "-300"), paid("2024-06"), paid("2024-07"))
    result = asked(late_payment, data)
    months = result.evidence.filter(table="payment", column="month")["value"]
    assert sorted(months) == ["2024-04", "2024-04", "2024-06"]
    lead = result.leads.row(0, named=True)
    assert (lead["severity"], str(lead["since"]), str(lead["until"])) == ("money", "2024-03-20", "2024-06-01")
    assert "2024-06 才首次发放" in late_payment.CARD.reads(facts(late_payment, data), "zh")


def test_a_county_may_begin_two_months_later(tmp_path: Path) -> None:
    (tmp_path / "payment_start_months.toml").write_text(
        'id = "payment_start_months"\n[[value]]\nfrom = 2022-01-01\nregion = "990101"\nvalue = 2\n',
        encoding="utf-8",
    )
    policy = Policy.load(tmp_path)
    assert found(late_payment, small(paid("2024-05")), policy) == []
    assert found(late_payment, small(paid("2024-06")), policy) == ["W1"]
