"""Tests of over_income: the line to the fen, the taper's last month, and what nobody knows."""

import pytest

from casework.policy import Policy
from detectors.wrong import over_income
from tests.casework.means.homes import (
    IDS,
    NAMES,
    VILLAGE,
    award,
    covers,
    home,
    little,
    member,
    pay,
    person,
    regions,
    rules,
    stated,
    world_of,
)
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row


def paid(first: str, last: str, yuan: str | None = "300") -> list[Row]:
    """One payment a month from `2023-01` to `2024-12`."""
    since, until = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    return [pay(f"{n // 12}-{n % 12 + 1:02d}", yuan) for n in range(since, until + 1)]


def doubt(
    payments: list[Row], means: list[Row], policy: Policy | None = None, **tables: list[Row]
) -> tuple[int, int] | None:
    """Months and fen in doubt of the only lead."""
    plain = {"award": [award(from_month="2023-01")], "beneficiary": covers(*NAMES[:3], since="2023-01")}
    data = little(**world_of(payments, means=means, **{**plain, **tables}))
    result = asked(over_income, data, policy or rules())
    if not result.leads.height:
        return None
    assert result.leads["level"].to_list() == ["exclude"]
    said = facts(over_income, data, policy or rules())
    return said["months"], result.leads["amount_fen"][0]


ABOVE, BELOW = {"wage": "22752"}, {"wage": "22751.99"}  # three persons, 632 a month: 12 x 3 x 632 = 22 752
EARLIER = stated("2022-06-01", wage="0")


@pytest.mark.parametrize(("yuan", "expected"), [("22751.99", None), ("22752", (1, 30000))])
def test_equal_to_the_line_is_not_below(yuan: str, expected: tuple[int, int] | None) -> None:
    assert doubt(paid("2024-01", "2024-01"), stated("2023-01-05", wage=yuan)) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2023-09", None),  # the sixth month after that of the statement
        ("2023-10", (1, 30000)),
        ("2023-12", (3, 90000)),
    ],
)
def test_the_taper_is_the_six_months_after_the_month_of_the_first_statement(
    last: str, expected: tuple[int, int] | None
) -> None:
    assert doubt(paid("2023-01", last), EARLIER + stated("2023-03-31", **ABOVE)) == expected


def test_a_countys_own_taper_and_the_day_it_changes() -> None:
    means = EARLIER + stated("2023-03-31", **ABOVE)
    assert doubt(paid("2023-01", "2023-05"), means, rules(taper_months=1)) == (1, 30000)
    assert doubt(paid("2023-01", "2023-04"), means, rules(taper_months=0)) == (1, 30000)
    later = rules(taper_months=[{"value": 6}, {"value": 12, "from": "2023-11-01"}])
    assert doubt(paid("2023-01", "2023-12"), means, later) == (1, 30000)  # October only


def test_a_second_statement_above_the_line_does_not_begin_a_new_taper() -> None:
    means = EARLIER + stated("2023-03-31", **ABOVE) + stated("2023-09-15", **ABOVE)
    assert doubt(paid("2023-01", "2023-10"), means) == (1, 30000)


def test_a_statement_below_between_them_does() -> None:
    means = EARLIER + stated("2023-03-31", **ABOVE) + stated("2023-08-15", **BELOW) + stated("2023-09-15", **ABOVE)
    assert doubt(paid("2023-01", "2024-03"), means) is None
    assert doubt(paid("2023-01", "2024-04"), means) == (1, 30000)


def test_one_that_nobody_can_judge_ends_the_spell_too() -> None:
    means = EARLIER + stated("2023-03-31", **ABOVE) + stated("2023-08-15", wage=None) + stated("2023-09-15", **ABOVE)
    assert doubt(paid("2023-01", "2024-03"), means) is None


def test_the_first_statement_of_all_has_its_taper_too() -> None:
    assert doubt(paid("2023-02", "2023-07"), stated("2023-01-05", **ABOVE)) is None
    assert doubt(paid("2023-02", "2023-08"), stated("2023-01-05", **ABOVE)) == (1, 30000)


def test_a_statement_governs_only_from_the_next_first_day() -> None:
    means = stated("2023-01-05", **ABOVE) + stated("2023-08-01", **BELOW)
    assert doubt(paid("2023-08", "2023-09"), means) == (1, 30000)
    means = stated("2023-01-05", **ABOVE) + stated("2023-07-31", **BELOW)
    assert doubt(paid("2023-08", "2023-09"), means) is None


def test_a_higher_standard_ends_it_from_its_month() -> None:
    raised = rules(dibao_standard=[{"value": 632}, {"value": 633, "from": "2023-12-01"}])
    assert doubt(paid("2023-11", "2024-02"), stated("2023-01-05", **ABOVE), raised) == (1, 30000)


def test_a_newborn_lowers_the_income_a_head() -> None:
    four = [*(member(name) for name in NAMES[:3]), member(NAMES[3], "2023-12-01")]
    assert doubt(paid("2023-11", "2024-02"), stated("2023-01-05", **ABOVE), member=four) == (1, 30000)


@pytest.mark.parametrize(("last", "expected"), [("2024-03", None), ("2024-09", None), ("2024-10", (1, 30000))])
def test_after_a_death_the_taper_follows_the_first_month_above_the_line(
    last: str, expected: tuple[int, int] | None
) -> None:
    """Two live on 7 584 a year, one dies on 10 February 2024: 632 for one, from March on."""
    two = {
        "person": [person(NAMES[0]), person(NAMES[1], died_on="2024-02-10")],
        "member": [member(NAMES[0]), member(NAMES[1])],
        "beneficiary": covers(*NAMES[:2], since="2023-01"),
    }
    assert doubt(paid("2023-07", last), stated("2023-06-05", wage="7584"), **two) == expected
    assert doubt(paid("2023-07", last), stated("2023-06-05", wage="7583.99"), **two) is None


def test_who_left_gives_a_taper_too_and_a_statement_above_the_line_its_own() -> None:
    two = [*(member(name) for name in NAMES[:2]), member(NAMES[2], left="2023-12-01")]
    means = stated("2023-01-05", **BELOW)
    assert doubt(paid("2023-11", "2024-06"), means, member=two) is None
    assert doubt(paid("2023-11", "2024-07"), means, member=two) == (1, 30000)  # December, and six months more
    again = [*means, *stated("2024-04-05", **ABOVE)]
    assert doubt(paid("2023-11", "2024-10"), again, member=two) is None
    assert doubt(paid("2023-11", "2024-11"), again, member=two) == (1, 30000)


@pytest.mark.parametrize("months", [["2023-11", "2024-07"], ["2024-07"], ["2024-05", "2024-07"]])
def test_the_first_month_above_the_line_need_not_be_paid(months: list[str]) -> None:
    two = [*(member(name) for name in NAMES[:2]), member(NAMES[2], left="2023-12-01")]
    payments = [pay(month, "300") for month in months]
    assert doubt(payments, stated("2023-01-05", **BELOW), member=two) == (1, 30000)
    assert doubt([*payments[:-1], pay("2024-06", "300")], stated("2023-01-05", **BELOW), member=two) is None


def test_a_standard_that_falls_begins_the_taper_in_its_month() -> None:
    lower = rules(dibao_standard=[{"value": 700}, {"value": 632, "from": "2023-12-01"}])
    means = stated("2023-01-05", **ABOVE)
    assert doubt([pay("2024-06", "300")], means, lower) is None
    assert doubt([pay("2024-07", "300")], means, lower) == (1, 30000)


@pytest.mark.parametrize(("last", "expected"), [("2024-10", None), ("2024-11", (1, 30000))])
def test_who_was_below_the_line_in_between_has_a_taper_anew(last: str, expected: tuple[int, int] | None) -> None:
    people = [*(member(name) for name in NAMES[:2]), member(NAMES[2], left="2023-06-01")]
    people.append(
        member(NAMES[3], "2023-09-01", "2024-03-15")
    )  # above from June, below from September, above from April
    assert doubt(paid("2023-10", last), stated("2023-01-05", **BELOW), member=people) == expected


def test_the_spell_and_the_figures_are_those_of_the_first_month_in_doubt() -> None:
    means = [*stated("2023-01-05", **ABOVE), *stated("2023-08-05", wage="0"), *stated("2023-10-05", wage="30000")]
    payments = [*paid("2023-08", "2023-08"), *paid("2024-05", "2024-06")]
    rows = {"award": [award(from_month="2023-01")], "beneficiary": covers(*NAMES[:3], since="2023-01")}
    said = facts(over_income, little(**world_of(payments, means=means, **rows)), rules())
    assert (said["first_month"], said["spell_month"], said["as_of"]) == ("2023-08", "2023-01", "2023-01-05")
    assert (said["last_month"], said["months"], said["y_fen"]) == ("2024-06", 3, 2275200)


def test_a_statement_that_cannot_be_judged_on_its_day_counts_from_the_first_month_above_the_line() -> None:
    later = rules(dibao_standard=[{"value": 632, "from": "2023-06-01"}])
    assert doubt(paid("2023-06", "2023-12"), stated("2023-01-05", **ABOVE), later) is None
    assert doubt(paid("2023-06", "2024-01"), stated("2023-01-05", **ABOVE), later) == (1, 30000)


def test_such_a_lead_says_so() -> None:
    two = [*(member(name) for name in NAMES[:2]), member(NAMES[2], left="2023-12-01")]
    rows = {"award": [award(from_month="2023-01")], "beneficiary": covers(*NAMES[:3], since="2023-01"), "member": two}
    data = little(**world_of(paid("2023-11", "2024-07"), means=stated("2023-01-05", **BELOW), **rows))
    said = facts(over_income, data, rules())
    assert (said["case"], said["spell_month"], said["as_of"]) == ("month", "2023-12", "2023-01-05")
    assert "首个不低于保障线的月份为 2023-12,其后渐退 6 个月" in over_income.CARD.reckons(said, "zh")
    assert "was not known to be so on its day" in over_income.CARD.reads(said, "en")


def test_single_person_entry_of_an_edge_household_is_judged_by_the_edge_line() -> None:
    lawful = {"award": [award(from_month="2023-01", single_person_basis="severe_disability")]}
    lawful["beneficiary"] = covers(NAMES[0], since="2023-01")
    assert doubt(paid("2023-12", "2023-12"), stated("2023-01-05", wage="34127.99"), **lawful) is None
    assert doubt(paid("2023-12", "2023-12"), stated("2023-01-05", wage="34128"), **lawful) == (1, 30000)


@pytest.mark.parametrize(
    ("programme", "expected"),
    [("dibao_edge", (1, 30000)), ("destitute", None), ("rigid_expense", None), ("old_age", None)],
)
def test_only_programmes_with_an_income_line(programme: str, expected: tuple[int, int] | None) -> None:
    rows = [award(programme, from_month="2023-01")]
    assert doubt(paid("2023-12", "2023-12"), stated("2023-01-05", wage="99999"), award=rows) == expected


def test_the_edge_programme_has_the_edge_line() -> None:
    rows = [award("dibao_edge", from_month="2023-01")]
    assert doubt(paid("2023-12", "2023-12"), stated("2023-01-05", wage="34127.99"), award=rows) is None
    assert doubt(paid("2023-12", "2023-12"), stated("2023-01-05", wage="34128"), award=rows) == (1, 30000)


def test_what_was_taken_back_is_not_in_doubt() -> None:
    months = paid("2023-12", "2024-01")
    means = stated("2023-01-05", **ABOVE)
    assert doubt([*months, pay("2024-02", "-100")], means) == (2, 50000)
    assert doubt([*months, pay("2024-02", "-600")], means) is None
    assert doubt([*months, pay("2023-12", "-300", mark="b")], means) == (1, 30000)


def undecided(**tables: list[Row]) -> tuple[int, int]:
    plain = {"payment": paid("2024-01", "2024-02"), "means": stated("2023-01-05", **ABOVE), **tables}
    result = asked(over_income, little(**{**world_of([]), **plain}), rules())
    return result.leads.height, status(result)[2]


def test_unknown_is_never_raised_but_counted() -> None:
    assert undecided() == (1, 0)
    assert undecided(means=stated("2024-02-05", **ABOVE)) == (0, 1)
    assert undecided(means=stated("2023-01-05", wage=None)) == (0, 1)
    assert undecided(region=regions(None)) == (0, 1)
    assert undecided(member=[member(NAMES[0], co_living="false")]) == (0, 1)
    assert undecided(payment=[pay("2024-01", None)]) == (0, 1)


def test_an_award_that_is_raised_is_not_undecidable_too() -> None:
    assert undecided(payment=[*paid("2024-01", "2024-02"), pay("2024-03", None)]) == (1, 0)
    assert undecided(means=[*stated("2023-01-05", **ABOVE), *stated("2024-01-05", wage=None)]) == (1, 0)


def test_without_statements_it_is_not_run() -> None:
    result = asked(over_income, little(**world_of(paid("2024-01", "2024-01"), means=[])), rules())
    assert status(result)[:2] == ("not_run", "needs means")


def test_another_household_and_another_award_stay_out_of_it() -> None:
    homes = {"household": [home(), home(number="H2")], "award": [award(), award(number="W2", household_no="H2")]}
    rows = [*paid("2024-01", "2024-01"), pay("2024-01", "300", "W2")]
    means = stated("2023-01-05", **ABOVE) + stated("2023-01-05", "H2", **BELOW)
    members = [*(member(name) for name in NAMES[:3]), member(NAMES[3], household_no="H2")]
    means[-1]["verified"] = "100"  # type: ignore[index]
    data = little(**world_of(rows, means=means, member=members, **homes))
    assert asked(over_income, data, rules()).leads["subject"].to_list() == ["W1"]


def test_says_the_figures_and_keeps_the_evidence() -> None:
    data = little(
        **world_of(paid("2024-01", "2024-02"), means=stated("2023-01-05", **ABOVE), person=[person(n) for n in NAMES])
    )
    result = asked(over_income, data, rules())
    said = facts(over_income, data, rules())
    assert (said["head_fen"], said["line_fen"], said["n"], said["y_fen"]) == (63200, 63200, 3, 2275200)
    assert (said["as_of"], said["spell_month"], said["taper"]) == ("2023-01-05", "2023-01", 6)
    assert said["case"] == "statement"
    assert over_income.CARD.reads(said, "zh").startswith(
        "疑似收入不低于保障线:2023-01-05 核定人均月收入 632.00 元,保障线 632.00 元"
    )
    assert "600.00 yuan" in over_income.CARD.reads(said, "en")
    proof = result.evidence
    assert sorted(proof.filter(proof["column"] == "month")["value"]) == ["2024-01", "2024-02"]
    assert proof.filter(proof["column"] == "verified")["value"].to_list() == ["22752.00"]
    assert result.leads["region_code"].to_list() == [VILLAGE]
    assert set(IDS) == set(NAMES)
