"""Tests of unanswered_risk: what counts as a blow, what as an answer, and when it is due."""

import json

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.missed import unanswered_risk
from tests.detectors.asking import asked, facts, found, status
from tests.families import household, match, member, no, person
from tests.worlds import Row, world

# Ten working days after Monday 2024-03-04 end on Monday 2024-03-18 (2024-03-15 is the ninth).
BILL_DAY, TENTH, ELEVENTH = "2024-03-04", "2024-03-18", "2024-03-19"
ELSEWHERE: Row = {"outreach_no": "O9", "household_no": "H9", "cause": "other", "found_at": "2024-01-02"}


def visit(on: str | None, cause: str = "other", found_at: str = "2024-01-02", number: str = "O1") -> Row:
    return {"outreach_no": number, "household_no": "H1", "cause": cause, "found_at": found_at, "visited_at": on}


def bill(yuan: str | None = "30000", day: str = BILL_DAY) -> Row:
    return match("示例甲", "medical_bill", day, value=yuan)


def small(
    as_of: str = "2024-12-31",
    rows: list[Row] | None = None,
    outreach: list[Row] | None = None,
    people: list[Row] | None = None,
    members: list[Row] | None = None,
) -> Tables:
    people = people or [person("示例甲"), person("示例乙")]
    return world(
        as_of,
        household=[household(), household("H9")],
        person=people,
        member=members or [member(str(one["name"])) for one in people],
        match=rows or [match("示例甲", "none")],
        outreach=[{**ELSEWHERE, "visited_at": "2024-01-03"}, *(outreach or [])],
    )


@pytest.mark.parametrize(("yuan", "expected"), [("29999.99", []), ("30000", ["H1"]), ("80000", ["H1"])])
def test_a_bill_counts_from_thirty_thousand_yuan(yuan: str, expected: list[str]) -> None:
    assert found(unanswered_risk, small(rows=[bill(yuan)])) == expected


def test_a_bill_of_unknown_height_is_undecidable() -> None:
    assert status(asked(unanswered_risk, small(rows=[bill(None)])))[2] == 1
    answered = small(rows=[bill(None)], outreach=[visit(TENTH)])
    assert status(asked(unanswered_risk, answered))[2] == 0


@pytest.mark.parametrize(("as_of", "expected"), [(TENTH, []), (ELEVENTH, ["H1"])])
def test_a_visit_not_yet_due_is_innocent(as_of: str, expected: list[str]) -> None:
    assert found(unanswered_risk, small(as_of, [bill()])) == expected


@pytest.mark.parametrize(
    ("visited", "expected"),
    [(BILL_DAY, []), (TENTH, []), (ELEVENTH, ["H1"]), ("2024-03-03", ["H1"]), (None, ["H1"])],
)
def test_a_visit_on_or_after_the_event_within_the_limit_answers_it(visited: str | None, expected: list[str]) -> None:
    rows = [visit(visited, number="O1")] if visited else None
    assert found(unanswered_risk, small(rows=[bill()], outreach=rows)) == expected


def test_a_visit_for_any_cause_answers_it() -> None:
    assert found(unanswered_risk, small(rows=[bill()], outreach=[visit("2024-03-05", "unemployment")])) == []


def test_a_holiday_fortnight_is_not_counted() -> None:
    # From Friday 2024-02-09 on: 10 to 17 February are the Spring Festival, Sunday the 18th is worked instead.
    rows = [bill(day="2024-02-09")]
    assert found(unanswered_risk, small("2024-02-29", rows)) == []
    assert found(unanswered_risk, small("2024-03-01", rows)) == ["H1"]


@pytest.mark.parametrize(
    ("born", "expected"),
    [("1964-03-05", ["H1"]), ("1964-03-04", []), ("2006-03-04", ["H1"]), ("2006-03-05", [])],
)
def test_a_death_counts_between_eighteen_and_fifty_nine(born: str, expected: list[str]) -> None:
    dead = person("示例乙", born, died_on=BILL_DAY)
    assert found(unanswered_risk, small(people=[person("示例甲"), dead])) == expected


def test_a_death_found_by_another_register_counts_and_one_who_left_that_day_was_a_member() -> None:
    members = [member("示例甲"), member("示例乙", left_on=BILL_DAY)]
    cremated = match("示例乙", "cremation", BILL_DAY)
    assert found(unanswered_risk, small(rows=[cremated], members=members)) == ["H1"]
    gone = [member("示例甲"), member("示例乙", left_on="2024-03-03")]
    assert found(unanswered_risk, small(rows=[cremated], members=gone)) == []


def test_a_bill_of_one_who_had_left_or_not_yet_come_is_not_this_households() -> None:
    for spell in ({"left_on": BILL_DAY}, {"since": "2024-03-05"}):
        members = [member("示例甲", **spell), member("示例乙")]
        assert found(unanswered_risk, small(rows=[bill()], members=members)) == []


def test_nobody_is_left_to_visit() -> None:
    alone = [person("示例甲", died_on="2024-06-01")]
    assert found(unanswered_risk, small(rows=[bill()], people=alone)) == []


def test_an_outreach_row_without_a_visit_counts_and_another_rows_visit_answers_it() -> None:
    reported = visit(None, "unemployment", "2024-03-04 10:00:00", "O1")
    assert found(unanswered_risk, small(outreach=[reported])) == ["H1"]
    assert found(unanswered_risk, small(TENTH, outreach=[reported])) == []
    answered = visit("2024-03-06", "other", "2024-03-06", "O2")
    assert found(unanswered_risk, small(outreach=[reported, answered])) == []


def test_households_on_aid_are_visited_too() -> None:
    data = world(
        household=[household()],
        person=[person("示例甲")],
        member=[member("示例甲")],
        match=[bill()],
        outreach=[{**ELSEWHERE, "household_no": "H1", "visited_at": "2024-01-03"}],
        award=[{"award_no": "W1", "programme": "dibao", "household_no": "H1", "from_month": "2023-01"}],
        beneficiary=[{"award_no": "W1", "id_no": no("示例甲"), "from_month": "2023-01"}],
    )
    assert found(unanswered_risk, data) == ["H1"]


def test_of_several_events_the_first_that_nobody_visited_is_told_with_its_own_figures() -> None:
    # The bill was answered too late, the death never: the sentence is about the death.
    rows = [bill(), match("示例乙", "death", "2024-05-06")]
    data = small("2024-06-03", rows, [visit("2024-04-01")])
    said = facts(unanswered_risk, data)
    assert (said["case"], said["events"], said["event_on"], said["visited_on"]) == (
        "none",
        ["death"],
        "2024-05-06",
        None,
    )
    assert (said["days"], said["limit"], said["bill_fen"]) == (21, 10, None)  # 7 May to 3 June, one Saturday worked
    assert (said["count"], said["last_event_on"]) == (2, "2024-05-06")
    result = asked(unanswered_risk, data)
    (level, kind, amount, since) = result.leads.select("level", "subject_kind", "amount_fen", "since").rows()[0]
    assert (level, kind, amount, str(since)) == ("info", "household", None, "2024-05-06")
    assert set(result.evidence["table"]) == {"match", "outreach"}
    assert result.evidence.filter(result.evidence["table"] == "match")["key"].n_unique() == 2


def test_of_several_late_visits_the_latest_past_its_limit_is_told() -> None:
    second = {**bill("40000", "2024-05-06"), "match_no": "M2"}
    visits = [visit("2024-03-20", number="O1"), visit("2024-06-28", number="O2")]
    said = facts(unanswered_risk, small(rows=[bill(), second], outreach=visits))
    assert (said["case"], said["event_on"], said["visited_on"]) == ("late", "2024-05-06", "2024-06-28")
    assert (said["count"], said["bill_fen"]) == (2, 4_000_000)


def test_two_events_of_one_day_are_told_together() -> None:
    said = facts(unanswered_risk, small(rows=[bill(), match("示例乙", "death", BILL_DAY)]))
    assert (said["events"], said["event_on"], said["bill_fen"]) == (["death", "medical_bill"], BILL_DAY, 3_000_000)


@pytest.mark.parametrize(("died", "expected"), [(BILL_DAY, ["H1"]), ("2024-03-03", [])])
def test_a_bill_counts_up_to_the_payers_death(died: str, expected: list[str]) -> None:
    # An aged patient, whose death is no event of its own.
    people = [person("示例甲", "1940-01-01", died_on=died), person("示例乙")]
    data = small(rows=[bill()], people=people)
    assert found(unanswered_risk, data) == expected
    assert status(asked(unanswered_risk, data))[2] == 0


def test_a_blow_before_the_first_entry_of_the_register_still_asks_for_a_visit() -> None:
    register = {**ELSEWHERE, "found_at": "2024-03-05", "visited_at": "2024-03-05"}
    data = world(
        household=[household(), household("H9")],
        person=[person("示例甲"), person("示例乙")],
        member=[member("示例甲"), member("示例乙")],
        match=[bill()],
        outreach=[register],
    )
    assert found(unanswered_risk, data) == ["H1"]
    (lead,) = asked(unanswered_risk, data).leads.to_dicts()
    young = next(n for n, one in enumerate(unanswered_risk.CARD.innocent) if "no register" in one.text.en)
    assert young not in json.loads(lead["checked_innocent"])  # a person asks that


def test_a_namesakes_bill_is_not_theirs() -> None:
    other = {**person("示例甲"), "id_no": no("示例丙")}
    rows = [{**bill(), "id_no": no("示例丙")}]
    data = world(
        household=[household(), household("H9")],
        person=[person("示例甲"), other],
        member=[member("示例甲")],
        match=rows,
        outreach=[{**ELSEWHERE, "visited_at": "2024-01-03"}],
    )
    assert found(unanswered_risk, data) == []


def test_the_harder_household_comes_first() -> None:
    rows = [bill(), {**bill(), "match_no": "M2", "id_no": no("示例乙")}]
    data = world(
        household=[household(), household("H2"), household("H9")],
        person=[person("示例甲"), person("示例乙", disability_grade="1")],
        member=[member("示例甲"), member("示例乙", "H2")],
        match=rows,
        outreach=[{**ELSEWHERE, "visited_at": "2024-01-03"}],
    )
    leads = asked(unanswered_risk, data).leads.sort("score", descending=True)
    assert leads["subject"].to_list() == ["H2", "H1"]


def test_a_county_may_name_other_events_and_limits() -> None:
    policy = Policy.of(risk_event=[{"event": "unemployment", "zh": "失业", "en": "Unemployment"}], outreach_days=5)
    rows = [match("示例甲", "unemployment", BILL_DAY), {**bill(), "id_no": no("示例乙")}]
    data = small("2024-03-12", rows)
    assert facts(unanswered_risk, data, policy)["events"] == ["unemployment"]
    assert found(unanswered_risk, small("2024-03-11", rows), policy) == []


def test_days_beyond_the_published_calendar_are_undecidable() -> None:
    assert status(asked(unanswered_risk, small("2027-06-30", [bill(day="2027-01-04")])))[2] == 1


def test_a_household_that_is_raised_is_not_undecidable_too() -> None:
    rows = [bill(), {**bill(None, "2024-05-06"), "match_no": "M2"}]
    assert status(asked(unanswered_risk, small(rows=rows)))[2] == 0


def test_without_a_column_of_visits_it_is_not_run() -> None:
    rows = [{name: cell for name, cell in ELSEWHERE.items() if name != "visited_at"}]
    data = world(household=[household("H9")], outreach=rows)
    assert status(asked(unanswered_risk, data))[:2] == ("not_run", "needs outreach.visited_at")


def test_without_members_and_matches_the_reports_are_still_asked() -> None:
    data = world(
        household=[household()],
        outreach=[visit(None, found_at=BILL_DAY), {**ELSEWHERE, "household_no": "H1", "visited_at": "2024-01-03"}],
    )
    assert found(unanswered_risk, data) == ["H1"]
    assert status(asked(unanswered_risk, data))[0] == "partly"
