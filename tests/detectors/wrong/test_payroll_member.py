"""Tests of payroll_member: who is in post when, at which income, how much."""

import pytest

from casework.policy import Policy
from detectors.wrong import payroll_member
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

NAMES = ("示例甲", "示例乙", "示例丙")
IDS = {name: person_no(name) for name in NAMES}
RULES = Policy.of(dibao_standard=500)  # for three: 18 000 yuan a year


def person(name: str, died: str | None = None) -> Row:
    return {"id_no": IDS[name], "name": name, "sex": "F", "born_on": "1980-01-01", "died_on": died}


def covered(name: str, since: str = "2024-01", until: str | None = None) -> Row:
    return {"award_no": "W1", "id_no": IDS[name], "from_month": since, "to_month": until}


def pay(months: str, yuan: str = "900") -> list[Row]:
    first, last = (int(month) for month in months.split("-"))
    return [
        {"payment_no": f"P{n}{yuan}", "award_no": "W1", "month": f"2024-{n:02d}", "amount": yuan}
        for n in range(first, last + 1)
    ]


def post(since: str | None, until: str | None = None, detail: str | None = "post", name: str = "示例甲") -> Row:
    return {
        "match_no": f"M{since}{detail}{name}",
        "id_no": IDS[name],
        "kind": "public_payroll",
        "source": "示例",
        "from_on": since,
        "to_on": until,
        "value": "3000",
        "detail": detail,
        "compared_on": "2024-12-01",
    }


def duty(since: str, until: str | None = None, kind: str = "public_payroll") -> Row:
    return {"id_no": IDS["示例甲"], "duty": kind, "region_code": "990101000000", "from_on": since, "to_on": until}


def stated(wage: str, day: str = "2023-05-05") -> Row:
    """A statement; the taper of six months has run out before January where this one is above the line."""
    return {"household_no": "H1", "as_of": day, "item": "wage", "declared": wage}


def small(wages: list[Row] | None = None, programme: str = "dibao", **changed: list[Row]) -> dict[str, list[Row]]:
    """Three persons covered from January 2024, paid 900 yuan a month to May."""
    home = {"award_no": "W1", "programme": programme, "household_no": "H1", "from_month": "2024-01"}
    tables: dict[str, list[Row]] = {
        "person": [person(name) for name in NAMES],
        "household": [{"household_no": "H1", "region_code": "990101001001"}],
        "member": [
            {
                "household_no": "H1",
                "id_no": IDS[name],
                "joined_on": "2010-01-01",
                "relation": "other",
                "co_living": "true",
            }
            for name in NAMES
        ],
        "award": [home],
        "beneficiary": [covered(name) for name in NAMES],
        "payment": pay("1-5"),
        **changed,
    }
    return {**tables, "means": wages} if wages else tables


def raised(tables: dict[str, list[Row]], policy: Policy = RULES) -> tuple[str, int] | None:
    """Level and fen in doubt of the only lead; None where nothing is raised."""
    leads = asked(payroll_member, world(**tables), policy).leads
    return leads.select("level", "amount_fen").row(0) if leads.height else None


@pytest.mark.parametrize(
    ("wage", "expected"),
    [("17999.99", ("verify", 150000)), ("18000", ("exclude", 450000)), ("30000", ("exclude", 450000))],
)
def test_at_or_above_the_line_all_is_in_doubt_below_only_the_share_by_head(
    wage: str, expected: tuple[str, int]
) -> None:
    assert raised(small([stated(wage)], match=[post("2020-01-01")])) == expected


def test_where_the_income_is_unknown_it_is_to_verify() -> None:
    assert raised(small(match=[post("2020-01-01")])) == ("verify", 150000)
    assert raised(small([stated("30000")], match=[post("2020-01-01")]), Policy.shipped()) == ("verify", 150000)


def test_the_statement_before_the_month_governs() -> None:
    wages = [stated("100"), stated("30000", "2024-03-31")]
    assert raised(small(wages, match=[post("2020-01-01")])) == ("exclude", 150000)  # above it since March: a taper
    assert raised(small([stated("100"), stated("30000", "2024-05-01")], match=[post("2020-01-01")])) == (
        "verify",
        150000,
    )


@pytest.mark.parametrize(
    ("day", "whole"),
    [
        ("2023-06-30", 5),  # tapers off until December
        ("2023-07-01", 4),  # until January
        ("2023-10-31", 1),
        ("2023-11-01", 0),  # until May
    ],
)
def test_in_a_running_taper_only_the_share_by_head_is_in_doubt(day: str, whole: int) -> None:
    tables = small([stated("18000", day)], match=[post("2020-01-01")])
    assert raised(tables) == ("exclude", whole * 90000 + (5 - whole) * 30000)
    said = facts(payroll_member, world(**tables), RULES)
    assert (said["over_months"], said["whole_months"]) == (5, whole)


@pytest.mark.parametrize(
    ("programme", "expected"),
    [
        ("dibao", ("exclude", 450000)),
        ("dibao_edge", ("verify", 150000)),  # half as much again
        ("destitute", ("verify", 150000)),  # no income line
        ("rigid_expense", ("verify", 150000)),
        ("old_age", None),
        ("disability_living", None),
    ],
)
def test_only_means_tested_programmes_each_by_its_own_line(programme: str, expected: tuple[str, int] | None) -> None:
    assert raised(small([stated("20000")], programme, match=[post("2020-01-01")])) == expected


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("2024-03-01", "2024-03-31", 1),
        ("2024-03-02", "2024-03-31", 0),
        ("2024-03-01", "2024-03-30", 0),
        ("2024-03-02", None, 2),
        ("2024-06-01", None, 0),
    ],
)
@pytest.mark.parametrize("source", ["match", "official"])
def test_the_post_must_hold_for_the_whole_month(source: str, since: str, until: str | None, months: int) -> None:
    row = post(since, until) if source == "match" else duty(since, until)
    expected = ("verify", 30000 * months) if months else None
    assert raised(small(**{source: [row]})) == expected


@pytest.mark.parametrize("kind", ["handler", "approver", "village_committee"])
def test_other_duties_are_no_payroll(kind: str) -> None:
    assert raised(small(official=[duty("2020-01-01", kind=kind)])) is None


def test_a_pension_is_innocent() -> None:
    assert raised(small(match=[post("2020-01-01", detail="retired")])) is None


def test_both_registers_count_a_person_once_and_two_persons_twice() -> None:
    assert raised(small(match=[post("2020-01-01")], official=[duty("2020-01-01")])) == ("verify", 150000)
    two = [post("2020-01-01"), post("2020-01-01", name="示例乙")]
    assert raised(small(match=two)) == ("verify", 300000)


def test_who_is_in_post_but_not_covered_is_innocent() -> None:
    rest = [covered("示例乙"), covered("示例丙")]
    assert raised(small(match=[post("2020-01-01")], beneficiary=rest)) is None
    left = [covered("示例甲", until="2024-02"), *rest]
    assert raised(small(match=[post("2020-01-01")], beneficiary=left)) == ("verify", 60000)


def test_reversals_are_netted_and_later_recoveries_taken_off() -> None:
    march = [post("2024-03-01", "2024-03-31")]
    assert raised(small(match=march, payment=[*pay("1-5"), *pay("3-3", "-900")])) is None
    assert raised(small(match=march, payment=[*pay("1-5"), *pay("6-6", "-100")])) == ("verify", 20000)
    assert raised(small(match=march, payment=[*pay("1-5"), *pay("6-6", "-300")])) is None


@pytest.mark.parametrize(("since", "detail"), [(None, "post"), ("2020-01-01", None), ("2020-01-01", "示例其他")])
def test_a_match_that_does_not_say_when_or_what_is_undecidable(since: str | None, detail: str | None) -> None:
    result = asked(payroll_member, world(**small(match=[post(since, detail=detail)])), RULES)
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_an_award_that_is_raised_is_not_undecidable_too() -> None:
    result = asked(payroll_member, world(**small(match=[post("2020-01-01"), post(None, name="示例乙")])), RULES)
    assert (result.leads.height, status(result)[2]) == (1, 0)


def test_without_either_register_it_is_not_run() -> None:
    said = status(asked(payroll_member, world(**small()), RULES))
    assert said[0] == "not_run"
    assert "official.duty" in said[1]


def test_evidence_holds_the_post_the_statement_and_the_months() -> None:
    data = world(**small([stated("20000")], match=[post("2024-03-01")], official=[duty("2020-01-01")]))
    seen = asked(payroll_member, data, RULES).evidence
    assert set(seen["table"]) == {"payment", "beneficiary", "means", "match", "official"}
    assert seen.filter(seen["column"] == "detail")["value"].to_list() == ["post"]
    assert seen.filter(seen["column"] == "declared")["value"].to_list() == ["20000.00"]


def test_says_why_in_both_languages() -> None:
    card = payroll_member.CARD
    said = facts(payroll_member, world(**small([stated("100")], match=[post("2024-04-01")])), RULES)
    assert said == {
        "case": "below",
        "first_month": "2024-04",
        "last_month": "2024-05",
        "months": 2,
        "over_months": 0,
        "whole_months": 0,
        "payroll": 1,
        "covered": 3,
        "paid_fen": 180000,
        "recovered_fen": 0,
        "amount_fen": 60000,
    }
    assert card.reads(said, "zh").startswith("疑似财政供养人员享受保障:2024-04 至 2024-05 有 2 个月")
    over = facts(payroll_member, world(**small([stated("18000")], match=[post("2024-04-01")])), RULES)
    assert over["case"] == "over"
    assert "in 2 of them with household income at or above the line" in card.reads(over, "en")
    unknown = facts(payroll_member, world(**small(match=[post("2024-04-01")])), RULES)
    assert unknown["case"] == "unknown"
