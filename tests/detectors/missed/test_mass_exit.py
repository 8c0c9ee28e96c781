"""Tests of mass_exit: thirty awards, a fifth within three months, the control limit, reasons that do not count."""

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.missed import mass_exit
from tests.detectors.asking import asked, facts, found, status
from tests.detectors.counties import County, with_mass_exit

TOWNSHIP, COUNTY = "990101001000", "990101000000"


def raised(made: County, policy: Policy | None = None) -> list[tuple[str, str]]:
    return asked(mass_exit, made.data(), policy).leads.sort("subject", "part").select("subject", "part").rows()


def test_a_fifth_that_ended_within_three_months_is_raised_for_information() -> None:
    result = asked(mass_exit, with_mass_exit().data())
    assert result.leads.select("subject", "subject_kind", "part", "level", "region_code", "amount_fen").rows() == [
        (TOWNSHIP, "region", "2024-06", "info", TOWNSHIP, None)
    ]


@pytest.mark.parametrize(("ended", "named"), [(9, False), (10, True)])
def test_a_fifth_exactly_is_raised_less_is_not(ended: int, named: bool) -> None:
    assert bool(raised(with_mass_exit(50, ended))) is named


@pytest.mark.parametrize(("awards", "named"), [(29, False), (30, True)])
def test_thirty_awards_are_asked_about_twenty_nine_are_not(awards: int, named: bool) -> None:
    assert bool(raised(with_mass_exit(awards, 12))) is named


@pytest.mark.parametrize("reason", ["death", "moved"])
def test_death_and_moving_away_do_not_count(reason: str) -> None:
    result = asked(mass_exit, with_mass_exit(reason=reason).data())
    assert (result.leads.height, status(result)[2]) == (0, 0)


@pytest.mark.parametrize("reason", ["assets", "voluntary", "near_kin_clearance", "merged", "other"])
def test_every_other_reason_does(reason: str) -> None:
    made = with_mass_exit(reason=reason)
    assert raised(made) == [(TOWNSHIP, "2024-06")]
    said = facts(mass_exit, made.data())
    assert said[reason] == said["observed"] == 12


def test_a_reason_nobody_wrote_down_is_unknown() -> None:
    made = with_mass_exit(reason=None)
    result = asked(mass_exit, made.data())
    assert result.leads.is_empty()
    assert status(result)[2] > 0


def test_without_any_reasons_it_is_not_run() -> None:
    made = with_mass_exit()
    rows = [{name: cell for name, cell in row.items() if name != "end_reason"} for row in made.rows["award"]]
    result = asked(mass_exit, made.data(award=rows))
    assert status(result) == ("not_run", "needs award.end_reason", 0)


def test_ends_spread_over_more_than_three_months_are_not_many_at_once() -> None:
    year = tuple(f"2024-{month:02d}" for month in range(1, 13))
    assert raised(with_mass_exit(months=year)) == []


def test_of_overlapping_stretches_the_one_with_the_largest_share_is_the_lead() -> None:
    made = with_mass_exit(60, 21, months=("2024-03", "2024-05", "2024-05", "2024-06", "2024-06", "2024-07", "2024-07"))
    assert raised(made) == [(TOWNSHIP, "2024-07")]
    apart = with_mass_exit(60, 30, months=("2024-02", "2024-09"))
    assert [part for _, part in raised(apart)] == ["2024-02", "2024-09"]


@pytest.mark.parametrize(("month", "named"), [("2024-12", True), ("2025-01", False)])
def test_only_stretches_that_are_over_count(month: str, named: bool) -> None:
    assert bool(raised(with_mass_exit(months=(month,)))) is named


def test_an_end_that_the_next_award_takes_up_is_none() -> None:
    made = with_mass_exit(months=("2024-05",))
    for row in made.rows["award"][:12]:
        made.award("", home=str(row["household_no"]), since="2024-06")
    assert raised(made) == []
    later = with_mass_exit(months=("2024-05",))
    for row in later.rows["award"][:12]:
        later.award("", home=str(row["household_no"]), since="2024-07")
    assert raised(later) == [(TOWNSHIP, "2024-05")]


def test_where_a_fifth_often_ends_it_is_within_the_limit() -> None:
    made = with_mass_exit()
    for number in (2, 3, 4):
        place = f"990101{number:03d}001"
        for one in range(120):
            at = one % 24
            made.award(place, since="2020-01", until=f"{2022 + at // 12}-{3 * (at % 12 // 3) + 1:02d}", reason="income")
    assert raised(made) == []


def test_a_campaign_in_all_townships_is_seen_in_each_and_in_the_county() -> None:
    made = County()
    for number in range(1, 5):
        made.township(number)
        place = made.village(1, township=number)
        for one in range(60):
            other = f"2023-{one % 12 + 1:02d}" if one < 4 else None
            until = "2024-05" if one >= 40 else other
            made.award(place, until=until, reason="other" if until else None)
    assert [subject for subject, _ in raised(made)] == [COUNTY, *(f"990101{number:03d}000" for number in range(1, 5))]


def test_merged_townships_count_in_their_successor() -> None:
    made = with_mass_exit(20, 6)
    gone = made.region("990101099000", "township", valid_to="2024-03-31", successor_code=TOWNSHIP)
    for one in range(30):
        made.award(gone, until="2024-05" if one < 6 else None, reason="other" if one < 6 else None)
    assert raised(made) == [(TOWNSHIP, "2024-06")]


def test_with_too_few_other_times_nobody_can_tell() -> None:
    short = [
        {"from": "2000-01-01", "region": "", "share": 0.2, "months": 3, "awards": 30, "limit": 0.998, "history": 9}
    ]
    made = with_mass_exit(townships=1)
    result = asked(mass_exit, made.data(), Policy.of(mass_exit=short))
    assert result.leads.is_empty()
    assert status(result)[2] > 0


def seen(data: Tables) -> list[tuple[object, ...]]:
    result = asked(mass_exit, data)
    mine = result.leads.filter(result.leads["subject"] == TOWNSHIP)
    proof = result.evidence.filter(result.evidence["lead_id"].is_in(mine["lead_id"].to_list()))
    return [*mine.rows(), *proof.drop("source_file", "source_row").sort("key", "column").rows()]


def test_another_county_and_the_order_of_rows_change_nothing() -> None:
    alone = seen(with_mass_exit().data())
    assert len(alone) > 1
    assert seen(with_mass_exit().data(with_mass_exit(usual=9, code="990102"))) == alone
    assert seen(with_mass_exit().data(turned=True)) == alone


def test_says_what_was_seen_what_was_expected_and_how_sure() -> None:
    made = with_mass_exit()
    made.award("990101001001", until="2024-05", reason="death")
    said = facts(mass_exit, made.data())
    assert (said["awards"], said["observed"], said["share"], said["income"]) == (51, 12, 23.5, 12)
    assert (said["left_out"], said["unknown"], said["tier"], said["year_before"]) == (1, 0, "township", 0.0)
    assert said["expected"] < said["limit"] < 12
    assert said["peers"] == 44  # eleven other stretches of four townships
    result = asked(mass_exit, made.data())
    assert set(result.evidence["table"]) == {"award"}
    assert result.evidence["key"].n_unique() == 12
    assert found(mass_exit, made.data()) == [TOWNSHIP]
