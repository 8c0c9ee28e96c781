"""Tests of deceased_paid: whose death, which month, how much."""

import pytest

from casework.policy import Policy
from detectors.wrong import deceased_paid
from tests.detectors.asking import asked, facts, found, status
from tests.worlds import Row, person_no, world

NAMES = ("示例甲", "示例乙", "示例丙", "示例丁")
IDS = {name: person_no(name) for name in NAMES}


def person(name: str, died: str | None = None) -> dict[str, str | None]:
    return {
        "id_no": IDS[name],
        "name": name,
        "sex": "M",
        "born_on": "1980-01-01",
        "hukou": "rural",
        "region_code": "990101001001",
        "died_on": died,
    }


def covered(name: str, since: str = "2024-01", until: str | None = None) -> dict[str, str | None]:
    return {"award_no": "W1", "id_no": IDS[name], "from_month": since, "to_month": until}


def pay(months: str, yuan: str | None = "600", **cells: str | None) -> list[Row]:
    """One payment a month, `01-05` of 2024."""
    first, last = (int(month) for month in months.split("-"))
    return [
        {
            "payment_no": f"P{n}{yuan}",
            "award_no": "W1",
            "month": f"2024-{n:02d}",
            "amount": yuan,
            "paid_on": None,
            **cells,
        }
        for n in range(first, last + 1)
    ]


def death(name: str, day: str, kind: str = "death") -> dict[str, str | None]:
    return {
        "match_no": f"M{name}{kind}",
        "id_no": IDS[name],
        "kind": kind,
        "source": "示例",
        "from_on": day,
        "compared_on": "2024-12-01",
    }


def small(
    people: list[Row],
    rows: list[Row],
    payments: list[Row],
    match: list[Row] | None = None,
    programme: str = "dibao",
    to_month: str | None = None,
) -> dict[str, list[Row]]:
    award = {
        "award_no": "W1",
        "programme": programme,
        "household_no": "H1",
        "from_month": "2024-01",
        "to_month": to_month,
    }
    home = {"household_no": "H1", "region_code": "990101001001"}
    tables = {"person": people, "household": [home], "award": [award], "beneficiary": rows, "payment": payments}
    return {**tables, "match": match} if match else tables


def amount(tables: dict[str, list[Row]], policy: Policy | None = None) -> tuple[str, int] | None:
    """Level and fen in doubt of the only lead; None where nothing is raised."""
    leads = asked(deceased_paid, world(**tables), policy).leads
    return leads.select("level", "amount_fen").row(0) if leads.height else None


@pytest.mark.parametrize(
    ("died", "expected"),
    [
        ("2024-06-01", None),  # paid to June: the month of death is innocent, whichever its day
        ("2024-06-30", None),
        ("2024-05-31", ("exclude", 60000)),  # June is after it
        ("2024-03-15", ("exclude", 180000)),
    ],
)
@pytest.mark.parametrize("programme", ["dibao", "old_age", "heating"])
def test_pay_after_the_month_of_the_only_death_is_raised_in_any_programme(
    programme: str, died: str, expected: tuple[str, int] | None
) -> None:
    assert amount(small([person("示例甲", died)], [covered("示例甲")], pay("1-6"), programme=programme)) == expected


def test_arrears_for_earlier_months_are_innocent_whenever_they_were_paid() -> None:
    late = pay("1-3", paid_on="2024-09-10")
    assert amount(small([person("示例甲", "2024-03-15")], [covered("示例甲")], late)) is None


def test_a_reversal_and_its_repeat_are_netted() -> None:
    one = [person("示例甲", "2024-03-15")], [covered("示例甲")]
    reversed_ = [*pay("1-4"), *pay("4-4", "-600")]
    assert amount(small(*one, reversed_)) is None
    again = [*reversed_, {**pay("4-4")[0], "payment_no": "P-again"}]
    assert amount(small(*one, again)) == ("exclude", 60000)


def test_what_was_taken_back_in_a_later_month_is_no_longer_in_doubt() -> None:
    back = [*pay("1-5"), *pay("6-6", "-1200")]
    assert amount(small([person("示例甲", "2024-03-15")], [covered("示例甲")], back)) is None


@pytest.mark.parametrize(
    ("died_on", "match", "expected"),
    [
        (None, [], None),
        (None, [death("示例甲", "2024-03-15")], 180000),
        (None, [death("示例甲", "2024-03-15", "cremation")], 180000),
        ("2024-05-15", [death("示例甲", "2024-04-30"), death("示例甲", "2024-05-02", "cremation")], 120000),
        (None, [death("示例甲", "2024-03-15", "custody")], None),
    ],
)
def test_the_earliest_death_known_counts(died_on: str | None, match: list[Row], expected: int | None) -> None:
    seen = amount(small([person("示例甲", died_on)], [covered("示例甲")], pay("1-6"), match))
    assert (seen[1] if seen else None) == expected


def test_all_must_be_dead_and_the_last_death_counts() -> None:
    rows = [covered("示例甲"), covered("示例乙")]
    both = [person("示例甲", "2024-02-10"), person("示例乙", "2024-04-10")]
    assert amount(small(both, rows, pay("1-6"))) == ("exclude", 120000)


def test_who_left_alive_before_is_not_among_the_covered() -> None:
    rows = [covered("示例甲"), covered("示例乙", until="2024-02")]
    assert amount(small([person("示例甲", "2024-03-10"), person("示例乙")], rows, pay("1-5"))) == ("exclude", 120000)


def test_a_row_closed_at_the_death_does_not_excuse_going_on_paying() -> None:
    closed = [covered("示例甲", until="2024-03")]
    assert amount(small([person("示例甲", "2024-03-10")], closed, pay("1-4"), to_month="2024-03")) == ("exclude", 60000)


def test_an_unpaid_month_raises_nothing() -> None:
    assert amount(small([person("示例甲", "2024-03-10")], [covered("示例甲")], pay("1-3"))) is None
    assert amount(small([person("示例甲", "2024-03-10")], [covered("示例甲")], [*pay("1-3"), *pay("4-4", "0")])) is None


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (4, None),  # two months after the death
        (5, None),  # the third: within the grace months
        (6, ("verify", 20000)),  # one head of three, one month
        (8, ("verify", 60000)),
    ],
)
def test_one_of_several_dead_is_in_doubt_for_the_difference_after_the_grace(
    last: int, expected: tuple[str, int] | None
) -> None:
    people = [person("示例甲", "2024-02-10"), person("示例乙"), person("示例丙")]
    rows = [covered(name) for name in NAMES[:3]]
    assert amount(small(people, rows, pay(f"1-{last}"))) == expected


def test_a_countys_own_grace_is_heeded() -> None:
    people = [person("示例甲", "2024-02-10"), person("示例乙")]
    rows = [covered("示例甲"), covered("示例乙")]
    own = Policy.of(death_grace_months=[{"value": 3}, {"region": "990101", "value": 1}])
    assert amount(small(people, rows, pay("1-4")), own) == ("verify", 30000)


def test_a_lower_amount_or_a_closed_row_is_an_adjustment() -> None:
    people = [person("示例甲", "2024-02-10"), person("示例乙")]
    rows = [covered("示例甲"), covered("示例乙")]
    assert amount(small(people, rows, [*pay("1-5"), *pay("6-8", "599.99")])) is None
    assert amount(small(people, [covered("示例甲", until="2024-05"), rows[1]], pay("1-8"))) is None


def test_without_pay_in_the_month_of_death_the_difference_is_undecidable() -> None:
    people = [person("示例甲", "2024-02-10"), person("示例乙")]
    result = asked(deceased_paid, world(**small(people, [covered("示例甲"), covered("示例乙")], pay("3-8"))))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_once_all_are_dead_only_the_pay_after_the_last_death_is_in_doubt() -> None:
    people = [person("示例甲", "2024-01-10"), person("示例乙", "2024-07-10")]
    rows = [covered("示例甲"), covered("示例乙")]
    assert amount(small(people, rows, pay("1-8"))) == ("exclude", 60000)


def test_a_namesake_of_the_same_birthday_is_another_person() -> None:
    other = {**person("示例乙", "2024-01-10"), "name": "示例甲"}
    assert amount(small([person("示例甲"), other], [covered("示例甲")], pay("1-6"))) is None


def test_of_two_persons_under_one_number_the_first_is_the_person() -> None:
    second = {**person("示例甲", "2024-01-10"), "name": "示例另"}
    assert amount(small([person("示例甲"), second], [covered("示例甲")], pay("1-6"))) is None


def test_without_any_register_of_deaths_it_is_not_run() -> None:
    cells = {key: value for key, value in person("示例甲").items() if key != "died_on"}
    result = asked(deceased_paid, world(**small([cells], [covered("示例甲")], pay("1-6"))))
    assert status(result)[:2] == ("not_run", "needs person.died_on or match.kind, match.from_on")


def test_evidence_holds_the_months_in_doubt_and_the_death() -> None:
    data = world(**small([person("示例甲", "2024-03-15")], [covered("示例甲")], pay("1-5")))
    seen = asked(deceased_paid, data).evidence
    assert sorted(seen.filter(seen["column"] == "month")["value"]) == ["2024-04", "2024-05"]
    assert seen.filter(seen["column"] == "amount")["value"].to_list() == ["600.00", "600.00"]
    assert seen.filter(seen["column"] == "died_on")["value"].to_list() == ["2024-03-15"]


def test_says_why_in_both_languages() -> None:
    said = facts(deceased_paid, world(**small([person("示例甲", "2024-03-15")], [covered("示例甲")], pay("1-5"))))
    assert deceased_paid.CARD.reads(said, "zh").startswith("疑似身故后发放:保障对象最晚于 2024-03 身故,此后 2 个月")
    assert "1,200.00 yuan" in deceased_paid.CARD.reads(said, "en")


def test_leads_are_one_an_award() -> None:
    assert found(deceased_paid, world(**small([person("示例甲", "2024-01-15")], [covered("示例甲")], pay("1-9")))) == [
        "W1"
    ]


def test_no_row_outlives_its_award() -> None:
    """The living member's open row ends with the award too: nobody can say that only the dead were left."""
    people = [person("示例甲", "2024-03-15"), person("示例乙")]
    rows = [covered("示例甲", until="2024-06"), covered("示例乙")]
    raised = amount(small(people, rows, pay("1-6"), to_month="2024-04"))
    assert raised is None or raised[0] == "verify"


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("-400", None),  # two months of 600, one head of three: 400, all of it
        ("-399.99", ("verify", 1)),
        ("-100", ("verify", 30000)),
    ],
)
def test_the_share_taken_back_later_is_no_longer_in_doubt(back: str, expected: tuple[str, int] | None) -> None:
    people = [person("示例甲", "2024-02-10"), person("示例乙"), person("示例丙")]
    rows = [covered(name) for name in NAMES[:3]]
    assert amount(small(people, rows, [*pay("1-7"), *pay("8-8", back)])) == expected


def test_what_was_paid_for_the_dead_may_be_taken_back_of_the_pay_of_the_living() -> None:
    people = [person("示例甲", "2024-02-10"), person("示例乙")]
    rows = [covered("示例甲", until="2024-02"), covered("示例乙", since="2024-05")]
    paid = [*pay("1-3"), *pay("5-5")]
    assert amount(small(people, rows, paid)) == ("exclude", 60000)
    assert amount(small(people, rows, [*paid, *pay("6-6", "-600")])) is None
    assert amount(small(people, rows, [*paid, *pay("2-2", "-1200")])) == ("exclude", 60000)  # of an earlier month


def test_a_month_of_death_wholly_taken_back_says_nothing_of_what_was_due() -> None:
    people = [person("示例甲", "2024-02-10"), person("示例乙"), person("示例丙")]
    paid = [*pay("1-2", "900"), *pay("2-2", "-900"), *pay("3-9", "600")]
    result = asked(deceased_paid, world(**small(people, [covered(name) for name in NAMES[:3]], paid)))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_a_share_by_head_is_rounded_once() -> None:
    people = [person("示例甲", "2024-02-10"), person("示例乙"), person("示例丙")]
    rows = [covered(name) for name in NAMES[:3]]
    assert amount(small(people, rows, pay("1-9", "100"))) == ("verify", 13333)  # four months of 33.33…


def test_a_time_to_adjust_was_looked_for_only_where_others_live_on() -> None:
    def checked(*people: Row) -> list[str]:
        rows = [covered(name) for name in NAMES[: len(people)]]
        tables = {"person": list(people), "beneficiary": rows, "payment": pay("01-09")}
        award = {"award_no": "W1", "programme": "dibao", "household_no": "H1", "from_month": "2024-01"}
        return asked(deceased_paid, world(award=[award], **tables)).leads["checked_innocent"].to_list()

    assert checked(person("示例甲", "2024-02-10")) == ["[0, 1, 3]"]
    assert checked(person("示例甲", "2024-02-10"), person("示例乙")) == ["[0, 1, 2, 3]"]


@pytest.mark.parametrize(
    ("people", "rows", "expected"),
    [
        ((True,), pay("3-3"), (["exclude"], 0)),
        ((True,), [*pay("3-3"), *pay("3-3", None)], ([], 1)),  # the row without a figure may be the reversal
        ((True,), pay("3-9", None), ([], 1)),
        ((True,), [*pay("3-3", None), *pay("4-4")], (["exclude"], 0)),  # April is known
        ((True, False), pay("3-9"), (["verify"], 0)),
        ((True, False), [*pay("2-2", None), *pay("3-9")], ([], 1)),  # nobody knows what the month of death was paid
        ((True, False), pay("3-5", None), ([], 0)),  # within the time to adjust
        ((True, False), pay("6-9", None), ([], 1)),
        ((False,), pay("3-9", None), ([], 0)),
    ],
)
def test_a_month_of_unknown_amount_is_undecidable(
    people: tuple[bool, ...], rows: list[Row], expected: tuple[list[str], int]
) -> None:
    everybody = [person(name, "2024-02-10" if dead else None) for name, dead in zip(NAMES, people, strict=False)]
    covers = [covered(name) for name in NAMES[: len(people)]]
    result = asked(deceased_paid, world(**small(everybody, covers, [*pay("1-2"), *rows])))
    assert (result.leads["level"].to_list(), status(result)[2]) == expected
