"""Tests of underpaid: the yuan a head to the fen, top-ups, and the months that are not judged."""

import pytest

from casework.policy import Policy
from detectors.missed import underpaid
from tests.casework.means.homes import (
    NAMES,
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

POOR = stated("2022-12-05", wage="12000")  # 1 000 a month: 896 are due for three


def monthly(first: int, last: int, yuan: str = "796") -> list[Row]:
    """One payment a month of 2024."""
    return [pay(f"2024-{n:02d}", yuan) for n in range(first, last + 1)]


def owed(payments: list[Row], policy: Policy | None = None, **tables: list[Row]) -> tuple[int, int] | None:
    """Months and fen owed of the only lead."""
    data = little(**world_of(payments, **{"means": POOR, **tables}))
    leads = asked(underpaid, data, policy or rules()).leads
    if not leads.height:
        return None
    assert leads["level"].to_list() == ["verify"]
    return facts(underpaid, data, policy or rules())["months"], leads["amount_fen"][0]


@pytest.mark.parametrize(("yuan", "expected"), [("896", None), ("893", None), ("892.99", (1, 301)), ("0", (1, 89600))])
def test_less_by_more_than_a_yuan_for_each_person_covered(yuan: str, expected: tuple[int, int] | None) -> None:
    assert owed([pay("2024-01", yuan)]) == expected


def test_what_falls_short_is_owed_month_by_month() -> None:
    assert owed([*monthly(1, 2), pay("2024-03", "896"), pay("2024-04", "1000")]) == (2, 20000)


def test_parts_of_a_month_count_together_and_a_reversal_takes_away() -> None:
    assert owed([pay("2024-01", "500"), pay("2024-01", "396", mark="b")]) is None
    assert owed([pay("2024-01", "896"), pay("2024-01", "-100", mark="b")]) == (1, 10000)


def test_a_month_without_any_row_or_with_recoveries_only_is_not_judged() -> None:
    assert owed([pay("2024-01", "896"), pay("2024-03", "896")]) is None
    assert owed([pay("2024-01", "896"), pay("2024-02", "-100")]) is None


def test_a_raised_standard_that_was_not_paid_out() -> None:
    raised = rules(dibao_standard=[{"value": 632}, {"value": 700, "from": "2024-02-01"}])
    assert owed(monthly(1, 3, "896"), raised) == (2, 40800)


def test_a_newborn_raises_the_amount_due_of_those_covered() -> None:
    """3 x 632 - 1000 x 3 / 4 = 1 146."""
    born = [*(member(name) for name in NAMES[:3]), member(NAMES[3], "2024-02-01")]
    assert owed(monthly(1, 2, "896"), member=born) == (1, 25000)


@pytest.mark.parametrize(
    ("yuan", "expected"), [("896", (1, 12640)), ("1022.40", None), ("1019.40", None), ("897", (1, 12540))]
)
def test_a_due_topup_that_was_not_paid(yuan: str, expected: tuple[int, int] | None) -> None:
    people = [person(NAMES[0], born_on="2015-01-01"), *(person(name) for name in NAMES[1:])]
    local = rules(category_topup=[{"group": "minor", "value": 0.2}])
    assert owed([pay("2024-01", yuan)], local, person=people) == expected


def test_a_small_topup_counts_though_it_is_within_the_tolerance() -> None:
    people = [person(NAMES[0], disability_grade="2"), *(person(name) for name in NAMES[1:])]
    local = rules(category_topup=[{"group": "severe_disability", "value": 0.004}])
    assert owed([pay("2024-01", "896")], local, person=people) == (1, 252)
    assert owed([pay("2024-01", "896.01")], local, person=people) is None
    assert owed([pay("2024-01", "896")], local) is None


def test_the_taper_is_not_judged() -> None:
    means = [*POOR, *stated("2023-12-05", wage="22752"), *stated("2024-03-05", wage="12000")]
    assert owed(monthly(1, 6), means=means) is None
    assert owed(monthly(1, 7), means=means) == (1, 10000)


@pytest.mark.parametrize("until", [None, "2024-02"])
def test_nothing_is_owed_to_the_dead(until: str | None) -> None:
    """After the grace a row left open is a question of its own; closed, 2 x 632 - 1000 = 264 are due for two."""
    people = [person(NAMES[0], died_on="2024-02-10"), *(person(name) for name in NAMES[1:])]
    rows = covers(NAMES[0], until=until) + covers(*NAMES[1:3])
    assert owed(monthly(3, 9, "264"), person=people, beneficiary=rows) is None
    assert owed(monthly(3, 6, "164"), person=people, beneficiary=rows) == (None if until is None else (1, 10000))


def test_single_person_entry_and_income_at_the_line_are_not_judged() -> None:
    one = {"award": [award(single_person_basis="severe_disability")], "beneficiary": covers(NAMES[0])}
    assert owed([pay("2024-01", "1")], **one) is None
    assert owed([pay("2024-01", "0")], means=stated("2022-12-05", wage="22752")) is None
    assert owed([pay("2024-01", "0")], means=stated("2022-12-05", wage="22000"), beneficiary=covers(NAMES[0])) == (
        1,
        2100,
    )


def test_a_fixed_benefit_is_owed_in_full_or_as_the_difference() -> None:
    rows = [award(), award("de_facto_orphan", "W2")]
    both = [*covers(*NAMES[:3]), *covers(NAMES[0], number="W2")]
    dibao = pay("2024-01", "1000")  # 333.33 a head, and beyond the 896 due
    assert owed([dibao, pay("2024-01", "585.67", "W2")], award=rows, beneficiary=both) is None
    assert owed([dibao, pay("2024-01", "585.66", "W2")], award=rows, beneficiary=both) == (1, 100)
    alone = {"award": [award("de_facto_orphan")], "beneficiary": covers(*NAMES[:2]), "means": []}
    assert owed([pay("2024-01", "1838")], **alone) is None
    assert owed([pay("2024-01", "1837.99")], **alone) == (1, 201)


def undecided(**tables: list[Row]) -> tuple[int, int]:
    result = asked(underpaid, little(**world_of(monthly(1, 2), **{"means": POOR, **tables})), rules())
    return result.leads.height, status(result)[2]


def test_unknown_is_never_raised_but_counted() -> None:
    assert undecided() == (1, 0)
    assert undecided(means=[]) == (0, 1)
    assert undecided(region=regions(None)) == (0, 1)
    assert undecided(beneficiary=covers(NAMES[3], number="W9")) == (0, 1)
    assert undecided(award=[award("destitute")]) == (0, 0)


def test_an_award_that_is_raised_is_not_undecidable_too() -> None:
    assert undecided(means=[*POOR, *stated("2024-01-05", wage=None)]) == (1, 0)


def test_the_hardest_come_first() -> None:
    homes = {"household": [home(), home(number="H2")], "award": [award(), award(number="W2", household_no="H2")]}
    members = [*(member(name) for name in NAMES[:3]), member(NAMES[3], household_no="H2")]
    ill = [*(person(name) for name in NAMES[:3]), person(NAMES[3], health="serious_illness", disability_grade="1")]
    means = [*POOR, *stated("2022-12-05", "H2", wage="1200")]
    rows = [*covers(*NAMES[:3]), *covers(NAMES[3], number="W2")]
    paid = [pay("2024-01", "796"), pay("2024-01", "522", "W2")]
    data = little(**world_of(paid, member=members, person=ill, means=means, beneficiary=rows, **homes))
    found = asked(underpaid, data, rules()).leads.sort("score", descending=True)
    assert found.select("subject", "amount_fen").rows() == [("W2", 1000), ("W1", 10000)]


def test_says_the_figures_in_both_languages() -> None:
    said = facts(underpaid, little(**world_of(monthly(1, 2), means=POOR)), rules())
    assert (said["due_fen"], said["paid_fen"], said["covered"], said["n"]) == (89600, 79600, 3, 3)
    assert underpaid.CARD.reads(said, "zh").startswith("疑似少发:2024-01 至 2024-02 有 2 个月发放低于应发")
    assert "200.00 yuan are owed" in underpaid.CARD.reads(said, "en")
    assert "rounded up to whole yuan" in underpaid.CARD.reckons(said, "en")
