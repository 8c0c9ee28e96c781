"""Tests of repeat_temporary: same cause, same year, how often and how much."""

import pytest

from casework.policy import Policy
from detectors.duplicate import repeat_temporary
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

HEAD = person_no("示例甲")


def aid(no: str, decided: str | None, cause: str | None = "serious_illness", **cells: str | None) -> Row:
    return {
        "application_no": no,
        "programme": "temporary_expenditure",
        "household_no": "H1",
        "applicant_id_no": HEAD,
        "region_code": "990101001000",
        "channel": "window",
        "delegated": "false",
        "accepted_at": "2024-01-02",
        "decided_at": decided,
        "decision": "approved",
        "extended": "false",
        "cause": cause,
        "one_off": "1000",
        **cells,
    }


def small(*applications: Row, payments: dict[str, list[str | None]] | None = None) -> dict[str, list[Row]]:
    """Applications, and what the award of each was paid."""
    tables: dict[str, list[Row]] = {
        "household": [{"household_no": f"H{n}", "region_code": f"99010{n}001001"} for n in (1, 2)],
        "application": list(applications),
    }
    if payments is None:
        return tables
    tables["award"] = [
        {
            "award_no": f"W{no}",
            "application_no": no,
            "programme": "temporary_expenditure",
            "household_no": "H1",
            "from_month": "2024-03",
        }
        for no in payments
    ]
    tables["payment"] = [
        {"payment_no": f"P{no}{place}", "award_no": f"W{no}", "month": "2024-03", "amount": amount}
        for no, amounts in payments.items()
        for place, amount in enumerate(amounts)
    ]
    return tables


def amount(
    *applications: Row, policy: Policy | None = None, payments: dict[str, list[str | None]] | None = None
) -> tuple[str, int | None] | None:
    """Case and fen in doubt of the only lead; None where nothing is raised."""
    result = asked(repeat_temporary, world(**small(*applications, payments=payments)), policy)
    assert set(result.leads["level"]) <= {"verify"}
    if not result.leads.height:
        return None
    said = facts(repeat_temporary, world(**small(*applications, payments=payments)), policy)
    return said["case"], result.leads["amount_fen"].item()


def test_one_aid_a_year_is_within_the_rule_a_second_is_not() -> None:
    assert amount(aid("A1", "2024-03-01")) is None
    assert amount(aid("A1", "2024-03-01"), aid("A2", "2024-09-01")) == ("times", 100000)
    third = aid("A3", "2024-10-01", one_off="500")
    assert amount(aid("A1", "2024-03-01"), aid("A2", "2024-09-01"), third) == ("times", 150000)


@pytest.mark.parametrize(
    ("second", "raised"),
    [("2024-01-01", True), ("2024-12-31", True), ("2023-12-31", False)],
)
def test_the_calendar_year_of_the_decision_counts(second: str, raised: bool) -> None:
    assert (amount(aid("A1", "2024-06-01"), aid("A2", second)) is not None) == raised


@pytest.mark.parametrize(
    ("cells", "raised"),
    [
        ({}, True),
        ({"cause": "accident"}, False),
        ({"cause": None}, False),
        ({"decision": "refused"}, False),
        ({"decision": "withdrawn"}, False),
        ({"household_no": "H2"}, False),
        ({"programme": "temporary_emergency"}, True),  # both kinds count together
        ({"programme": "medical"}, False),
    ],
)
def test_same_household_same_cause_and_approved(cells: dict[str, str | None], raised: bool) -> None:
    assert (amount(aid("A1", "2024-03-01"), aid("A2", "2024-09-01", **cells)) is not None) == raised


def test_without_a_cause_two_never_match() -> None:
    assert amount(aid("A1", "2024-03-01", None), aid("A2", "2024-09-01", None), aid("A3", "2024-09-02")) is None


def test_a_countys_own_number_is_heeded() -> None:
    own = Policy.of(temporary_per_year=[{"value": 1}, {"region": "990101", "value": 2}])
    two = aid("A1", "2024-03-01"), aid("A2", "2024-09-01")
    assert amount(*two, policy=own) is None
    assert amount(*two, aid("A3", "2024-10-01"), policy=own) == ("times", 100000)
    assert amount(*two, policy=Policy.of(temporary_per_year=None)) is None


def test_the_number_in_force_on_the_day_counts_and_of_two_the_more_generous() -> None:
    own = Policy.of(temporary_per_year=[{"from": "2000-01-01", "value": 1}, {"from": "2024-07-01", "value": 2}])
    assert amount(aid("A1", "2024-03-01"), aid("A2", "2024-06-30"), policy=own) == ("times", 100000)
    assert amount(aid("A1", "2024-03-01"), aid("A2", "2024-07-01"), policy=own) is None


@pytest.mark.parametrize(("cap", "expected"), [(1500, None), (1499.99, ("cap", 1)), (500, ("cap", 100000))])
def test_over_the_cap_is_raised_at_the_cap_is_not(cap: float, expected: tuple[str, int] | None) -> None:
    own = Policy.of(temporary_per_year=2, temporary_cap=cap)
    two = aid("A1", "2024-03-01"), aid("A2", "2024-09-01", one_off="500")
    assert amount(*two, policy=own) == expected


def test_of_number_and_cap_the_larger_part_is_in_doubt() -> None:
    two = aid("A1", "2024-03-01", one_off="3000"), aid("A2", "2024-09-01", one_off="500")
    assert amount(*two, policy=Policy.of(temporary_cap=1000)) == ("times", 250000)
    assert amount(*two, policy=Policy.of(temporary_cap=3400)) == ("times", 50000)


def test_what_was_paid_goes_before_what_was_approved() -> None:
    two = aid("A1", "2024-03-01"), aid("A2", "2024-09-01")
    assert amount(*two, payments={"A1": ["1000"], "A2": ["400", "300", "-100"]}) == ("times", 60000)
    assert amount(*two, payments={"A1": ["1000"]}) == ("times", 100000)  # not paid yet: as approved
    assert amount(*two, payments={"A2": [None]}) == ("times", None)


def test_an_unknown_amount_is_told_as_unknown_and_not_as_nothing() -> None:
    three = [aid("A1", "2024-03-01"), aid("A2", "2024-09-01"), aid("A3", "2024-10-01")]
    said = facts(repeat_temporary, world(**small(*three, payments={"A1": [None], "A2": ["300"]})))
    assert (said["granted_fen"], said["amount_fen"]) == (None, 130000)  # the first of the year is allowed
    said = facts(repeat_temporary, world(**small(*three, payments={"A2": [None], "A3": ["300"]})))
    assert (said["granted_fen"], said["amount_fen"]) == (None, None)
    assert "共 未知 元" in repeat_temporary.CARD.reckons(said, "zh")
    other = [aid("A4", "2023-03-01"), aid("A5", "2023-09-01")]
    assert amount(*three, *other, payments={"A2": [None]}) == ("times", None)  # known of 2023 alone


def test_an_aid_wholly_taken_back_is_not_in_doubt() -> None:
    two = aid("A1", "2024-03-01"), aid("A2", "2024-09-01")
    assert amount(*two, payments={"A2": ["1000", "-1000"]}) is None
    assert amount(*two, payments={"A2": ["1000", "-999.99"]}) == ("times", 1)


def test_an_approval_without_its_day_is_undecidable() -> None:
    result = asked(repeat_temporary, world(**small(aid("A1", "2024-03-01"), aid("A2", None))))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_a_cap_and_an_unknown_amount_are_undecidable() -> None:
    tables = small(aid("A1", "2024-03-01", one_off=None))
    result = asked(repeat_temporary, world(**tables), Policy.of(temporary_cap=1000))
    assert (result.leads.height, status(result)[2]) == (0, 1)
    assert status(asked(repeat_temporary, world(**tables)))[2] == 0


def test_where_no_number_is_in_force_two_are_undecidable() -> None:
    own = Policy.of(temporary_per_year=[{"region": "990102", "value": 1}])
    result = asked(repeat_temporary, world(**small(aid("A1", "2024-03-01"), aid("A2", "2024-09-01"))), own)
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_several_causes_and_years_are_one_lead() -> None:
    many = [
        *(aid(f"A{n}", f"2024-0{n}-01") for n in (1, 2, 3)),
        *(aid(f"B{n}", f"2023-0{n}-01", "accident") for n in (1, 2)),
    ]
    data = world(**small(*many))
    result = asked(repeat_temporary, data)
    assert result.leads.select("subject", "part", "amount_fen").rows() == [("H1", "", 300000)]
    said = facts(repeat_temporary, data)
    assert (said["cause"], said["year"], said["times"], said["groups"]) == ("serious_illness", 2024, 3, 2)
    assert sorted(said["causes"]) == ["accident", "serious_illness"]
    assert (said["first_on"], said["last_on"]) == ("2023-01-01", "2024-03-01")


def test_without_causes_it_is_not_run() -> None:
    tables = small(aid("A1", "2024-03-01"))
    tables["application"] = [{key: value for key, value in tables["application"][0].items() if key != "cause"}]
    assert status(asked(repeat_temporary, world(**tables)))[:2] == ("not_run", "needs application.cause")


def test_evidence_holds_the_applications_and_their_payments() -> None:
    rows = (
        aid("A1", "2024-03-01"),
        aid("A2", "2024-09-01"),
        aid("A3", "2023-09-01"),
        aid("A4", "2024-09-01", "accident"),
    )
    seen = asked(repeat_temporary, world(**small(*rows, payments={"A2": ["700"], "A3": ["10"]}))).evidence
    assert sorted(seen.filter((seen["table"] == "application") & (seen["column"] == "cause"))["key"]) == ["A1", "A2"]
    assert seen.filter(seen["column"] == "amount")["value"].to_list() == ["700.00"]


def test_says_why_in_both_languages() -> None:
    said = facts(repeat_temporary, world(**small(aid("A1", "2024-03-01"), aid("A2", "2024-09-01"))))
    card = repeat_temporary.CARD
    assert card.reads(said, "zh") == "疑似重复救助:2024 年因重大疾病获临时救助 2 次,规定一年 1 次,存疑 1,000.00 元"
    assert "2 times in 2024" in card.reads(said, "en")
