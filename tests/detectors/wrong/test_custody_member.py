"""Tests of custody_member: which finding, which month, whose share."""

import pytest

from detectors.wrong import custody_member
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

NAMES = ("示例甲", "示例乙", "示例丙")
IDS = {name: person_no(name) for name in NAMES}


def person(name: str, died: str | None = None) -> Row:
    return {"id_no": IDS[name], "name": name, "sex": "F", "born_on": "1980-01-01", "died_on": died}


def covered(name: str, since: str = "2024-01", until: str | None = None) -> Row:
    return {"award_no": "W1", "id_no": IDS[name], "from_month": since, "to_month": until}


def inside(name: str, since: str | None, until: str | None = None, kind: str = "custody") -> Row:
    return {
        "match_no": f"M{name}{since}{kind}",
        "id_no": IDS[name],
        "kind": kind,
        "source": "示例",
        "from_on": since,
        "to_on": until,
        "detail": "prison",
        "compared_on": "2024-12-01",
    }


def pay(months: str, yuan: str | None = "900", **cells: str | None) -> list[Row]:
    """One payment a month, `01-05` of 2024."""
    first, last = (int(month) for month in months.split("-"))
    return [
        {"payment_no": f"P{n}{yuan}", "award_no": "W1", "month": f"2024-{n:02d}", "amount": yuan, **cells}
        for n in range(first, last + 1)
    ]


def small(
    rows: list[Row],
    match: list[Row],
    payments: list[Row],
    programme: str = "dibao",
    to_month: str | None = None,
    people: list[Row] | None = None,
) -> dict[str, list[Row]]:
    return {
        "person": people or [person(name) for name in NAMES],
        "household": [{"household_no": "H1", "region_code": "990101001001"}],
        "award": [
            {
                "award_no": "W1",
                "programme": programme,
                "household_no": "H1",
                "from_month": "2024-01",
                "to_month": to_month,
            }
        ],
        "beneficiary": rows,
        "match": match,
        "payment": payments,
    }


ALL = [covered(name) for name in NAMES]


def amount(tables: dict[str, list[Row]]) -> int | None:
    """Fen in doubt of the only lead; None where nothing is raised."""
    leads = asked(custody_member, world(**tables)).leads
    assert set(leads["level"]) <= {"exclude"}
    return leads["amount_fen"].item() if leads.height else None


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024-03-01", "2024-03-31", 30000),  # the whole of March: one head of three
        ("2024-03-02", "2024-03-31", None),  # not its first day
        ("2024-03-01", "2024-03-30", None),  # not its last
        ("2024-02-01", "2024-02-29", 30000),  # a leap February
        ("2024-02-01", "2024-02-28", None),
        ("2024-04-01", "2024-04-30", 30000),
        ("2024-02-15", "2024-04-15", 30000),
        ("2023-05-05", None, 5 * 30000),  # still inside
        ("2024-06-01", None, None),  # after the last month paid
    ],
)
def test_a_month_counts_when_custody_covers_the_whole_of_it(
    since: str, until: str | None, expected: int | None
) -> None:
    assert amount(small(ALL, [inside("示例甲", since, until)], pay("1-5"))) == expected


def test_february_of_a_common_year_has_28_days() -> None:
    tables = small([covered("示例甲", "2023-01")], [inside("示例甲", "2023-02-01", "2023-02-28")], [])
    tables["payment"] = [{"payment_no": "P", "award_no": "W1", "month": "2023-02", "amount": "100"}]
    assert amount(tables) == 10000


@pytest.mark.parametrize(
    ("programme", "raised"),
    [
        ("dibao", True),
        ("destitute", True),
        ("dibao_edge", True),
        ("rigid_expense", True),
        ("old_age", False),
        ("disability_care", False),
        ("temporary_emergency", False),
    ],
)
def test_only_means_tested_programmes_are_asked_about(programme: str, raised: bool) -> None:
    tables = small(ALL, [inside("示例甲", "2024-01-01")], pay("1-5"), programme)
    assert (amount(tables) is not None) == raised


def test_of_two_inside_both_shares_are_in_doubt_and_no_more() -> None:
    match = [inside("示例甲", "2024-01-01"), inside("示例乙", "2024-02-01")]
    assert amount(small(ALL, match, pay("1-2"))) == 30000 + 60000


def test_two_findings_of_one_person_count_once() -> None:
    match = [inside("示例甲", "2024-01-01"), {**inside("示例甲", "2024-01-01"), "match_no": "again"}]
    assert amount(small(ALL, match, pay("1-1"))) == 30000


def test_thirds_of_a_fen_are_summed_before_rounding() -> None:
    assert amount(small(ALL, [inside("示例甲", "2024-01-01")], pay("1-3", "0.10"))) == 10


def test_whoever_is_not_counted_in_the_month_is_innocent() -> None:
    rest = [covered("示例乙"), covered("示例丙")]
    match = [inside("示例甲", "2024-03-01")]
    assert amount(small(rest, match, pay("1-5"))) is None
    assert amount(small([covered("示例甲", until="2024-02"), *rest], match, pay("1-5"))) is None
    assert amount(small([covered("示例甲", until="2024-03"), *rest], match, pay("1-5"))) == 30000


def test_no_row_outlives_its_award() -> None:
    match = [inside("示例甲", "2024-03-01")]
    assert amount(small(ALL, match, pay("1-5"), to_month="2024-02")) is None


def test_a_reversal_is_netted() -> None:
    match = [inside("示例甲", "2024-03-01", "2024-03-31")]
    assert amount(small(ALL, match, [*pay("1-5"), *pay("3-3", "-900")])) is None
    assert amount(small(ALL, match, [*pay("1-5"), *pay("3-3", "-300")])) == 20000


def test_what_was_taken_back_in_a_later_month_is_no_longer_in_doubt() -> None:
    match = [inside("示例甲", "2024-02-01", "2024-03-31")]
    assert amount(small(ALL, match, [*pay("1-3"), *pay("4-4", "-200")])) == 40000
    assert amount(small(ALL, match, [*pay("1-3"), *pay("4-4", "-600")])) is None


def test_a_month_after_the_persons_death_is_another_question() -> None:
    people = [person("示例甲", "2024-03-31"), person("示例乙"), person("示例丙")]
    tables = small(ALL, [inside("示例甲", "2024-03-01")], pay("1-5"), people=people)
    assert amount(tables) == 30000


@pytest.mark.parametrize("kind", ["none", "enrolment", "unemployment"])
def test_other_findings_are_not_custody(kind: str) -> None:
    assert amount(small(ALL, [inside("示例甲", "2024-01-01", kind=kind)], pay("1-5"))) is None


def test_another_person_inside_raises_nothing() -> None:
    assert amount(small(ALL[1:], [inside("示例甲", "2024-01-01")], pay("1-5"))) is None


def test_a_finding_without_a_beginning_is_undecidable() -> None:
    result = asked(custody_member, world(**small(ALL, [inside("示例甲", None, "2024-03-31")], pay("1-5"))))
    assert (result.leads.height, status(result)[2]) == (0, 1)
    before = asked(custody_member, world(**small(ALL, [inside("示例甲", None, "2023-12-31")], pay("1-5"))))
    assert (before.leads.height, status(before)[2]) == (0, 0)


def test_a_month_with_an_unknown_amount_is_undecidable() -> None:
    result = asked(custody_member, world(**small(ALL, [inside("示例甲", "2024-01-01")], pay("1-2", None))))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_an_award_that_is_raised_is_not_undecidable_too() -> None:
    match = [inside("示例甲", "2024-01-01"), inside("示例乙", None)]
    result = asked(custody_member, world(**small(ALL, match, pay("1-2"))))
    assert (result.leads.height, status(result)[2]) == (1, 0)


def test_without_matches_it_is_not_run() -> None:
    tables = small(ALL, [], pay("1-5"))
    del tables["match"]
    assert status(asked(custody_member, world(**tables)))[:2] == ("not_run", "needs match")


def test_evidence_holds_the_finding_and_the_months_in_doubt() -> None:
    match = [inside("示例甲", "2024-03-01", "2024-04-30")]
    seen = asked(custody_member, world(**small(ALL, match, pay("1-5")))).evidence
    assert sorted(seen.filter(seen["column"] == "month")["value"]) == ["2024-03", "2024-04"]
    assert seen.filter(seen["column"] == "from_on")["value"].to_list() == ["2024-03-01"]
    assert set(seen["table"]) == {"payment", "beneficiary", "match"}


def test_says_why_in_both_languages() -> None:
    said = facts(custody_member, world(**small(ALL, [inside("示例甲", "2024-03-01")], pay("1-5"))))
    assert said == {
        "first_month": "2024-03",
        "last_month": "2024-05",
        "months": 3,
        "inside": 1,
        "covered": 3,
        "paid_fen": 270000,
        "recovered_fen": 0,
        "amount_fen": 90000,
    }
    assert custody_member.CARD.reads(said, "zh").startswith("疑似应核减未核减:2024-03 至 2024-05 有 3 个月")
    assert "900.00 yuan are in doubt" in custody_member.CARD.reads(said, "en")
