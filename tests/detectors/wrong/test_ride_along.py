"""Tests of ride_along: who was added when, by which review, and who lived there."""

import pytest

from casework.policy import Policy
from detectors.wrong import ride_along
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

NAMES = ("示例甲", "示例乙", "示例丙")
IDS = {name: person_no(name) for name in NAMES}


def person(name: str, died: str | None = None, born: str | None = "1980-01-01") -> Row:
    return {"id_no": IDS[name], "name": name, "sex": "F", "born_on": born, "died_on": died}


def lives(name: str, joined: str = "2010-01-01", left: str | None = None, co_living: str = "true") -> Row:
    return {
        "household_no": "H1",
        "id_no": IDS[name],
        "joined_on": joined,
        "relation": "other",
        "co_living": co_living,
        "left_on": left,
    }


def covered(name: str, since: str = "2024-01", until: str | None = None) -> Row:
    return {"award_no": "W1", "id_no": IDS[name], "from_month": since, "to_month": until}


def review(day: str, result: str = "keep") -> Row:
    return {"award_no": "W1", "reviewed_on": day, "result": result}


def small(
    rows: list[Row],
    reviews: list[Row],
    members: list[Row] | None = None,
    programme: str = "dibao",
    people: list[Row] | None = None,
) -> dict[str, list[Row]]:
    """A household of three; an award from January 2024, paid 900 yuan a month to June."""
    return {
        "person": people or [person(name) for name in NAMES],
        "household": [{"household_no": "H1", "region_code": "990101001001"}],
        "member": members if members is not None else [lives(name) for name in NAMES],
        "award": [{"award_no": "W1", "programme": programme, "household_no": "H1", "from_month": "2024-01"}],
        "beneficiary": rows,
        "review": reviews or [{**review("2024-01-01"), "award_no": "W9"}],
        "payment": [
            {"payment_no": f"P{n}", "award_no": "W1", "month": f"2024-{n:02d}", "amount": "900"} for n in range(1, 7)
        ],
    }


def raised(tables: dict[str, list[Row]]) -> tuple[str, int] | None:
    """Case and fen in doubt of the only lead; None where nothing is raised."""
    result = asked(ride_along, world(**tables))
    assert set(result.leads["level"]) <= {"verify"}
    if not result.leads.height:
        return None
    return facts(ride_along, world(**tables))["case"], result.leads["amount_fen"].item()


TWO = [covered("示例甲"), covered("示例乙")]


def test_those_covered_from_the_first_month_need_no_review() -> None:
    assert raised(small([*TWO, covered("示例丙")], [])) is None


@pytest.mark.parametrize(
    ("day", "innocent"),
    [
        (None, False),
        ("2023-12-31", False),  # before the award
        ("2024-01-01", True),  # its first month
        ("2024-05-01", True),
        ("2024-05-31", True),  # to the end of their own first month
        ("2024-06-01", False),
    ],
)
def test_who_comes_later_needs_a_review_by_the_end_of_their_first_month(day: str | None, innocent: bool) -> None:
    tables = small([*TWO, covered("示例丙", "2024-05")], [review(day)] if day else [])
    assert raised(tables) == (None if innocent else ("unreviewed", 60000))  # a third of two months


@pytest.mark.parametrize("result", ["keep", "increase", "decrease"])
def test_a_review_of_any_result_counts_but_of_another_award_does_not(result: str) -> None:
    rows = [*TWO, covered("示例丙", "2024-05")]
    assert raised(small(rows, [review("2024-04-02", result)])) is None
    assert raised(small(rows, [{**review("2024-04-02", result), "award_no": "W2"}])) == ("unreviewed", 60000)


def test_a_row_entered_anew_is_no_addition() -> None:
    rows = [*TWO, covered("示例丙", "2024-01", "2024-02"), covered("示例丙", "2024-05")]
    assert raised(small(rows, [])) is None


@pytest.mark.parametrize("programme", ["destitute", "dibao_edge", "old_age"])
def test_only_dibao_is_asked_about(programme: str) -> None:
    assert raised(small([*TWO, covered("示例丙", "2024-05")], [], programme=programme)) is None


@pytest.mark.parametrize(
    ("row", "innocent"),
    [
        (lives("示例丙", "2024-05-31"), True),  # came on the last day of the month
        (lives("示例丙", "2024-06-01"), False),
        (lives("示例丙", left="2024-05-02"), True),  # there on the first of the month
        (lives("示例丙", left="2024-05-01"), False),  # left_on is the first day gone
        (lives("示例丙", co_living="false"), False),
        ({**lives("示例丙"), "household_no": "H2"}, False),
    ],
)
def test_who_is_added_must_live_there_on_some_day_of_the_month(row: Row, innocent: bool) -> None:
    rows = [*TWO, covered("示例丙", "2024-05")]
    tables = small(rows, [review("2024-05-10")], [lives("示例甲"), lives("示例乙"), row])
    assert raised(tables) == (None if innocent else ("outside", 60000))


def test_who_never_lived_there_rides_along_from_the_start_too() -> None:
    tables = small([*TWO, covered("示例丙")], [], [lives("示例甲"), lives("示例乙")])
    assert raised(tables) == ("outside", 180000)


def test_a_member_who_died_before_is_no_member() -> None:
    rows = [*TWO, covered("示例丙", "2024-05")]
    people = [person("示例甲"), person("示例乙"), person("示例丙", "2024-04-30")]
    assert raised(small(rows, [review("2024-05-10")], people=people)) == ("outside", 60000)
    people[2] = person("示例丙", "2024-05-01")
    assert raised(small(rows, [review("2024-05-10")], people=people)) is None


def test_a_newborn_added_by_a_review_is_innocent() -> None:
    rows = [*TWO, covered("示例丙", "2024-05")]
    members = [lives("示例甲"), lives("示例乙"), lives("示例丙", "2024-04-20")]
    assert raised(small(rows, [review("2024-05-06", "increase")], members)) is None


@pytest.mark.parametrize(
    ("born", "innocent"),
    [
        ("2024-05-31", True),  # counted from the month of birth
        ("2024-02-01", True),  # from the third month after it
        ("2024-01-31", False),
        ("2024-06-01", False),  # counted before the birth
        ("1980-01-01", False),
    ],
)
def test_a_newborn_needs_no_review(born: str, innocent: bool) -> None:
    rows = [*TWO, covered("示例丙", "2024-05")]
    people = [person("示例甲"), person("示例乙"), person("示例丙", born=born)]
    members = [lives("示例甲"), lives("示例乙"), lives("示例丙", "2024-05-01")]
    assert raised(small(rows, [], members, people=people)) == (None if innocent else ("unreviewed", 60000))


def test_a_newborn_who_lives_elsewhere_is_no_member() -> None:
    rows = [*TWO, covered("示例丙", "2024-05")]
    people = [person("示例甲"), person("示例乙"), person("示例丙", born="2024-04-20")]
    members = [lives("示例甲"), lives("示例乙"), lives("示例丙", "2024-04-20", co_living="false")]
    assert raised(small(rows, [], members, people=people)) == ("outside", 60000)


def test_a_household_without_members_is_undecidable() -> None:
    other = {**lives("示例丙"), "household_no": "H2"}
    result = asked(ride_along, world(**small([*TWO, covered("示例丙")], [], [other])))
    assert (result.leads.height, status(result)[2]) == (0, 1)


def test_without_reviews_or_without_members_the_other_half_is_asked() -> None:
    tables = small([*TWO, covered("示例丙", "2024-05")], [])
    del tables["review"]
    result = asked(ride_along, world(**tables))
    assert (result.leads.height, status(result)[0], status(result)[2]) == (0, "partly", 0)
    tables = small([*TWO, covered("示例丙", "2024-05")], [])
    del tables["member"]
    result = asked(ride_along, world(**tables))
    assert (result.leads.height, status(result)[0], status(result)[2]) == (1, "partly", 0)
    del tables["review"]
    assert status(asked(ride_along, world(**tables)))[0] == "not_run"


def test_without_payments_the_amount_is_unknown() -> None:
    tables = small([*TWO, covered("示例丙", "2024-05")], [])
    del tables["payment"]
    assert raised(tables) == ("unreviewed", None)


def paid(month: str, yuan: str | None) -> Row:
    return {"payment_no": f"B{month}{yuan}", "award_no": "W1", "month": month, "amount": yuan}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([paid("2024-07", "-100")], ("unreviewed", 50000)),  # booked in another month
        ([paid("2024-07", "-599.99")], ("unreviewed", 1)),
        ([paid("2024-07", "-600")], None),
        ([paid("2024-03", "-600"), paid("2024-03", "-900")], ("unreviewed", 60000)),  # before the person came
        ([paid("2024-05", "-900")], ("unreviewed", 30000)),
        ([paid("2024-05", "-900"), paid("2024-06", "-900")], None),  # both months wholly reversed
        ([paid("2024-05", None)], ("unreviewed", None)),  # perhaps the reversal
    ],
)
def test_what_was_taken_back_is_not_in_doubt(rows: list[Row], expected: tuple[str, int | None] | None) -> None:
    tables = small([*TWO, covered("示例丙", "2024-05")], [])
    tables["payment"] += rows
    assert raised(tables) == expected


def test_the_grace_of_a_newborn_is_a_judgement_that_may_be_tuned() -> None:
    people = [person("示例甲"), person("示例乙"), person("示例丙", born="2024-02-01")]
    members = [lives("示例甲"), lives("示例乙"), lives("示例丙", "2024-05-01")]
    data = world(**small([*TWO, covered("示例丙", "2024-05")], [], members, people=people))
    assert asked(ride_along, data).leads.height == 0
    assert asked(ride_along, data, Policy.of(newcomers=[{"newborn": 2, "joined": 3}])).leads.height == 1


def test_counts_each_person_and_each_reason() -> None:
    members = [lives("示例甲"), lives("示例乙")]
    rows = [covered("示例甲"), covered("示例乙", "2024-03"), covered("示例丙", "2024-05")]
    said = facts(ride_along, world(**small(rows, [], members)))
    assert said == {
        "case": "outside",
        "award_month": "2024-01",
        "first_month": "2024-03",
        "last_month": "2024-05",
        "riders": 2,
        "unreviewed": 2,
        "outside": 1,
        "months": 4,
        "recovered_fen": 0,
        "amount_fen": 2 * 45000 + 2 * 60000,
    }


def test_evidence_holds_rows_of_every_table() -> None:
    tables = small([*TWO, covered("示例丙", "2024-05")], [review("2024-06-02")])
    seen = asked(ride_along, world(**tables)).evidence
    assert set(seen["table"]) == {"award", "beneficiary", "review", "member", "payment"}
    assert sorted(seen.filter(seen["column"] == "month")["value"]) == ["2024-05", "2024-06"]


def test_says_why_in_both_languages() -> None:
    said = facts(ride_along, world(**small([*TWO, covered("示例丙", "2024-05")], [])))
    assert ride_along.CARD.reads(said, "zh").startswith("疑似未经复核增加:保障自 2024-01 起,1 人自 2024-05 起")
    assert "600.00 yuan are in doubt" in ride_along.CARD.reads(said, "en")


def test_without_members_nobody_knows_who_lived_elsewhere() -> None:
    tables = small([*TWO, covered("示例丙", "2024-05")], [review("2024-06-02")])
    assert facts(ride_along, world(**tables))["outside"] == 0
    del tables["member"]
    said = facts(ride_along, world(**tables))
    assert (said["unreviewed"], said["outside"]) == (1, None)


def test_where_nobody_is_said_to_live_together_nobody_lives_elsewhere() -> None:
    members = [{key: value for key, value in lives(name).items() if key != "co_living"} for name in NAMES]
    innocent = small([*TWO, covered("示例丙", "2024-05")], [review("2024-05-02")], members)
    assert raised(innocent) is None
    said = facts(ride_along, world(**small([*TWO, covered("示例丙", "2024-05")], [], members)))
    assert (said["unreviewed"], said["outside"]) == (1, None)
