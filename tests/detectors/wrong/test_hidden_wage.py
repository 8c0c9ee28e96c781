"""Tests of hidden_wage: which insurance, how many months, which statement."""

import polars as pl
import pytest

from detectors.wrong import hidden_wage
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

NAMES = ("示例甲", "示例乙")
IDS = {name: person_no(name) for name in NAMES}


def covered(name: str, since: str = "2024-01", until: str | None = None) -> Row:
    return {"award_no": "W1", "id_no": IDS[name], "from_month": since, "to_month": until}


def insured(
    since: str | None,
    until: str | None = None,
    detail: str | None = "employee",
    kind: str = "social_insurance",
    name: str = "示例甲",
) -> Row:
    return {
        "match_no": f"M{since}{until}{detail}{kind}{name}",
        "id_no": IDS[name],
        "kind": kind,
        "source": "示例",
        "from_on": since,
        "to_on": until,
        "value": "4000",
        "detail": detail,
        "compared_on": "2024-12-01",
    }


def fund(since: str, until: str | None = None) -> Row:
    return insured(since, until, None, "housing_fund")


def item(what: str, declared: str | None, day: str = "2024-01-20", verified: str | None = None) -> Row:
    return {"household_no": "H1", "as_of": day, "item": what, "declared": declared, "verified": verified}


def pay(months: str, yuan: str | None = "900") -> list[Row]:
    first, last = (int(month) for month in months.split("-"))
    return [
        {"payment_no": f"P{n}{yuan}", "award_no": "W1", "month": f"2024-{n:02d}", "amount": yuan}
        for n in range(first, last + 1)
    ]


def small(match: list[Row], programme: str = "dibao", **changed: list[Row]) -> dict[str, list[Row]]:
    """Two persons covered from January 2024, paid to May; a statement of 20 January without a wage."""
    return {
        "household": [{"household_no": "H1", "region_code": "990101001001"}],
        "award": [{"award_no": "W1", "programme": programme, "household_no": "H1", "from_month": "2024-01"}],
        "beneficiary": [covered(name) for name in NAMES],
        "payment": pay("1-5"),
        "means": [item("transfer", "1000")],
        "match": match,
        **changed,
    }


def raised(match: list[Row], programme: str = "dibao", **changed: list[Row]) -> int | None:
    """Months paid on such a statement; None where nothing is raised."""
    data = world(**small(match, programme, **changed))
    leads = asked(hidden_wage, data).leads
    assert leads.select("level", "amount_fen").rows() in ([], [("verify", None)])
    return facts(hidden_wage, data)["months"] if leads.height else None


@pytest.mark.parametrize(
    ("since", "until", "is_raised"),
    [
        ("2023-10-01", "2023-12-31", True),  # three whole months, the last before January
        ("2023-10-02", "2023-12-31", False),
        ("2023-10-01", "2023-12-30", False),
        ("2023-11-01", "2024-06-30", False),  # the statement's own month does not count
        ("2023-01-01", "2023-03-31", True),  # the first three of the twelve
        ("2022-06-01", "2023-02-28", False),  # only two of them
        ("2022-06-01", "2023-03-31", True),
        ("2020-01-01", None, True),
        ("2024-02-01", None, False),
    ],
)
def test_three_whole_months_of_the_twelve_before_the_statements_count(
    since: str, until: str | None, is_raised: bool
) -> None:
    expected = 4 if is_raised else None  # February to May: the statement governs the months after its day
    assert raised([insured(since, until)]) == expected
    assert raised([fund(since, until)]) == expected


def test_months_of_several_insurances_add_up_but_each_counts_once() -> None:
    apart = [insured("2023-03-01", "2023-03-31"), insured("2023-06-01", "2023-06-30"), fund("2023-09-01", "2023-09-30")]
    assert raised(apart) == 4
    assert raised([insured("2023-03-01", "2023-04-30"), fund("2023-03-01", "2023-04-30")]) is None
    other = [insured("2023-03-01", "2023-04-30"), insured("2023-05-01", "2023-05-31", name="示例乙")]
    assert raised(other) is None  # two persons, neither of three months


@pytest.mark.parametrize("detail", ["flexible", "resident"])
def test_flexible_and_resident_insurance_are_innocent(detail: str) -> None:
    assert raised([insured("2020-01-01", detail=detail)]) is None


@pytest.mark.parametrize(
    ("wage", "expected"),
    [
        ([], 4),
        ([item("wage", "0")], 4),
        ([item("wage", "5000", verified="0")], 4),  # the verified figure counts
        ([item("wage", "0", verified="1")], None),
        ([item("wage", "12000")], None),
        ([item("business", "12000")], 4),
    ],
)
def test_the_wage_is_nil_or_absent(wage: list[Row], expected: int | None) -> None:
    assert raised([insured("2020-01-01")], means=[item("transfer", "1000"), *wage]) == expected


def test_without_a_statement_nothing_is_known() -> None:
    elsewhere = [{**item("transfer", "1000"), "household_no": "H2"}]
    result = asked(hidden_wage, world(**small([insured("2020-01-01")], means=elsewhere)))
    assert (result.leads.height, status(result)[2]) == (0, 0)


def test_only_statements_that_govern_a_paid_month_count() -> None:
    early = item("transfer", "1000", "2023-12-20")
    corrected = [early, item("wage", "9000", "2024-03-31")]
    assert raised([insured("2020-01-01")], means=corrected) == 3  # January to March
    at_once = [early, item("wage", "9000", "2023-12-31")]
    assert raised([insured("2020-01-01")], means=at_once) is None
    late = [item("wage", "9000", "2023-12-20"), item("transfer", "1000", "2024-05-01")]
    assert raised([insured("2020-01-01")], means=late) is None  # governs from June, unpaid


def test_the_statement_on_the_first_day_of_a_month_does_not_govern_it() -> None:
    assert raised([insured("2020-01-01")], means=[item("transfer", "1", "2024-05-01")]) is None
    assert raised([insured("2020-01-01")], means=[item("transfer", "1", "2024-04-30")]) == 1


def test_only_months_that_cover_the_person_count() -> None:
    rows = [covered("示例甲", "2024-04"), covered("示例乙")]
    assert raised([insured("2020-01-01")], beneficiary=rows) == 2
    assert raised([insured("2020-01-01")], beneficiary=[covered("示例乙")]) is None
    left = [covered("示例甲", until="2024-01"), covered("示例乙")]
    assert raised([insured("2020-01-01")], beneficiary=left) is None


@pytest.mark.parametrize(
    ("died", "expected"),
    [
        ("2024-01-19", None),  # a statement of the day after says nothing of what the dead earned
        ("2024-01-20", 4),
        ("2024-02-01", 4),
    ],
)
def test_a_statement_made_after_a_death_rightly_lacks_that_wage(died: str, expected: int | None) -> None:
    rows = [{"id_no": IDS["示例甲"], "name": "示例甲", "died_on": died}]
    assert raised([insured("2020-01-01")], person=rows) == expected
    told = {**insured(died, kind="death", detail=None), "value": None}
    assert raised([insured("2020-01-01"), told]) == expected


def test_insurance_after_a_death_does_not_count() -> None:
    rows = [{"id_no": IDS["示例甲"], "name": "示例甲", "died_on": "2023-02-10"}]
    later = [insured("2023-03-01", "2023-06-30")]
    assert raised(later) == 4
    assert raised(later, person=rows) is None


@pytest.mark.parametrize(
    ("programme", "expected"), [("destitute", 4), ("dibao_edge", 4), ("old_age", None), ("medical", None)]
)
def test_only_means_tested_programmes_are_asked_about(programme: str, expected: int | None) -> None:
    assert raised([insured("2020-01-01")], programme) == expected


def test_an_unpaid_month_counts_nothing() -> None:
    assert raised([insured("2020-01-01")], payment=[*pay("1-5"), *pay("2-5", "-900")]) is None


@pytest.mark.parametrize(
    ("match", "means"),
    [
        ([insured("2020-01-01", detail=None)], [item("transfer", "1")]),  # which insurance?
        ([insured(None, "2024-01-31")], [item("transfer", "1")]),  # since when?
        ([insured("2020-01-01")], [item("wage", None)]),  # which wage?
        ([insured("2020-01-01")], [item("wage", "0"), item("wage", "9000")]),
    ],
)
def test_where_nobody_can_tell_it_is_undecidable(match: list[Row], means: list[Row]) -> None:
    result = asked(hidden_wage, world(**small(match, means=means)))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_an_award_that_is_raised_is_not_undecidable_too() -> None:
    result = asked(hidden_wage, world(**small([insured("2020-01-01"), insured(None, name="示例乙")])))
    assert (result.leads.height, status(result)[2]) == (1, 0)


def test_without_statements_it_is_not_run() -> None:
    tables = small([insured("2020-01-01")])
    del tables["means"]
    assert status(asked(hidden_wage, world(**tables)))[:2] == ("not_run", "needs means")


def test_evidence_holds_the_insurance_the_statement_and_the_months() -> None:
    match = [insured("2023-01-01"), insured("2020-01-01", detail="resident"), insured("2020-01-01", name="示例乙")]
    data = world(**small(match[:2]))
    seen = asked(hidden_wage, data).evidence
    assert set(seen["table"]) == {"match", "means", "beneficiary", "payment"}
    assert seen.filter(seen["column"] == "detail")["value"].to_list() == ["employee"]
    assert sorted(seen.filter(seen["column"] == "month")["value"]) == ["2024-02", "2024-03", "2024-04", "2024-05"]


def test_evidence_holds_only_the_insurances_that_count() -> None:
    match = [
        insured("2023-06-01", "2023-12-31"),
        insured("2019-01-01", "2022-12-31"),  # before the twelve months
        insured("2024-01-01", "2024-05-31"),  # after them
        insured("2023-03-10", "2023-03-20"),  # no whole month
        insured(None, "2023-08-31"),
        insured("2023-09-01", "2023-09-30", name="示例乙"),  # one month: not the person concerned
    ]
    data = world(**small(match))
    seen = asked(hidden_wage, data).evidence
    assert set(seen.filter(pl.col("table") == "match")["key"]) == {match[0]["match_no"]}


def test_says_why_in_both_languages() -> None:
    card = hidden_wage.CARD
    said = facts(hidden_wage, world(**small([insured("2023-07-01"), fund("2023-09-01")])))
    assert said == {
        "statement_on": "2024-01-20",
        "statements": 1,
        "wage": "absent",
        "persons": 1,
        "sources": ["social_insurance", "housing_fund"],
        "insured_months": 6,
        "base_fen": 400000,
        "first_month": "2024-02",
        "last_month": "2024-05",
        "months": 4,
        "paid_fen": 360000,
    }
    assert card.reads(said, "zh").startswith("疑似未计工资收入:2024-01-20 的核定没有工资收入")
    assert "had employee insurance, housing fund in the twelve months before, up to 6 months" in card.reads(said, "en")
