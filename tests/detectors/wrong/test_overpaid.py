"""Tests of overpaid: the yuan a head to the fen, and the months that are not judged."""

import pytest

from casework.policy import Policy
from detectors.wrong import overpaid
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
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row


def monthly(first: int, last: int, yuan: str = "102") -> list[Row]:
    """One payment a month of 2024; two yuan are due."""
    return [pay(f"2024-{n:02d}", yuan) for n in range(first, last + 1)]


def doubt(payments: list[Row], policy: Policy | None = None, **tables: list[Row]) -> tuple[int, int] | None:
    """Months and fen in doubt of the only lead."""
    data = little(**world_of(payments, **tables))
    leads = asked(overpaid, data, policy or rules()).leads
    if not leads.height:
        return None
    assert leads["level"].to_list() == ["verify"]
    return facts(overpaid, data, policy or rules())["months"], leads["amount_fen"][0]


@pytest.mark.parametrize(("yuan", "expected"), [("2", None), ("5", None), ("5.01", (1, 301)), ("102", (1, 10000))])
def test_more_than_a_yuan_for_each_person_covered_is_too_much(yuan: str, expected: tuple[int, int] | None) -> None:
    """632 x 3 - 1894 = 2 yuan are due for three persons."""
    assert doubt([pay("2024-01", yuan)]) == expected


def test_only_what_exceeds_the_amount_due_is_in_doubt_month_by_month() -> None:
    assert doubt([*monthly(1, 2), pay("2024-03", "2"), pay("2024-04", "1")]) == (2, 20000)


def test_parts_of_a_month_count_together() -> None:
    assert doubt([pay("2024-01", "1"), pay("2024-01", "1", mark="b")]) is None
    assert doubt([pay("2024-01", "1.5"), pay("2024-01", "1.6", mark="b"), pay("2024-01", "1.9", mark="c")]) is None
    assert doubt([pay("2024-01", "1.5"), pay("2024-01", "1.9", mark="b"), pay("2024-01", "1.7", mark="c")]) == (1, 310)


def test_what_was_taken_back_is_not_in_doubt() -> None:
    assert doubt([*monthly(1, 2), pay("2024-03", "-50")]) == (2, 15000)
    assert doubt([*monthly(1, 2), pay("2024-03", "-200")]) is None
    assert doubt([*monthly(1, 1), pay("2024-01", "-100", mark="b")]) is None


def test_a_month_paid_twice_is_another_question() -> None:
    assert doubt([pay("2024-01", "102"), pay("2024-01", "102", mark="b"), pay("2024-02", "102")]) == (1, 10000)


def test_at_the_line_it_is_a_question_of_income() -> None:
    assert doubt(monthly(1, 2), means=stated("2022-12-05", wage="22752")) is None
    assert doubt([pay("2024-01", "4.01")], means=stated("2022-12-05", wage="22751.99")) == (1, 301)  # one yuan is due


@pytest.mark.parametrize(("last", "expected"), [(6, None), (7, (1, 10000))])
def test_the_taper_is_not_judged_even_where_a_newborn_lowers_the_income_a_head(
    last: int, expected: tuple[int, int] | None
) -> None:
    """At the line since December; then four live together, three of them covered: 3 x 632 - 1896 x 3 / 4 = 474."""
    means = [*stated("2022-12-05", wage="0"), *stated("2023-12-05", wage="22752")]
    four = [*(member(name) for name in NAMES[:3]), member(NAMES[3], "2023-12-15")]
    assert doubt(monthly(1, last, "574"), means=means, member=four) == expected


@pytest.mark.parametrize(("last", "expected"), [(8, None), (9, (1, 10000))])
def test_a_taper_that_began_with_a_member_who_left_is_not_judged(last: int, expected: tuple[int, int] | None) -> None:
    """Two live together in February and are above the line; from March on there are three again, 2 yuan are due."""
    back = [*(member(name) for name in NAMES[:2]), member(NAMES[2], left="2024-02-01")]
    again = [*back, member(NAMES[2], "2024-03-01")]
    assert doubt(monthly(2, last), member=again) == expected
    assert doubt(monthly(3, 3), member=again) == (1, 10000)  # February was not paid


@pytest.mark.parametrize(("last", "expected"), [(4, None), (5, None), (6, (1, 50000))])
def test_the_months_of_grace_after_a_death_are_not_judged(last: int, expected: tuple[int, int] | None) -> None:
    """A death in February: the grace ends with May. With 1 000 a month 896 were due, then 396."""
    people = [person(NAMES[0], died_on="2024-02-10"), *(person(name) for name in NAMES[1:])]
    assert doubt(monthly(1, last, "896"), person=people, means=stated("2022-12-05", wage="12000")) == expected


def test_a_member_who_is_not_covered_gives_no_grace() -> None:
    people = [*(person(name) for name in NAMES[:3]), person(NAMES[3], died_on="2024-02-10")]
    members = [member(name) for name in NAMES]
    assert doubt(monthly(3, 3, "1000"), person=people, member=members) == (1, 99800)


@pytest.mark.parametrize("basis", ["severe_disability", "serious_illness"])
def test_single_person_entry_is_not_judged(basis: str) -> None:
    one = {"award": [award(single_person_basis=basis)], "beneficiary": covers(NAMES[0])}
    assert doubt([pay("2024-01", "632")], **one) is None
    assert doubt([pay("2024-01", "632")], award=[award()], beneficiary=covers(NAMES[0])) == (1, 63100)


def test_a_newborn_and_a_new_standard_raise_the_amount_due() -> None:
    born = [*(member(name) for name in NAMES[:3]), member(NAMES[3], "2024-02-01")]
    both = covers(*NAMES[:3]) + covers(NAMES[3], since="2024-02")
    assert doubt(monthly(1, 2, "634"), member=born, beneficiary=both) == (1, 63200)
    raised = rules(dibao_standard=[{"value": 632}, {"value": 700, "from": "2024-02-01"}])
    assert doubt(monthly(1, 2, "206"), raised) == (1, 20400)


def test_paid_for_a_month_after_the_award_had_ended() -> None:
    assert doubt(monthly(1, 2, "2"), award=[award(to_month="2024-01")]) == (1, 200)


def orphan(yuan: str, programme: str = "de_facto_orphan") -> tuple[int, int] | None:
    return doubt([pay("2024-01", yuan)], award=[award(programme)], beneficiary=covers(*NAMES[:2]), means=[])


def test_a_fixed_benefit_is_judged_by_head() -> None:
    assert orphan("1842") is None
    assert orphan("1842.01") == (1, 201)
    assert orphan("9999", "old_age") is None
    assert orphan("9999", "destitute") is None


def test_of_a_child_on_dibao_only_the_difference_is_due() -> None:
    """1 000 for three on dibao are 333.33 a head: 586.67 remain."""
    tables = {
        "award": [award(), award("de_facto_orphan", "W2")],
        "beneficiary": [*covers(*NAMES[:3]), *covers(NAMES[0], number="W2")],
        "means": stated("2022-12-05", wage="10752"),
    }
    dibao = pay("2024-01", "1000")
    assert doubt([dibao, pay("2024-01", "587.66", "W2")], **tables) is None
    assert doubt([dibao, pay("2024-01", "587.67", "W2")], **tables) == (1, 100)
    assert doubt([dibao, pay("2024-01", "920", "W2")], **tables) == (1, 33333)
    assert doubt([pay("2024-01", "920", "W2")], **tables) is None


def test_a_topup_is_due_too() -> None:
    people = [person(NAMES[0], disability_grade="1"), *(person(name) for name in NAMES[1:])]
    local = rules(category_topup=[{"group": "severe_disability", "value": 0.2}])
    assert doubt([pay("2024-01", "128.40")], local, person=people) is None
    assert doubt([pay("2024-01", "131.41")], local, person=people) == (1, 301)


def undecided(policy: Policy | None = None, **tables: list[Row]) -> tuple[int, int]:
    result = asked(overpaid, little(**world_of(monthly(1, 2), **tables)), policy or rules())
    return result.leads.height, status(result)[2]


def test_unknown_is_never_raised_but_counted() -> None:
    assert undecided() == (1, 0)
    assert undecided(means=[]) == (0, 1)
    assert undecided(region=regions(None)) == (0, 1)
    assert undecided(member=[member(NAMES[0], left="2020-01-01")]) == (0, 1)
    assert undecided(Policy.shipped()) == (0, 1)
    assert undecided(award=[award("destitute")]) == (0, 0)


def test_an_award_that_is_raised_is_not_undecidable_too() -> None:
    assert undecided(means=[*stated("2023-12-05", wage="22728"), *stated("2024-01-05", wage=None)]) == (1, 0)


def test_without_the_grace_in_force_a_death_leaves_it_open() -> None:
    people = [person(NAMES[0], died_on="2023-02-10"), *(person(name) for name in NAMES[1:])]
    rows = covers(*NAMES[:3], since="2023-01")
    later = rules(death_grace_months=[{"value": 3, "from": "2025-01-01"}])
    poor = {"person": people, "beneficiary": rows, "means": stated("2022-12-05", wage="0")}
    payments = [pay("2024-01", "9999")]
    result = asked(overpaid, little(**world_of(payments, **poor)), later)
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_says_the_figures_and_keeps_the_evidence() -> None:
    data = little(**world_of(monthly(1, 2)))
    result = asked(overpaid, data, rules())
    said = facts(overpaid, data, rules())
    assert (said["due_fen"], said["paid_fen"], said["covered"], said["n"], said["y_fen"]) == (200, 10200, 3, 3, 2272800)
    assert overpaid.CARD.reads(said, "zh").startswith("疑似多发:2024-01 至 2024-02 有 2 个月发放高于应发")
    assert "3 covered × standard 632.00" in overpaid.CARD.reckons(said, "en")
    proof = result.evidence
    assert sorted(proof.filter(proof["column"] == "month")["value"]) == ["2024-01", "2024-02"]
    assert set(proof["table"]) == {"payment", "beneficiary", "member", "means"}
    assert len(IDS) == 4
