"""Tests of the lawful builder: limits on the working calendar, filing, money to the fen, reviews in time."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from synthetic.kit import Site, Truth, age_on, month_of, same_day, shifted
from synthetic.kit.money import due
from synthetic.kit.process import limit
from synthetic.kit.trial import source, trial
from tests.worlds import world


@pytest.fixture
def site() -> Site:
    """A staffed township."""
    return trial(3)


def test_a_trial_is_a_source_that_imports(site: Site) -> None:
    site.recipient(site.family(("head", 66), ("spouse", 64)), accepted=date(2025, 3, 3))
    rows = source(site)
    tables = world(as_of="2025-12-31", **rows)
    assert tables.manifest.rows["payment"] == len(rows["payment"]) > 6


@pytest.mark.parametrize("delegated", [True, False])
def test_many_lawful_cases_keep_every_limit(delegated: bool) -> None:
    site = trial(5, delegated=delegated)
    for day in range(0, 680, 11):
        accepted = site.since + timedelta(days=day)
        case = site.case(site.family(("head", 55)), accepted=accepted, slack=day % 4, democratic=day % 2 == 0)
        if case.decided is None:
            continue
        taken = site.office.between(case.accepted.date(), case.decided_on)
        assert taken <= (limit("dibao", delegated=delegated, extended=False) or 0)
        starts = {str(row["step"]): row["started_at"] for row in case.steps}
        assert site.office.between(case.accepted.date(), starts["data_check"].date()) <= 3  # type: ignore[union-attr]  # a moment
        posting = case.step("posting")
        down, up = posting["finished_at"], posting["started_at"]
        assert (down.date() - up.date()).days == 7  # type: ignore[union-attr]  # moments
        assert site.office.between(down.date(), case.decided_on) <= 10  # type: ignore[union-attr]  # a moment
        visit = case.step("home_visit")
        assert visit["second_actor_id_no"] not in {None, visit["actor_id_no"]}


@pytest.mark.parametrize("days", [20, 21, 28])
def test_a_case_takes_exactly_the_days_that_are_asked(site: Site, days: int) -> None:
    for month in range(1, 11):
        case = site.case(site.family(("head", 55)), accepted=date(2024, month, 8), days=days)
        assert site.office.between(case.accepted.date(), case.decided_on) == days


def test_what_lies_after_as_of_has_not_happened(site: Site) -> None:
    case = site.case(site.family(("head", 55)), accepted=date(2025, 12, 24))
    assert case.decided is None
    assert case.row["decision"] is None
    assert all(row["started_at"].date() <= site.as_of for row in case.steps)  # type: ignore[union-attr]  # moments


def test_near_kin_are_filed_and_visited_and_strangers_handle_the_case(site: Site) -> None:
    seat = next(one for one in site.officials if one.duty == "village_committee" and one.in_post(site.as_of))
    site.village = next(village for village in site.township.villages if village.code == seat.region)
    household = site.family(("head", 50))
    site.kin(household.head, seat.person, "sibling")
    case = site.case(household, accepted=date(2025, 3, 3))
    assert [official.person for official, _ in case.kin] == [seat.person]
    assert site.rows.tables["filing"][0]["official_id_no"] == seat.person.id_no
    assert case.step("county_visit")["finished_at"] < case.decided  # type: ignore[operator]  # moments
    assert seat.person.id_no not in {row["actor_id_no"] for row in case.steps}


def test_an_in_law_is_no_near_kin(site: Site) -> None:
    seat = next(one for one in site.officials if one.duty == "village_committee" and one.in_post(site.as_of))
    wife = site.person(age=40, sex="F")
    household = site.family(("head", 50))
    site.kin(seat.person, wife, "spouse")
    site.kin(wife, household.head, "sibling")
    assert site.case(household, accepted=date(2025, 3, 3)).kin == []


def test_what_is_due_is_one_fraction_rounded_up_once(site: Site) -> None:
    household = site.family(("head", 50), ("spouse", 49), ("child", 20))
    site.statement(household, date(2025, 6, 1), transfer=1894 * 12)
    award = site.award(household, from_month=date(2025, 7, 1))
    standards = type(site.county.standards)((date(2020, 1, 1),), (632,), (632,))
    assert due(award, date(2025, 8, 1), standards, []) == 200  # 632 x 3 - 1894 = 2 yuan, not 3


def test_payments_follow_the_standard_and_the_award(site: Site) -> None:
    household = site.family(("head", 70))
    award = site.settled(household, since=date(2022, 3, 1), share=0.5)
    months = [row["month"] for row in award.payments]
    assert months == [shifted(date(2024, 1, 1), place) for place in range(24)]
    assert award.paid(date(2024, 7, 1)) > award.paid(date(2024, 6, 1))  # the standard rises in July


def test_reviews_come_within_their_cycle(site: Site) -> None:
    award = site.settled(site.family(("head", 70)), since=date(2022, 3, 1))
    reviewed = sorted(str(row["reviewed_on"]) for row in site.rows.tables["review"])
    days = [date.fromisoformat(day) for day in reviewed]
    assert all(after <= same_day(before, 6) for before, after in pairwise(days))
    assert same_day(days[-1], 6) > site.as_of
    assert award.row["category"] == "B"


def test_a_step_can_be_taken_out_and_moved(site: Site) -> None:
    case = site.case(site.family(("head", 55)), accepted=date(2025, 3, 3)).without("data_check")
    assert "data_check" not in {row["step"] for row in case.steps}
    assert "data_check" not in {row["step"] for row in site.rows.tables["step"]}
    with pytest.raises(KeyError):
        case.step("data_check")


def test_the_death_of_an_earner_is_visited(site: Site) -> None:
    household = site.family(("head", 50), ("spouse", 48))
    site.dead(household.head, date(2025, 5, 5), household)
    visit = site.rows.tables["outreach"][0]["visited_at"]
    assert site.office.between(date(2025, 5, 5), visit.date()) <= 10  # type: ignore[union-attr]  # a moment


def test_ages_are_exact(site: Site) -> None:
    assert all(age_on(site.born(age), site.as_of) == age for age in range(0, 100, 7))


def test_a_statement_never_exceeds_its_share_of_the_line(site: Site) -> None:
    household = site.family(("head", 50), ("spouse", 49))
    income = site.statement(household, date(2025, 3, 3), share=1.0, wage=3000, medical_expense=800)
    assert income == site.line(household, date(2025, 3, 3)) * 24
    with pytest.raises(ValueError, match="exceed"):
        site.statement(household, date(2025, 4, 3), share=0.1, wage=30_000)


def test_months_are_first_days() -> None:
    assert month_of(date(2024, 2, 29)) == date(2024, 2, 1)
    assert same_day(date(2024, 8, 31), 6) == date(2025, 2, 28)


def test_a_truth_names_its_subject() -> None:
    assert Truth("late_decision", "application", "SQ1").amount is None
